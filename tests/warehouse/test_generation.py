"""Publishing: readers never wait nor see half, and a killed writer breaks nothing."""

import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from filelock import FileLock

from warehouse.connection import known_agencies, open_building, open_readonly
from warehouse.errors import WarehouseFault
from warehouse.generation import next_generation
from warehouse.migrate import Migration, migrate, migrations
from warehouse.query import run_query

COUNT = (
    "select count(*), min(requested_doi_count), max(requested_doi_count) from core.run"
)

RUNS = """
    insert into core.run
    select i::varchar, now(), now(), 'finished', '0', [], $1, 'refresh'
    from range(1000) as t(i)
"""


def publish(home, run_id, number=1):
    """A generation whose only fact is a thousand runs with one number."""
    with next_generation(home, run_id) as generation:
        generation.con.execute("delete from core.run")
        generation.con.execute(
            RUNS,
            [number],
        )
    return generation.path


def read(home):
    with open_readonly(home) as con:
        return con.execute(COUNT).fetchall()[0]


@pytest.mark.parametrize("threads", [1, 3])
def test_duckdb_builds_with_so_many_threads(tmp_path, threads):
    with next_generation(tmp_path, "r1", threads=threads) as generation:
        found = generation.con.execute("select current_setting('threads')").fetchall()
    assert found == [(threads,)]


def names_in(folder):
    """The generations; beside each lies its index, and nothing else is there."""
    found = sorted(path.name for path in folder.iterdir())
    generations = [name for name in found if name.endswith(".duckdb")]
    assert found == sorted(
        name + end for name in generations for end in ("", ".search.sqlite")
    )
    return generations


def test_reader_finds_what_was_published(tmp_path):
    path = publish(tmp_path, "r1", 7)
    assert read(tmp_path) == (1000, 7, 7)
    assert path == tmp_path / "generations" / "warehouse-r1.duckdb"
    assert (tmp_path / "citehouse.duckdb").resolve() == path
    assert not (tmp_path / "citehouse.duckdb").readlink().is_absolute()
    assert names_in(path.parent) == ["warehouse-r1.duckdb"]


def test_next_generation_begins_with_what_the_last_one_held(tmp_path):
    publish(tmp_path, "r1", 7)
    with next_generation(tmp_path, "r2") as generation:
        assert generation.con.execute(COUNT).fetchall() == [(1000, 7, 7)]


def test_generation_from_nothing_is_empty(tmp_path):
    publish(tmp_path, "r1", 7)
    with next_generation(tmp_path, "r1", from_nothing=True) as generation:
        assert generation.con.execute(COUNT).fetchall() == [(0, None, None)]
    assert generation.path.name == "warehouse-r1-2.duckdb"
    assert read(tmp_path)[0] == 0


def test_failure_inside_leaves_the_published_file_untouched(tmp_path):
    path = publish(tmp_path, "r1", 7)
    before = path.read_bytes()

    def give_up():
        with next_generation(tmp_path, "r2") as generation:
            generation.con.execute("delete from core.run")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        give_up()
    assert path.read_bytes() == before
    assert names_in(path.parent) == [path.name]


def test_what_duckdb_refuses_is_a_fault_with_its_words(tmp_path):
    with (
        pytest.raises(WarehouseFault, match="no_such_table"),
        next_generation(tmp_path, "r1") as generation,
    ):
        generation.con.execute("from no_such_table")
    assert not (tmp_path / "citehouse.duckdb").exists()


def test_open_transaction_is_not_published(tmp_path):
    publish(tmp_path, "r1", 7)

    def forget_to_commit():
        with next_generation(tmp_path, "r2") as generation:
            generation.con.begin()
            generation.con.execute("delete from core.run")

    with pytest.raises(WarehouseFault, match="transaction"):
        forget_to_commit()
    assert read(tmp_path) == (1000, 7, 7)


def test_second_writer_is_told_of_the_lock(tmp_path):
    with (
        next_generation(tmp_path, "r1"),
        pytest.raises(WarehouseFault, match=r"citehouse\.lock"),
        next_generation(tmp_path, "r2"),
    ):
        pytest.fail("two writers at once")


def test_lock_is_free_after_a_failure(tmp_path):
    with (
        pytest.raises(WarehouseFault, match="selec"),
        next_generation(tmp_path, "r1") as generation,
    ):
        generation.con.execute("selec")
    with FileLock(tmp_path / "citehouse.lock", timeout=0) as lock:
        assert lock.is_locked


def test_open_reader_keeps_its_generation_while_newer_ones_are_published(tmp_path):
    first = publish(tmp_path, "r1", 1)
    with open_readonly(tmp_path) as old:
        for number in range(2, 5):
            publish(tmp_path, f"r{number}", number)
            # the same process, a new look at the link
            assert read(tmp_path) == (1000, number, number)
            assert old.execute(COUNT).fetchall() == [(1000, 1, 1)]
    assert not first.exists()


def test_the_two_newest_generations_are_kept(tmp_path):
    for number in range(4):
        publish(tmp_path, f"r{number}", number)
    kept = names_in(tmp_path / "generations")
    assert kept == ["warehouse-r2.duckdb", "warehouse-r3.duckdb"]


def test_idle_reader_does_not_block_the_writer(tmp_path):
    publish(tmp_path, "r1", 1)
    with open_readonly(tmp_path) as idle:
        publish(tmp_path, "r2", 2)
        assert idle.execute(COUNT).fetchall() == [(1000, 1, 1)]


def test_duckdb_1_5_client_reads_every_generation(tmp_path):
    client = shutil.which("duckdb", path=str(_bin()))
    assert client, "duckdb-cli is a development dependency"
    for number in (1, 2):
        publish(tmp_path, f"r{number}", number)
        found = subprocess.run(
            [
                client,
                "-readonly",
                "-csv",
                "-noheader",
                tmp_path / "citehouse.duckdb",
                COUNT,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout.strip() == f"1000,{number},{number}"


def _bin():
    return Path(sys.executable).parent


def test_no_warehouse_yet_says_what_to_do(tmp_path):
    with pytest.raises(WarehouseFault, match="citehouse refresh DOI"):
        open_readonly(tmp_path)
    assert known_agencies(tmp_path) == {}


def test_file_in_the_place_of_the_link_is_not_overwritten(tmp_path):
    (tmp_path / "citehouse.duckdb").write_text("mine")
    with pytest.raises(WarehouseFault, match="not a link"):
        publish(tmp_path, "r1")
    assert (tmp_path / "citehouse.duckdb").read_text() == "mine"


def test_dangling_link_says_what_is_gone(tmp_path):
    publish(tmp_path, "r1").unlink()
    with pytest.raises(WarehouseFault, match=r"warehouse-r1\.duckdb, which is gone"):
        open_readonly(tmp_path)


@pytest.fixture
def of_another_version(tmp_path):
    """A home whose published file has so many migrations more (or less) than ours."""

    def make(more):
        known = migrations()
        newer = [Migration(len(known) + 1, "0099_later.sql", "select 1")] * (more > 0)
        path = publish(tmp_path, "r1")
        path.unlink()
        with open_building(path, memory_limit="1GB") as con:
            migrate(con, [*known, *newer] if more > 0 else known[:more])
            con.checkpoint()
        return tmp_path

    return make


@pytest.mark.parametrize(
    ("more", "advice"), [(-1, "`citehouse rebuild`"), (1, "upgrade Citehouse")]
)
def test_a_file_of_another_version_is_not_read_as_if_it_were_ours(
    of_another_version, more, advice
):
    home = of_another_version(more)
    with pytest.raises(WarehouseFault, match=advice):
        open_readonly(home)
    assert known_agencies(home) == {}
    with run_query(home, "select count(*) as n from core.migration") as result:
        assert result.columns == ("n",)


def test_an_older_file_is_brought_up_to_date_by_the_next_generation(of_another_version):
    home = of_another_version(-1)
    publish(home, "r2", 3)
    assert read(home) == (1000, 3, 3)


def test_damaged_file_is_a_fault(tmp_path):
    publish(tmp_path, "r1").write_bytes(b"\0" * 5000)
    with pytest.raises(WarehouseFault, match="cannot open"):
        open_readonly(tmp_path)


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from warehouse.generation import next_generation

    home = Path(sys.argv[1])
    number = int(sys.argv[2])
    while True:
        number += 1
        with next_generation(home, f"r{number:06d}") as generation:
            print(number, flush=True)
            generation.con.execute("delete from core.run")
            generation.con.execute(sys.argv[3], [number])
    """
)


@pytest.mark.parametrize(
    "delay_s", [0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8]
)
def test_writer_killed_at_any_moment_leaves_a_whole_generation(tmp_path, delay_s):
    publish(tmp_path, "r000000", 0)
    command = [sys.executable, "-c", WRITER, str(tmp_path), "0", RUNS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        writer.stdout.readline()
        end = time.monotonic() + delay_s
        seen = [read(tmp_path)]
        while time.monotonic() < end:
            seen.append(read(tmp_path))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    seen.append(read(tmp_path))
    assert all(count == 1000 and low == high for count, low, high in seen)
    assert [number for _, number, _ in seen] == sorted(number for _, number, _ in seen)
    # the next writer finds its feet, and clears away what was left
    publish(tmp_path, "r999999", 999_999)
    assert read(tmp_path) == (1000, 999_999, 999_999)
    assert not list(tmp_path.glob("**/*.building*"))
