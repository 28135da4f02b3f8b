"""Known, not indexed and failed stay three things, from answers to every surface."""

import json
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import duckdb
import pytest

from pipeline.cli.app import run as command_line
from pipeline.cli.console import draw
from pipeline.cli.summary import run_summary
from pipeline.http import Client
from pipeline.run import rebuild, refresh
from pipeline.settings import SourceSettings, load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.server import running
from pipeline.summary_markdown import markdown

NOBODY = "10.5555/nobody.has.heard.of.this"
QUICK = replace(FAST, requests_per_second=2_000.0)


class Run(NamedTuple):
    home: Any
    settings: Any
    report: Any
    zero: str
    ill: str


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Three cited DOIs: nobody cites the first, nobody could list the second's, and

    nobody has heard of the third. OpenCitations was switched off.
    """
    home = tmp_path_factory.mktemp("three")
    world = large_world(cited=2, citing_each=0)
    zero, ill = world.asked
    faults = (Fault("server_error", "openalex", ill, status=500),)
    with (
        pytest.MonkeyPatch.context() as patch,
        running(world, replace(QUICK, faults=faults)) as simulator,
    ):
        patch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))
        off = dict.fromkeys(
            ("opencitations", "europepmc", "semanticscholar"),
            SourceSettings(enabled=False),
        )
        sources = simulator.settings_overrides() | off
        settings = load_settings(home=home, mailto="tests@example.org", **sources)
        report = refresh([zero, ill, NOBODY], settings)
    return Run(home, settings, report, zero, ill)


def expected(run):
    return {
        run.zero: ("known", 0),
        run.ill: ("failed", None),
        NOBODY: ("not_indexed", None),
    }


def ask(run, sql):
    with duckdb.connect(run.home / "citehouse.duckdb", read_only=True) as con:
        return con.execute(sql).fetchall()


def test_the_tally_has_all_three(run):
    rows = ask(run, "select cited_doi, state, citing_work_count from mart.tally")
    assert {doi: tuple(said) for doi, *said in rows} == expected(run)


def test_no_table_of_the_marts_counts_what_is_not_known(run):
    tables = ask(
        run,
        "select table_name from duckdb_columns() where schema_name = 'mart' "
        "and column_name = 'citing_work_count' and table_name <> 'tally'",
    )
    assert len(tables) >= 5
    for (table,) in tables:
        dois = {row[0] for row in ask(run, f"from mart.{table}")}
        assert dois <= {run.zero}


def test_a_source_that_was_switched_off_says_nothing(run):
    rows = ask(run, "select distinct source from core.source_count")
    assert ("opencitations",) not in rows
    assert all("opencitations" not in cited.sources for cited in run.report.cited)


def test_the_report_of_the_run_has_all_three(run):
    said = {
        cited.cited_doi: (cited.state, cited.citing_work_count)
        for cited in run.report.cited
    }
    assert said == expected(run)
    in_json = json.loads(run.report.model_dump_json())
    assert {
        cited["cited_doi"]: (cited["state"], cited["citing_work_count"])
        for cited in in_json["cited"]
    } == expected(run)
    states = {
        cited.cited_doi: cited.sources["openalex"].state for cited in run.report.cited
    }
    assert states == {doi: state for doi, (state, _) in expected(run).items()}


def test_every_enabled_source_that_counts_is_in_the_report_of_the_run(run):
    shown = {row.source for row in run.report.sources}
    enabled = {
        source for (source,) in ask(run, "from (select unnest(sources) from core.run)")
    }
    counting = {source for (source,) in ask(run, "select source from core.source")}
    assert enabled & counting <= shown
    for row in run.report.sources:
        assert row.asked == row.known + row.not_indexed + row.failed


def test_the_summaries_for_people_have_all_three(run, capsys):
    draw(run_summary(run.report), width=160)
    lines = capsys.readouterr().out.splitlines()
    assert "not known" in next(line for line in lines if run.ill in line)
    assert "not known" in next(line for line in lines if NOBODY in line)
    assert "not known" not in next(line for line in lines if run.zero in line)
    table = markdown(run.report).splitlines()
    for doi, (state, count) in expected(run).items():
        row = next(line for line in table if doi.replace("_", r"\_") in line)
        cells = [cell.strip() for cell in row.split("|")]
        assert cells[3].replace("\\", "") == state
        assert cells[4] == ("—" if count is None else str(count))


def test_the_report_of_each_work_says_which_it_is(run, capsys):
    words = {
        run.ill: "no source could list them in full",
        NOBODY: "every source that was asked says that it does not have this work",
    }
    for doi, (state, count) in expected(run).items():
        assert command_line(["--home", str(run.home), "report", doi, "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["state"], said["counts"]["citing_work_count"]) == (state, count)
        assert command_line(["--home", str(run.home), "report", doi]) == 0
        drawn = " ".join(capsys.readouterr().out.split())
        assert ("Cited by: not known" in drawn) == (count is None)
        assert words.get(doi, "") in drawn


def test_exports_leave_the_cell_empty(run, capsys):
    sql = "select cited_doi, citing_work_count from mart.tally order by 2 nulls last, 1"
    counts = {}
    for form in ("csv", "json"):
        asked = ["--home", str(run.home), "query", sql, "--format", form]
        assert command_line(asked) == 0
        counts[form] = capsys.readouterr().out
    assert counts["csv"].splitlines()[1:] == [
        f'"{run.zero}",0',
        *sorted([f'"{run.ill}",', f'"{NOBODY}",']),
    ]
    assert {
        row["cited_doi"]: row["citing_work_count"] for row in json.loads(counts["json"])
    } == {doi: count for doi, (_, count) in expected(run).items()}


def test_a_rebuild_says_the_same(run):
    again = rebuild(run.settings)
    assert {
        cited.cited_doi: (cited.state, cited.citing_work_count) for cited in again.cited
    } == expected(run)
