"""Connections of a server that stays up while generations come and go."""

from pathlib import Path

import pytest

from warehouse.generation import next_generation
from warehouse.report.web.readers import Readers

CITED = "select doi from core.cited_doi"


def publish(home: Path, number: int) -> Path:
    with next_generation(home, f"r{number}") as generation:
        generation.con.execute("delete from core.cited_doi")
        generation.con.execute(
            "insert into core.cited_doi values ($1, $1, 'doi:' || $1, 'r1', 'r1')",
            [f"10.1/{number}"],
        )
    return generation.path


def open_files() -> set[Path]:
    return {path.resolve() for path in Path("/proc/self/fd").iterdir()}


def test_a_request_ends_on_its_generation_while_the_next_is_published(tmp_path):
    publish(tmp_path, 1)
    readers = Readers(tmp_path)
    with readers.connection() as early:
        publish(tmp_path, 2)
        with readers.connection() as late:
            assert late.execute(CITED).fetchall() == [("10.1/2",)]
        assert early.execute(CITED).fetchall() == [("10.1/1",)]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells")
def test_a_generation_that_nobody_reads_any_more_is_let_go(tmp_path):
    first = publish(tmp_path, 1)
    readers = Readers(tmp_path)
    with readers.connection():
        assert first.resolve() in open_files()
    second = publish(tmp_path, 2)
    with readers.connection():
        assert first.resolve() not in open_files()
        assert second.resolve() in open_files()
