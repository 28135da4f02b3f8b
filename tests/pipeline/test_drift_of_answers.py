"""What counts as drift in an answer, form by form."""

import csv
import datetime as dt
import hashlib
import json

import pytest

from pipeline.drift import MAX_NAMES, RECORDS, drift_in, lost_field
from pipeline.shapes.base import outline
from schemas.provenance import RawAnswer

ROW = {"oci": "0611-0612", "citing": "omid:br/0611", "cited": "omid:br/0612"}


def answer(source, endpoint, body, key="GET /a"):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return RawAnswer(
        run_id="r",
        source=source,
        endpoint=endpoint,
        role="work",
        request_key=key,
        chain=key,
        subjects=("10.5555/a",),
        status=200,
        outcome="ok",
        url="https://example.org/a",
        fetched_at=dt.datetime(2031, 1, 1, tzinfo=dt.UTC),
        elapsed_s=0.1,
        attempts=1,
        sha256=hashlib.sha256(raw).hexdigest(),
        body=raw,
    )


def names(source, endpoint, body):
    return {
        (one.kind, one.name): one.record_count
        for one in drift_in([answer(source, endpoint, body)])
    }


@pytest.mark.parametrize(
    ("source", "endpoint", "body", "found"),
    [
        (
            "opencitations",
            "citations",
            [{**ROW, "weight": 1}, ROW],
            {("unknown_field", "[].weight"): 1},
        ),
        (
            "opencitations",
            "citations",
            [{**ROW, "author_sc": "perhaps"}],
            {("unknown_word", "[].author_sc: perhaps"): 1},
        ),
        (
            "openalex",
            "work",
            {"id": "https://openalex.org/W1", "glow": 2},
            {("unknown_field", "glow"): 1},
        ),
        (
            "openalex",
            "citing",
            {"meta": {"count": 0, "mood": 1}, "results": []},
            {("unknown_field", "meta.mood"): 1},
        ),
        (
            "openalex",
            "citing",
            {"results": [{"id": "W1", "authorships": [{"a": 1}, {"a": 2}]}]},
            {("unknown_field", "results[].authorships[].a"): 1},
        ),
        (
            "crossref",
            "work",
            {"status": "ok", "message": {"DOI": "10.5555/a", "aura": []}},
            {("unknown_field", "message.aura"): 1},
        ),
        (
            "crossref",
            "work",
            {"message": {"DOI": "10.5555/a", "relation": {"is-cousin-of": []}}},
            {},
        ),
        (
            "crossref",
            "works",
            {"message": {"items": [{"DOI": "10.5555/a"}, {"DOI": None}]}},
            {("missing_field", "message.items[].DOI"): 1},
        ),
        (
            "semanticscholar",
            "paper/batch",
            [None, {"paperId": "a", "publicationTypes": ["Review", "Haiku"]}],
            {("unknown_word", "[].publicationTypes: Haiku"): 1},
        ),
        (
            "europepmc",
            "search",
            {
                "resultList": {
                    "result": [
                        {
                            "id": "1",
                            "source": "MED",
                            "pubTypeList": {"pubType": ["Review", "Saga"]},
                        },
                        {
                            "id": "2",
                            "source": "MED",
                            "pubTypeList": {"pubType": ["Saga", "Ode"]},
                        },
                    ]
                }
            },
            {
                ("unknown_word", "resultList.result[].pubTypeList.pubType[]: Saga"): 1,
                ("unknown_word", "resultList.result[].pubTypeList.pubType[]: Ode"): 1,
            },
        ),
    ],
)
def test_drift_in_one_answer(source, endpoint, body, found):
    assert names(source, endpoint, body) == found


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1, null]", b"3", b'{"a": 1}'])
def test_a_body_without_records_says_nothing_of_them(body):
    assert names("crossref", "works", body) == {}


def test_an_endpoint_without_a_shape_says_nothing():
    assert names("opencitations", "venues", [{"a": 1}]) == {}


def test_no_more_records_of_one_answer_are_looked_at_than_is_said():
    rows = [{**ROW, "weight": 1}] * (RECORDS + 10)
    [found] = drift_in([answer("opencitations", "citations", rows)])

    assert found.record_count == found.sampled_record_count == RECORDS


def test_fields_that_are_data_do_not_fill_the_table():
    row = {**ROW, **{f"10.5555/{number}": 1 for number in range(MAX_NAMES + 50)}}
    often = {**ROW, "weight": 1}
    found = drift_in([answer("opencitations", "citations", [row, often, often])])

    assert len(found) == MAX_NAMES
    assert "[].weight" in {one.name for one in found}


def test_the_example_is_the_first_request_that_shows_it():
    answers = [
        answer("opencitations", "citations", [ROW], key="GET /a"),
        answer("opencitations", "citations", [{**ROW, "weight": 1}], key="GET /b"),
        answer("opencitations", "citations", [{**ROW, "weight": 1}], key="GET /c"),
    ]
    [found] = drift_in(answers)

    assert (found.request_key, found.record_count) == ("GET /b", 2)
    assert found.sampled_record_count == 3


@pytest.mark.parametrize(
    ("source", "endpoint", "body", "lost"),
    [
        ("opencitations", "citations", [{"citing": "a", "cited": "b"}] * 5, "oci"),
        ("opencitations", "citations", [ROW, {"citing": "a", "cited": "b"}], None),
        ("opencitations", "citations", [], None),
        ("crossref", "works", {"message": {"items": [{"title": ["A"]}] * 5}}, "DOI"),
        ("datacite", "dois", {"data": [{"id": "a"}] * 5}, "attributes.doi"),
        ("semanticscholar", "citations", {"data": [{"contexts": []}]}, "citingPaper"),
        ("crossref", "works", b"<html>", None),
        ("opencitations", "venues", [{"a": 1}], None),
    ],
)
def test_a_lost_field_is_one_that_no_record_has(source, endpoint, body, lost):
    assert lost_field(source, endpoint, answer(source, endpoint, body).body) == lost


def test_an_outline_is_a_line_for_each_object():
    tree = outline(
        """
. id authors
    year
authors[] name
place.city name
"""
    )

    assert tree == {
        "id": {},
        "authors": {"name": {}},
        "year": {},
        "place": {"city": {"name": {}}},
    }


RECORDED = {
    "crossref/work": ("crossref", "work"),
    "crossref/works-list": ("crossref", "works"),
    "crossref/works-cursor": ("crossref", "works"),
    "datacite/dois-list": ("datacite", "dois"),
    "datacite/dois-single": ("datacite", "doi"),
    "doi-ra": ("doiorg", "ra"),
    "europepmc/citations": ("europepmc", "citations"),
    "europepmc/search": ("europepmc", "search"),
    "ncbi/idconv": ("ncbi", "articles"),
    "openalex/works-list": ("openalex", "works"),
    "opencitations/index-v1-citations": ("opencitations", "citations"),
    "semanticscholar/citations": ("semanticscholar", "citations"),
    "semanticscholar/paper": ("semanticscholar", "paper"),
}
"""Folders of recorded answers that are as the source sent them."""


@pytest.mark.shared
@pytest.mark.parametrize("folder", RECORDED)
def test_recorded_answers_have_no_field_that_the_shapes_do_not_know(shared, folder):
    recorded = shared / "recorded"
    with (recorded / "MANIFEST.tsv").open(encoding="utf-8") as manifest:
        rows = csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE)
        files = [row["file"] for row in rows if row["http_status"] in ("", "200")]
    source, endpoint = RECORDED[folder]
    found = drift_in(
        answer(source, endpoint, (recorded / file).read_bytes(), key=file)
        for file in files
        if file.startswith(f"{folder}/")
    )

    unknown = [one.name for one in found if one.kind == "unknown_field"]
    assert unknown == []
