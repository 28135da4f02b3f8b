"""DataCite: what each kind of body is, and what the recorded ones are."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.base import ParseContext
from pipeline.sources.datacite import SOURCE
from schemas.provenance import Parsed
from schemas.work import WorkRecord

ALONE = ParseContext()
ASKED = ("10.5072/a", "10.5072/b")
NOT_FOUND = {"errors": [{"status": "404", "title": "The resource doesn't exist."}]}


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def item(doi: str = "10.5072/a", **fields: Any) -> dict[str, Any]:
    said = {"doi": doi, "titles": [{"title": "A title"}]} | fields
    return {"id": doi.lower(), "type": "dois", "attributes": said}


def list_body(*dois: str, **meta: Any) -> bytes:
    counted = {"total": len(dois), "totalPages": 1, "page": 1} | meta
    links = {"self": "https://api.datacite.org/dois?query=x"}
    data = [item(doi) for doi in dois]
    return body({"data": data, "meta": counted, "links": links})


# Kinds


def test_a_single_work_and_a_list_are_read() -> None:
    single = SOURCE.parse(body({"data": item()}), ALONE)
    listed = SOURCE.parse(list_body(*ASKED), ALONE)
    assert (single.kind, single.parsed_count) == ("doi", 1)
    assert (listed.kind, listed.parsed_count, listed.declared_total) == ("dois", 2, 2)


def test_404_is_absent_not_error() -> None:
    parsed = SOURCE.parse(body(NOT_FOUND), ParseContext("doi", ("10.5072/a",)))
    assert (parsed.kind, parsed.received, parsed.soft_error) == ("not-found", 1, None)
    assert parsed.absent[0].subject == "10.5072/a"


@pytest.mark.parametrize("endpoint", [None, "doi", "dois"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"<html>\r\n<head><title>403 Forbidden</title></head></html>",
        b'{"data":{"id":"10.50',
        body({"errors": [{"status": "500", "title": "Internal error"}]}),
        body({"errors": [{"status": 400, "title": "parse_exception"}]}),
        body({"errors": []}),
        body({"errors": ["broken"]}),
        body({"errors": [NOT_FOUND["errors"][0], {"status": "500"}]}),
    ],
)
def test_an_error_body_holds_nothing(content: bytes, endpoint: str | None) -> None:
    parsed = SOURCE.parse(content, ParseContext(endpoint, ("10.5072/a",)))
    assert (parsed.kind, parsed.received) == ("error", 0)
    assert parsed.soft_error


def test_a_refusal_is_quoted() -> None:
    content = body({"errors": [{"status": "422", "title": "is too long"}]})
    assert SOURCE.parse(content, ALONE).soft_error == "422: is too long"


@pytest.mark.parametrize(
    "content",
    [
        body({"data": {"id": "10.5072", "type": "prefixes", "attributes": {}}}),
        body({"data": [{"id": "a.b", "type": "clients", "attributes": {"name": "B"}}]}),
        body({"data": {"work": {"doi": "10.5072/a"}}}),
        body({"data": {"id": "1", "type": "events", "attributes": {"doi": "10.1/a"}}}),
        body({"DOI": "10.5072/a", "title": "CSL JSON"}),
        b'<?xml version="1.0"?><resource xmlns="http://datacite.org/schema/kernel-4"/>',
        b"@misc{a, title={B}}",
        b"eyJkYXRhIjpbXX0=",
        b"[]",
        b"7",
        b"null",
    ],
)
def test_another_kind_is_not_handled_and_no_answer_to_a_question(
    content: bytes,
) -> None:
    assert SOURCE.parse(content, ALONE) == Parsed(kind=None)
    asked = SOURCE.parse(content, ParseContext("doi", ("10.5072/a",)))
    assert (asked.kind, asked.received) == (None, 0)
    assert asked.soft_error


def test_dumps_are_read_in_all_their_forms() -> None:
    two = [item("10.5072/a"), item("10.5072/b")]
    lines = b"\n".join(map(body, two)) + b"\n\n"
    for content in (body(two), lines):
        parsed = SOURCE.parse(content, ALONE)
        assert (parsed.kind, len(parsed.works)) == ("items", 2)
    assert len(SOURCE.parse(body(two[0]), ALONE).works) == 1


def test_a_line_that_is_not_json_is_rejected_beside_its_neighbours() -> None:
    lines = [body(item("10.5072/a")), b'{"id": "10.5072/b", "type', body(item())]
    parsed = SOURCE.parse(b"\n".join(lines), ALONE)
    assert [reject.index for reject in parsed.rejects] == [1]
    assert len(parsed.works) == 2


def test_an_empty_list_says_of_what_it_is_one_or_may_be_of_anything() -> None:
    assert SOURCE.parse(list_body(), ALONE).kind == "dois"
    assert SOURCE.parse(body({"data": []}), ALONE).kind == "empty"
    assert SOURCE.parse(body({"data": []}), ParseContext("dois", ASKED)).kind == "dois"


# Items


def test_an_item_that_names_no_work_is_rejected_beside_its_neighbours() -> None:
    data = [item(), {"id": "no doi", "type": "dois", "attributes": {}}, None, item()]
    parsed = SOURCE.parse(body({"data": data}), ALONE)
    assert (parsed.received, len(parsed.works)) == (4, 2)
    assert [reject.index for reject in parsed.rejects] == [1, 2]


@pytest.mark.parametrize("attributes", [None, [], "x", 7])
def test_an_item_without_attributes_is_still_its_doi(attributes: object) -> None:
    data = [item(), {"id": "10.5072/b", "type": "dois", "attributes": attributes}]
    parsed = SOURCE.parse(body({"data": data}), ALONE)
    assert [work.record_key for work in parsed.works] == [
        "doi:10.5072/a",
        "doi:10.5072/b",
    ]


@pytest.mark.parametrize("kind", [[], {}, 7, True, "clients"])
def test_an_item_of_no_known_type_is_no_work(kind: object) -> None:
    odd = item() | {"type": kind}
    assert SOURCE.parse(body({"data": odd}), ALONE) == Parsed(kind=None)
    assert SOURCE.parse(body({"data": [odd]}), ALONE) == Parsed(kind=None)


def test_an_item_without_a_type_is_a_work_if_it_has_a_doi() -> None:
    untyped = {"attributes": {"doi": "10.5072/a"}}
    assert SOURCE.parse(body({"data": untyped}), ALONE).parsed_count == 1


# Answers to questions


def test_a_page_of_a_long_list_is_no_contradiction_in_a_file() -> None:
    parsed = SOURCE.parse(list_body("10.5072/a", total=41), ALONE)
    assert (parsed.declared_total, parsed.soft_error) == (41, None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (list_body("10.5072/a", total=2), "2 results declared, 1 sent"),
        (list_body("10.5072/other"), "doi:10.5072/other was not asked for"),
        (body({"data": item()}), "asked for dois, answered doi"),
        (body(NOT_FOUND), "asked for dois, answered not-found"),
        (body({"meta": {}}), "asked for dois, answered something else"),
    ],
)
def test_a_list_that_does_not_answer_the_question_is_a_soft_error(
    content: bytes, why: str
) -> None:
    context = ParseContext("dois", ASKED)
    assert why in (SOURCE.parse(content, context).soft_error or "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (body({"data": item("10.5072/b")}), "doi:10.5072/b was not asked for"),
        (list_body("10.5072/a"), "asked for doi, answered dois"),
        (body({"data": []}), "asked for doi, answered dois"),
    ],
)
def test_a_single_that_answers_something_else_is_a_soft_error(
    content: bytes, why: str
) -> None:
    context = ParseContext("doi", ("10.5072/a",))
    assert why in (SOURCE.parse(content, context).soft_error or "")


def test_a_shorter_list_than_asked_for_in_another_case_is_a_whole_answer() -> None:
    context = ParseContext("dois", ASKED)
    assert SOURCE.parse(list_body("10.5072/B"), context).soft_error is None


# Whatever comes


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "author",
        "container",
        "creators",
        "data",
        "dates",
        "descriptions",
        "docs",
        "doi",
        "errors",
        "id",
        "identifiers",
        "links",
        "meta",
        "nameIdentifiers",
        "publicationYear",
        "publisher",
        "relatedIdentifiers",
        "relatedItems",
        "response",
        "rightsList",
        "title",
        "titles",
        "types",
    ]
)


@settings(deadline=None)
@given(st.dictionaries(FIELDS, JSON), st.sampled_from([None, "doi", "dois"]))
def test_no_shape_of_any_field_breaks_the_parser(
    fields: dict[str, Any], endpoint: str | None
) -> None:
    context = ParseContext(endpoint, ("10.5072/a",))
    odd = item() | {"attributes": item()["attributes"] | fields}
    for value in (fields, {"data": odd}, {"data": [item(), odd]}):
        parsed = SOURCE.parse(body(value), context)
        accounted = len(parsed.works) + len(parsed.rejects) + len(parsed.absent)
        assert parsed.received == accounted


def recorded(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if file.suffix == ".gz" else content


@pytest.mark.shared
def test_recorded_answers_are_read_and_add_up(shared: Path) -> None:
    kinds: Counter[tuple[str, str]] = Counter()
    received, reasons = 0, []
    for file in sorted((shared / "recorded" / "datacite").glob("*/*")):
        parsed = SOURCE.parse(recorded(file), ALONE)
        kinds[file.parent.name, str(parsed.kind)] += 1
        received += parsed.received
        reasons += [error for reject in parsed.rejects for error in reject.errors]
    for (folder, kind), number in sorted(kinds.items()):
        print(f"{folder:22}{kind:12}{number:5}")  # noqa: T201 - shown with -s
    assert received > 300
    # One line of a dump was broken on purpose by whoever recorded it.
    assert len(reasons) <= 1
    assert kinds["xml", "None"] == 40
    assert kinds["dois-single", "error"] == kinds["dois-list", "error"] == 0


@pytest.mark.shared
def test_each_recorded_work_is_rebuilt_to_the_same_record(shared: Path) -> None:
    for file in sorted((shared / "recorded" / "datacite" / "dois-single").glob("*")):
        for record in SOURCE.parse(recorded(file), ALONE).works:
            assert WorkRecord.model_validate_json(record.model_dump_json()) == record
            assert record.record_key in record.tokens
            assert not set(record.references) & set(record.tokens)
