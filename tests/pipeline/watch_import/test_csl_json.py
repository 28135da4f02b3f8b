"""CSL-JSON: lists, single items, and what breaks off."""

import json

import pytest

ITEM = {"id": "moss", "type": "book", "DOI": "10.5555/A"}


@pytest.mark.parametrize("value", [ITEM, [ITEM], {"items": [ITEM]}])
def test_one_item_a_list_and_a_list_of_items_are_read(dois, value):
    assert dois("a.json", json.dumps(value)) == ["10.5555/a"]


def test_a_doi_may_stand_in_the_link(dois):
    value = [{"URL": "https://doi.org/10.5555/a", "DOI": " "}]
    assert dois("a.json", json.dumps(value)) == ["10.5555/a"]


def test_items_that_are_none_are_named_by_id_or_number(read):
    value = [
        {"id": 7, "DOI": 10.5},
        "text",
        ITEM,
        {"DOI": "eleven"},
        {"id": "none", "URL": "https://example.org", "DOI": None},
    ]
    found = read("a.json", json.dumps(value))

    assert [one.doi for one in found.candidates] == ["10.5555/a"]
    assert [one.key for one in found.problems] == ["7", "item 2", "item 4"]
    assert "DOI" in found.problems[0].message
    assert (found.entry_count, found.without_doi_count) == (5, 1)


@pytest.mark.parametrize("begin", ["[", ' {"items" : ['])
@pytest.mark.parametrize("end", ["", ",", ', {"id": "cut', ", nonsense]", "] more"])
def test_what_stands_before_a_break_is_taken_and_the_place_named(read, begin, end):
    whole = ",\n".join(json.dumps({**ITEM, "DOI": f"10.5555/{n}"}) for n in range(3))
    found = read("a.json", f"{begin}{whole}{end}")

    assert [one.doi for one in found.candidates] == [f"10.5555/{n}" for n in range(3)]
    (problem,) = found.problems
    assert problem.line == 3
    assert "nothing after item 3" in problem.message


def test_an_item_that_breaks_off_gives_nothing(read):
    found = read("a.json", '{"author": [{"DOI": "10.5555/a"},\n {"DOI": "10.5555/b"')

    assert found.candidates == []
    assert [one.line for one in found.problems] == [2]


def test_numbers_that_json_does_not_have_are_no_fault(dois):
    assert dois("a.json", '[{"volume": NaN, "DOI": "10.5555/a"}]') == ["10.5555/a"]


def test_brackets_without_end_are_no_crash(read):
    found = read("a.json", "[" * 100_000)
    assert found.candidates == []
    assert len(found.problems) == 1


def test_an_empty_list_is_named(read):
    (problem,) = read("a.json", "[]").problems
    assert "empty list" in problem.message
