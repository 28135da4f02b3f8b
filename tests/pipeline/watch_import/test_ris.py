"""RIS: each record is read, also where an export forgot its end."""

import pytest


def test_the_doi_of_each_record(dois):
    text = """Provider: Moss Library
TY  - JOUR
TI  - Tides
  that go on
DO  - https://doi.org/10.5555/A
ER  -

TY  - BOOK
DO  - 10.5555/b
UR  - https://doi.org/10.5555/other
ER  - \n"""
    assert dois("a.ris", text) == ["10.5555/a", "10.5555/b"]


@pytest.mark.parametrize(
    "field", ["UR  - https://doi.org/10.5555/a", "M3  - doi:10.5555/a"]
)
def test_a_doi_may_stand_in_a_link(dois, field):
    text = f"TY  - JOUR\nUR  - https://example.org\n{field}\nER  - \n"
    assert dois("a.ris", text) == ["10.5555/a"]


def test_records_without_their_end_or_beginning_are_records(dois):
    text = "TY  - JOUR\nDO  - 10.5555/a\nTY  - JOUR\nDO  - 10.5555/b\nER  - \n"
    text += "TI  - no type\nDO - 10.5555/c\nER  - \nTY  - JOUR\nDO  -10.5555/d"
    assert dois("a.ris", text) == [f"10.5555/{letter}" for letter in "abcd"]


def test_a_record_of_two_dois_is_two_entries(dois):
    text = "TY  - JOUR\nDO  - 10.5555/a\nDO  - 10.5555/b\nER  - \n"
    assert dois("a.ris", text) == ["10.5555/a", "10.5555/b"]


def test_records_without_a_doi_are_told_from_broken_ones(read):
    text = "TY  - JOUR\nID  - moss\nDO  - eleven\nER  - \nTY  - JOUR\nER  - \n"
    found = read("a.ris", text)

    assert (found.without_doi_count, found.broken_count) == (1, 1)
    (problem,) = found.problems
    assert (problem.line, problem.key) == (3, "moss")


def test_a_text_without_records_is_named(read):
    (problem,) = read("a.ris", "10.5555/a\n").problems
    assert "no RIS record" in problem.message
