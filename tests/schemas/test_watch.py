"""The watch-list: tags, and what an import reports."""

import pytest

from schemas.watch import WatchedFile, WatchImport, WatchProblem, normalise_tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("thesis", "thesis"),
        ("  My \t thesis ", "My thesis"),
        ("e\u0301tude", "\u00e9tude"),
    ],
)
def test_a_tag_has_single_blanks_and_keeps_its_letters(typed: str, tag: str):
    assert normalise_tag(typed) == tag
    assert normalise_tag(tag) == tag


@pytest.mark.parametrize("typed", ["", " ", "a,b", "a\x1bb", "a\ud800", "x" * 65])
def test_what_is_no_tag_is_refused(typed: str):
    with pytest.raises(ValueError, match="not a tag"):
        normalise_tag(typed)


def report(*, problems: int = 0, **counts: int) -> WatchImport:
    file = WatchedFile(file="a", format="dois", **counts)
    problem = WatchProblem(file="a", message="wrong")
    return WatchImport(files=(file,), problems=problems * (problem,), watched_count=0)


@pytest.mark.parametrize(
    ("found", "exit_code"),
    [
        (report(entry_count=1, added_count=1), 0),
        (report(entry_count=1, already_watched_count=1), 0),
        (report(entry_count=2, added_count=1, without_doi_count=1), 0),
        (report(entry_count=2, added_count=1, broken_count=1, problems=1), 3),
        (report(entry_count=1, broken_count=1, problems=1), 1),
        (report(entry_count=1, without_doi_count=1), 1),
        (report(problems=1), 1),
    ],
)
def test_the_exit_code_says_whether_anything_was_usable(
    found: WatchImport, exit_code: int
):
    assert found.exit_code == exit_code
