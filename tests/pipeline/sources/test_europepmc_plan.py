"""Europe PMC: what it is asked, and in which order."""

import datetime as dt
import hashlib
import json

from pipeline.sources.base import Answer, CitedDoi, CitingWork, ParseContext
from pipeline.sources.europepmc import MAX_NAMES, PAGE, SOURCE
from schemas.provenance import RawAnswer


def answered(request, value, outcome="ok"):
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


def drive(plan, serve):
    asked = []
    try:
        requests = next(plan)
        while True:
            asked.append(list(requests))
            requests = plan.send([answered(one, *serve(one)) for one in requests])
    except StopIteration:
        return asked


def library(works, citations=0):
    """Serves works by DOI, each with so many citations."""

    def serve(request):
        if request.endpoint == "search":
            records = [
                {"id": str(number), "source": "MED", "doi": doi}
                for number, doi in enumerate(works, start=1)
                if doi in request.subjects
            ]
            return (
                {"hitCount": len(records), "resultList": {"result": records}},
                "ok",
            )
        kind = "citation" if request.endpoint == "citations" else "reference"
        count = citations if kind == "citation" else 0
        start = PAGE * (request.page - 1)
        items = [
            {"id": str(1000 + number), "source": "MED"}
            for number in range(start, min(start + PAGE, count))
        ]
        return {"hitCount": count, f"{kind}List": {kind: items}}, "ok"

    return serve


def dois(count):
    return [f"10.5555/{number:03d}" for number in range(count)]


def ask_about(names, serve):
    return drive(SOURCE.requests_for_cited([CitedDoi(doi) for doi in names]), serve)


def test_works_are_searched_for_in_small_batches():
    (searches, *_) = ask_about(dois(MAX_NAMES + 1), library([]))
    assert [len(one.subjects) for one in searches] == [MAX_NAMES, 1]
    params = dict(searches[1].params)
    assert params["query"] == 'DOI:"10.5555/015"'
    assert (params["resultType"], params["format"]) == ("core", "json")


def test_a_work_that_is_not_here_is_not_asked_about_again():
    assert len(ask_about(dois(3), library([]))) == 2


def test_quotes_and_backslashes_are_escaped():
    odd = '10.5555/a"b\\c'
    ((request,), *_) = ask_about([odd], library([]))
    assert dict(request.params)["query"] == 'DOI:"10.5555/a\\"b\\\\c"'


def test_lists_are_asked_for_by_the_id_of_the_record():
    _, lists = ask_about(dois(1), library(dois(1)))
    assert [one.path for one in lists] == ["/MED/1/citations", "/MED/1/references"]
    assert [one.role for one in lists] == ["citing", "references"]
    assert {one.subjects for one in lists} == {("epmc:MED/1",)}


def test_a_record_that_goes_by_another_doi_is_not_followed():
    def serve(_request):
        other = {"id": "1", "source": "MED", "doi": "10.5555/other"}
        return {"hitCount": 1, "resultList": {"result": [other]}}, "ok"

    assert [len(one) for one in ask_about(dois(1), serve)] == [1, 0]


def test_all_pages_of_a_long_list_are_asked_for_side_by_side():
    *_, more = ask_about(dois(1), library(dois(1), citations=2 * PAGE + 1))
    assert [(one.page, dict(one.params)["page"]) for one in more] == [
        (2, "2"),
        (3, "3"),
    ]
    first = {one.chain for one in more}
    assert len(first) == 1
    assert more[0].key not in first


def test_a_list_of_exactly_one_page_has_no_second():
    assert len(ask_about(dois(1), library(dois(1), citations=PAGE))) == 2


def test_a_failed_first_page_is_not_followed():
    serve = library(dois(1), citations=5 * PAGE)

    def failing(request):
        value, _ = serve(request)
        return value, "ok" if request.endpoint == "search" else "server"

    assert len(ask_about(dois(1), failing)) == 2


def test_citing_works_are_asked_about_by_the_names_that_it_knows():
    works = [
        CitingWork(("pmid:7", "epmc:MED/7"), frozenset()),
        CitingWork(("doi:10.5555/x", "pmid:8"), frozenset({"crossref"})),
        CitingWork(("doi:10.5555/y", "pmcid:PMC9"), frozenset()),
        CitingWork(("doi:10.5555/z",), frozenset()),
        CitingWork(("pmid:10", "epmc:MED/10"), frozenset({"europepmc"})),
    ]
    ((request,),) = drive(SOURCE.requests_for_citing(works), library([]))
    assert request.subjects == ("epmc:MED/7", "pmcid:PMC9", "pmid:8")
    assert dict(request.params)["query"] == (
        '(EXT_ID:"7" AND SRC:MED) OR PMCID:PMC9 OR (EXT_ID:"8" AND SRC:MED)'
    )


def test_nothing_to_ask_is_no_question():
    assert drive(SOURCE.requests_for_citing([]), library([])) == []
    assert ask_about([], library([])) == []
