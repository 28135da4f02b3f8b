"""doi.org: who registered a prefix, and whether a DOI exists.

Source: https://doi.org/ra/ as recorded in 2026.
"""

from pipeline.simulator.limits import Allowance
from pipeline.simulator.options import Options
from pipeline.simulator.reply import HTML, Call, Reply
from pipeline.simulator.world import World


def lane(call: Call) -> str:  # noqa: ARG001 - one lane for everything
    """All calls share one limit."""
    return "all"


def allowance(call: Call, options: Options) -> Allowance:  # noqa: ARG001 - the same for all
    """No figure is published; five a second is taken to be too much to mind."""
    return Allowance.of_rate(options.rate("doiorg") or 5.0)


def too_fast(call: Call, wait_s: float) -> Reply:  # noqa: ARG001 - the form is fixed
    """The refusal of a request that came too soon."""
    return Reply(429, "<html><body><h1>429 Too Many Requests</h1></body></html>", HTML)


def answer(world: World, call: Call) -> Reply:
    """The answer to any request."""
    path = call.path
    for start in ("/ra/", "/doiRA/"):
        if path.startswith(start):
            asked = path.removeprefix(start).split(",")
            rows = [_agency(world, one.strip()) for one in asked]
            return Reply(200, rows, rows=rows)
    if path.startswith("/api/handles/"):
        return _handle(world, path.removeprefix("/api/handles/"))
    return Reply(404, "<html><body><h1>DOI Not Found</h1></body></html>", HTML)


def _agency(world: World, asked: str) -> dict[str, str]:
    prefix = asked.partition("/")[0]
    if not prefix.startswith("10."):
        return {"DOI": asked, "status": "Invalid DOI"}
    agency = world.agencies.get(prefix)
    is_known = agency and ("/" not in asked or world.asked_work(asked))
    if not agency or not is_known:
        return {"DOI": asked, "status": "DOI does not exist"}
    return {"DOI": asked, "RA": agency}


def _handle(world: World, doi: str) -> Reply:
    if not world.asked_work(doi):
        return Reply(404, {"responseCode": 100, "handle": doi})
    target = {"format": "string", "value": f"https://example.org/citehouse/{doi}"}
    values = [{"index": 1, "type": "URL", "data": target}]
    return Reply(200, {"responseCode": 1, "handle": doi, "values": values})
