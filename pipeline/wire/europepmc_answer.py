"""Europe PMC's answers: searches, lists of citations and of references, errors.

An error comes with HTTP 200 and an ``errCode``, and without a list: it is never "no
results". A search gives its number of hits; asked for a few works by their names, it
must give them all on one page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.sources.base import ParseContext
from pipeline.wire.body import decode_json, looks_like_html
from pipeline.wire.europepmc import epmc_token, name_tokens, work_record
from pipeline.wire.europepmc_citation import Side, WireItem, citation_record
from pipeline.wire.europepmc_full_text import FULL_TEXT, parse_full_text
from pipeline.wire.europepmc_shape import WireHits, WireName, WireWork
from pipeline.wire.items import parse_items
from pipeline.wire.look_up import is_look_up, look_ups
from schemas.identifiers import split_token
from schemas.provenance import Parsed

SEARCH: Final = "search"
CITATIONS: Final = "citations"
REFERENCES: Final = "references"

PAGE: Final = 1000
"""The largest page of a list."""

_LISTS: Final[Mapping[str, tuple[str, str, Side]]] = {
    CITATIONS: ("citationList", "citation", "citing"),
    REFERENCES: ("referenceList", "reference", "cited"),
}


def parse(body: bytes, context: ParseContext) -> Parsed:
    """Works of a search, or citations of a list.

    A record that stands alone, as tools save them, is one work; an article in JATS, one
    full text. Annotations, cross-references to databases and other XML are kinds that
    are not handled; XML in answer to a question for JSON is an error. Asked whether
    anything has moved, the kind is ``look-ups``.
    """
    is_alone = context.endpoint is None and body.lstrip()[:1] == b"<"
    if context.endpoint == FULL_TEXT or (is_alone and not looks_like_html(body)):
        return parse_full_text(body, context)
    if is_look_up(context):
        parsed = _parse(body, replace(context, endpoint=SEARCH))
        return look_ups(parsed, context, {}) if parsed.works else parsed
    return _parse(body, context)


def _parse(body: bytes, context: ParseContext) -> Parsed:
    if looks_like_html(body):
        return _error("an HTML page instead of JSON")
    if body.lstrip()[:1] == b"<":
        return _error("XML instead of JSON")
    try:
        value = decode_json(body)
    except ValueError as err:
        return _error(str(err))
    if not isinstance(value, dict):
        return _error("not an object") if context.endpoint else Parsed(kind=None)
    if "errCode" in value:
        return _error(f"error {value['errCode']}: {str(value.get('errMsg'))[:200]}")
    return _parse_object(value, context)


def _parse_object(value: Mapping[str, object], context: ParseContext) -> Parsed:
    for kind, (outer, inner, listed) in _LISTS.items():
        if (items := _items(value, outer, inner)) is not None:
            return _citations(kind, items, listed, value, context)
    if (items := _items(value, "resultList", "result")) is not None:
        return _works(items, value, context)
    if context.endpoint:
        return _error("no list in the answer")
    alone = value.get("full", value)
    if isinstance(alone, dict) and name_tokens(WireName.model_validate(alone)):
        return _works([alone], {}, context)
    return Parsed(kind=None)


def _items(value: Mapping[str, object], outer: str, inner: str) -> list[object] | None:
    """The items of a list; None: the answer has no such list."""
    around = value.get(outer)
    if not isinstance(around, dict):
        is_empty = outer in value and not around and _hits(value) == 0
        return [] if is_empty else None
    found = around.get(inner)
    if found is None or found == "":
        return []
    return found if isinstance(found, list) else [found]


def _works(
    items: list[object], value: Mapping[str, object], context: ParseContext
) -> Parsed:
    works, rejects, absent = parse_items(items, WireWork, work_record)
    hits = _hits(value)
    is_short = context.endpoint == SEARCH and hits is not None and len(items) < hits
    return Parsed(
        kind="works",
        received=len(items),
        works=tuple(works),
        rejects=tuple(rejects),
        absent=tuple(absent),
        declared_total=hits,
        soft_error=f"{len(items)} of {hits} hits" if is_short else None,
    )


def _citations(
    kind: str,
    items: list[object],
    listed: Side,
    value: Mapping[str, object],
    context: ParseContext,
) -> Parsed:
    asked = _asked(value, context)
    citations, rejects, absent = parse_items(
        items, WireItem, lambda index, wire: citation_record(index, wire, listed, asked)
    )
    return Parsed(
        kind=kind,
        received=len(items),
        citations=tuple(citations),
        rejects=tuple(rejects),
        absent=tuple(absent),
        declared_total=_hits(value),
    )


def _asked(value: Mapping[str, object], context: ParseContext) -> Sequence[str]:
    """Tokens of the work whose list this is, by the answer or else by the question."""
    echo = value.get("request")
    named = name_tokens(WireName.model_validate(echo)) if isinstance(echo, dict) else ()
    if named or not context.subjects:
        return named
    scheme, own = split_token(context.subjects[0])
    source, _, identifier = own.partition("/")
    if scheme != "epmc" or not epmc_token(source, identifier):
        return context.subjects
    return name_tokens(WireName(id=identifier, source=source))


def _hits(value: Mapping[str, object]) -> int | None:
    return WireHits.model_validate(value).hits


def _error(why: str) -> Parsed:
    return Parsed(kind="error", soft_error=why)
