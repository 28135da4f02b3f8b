"""DataCite: which questions are asked, and what its refusals mean."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlencode

import pytest

from pipeline.sources.base import CitedDoi, CitingWork, Plan, Request
from pipeline.sources.datacite import LIST_BATCH, SOURCE
from pipeline.transport.classify import classify
from schemas.provenance import AnswerClass

PAGE = b"<html>\r\n<head><title>403 Forbidden</title></head>\r\n</html>"
NOT_FOUND = b'{"errors":[{"status":"404","title":"It does not exist."}]}'


def list_body(*dois: str, **meta: Any) -> bytes:
    data = [
        {"id": doi.lower(), "type": "dois", "attributes": {"doi": doi}} for doi in dois
    ]
    return json.dumps({"data": data, "meta": {"total": len(dois)} | meta}).encode()


def first_round(plan: Plan) -> Sequence[Request]:
    return next(plan)


def cited(*dois: str, agency: str | None = "DataCite") -> Plan:
    return SOURCE.requests_for_cited([CitedDoi(doi, agency) for doi in dois])


def citing(*works: CitingWork) -> Plan:
    assert SOURCE.requests_for_citing
    return SOURCE.requests_for_citing(works)


def citing_work(
    doi: str, agency: str | None = "DataCite", described_by: str = "openalex"
) -> CitingWork:
    return CitingWork((f"doi:{doi}",), frozenset({described_by}), agency)


def test_a_list_asks_for_a_page_that_holds_all_and_for_no_facets() -> None:
    (request,) = first_round(cited("10.5072/b", "10.5072/a"))
    assert request.params == (
        ("query", 'doi:("10.5072/a" OR "10.5072/b")'),
        ("page[size]", "2"),
        ("disable-facets", "true"),
    )
    assert (request.path, request.role, request.lane) == ("/dois", "work", "list")


def test_no_list_holds_more_than_fifty_dois_or_a_too_long_url() -> None:
    dois = [f"10.5072/{'(long)' * 20}{n:04d}" for n in range(120)]
    requests = first_round(cited(*dois))
    assert sorted(doi for r in requests for doi in r.subjects) == dois
    assert all(len(request.subjects) <= LIST_BATCH for request in requests)
    assert all(
        len(f"{SOURCE.base_url}{request.path}?{urlencode(request.params)}") <= 7_500
        for request in requests
    )


def test_the_same_dois_in_another_order_are_the_same_questions() -> None:
    dois = [f"10.5072/{n}" for n in range(60)]
    keys = [[r.key for r in first_round(cited(*given))] for given in (dois, dois[::-1])]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    "doi",
    [
        '10.5072/a"b',
        "10.5072/a\\b",
        '10.5072/a" or "b',
        "10.5072/a<b>c",
        "10.5072/a*b?c",
        "10.5072/a,b",
        "10.5072/a+b&c|d",
        "10.5072/a#b%c",
        "10.5072/größe",
        "10.5072/[a]{b}~c^d!",
    ],
)
def test_a_doi_that_a_query_may_misread_is_asked_singly(doi: str) -> None:
    listed, single = first_round(cited("10.5072/x", "10.5072/y", doi))
    assert listed.subjects == ("10.5072/x", "10.5072/y")
    assert (single.endpoint, single.subjects) == ("doi", (doi,))
    suffix = single.path.removeprefix("/dois/")
    assert unquote(suffix) == doi
    assert not set(suffix) & set('/,+#?<>&|"\\[]{} ')


def test_one_doi_is_asked_singly() -> None:
    (request,) = first_round(cited("10.5072/a"))
    assert (request.endpoint, request.path) == ("doi", "/dois/10.5072%2Fa")
    assert request.params == ()


def test_other_agencies_are_not_asked_about() -> None:
    assert list(cited("10.1234/a", agency="Crossref")) == []


def test_unknown_agencies_are_asked_about() -> None:
    (request,) = first_round(cited("10.5072/a", agency=None))
    assert request.subjects == ("10.5072/a",)


def test_what_a_list_leaves_out_is_asked_singly(next_round) -> None:
    plan = cited("10.5072/a", "10.5072/b", "10.5072/gone")
    (request,) = first_round(plan)
    singles = next_round(plan, [request], list_body("10.5072/A"))
    assert [r.path for r in singles] == ["/dois/10.5072%2Fb", "/dois/10.5072%2Fgone"]
    assert next_round(plan, singles, NOT_FOUND, "not_found") == []


def test_a_single_that_is_not_found_is_not_asked_again(next_round) -> None:
    plan = cited("10.5072/a,b")
    (request,) = first_round(plan)
    assert next_round(plan, [request], NOT_FOUND, "not_found") == []


@pytest.mark.parametrize("outcome", ["server", "rate", "block", "soft_error"])
def test_a_list_that_failed_is_not_taken_for_one_that_left_all_out(
    next_round, outcome: AnswerClass
) -> None:
    plan = cited("10.5072/a", "10.5072/b")
    (request,) = first_round(plan)
    assert next_round(plan, [request], b"", outcome) == []


def test_a_list_that_is_not_found_says_nothing_of_its_dois(next_round) -> None:
    plan = cited("10.5072/a", "10.5072/b")
    (request,) = first_round(plan)
    again = next_round(plan, [request], NOT_FOUND, "not_found")
    assert [r.subjects for r in again] == [("10.5072/a",), ("10.5072/b",)]


def test_a_list_divides_into_lists_and_at_last_singles() -> None:
    (request,) = first_round(cited("10.5072/a", "10.5072/b", "10.5072/c"))
    assert request.divide
    two = request.divide(request.subjects[1:])
    assert (two.endpoint, dict(two.params)["page[size]"]) == ("dois", "2")
    one = request.divide(request.subjects[:1])
    assert (one.endpoint, one.divide) == ("doi", None)


def test_citing_works_that_datacite_described_are_not_asked_again() -> None:
    plan = citing(
        citing_work("10.5072/a"),
        citing_work("10.5072/b", described_by="datacite"),
        citing_work("10.1234/c", agency="Crossref"),
        CitingWork(("pmid:1",), frozenset({"openalex"})),
    )
    (request,) = first_round(plan)
    assert request.subjects == ("10.5072/a",)


def test_left_out_citing_works_are_asked_again_only_if_datacite_s_own(
    next_round,
) -> None:
    plan = citing(citing_work("10.5072/ours"), citing_work("10.5072/whose", None))
    (request,) = first_round(plan)
    again = next_round(plan, [request], list_body())
    assert [r.subjects for r in again] == [("10.5072/ours",)]


def test_nothing_to_ask_is_no_round_at_all() -> None:
    assert list(cited()) == []
    assert list(citing()) == []


@pytest.mark.parametrize(
    ("status", "content", "expected"),
    [
        (200, list_body(), "ok"),
        (400, b'{"errors":[{"status":"400"}]}', "client"),
        (403, PAGE, "block"),
        (403, b"", "block"),
        (403, b'{"errors":[{"status":"403","title":"Not authorized"}]}', "client"),
        (404, NOT_FOUND, "not_found"),
        (404, PAGE, "not_found"),
        (414, PAGE, "client"),
        (429, b"", "rate"),
        (500, b'{"errors":[{"status":"500"}]}', "server"),
        (502, PAGE, "server"),
        (504, PAGE, "server"),
    ],
)
def test_each_status_has_one_meaning(
    status: int, content: bytes, expected: str
) -> None:
    headers = {"content-type": "application/json; charset=utf-8"}
    assert classify(SOURCE, status, headers, content)[0] == expected


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/json", "ok"),
        ("application/vnd.api+json; charset=utf-8", "ok"),
        ("text/html", "soft_error"),
    ],
)
def test_both_names_of_json_are_answers_and_a_page_is_none(
    media_type: str, expected: str
) -> None:
    headers = {"content-type": media_type}
    assert classify(SOURCE, 200, headers, list_body())[0] == expected


def test_limits_count_requests_in_five_minutes_by_whether_a_contact_is_named() -> None:
    assert SOURCE.anonymous_limits
    figures = [
        (limit.requests, limit.per_s)
        for limits in (SOURCE.limits, SOURCE.anonymous_limits)
        for limit in limits.values()
    ]
    assert figures == [(1_000, 300), (500, 300)]


def test_a_list_of_journal_articles_alone_does_not_make_datacite_look_ill() -> None:
    assert SOURCE.expect.min_known_share == 0
