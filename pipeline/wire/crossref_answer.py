"""What a body of Crossref is: a work, a list of works, a part of a dump, an error."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from pipeline.sources.base import ParseContext
from pipeline.wire.body import decode_json, json_lines, looks_like_html
from pipeline.wire.crossref import work_record
from pipeline.wire.crossref_work import CrossrefWork
from pipeline.wire.items import parse_items
from pipeline.wire.look_up import is_look_up, look_ups, objects
from schemas.identifiers import token
from schemas.provenance import Absent, Parsed

LIST: Final = "works"
SINGLE: Final = "work"

_ANSWERS: Final = {LIST: ("work-list",), SINGLE: ("work", "not-found")}
"""Endpoint to the kinds that answer it; a list is never "not found" but empty."""

_ENVELOPE: Final = frozenset({"message-type", "status", "message"})
_NOT_FOUND: Final = b"resource not found."
_ERROR_STATUS: Final = ("error", "failed")
_MAX_COUNT: Final = 2**53


def parse(body: bytes, context: ParseContext) -> Parsed:
    """The works of an answer, whichever form it has.

    The kinds are ``work``, ``work-list``, ``items`` (the public data file, its JSON
    lines, lists of CSL JSON), ``not-found`` and ``error``; None for what holds no
    works, such as a member or a funder. Where a question was asked, an answer to
    another one is a soft error. Asked whether anything has moved, it is ``look-ups``.
    """
    if not is_look_up(context):
        return _against_question(_whatever_it_is(body, context), context)
    asked = replace(context, endpoint=LIST)
    parsed = _against_question(_whatever_it_is(body, asked), asked)
    return look_ups(parsed, context, _indexed_at(body)) if parsed.works else parsed


def _indexed_at(body: bytes) -> dict[int, object]:
    value = decode_json(body)
    message = value.get("message") if isinstance(value, dict) else None
    items = message.get("items") if isinstance(message, dict) else None
    return {
        at: indexed.get("date-time")
        for at, item in enumerate(objects(items))
        if isinstance(indexed := item.get("indexed"), dict)
    }


def _whatever_it_is(body: bytes, context: ParseContext) -> Parsed:
    if not body.strip():
        return _refused("the body is empty")
    if body.strip().lower() == _NOT_FOUND:
        subject = context.subjects[0] if len(context.subjects) == 1 else ""
        absent = Absent(index=0, subject=subject, cause="not found")
        return Parsed(kind="not-found", received=1, absent=(absent,))
    if looks_like_html(body):
        return _refused("an HTML page in place of JSON")
    try:
        value = decode_json(body)
    except ValueError as err:
        return _of_text(body, str(err), context)
    return _of_value(value, context)


def _of_text(body: bytes, reason: str, context: ParseContext) -> Parsed:
    lines = json_lines(body) or []
    if any(map(_is_work, lines)):
        return _of_works("items", lines, context)
    if body.lstrip()[:1] in (b"{", b"["):
        return _refused(reason)
    return Parsed(kind=None)  # BibTeX, XML...


def _of_value(value: object, context: ParseContext) -> Parsed:
    if (
        isinstance(value, dict)
        and not _ENVELOPE.isdisjoint(value)
        and "DOI" not in value
    ):
        return _of_envelope(value, context)
    if isinstance(value, dict) and isinstance(items := value.get("items"), list):
        return _of_works("items", items, context)
    if isinstance(value, list) and any(map(_is_work, value)):
        return _of_works("items", value, context)
    if _is_work(value):
        return _of_works("work", [value], context)
    return Parsed(kind=None)


def _of_envelope(envelope: Mapping[str, object], context: ParseContext) -> Parsed:
    message_type, message = envelope.get("message-type"), envelope.get("message")
    if envelope.get("status") in _ERROR_STATUS:
        return _refused(f"{message_type or 'error'}: {_complaint(message)}")
    if message_type is None:  # kept without its head by whoever recorded it
        return _of_value(message, context) if _is_work(message) else Parsed(kind=None)
    if message_type == "work":
        return _of_works("work", [message], context)
    if message_type == "work-list":
        return _of_list(message, context)
    return Parsed(kind=None)  # members, funders, journals...


def _of_list(message: object, context: ParseContext) -> Parsed:
    if not isinstance(message, dict) or not isinstance(
        items := message.get("items"), list
    ):
        return Parsed(kind="work-list", soft_error="a work list without items")
    rows, cursor = message.get("items-per-page"), message.get("next-cursor")
    # Every page has a cursor, the last one, too: a short page is the last.
    is_last = not items or (isinstance(rows, int) and len(items) < rows)
    return _of_works("work-list", items, context).model_copy(
        update={
            "declared_total": _count(message.get("total-results")),
            "next_cursor": cursor if isinstance(cursor, str) and not is_last else None,
        }
    )


def _of_works(kind: str, items: Sequence[object], context: ParseContext) -> Parsed:
    is_single = context.endpoint == SINGLE and len(context.subjects) == 1
    asked_as = context.subjects[0] if is_single else None
    works, rejects, absent = parse_items(
        items, CrossrefWork, partial(work_record, asked_as=asked_as)
    )
    return Parsed(
        kind=kind,
        received=len(items),
        works=tuple(works),
        rejects=tuple(rejects),
        absent=tuple(absent),
    )


def _against_question(parsed: Parsed, context: ParseContext) -> Parsed:
    # A file or a dump answers no question; it may hold anything.
    if parsed.soft_error or context.endpoint not in _ANSWERS:
        return parsed
    return parsed.model_copy(update={"soft_error": _contradiction(parsed, context)})


def _contradiction(parsed: Parsed, context: ParseContext) -> str | None:
    expected = _ANSWERS[context.endpoint or ""]
    if parsed.kind not in expected:
        return f"asked for a {expected[0]}, answered {parsed.kind or 'something else'}"
    if context.endpoint != LIST or not context.subjects:
        return None
    if (parsed.declared_total or 0) > parsed.received:
        return f"{parsed.declared_total} results declared, {parsed.received} sent"
    asked = {token("doi", doi) for doi in context.subjects}
    strange = [w for w in parsed.works if asked.isdisjoint((*w.tokens, *w.aliases))]
    return f"{strange[0].record_key} was not asked for" if strange else None


def _refused(reason: str) -> Parsed:
    return Parsed(kind="error", soft_error=reason)


def _complaint(message: object) -> str:
    first = message[0] if isinstance(message, list) and message else message
    said = first.get("message") if isinstance(first, dict) else first
    return str(said)[:200]


def _is_work(value: object) -> bool:
    return isinstance(value, dict) and "DOI" in value


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MAX_COUNT else None
