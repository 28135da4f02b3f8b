"""What an answer of Semantic Scholar is, and the records in it.

A question in a batch has its answer at its own place, and null says that there is no
such paper. Lists say nothing of their length; pages of a search do (``total``).
Authors, snippets, recommendations and the data sets are kinds not handled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.sources.base import ParseContext
from pipeline.wire.body import decode_json, looks_like_html
from pipeline.wire.items import parse_items
from pipeline.wire.look_up import is_look_up, look_ups
from pipeline.wire.semanticscholar import WirePaper, work_record
from pipeline.wire.semanticscholar_citation import Side, WireCitation, citation_record
from schemas.citation import CitationRecord
from schemas.identifiers import token
from schemas.provenance import Absent, Parsed, Reject
from schemas.work import WorkRecord

BATCH: Final = "paper/batch"
CITATIONS: Final = "citations"
REFERENCES: Final = "references"

_LISTED: Final[Mapping[str, Side]] = {CITATIONS: "citing", REFERENCES: "cited"}
_MAX_TOTAL: Final = 2**53


def parse(body: bytes, context: ParseContext) -> Parsed:
    """Papers, or citations with what is said of them; see `Parsed`.

    Nothing is read from an answer that is not the one to the question: then it is a
    soft error. A body that stands alone is what it looks like. Asked whether anything
    has moved, the kind is ``look-ups``.
    """
    if is_look_up(context):
        parsed = _parse(body, replace(context, endpoint=BATCH))
        return look_ups(parsed, context, {}) if parsed.works else parsed
    return _parse(body, context)


def _parse(body: bytes, context: ParseContext) -> Parsed:
    if looks_like_html(body):
        return _error("an HTML page instead of JSON")
    try:
        value = decode_json(body)
    except ValueError as err:
        return _error(str(err))
    if isinstance(value, dict) and _is_error(value):
        return _refused(value, context)
    if context.endpoint == BATCH:
        return _batch(value, context)
    if (endpoint := context.endpoint) and endpoint in _LISTED:
        return _list(value, endpoint, context)
    return _alone(value, context)


def _alone(value: object, context: ParseContext) -> Parsed:
    if isinstance(value, list):
        return _array(value, context)
    if _is_paper(value):
        return _papers("paper", [value], context.subjects)
    return _object(value, context) if isinstance(value, dict) else _unknown()


def _array(items: list[object], context: ParseContext) -> Parsed:
    if not items:
        return Parsed(kind="empty")
    is_batch = any(map(_is_paper, items)) or all(item is None for item in items)
    return _batch(items, context) if is_batch else _unknown()


def _object(value: Mapping[str, Any], context: ParseContext) -> Parsed:
    data = value.get("data")
    # A search that found nothing may leave out the list.
    if "total" in value and (data == [] or ("offset" in value and data is None)):
        return _page(value, [])
    if not isinstance(data, list):
        return _unknown()
    for endpoint, side in _LISTED.items():
        if any(_holds(item, f"{side}Paper") for item in data):
            return _list(value, endpoint, context)
    if any(map(_is_paper, data)):
        return _page(value, data)
    return _unknown() if data else Parsed(kind="empty")


def _is_error(value: Mapping[str, Any]) -> bool:
    return bool({"error", "message"} & value.keys()) and "data" not in value


def _refused(value: Mapping[str, Any], context: ParseContext) -> Parsed:
    said = str(value.get("error") or value.get("message") or "no reason given")
    if said.rstrip(".").endswith("not found"):
        subject = context.subjects[0] if len(context.subjects) == 1 else said[:200]
        absent = Absent(index=0, subject=subject, cause="not found")
        return Parsed(kind="not-found", received=1, absent=(absent,))
    return _error(f"the server says: {said[:200]}")


def _batch(value: object, context: ParseContext) -> Parsed:
    asked = context.subjects
    if not isinstance(value, list):
        return _error("not a list")
    if context.endpoint and len(value) != len(asked):
        return _error(f"{len(value)} answers to {len(asked)} questions")
    return _papers("batch", value, asked)


def _page(value: Mapping[str, Any], data: Sequence[object]) -> Parsed:
    """A page of a search, or of what an author wrote."""
    following = value.get("next", value.get("token"))
    is_cursor = isinstance(following, int | str) and not isinstance(following, bool)
    return _papers("papers", data).model_copy(
        update={
            "declared_total": _total(value.get("total")),
            "next_cursor": str(following) if is_cursor else None,
        }
    )


def _papers(kind: str, items: Sequence[object], asked: Sequence[str] = ()) -> Parsed:
    """Papers at the places of the questions; null is the answer "not found"."""
    places = [place for place, item in enumerate(items) if item is not None]

    def to_record(index: int, wire: WirePaper) -> WorkRecord | Absent:
        return work_record(places[index], wire, _doi_at(places[index], asked))

    works, rejects, absent = parse_items(
        [items[place] for place in places], WirePaper, to_record
    )
    nulls = [
        Absent(index=place, subject=_named_at(place, asked), cause="not found")
        for place, item in enumerate(items)
        if item is None
    ]
    return Parsed(
        kind=kind,
        received=len(items),
        works=tuple(works),
        rejects=tuple(
            Reject(index=places[one.index], errors=one.errors) for one in rejects
        ),
        absent=tuple(sorted([*absent, *nulls], key=lambda one: one.index)),
    )


def _named_at(place: int, asked: Sequence[str]) -> str:
    return asked[place] if place < len(asked) else f"item {place}"


def _doi_at(place: int, asked: Sequence[str]) -> str | None:
    named = asked[place] if place < len(asked) else ""
    return named if named.startswith("10.") else None


def _list(value: object, endpoint: str, context: ParseContext) -> Parsed:
    data = value.get("data") if isinstance(value, dict) else None
    is_withheld = isinstance(value, dict) and "data" in value and data is None
    if is_withheld and endpoint == REFERENCES:
        # Some publishers have reference lists taken out: that is no list of none.
        return Parsed(kind=endpoint)
    if not isinstance(value, dict) or not isinstance(data, list):
        return _error("no list of papers in it")
    asked = tuple(
        token("doi", name) if name.startswith("10.") else name
        for name in context.subjects
    )

    def to_record(index: int, wire: WireCitation) -> CitationRecord | Absent:
        return citation_record(index, wire, _LISTED[endpoint], asked)

    citations, rejects, absent = parse_items(data, WireCitation, to_record)
    following = value.get("next")
    is_number = isinstance(following, int) and not isinstance(following, bool)
    return Parsed(
        kind=endpoint,
        received=len(data),
        citations=tuple(citations),
        rejects=tuple(rejects),
        absent=tuple(absent),
        next_cursor=str(following) if is_number else None,
    )


def _is_paper(value: object) -> bool:
    return _holds(value, "paperId")


def _holds(value: object, name: str) -> bool:
    return isinstance(value, dict) and name in value


def _total(value: object) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value <= _MAX_TOTAL else None  # type: ignore[operator,return-value]


def _unknown() -> Parsed:
    return Parsed(kind=None)


def _error(why: str) -> Parsed:
    return Parsed(kind="error", soft_error=why)
