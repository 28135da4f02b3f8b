"""Europe PMC's REST service: searches, and lists of citations and references.

Source: https://europepmc.org/RestfulWebService and third-party probes, read in 2026. A
search takes what a program asks by: DOIs, ids with their sources, PMCIDs.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from pipeline.simulator.europepmc_record import VIEW, europepmc_record, list_item
from pipeline.simulator.full_text import full_text
from pipeline.simulator.limits import Allowance
from pipeline.simulator.options import Options
from pipeline.simulator.reply import HTML, JSON, Call, Reply, whole_number
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

_VERSION: Final = "6.9"
_MEDIA_TYPE: Final = f"{JSON};charset=UTF-8"
_XML: Final = "application/xml;charset=UTF-8"
_USUAL_SIZE: Final = 25
_LARGEST_PAGE: Final = 1000
_PER_SECOND: Final = 5.0
_AT_ONCE: Final = 3

_TEXT: Final = r'"((?:[^"\\]|\\.)*)"'
_CLAUSE: Final = re.compile(
    rf"DOI:{_TEXT}|\(EXT_ID:{_TEXT} AND SRC:([A-Z]{{3}})\)|PMCID:(PMC\d+)"
)
_TEXT_PATH: Final = re.compile(r"/PMC(\d+)/fullTextXML")
_BETWEEN: Final = " OR "


def lane(call: Call) -> str:  # noqa: ARG001 - one lane for everything
    """All calls share one allowance."""
    return "all"


def allowance(call: Call, options: Options) -> Allowance:  # noqa: ARG001 - the same for all
    """Nothing is published; what clients were seen to get away with."""
    rate = options.rate(VIEW)
    if rate:
        return Allowance.of_rate(rate)
    return Allowance.of_rate(_PER_SECOND, at_once=_AT_ONCE)


def too_fast(call: Call, wait_s: float) -> Reply:  # noqa: ARG001 - the form is fixed
    """The refusal of a request that came too soon: the web server's own page."""
    return Reply(
        429, "<html><head><title>429 Too Many Requests</title></head></html>", HTML
    )


def answer(world: World, call: Call) -> Reply:
    """The answer to any request; XML unless JSON is asked for."""
    if found := _TEXT_PATH.fullmatch(call.path):
        return _full_text(world, found.group(1))
    if call.params.get("format") != "json":
        return Reply(200, '<?xml version="1.0"?><responseWrapper/>', _XML)
    parts = call.path.strip("/").split("/")
    if parts == ["search"]:
        return _search(world, call)
    match parts:
        case [source, identifier, ("citations" | "references") as endpoint]:
            return _LISTS[endpoint](world, call, source, identifier)
    return _failed(404, "Not found")


def _full_text(world: World, digits: str) -> Reply:
    """An open access article; of others, and of those nobody knows, a bare 404."""
    work = world.by_token.get(f"pmcid:PMC{digits}")
    text = full_text(world, work) if work else None
    return Reply(200, text, _XML) if text else Reply(404, "", _XML)


def _search(world: World, call: Call) -> Reply:
    clauses = _clauses(call.params.get("query", ""))
    if clauses is None:
        return _failed(400, "The query cannot be read")
    found = [
        work
        for work in world.works.values()
        if VIEW in work.known_to and any(_fits(work, *clause) for clause in clauses)
    ]
    size = min(
        whole_number(call.params.get("pageSize", "")) or _USUAL_SIZE, _LARGEST_PAGE
    )
    rows = [europepmc_record(world, work) for work in found[:size]]
    content = {
        "version": _VERSION,
        "hitCount": len(found),
        "request": {"queryString": call.params["query"], "pageSize": size},
        "resultList": {"result": rows},
    }
    return Reply(200, content, _MEDIA_TYPE, rows=rows)


def _clauses(query: str) -> list[tuple[str, str, str, str]] | None:
    """What the conditions name; None: not a question that is understood here."""
    found = list(_CLAUSE.finditer(query))
    if not found or _BETWEEN.join(one.group() for one in found) != query:
        return None
    return [tuple(_unquoted(part or "") for part in one.groups()) for one in found]  # type: ignore[misc]


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _fits(work: Work, doi: str, identifier: str, source: str, pmcid: str) -> bool:
    if doi:
        return work.dois[:1] == (doi.lower(),)
    if pmcid:
        return pmcid == f"PMC{work.pmcid}"
    return work.epmc == (source, identifier)


def _citations(world: World, call: Call, source: str, identifier: str) -> Reply:
    work = _held(world, source, identifier)
    items = [list_item(one) for one in world.citing(VIEW, work.key)] if work else []
    strays = list(world.stray_records(VIEW, work.key)) if work else []
    return _page(call, "citation", source, identifier, [*items, *strays])


def _references(world: World, call: Call, source: str, identifier: str) -> Reply:
    work = _held(world, source, identifier)
    items = list(_cited_items(world, work)) if work else []
    return _page(call, "reference", source, identifier, items)


def _cited_items(world: World, work: Work) -> Iterator[dict[str, Any]]:
    for order, cited in enumerate(world.cited(VIEW, work.key), start=1):
        yield {**list_item(cited), "citedOrder": order, "match": "Y"}
    # A reference that was not matched: printed, but nobody knows what it is.
    yield {"title": "A pamphlet", "authorString": "Anon.", "match": "N"}


_LISTS: Final[dict[str, Callable[[World, Call, str, str], Reply]]] = {
    "citations": _citations,
    "references": _references,
}


def _held(world: World, source: str, identifier: str) -> Work | None:
    work = world.by_token.get(f"epmc:{source}/{identifier}")
    return work if work and VIEW in work.known_to else None


def _page(
    call: Call, name: str, source: str, identifier: str, items: list[Any]
) -> Reply:
    size = min(
        whole_number(call.params.get("pageSize", "")) or _USUAL_SIZE, _LARGEST_PAGE
    )
    number = whole_number(call.params.get("page", "")) or 1
    rows = items[(number - 1) * size : number * size]
    content = {
        "version": _VERSION,
        "hitCount": len(items),
        "request": {
            "id": identifier,
            "source": source,
            "offSet": (number - 1) * size,
            "pageSize": size,
        },
        f"{name}List": {name: rows},
    }
    return Reply(200, content, _MEDIA_TYPE, rows=rows)


def _failed(code: int, why: str) -> Reply:
    return Reply(
        200, {"version": _VERSION, "errCode": code, "errMsg": why}, _MEDIA_TYPE
    )
