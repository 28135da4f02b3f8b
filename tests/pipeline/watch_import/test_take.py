"""An import: every entry is in one of the counts, and good ones are never held back."""

import pytest

from pipeline.errors import UsageError
from pipeline.watch_import import file_text
from pipeline.watch_import.take import take_dois, take_files
from pipeline.watch_list import FILE_NAME, read_watch_list, watched_dois
from schemas.watch import WatchedFile


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text)
        return str(tmp_path / name)

    return write


def test_each_entry_of_each_file_is_in_one_count(home, file):
    take_dois(home, ["10.5555/old"])
    first = file("a.txt", "10.5555/a\n10.5555/OLD\n10.5555/a\nrubbish\n")
    second = file("b.csv", "DOI,Title\n10.5555/A,moss\n10.5555/b,\n,tides\n")

    done = take_files(home, [first, second], tags=["m"])

    assert done.files == (
        WatchedFile(
            file=first,
            format="dois",
            entry_count=4,
            added_count=1,
            already_watched_count=1,
            repeated_count=1,
            broken_count=1,
        ),
        WatchedFile(
            file=second,
            format="csv",
            entry_count=3,
            added_count=1,
            repeated_count=1,
            without_doi_count=1,
        ),
    )
    assert (done.tagged_count, done.watched_count, done.exit_code) == (1, 3, 3)
    assert [(one.file, one.line) for one in done.problems] == [(first, 4)]
    origins = {work.doi: work.from_file for work in read_watch_list(home)}
    assert origins == {"10.5555/a": first, "10.5555/b": second, "10.5555/old": None}
    assert {work.tags for work in read_watch_list(home)} == {("m",)}


def test_an_import_twice_is_an_import_once(home, file):
    name = file("a.txt", "10.5555/a\n")
    take_files(home, [name])
    before = (home / FILE_NAME).read_bytes()

    done = take_files(home, [name, name])

    assert (home / FILE_NAME).read_bytes() == before
    assert [one.already_watched_count for one in done.files] == [1]


def test_files_without_anything_usable_leave_no_trace(home, file):
    done = take_files(home, [file("a.bib", "no entry"), file("b.txt", "rubbish\n")])

    assert (done.exit_code, done.watched_count) == (1, 0)
    assert len(done.problems) == 2
    assert not home.exists()


def test_a_file_that_cannot_be_read_holds_everything_back(home, file):
    good = file("a.txt", "10.5555/a\n")
    for bad in (f"{good}x", str(home.parent), "a\0b"):
        with pytest.raises(UsageError, match="nothing was imported"):
            take_files(home, [good, bad])
    assert not home.exists()


def test_a_file_that_is_too_large_is_refused(home, file, monkeypatch):
    monkeypatch.setattr(file_text, "MAX_FILE_BYTES", 5)
    with pytest.raises(UsageError, match="divide it"):
        take_files(home, [file("a.txt", "10.5555/a\n")])


def test_a_doi_or_tag_that_is_none_holds_everything_back(home):
    with pytest.raises(UsageError, match=r"'eleven'.*the watch-list is as it was"):
        take_dois(home, ["10.5555/a", "eleven"])
    with pytest.raises(UsageError, match="not a tag"):
        take_dois(home, ["10.5555/a"], tags=[""])
    assert not home.exists()


def test_dois_are_taken_in_any_spelling(home):
    done = take_dois(home, ["10.5555/A", "https://doi.org/10.5555/a", "10.5555/b"])

    assert (done.added_count, done.repeated_count, done.watched_count) == (2, 1, 2)
    assert watched_dois(home) == ["10.5555/a", "10.5555/b"]
