"""Worlds by seed, each run over HTTP into its own warehouse, against their truth."""

from collections import Counter

import duckdb
import pytest

from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from pipeline.simulator.truth import Truth, truth
from pipeline.simulator.truth_of_texts import statements

SEEDS = range(20)

_CELLS = """
    select
        cited_doi,
        citing_year,
        publication_type,
        citing_work_count,
        citing_group_count,
        self_citing_work_count,
        independent_citing_work_count,
        unknown_relationship_work_count
    from mart.citations_by_year_and_type
"""


def rows(con, sql):
    return con.execute(sql).fetchall()


def expected_cells(said: Truth):
    # Several DOIs of one work have one set of rows, under its prime DOI.
    return {
        (cited.work_id.removeprefix("doi:"), cell.year, cell.publication_type): (
            cell.citing_work_count,
            cell.citing_group_count,
            cell.self_citing_work_count,
            cell.independent_citing_work_count,
            cell.unknown_relationship_work_count,
        )
        for cited in said.cited.values()
        for cell in cited.cells
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_a_world_is_counted_exactly(tmp_path, seed):
    world = random_world(seed)
    said = truth(world)
    with running(world, FAST) as simulator:
        settings = load_settings(
            home=tmp_path,
            mailto="tests@example.org",
            **simulator.settings_overrides(),
        )
        refresh(world.asked, settings)
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        assert {row[:3]: row[3:] for row in rows(con, _CELLS)} == expected_cells(said)
        edges = rows(con, "select cited_work_id, citing_work_id from core.citation")
        for cited in said.cited.values():
            found = {citing for one, citing in edges if one == cited.work_id}
            assert found == cited.citing, cited.doi
        states = rows(
            con,
            "select cited_doi, source, state, declared_count from core.source_count",
        )
        assert {(doi, source): more for doi, source, *more in states} == {
            (cited.doi, source): [state, cited.declared[source]]
            for cited in said.cited.values()
            for source, state in cited.states.items()
        }
        stated = rows(
            con,
            "select cited_work_id, citing_work_id, section, text, mention_count"
            " from core.citation_statement",
        )
        for cited in said.cited.values():
            found = Counter(
                tuple(more) for one, *more in stated if one == cited.work_id
            )
            assert found == statements(world, cited), cited.doi
        relationships = rows(
            con,
            "select citing_work_id, cited_work_id, case"
            " when is_self_citation then 'self'"
            " when not is_self_citation then 'independent' else 'unknown' end"
            " from core.citation",
        )
        told = {(one, other): word for one, other, word in relationships}
        assert {pair: told[pair] for pair in said.relationships} == said.relationships
        unfounded = rows(
            con,
            "select * from core.citation where coalesce(is_self_citation, false)"
            " <> (self_citation_method is not null)",
        )
        assert unfounded == []
        names = rows(
            con, "select work_id, scheme || ':' || value from core.work_identifier"
        )
        notices = rows(con, "select work_id, type, notice_doi from core.notice")
        for cited in said.cited.values():
            called = {name for work_id, name in names if work_id == cited.work_id}
            assert called == cited.identifiers, cited.doi
            noted = {tuple(row[1:]) for row in notices if row[0] == cited.work_id}
            assert noted == cited.notices, cited.doi
        tally = rows(con, "select cited_doi, is_retracted from mart.tally")
        retracted = {doi for doi, is_retracted in tally if is_retracted}
        assert retracted == {
            cited.work_id.removeprefix("doi:")
            for cited in said.cited.values()
            if cited.is_retracted
        }
        assert rows(con, "select * from mart.ledger where unexplained_count <> 0") == []
