"""What an OpenAlex answer is: works, one work, an error, or half a list.

A list over the server's time budget comes back short, as a success and without a sign
of it, so each page is held against the numbers in its own ``meta``. Whether a whole
chain of pages adds up is for the warehouse to say.

Source: https://help.openalex.org and the server's published code, read 2026-08-22.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.sources.base import ParseContext
from pipeline.wire.body import decode_json, json_lines, looks_like_html
from pipeline.wire.items import parse_items
from pipeline.wire.look_up import LOOK_UP, is_look_up, look_ups, objects
from pipeline.wire.openalex import MAX_COUNT, WireWork, read_page, work_record
from schemas.provenance import Absent, AnswerClass, Parsed, Reject
from schemas.work import WorkRecord

SINGLE: Final = "work"
"""Endpoint: one work by its DOI."""
FIRST_PAGES: Final = frozenset({"works", "works-by-id", "citing", "references"})
"""Endpoints whose answer begins a list: none may show less than a page can hold."""
NEXT: Final = "-next"
"""Ending of the endpoint of later pages, the last of which is short by nature."""

PER_PAGE: Final = 100

_SLOW_MS: Final = 5000
_DAY_BUDGET_WAIT_S: Final = 3600
_WORK_ID: Final = re.compile(r"(?:^|/)W[0-9]+$", re.IGNORECASE)
_WORK_FIELDS: Final = frozenset(
    {"authorships", "referenced_works", "open_access", "publication_year"}
)
_AUTOCOMPLETED: Final = "entity_type"
"""A field of the hits of the search box: names of works, not works."""
_ERRORS_BY_STATUS: Final[dict[int, AnswerClass]] = {
    400: "client",
    401: "auth",
    404: "not_found",
    413: "client",
    414: "client",
}
_NOT_FOUND: Final = re.compile(rb"<title>[^<]*(?:404|not found)", re.IGNORECASE)


def parse_answer(body: bytes, context: ParseContext) -> Parsed:
    """The works in an answer, or its signs of change; never raises on bad data.

    As `parse_works`; the kind of an answer to "has anything moved?" is ``look-ups``.
    """
    if not is_look_up(context):
        return parse_works(body, context)
    endpoint = "works" if context.endpoint == LOOK_UP else SINGLE
    parsed = parse_works(body, replace(context, endpoint=endpoint))
    return look_ups(parsed, context, _changed_at(body)) if parsed.works else parsed


def _changed_at(body: bytes) -> dict[int, object]:
    value = decode_json(body)
    items = value.get("results", [value]) if isinstance(value, dict) else []
    return {at: one.get("updated_date") for at, one in enumerate(objects(items))}


def parse_works(body: bytes, context: ParseContext) -> Parsed:
    """The works in an answer; never raises on bad data.

    Kinds: ``work``, ``works`` (a list, an array or JSON lines), ``not-found`` (the
    HTML page of a 404, one absent item), ``error`` (an error body, or one that cannot
    be read), None (other entities, other JSON).
    """
    if context.endpoint is not None and (parsed := _faultless_page(body, context)):
        return parsed
    if looks_like_html(body):
        return _html(body, context)
    try:
        value = _decode(body)
    except ValueError as err:
        return Parsed(kind="error", soft_error=str(err))
    if isinstance(value, list):
        return _listed(value, {}, context)
    if isinstance(value, dict):
        return _object(value, context)
    return _strange(context, f"a JSON {type(value).__name__}")


def recognise(
    status: int, headers: Mapping[str, str], body: bytes
) -> AnswerClass | None:
    """OpenAlex's own error forms; None leaves the general table to decide.

    Three different refusals share 429: too fast, the day's credits spent, and calls
    that only a paid plan includes.
    """
    if status == 429:  # noqa: PLR2004 - HTTP's own number
        lower = {name.lower(): value for name, value in headers.items()}
        return _refusal(lower, body)
    return _ERRORS_BY_STATUS.get(status)


def _refusal(headers: Mapping[str, str], body: bytes) -> AnswerClass:
    try:
        value = decode_json(body)
    except ValueError:
        value = {}
    said = value if isinstance(value, dict) else {}
    text = f"{said.get('error', '')} {said.get('message', '')}".lower()
    if "plan upgrade" in text:
        return "plan"
    if "per second" in text:
        return "rate"
    if _is_spent(headers, said) or "budget" in text or "insufficient" in text:
        return "budget"
    return "rate"


def _is_spent(headers: Mapping[str, str], said: Mapping[str, object]) -> bool:
    remaining = _number(headers.get("x-ratelimit-remaining"))
    required = _number(headers.get("x-ratelimit-credits-required"))
    if remaining is not None and required is not None:
        return remaining < required
    left, cost = _number(said.get("dailyRemainingUsd")), _number(said.get("costUsd"))
    if left is not None and cost is not None:
        return left < cost
    # Only the day's allowance comes back after hours.
    wait = _number(headers.get("retry-after")) or _number(said.get("retryAfter")) or 0
    return wait > _DAY_BUDGET_WAIT_S


def _number(value: object) -> float | None:
    try:
        return float(value) if isinstance(value, str | int | float) else None
    except ValueError:
        return None


def _decode(body: bytes) -> object:
    try:
        return decode_json(body)
    except ValueError:
        lines = json_lines(body)
        if lines is None:
            raise
        return lines


def _faultless_page(body: bytes, context: ParseContext) -> Parsed | None:
    """The page, if each work on it is as it should be; None: look at each item."""
    page = read_page(body)
    if page is None:
        return None
    try:
        found = [work_record(index, wire) for index, wire in enumerate(page.results)]
    except ValueError:
        return None
    works = [one for one in found if isinstance(one, WorkRecord)]
    absent = [one for one in found if isinstance(one, Absent)]
    return _page(_parsed("works", works, [], absent), page.meta, context)


def _object(value: Mapping[str, object], context: ParseContext) -> Parsed:
    results, meta = value.get("results"), value.get("meta")
    if isinstance(results, list):
        return _listed(results, meta if isinstance(meta, dict) else {}, context)
    if "error" in value:
        detail = f"{value['error']}: {value.get('message', '')}"[:300]
        return Parsed(kind="error", soft_error=f"an error body: {detail}")
    if context.endpoint in (None, SINGLE) and _is_work(value):
        return _single(value, context)
    return _strange(context, "neither a work nor a list of works")


def _html(body: bytes, context: ParseContext) -> Parsed:
    why = "an HTML page instead of JSON"
    if not _NOT_FOUND.search(body):
        return Parsed(kind="error", soft_error=why)
    subject = context.subjects[0] if context.subjects else "unknown"
    absent = Absent(index=0, subject=subject, cause="not found")
    return Parsed(kind="not-found", received=1, absent=(absent,), soft_error=why)


def _strange(context: ParseContext, what: str) -> Parsed:
    why = f"{what} where works were asked for"
    return Parsed(kind=None, soft_error=why if context.endpoint else None)


def _single(value: object, context: ParseContext) -> Parsed:
    asked = context.subjects[0] if context.endpoint and context.subjects else None
    return _parsed("work", *_records([value], asked))


def _listed(
    items: Sequence[object], meta: Mapping[str, object], context: ParseContext
) -> Parsed:
    if context.endpoint is None and items and not any(map(_is_work, items)):
        return Parsed(kind=None)
    return _page(_parsed("works", *_records(items, None)), meta, context)


def _page(parsed: Parsed, meta: Mapping[str, object], context: ParseContext) -> Parsed:
    cursor = meta.get("next_cursor")
    return parsed.model_copy(
        update={
            "declared_total": _count(meta.get("count")),
            "next_cursor": cursor if isinstance(cursor, str) and cursor else None,
            "soft_error": _half_a_list(parsed.received, meta, context.endpoint),
        }
    )


def _half_a_list(
    rows: int, meta: Mapping[str, object], endpoint: str | None
) -> str | None:
    if endpoint is None:
        return None
    total = _count(meta.get("count"))
    if total is None:
        return "a list that does not say how long it is"
    full_page = min(_count(meta.get("per_page")) or PER_PAGE, total)
    took_ms = _count(meta.get("db_response_time_ms")) or 0
    is_final = not meta.get("next_cursor")
    if rows >= full_page:
        return None
    if endpoint in FIRST_PAGES and (is_final or rows == 0):
        return f"{rows} rows of {total} and no way on: the list was cut short"
    if took_ms >= _SLOW_MS:
        return (
            f"{rows} rows of {full_page} after {took_ms} ms: the search was cut short"
        )
    return None


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= MAX_COUNT else None


def _is_work(value: object) -> bool:
    if not isinstance(value, dict) or _AUTOCOMPLETED in value:
        return False
    name = value.get("id")
    if isinstance(name, str) and name:
        # Other entities have names of many kinds, and awards have a DOI, too.
        is_works_own = _WORK_ID.search(name) is not None
        return is_works_own or not _WORK_FIELDS.isdisjoint(value)
    return "doi" in value or not _WORK_FIELDS.isdisjoint(value)


def _records(
    items: Sequence[object], asked: str | None
) -> tuple[list[WorkRecord], list[Reject], list[Absent]]:
    return parse_items(
        items, WireWork, lambda index, wire: work_record(index, wire, asked)
    )


def _parsed(
    kind: str, works: list[WorkRecord], rejects: list[Reject], absent: list[Absent]
) -> Parsed:
    return Parsed(
        kind=kind,
        received=len(works) + len(rejects) + len(absent),
        works=tuple(works),
        rejects=tuple(rejects),
        absent=tuple(absent),
    )
