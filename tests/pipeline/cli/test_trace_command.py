"""From a number back to the bytes: `citehouse trace` on the demo's warehouse."""

import hashlib
import json
import re
from pathlib import Path

import duckdb
import pytest

BAKERS = "10.5555/citehouse.bakers.2015"
MIRRORS = "10.5555/citehouse.mirrors.2014"
TIDES = "10.5555/citehouse.tides.2021"
TIDES_PREPRINT = "10.5555/citehouse.preprint.tides"
UNCITED = "10.5555/citehouse.queues.2025"
CITING = "10.5555/citehouse.odd.22"

CAUSES = (
    "no_identifier",
    "duplicate",
    "merged_version",
    "out_of_reach",
    "withdrawn",
    "not_yet_indexed",
    "failed",
    "unexplained_count",
)


@pytest.fixture
def archived(shell):
    """Body by (run, source, request key), read straight from the archive's files."""
    files = Path(shell.variables["CITEHOUSE_HOME"]) / "archive" / "*" / "*.parquet"
    rows = (
        duckdb.read_parquet(str(files))
        .project("run_id, source, request_key, sha256, body")
        .fetchall()
    )
    return {tuple(row[:3]): row[3:] for row in rows}


def traced(shell, *words):
    return json.loads(shell.data("trace", *words, "--json"))


def test_a_count_is_its_rows_and_leads_to_answers_in_the_archive(shell, archived):
    trace = traced(shell, BAKERS)
    assert len(trace["citing"]) == trace["citing_work_count"] > 50
    answers = [answer for source in trace["sources"] for answer in source["answers"]]
    assert answers
    for answer in answers:
        key = (answer["run_id"], answer["source"], answer["request_key"])
        sha256, body = archived[key]
        assert sha256 == answer["raw_sha256"] == hashlib.sha256(body).hexdigest()


def test_what_a_source_declares_adds_up(shell):
    for source in traced(shell, BAKERS)["sources"]:
        if source["state"] == "known":
            named = sum(source[cause] or 0 for cause in CAUSES)
            assert source["declared_count"] == source["stored_count"] + named


def test_an_edge_leads_to_the_records_that_say_so(shell):
    trace = traced(shell, BAKERS, "--citing", CITING, "--raw")
    assert trace["is_counted"]
    raw = {record["source"]: record["raw"] for record in trace["records"]}
    assert set(raw) >= {"crossref", "openalex", "opencitations"}
    assert raw["crossref"]["DOI"] == CITING
    assert raw["openalex"]["doi"] == f"https://doi.org/{CITING}"
    assert f"doi:{CITING}" in raw["opencitations"]["citing"].split()
    assert {one["field"] for one in trace["provenance"]} == {
        "author_count",
        "publication_type",
        "published_year",
    }


def test_a_self_citation_names_its_method_and_who_it_is(shell):
    trace = traced(shell, f"https://doi.org/{BAKERS.upper()}", "--citing", CITING)
    assert trace["is_self_citation"]
    assert trace["self_citation_method"] in {"author_id", "name"}
    assert trace["shared_authors"]
    assert "A self-citation, by" in shell.data("trace", BAKERS, "--citing", CITING)


@pytest.mark.parametrize(
    ("cited", "citing", "why"),
    [
        (MIRRORS, MIRRORS, "both identifiers name the same work"),
        (TIDES, TIDES_PREPRINT, "the two are versions of one work"),
        (UNCITED, BAKERS, "no source says that the one cites the other"),
    ],
)
def test_a_citation_that_does_not_count_says_why(shell, cited, citing, why):
    trace = traced(shell, cited, "--citing", citing)
    assert not trace["is_counted"]
    assert trace["why"] == f"it does not count: {why}"


def test_a_citing_work_may_be_named_by_any_identifier(shell):
    by_doi = traced(shell, BAKERS, "--citing", CITING)
    (openalex,) = (
        record["record_key"]
        for record in by_doi["records"]
        if record["source"] == "openalex"
    )
    assert traced(shell, BAKERS, "--citing", openalex) == by_doi


def test_a_count_that_is_not_known_is_not_0(shell):
    nobody = "10.5555/citehouse.nobody-knows-this"
    assert traced(shell, nobody)["citing_work_count"] is None
    assert "Cited by not known" in shell.data("trace", nobody)
    assert traced(shell, UNCITED)["citing_work_count"] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("10.5555/elsewhere",), "was never asked about"),
        (("nonsense",), "nonsense"),
        ((BAKERS, "--citing", "pmid:1"), "pmid:1 is not in the warehouse"),
        ((BAKERS, "--citing", "nonsense"), "scheme:value"),
        ((BAKERS, "--raw"), "--citing"),
    ],
)
def test_wrong_use_says_what_next(shell, words, says):
    done = shell("trace", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_citing_work_that_nobody_asked_about_leads_to_what_it_cites(shell):
    done = shell("trace", CITING)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"trace {BAKERS} --citing {CITING}`" in done.stderr
    assert f"refresh {CITING}`" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_names_of_sources_are_whole_and_spelt_in_one_way(shell):
    shown = shell.data("trace", BAKERS)

    assert "registered with crossref" in shown
    assert "Crossref" not in shown
    assert set(re.findall(r"seman\w*", shown)) == {"semanticscholar"}
    assert set(re.findall(r"openc\w*", shown)) == {"opencitations"}
