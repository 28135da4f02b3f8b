"""What a body of DataCite is: a work, a list of works, a part of a dump, an error."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.sources.base import ParseContext
from pipeline.wire.body import decode_json, json_lines, looks_like_html
from pipeline.wire.datacite import work_record
from pipeline.wire.datacite_former import from_search, from_works, is_former
from pipeline.wire.datacite_work import MAX_COUNT, DataciteWork
from pipeline.wire.items import parse_items
from pipeline.wire.look_up import is_look_up, look_ups, objects
from schemas.identifiers import token
from schemas.provenance import Absent, Parsed

LIST: Final = "dois"
SINGLE: Final = "doi"

_ANSWERS: Final = {LIST: ("dois",), SINGLE: ("doi", "not-found")}
"""Endpoint to the kinds that answer it; a list is never "not found" but empty."""

_WORK_TYPES: Final = ("dois", "works")
"""What JSON:API calls a resource that is a work: today, and before 2019."""

_DESCRIBING: Final = frozenset({"creators", "titles"})
_NAMING: Final = frozenset({"doi", "id", "identifiers"})


def parse(body: bytes, context: ParseContext) -> Parsed:
    """The works of an answer, whichever form it has.

    The kinds are ``doi`` and ``dois`` (also of before 2019), ``items`` (DataCite JSON,
    the public data file and its JSON lines), ``search`` (the Solr index of before),
    ``empty`` (a list without items that does not say of what it is one),
    ``not-found`` and ``error``; None for what holds no works, such as a client or a
    prefix. Where a question was asked, an answer to another one is a soft error. Asked
    whether anything has moved, it is ``look-ups``.
    """
    if not is_look_up(context):
        return _against_question(_whatever_it_is(body, context), context)
    asked = replace(context, endpoint=LIST)
    parsed = _against_question(_whatever_it_is(body, asked), asked)
    return look_ups(parsed, context, _updated_at(body)) if parsed.works else parsed


def _updated_at(body: bytes) -> dict[int, object]:
    value = decode_json(body)
    items = value.get("data") if isinstance(value, dict) else None
    return {
        at: inner.get("updated")
        for at, item in enumerate(objects(items))
        if isinstance(inner := item.get("attributes"), dict)
    }


def _whatever_it_is(body: bytes, context: ParseContext) -> Parsed:
    if looks_like_html(body):
        return _refused("an HTML page in place of JSON")
    try:
        value = decode_json(body)
    except ValueError as err:
        return _of_text(body, str(err))
    if isinstance(value, list):
        return _of_array(value)
    return _of_object(value, context) if isinstance(value, dict) else Parsed(kind=None)


def _of_text(body: bytes, reason: str) -> Parsed:
    lines = json_lines(body) or []
    if any(map(_is_work, lines)):
        return _of_works("items", lines)
    # Empty or the beginning of JSON: cut short. Anything else: XML, BibTeX...
    is_damaged = body.strip()[:1] in (b"", b"{", b"[")
    return _refused(reason) if is_damaged else Parsed(kind=None)


def _of_array(items: list[object]) -> Parsed:
    if any(map(_is_work, items)):
        return _of_works("items", items)
    return Parsed(kind=None)


def _of_object(value: Mapping[str, Any], context: ParseContext) -> Parsed:
    if isinstance(errors := value.get("errors"), list) and not value.get("data"):
        return _of_errors(errors, context)
    if isinstance(response := value.get("response"), dict) and "docs" in response:
        return _of_search(response)
    data = value.get("data")
    if isinstance(data, list):
        return _of_list(value, data, context)
    if _is_work(data):
        return _of_works("doi", [data])
    if _is_work(value):
        return _of_works("items", [value])
    return Parsed(kind=None)  # clients, prefixes, the GraphQL API...


def _of_errors(errors: Sequence[object], context: ParseContext) -> Parsed:
    listed = [error for error in errors if isinstance(error, dict)]
    if listed and all(str(error.get("status")) == "404" for error in listed):
        subject = context.subjects[0] if len(context.subjects) == 1 else ""
        absent = Absent(index=0, subject=subject, cause="not found")
        return Parsed(kind="not-found", received=1, absent=(absent,))
    first = listed[0] if listed else {}
    said = first.get("title") or first.get("detail") or "no reason given"
    return _refused(f"{first.get('status') or 'error'}: {str(said)[:200]}")


def _of_search(response: Mapping[str, Any]) -> Parsed:
    documents = response.get("docs")
    if not isinstance(documents, list):
        return Parsed(kind="search", soft_error="a search without documents")
    items = [from_search(one) if isinstance(one, dict) else one for one in documents]
    found = _of_works("search", items)
    total = _count(response.get("numFound"))
    return found.model_copy(update={"declared_total": total})


def _of_list(
    envelope: Mapping[str, Any], data: list[object], context: ParseContext
) -> Parsed:
    if data and not any(map(_is_work, data)):
        return Parsed(kind=None)
    meta, links = _object(envelope, "meta"), _object(envelope, "links")
    is_of_dois = data or context.endpoint or "/dois?" in str(links.get("self"))
    following = links.get("next")
    return _of_works("dois" if is_of_dois else "empty", data).model_copy(
        update={
            "declared_total": _count(meta.get("total")),
            "next_cursor": following if isinstance(following, str) else None,
        }
    )


def _object(envelope: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = envelope.get(name)
    return value if isinstance(value, dict) else {}


def _of_works(kind: str, items: Sequence[object]) -> Parsed:
    works, rejects, absent = parse_items(
        [_attributes(item) for item in items], DataciteWork, work_record
    )
    return Parsed(
        kind=kind,
        received=len(items),
        works=tuple(works),
        rejects=tuple(rejects),
        absent=tuple(absent),
    )


def _attributes(item: object) -> object:
    """What is said of the work, with the identifier of the resource around it."""
    if not isinstance(item, dict):
        return item
    inner = item.get("attributes")
    found = {**inner, "id": item.get("id")} if isinstance(inner, dict) else item
    return from_works(found) if is_former(found) else found


def _is_work(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    if "attributes" in value:
        inner, kind = value["attributes"], value.get("type")
        # In a request that somebody recorded, the type of the resource may be missing.
        is_untyped = kind is None and isinstance(inner, dict) and "doi" in inner
        return is_untyped or kind in _WORK_TYPES
    return not _DESCRIBING.isdisjoint(value) and not _NAMING.isdisjoint(value)


def _against_question(parsed: Parsed, context: ParseContext) -> Parsed:
    # A file or a dump answers no question; it may hold anything.
    if parsed.soft_error or context.endpoint not in _ANSWERS:
        return parsed
    return parsed.model_copy(update={"soft_error": _contradiction(parsed, context)})


def _contradiction(parsed: Parsed, context: ParseContext) -> str | None:
    expected = _ANSWERS[context.endpoint or ""]
    if parsed.kind not in expected:
        return f"asked for {expected[0]}, answered {parsed.kind or 'something else'}"
    if context.endpoint == LIST and (parsed.declared_total or 0) > parsed.received:
        return f"{parsed.declared_total} results declared, {parsed.received} sent"
    asked = {token("doi", doi) for doi in context.subjects}
    strange = [work for work in parsed.works if asked.isdisjoint(work.tokens)]
    return f"{strange[0].record_key} was not asked for" if asked and strange else None


def _refused(reason: str) -> Parsed:
    return Parsed(kind="error", soft_error=reason)


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= MAX_COUNT else None
