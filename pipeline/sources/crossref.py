"""Crossref: what publishers say of their works, and of the works these cite.

API     https://api.crossref.org, /works and /works/{doi}
Licence facts free to use; abstracts stay with their owners
Limit   by the kind of request, higher with a contact address (``x-api-pool: polite-*``)
Checked 2026-11-22

Lists are asked first, as one answers for fifty DOIs. A list leaves out, without a word,
DOIs that are not Crossref's and aliases; a single work redirects from an alias to its
prime DOI. So what a list leaves out is asked singly before it is absent.

Who cites a work is told to members only: here it is only counted. What a citing work
cites stands in its record, so the citing works found elsewhere are asked about, too.
Whole records are asked for, without ``select``: it has returned empty reference lists
(github.com/CrossRef/rest-api-doc/issues/553), and what is not in the archive can never
be rebuilt from it.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import partial
from typing import Final
from urllib.parse import quote, quote_plus

from pipeline.sources.base import Expectation, Limit, Night, Request, Source
from pipeline.wire.crossref_answer import LIST, SINGLE, parse
from pipeline.wire.look_up import LOOK_UP
from pipeline.wire.registry_plan import Registry
from schemas.provenance import AnswerClass, Parsed

NAME: Final = "crossref"
AGENCY: Final = "Crossref"
"""What doi.org calls the registration agency."""

LIST_BATCH: Final = 50
"""DOIs a list: common practice; Crossref publishes no maximum."""

_FILTER_CHARS: Final = 7_200
"""Escaped, so that a whole URL stays below 7,500 characters."""

_LISTABLE: Final = re.compile(r"10\.[-._;()/:a-z0-9]+[a-z0-9)]")
"""DOIs that a filter surely holds. Source: the pattern by which Crossref matches 99.3 %
of its DOIs (crossref.org/blog/dois-and-matching-regular-expressions, 2015). A filter is
cut at commas, and empty ends after a colon are lost, so no DOI may end in one."""

_SERVER: Final = 500
_CLASSES: Final[dict[int, AnswerClass]] = {
    400: "client",
    401: "auth",  # a token for the paid service that is not valid
    403: "block",  # set by hand, by people: asking on makes it worse
    404: "not_found",
    408: "server",
    413: "client",
    414: "client",
    429: "rate",
}


def _list(dois: tuple[str, ...]) -> Request:
    return Request(
        source=NAME,
        endpoint=LIST,
        role="work",
        path="/works",
        # Without rows, the first 20 of them.
        params=(("filter", ",".join(map(_condition, dois))), ("rows", str(len(dois)))),
        subjects=dois,
        lane="list",
        divide=REGISTRY.ask,
    )


def _changed(dois: tuple[str, ...], since: dt.date | None) -> Request:
    """Filters of two names hold both, those of one name either.

    Source: the REST API's documentation, "from-index-date" and "multiple filters".
    """
    conditions = [_condition(doi) for doi in dois]
    if since:
        conditions.insert(0, f"from-index-date:{since.isoformat()}")
    return Request(
        source=NAME,
        endpoint=LOOK_UP,
        role="look_up",
        path="/works",
        params=(
            ("filter", ",".join(conditions)),
            ("rows", str(len(dois))),
            ("select", "DOI,is-referenced-by-count,indexed"),
        ),
        subjects=dois,
        lane="list",
        divide=partial(_changed, since=since),
    )


def _single(doi: str) -> Request:
    return Request(
        source=NAME,
        endpoint=SINGLE,
        role="work",
        path=f"/works/{quote(doi, safe='')}",
        subjects=(doi,),
        lane="single",
    )


def _condition(doi: str) -> str:
    return f"doi:{doi}"


def _cost(doi: str) -> int:
    return len(quote_plus(f"{_condition(doi)},"))


def _named(parsed: Parsed) -> set[str]:
    names = {name for work in parsed.works for name in (*work.tokens, *work.aliases)}
    return {name.removeprefix("doi:") for name in names}


REGISTRY: Final = Registry(
    name=NAME,
    agency=AGENCY,
    list_endpoint=LIST,
    ask_list=_list,
    ask_one=_single,
    listable=_LISTABLE,
    max_count=LIST_BATCH,
    max_chars=_FILTER_CHARS,
    cost=_cost,
    named=_named,
    ask_changed=_changed,
)


def recognise(
    status: int,
    headers: Mapping[str, str],  # noqa: ARG001 - a 429 comes without rate headers
    body: bytes,  # noqa: ARG001 - text, HTML or JSON: the status alone tells
) -> AnswerClass | None:
    """The class of an answer that is no success; None: the general rules decide."""
    found = _CLASSES.get(status)
    return found or ("server" if status >= _SERVER else None)


# A tenth above the second leaves room for requests that bunch up on their way.
_WINDOW_S: Final = 1.1

SOURCE: Final = Source(
    name=NAME,
    title="Crossref",
    docs_url="https://www.crossref.org/documentation/retrieve-metadata/rest-api/",
    licence="facts free to use; abstracts stay with their owners",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://api.crossref.org",
    limits={"list": Limit(3, _WINDOW_S), "single": Limit(10, _WINDOW_S)},
    concurrency=3,
    anonymous_limits={"list": Limit(1, _WINDOW_S), "single": Limit(5, _WINDOW_S)},
    anonymous_concurrency=1,
    key_header=("Crossref-Plus-API-Token", "Bearer {}"),
    contact_param="mailto",
    requests_for_cited=REGISTRY.requests_for_cited,
    requests_for_citing=REGISTRY.requests_for_citing,
    lists_citing=False,
    recognise=recognise,
    parse=parse,
    expect=Expectation(min_known_share=0.5, max_rejected_share=0.01),
    night=Night(
        # An index date that did not move, for whatever reason, is found out in a week:
        # one list for fifty works costs little.
        round_nights=7,
        requests=lambda citing: 1 / LIST_BATCH,  # noqa: ARG005 - it lists nobody
        look_up=REGISTRY.look_up,
        per_look_up=LIST_BATCH,
        tells_changed_only=True,
    ),
)
