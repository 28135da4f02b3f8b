"""OpenAlex: what it is asked, in which rounds, and when a walk through pages ends.

The plans are driven with canned answers: no network, no clock.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from pipeline.sources.base import (
    Answer,
    CitedDoi,
    CitingWork,
    ParseContext,
    Plan,
    Request,
)
from pipeline.sources.openalex import SOURCE
from pipeline.wire.openalex_requests import SELECT, work_request
from schemas.provenance import AnswerClass, Parsed, RawAnswer


def work(number: int, doi: str | None = None, **fields: Any) -> dict[str, Any]:
    """A work as OpenAlex sends it, with a few fields."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "type": "article",
        "authorships": [],
        "cited_by_count": 0,
        "referenced_works": [],
    } | fields


def listed(
    results: Sequence[object],
    count: int | None = None,
    cursor: str | None = None,
    ms: int = 9,
) -> bytes:
    """A list as OpenAlex sends it."""
    total = len(results) if count is None else count
    meta = {
        "count": total,
        "per_page": 100,
        "next_cursor": cursor,
        "db_response_time_ms": ms,
    }
    return json.dumps({"meta": meta, "results": list(results)}).encode()


Respond = Callable[[Request], bytes | AnswerClass]


def answered(request: Request, response: bytes | AnswerClass) -> Answer:
    is_body = isinstance(response, bytes)
    body = response if isinstance(response, bytes) else b""
    context = ParseContext(request.endpoint, request.subjects)
    parsed = SOURCE.parse(body, context) if is_body else Parsed(kind="error")
    outcome: Any = response
    if is_body:
        outcome = "soft_error" if parsed.soft_error else "ok"
    raw = RawAnswer(
        run_id="r",
        source=request.source,
        endpoint=request.endpoint,
        role=request.role,
        request_key=request.key,
        chain=request.chain or request.key,
        page=request.page,
        subjects=request.subjects,
        status=200 if is_body else None,
        outcome=outcome,
        url="",
        fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        elapsed_s=0.0,
        attempts=1,
        sha256="",
        body=body,
    )
    return Answer(request, raw, parsed)


def drive(plan: Plan, respond: Respond) -> list[list[Request]]:
    """The rounds of a plan whose requests are answered by `respond`."""
    rounds: list[list[Request]] = []
    try:
        requests = next(plan)
        while True:
            rounds.append(list(requests))
            requests = plan.send([answered(one, respond(one)) for one in requests])
    except StopIteration:
        return rounds


def filter_of(request: Request) -> str:
    return dict(request.params)["filter"]


def cited(*dois: str) -> Plan:
    return SOURCE.requests_for_cited([CitedDoi(doi) for doi in dois])


def test_no_dois_no_requests() -> None:
    assert drive(cited(), lambda _: b"") == []


def test_a_batch_asks_for_the_same_fields_as_a_single_look_up() -> None:
    [[batch], *_] = drive(cited("10.1234/a", "10.1234/b"), lambda _: "server")
    assert (batch.path, batch.role, batch.subjects) == (
        "/works",
        "work",
        ("10.1234/a", "10.1234/b"),
    )
    assert dict(batch.params) == {
        "filter": "doi:10.1234/a|10.1234/b",
        "per_page": "100",
        "select": SELECT,
    }
    assert work_request("10.1234/a").params == (("select", SELECT),)


def test_a_dropped_doi_is_looked_up_alone_and_404_ends_there() -> None:
    def respond(request: Request) -> bytes | AnswerClass:
        if request.endpoint == "works":
            return listed([work(1, "10.1234/a", cited_by_count=0)])
        return "not_found" if request.endpoint == "work" else listed([])

    rounds = drive(cited("10.1234/a", "10.1234/b"), respond)
    assert [one.path for one in rounds[1]] == ["/works/doi:10.1234/b"]
    assert rounds[1][0].subjects == ("10.1234/b",)
    assert [filter_of(one) for one in rounds[2]] == ["cites:W1"]
    assert len(rounds) == 3


def test_a_failed_batch_is_not_taken_for_missing_works() -> None:
    rounds = drive(cited("10.1234/a", "10.1234/b"), lambda _: "server")
    assert [len(requests) for requests in rounds] == [1]


def test_a_doi_that_the_filter_refuses_by_itself_is_looked_up_alone() -> None:
    rounds = drive(cited("10.1234/odd"), lambda _: "client")
    assert [one.path for one in rounds[1]] == ["/works/doi:10.1234/odd"]
    assert len(rounds) == 2


def test_half_a_batch_is_used_and_its_rest_looked_up() -> None:
    def respond(request: Request) -> bytes | AnswerClass:
        if request.endpoint == "works":
            return listed([work(1, "10.1234/a")], count=2)
        return (
            json.dumps(work(2, "10.1234/b")).encode()
            if request.endpoint == "work"
            else listed([])
        )

    rounds = drive(cited("10.1234/a", "10.1234/b"), respond)
    assert [one.path for one in rounds[1]] == ["/works/doi:10.1234/b"]
    assert filter_of(rounds[2][0]) == "cites:W1|W2"


def test_a_divided_batch_has_several_answers() -> None:
    plan = cited("10.1234/a", "10.1234/b")
    [batch] = next(plan)
    assert batch.divide is not None
    halves = [batch.divide(("10.1234/a",)), batch.divide(("10.1234/b",))]
    following = plan.send(
        [
            answered(halves[0], listed([work(1, "10.1234/a")])),
            answered(halves[1], listed([])),
        ]
    )
    assert [one.path for one in following] == ["/works/doi:10.1234/b"]


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        ("10.1234/a,b", "/works/doi:10.1234/a%2Cb"),
        ("10.1234/a|b", "/works/doi:10.1234/a%7Cb"),
        ("10.1234/a+b", "/works/doi:10.1234/a%2Bb"),
        ('10.1234/a"b', "/works/doi:10.1234/a%22b"),
        ("10.1234/a'b", "/works/doi:10.1234/a%27b"),
        ("10.1234/a%b", "/works/doi:10.1234/a%25b"),
        ("10.1234/title:x", "/works/doi:10.1234/title:x"),
    ],
)
def test_a_doi_that_a_filter_would_misread_goes_alone(doi: str, path: str) -> None:
    rounds = drive(cited("10.1234/a", doi), lambda _: "server")
    assert [one.path for one in rounds[0]] == ["/works", path]
    assert filter_of(rounds[0][0]) == "doi:10.1234/a"


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        (
            "10.1890/0012-9615(1999)069[0569:edilsa]2.0.co;2",
            "/works/doi:10.1890/0012-9615(1999)069%5B0569:edilsa%5D2.0.co;2",
        ),
        ("10.1234/<a>#b?c", "/works/doi:10.1234/%3Ca%3E%23b%3Fc"),
        ("10.1234/\u00e9", "/works/doi:10.1234/%C3%A9"),
    ],
)
def test_the_path_of_a_single_look_up_escapes_what_the_path_must(
    doi: str, path: str
) -> None:
    assert work_request(doi).path == path


def test_sici_dois_and_common_colons_stay_in_the_batch() -> None:
    dois = (
        "10.1023/a:1007154515475",
        "10.1890/0012-9615(1999)069[0569:edilsa]2.0.co;2",
    )
    [[batch]] = drive(cited(*dois), lambda _: "server")
    assert batch.subjects == dois


def test_batches_hold_a_hundred_dois_and_a_request_line_of_7500_bytes() -> None:
    short = [f"10.1234/{n}" for n in range(250)]
    long = [f"10.1234/<{n:04}>{'x' * 200}" for n in range(100)]
    [requests] = drive(cited(*short, *long), lambda _: "server")
    lines = [f"GET {one.path}?{urlencode(one.params)} HTTP/1.1" for one in requests]
    assert [len(one.subjects) for one in requests[:2]] == [100, 100]
    assert max(len(line) for line in lines) <= 7500
    assert max(len(line) for line in lines) > 7000
    assert [doi for one in requests for doi in one.subjects] == [*short, *long]


def test_a_doi_asked_for_twice_is_asked_once() -> None:
    [[batch]] = drive(cited("10.1234/a", "10.1234/a"), lambda _: "server")
    assert batch.subjects == ("10.1234/a",)


def _pages(total: int) -> Respond:
    def respond(request: Request) -> bytes | AnswerClass:
        params = dict(request.params)
        if "cursor" not in params:
            return listed([work(1, "10.1234/a", cited_by_count=total)])
        start = 0 if params["cursor"] == "*" else int(params["cursor"])
        rows = [work(1000 + n) for n in range(start, min(start + 100, total))]
        # The server gives a cursor whenever a page is full, also on the last.
        cursor = str(start + 100) if len(rows) == 100 else None
        return listed(rows, count=total, cursor=cursor)

    return respond


def test_a_list_is_walked_to_its_end_over_three_pages() -> None:
    _, *pages = drive(cited("10.1234/a"), _pages(250))
    requests = [one for [one] in pages]
    assert [dict(one.params)["cursor"] for one in requests] == ["*", "100", "200"]
    assert [one.page for one in requests] == [1, 2, 3]
    assert [one.endpoint for one in requests] == [
        "citing",
        "citing-next",
        "citing-next",
    ]
    assert [one.chain for one in requests] == [None, requests[0].key, requests[0].key]
    assert {one.subjects for one in requests} == {("10.1234/a",)}
    assert {one.role for one in requests} == {"citing"}
    assert {dict(one.params)["sort"] for one in requests} == {"publication_date:desc"}


def test_a_cursor_on_the_last_page_is_not_followed() -> None:
    _, *pages = drive(cited("10.1234/a"), _pages(200))
    assert len(pages) == 2


@pytest.mark.parametrize(
    "page",
    [
        listed([work(1)], count=300),
        listed([], count=300, cursor="more"),
        listed([work(n) for n in range(100)], count=300, cursor="*"),
        b"Internal Server Error",
    ],
    ids=["short page with a null cursor", "empty page", "same cursor again", "no list"],
)
def test_a_chain_that_leads_nowhere_ends(page: bytes) -> None:
    def respond(request: Request) -> bytes | AnswerClass:
        is_list = "cursor" in dict(request.params)
        return page if is_list else listed([work(1, "10.1234/a", cited_by_count=300)])

    _, *pages = drive(cited("10.1234/a"), respond)
    assert 1 <= len(pages) <= 2


def test_a_refused_page_ends_its_chain_and_no_other() -> None:
    def respond(request: Request) -> bytes | AnswerClass:
        params = dict(request.params)
        if "cursor" not in params:
            return listed([work(n, f"10.1234/{n}", cited_by_count=150) for n in (1, 2)])
        if params["filter"] == "cites:W1":
            return "budget"
        rows = [work(1000 + n) for n in range(100 if params["cursor"] == "*" else 50)]
        return listed(rows, count=150, cursor="next" if len(rows) == 100 else None)

    _, first, second = drive(cited("10.1234/1", "10.1234/2"), respond)
    assert [filter_of(one) for one in first] == ["cites:W1", "cites:W2"]
    assert [filter_of(one) for one in second] == ["cites:W2"]


def test_short_lists_share_a_page_and_long_ones_go_alone() -> None:
    sizes = {1: 0, 2: 40, 3: 101, 4: 60, 5: 100, 6: 0, 7: None}

    def respond(request: Request) -> bytes | AnswerClass:
        if "cursor" in dict(request.params):
            return "server"
        return listed(
            [work(n, f"10.1234/{n}", cited_by_count=s) for n, s in sizes.items()]
        )

    _, lists = drive(cited(*(f"10.1234/{n}" for n in sizes)), respond)
    assert sorted(filter_of(one) for one in lists) == [
        "cites:W1|W6|W2|W4",
        "cites:W3",
        "cites:W5",
        "cites:W7",
    ]
    [shared] = [one for one in lists if len(one.subjects) > 1]
    assert shared.subjects == ("10.1234/1", "10.1234/6", "10.1234/2", "10.1234/4")
    assert shared.divide is not None
    half = shared.divide(("10.1234/2", "10.1234/4"))
    assert (filter_of(half), half.subjects) == (
        "cites:W2|W4",
        ("10.1234/2", "10.1234/4"),
    )
    assert half.divide is not None
    assert half.divide(("10.1234/2",)).divide is None


def test_what_a_cited_work_cites_is_asked_for_only_if_it_cites() -> None:
    def respond(request: Request) -> bytes | AnswerClass:
        if "cursor" in dict(request.params):
            return "server"
        references = ["https://openalex.org/W8", "https://openalex.org/W9"]
        return listed(
            [work(1, "10.1234/a", referenced_works=references), work(2, "10.1234/b")]
        )

    _, lists = drive(cited("10.1234/a", "10.1234/b"), respond)
    assert [(one.role, filter_of(one)) for one in lists] == [
        ("citing", "cites:W1|W2"),
        ("references", "cited_by:W1"),
    ]
    assert lists[1].subjects == ("10.1234/a",)


def test_a_preprint_doi_merged_into_an_article_leads_to_the_articles_list() -> None:
    def respond(request: Request) -> bytes | AnswerClass:
        if request.endpoint == "works":
            return listed([])
        return (
            json.dumps(work(1, "10.1234/p")).encode()
            if request.endpoint == "work"
            else "server"
        )

    rounds = drive(cited("10.1101/pre"), respond)
    assert [(filter_of(one), one.subjects) for one in rounds[2]] == [
        ("cites:W1", ("10.1101/pre",))
    ]


def test_two_dois_of_one_work_share_its_lists() -> None:
    def respond(request: Request) -> bytes | AnswerClass:
        if request.endpoint == "works":
            return listed([work(1, "10.1234/p")])
        return (
            json.dumps(work(1, "10.1234/p")).encode()
            if request.endpoint == "work"
            else "server"
        )

    rounds = drive(cited("10.1234/p", "10.1101/pre"), respond)
    assert [one.subjects for one in rounds[2]] == [("10.1101/pre", "10.1234/p")]
    assert rounds[2][0].divide is None


def test_a_shortened_cited_work_is_looked_up_whole() -> None:
    shortened = listed([work(1, "10.1234/a", is_authors_truncated=True)])
    rounds = drive(cited("10.1234/a"), lambda _: shortened)
    assert [one.path for one in rounds[1]] == ["/works/doi:10.1234/a"]


def test_citing_works_of_others_are_described_by_doi_or_else_by_id() -> None:
    works = [
        CitingWork(("doi:10.1234/a", "pmid:1"), frozenset({"opencitations"})),
        CitingWork(("doi:10.1234/known",), frozenset({"openalex"})),
        CitingWork(("pmid:2", "omid:br/1"), frozenset()),
        CitingWork(("openalex:W7",), frozenset()),
        CitingWork(("omid:br/2",), frozenset()),
    ]
    assert SOURCE.requests_for_citing is not None
    rounds = drive(SOURCE.requests_for_citing(works), lambda _: listed([]))
    assert [filter_of(one) for one in rounds[0]] == [
        "doi:10.1234/a",
        "ids.pmid:2",
        "ids.openalex:W7",
    ]
    assert rounds[0][1].subjects == ("pmid:2",)
    assert [one.path for one in rounds[1]] == ["/works/doi:10.1234/a"]
    assert len(rounds) == 2


def test_no_request_carries_a_key_an_address_or_a_second_filter() -> None:
    rounds = drive(cited("10.1234/a", "10.1234/b,c"), _pages(250))
    for request in (one for requests in rounds for one in requests):
        names = [name for name, _ in request.params]
        assert set(names) <= {"filter", "per_page", "cursor", "sort", "select"}
        assert len(names) == len(set(names))
        assert len(parse_qs(request.key.partition("?")[2])) == len(names)


def joint(rows: Sequence[object]) -> Respond:
    """Two works, each counted once; a list about both has these rows, others none."""

    def respond(request: Request) -> bytes:
        if request.endpoint == "works":
            both = [
                work(1, "10.1234/a", cited_by_count=1),
                work(2, "10.1234/b", cited_by_count=1),
            ]
            return listed(both)
        return listed(rows if len(request.subjects) > 1 else [])

    return respond


def lists_of(rounds: Sequence[Sequence[Request]]) -> list[list[str]]:
    """The filters of the lists of citing works, by round."""
    found = [
        [filter_of(one) for one in asked if one.endpoint == "citing"]
        for asked in rounds
    ]
    return [filters for filters in found if filters]


def test_a_work_that_is_counted_and_has_no_row_in_a_joint_list_is_asked_alone() -> None:
    citing = work(9, referenced_works=["https://openalex.org/W2"])
    rounds = drive(cited("10.1234/a", "10.1234/b"), joint([citing]))
    assert lists_of(rounds) == [["cites:W1|W2"], ["cites:W1"]]


def test_a_joint_list_with_rows_of_all_its_works_is_asked_once() -> None:
    both = ["https://openalex.org/W1", "https://openalex.org/W2"]
    rounds = drive(
        cited("10.1234/a", "10.1234/b"), joint([work(9, referenced_works=both)])
    )
    assert lists_of(rounds) == [["cites:W1|W2"]]


def test_a_joint_list_with_a_row_of_nobody_knows_whom_is_asked_in_halves() -> None:
    rounds = drive(
        cited("10.1234/a", "10.1234/b"), joint([work(9) | {"id": "nonsense"}])
    )
    assert lists_of(rounds) == [["cites:W1|W2"], ["cites:W1", "cites:W2"]]


def test_two_works_with_one_doi_are_both_asked_about_when_a_list_is_divided() -> None:
    works = [
        work(1, "10.1234/a", cited_by_count=1),
        work(2, "10.1234/a", cited_by_count=1),
        work(5, "10.1234/b", cited_by_count=1),
    ]

    def respond(request: Request) -> bytes:
        return listed(works if request.endpoint == "works" else [])

    rounds = drive(cited("10.1234/a", "10.1234/b"), respond)
    (joint_one,) = (one for one in rounds[1] if one.endpoint == "citing" and one.divide)
    assert joint_one.divide is not None
    assert filter_of(joint_one.divide(("10.1234/a",))) == "cites:W1|W2"
