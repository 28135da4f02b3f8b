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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote, quote_plus

from pipeline.sources.base import (
    Answer,
    CitedDoi,
    CitingWork,
    Expectation,
    Limit,
    Plan,
    Request,
    Source,
)
from pipeline.wire.batches import batched_by_length
from pipeline.wire.body import looks_like_html
from pipeline.wire.datacite_answer import LIST, SINGLE, parse
from schemas.provenance import AnswerClass

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


def requests_for_cited(cited: Sequence[CitedDoi]) -> Plan:
    """All whose agency is DataCite or not known, in lists; then singly the left out."""
    dois = {item.doi for item in cited if item.agency in (None, AGENCY)}
    return _plan(dois, ask_again=dois)


def requests_for_citing(works: Sequence[CitingWork]) -> Plan:
    """Likewise those that DataCite has not described and that have a DOI."""
    asked = {
        work.doi: work.agency
        for work in works
        if work.doi and work.agency in (None, AGENCY) and NAME not in work.described_by
    }
    # Where the agency is not known, a list is question enough: most are not DataCite's.
    ours = {doi for doi, agency in asked.items() if agency == AGENCY}
    return _plan(asked, ask_again=ours)


def _plan(dois: Iterable[str], *, ask_again: Collection[str]) -> Plan:
    requests = list(_first_round(dois))
    if not requests:
        return
    answers = yield requests
    left_out = {doi for answer in answers for doi in _left_out(answer)}
    again = [_single(doi) for doi in sorted(left_out) if doi in ask_again]
    if again:
        yield again


def _first_round(dois: Iterable[str]) -> Iterator[Request]:
    ordered = sorted(set(dois))
    listable = [doi for doi in ordered if _LISTABLE.fullmatch(doi)]
    batches = batched_by_length(
        listable, max_count=LIST_BATCH, max_chars=_QUERY_CHARS, cost=_cost
    )
    yield from map(_ask, batches)
    yield from (_single(doi) for doi in ordered if not _LISTABLE.fullmatch(doi))


def _ask(dois: tuple[str, ...]) -> Request:
    return _single(dois[0]) if len(dois) == 1 else _list(dois)


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
        divide=_ask,
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


def _left_out(answer: Answer) -> set[str]:
    if answer.request.endpoint != LIST:
        return set()
    if answer.is_not_found:
        # A list is never "not found": whatever that was, it is no word on these DOIs.
        return set(answer.request.subjects)
    if not answer.is_ok:
        return set()
    named = {name for work in answer.parsed.works for name in work.tokens}
    return {doi for doi in answer.request.subjects if f"doi:{doi}" not in named}


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
    requests_for_cited=requests_for_cited,
    requests_for_citing=requests_for_citing,
    required_content=("application/json", "application/vnd.api+json"),
    lists_citing=False,
    recognise=recognise,
    parse=parse,
    # How many of the cited DOIs are DataCite's lies with whoever asks: of a list of
    # journal articles none is, and that is no sign of illness.
    expect=Expectation(min_known_share=0.0, max_rejected_share=0.01),
)
