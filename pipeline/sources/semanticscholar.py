"""Semantic Scholar: papers, who cites them and in which words.

API     https://api.semanticscholar.org/graph/v1
Licence Semantic Scholar API licence: data item by item CC BY-NC or ODC-BY, attribution
        to "Semantic Scholar"; contexts and abstracts are third-party text: kept
        private, not asked for where not needed
Limit   1 request a second with a key, over all endpoints; over it 429 without a
        Retry-After. Without a key one shares a pool with everybody, and gets nothing
Checked 2026-11-22

Off without a key. The way of asking, in rounds:

1. papers by DOI, up to 500 a call;
2. one by one those that go by another DOI: Semantic Scholar merges preprints into
   articles, and only an answer of its own says so of a DOI;
3. for each paper found, its citations (newest first) and its references, page by page.
   Of a paper's citations at most 9,999 can be reached. A list says nothing of its
   length: what came is held against the paper's own count.

A preprint and its article may be two papers with one DOI; each has a list of its own.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

import orjson

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
from pipeline.wire.look_up import LOOK_UP
from pipeline.wire.semanticscholar_answer import (
    BATCH,
    CITATIONS,
    REFERENCES,
    parse,
)
from schemas.provenance import AnswerClass
from schemas.work import WorkRecord

NAME: Final = "semanticscholar"

MAX_IDS: Final = 500
"""Identifiers a batch. Source: the documentation of ``/paper/batch``."""

PAGE: Final = 1_000
"""Items a page at most. Source: the documentation of ``/paper/{id}/citations``."""

REACH: Final = 9_999
"""``offset + limit`` must be below 10,000 (observed 2026-09-15)."""

_FORBIDDEN: Final = 403
_BAD_REQUEST: Final = 400

_PAPER_FIELDS: Final = (
    "externalIds,title,venue,publicationVenue,journal,year,publicationDate,"
    "publicationTypes,authors.name,authors.externalIds,citationCount,referenceCount,"
    "openAccessPdf"
)
"""No abstracts: a batch with them is cut to 100 papers, and they are not ours."""

_LIST_FIELDS: Final = (
    "externalIds,title,contexts,contextsWithIntent,intents,isInfluential"
)

_Roles = Literal["citing", "references"]
_ROLES: Final[Mapping[str, _Roles]] = {CITATIONS: "citing", REFERENCES: "references"}


def requests_for_cited(cited: Sequence[CitedDoi]) -> Plan:
    """What the cited papers are, then who cites them and what they cite."""
    dois = sorted({one.doi for one in cited})
    if not dois:
        return
    described = yield _batches(dois)
    if renamed := _renamed(described):
        # A batch of one: the answer then speaks for this DOI alone.
        described = [*described, *(yield [_batch((doi,)) for doi in renamed])]
    works = [work for answer in described for work in answer.parsed.works]
    with_references = {one.doi for one in cited if one.with_references}
    requests = _first_pages(works, dois, with_references)
    while requests:
        answers = yield requests
        following = [_next_page(answer) for answer in answers]
        requests = [request for request in following if request]


def look_up(known: Sequence[KnownDoi]) -> Plan:
    """One round: the counts, in batches."""
    if dois := sorted({one.doi for one in known}):
        yield [_looking(batch.subjects) for batch in _batches(dois)]


def _looking(names: tuple[str, ...]) -> Request:
    return replace(
        _batch(names),
        endpoint=LOOK_UP,
        role="look_up",
        params=(("fields", "externalIds,citationCount"),),
        divide=_looking,
    )


def requests_for_citing(works: Sequence[CitingWork]) -> Plan:
    """One round: the papers that Semantic Scholar listed, without describing them."""
    names = {
        name
        for work in works
        if NAME not in work.described_by
        for name in work.tokens
        if name.startswith("s2:")
    }
    if names:
        yield _batches(sorted(names))


def recognise(
    status: int,
    headers: Mapping[str, str],  # noqa: ARG001 - the body tells
    body: bytes,
) -> AnswerClass | None:
    """A 403 in JSON is for the key, see `refuses_good_keys`; a page is a wall.

    A batch of which no identifier is valid is a 400 of its own: none was found.
    """
    if status == _FORBIDDEN and b'"Forbidden"' in body[:200]:
        return "auth"
    if status == _BAD_REQUEST and b"No valid paper ids given" in body[:500]:
        return "not_found"
    return None


def _batches(names: Sequence[str]) -> list[Request]:
    return [
        _batch(tuple(names[at : at + MAX_IDS])) for at in range(0, len(names), MAX_IDS)
    ]


def _batch(names: tuple[str, ...]) -> Request:
    return Request(
        source=NAME,
        endpoint=BATCH,
        role="work",
        path="/paper/batch",
        params=(("fields", _PAPER_FIELDS),),
        subjects=names,
        body=orjson.dumps({"ids": [_id(name) for name in names]}).decode(),
        divide=_batch,
    )


def _id(name: str) -> str:
    """A bare DOI or a token in the words of the API."""
    return f"DOI:{name}" if name.startswith("10.") else name.removeprefix("s2:")


def _renamed(answers: Iterable[Answer]) -> list[str]:
    """The DOIs of batches that are answered by papers that go by another one."""
    return sorted(
        {
            link.token.removeprefix("doi:")
            for answer in answers
            if len(answer.request.subjects) > 1
            for work in answer.parsed.works
            for link in work.version_links
            if link.relation == "is-version-of"
        }
    )


def _first_pages(
    works: Iterable[WorkRecord],
    asked: Collection[str],
    with_references: Collection[str],
) -> list[Request]:
    """Lists of the papers that go by an asked DOI, each paper once.

    A paper that goes by another DOI has the list of another work.
    """
    papers = {
        work.record_key: work
        for work in works
        if work.record_key.startswith("s2:")
        and work.tokens[0].removeprefix("doi:") in asked
    }
    first = [_page(CITATIONS, key, 0) for key in sorted(papers)]
    first += [
        _page(REFERENCES, key, 0)
        for key, work in sorted(papers.items())
        if work.reference_count != 0
        and work.tokens[0].removeprefix("doi:") in with_references
    ]
    return first


def _page(endpoint: str, paper: str, offset: int) -> Request:
    return Request(
        source=NAME,
        endpoint=endpoint,
        role=_ROLES[endpoint],
        path=f"/paper/{paper.removeprefix('s2:')}/{endpoint}",
        params=(
            ("fields", _LIST_FIELDS),
            ("offset", str(offset)),
            ("limit", str(min(PAGE, REACH - offset))),
        ),
        subjects=(paper,),
    )


def _next_page(answer: Answer) -> Request | None:
    """The page after this one; None: the list, or what can be reached of it, ends."""
    asked, cursor = answer.request, answer.parsed.next_cursor
    if not answer.is_ok or cursor is None or not answer.parsed.received:
        return None
    offset = int(dict(asked.params)["offset"])
    if not offset < int(cursor) < REACH:
        return None
    return replace(
        _page(asked.endpoint, asked.subjects[0], int(cursor)),
        page=asked.page + 1,
        chain=asked.chain or asked.key,
    )


SOURCE: Final = Source(
    name=NAME,
    title="Semantic Scholar",
    docs_url="https://api.semanticscholar.org/api-docs/graph",
    licence="Semantic Scholar API licence; data CC-BY-NC or ODC-BY, with attribution",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://api.semanticscholar.org/graph/v1",
    limits={"list": Limit(requests=1)},
    concurrency=1,
    key_header=("x-api-key", "{}"),
    needs_key=True,
    # Reported by its clients: a 403 between two good answers to one key.
    refuses_good_keys=True,
    requests_for_cited=requests_for_cited,
    requests_for_citing=requests_for_citing,
    recognise=recognise,
    parse=parse,
    # What it holds depends on the field, and on what publishers let it see.
    expect=Expectation(min_known_share=0.0, max_rejected_share=0.01),
    night=Night(
        # At a request a second, 100,000 works take 28 hours.
        round_nights=56,
        requests=lambda citing: 1 / MAX_IDS + 2 + citing // PAGE,
        look_up=look_up,
        per_look_up=MAX_IDS,
    ),
)
