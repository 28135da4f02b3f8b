"""NCBI's id converter: what it is asked, and what its answers hold."""

import gzip
import json

import pytest

from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import BAKERS_DOI
from pipeline.simulator.server import running
from pipeline.sources.base import CitedDoi, CitingWork, ParseContext
from pipeline.sources.ncbi import SOURCE

ALONE = ParseContext()
ASKED = ParseContext("articles", ("pmid:7",))
MAILTO = "tests@example.org"


def parse(value, context=ALONE):
    return SOURCE.parse(json.dumps(value).encode(), context)


def records(*rows):
    return parse({"status": "ok", "records": rows})


def cited(*dois):
    return [*SOURCE.requests_for_cited([CitedDoi(doi) for doi in dois])]


def citing(*token_lists):
    works = [CitingWork(tuple(tokens), frozenset()) for tokens in token_lists]
    return [*SOURCE.requests_for_citing(works)]


# What is asked


def test_cited_dois_are_asked_about_with_their_kind_and_our_name():
    [[request]] = cited("10.1000/b", "10.1000/a", "10.1000/a")

    assert (request.role, request.path) == ("identifiers", "/articles/")
    assert dict(request.params) == {
        "tool": "citehouse",
        "idtype": "doi",
        "ids": "10.1000/a,10.1000/b",
        "format": "json",
        "versions": "no",
    }
    assert request.subjects == ("10.1000/a", "10.1000/b")


def test_citing_works_without_a_doi_are_asked_by_pmid_else_by_pmcid_and_never_mixed():
    [asked] = citing(
        ("pmid:7", "pmcid:PMC8"),
        ("pmcid:PMC9", "openalex:W9"),
        ("doi:10.1000/x", "pmid:10"),
        ("omid:br/0601",),
    )

    assert [(dict(one.params)["idtype"], dict(one.params)["ids"]) for one in asked] == [
        ("pmid", "7"),
        ("pmcid", "PMC9"),
    ]
    assert [one.subjects for one in asked] == [("pmid:7",), ("pmcid:PMC9",)]


def test_nothing_is_asked_about_nothing():
    assert cited() == []
    assert citing() == []
    assert citing(("doi:10.1000/x",)) == []


def test_a_doi_that_would_be_read_as_two_is_not_asked_about():
    assert [one.subjects for [one] in cited("10.1000/a,b", "10.1000/c")] == [
        ("10.1000/c",)
    ]
    assert cited("10.1000/a,b") == []


def test_a_request_holds_no_more_than_200_ids_and_no_url_is_too_long():
    [short] = cited(*(f"10.1000/{number:03d}" for number in range(201)))
    [long] = cited(*(f"10.1000/{number:03d}{'<' * 300}" for number in range(20)))

    assert [len(one.subjects) for one in short] == [200, 1]
    assert max(len(one.key) for one in long) < 7_500
    assert sum(len(one.subjects) for one in long) == 20


def test_a_request_divides_into_the_same_question_of_the_same_kind():
    [[request]] = citing(("pmid:7",), ("pmid:8",))

    half = request.divide(request.subjects[:1])

    assert dict(half.params) == {**dict(request.params), "ids": "7"}


# What comes


@pytest.mark.parametrize("pmid", [17183647, "17183647"], ids=["number", "text"])
def test_a_record_is_all_names_of_one_article_whether_numbers_or_text(pmid):
    row = {"pmcid": "PMC1762333", "pmid": pmid, "doi": "10.1371/JOURNAL.pone.0000020"}

    [found] = records(row).identifiers

    assert found.record_key == "pmcid:PMC1762333"
    assert found.tokens == (
        "doi:10.1371/journal.pone.0000020",
        "pmid:17183647",
        "pmcid:PMC1762333",
    )


def test_versions_of_an_article_have_its_name():
    versions = [{"pmcid": "PMC8.1"}, {"pmcid": "PMC8.2", "current": "true"}]

    [found] = records({"pmcid": "PMC8.2", "versions": versions}).identifiers

    assert found.tokens == ("pmcid:PMC8",)


def test_what_is_not_in_pubmed_central_is_absent_and_describes_nothing():
    row = {"requested-id": "7", "pmid": 7, "status": "error", "errmsg": "not in PMC"}

    parsed = records({"pmcid": "PMC1", "pmid": 1}, row)

    [absent] = parsed.absent
    assert (absent.index, absent.subject) == (1, "7")
    assert absent.cause == "not found"
    assert (parsed.received, parsed.works, parsed.counts) == (2, (), ())


def test_a_name_that_cannot_be_read_costs_itself_and_a_record_of_none_is_rejected():
    parsed = records({"pmcid": "PMC1", "doi": "nonsense"}, {"doi": "x"}, {}, 7)

    assert parsed.identifiers[0].tokens == ("pmcid:PMC1",)
    assert [one.index for one in parsed.rejects] == [1, 2, 3]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"status": "ok"}',
        b'{"status": "error", "message": "invalid_pmids"}',
        b'{"error": "API rate limit exceeded", "count": "4"}',
        b'{"status": "ok", "records": [{"pmcid": "PM',
        b"<!DOCTYPE html><html><body>Moved</body></html>",
    ],
)
def test_an_answer_that_is_no_list_is_an_error_and_never_nothing_found(body):
    parsed = SOURCE.parse(body, ASKED)

    assert parsed.kind == "error"
    assert parsed.soft_error


def test_an_error_of_a_search_is_seen_though_it_comes_as_a_success():
    parsed = parse({"header": {}, "esearchresult": {"ERROR": "Search Backend failed"}})

    assert "Search Backend failed" in parsed.soft_error


@pytest.mark.parametrize(
    "body",
    [
        b'{"header": {}, "esearchresult": {"idlist": ["7"]}}',
        b'{"header": {}, "result": {"uids": ["7"], "7": {"uid": "7"}}}',
        b'<?xml version="1.0"?><PubmedArticleSet></PubmedArticleSet>',
        b'<?xml version="1.0"?><OAI-PMH></OAI-PMH>',
        b"[]",
    ],
)
def test_answers_of_the_e_utilities_and_of_oai_are_kinds_not_handled(body):
    parsed = SOURCE.parse(body, ALONE)

    assert (parsed.kind, parsed.received, parsed.soft_error) == (None, 0, None)


@pytest.mark.shared
def test_recorded_conversions_are_read_without_a_reject(shared):
    files = sorted((shared / "recorded" / "ncbi" / "idconv").iterdir())
    parsed = [SOURCE.parse(_bytes(file), ALONE) for file in files]

    assert {one.kind for one in parsed} == {"records"}
    assert sum(len(one.identifiers) for one in parsed) > 0
    assert sum(len(one.absent) for one in parsed) > 0
    assert [one.rejects for one in parsed if one.rejects] == []


def _bytes(file):
    body = file.read_bytes()
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


# In a run


def test_it_is_no_source_of_works_and_judged_by_none_of_their_rules(tmp_path):
    with running(sample_world(), FAST) as simulator:
        report = refresh(
            [BAKERS_DOI],
            load_settings(
                home=tmp_path, mailto=MAILTO, **simulator.settings_overrides()
            ),
        )
        asked = [one.target for one in simulator.requests if one.api == "ncbi"]

    assert asked
    assert all("email=tests%40example.org" in target for target in asked)
    [row] = [one for one in report.sources if one.source == "ncbi"]
    assert (row.asked, row.known, row.failed) == (0, 0, 0)
    assert row.received == row.loaded + row.duplicate + row.rejected + row.absent
    assert all("ncbi" not in work.sources for work in report.cited)
    assert report.expectations_broken == ()
    kept = list(tmp_path.rglob("*.parquet"))
    assert kept
    assert not any(MAILTO.encode() in file.read_bytes() for file in kept)
