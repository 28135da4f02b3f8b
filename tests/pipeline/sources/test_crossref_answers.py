"""Crossref: what each kind of body is, and what the recorded ones are."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.base import ParseContext
from pipeline.sources.crossref import SOURCE
from schemas.provenance import Parsed
from schemas.work import WorkRecord

ALONE = ParseContext()
NOT_FOUND = b"Resource not found."
PAGED = {"items-per-page": 2, "next-cursor": "AoJ+/=", "total-results": 41}


def item(doi: str = "10.1234/abc", **fields: Any) -> dict[str, Any]:
    return {"DOI": doi, "type": "journal-article", "title": ["A title"]} | fields


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def single_body(message: object) -> bytes:
    return body({"status": "ok", "message-type": "work", "message": message})


def list_body(*dois: str, **message: Any) -> bytes:
    listed = {"total-results": len(dois), "items": [item(doi) for doi in dois]}
    return body(
        {"status": "ok", "message-type": "work-list", "message": listed | message}
    )


def test_404_is_absent_not_error() -> None:
    parsed = SOURCE.parse(NOT_FOUND, ParseContext("work", ("10.1234/a",)))
    assert (parsed.kind, parsed.received, parsed.soft_error) == ("not-found", 1, None)
    assert parsed.absent[0].subject == "10.1234/a"


@pytest.mark.parametrize("endpoint", [None, "work", "works"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"<html><body><h1>429 Too Many Requests</h1></body></html>",
        b"<!DOCTYPE html><html><head><title>504</title></head></html>",
        b'{"status":"ok","message-type":"work","message":{"DOI":"10.12',
        body({"status": "error", "message-type": "exception", "message": {}}),
        body(
            {
                "status": "failed",
                "message-type": "validation-failure",
                "message": [{"type": "filter-not-available", "message": "no such"}],
            }
        ),
    ],
)
def test_an_error_body_holds_nothing(content: bytes, endpoint: str | None) -> None:
    parsed = SOURCE.parse(content, ParseContext(endpoint, ("10.1234/a",)))
    assert (parsed.kind, parsed.received) == ("error", 0)
    assert parsed.soft_error


@pytest.mark.parametrize(
    "content",
    [
        body({"status": "ok", "message-type": "member", "message": {"id": 78}}),
        body({"status": "ok", "message-type": "funder-list", "message": {"items": []}}),
        body({"status": "ok", "message-type": "work-agency", "message": {"DOI": "x"}}),
        b'<?xml version="1.0"?><crossref_result/>',
        b"@article{a, title={B}}",
        b"[]",
        b"7",
        b"null",
    ],
)
def test_another_kind_is_not_handled_and_no_answer_to_a_question(
    content: bytes,
) -> None:
    assert SOURCE.parse(content, ALONE) == Parsed(kind=None)
    asked = SOURCE.parse(content, ParseContext("work", ("10.1234/a",)))
    assert (asked.kind, asked.received) == (None, 0)
    assert asked.soft_error


def test_dumps_are_read_in_all_their_forms() -> None:
    two = [item("10.1234/a"), item("10.1234/b")]
    lines = b"\n".join(map(body, two)) + b"\n\n"
    for content in (body({"items": two}), body(two), lines):
        parsed = SOURCE.parse(content, ALONE)
        assert (parsed.kind, len(parsed.works)) == ("items", 2)
    assert len(SOURCE.parse(body(two[0]), ALONE).works) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"message": item()},
        {"status": "ok", "message": item()},
        item(status="published"),
    ],
)
def test_a_work_is_known_without_its_envelope(content: object) -> None:
    parsed = SOURCE.parse(body(content), ALONE)
    assert (parsed.kind, parsed.parsed_count) == ("work", 1)


def test_csl_json_has_strings_where_crossref_has_lists() -> None:
    csl = {
        "DOI": "10.1234/A",
        "type": "article-journal",
        "title": "A title",
        "container-title": "A journal",
        "issued": {"date-parts": [["2019", "2"]]},
        "author": [{"literal": "A Group"}],
    }
    record = SOURCE.parse(body(csl), ALONE).works[0]
    assert (record.title, record.container_title) == ("A title", "A journal")
    assert (record.publication_type, record.tokens) == ("article", ("doi:10.1234/a",))
    assert record.published_date
    assert record.published_date.iso == "2019-02"
    assert record.authors
    assert record.authors[0].name == "A Group"


def test_a_record_without_a_doi_is_rejected_beside_its_neighbours() -> None:
    content = list_body(items=[item(), {"title": ["x"]}, item("no doi"), None])
    parsed = SOURCE.parse(content, ALONE)
    assert (parsed.received, len(parsed.works)) == (4, 1)
    assert [reject.index for reject in parsed.rejects] == [1, 2, 3]
    assert parsed.rejects[0].errors[0].field == "DOI"


def test_next_cursor_on_the_last_page_is_no_next_page() -> None:
    full = list_body("10.1234/a", "10.1234/b", **PAGED)
    assert SOURCE.parse(full, ALONE).next_cursor == "AoJ+/="
    last = list_body("10.1234/a", **PAGED)
    assert SOURCE.parse(last, ALONE).next_cursor is None
    assert SOURCE.parse(list_body(**PAGED), ALONE).next_cursor is None


def test_a_page_of_a_long_list_is_no_contradiction_in_a_file() -> None:
    parsed = SOURCE.parse(list_body("10.1234/a", **PAGED), ALONE)
    assert (parsed.declared_total, parsed.soft_error) == (41, None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (list_body("10.1234/a", **{"total-results": 2}), "2 results declared, 1 sent"),
        (list_body("10.1234/other"), "doi:10.1234/other was not asked for"),
        (list_body(items=None), "without items"),
        (single_body(item()), "asked for a work-list, answered work"),
        (NOT_FOUND, "asked for a work-list, answered not-found"),
    ],
)
def test_a_list_that_does_not_answer_the_question_is_a_soft_error(
    content: bytes, why: str
) -> None:
    context = ParseContext("works", ("10.1234/a", "10.1234/b"))
    assert why in (SOURCE.parse(content, context).soft_error or "")


def test_a_shorter_list_than_asked_for_is_a_whole_answer() -> None:
    context = ParseContext("works", ("10.1234/a", "10.1234/b"))
    assert SOURCE.parse(list_body("10.1234/B"), context).soft_error is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "DOI",
        "title",
        "type",
        "author",
        "issued",
        "ISSN",
        "issn-type",
        "relation",
        "update-to",
        "updated-by",
        "reference",
        "license",
        "alias",
        "is-referenced-by-count",
        "references-count",
        "message",
        "items",
        "status",
        "message-type",
        "total-results",
        "next-cursor",
    ]
)


@settings(deadline=None)
@given(st.dictionaries(FIELDS, JSON), st.sampled_from([None, "work", "works"]))
def test_no_shape_of_any_field_breaks_the_parser(
    fields: dict[str, Any], endpoint: str | None
) -> None:
    context = ParseContext(endpoint, ("10.1234/a",))
    for content in (body(fields), single_body({"DOI": "10.1234/a"} | fields)):
        parsed = SOURCE.parse(content, context)
        accounted = len(parsed.works) + len(parsed.rejects) + len(parsed.absent)
        assert parsed.received == accounted


def recorded(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if file.suffix == ".gz" else content


@pytest.mark.shared
def test_recorded_answers_are_read_and_add_up(shared: Path) -> None:
    files = sorted((shared / "recorded" / "crossref").glob("*/*"))
    kinds: Counter[tuple[str, str]] = Counter()
    received = rejected = 0
    for file in files:
        parsed = SOURCE.parse(recorded(file), ALONE)
        kinds[file.parent.name, str(parsed.kind)] += 1
        received += parsed.received
        rejected += len(parsed.rejects)
        for reject in parsed.rejects:
            print(file.name, reject)  # noqa: T201 - shown with -s
    for (folder, kind), number in sorted(kinds.items()):
        print(f"{folder:22}{kind:12}{number:5}")  # noqa: T201 - likewise
    assert received > 7_000
    assert rejected <= received * 0.01


@pytest.mark.shared
def test_a_recorded_html_429_is_an_error_and_holds_nothing(shared: Path) -> None:
    (file,) = (shared / "recorded" / "crossref").glob("*/*429__*.html")
    assert SOURCE.parse(recorded(file), ALONE).kind == "error"


@pytest.mark.shared
def test_each_recorded_work_is_rebuilt_to_the_same_record(shared: Path) -> None:
    for file in sorted((shared / "recorded" / "crossref" / "work").glob("*.json")):
        for record in SOURCE.parse(recorded(file), ALONE).works:
            assert WorkRecord.model_validate_json(record.model_dump_json()) == record
            assert record.record_key in record.tokens
            assert record.references == tuple(sorted(set(record.references)))
