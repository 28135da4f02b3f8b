"""Semantic Scholar: what it is asked, in which order, and with which key."""

import datetime as dt
import hashlib
import json

import pytest

from pipeline.settings import SourceSettings, load_settings
from pipeline.sources.base import Answer, CitedDoi, CitingWork, ParseContext, Request
from pipeline.sources.semanticscholar import REACH, SOURCE, recognise
from pipeline.transport.identity import Identity
from schemas.provenance import RawAnswer

KEY = "an-invented-key-of-semantic-scholar"


def answered(request: Request, value: object, outcome="ok") -> Answer:
    body = json.dumps(value).encode()
    raw = RawAnswer(
        run_id="r",
        source=request.source,
        endpoint=request.endpoint,
        role=request.role,
        request_key=request.key,
        chain=request.chain or request.key,
        subjects=request.subjects,
        status=200,
        outcome=outcome,
        url=SOURCE.base_url + request.path,
        fetched_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        elapsed_s=0.1,
        attempts=1,
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
    )
    context = ParseContext(request.endpoint, request.subjects)
    return Answer(request, raw, SOURCE.parse(body, context))


def drive(plan, serve) -> list[list[Request]]:
    """The rounds of a plan whose questions are answered by a function."""
    asked = []
    try:
        requests = next(plan)
        while True:
            asked.append(list(requests))
            requests = plan.send([answered(one, serve(one)) for one in requests])
    except StopIteration:
        return asked


def paper_id(number: int) -> str:
    return f"{number:040x}"


class Library:
    """Papers by DOI, each with as many citations as it is told."""

    def __init__(self, papers=None, citations=0, references=0):
        self.papers = papers or {}
        self.citations = citations
        self.references = references

    def __call__(self, request):
        if request.endpoint == "paper/batch":
            return [self.papers.get(name) for name in request.subjects]
        params = dict(request.params)
        offset, limit = int(params["offset"]), int(params["limit"])
        assert offset + limit < 10_000
        length = getattr(self, request.endpoint)
        side = "citingPaper" if request.endpoint == "citations" else "citedPaper"
        data = [
            {side: {"paperId": paper_id(10_000 + number)}}
            for number in range(offset, min(offset + limit, length))
        ]
        more = {"next": offset + limit} if offset + limit < length else {}
        return {"offset": offset, **more, "data": data}


def paper(number, doi, **more):
    return {"paperId": paper_id(number), "externalIds": {"DOI": doi}, **more}


def cited(library, *dois):
    plan = SOURCE.requests_for_cited([CitedDoi(doi) for doi in dois])
    return drive(plan, library)


def test_cited_dois_are_asked_about_in_one_post_with_the_ids_in_its_body():
    [[batch]] = cited(Library(), "10.1000/b", "10.1000/a")

    assert batch.role == "work"
    assert batch.path == "/paper/batch"
    assert json.loads(batch.body) == {"ids": ["DOI:10.1000/a", "DOI:10.1000/b"]}
    assert batch.subjects == ("10.1000/a", "10.1000/b")
    assert "abstract" not in dict(batch.params)["fields"]


def test_a_batch_holds_no_more_than_500_ids_and_divides():
    [batches] = cited(Library(), *(f"10.1000/{number:04d}" for number in range(501)))

    assert [len(one.subjects) for one in batches] == [500, 1]
    half = batches[0].divide(batches[0].subjects[:3])
    assert json.loads(half.body)["ids"] == [
        "DOI:10.1000/0000",
        "DOI:10.1000/0001",
        "DOI:10.1000/0002",
    ]


def test_nothing_is_asked_about_nothing():
    assert cited(Library()) == []
    assert drive(SOURCE.requests_for_citing([]), Library()) == []


def test_each_paper_found_is_asked_for_its_citations_and_references():
    library = Library({"10.1000/a": paper(1, "10.1000/A", referenceCount=2)})

    [_, lists] = cited(library, "10.1000/a", "10.1000/unknown")

    assert [(one.role, one.path) for one in lists] == [
        ("citing", f"/paper/{paper_id(1)}/citations"),
        ("references", f"/paper/{paper_id(1)}/references"),
    ]
    assert {one.subjects for one in lists} == {(f"s2:{paper_id(1)}",)}


def test_a_paper_without_references_is_not_asked_for_them():
    library = Library({"10.1000/a": paper(1, "10.1000/a", referenceCount=0)})

    [_, lists] = cited(library, "10.1000/a")

    assert [one.role for one in lists] == ["citing"]


def test_pages_follow_until_there_is_no_next_and_belong_to_one_chain():
    library = Library(
        {"10.1000/a": paper(1, "10.1000/a", referenceCount=0)}, citations=2_500
    )

    _, [first], [second], [third] = cited(library, "10.1000/a")

    assert [dict(one.params)["offset"] for one in (first, second, third)] == [
        "0",
        "1000",
        "2000",
    ]
    assert [one.page for one in (first, second, third)] == [1, 2, 3]
    assert second.chain == third.chain == first.key


def test_9999_citations_are_asked_for_and_the_last_page_says_there_are_more():
    papers = {"10.1000/a": paper(1, "10.1000/a", referenceCount=0)}

    pages = [one for [one] in cited(Library(papers, citations=12_000), "10.1000/a")[1:]]

    last = dict(pages[-1].params)
    assert len(pages) == 10
    assert int(last["offset"]) + int(last["limit"]) == REACH
    assert answered(
        pages[-1], Library(papers, citations=12_000)(pages[-1])
    ).parsed.next_cursor


@pytest.mark.parametrize("following", [0, 1_000, None])
def test_a_list_that_does_not_go_on_is_not_followed(following):
    papers = {"10.1000/a": paper(1, "10.1000/a", referenceCount=0)}

    def serve(request):
        if request.endpoint == "paper/batch":
            return [papers["10.1000/a"]]
        return {"offset": 0, "next": following, "data": []}

    assert len(cited(serve, "10.1000/a")) == 2


def test_two_papers_with_one_doi_have_each_a_list_of_their_own():
    library = Library(
        {"10.1000/a": paper(1, "10.1000/a"), "10.1101/pre": paper(2, "10.1000/a")}
    )

    _, again, lists = cited(library, "10.1000/a", "10.1101/pre")

    assert [one.subjects for one in again] == [("10.1101/pre",)]
    assert [one.path for one in lists if one.role == "citing"] == [
        f"/paper/{paper_id(1)}/citations",
        f"/paper/{paper_id(2)}/citations",
    ]


def test_the_list_of_a_paper_that_goes_by_a_doi_nobody_asked_about_is_not_asked_for():
    library = Library({"10.1101/pre": paper(2, "10.1000/a")})

    assert len(cited(library, "10.1101/pre")) == 1


def test_citing_papers_that_it_listed_and_did_not_describe_are_asked_by_their_id():
    listed = CitingWork(("doi:10.1000/b", f"s2:{paper_id(3)}"), frozenset({"crossref"}))
    described = CitingWork((f"s2:{paper_id(4)}",), frozenset({"semanticscholar"}))
    of_others = CitingWork(("doi:10.1000/c",), frozenset())

    [[batch]] = drive(
        SOURCE.requests_for_citing([listed, described, of_others]), Library()
    )

    assert json.loads(batch.body) == {"ids": [paper_id(3)]}
    assert batch.subjects == (f"s2:{paper_id(3)}",)


# Errors of the API


def test_forbidden_is_for_the_key_and_other_walls_are_left_to_the_general_table():
    assert recognise(403, {}, b'{"message":"Forbidden"}') == "auth"
    assert recognise(403, {}, b"<html>no</html>") is None
    assert recognise(429, {}, b'{"message":"Too Many Requests","code":"429"}') is None


def test_a_batch_without_a_valid_id_has_found_nothing():
    assert recognise(400, {}, b'{"error":"No valid paper ids given"}') == "not_found"
    too_large = b'{"error":"Response would exceed maximum size"}'
    assert recognise(400, {}, too_large) is None


# The key


@pytest.mark.parametrize(
    ("given", "is_on"),
    [
        (SourceSettings(), False),
        (SourceSettings(api_key=" "), False),
        (SourceSettings(api_key=KEY), True),
        (SourceSettings(api_key=KEY, enabled=False), False),
        (SourceSettings(base_url="http://127.0.0.1:9"), True),
    ],
)
def test_it_is_off_without_a_key_and_on_with_one(given, is_on):
    assert SOURCE.needs_key
    assert given.is_on(needs_key=SOURCE.needs_key) == is_on


def test_the_key_stands_in_the_header_that_the_api_names():
    mine = load_settings(semanticscholar=SourceSettings(api_key=KEY), _env_file=None)

    headers = Identity(mine).headers(SOURCE)

    assert headers["x-api-key"] == KEY
    assert "x-api-key" not in Identity(mine).headers(SOURCE, with_key=False)
