"""OpenCitations: Index v2 and Meta v1.

Source: https://api.opencitations.net, its documentation and server code, read in 2026.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pipeline.simulator.limits import Allowance
from pipeline.simulator.opencitations_record import (
    citation_rows,
    meta_record,
    reference_rows,
)
from pipeline.simulator.options import Options
from pipeline.simulator.reply import HTML, TEXT, Call, Refusal, Reply
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

_MOST_IDS: Final = 14
_PER_MINUTE: Final = 180

_Rows = Callable[[World, Work], Sequence[Mapping[str, Any]]]


def lane(call: Call) -> str:  # noqa: ARG001 - one lane for everything
    """Index and Meta share one allowance."""
    return "all"


def allowance(call: Call, options: Options) -> Allowance:  # noqa: ARG001 - the same for all
    """180 a minute for an address, over both services."""
    rate = options.rate("opencitations")
    return Allowance.of_rate(rate) if rate else Allowance(_PER_MINUTE, 60.0)


def too_fast(call: Call, wait_s: float) -> Reply:  # noqa: ARG001 - the form is fixed
    """The refusal of a request that came too soon: the web server's own page."""
    return Reply(
        429, "<html><head><title>429 Too Many Requests</title></head></html>", HTML
    )


def bad_token() -> Reply:
    """The refusal of a token that nobody issued."""
    return Reply(403, "Invalid or missing access token.", TEXT)


def check_token(call: Call, options: Options) -> None:
    """No token is fine; a wrong one is not.

    Raises:
        Refusal: the token is not among those issued.
    """
    token = call.headers.get("authorization")
    if token and token not in options.opencitations_tokens:
        raise Refusal(bad_token())


def answer(world: World, call: Call) -> Reply:
    """The answer to any request; ids are compared in lower case."""
    path = call.path.lower()
    if path.startswith("/meta/v1/metadata/"):
        return _metadata(world, path.removeprefix("/meta/v1/metadata/"))
    operation, _, identifier = path.removeprefix("/index/v2/").partition("/")
    rows = _LISTS.get(operation)
    if not path.startswith("/index/v2/") or not rows or not _has_scheme(identifier):
        return _no_operation()
    work = _index_work(world, identifier)
    found = list(rows(world, work)) if work else []
    return Reply(200, found, rows=found)


def _citation_count(world: World, work: Work) -> Sequence[Mapping[str, Any]]:
    return [{"count": str(len(citation_rows(world, work)))}]


def _reference_count(world: World, work: Work) -> Sequence[Mapping[str, Any]]:
    return [{"count": str(len(reference_rows(world, work)))}]


_LISTS: Final[Mapping[str, _Rows]] = {
    "citations": citation_rows,
    "references": reference_rows,
    "citation-count": _citation_count,
    "reference-count": _reference_count,
}


def _metadata(world: World, joined: str) -> Reply:
    ids = joined.split("__")
    if not all(map(_has_scheme, ids)):
        return _no_operation()
    if len(ids) > _MOST_IDS:
        return Reply(500, "HTTP status code 500: something unexpected happened", TEXT)
    works = {work.key: work for one in ids if (work := _meta_work(world, one))}
    rows = [meta_record(work) for work in works.values()]
    return Reply(200, rows, rows=rows)


def _no_operation() -> Reply:
    return Reply(
        404, "HTTP status code 404: the operation requested does not exist", TEXT
    )


def _has_scheme(identifier: str) -> bool:
    scheme, _, value = identifier.partition(":")
    return scheme in {"doi", "pmid", "pmcid", "omid", "openalex", "issn"} and bool(
        value
    )


def _held(world: World, identifier: str) -> Work | None:
    scheme, _, value = identifier.partition(":")
    token = f"{scheme}:{value.upper() if scheme == 'openalex' else value}"
    work = world.by_token.get(token)
    return work if work and "opencitations" in work.known_to else None


def _index_work(world: World, identifier: str) -> Work | None:
    # An apostrophe ends the literal in the service's own query: nothing is found.
    work = None if "'" in identifier else _held(world, identifier)
    return work if work and identifier.startswith(_schemes(work.index_ids)) else None


def _meta_work(world: World, identifier: str) -> Work | None:
    work = _held(world, identifier)
    return work if work and identifier.startswith(_schemes(work.meta_ids)) else None


def _schemes(held: tuple[str, ...]) -> tuple[str, ...]:
    return ("omid", *held)
