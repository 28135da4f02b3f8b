"""One DOI a line."""

import pytest

from pipeline.watch_import.doi_lines import without_comment


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("10.5555/a", "10.5555/a"),
        ("  10.5555/a  # the tides", "10.5555/a"),
        ("10.5555/a#b", "10.5555/a#b"),
        ("# only a comment", ""),
        ("", ""),
    ],
)
def test_comments_in_a_file_of_dois(line: str, doi: str):
    assert without_comment(line) == doi


def test_bad_lines_are_named_and_the_good_ones_taken(read):
    found = read("a.txt", "# mine\n\nhttps://doi.org/10.5555/A\nrubbish\n10.5555/a\n")

    assert [(one.doi, one.typed) for one in found.candidates] == [
        ("10.5555/a", "https://doi.org/10.5555/A")
    ]
    assert (found.format, found.repeated_count, found.broken_count) == ("dois", 1, 1)
    (problem,) = found.problems
    assert (problem.line, "'rubbish'" in problem.message) == (4, True)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(dois, end):
    assert dois("a", end.join(["10.5555/a", "", "10.5555/b"])) == [
        "10.5555/a",
        "10.5555/b",
    ]
