"""The main job, end to end, against worlds whose truth is known."""

import duckdb
import pytest

from pipeline.run import rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.known import work_id
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from pipeline.simulator.truth import truth

MARTS = (
    "citations_by_year_and_type",
    "citations_by_year",
    "citations_by_type",
    "citations_by_journal",
    "citations_by_author",
    "tally",
)


def settings_for(simulator, home, **more):
    return load_settings(
        home=home, mailto="tests@example.org", **simulator.settings_overrides(), **more
    )


def exported(home):
    """Every mart, sorted: what an export would hold."""
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return {
            name: con.table(f"mart.{name}").order("all").fetchall() for name in MARTS
        }


def core(home, table, columns):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.table(f"core.{table}").project(columns).order("all").fetchall()


@pytest.fixture(scope="module")
def world():
    return sample_world()


@pytest.fixture(scope="module")
def simulator(world):
    with running(world, FAST) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def refreshed(simulator, world, tmp_path_factory):
    home = tmp_path_factory.mktemp("refreshed")
    report = refresh(world.asked, settings_for(simulator, home))
    return home, report


def cells_of(home, cited_doi):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.execute(
            "select citing_year, publication_type, citing_work_count,"
            " citing_group_count, self_citing_work_count,"
            " independent_citing_work_count, unknown_relationship_work_count"
            " from mart.citations_by_year_and_type where cited_doi = ?"
            " order by citing_year nulls last, publication_type",
            [cited_doi],
        ).fetchall()


def test_every_aggregate_row_of_the_sample_world_is_right(refreshed, world):
    home, _ = refreshed
    for cited in truth(world).cited.values():
        expected = [
            (
                cell.year,
                cell.publication_type,
                cell.citing_work_count,
                cell.citing_group_count,
                cell.self_citing_work_count,
                cell.independent_citing_work_count,
                cell.unknown_relationship_work_count,
            )
            for cell in cited.cells
        ]
        prime = cited.work_id.removeprefix("doi:")
        assert cells_of(home, prime) == expected, cited.doi


def test_every_source_state_and_declared_count_is_right(refreshed, world):
    home, _ = refreshed
    found = {
        (doi, source): (state, declared)
        for doi, source, state, declared in core(
            home, "source_count", "cited_doi, source, state, declared_count"
        )
    }
    expected = {
        (cited.doi, source): (state, cited.declared[source])
        for cited in truth(world).cited.values()
        for source, state in cited.states.items()
    }
    assert found == expected


def test_citing_works_are_exactly_those_of_the_world(refreshed, world):
    home, _ = refreshed
    edges = set(core(home, "citation", "cited_work_id, citing_work_id"))
    for cited in truth(world).cited.values():
        found = {citing for one, citing in edges if one == cited.work_id}
        assert found == cited.citing, cited.doi


def test_retracted_citing_works_are_counted(refreshed, world):
    home, _ = refreshed
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        found = dict(
            con.table("mart.tally")
            .project("cited_doi, retracted_citing_work_count")
            .fetchall()
        )
    by_id = {work_id(work): work for work in world.works.values()}
    retracted = {
        cited.work_id.removeprefix("doi:"): sum(
            by_id[one].is_retracted for one in cited.citing
        )
        for cited in truth(world).cited.values()
        if set(cited.states.values()) != {"not_indexed"}
    }
    assert {doi: found[doi] for doi in retracted} == retracted
    assert sum(retracted.values()) > 0
    assert found["10.5555/citehouse.nobody-knows-this"] is None


def test_rejected_records_are_rows_with_reasons(refreshed, world):
    home, report = refreshed
    rejected = set(core(home, "reject", "source, raw_sha256, record_index"))
    for source, count in truth(world).rejects.items():
        assert len([row for row in rejected if row[0] == source]) >= count, source
    assert all(sample.errors for sample in report.rejects)


def test_nothing_vanishes_in_any_source(refreshed):
    _, report = refreshed
    assert {source.source for source in report.sources} >= {
        "crossref",
        "openalex",
        "opencitations",
    }
    for source in report.sources:
        accounted = source.loaded + source.duplicate + source.rejected + source.absent
        assert source.received == accounted, source


@pytest.mark.usefixtures("refreshed")
def test_no_limit_was_exceeded(simulator):
    assert simulator.meter.refused() == 0


@pytest.mark.parametrize("threads", [1, 8])
def test_twice_in_another_order_and_with_any_threads_gives_the_same_marts(
    refreshed, simulator, world, tmp_path, threads
):
    home, _ = refreshed
    settings = settings_for(simulator, tmp_path, threads=threads, batch_size=4)
    again = list(reversed(world.asked))
    refresh(again, settings)
    refresh(again + list(world.asked), settings)

    assert exported(tmp_path) == exported(home)


def test_one_by_one_gives_the_same_marts_as_all_at_once(
    refreshed, simulator, world, tmp_path
):
    home, _ = refreshed
    settings = settings_for(simulator, tmp_path)
    for doi in world.asked:
        refresh([doi], settings)

    assert exported(tmp_path) == exported(home)


def test_rebuild_from_the_archive_gives_the_same_marts_without_the_network(
    refreshed, simulator
):
    home, _ = refreshed
    before = exported(home)
    asked = len(simulator.requests)
    rebuild(settings_for(simulator, home))

    assert exported(home) == before
    assert len(simulator.requests) == asked


@pytest.mark.parametrize("seed", range(5))
def test_random_worlds_are_counted_right(tmp_path, seed):
    world = random_world(seed)
    with running(world, FAST) as simulator:
        refresh(world.asked, settings_for(simulator, tmp_path))
    for cited in truth(world).cited.values():
        expected = sum(cell.citing_work_count for cell in cited.cells)
        found = sum(
            row[2] for row in cells_of(tmp_path, cited.work_id.removeprefix("doi:"))
        )
        assert found == expected, cited.doi
