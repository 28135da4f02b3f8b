"""OpenCitations: what it is asked, and how it says that something is wrong."""

import datetime as dt
import hashlib

import pytest

from pipeline.sources.base import Answer, CitedDoi, CitingWork, ParseContext, Request
from pipeline.sources.opencitations import META_BATCH, SOURCE, recognise
from schemas.provenance import RawAnswer


def answered(request: Request, body: bytes = b"[]") -> Answer:
    raw = RawAnswer(
        run_id="r",
        source=request.source,
        endpoint=request.endpoint,
        role=request.role,
        request_key=request.key,
        chain=request.key,
        subjects=request.subjects,
        status=200,
        outcome="ok",
        url=SOURCE.base_url + request.path,
        fetched_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        elapsed_s=0.1,
        attempts=1,
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
    )
    context = ParseContext(request.endpoint, request.subjects)
    return Answer(request, raw, SOURCE.parse(body, context))


def rounds(plan) -> list[list[Request]]:
    """Drive a plan to its end with empty answers."""
    asked = []
    try:
        requests = next(plan)
        while True:
            asked.append(list(requests))
            requests = plan.send([answered(request) for request in requests])
    except StopIteration:
        return asked


def cited(*dois):
    return rounds(SOURCE.requests_for_cited([CitedDoi(doi) for doi in dois]))


def citing(*token_lists, described_by=()):
    works = [
        CitingWork(tuple(tokens), frozenset(described_by)) for tokens in token_lists
    ]
    return rounds(SOURCE.requests_for_citing(works))


def paths(requests, endpoint):
    return [request.path for request in requests if request.endpoint == endpoint]


# What is asked


def test_a_cited_doi_is_asked_about_in_meta_in_the_list_and_in_the_count():
    [asked] = cited("10.1000/x")

    assert [(one.endpoint, one.role, one.path) for one in asked] == [
        ("metadata", "work", "/meta/v1/metadata/doi:10.1000/x"),
        ("citations", "citing", "/index/v2/citations/doi:10.1000/x"),
        ("citation-count", "count", "/index/v2/citation-count/doi:10.1000/x"),
    ]
    assert {one.subjects for one in asked} == {("10.1000/x",)}


def test_meta_is_never_asked_about_more_than_ten_works_at_once():
    [asked] = cited(*(f"10.1000/{number:03d}" for number in range(25)))

    sizes = [len(one.subjects) for one in asked if one.endpoint == "metadata"]

    assert sizes == [META_BATCH, META_BATCH, 5]


def test_a_plan_does_not_depend_on_the_order_or_repetition_of_dois():
    assert cited("10.1000/b", "10.1000/a", "10.1000/b") == cited(
        "10.1000/a", "10.1000/b"
    )


def test_a_plan_for_nothing_asks_nothing():
    assert cited() == []
    assert citing() == []


def test_a_meta_batch_divides_into_the_same_question_about_fewer_works():
    [asked] = cited("10.1000/a", "10.1000/b")
    batch = asked[0]

    half = batch.divide(batch.subjects[:1])

    assert half.path == "/meta/v1/metadata/doi:10.1000/a"
    assert half.subjects == ("10.1000/a",)


@pytest.mark.parametrize(
    ("doi", "escaped"),
    [
        pytest.param("10.1000/a,b", "10.1000/a%2Cb", id="comma"),
        pytest.param("10.1000/a+b", "10.1000/a%2Bb", id="plus"),
        pytest.param("10.1000/a%2fb", "10.1000/a%252fb", id="percent"),
        pytest.param("10.1000/o'b", "10.1000/o%27b", id="apostrophe"),
        pytest.param("10.1000/a#b?c", "10.1000/a%23b%3Fc", id="hash-and-question"),
        pytest.param(
            "10.1002/(sici)1097-4571(198909)40:5<342::aid-asi7>3.0.co;2-u",
            "10.1002/%28sici%291097-4571%28198909%2940%3A5%3C342%3A%3Aaid-asi7%3E3.0.co%3B2-u",
            id="sici",
        ),
    ],
)
def test_odd_dois_are_escaped_once_in_paths(doi, escaped):
    [asked] = cited(doi)

    assert paths(asked, "citations") == [f"/index/v2/citations/doi:{escaped}"]
    assert paths(asked, "metadata") == [f"/meta/v1/metadata/doi:{escaped}"]


def test_a_doi_that_breaks_the_query_costs_its_batch_nothing():
    [asked] = cited("10.1000/a", "10.1000/o'b", "10.1000/z")

    batches = [one.subjects for one in asked if one.endpoint == "metadata"]

    assert batches == [("10.1000/a", "10.1000/z"), ("10.1000/o'b",)]


def test_a_doi_that_ends_like_the_separator_costs_its_batch_nothing():
    [asked] = cited("10.1000/a", "10.1000/b_", "10.1000/z")

    batches = [one.subjects for one in asked if one.endpoint == "metadata"]

    assert batches == [("10.1000/a", "10.1000/z"), ("10.1000/b_",)]


def test_a_doi_with_the_separator_in_it_is_not_asked_of_meta():
    [asked] = cited("10.1000/a__b")

    assert paths(asked, "metadata") == []
    assert paths(asked, "citations") == ["/index/v2/citations/doi:10.1000/a__b"]


def test_a_citing_work_is_asked_by_doi_else_by_its_next_identifier():
    [asked] = citing(
        ("doi:10.1000/x", "omid:br/0601"),
        ("omid:br/0602",),
        ("pmid:7", "openalex:W7"),
    )

    assert paths(asked, "metadata") == [
        "/meta/v1/metadata/doi:10.1000/x__omid:br/0602__pmid:7"
    ]
    assert asked[0].subjects == ("10.1000/x", "omid:br/0602", "pmid:7")
    assert asked[0].role == "work"


def test_a_citing_work_with_an_unaskable_doi_is_asked_by_another_identifier():
    [asked] = citing(("doi:10.1000/a__b", "omid:br/0601"), ("doi:10.1000/c__d",))

    assert [one.subjects for one in asked] == [("omid:br/0601",)]


def test_a_citing_work_that_meta_described_is_not_asked_about_again():
    assert citing(("doi:10.1000/x",), described_by=("opencitations",)) == []


# Errors of the API


def test_a_bad_token_is_auth_and_a_wall_is_left_to_the_general_table():
    assert recognise(403, {"content-type": "text/plain"}, b"Invalid token") == "auth"
    assert recognise(403, {"content-type": "text/html"}, b"<html>no</html>") is None


def test_404_of_an_operation_is_a_bad_question_and_other_404s_are_not():
    body = b"HTTP status code 404: the operation requested does not exist"

    assert recognise(404, {"content-type": "text/plain"}, body) == "client"
    assert recognise(404, {"content-type": "text/plain"}, b"Not Found") is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"HTTP status code 500: something unexpected happened",
        b'"HTTP status code 408: request timeout"',
        b'{"error": "busy"}',
        b'[{"oci": "0601-06',
        b"<!DOCTYPE html><html><body>Bad gateway</body></html>",
    ],
)
def test_an_answer_that_is_no_list_is_an_error_and_never_no_citations(body):
    parsed = SOURCE.parse(body, ParseContext("citations", ("10.1000/x",)))

    assert parsed.kind == "error"
    assert parsed.soft_error
