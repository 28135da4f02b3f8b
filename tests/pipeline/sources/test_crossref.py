"""Crossref: which questions are asked, and what its refusals mean."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

import pytest

from pipeline.sources.base import CitedDoi, CitingWork, Plan, Request
from pipeline.sources.crossref import LIST_BATCH, SOURCE
from schemas.provenance import AnswerClass

SICI = "10.1890/0012-9615(1999)069[0569:edilsa]2.0.co;2"
NOT_FOUND = b"Resource not found."


def item(doi: str = "10.1234/abc", **fields: Any) -> dict[str, Any]:
    return {"DOI": doi, "type": "journal-article", "title": ["A title"]} | fields


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def list_body(*dois: str, **message: Any) -> bytes:
    listed = {"total-results": len(dois), "items": [item(doi) for doi in dois]}
    return body(
        {"status": "ok", "message-type": "work-list", "message": listed | message}
    )


def first_round(plan: Plan) -> Sequence[Request]:
    return next(plan)


def cited(*dois: str, agency: str | None = "Crossref") -> Plan:
    return SOURCE.requests_for_cited([CitedDoi(doi, agency) for doi in dois])


def citing(*works: CitingWork) -> Plan:
    assert SOURCE.requests_for_citing
    return SOURCE.requests_for_citing(works)


def citing_work(
    doi: str, agency: str | None = "Crossref", described_by: str = "openalex"
) -> CitingWork:
    return CitingWork((f"doi:{doi}",), frozenset({described_by}), agency)


def test_a_list_asks_for_as_many_rows_as_dois() -> None:
    (request,) = first_round(cited("10.1234/b", "10.1234/a"))
    assert request.params == (("filter", "doi:10.1234/a,doi:10.1234/b"), ("rows", "2"))
    assert (request.path, request.lane) == ("/works", "list")


def test_no_list_holds_more_than_fifty_dois_or_a_too_long_url() -> None:
    dois = [f"10.1234/{'(long)' * 20}{n:04d}" for n in range(120)]
    requests = first_round(cited(*dois))
    assert sorted(doi for r in requests for doi in r.subjects) == dois
    assert all(len(request.subjects) <= LIST_BATCH for request in requests)
    assert all(
        len(SOURCE.base_url + request.key) + len("&mailto=") + 100 <= 7_500
        for request in requests
    )


def test_the_same_dois_in_another_order_are_the_same_questions() -> None:
    dois = [f"10.1234/{n}" for n in range(60)]
    keys = [[r.key for r in first_round(cited(*given))] for given in (dois, dois[::-1])]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    "doi",
    [
        "10.1234/a,b",
        "10.1234/a+b",
        "10.1234/a%b",
        "10.1234/a#b?c",
        "10.1234/a<b>c",
        "10.1234/a:",
        "10.1234/größe",
        "10.1234/a&b|c",
        '10.1234/a"b\\c',
        SICI,
    ],
)
def test_a_doi_that_a_filter_may_not_hold_is_asked_singly(doi: str) -> None:
    listed, single = first_round(cited("10.1234/x", "10.1234/y", doi))
    assert doi not in listed.subjects
    assert (single.subjects, single.lane) == ((doi,), "single")
    suffix = single.path.removeprefix("/works/")
    assert unquote(suffix) == doi
    assert not set(suffix) & set("/,+#?<>&|\"\\[]()'")


def test_one_doi_is_asked_singly_as_that_follows_aliases() -> None:
    (request,) = first_round(cited("10.1234/a"))
    assert (request.endpoint, request.path) == ("work", "/works/10.1234%2Fa")


def test_other_agencies_are_not_asked_about() -> None:
    assert list(cited("10.5281/zenodo.1", agency="DataCite")) == []


def test_unknown_agencies_are_asked_about() -> None:
    (request,) = first_round(cited("10.1234/a", agency=None))
    assert request.subjects == ("10.1234/a",)


def test_what_a_list_leaves_out_is_asked_singly(next_round) -> None:
    plan = cited("10.1234/a", "10.1234/alias", "10.1234/gone")
    (request,) = first_round(plan)
    singles = next_round(plan, [request], list_body("10.1234/A"))
    assert [r.path for r in singles] == [
        "/works/10.1234%2Falias",
        "/works/10.1234%2Fgone",
    ]
    assert next_round(plan, singles, NOT_FOUND, "not_found") == []


def test_a_single_that_is_not_found_is_not_asked_again(next_round) -> None:
    plan = cited("10.1234/a,b")
    (request,) = first_round(plan)
    assert next_round(plan, [request], NOT_FOUND, "not_found") == []


def test_a_doi_named_as_alias_in_the_list_is_not_asked_again(next_round) -> None:
    plan = cited("10.1234/a", "10.1234/alias")
    (request,) = first_round(plan)
    content = list_body(items=[item("10.1234/a", alias=["10.1234/ALIAS"])])
    assert next_round(plan, [request], content) == []


@pytest.mark.parametrize("outcome", ["server", "rate", "block", "soft_error"])
def test_a_list_that_failed_is_not_taken_for_one_that_left_all_out(
    next_round, outcome: AnswerClass
) -> None:
    plan = cited("10.1234/a", "10.1234/b")
    (request,) = first_round(plan)
    assert next_round(plan, [request], b"", outcome) == []


def test_a_list_that_is_not_found_says_nothing_of_its_dois(next_round) -> None:
    plan = cited("10.1234/a", "10.1234/b")
    (request,) = first_round(plan)
    again = next_round(plan, [request], NOT_FOUND, "not_found")
    assert [r.subjects for r in again] == [("10.1234/a",), ("10.1234/b",)]


def test_a_list_divides_into_lists_and_at_last_singles() -> None:
    (request,) = first_round(cited("10.1234/a", "10.1234/b", "10.1234/c"))
    assert request.divide
    two = request.divide(request.subjects[1:])
    assert (two.endpoint, dict(two.params)["rows"]) == ("works", "2")
    one = request.divide(request.subjects[:1])
    assert (one.endpoint, one.divide) == ("work", None)


def test_citing_works_that_crossref_described_are_not_asked_again() -> None:
    plan = citing(
        citing_work("10.1234/a"),
        citing_work("10.1234/b", described_by="crossref"),
        citing_work("10.5281/c", agency="DataCite"),
        CitingWork(("pmid:1",), frozenset({"openalex"})),
    )
    (request,) = first_round(plan)
    assert request.subjects == ("10.1234/a",)


def test_left_out_citing_works_are_asked_again_only_if_crossref_s_own(
    next_round,
) -> None:
    plan = citing(citing_work("10.1234/ours"), citing_work("10.1234/whose", None))
    (request,) = first_round(plan)
    again = next_round(plan, [request], list_body())
    assert [r.subjects for r in again] == [("10.1234/ours",)]


def test_nothing_to_ask_is_no_round_at_all() -> None:
    assert list(cited()) == []
    assert list(citing()) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, None),
        (400, "client"),
        (401, "auth"),
        (403, "block"),
        (404, "not_found"),
        (414, "client"),
        (429, "rate"),
        (500, "server"),
        (504, "server"),
    ],
)
def test_each_status_has_one_meaning(status: int, expected: str | None) -> None:
    assert SOURCE.recognise
    assert SOURCE.recognise(status, {}, b"<html>Too many</html>") == expected


def test_without_a_contact_no_limit_is_above_the_public_ones() -> None:
    assert SOURCE.anonymous_limits
    pools = ((SOURCE.limits, (3, 10)), (SOURCE.anonymous_limits, (1, 5)))
    for limits, (lists, singles) in pools:
        assert limits["list"].requests / limits["list"].per_s <= lists
        assert limits["single"].requests / limits["single"].per_s <= singles
