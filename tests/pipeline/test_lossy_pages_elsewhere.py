"""Europe PMC and Semantic Scholar lose, repeat or shrink rows and pages: each is named.

Beside them the other sources stay whole: no number may move.
"""

from dataclasses import replace
from functools import partial

import duckdb
import pytest

from pipeline.http import Client
from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.server import running

QUICK = replace(FAST, requests_per_second=2_000.0)
HERE = frozenset({"europepmc", "semanticscholar"})
PAGE = 20
"""Rows a page, so that the list of the world's one cited work takes three."""

LOSSES = {
    "Europe PMC loses a row": ("europepmc", "lost_row", "truncated", "truncated"),
    "Europe PMC repeats a row": ("europepmc", "repeated_row", "repeated", "repeated"),
    "Europe PMC cuts pages short": (
        "europepmc",
        "short_page",
        "truncated",
        "truncated",
    ),
    "Europe PMC sends no rows": ("europepmc", "empty_list", "truncated", "truncated"),
    "Europe PMC loses a page": ("europepmc", "lost_page", "truncated", "truncated"),
    "Europe PMC repeats a page": (
        "europepmc",
        "repeated_page",
        "repeated",
        "repeated",
    ),
    "Europe PMC shrinks": ("europepmc", "shrink", "shrank", "shrank"),
    "Europe PMC sends an error as a success": (
        "europepmc",
        "soft_error",
        "truncated",
        "soft_error",
    ),
    "Semantic Scholar loses a row": (
        "semanticscholar",
        "lost_row",
        "truncated",
        "truncated",
    ),
    "Semantic Scholar repeats a row": (
        "semanticscholar",
        "repeated_row",
        "repeated",
        "repeated",
    ),
    "Semantic Scholar sends no rows": (
        "semanticscholar",
        "empty_list",
        "truncated",
        "truncated",
    ),
    "Semantic Scholar loses a page": (
        "semanticscholar",
        "lost_page",
        "truncated",
        "truncated",
    ),
    "Semantic Scholar repeats a page": (
        "semanticscholar",
        "repeated_page",
        "repeated",
        "repeated",
    ),
}


@pytest.fixture(autouse=True)
def small_pages_and_short_waits(monkeypatch):
    monkeypatch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))
    monkeypatch.setattr("pipeline.sources.europepmc.PAGE", PAGE)
    monkeypatch.setattr("pipeline.sources.semanticscholar.PAGE", PAGE)


@pytest.fixture(scope="module")
def world():
    plain = large_world(cited=1, citing_each=50)
    return replace(
        plain,
        works={
            key: replace(work, known_to=work.known_to | HERE, pmid=990_000_000 + number)
            for number, (key, work) in enumerate(plain.works.items())
        },
        citations=tuple(
            replace(edge, known_to=edge.known_to | HERE) for edge in plain.citations
        ),
    )


def night(world, home, *faults):
    with running(world, replace(QUICK, faults=faults)) as simulator:
        overrides = simulator.settings_overrides()
        settings = load_settings(home=home, mailto="tests@example.org", **overrides)
        report = refresh(world.asked, settings)
        assert bool(faults) == any(seen.fault for seen in simulator.requests)
    return report


def ask(home, sql, params=()):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.execute(sql, params).fetchall()


VERDICTS = """
    select distinct verdict from core.certificate
    where run_id = $1 and source = $2 and role = 'citing'
"""
SAID = """
    select state, cause, stored_count from core.source_count
    where run_id = $1 and source = $2
"""


@pytest.mark.parametrize(
    ("source", "kind", "verdict", "cause"), LOSSES.values(), ids=LOSSES
)
def test_a_lossy_night_is_named_and_lowers_no_number(
    world, tmp_path, source, kind, verdict, cause
):
    good = night(world, tmp_path)
    assert ask(tmp_path, VERDICTS, [good.run_id, source]) == [("complete",)]
    tally = ask(tmp_path, "from mart.tally")
    ((_, _, stored),) = ask(tmp_path, SAID, [good.run_id, source])
    assert stored == 50

    for _ in range(2):
        report = night(world, tmp_path, Fault(kind, source, "/citations"))

        assert ask(tmp_path, VERDICTS, [report.run_id, source]) == [(verdict,)]
        assert ask(tmp_path, SAID, [report.run_id, source]) == [
            ("failed", cause, stored)
        ]
        assert report.exit_code == 3
    assert ask(tmp_path, "from mart.tally") == tally
    gone = "from core.citation_evidence where withdrawn_in_run_id is not null"
    assert ask(tmp_path, gone) == []
