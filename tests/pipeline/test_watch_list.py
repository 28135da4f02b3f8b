"""The watch-list: a file that a person can read, and that two writers cannot tear."""

import datetime as dt
import json
import subprocess
import sys

import pytest
from filelock import FileLock

from pipeline.errors import ConfigError, WarehouseError
from pipeline.watch_import.candidates import Candidate
from pipeline.watch_list import (
    FILE_NAME,
    LOCK_NAME,
    add_works,
    read_watch_list,
    remove_works,
    watched_dois,
)

DAY = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
A = Candidate("10.5555/a", "doi:10.5555/A", "a.bib")
B = Candidate("10.5555/b", "10.5555/b")


def lines(home):
    text = (home / FILE_NAME).read_text()
    return [json.loads(line) for line in text.splitlines()]


def test_each_work_is_a_line_sorted_by_doi(tmp_path):
    added = add_works(tmp_path, [B, A], tags=["z", "m", "z"], now=DAY)

    assert (added.watched_count, added.tagged_count) == (2, 0)
    assert added.is_new("10.5555/a")
    assert lines(tmp_path)[0] == {
        "doi": "10.5555/a",
        "typed": "doi:10.5555/A",
        "tags": ["m", "z"],
        "added_at": "2026-11-23T02:00:00Z",
        "from_file": "a.bib",
    }
    assert watched_dois(tmp_path) == ["10.5555/a", "10.5555/b"]


def test_a_work_that_is_watched_keeps_its_past_and_gets_the_tags(tmp_path):
    add_works(tmp_path, [A], tags=["m"], now=DAY)
    again = Candidate("10.5555/a", "10.5555/a", "other.bib")

    added = add_works(tmp_path, [again], tags=["z"])

    assert (added.watched_count, added.tagged_count) == (1, 1)
    assert not added.is_new("10.5555/a")
    (work,) = read_watch_list(tmp_path)
    assert (work.typed, work.from_file, work.added_at) == (A.typed, "a.bib", DAY)
    assert work.tags == ("m", "z")


def test_what_changes_nothing_writes_nothing(tmp_path):
    add_works(tmp_path, [A], tags=["m"])
    before = (tmp_path / FILE_NAME).stat()

    assert add_works(tmp_path, [A], tags=["m"]).tagged_count == 0
    remove_works(tmp_path, ["10.5555/nobody"])

    after = (tmp_path / FILE_NAME).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_works_are_found_by_their_tag(tmp_path):
    add_works(tmp_path, [A], tags=["m"])
    add_works(tmp_path, [B], tags=["mm"])

    assert watched_dois(tmp_path, tag="m") == ["10.5555/a"]
    assert watched_dois(tmp_path, tag="nobody") == []


def test_works_are_removed_by_doi(tmp_path):
    add_works(tmp_path, [A, B])

    done = remove_works(tmp_path, ["10.5555/z", "10.5555/a"])

    assert (done.removed, done.not_found) == (("10.5555/a",), ("10.5555/z",))
    assert (done.watched_count, watched_dois(tmp_path)) == (1, ["10.5555/b"])


def test_works_are_removed_by_tag(tmp_path):
    add_works(tmp_path, [A], tags=["m", "z"])
    add_works(tmp_path, [B], tags=["z"])

    assert remove_works(tmp_path, tag="m").removed == ("10.5555/a",)
    assert watched_dois(tmp_path) == ["10.5555/b"]


def test_a_tag_is_taken_off_and_the_work_stays(tmp_path):
    add_works(tmp_path, [A, B], tags=["m", "z"])

    done = remove_works(tmp_path, ["10.5555/a"], tag="m", tag_only=True)
    assert (done.untagged, done.removed) == (("10.5555/a",), ())
    assert watched_dois(tmp_path, tag="m") == ["10.5555/b"]

    remove_works(tmp_path, tag="m", tag_only=True)
    assert [work.tags for work in read_watch_list(tmp_path)] == [("z",), ("z",)]


def test_a_home_that_is_not_there_is_made_by_an_addition_only(tmp_path):
    home = tmp_path / "no" / "home"

    assert watched_dois(home) == []
    for call in (read_watch_list, remove_works):
        with pytest.raises(WarehouseError, match="there is no folder"):
            call(home)
    assert not home.exists()

    add_works(home, [A])
    assert watched_dois(home) == ["10.5555/a"]


def test_a_home_without_a_list_watches_nothing(tmp_path):
    assert read_watch_list(tmp_path) == []
    assert remove_works(tmp_path, ["10.5555/a"]).not_found == ("10.5555/a",)
    assert not (tmp_path / FILE_NAME).exists()


def test_a_list_may_be_edited_by_hand(tmp_path):
    add_works(tmp_path, [A], now=DAY)
    own = {"doi": "https://doi.org/10.5555/B", "typed": "b", "added_at": str(DAY)}
    with (tmp_path / FILE_NAME).open("a") as file:
        file.write(f"\n{json.dumps(own)}")

    assert watched_dois(tmp_path) == ["10.5555/a", "10.5555/b"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"10.5555/b", "line 2 is not a watched work"),
        (
            b'{"doi": "eleven", "typed": "", "added_at": "2026-01-01T00:00:00Z"}',
            "eleven",
        ),
        (b"\xff", "line 2 is not a watched work"),
        (None, "line 2: 10.5555/a stands further up already"),
    ],
)
def test_a_line_that_is_no_work_is_named_and_nothing_is_written(tmp_path, line, says):
    add_works(tmp_path, [A])
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes() + (line or path.read_bytes()))
    before = path.read_bytes()

    for call in (read_watch_list, lambda home: add_works(home, [B])):
        with pytest.raises(WarehouseError, match=says):
            call(tmp_path)
    assert path.read_bytes() == before


def test_a_list_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(WarehouseError, match=f"{FILE_NAME}: Is a directory"):
        read_watch_list(tmp_path)


def test_a_home_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot write the watch-list"):
        add_works(tmp_path / "file", [A])


def test_a_list_that_lies_elsewhere_stays_there(tmp_path):
    home, other = tmp_path / "home", tmp_path / "kept.jsonl"
    home.mkdir()
    other.write_text("")
    (home / FILE_NAME).symlink_to(other)

    add_works(home, [A])

    assert (home / FILE_NAME).is_symlink()
    assert "10.5555/a" in other.read_text()


def test_changes_at_once_lose_no_work(tmp_path):
    script = (
        "import sys; from pathlib import Path\n"
        "from pipeline.watch_import.candidates import Candidate\n"
        "from pipeline.watch_list import add_works\n"
        "for n in range(10):\n"
        "    doi = f'10.5555/{sys.argv[2]}.{n}'\n"
        "    add_works(Path(sys.argv[1]), [Candidate(doi, doi)])\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name])
        for name in "abcd"
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]

    assert len(watched_dois(tmp_path)) == 40
    assert {path.name for path in tmp_path.iterdir()} <= {FILE_NAME, LOCK_NAME}


def test_a_list_is_read_while_somebody_changes_it_and_while_a_run_goes_on(tmp_path):
    add_works(tmp_path, [A])
    with FileLock(tmp_path / LOCK_NAME):
        assert watched_dois(tmp_path) == ["10.5555/a"]
    with FileLock(tmp_path / "run.lock"), FileLock(tmp_path / "citehouse.lock"):
        add_works(tmp_path, [B])
    assert len(watched_dois(tmp_path)) == 2
