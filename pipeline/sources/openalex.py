"""OpenAlex: what cited works are, who cites them, and what they cite.

The way of asking, in rounds:

1. works by DOI, up to 100 a call; DOIs that a filter cannot carry, one by one;
2. one by one, without cost, what a batch left out or shortened;
3. the lists of citing works and of references, all side by side, page by page;
4. lists about several works of which a row could not be used, in halves: alone, a list
   can say whose row that is; and alone the works that such a list had no row of, though
   OpenAlex counts some: only its own list can say that there is none.
"""

import datetime as dt
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

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
from pipeline.wire.look_up import LOOK_UP
from pipeline.wire.openalex_answer import PER_PAGE, parse_answer, recognise
from pipeline.wire.openalex_requests import (
    ID_FILTERS,
    MAX_IDS,
    ListEndpoint,
    Seed,
    batches,
    ids_request,
    is_risky,
    list_request,
    look_up_request,
    next_page,
    single_look_up_request,
    work_request,
    works_request,
)
from schemas.identifiers import split_token
from schemas.work import WorkRecord

_Asking: TypeAlias = Generator[Sequence[Request], Sequence[Answer], list[Answer]]

_Walking: TypeAlias = Generator[Sequence[Request], Sequence[Answer], "list[_Walk]"]


@dataclass(slots=True)
class _Walk:
    """How far a chain of pages has come."""

    first: Request
    rows: int = 0
    unused: int = 0
    is_failed: bool = False
    cited: set[str] = field(default_factory=set)
    cursors: set[str] = field(default_factory=set)


def requests_for_cited(cited: Sequence[CitedDoi]) -> Plan:
    """What the cited works are, then who cites them and what they cite."""
    answers = yield from _describe([one.doi for one in cited])
    seeds = _seeds(answers)
    with_references = {one.doi for one in cited if one.with_references}
    citing_others = [
        seed
        for seed in seeds
        if seed.sizes["references"] != 0 and with_references.intersection(seed.dois)
    ]
    requests = [
        *_first_pages("citing", seeds),
        *_first_pages("references", citing_others),
    ]
    while requests:
        walks = yield from _walk(requests)
        requests = [again for walk in walks for again in _again(walk, seeds)]


def requests_for_citing(works: Sequence[CitingWork]) -> Plan:
    """What citing works are that others found: by DOI, else by PMID or OpenAlex id."""
    unknown = [work for work in works if "openalex" not in work.described_by]
    by_id: dict[str, list[str]] = {scheme: [] for scheme in ID_FILTERS}
    for work in unknown:
        schemes = {split_token(name)[0]: name for name in reversed(work.tokens)}
        usable = [scheme for scheme in ID_FILTERS if scheme in schemes]
        if not work.doi and usable:
            by_id[usable[0]].append(schemes[usable[0]])
    others = [
        ids_request(scheme, batch)
        for scheme, names in by_id.items()
        for batch in batches(sorted(set(names)))
    ]
    yield from _describe([work.doi for work in unknown if work.doi], others)


def look_up(known: Sequence[KnownDoi]) -> Plan:
    """Two rounds: counts in batches, then one by one, without cost, what these lack."""
    expected = {one.doi for one in known if one.is_expected}
    asked = list(dict.fromkeys(one.doi for one in known))
    plain = [doi for doi in asked if not is_risky(doi)]
    singles = [single_look_up_request(doi) for doi in asked if is_risky(doi)]
    requests = [*map(look_up_request, batches(plain)), *singles]
    answers = (yield requests) if requests else []
    # A list knows a work by its first DOI only.
    left_out = [
        doi
        for answer in answers
        if answer.request.endpoint == LOOK_UP and answer.is_ok
        for doi in expected.intersection(answer.request.subjects)
        - {one.doi for one in answer.parsed.look_ups}
    ]
    if left_out:
        yield [single_look_up_request(doi) for doi in sorted(left_out)]


def credits_of(path: str) -> int:
    """What the gateway charges: a list 1, a single work nothing.

    Source: `isSingletonIdentifier` of ourresearch/openalex-api-proxy, read 2026-08-21.
    """
    return 0 if path.startswith("/works/doi:") else 1


def _describe(dois: Iterable[str], others: Sequence[Request] = ()) -> _Asking:
    """Two rounds: everything in batches, then one by one what they left open."""
    asked = list(dict.fromkeys(dois))
    plain = [doi for doi in asked if not is_risky(doi)]
    singles = [work_request(doi) for doi in asked if is_risky(doi)]
    requests = [*map(works_request, batches(plain)), *singles, *others]
    first = list((yield requests)) if requests else []
    left_open = [work_request(doi) for answer in first for doi in _left_open(answer)]
    second = list((yield left_open)) if left_open else []
    return [*first, *second]


def _left_open(answer: Answer) -> list[str]:
    """DOIs that a batch left out, or answered with a shortened list of authors.

    A batch that failed leaves nothing open: its DOIs are not known to be missing.
    """
    outcome, dois = answer.raw.outcome, answer.request.subjects
    is_answered = outcome in ("ok", "soft_error", "not_found")
    # Divided down to one, a refused question is about a DOI that the filter misreads.
    is_misread = outcome == "client" and len(dois) == 1
    if answer.request.endpoint != "works" or not (is_answered or is_misread):
        return []
    whole = {
        name for work in answer.parsed.works if work.is_complete for name in work.tokens
    }
    return [doi for doi in dois if f"doi:{doi}" not in whole]


def _seeds(answers: Iterable[Answer]) -> list[Seed]:
    """The works found, each once, by their OpenAlex id."""
    dois: dict[str, set[str]] = {}
    records: dict[str, WorkRecord] = {}
    for answer in answers:
        for record in answer.parsed.works:
            scheme, work = split_token(record.record_key)
            named = {link.token for link in record.version_links} | set(record.tokens)
            found = {doi for doi in answer.request.subjects if f"doi:{doi}" in named}
            if scheme == "openalex" and found:
                records[work] = record
                dois.setdefault(work, set()).update(found)
    return [
        Seed(
            work=work,
            dois=tuple(sorted(dois[work])),
            sizes={
                "citing": record.cited_by_count,
                "references": len(record.references),
            },
        )
        for work, record in sorted(records.items())
    ]


def _first_pages(endpoint: ListEndpoint, seeds: Sequence[Seed]) -> Iterator[Request]:
    """Long lists alone; short ones together, so many as fill a page."""
    short = {s.work: s for s in seeds if (s.sizes[endpoint] or 0) <= PER_PAGE}
    known = sorted(
        (s for s in short.values() if s.sizes[endpoint] is not None),
        key=lambda s: (s.sizes[endpoint] or 0, s.work),
    )
    # The "length" that limits these batches is the rows that they will bring.
    for works in batched_by_length(
        [seed.work for seed in known],
        max_count=MAX_IDS,
        max_chars=PER_PAGE,
        cost=lambda work: short[work].sizes[endpoint] or 0,
    ):
        yield list_request(endpoint, [short[work] for work in works])
    together = {seed.work for seed in known}
    for seed in seeds:
        if seed.work not in together:
            yield list_request(endpoint, [seed])


def _walk(requests: Sequence[Request]) -> _Walking:
    """Follow lists to their ends; returns how far each has come."""
    walks: dict[str, _Walk] = {}
    while requests:
        # Without a name for the answers: they are gone before the next ones come.
        following = [_next_page(answer, walks) for answer in (yield requests)]
        requests = [request for request in following if request]
    return list(walks.values())


def _again(walk: _Walk, seeds: Sequence[Seed]) -> list[Request]:
    """What a list of citing works about several works leaves open.

    A rejected row is known by its place alone, not by what it cites. A list that failed
    leaves nothing open: it is failed.
    """
    divide = walk.first.divide
    if walk.first.endpoint != "citing" or walk.is_failed or divide is None:
        return []
    asked = [seed for seed in seeds if set(seed.dois) <= set(walk.first.subjects)]
    if walk.unused:
        middle = len(asked) // 2
        halves = asked[:middle], asked[middle:]
        return [list_request("citing", half) for half in halves]
    return [
        list_request("citing", [seed])
        for seed in asked
        if seed.sizes["citing"] and f"openalex:{seed.work}" not in walk.cited
    ]


def _next_page(answer: Answer, walks: dict[str, _Walk]) -> Request | None:
    request, parsed = answer.request, answer.parsed
    chain = request.chain or request.key
    walk = walks.setdefault(chain, _Walk(request))
    walk.rows += parsed.received
    walk.is_failed |= not answer.is_ok
    walk.unused += len(parsed.rejects) + len(parsed.absent)
    if walk.first.endpoint == "citing" and walk.first.divide:
        walk.cited.update(*(work.references for work in parsed.works))
    cursor, total = parsed.next_cursor, parsed.declared_total
    is_whole = total is not None and walk.rows >= total
    # An empty page or a cursor seen before leads nowhere: the chain stays short, and
    # the warehouse says so.
    leads_on = bool(cursor) and cursor not in walk.cursors and parsed.received > 0
    if not answer.is_ok or is_whole or not leads_on or cursor is None:
        return None
    walk.cursors.add(cursor)
    return next_page(request, cursor)


SOURCE: Final = Source(
    name="openalex",
    title="OpenAlex",
    docs_url="https://help.openalex.org",
    licence="CC0-1.0",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://api.openalex.org",
    # The gateway's code allows 10 a second without a key and 30 with a free one, for
    # lists and single look-ups together; the documentation's 100 is for paid plans.
    limits={"list": Limit(10)},
    concurrency=10,
    requests_for_cited=requests_for_cited,
    requests_for_citing=requests_for_citing,
    parse=parse_answer,
    recognise=recognise,
    # It indexes nearly all DOIs of Crossref and many of DataCite's.
    expect=Expectation(min_known_share=0.5, max_rejected_share=0.01),
    key_header=("Authorization", "Bearer {}"),
    credits=credits_of,
    daily_credits=(1_000, 10_000),
    night=Night(
        # Works change, and are joined, without their count moving.
        round_nights=28,
        # Its share of a batch, and of a page that short lists fill together.
        requests=lambda citing: 1 / MAX_IDS + max(citing, 1) / PER_PAGE,
        per_reference=1 / PER_PAGE,
        look_up=look_up,
        per_look_up=MAX_IDS,
        finds_new=True,
    ),
)
