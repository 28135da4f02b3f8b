"""DataCite: what repositories say of their data, software, theses and preprints.

API     https://api.datacite.org, /dois and /dois/{doi}
Licence CC0
Limit   in any 5 minutes 1,000 requests with a contact address in the User-Agent, 500
        without, for lists and single works together; over it 429, under load also a
        firewall's 403 in HTML
Checked 2026-11-22

Lists are asked first, as one answers for fifty DOIs; what a list leaves out is asked
singly before it is absent. Only DOIs are asked about whose agency is DataCite or not
known: of all others it has nothing to say.

Who cites a work is only counted here: DataCite names no more than 25 of them, and it
counts the supplements of a work as well. What a work cites stands in its record, so the
citing works found elsewhere are asked about, too.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import quote, quote_plus

from pipeline.sources.base import Expectation, Limit, Night, Request, Source
from pipeline.wire.body import looks_like_html
from pipeline.wire.datacite_answer import LIST, SINGLE, parse
from pipeline.wire.look_up import LOOK_UP
from pipeline.wire.registry_plan import Registry
from schemas.provenance import AnswerClass, Parsed

NAME: Final = "datacite"
AGENCY: Final = "DataCite"
"""What doi.org calls the registration agency."""

LIST_BATCH: Final = 50
"""DOIs a list: common practice. A page may hold 1,000, but no URL can name them."""

_QUERY_CHARS: Final = 7_000
"""Escaped, so that a whole URL stays below 7,500 characters."""

_LISTABLE: Final = re.compile(r"10\.[-._;()/:a-z0-9]+")
"""DOIs that mean themselves between the quotes of a query. Source: the signs that
Crossref names for DOIs (crossref.org/blog/dois-and-matching-regular-expressions, 2015).
A quote or a backslash would bend the query for its neighbours, and a server that
escapes once more what is escaped looks for something else: such go singly."""

_FORBIDDEN: Final = 403


def _list(dois: tuple[str, ...]) -> Request:
    return Request(
        source=NAME,
        endpoint=LIST,
        role="work",
        path="/dois",
        params=(
            ("query", f"doi:({' OR '.join(map(_quoted, dois))})"),
            # Without it, the first 25 of them.
            ("page[size]", str(len(dois))),
            ("disable-facets", "true"),  # counts over all results, which cost time
        ),
        subjects=dois,
        divide=REGISTRY.ask,
    )


def _changed(dois: tuple[str, ...], since: dt.date | None) -> Request:
    request = _list(dois)
    params = dict(request.params)
    if since:
        params["query"] = f"updated:[{since.isoformat()} TO *] AND {params['query']}"
    return replace(
        request,
        endpoint=LOOK_UP,
        role="look_up",
        params=tuple(params.items()),
        divide=partial(_changed, since=since),
    )


def _single(doi: str) -> Request:
    return Request(
        source=NAME,
        endpoint=SINGLE,
        role="work",
        path=f"/dois/{quote(doi, safe='')}",
        subjects=(doi,),
    )


def _quoted(doi: str) -> str:
    return f'"{doi}"'


def _cost(doi: str) -> int:
    return len(quote_plus(f"{_quoted(doi)} OR "))


def _named(parsed: Parsed) -> set[str]:
    names = {name for work in parsed.works for name in work.tokens}
    return {name.removeprefix("doi:") for name in names}


REGISTRY: Final = Registry(
    name=NAME,
    agency=AGENCY,
    list_endpoint=LIST,
    ask_list=_list,
    ask_one=_single,
    listable=_LISTABLE,
    max_count=LIST_BATCH,
    max_chars=_QUERY_CHARS,
    cost=_cost,
    named=_named,
    ask_changed=_changed,
)


def recognise(
    status: int,
    headers: Mapping[str, str],  # noqa: ARG001 - the body tells
    body: bytes,
) -> AnswerClass | None:
    """A 403 in JSON refuses one question; the firewall's, a page, is for all of us."""
    if status == _FORBIDDEN and body.lstrip()[:1] == b"{" and not looks_like_html(body):
        return "client"
    return None


_WINDOW_S: Final = 300.0
"""Five minutes. Source: support.datacite.org/docs/rate-limit."""

SOURCE: Final = Source(
    name=NAME,
    title="DataCite",
    docs_url="https://support.datacite.org/docs/api",
    licence="CC0-1.0",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://api.datacite.org",
    limits={"list": Limit(1_000, _WINDOW_S)},
    concurrency=4,
    anonymous_limits={"list": Limit(500, _WINDOW_S)},
    requests_for_cited=REGISTRY.requests_for_cited,
    requests_for_citing=REGISTRY.requests_for_citing,
    required_content=("application/json", "application/vnd.api+json"),
    lists_citing=False,
    recognise=recognise,
    parse=parse,
    # How many of the cited DOIs are DataCite's lies with whoever asks: of a list of
    # journal articles none is, and that is no sign of illness.
    expect=Expectation(min_known_share=0.0, max_rejected_share=0.01),
    night=Night(
        round_nights=7,  # as for Crossref: one list for fifty works costs little
        requests=lambda citing: 1 / LIST_BATCH,  # noqa: ARG005 - it lists nobody
        look_up=REGISTRY.look_up,
        per_look_up=LIST_BATCH,
        tells_changed_only=True,
    ),
)
