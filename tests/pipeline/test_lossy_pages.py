"""Lists that lose, repeat or shrink rows and pages: each is caught and named.

Whatever is lost on the second night, no number of the first night falls, and no zero
stands where nothing is known.
"""

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import duckdb
import pytest

from pipeline.http import Client
from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.server import running

QUICK = replace(FAST, requests_per_second=2_000.0)

TABLES = (
    "mart.tally",
    "mart.citations_by_year_and_type",
    "mart.citations_by_year",
    "mart.citations_by_type",
    "mart.citations_by_journal",
    "mart.citations_by_author",
    "core.citation",
)
"""What a lossy night may not change."""


class Loss(NamedTuple):
    fault: Fault
    verdict: str
    cause: str


LOSSES = {
    "OpenAlex loses a row": Loss(
        Fault("lost_row", "openalex", "cites:"), "truncated", "truncated"
    ),
    "OpenAlex loses a page": Loss(
        Fault("lost_page", "openalex", "cursor=Wz"), "truncated", "truncated"
    ),
    "OpenAlex repeats a row": Loss(
        Fault("repeated_row", "openalex", "cites:"), "repeated", "repeated"
    ),
    "OpenAlex repeats a page": Loss(
        Fault("repeated_page", "openalex", "cites:"), "repeated", "repeated"
    ),
    "OpenAlex shrinks": Loss(Fault("shrink", "openalex", "cites:"), "shrank", "shrank"),
    "OpenAlex cuts a page short": Loss(
        Fault("short_page", "openalex", "cites:"), "truncated", "soft_error"
    ),
    "OpenAlex sends lists without rows": Loss(
        Fault("empty_list", "openalex", "cites:"), "truncated", "soft_error"
    ),
    "OpenAlex fails in the middle": Loss(
        Fault("server_error", "openalex", "cursor=Wz", status=500),
        "truncated",
        "server",
    ),
    "OpenCitations loses a row": Loss(
        Fault("lost_row", "opencitations", "citations/"), "truncated", "truncated"
    ),
    "OpenCitations repeats a row": Loss(
        Fault("repeated_row", "opencitations", "citations/"), "repeated", "repeated"
    ),
    "OpenCitations cuts a list short": Loss(
        Fault("short_page", "opencitations", "citations/"), "truncated", "truncated"
    ),
    "OpenCitations fails to look a work up": Loss(
        Fault("empty_list", "opencitations", "citations/"),
        "ambiguous-empty",
        "ambiguous-empty",
    ),
    "OpenCitations answers with nothing to everything": Loss(
        Fault("empty_list", "opencitations"), "ambiguous-empty", "ambiguous-empty"
    ),
    "OpenCitations sends an error as a success": Loss(
        Fault("soft_error", "opencitations", "citations/"), "truncated", "soft_error"
    ),
}


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    """The real client with waits of milliseconds between its tries."""
    monkeypatch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))


@pytest.fixture(scope="module")
def world():
    """A cited work whose list of citing works takes three pages."""
    return large_world(cited=1, citing_each=260)


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


def published(home) -> dict[str, list[tuple[Any, ...]]]:
    return {table: ask(home, f"from {table} order by all") for table in TABLES}


VERDICTS = """
    select distinct verdict from core.certificate
    where run_id = $1 and source = $2 and role = 'citing'
"""
SAID = """
    select cited_doi, state, cause, stored_count from core.source_count
    where run_id = $1 and source = $2 order by cited_doi
"""
WITHDRAWN = """
    from core.citation_evidence where withdrawn_in_run_id is not null
"""
ZEROS = """
    select count(*) from core.source_count
    where stored_count = 0 and source in ('openalex', 'opencitations')
    union all
    select count(*) from mart.tally where citing_work_count = 0
"""


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_lossy_night_is_named_and_lowers_no_number(world, tmp_path, loss):
    good = night(world, tmp_path)
    before = published(tmp_path)
    stored = {
        row[0]: row[3] for row in ask(tmp_path, SAID, [good.run_id, loss.fault.api])
    }

    for _ in range(2):
        report = night(world, tmp_path, loss.fault)

        named = [report.run_id, loss.fault.api]
        assert ask(tmp_path, VERDICTS, named) == [(loss.verdict,)]
        assert ask(tmp_path, SAID, named) == [
            (doi, "failed", loss.cause, count) for doi, count in stored.items()
        ]
        assert report.exit_code == 3
    assert published(tmp_path) == before
    assert ask(tmp_path, ZEROS) == [(0,), (0,)]
    assert ask(tmp_path, WITHDRAWN) == []


FIRST_NIGHT = (
    "OpenAlex loses a page",
    "OpenAlex repeats a page",
    "OpenAlex sends lists without rows",
    "OpenCitations fails to look a work up",
    "OpenCitations loses a row",
)


@pytest.mark.parametrize("name", FIRST_NIGHT)
def test_a_source_that_is_lossy_from_the_first_leaves_no_number(world, tmp_path, name):
    loss = LOSSES[name]
    silent = [
        Fault("server_error", api, status=500)
        for api in {"openalex", "opencitations"} - {loss.fault.api}
    ]

    report = night(world, tmp_path, loss.fault, *silent)

    assert ask(tmp_path, "select state, citing_work_count from mart.tally") == [
        ("failed", None)
    ]
    assert ask(tmp_path, "from mart.citations_by_year_and_type") == []
    for cited in report.cited:
        assert (cited.state, cited.citing_work_count) == ("failed", None)
        for source in ("openalex", "opencitations"):
            assert cited.sources[source].state == "failed"
            assert cited.sources[source].stored_count != 0
