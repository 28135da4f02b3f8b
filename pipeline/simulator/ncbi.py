"""NCBI's id converter: what articles in PubMed Central are called.

Source: https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/, read in 2026.
"""

import re
from typing import Any, Final

from pipeline.simulator.limits import Allowance
from pipeline.simulator.options import Options
from pipeline.simulator.reply import Call, Reply
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

_MOST_IDS: Final = 200
_VALID: Final = {
    "doi": re.compile(r"10\.\d{4,9}/.+"),
    "pmid": re.compile(r"\d+"),
    "pmcid": re.compile(r"(?:PMC)?\d+(?:\.\d+)?", re.IGNORECASE),
}


def lane(call: Call) -> str:  # noqa: ARG001 - one lane for everything
    """All calls share one limit."""
    return "all"


def allowance(call: Call, options: Options) -> Allowance:  # noqa: ARG001 - the same for all
    """Three a second."""
    return Allowance.of_rate(options.rate("ncbi") or 3.0)


def too_fast(call: Call, wait_s: float) -> Reply:  # noqa: ARG001 - the form is fixed
    """The refusal of a request that came too soon."""
    return Reply(429, {"error": "API rate limit exceeded", "limit": "3"})


def answer(world: World, call: Call) -> Reply:
    """The answer to any request; an identifier of another kind spoils the whole."""
    if call.path.rstrip("/") != "/articles":
        return Reply(404, {"status": "error", "message": "Not Found"})
    ids = [one for one in call.params.get("ids", "").split(",") if one]
    idtype = call.params.get("idtype", "")
    pattern = _VALID.get(idtype)
    if not ids or len(ids) > _MOST_IDS or pattern is None:
        return _refused("invalid_request")
    if not all(map(pattern.fullmatch, ids)):
        return _refused(f"invalid_{idtype}s")
    rows = [_record(world, idtype, one) for one in ids]
    return Reply(200, {"status": "ok", "request": {"idtype": idtype}, "records": rows})


def _refused(why: str) -> Reply:
    return Reply(400, {"status": "error", "message": why})


def _record(world: World, idtype: str, asked: str) -> dict[str, Any]:
    work = _found(world, idtype, asked)
    if work is None:
        said = {"status": "error", "errmsg": "Identifier not found in PMC"}
        return {"requested-id": asked, idtype: asked, **said}
    ids: dict[str, Any] = {"pmcid": f"PMC{work.pmcid}"}
    if work.doi:
        ids["doi"] = work.doi
    if work.pmid:
        ids["pmid"] = work.pmid  # a number here, and text everywhere else
    return {"requested-id": asked, **ids}


def _found(world: World, idtype: str, asked: str) -> Work | None:
    """An article in PubMed Central, by any version of its PMCID."""
    value = asked.lower()
    if idtype == "pmcid":
        number = asked.upper().removeprefix("PMC").partition(".")[0]
        value = f"PMC{number}"
    work = world.by_token.get(f"{idtype}:{value}")
    return work if work and work.pmcid else None
