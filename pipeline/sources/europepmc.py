"""Europe PMC: the life sciences, from MEDLINE, PubMed Central and preprint servers.

API     https://www.ebi.ac.uk/europepmc/webservices/rest
Licence bibliographic data free to use; abstracts may belong to their publishers;
        open access texts by the licence of each article
Limit   none is published; 5 requests a second and 3 at once are ours
Checked 2026-11-22

A DOI is looked up by a search; the record that is found has an id in the source it came
from (``MED/39709209``), by which its lists of citations and references are asked for.
The items of these lists have ids of the same kind and no DOI: a second search, by id,
tells what else they are called. The text of a citing work is asked for by its PMCID, if
the record says that it is open access. A work outside of the life sciences is not here:
that is no failure, so nothing is asked twice for it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import quote, quote_plus

from pipeline.sources.base import (
    Answer,
    CitedDoi,
    CitingWork,
    Expectation,
    KnownDoi,
    Limit,
    Night,
    Plan,
    Request,
    Source,
)
from pipeline.wire.batches import batched_by_length
from pipeline.wire.europepmc_answer import CITATIONS, PAGE, REFERENCES, SEARCH, parse
from pipeline.wire.europepmc_full_text import FULL_TEXT, MEDIA_TYPES
from pipeline.wire.look_up import LOOK_UP
from schemas.identifiers import split_token
from schemas.work import WorkRecord

NAME: Final = "europepmc"

MAX_NAMES: Final = 15
"""In one search: one of 25 DOIs ran into a time-out (a probe of September 2026)."""

_QUERY_CHARS: Final = 6_000
"""The web server refuses a line of some 12,000 characters."""

_HITS: Final = 100
"""More than a search for `MAX_NAMES` works can have: one DOI may have a few records."""


def requests_for_cited(cited: Sequence[CitedDoi]) -> Plan:
    """What the works are, then who cites them and what they cite."""
    dois = sorted({one.doi for one in cited})
    if not dois:
        return
    described = yield [*_searches(dois)]
    works = [work for answer in described for work in answer.parsed.works]
    with_references = {one.doi for one in cited if one.with_references}
    answers = yield [*_first_pages(works, dois, with_references)]
    if more := [page for answer in answers for page in _further_pages(answer)]:
        yield more


def look_up(known: Sequence[KnownDoi]) -> Plan:
    """One round: the short form of the records, which has the count."""
    if dois := sorted({one.doi for one in known}):
        yield [_looking(search.subjects) for search in _searches(dois)]


def _looking(dois: tuple[str, ...]) -> Request:
    request = _search(dois)
    params = dict(request.params) | {"resultType": "lite"}
    return replace(
        request,
        endpoint=LOOK_UP,
        role="look_up",
        params=tuple(params.items()),
        divide=_looking,
    )


def requests_for_citing(works: Sequence[CitingWork]) -> Plan:
    """One round: the works that have a name here, by that name."""
    names = {
        name
        for work in works
        if NAME not in work.described_by and (name := _own_name(work.tokens))
    }
    if names:
        yield [*_searches(sorted(names))]


def requests_for_full_text(names: Sequence[str]) -> Plan:
    """One round: each text by its PMCID."""
    if names:
        yield [_text(name) for name in sorted(set(names))]


def _text(name: str) -> Request:
    return Request(
        source=NAME,
        endpoint=FULL_TEXT,
        role="full_text",
        path=f"/{split_token(name)[1]}/{FULL_TEXT}",
        subjects=(name,),
        media_types=MEDIA_TYPES,
    )


def _own_name(tokens: Sequence[str]) -> str | None:
    """The name that Europe PMC surely knows the work by, if it knows it."""
    for scheme in ("epmc", "pmid", "pmcid"):
        for name in tokens:
            if name.startswith(f"{scheme}:"):
                return name
    return None


def _searches(names: Sequence[str]) -> Iterator[Request]:
    for batch in batched_by_length(
        names,
        max_count=MAX_NAMES,
        max_chars=_QUERY_CHARS,
        cost=lambda name: len(quote_plus(f"{_clause(name)} OR ")),
    ):
        yield _search(batch)


def _search(names: tuple[str, ...]) -> Request:
    return Request(
        source=NAME,
        endpoint=SEARCH,
        role="work",
        path="/search",
        subjects=names,
        params=(
            ("query", " OR ".join(_clause(name) for name in names)),
            ("resultType", "core"),
            ("pageSize", str(_HITS)),
            ("format", "json"),
        ),
        divide=_search,
    )


def _clause(name: str) -> str:
    """A bare DOI or a token as a condition of a search."""
    if name.startswith("10."):
        return f'DOI:"{_quoted(name)}"'
    scheme, value = split_token(name)
    if scheme == "pmcid":
        return f"PMCID:{value}"
    source, _, identifier = value.rpartition("/")
    return f'(EXT_ID:"{_quoted(identifier)}" AND SRC:{source or "MED"})'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _first_pages(
    works: Iterable[WorkRecord],
    asked: Collection[str],
    with_references: Collection[str],
) -> Iterator[Request]:
    """The lists of the records that go by an asked DOI, each once."""
    dois = {
        work.record_key: doi
        for work in works
        if work.record_key.startswith("epmc:")
        and (doi := work.tokens[0].removeprefix("doi:")) in asked
    }
    for name, doi in sorted(dois.items()):
        yield _page(CITATIONS, name, 1)
        if doi in with_references:
            yield _page(REFERENCES, name, 1)


def _further_pages(answer: Answer) -> list[Request]:
    """All pages behind a first one; how many there are is declared."""
    asked, total = answer.request, answer.parsed.declared_total or 0
    if not answer.is_ok or not answer.parsed.received:
        return []
    return [
        replace(_page(asked.endpoint, asked.subjects[0], number), chain=asked.key)
        for number in range(2, -(-total // PAGE) + 1)
    ]


def _page(endpoint: str, name: str, number: int) -> Request:
    path = quote(split_token(name)[1], safe="/")
    return Request(
        source=NAME,
        endpoint=endpoint,
        role="citing" if endpoint == CITATIONS else "references",
        path=f"/{path}/{endpoint}",
        subjects=(name,),
        params=(("page", str(number)), ("pageSize", str(PAGE)), ("format", "json")),
        page=number,
    )


SOURCE: Final = Source(
    name=NAME,
    title="Europe PMC",
    docs_url="https://europepmc.org/RestfulWebService",
    licence="bibliographic data free to use; abstracts may be their publishers'",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://www.ebi.ac.uk/europepmc/webservices/rest",
    limits={"list": Limit(requests=5)},
    concurrency=3,
    requests_for_cited=requests_for_cited,
    requests_for_citing=requests_for_citing,
    requests_for_full_text=requests_for_full_text,
    contact_param="email",
    parse=parse,
    # A list of works from physics has none of them here.
    expect=Expectation(min_known_share=0.0, max_rejected_share=0.01),
    night=Night(
        round_nights=28,
        # Its share of a search, and the pages of two lists.
        requests=lambda citing: 1 / MAX_NAMES + 2 + citing // PAGE,
        look_up=look_up,
        per_look_up=MAX_NAMES,
    ),
)
