"""The command line on a real warehouse, filled by `citehouse demo` in the beginning."""

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest

from warehouse.connection import open_building
from warehouse.migrate import migrate, migrations

KNOWN = "10.5555/citehouse.tides.2021"
ABSTRACT_SHOWN = "10.5555/citehouse.moss.2008"
ABSTRACT_WITHHELD = "10.5555/citehouse.memory.2016"
ALIAS = "10.5555/citehouse.rivers.old-address"
PRIME = "10.5555/citehouse.rivers.2012"
NOBODY = "10.5555/citehouse.nobody-knows-this"
BAKERS = "10.5555/citehouse.bakers.2015"
UNCITED = "10.5555/citehouse.queues.2025"


def test_the_demo_shows_what_a_newcomer_needs(demo):
    for part in (
        "Done: 14 cited works",
        "Cited works",
        "Citing works, as each source has them",
        "Rejected records, and why",
        "Citing works by year and publication type",
    ):
        assert part in demo.stdout


def test_the_demo_names_the_file_and_what_comes_next(demo):
    assert "The warehouse is citehouse-demo/citehouse.duckdb" in demo.stderr
    lines = [line.strip() for line in demo.stderr.splitlines()]
    advice = [line for line in lines if "--home citehouse-demo" in line]
    assert len(advice) == 3
    for line in advice:
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=demo.home.parent,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, line


def test_progress_in_a_log_is_a_few_plain_lines(demo):
    assert "\x1b" not in demo.stderr + demo.stdout
    assert "Asking the sources" in demo.stderr
    assert len(demo.stderr.splitlines()) < 40


def test_the_demo_leaves_other_folders_alone(tmp_path: Path, shell_at):
    (tmp_path / "thesis.txt").write_text("mine")
    done = shell_at(tmp_path)("demo", "--home", ".")
    assert done.returncode == 2
    assert ". holds something else" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_report_as_json_has_every_part(shell):
    found = json.loads(shell.data("report", KNOWN, "--json"))
    assert found["doi"] == KNOWN
    assert found["state"] == "known"
    assert found["counts"]["citing_work_count"] == sum(
        row["citing_work_count"] for row in found["by_year_and_type"]
    )
    assert found["sources"].keys() >= {"crossref", "openalex", "opencitations"}
    assert found["counts"]["supporting_statement_count"] is not None
    assert sum(row["statement_count"] for row in found["by_section"]) == len(
        found["statements"]
    )


def test_the_report_explains_what_each_source_declares(shell):
    found = json.loads(shell.data("report", KNOWN, "--json"))
    ledger = {line.pop("source"): line for line in found["ledger"]}
    assert ledger.keys() == found["sources"].keys()
    for source, said in found["sources"].items():
        line = ledger[source]
        assert line.pop("run_id") == found["as_of"]["run_id"]
        declared, stored = line.pop("declared_count"), line.pop("stored_count")
        assert (declared, stored) == (said["declared_count"], said["stored_count"])
        explained = (declared or 0) - (stored or 0)
        assert sum(cause or 0 for cause in line.values()) == explained
    assert found["recent_changes"] == []


def test_the_report_shows_an_abstract_that_everybody_may_be_shown(shell):
    found = json.loads(shell.data("report", ABSTRACT_SHOWN, "--json"))
    assert found["abstract"]["licence"] == "cc-by"
    assert found["abstract"]["text"].startswith("Background: Counting moss by hand")
    assert "\nMethods: Six observers counted" in shell.data("report", ABSTRACT_SHOWN)


def test_the_report_withholds_an_abstract_that_no_licence_lets_anyone_show(shell):
    found = json.loads(shell.data("report", ABSTRACT_WITHHELD, "--json"))
    assert (found["abstract"], found["abstract_withheld"]) == (None, True)
    shown = shell.data("report", ABSTRACT_WITHHELD)
    assert "Abstract: known, but its licence" in shown
    assert "doorway remembered" not in shown
    kept = shell.data("query", "select text from private.abstract order by 1")
    assert "People who walked through a doorway remembered" in kept


@pytest.mark.parametrize("doi", [KNOWN, PRIME, NOBODY, UNCITED, BAKERS])
def test_the_report_as_json_fits_its_published_schema(shell, root: Path, doi: str):
    schema = json.loads((root / "docs" / "report.schema.json").read_text())
    jsonschema.validate(json.loads(shell.data("report", doi, "--json")), schema)


def test_the_report_for_people_has_the_same_number(shell):
    found = json.loads(shell.data("report", KNOWN, "--json"))
    shown = shell.data("report", f"https://doi.org/{KNOWN.upper()}")
    assert found["title"] in shown
    line = next(line for line in shown.splitlines() if line.startswith("Cited by"))
    assert line.split()[2] == f"{found['counts']['citing_work_count']:,}"


def test_an_unknown_work_is_not_known_and_never_0(shell):
    shown = shell.data("report", NOBODY)
    assert "Cited by: not known" in shown
    assert not re.search(r"\b0\b", shown)
    found = json.loads(shell.data("report", NOBODY, "--json"))
    assert set(found["counts"].values()) == {None}


def test_a_work_that_nobody_cites_is_0_and_not_unknown(shell):
    found = json.loads(shell.data("report", UNCITED, "--json"))
    assert found["state"] == "known"
    assert found["counts"]["citing_work_count"] == 0


def test_an_alias_finds_the_report_of_its_work(shell):
    found = json.loads(shell.data("report", ALIAS, "--json"))
    assert (found["doi"], found["asked_as"]) == (PRIME, ALIAS)


def test_a_doi_that_nobody_asked_about_says_what_next(shell):
    done = shell("report", "10.5555/elsewhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "was never asked about" in done.stderr
    assert "refresh 10.5555/elsewhere` first" in done.stderr


def test_without_a_warehouse_reading_fails_and_says_what_next(tmp_path: Path, shell_at):
    done = shell_at(tmp_path)("query", "select 1", "--home", "empty")
    assert (done.returncode, done.stdout) == (1, "")
    assert "citehouse refresh DOI" in done.stderr


SQL = "select cited_doi, citing_work_count, statement_count from mart.tally order by 1"


def test_json_csv_and_parquet_hold_the_same_rows(shell):
    rows = json.loads(shell.data("query", SQL, "--format", "json"))
    lines = list(csv.DictReader(io.StringIO(shell.data("query", SQL, "-f", "csv"))))
    shell.data("query", SQL, "-f", "parquet", "-o", "rows.parquet")
    assert len(rows) == 13
    assert pq.read_table(shell.folder / "rows.parquet").to_pylist() == rows
    assert [row["cited_doi"] for row in rows] == [line["cited_doi"] for line in lines]
    told = [row["statement_count"] for row in rows]
    assert None in told
    assert [line["statement_count"] for line in lines] == [
        "" if one is None else str(one) for one in told
    ]


def test_a_query_comes_from_standard_input(shell):
    done = shell("query", "-", "--format", "json", stdin="select 6 * 7 as answer")
    assert json.loads(done.stdout) == [{"answer": 42}]


def test_a_table_of_no_rows_keeps_its_header(shell):
    done = shell("query", "select 1 as one where false")
    assert done.stdout.startswith("one\n")
    assert "no rows" in done.stderr


def test_a_long_table_says_what_it_leaves_out(shell):
    done = shell("query", "select i from range(1001) as t(i)")
    assert len(done.stdout.splitlines()) == 2 + 1_000
    assert "only the first 1,000 rows are shown" in done.stderr


@pytest.mark.parametrize(
    ("sql", "code", "says"),
    [
        ("selec 1", 1, 'syntax error at or near "selec"'),
        ("drop table core.work", 1, "read-only"),
        ("  ", 2, "the query is empty"),
    ],
)
def test_a_wrong_query_says_why(shell, sql: str, code: int, says: str):
    done = shell("query", sql)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr


def test_a_failed_export_leaves_the_old_file(shell):
    (shell.folder / "kept.csv").write_text("old")
    done = shell(
        "query",
        "select 1 // (i - 500) from range(1000) as t(i)",
        "-f",
        "csv",
        "-o",
        "kept.csv",
    )
    assert done.returncode == 1
    assert (shell.folder / "kept.csv").read_text() == "old"
    assert [path.name for path in shell.folder.iterdir()] == ["kept.csv"]


PRIVATE = "select text from private.citation_context"


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_private_text_is_exported_only_to_who_asks_for_it(shell, form):
    words = ("query", PRIVATE, "-f", form, "-o", f"out.{form}")

    done = shell(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "private.citation_context" in done.stderr
    assert "--private" in done.stderr
    assert list(shell.folder.iterdir()) == []

    done = shell(*words, "--private")
    assert done.returncode == 0
    assert "not to be passed on" in done.stderr
    assert "CC BY-NC or ODC-BY" in done.stderr
    assert (shell.folder / f"out.{form}").exists()


def test_private_text_is_no_export_by_stdout_either_but_may_be_looked_at(shell):
    assert shell("query", PRIVATE, "-f", "csv").returncode == 2
    assert shell.data("query", PRIVATE)


def test_the_doctor_finds_the_warehouse(shell):
    findings = json.loads(shell.data("doctor", "--json"))
    states = {each["subject"]: each["state"] for each in findings}
    assert states["warehouse"] == states["lock"] == states["home"] == "ok"
    assert states["contact"] == "note"


def test_the_doctor_shows_no_secret(demo, tmp_path: Path, shell_at):
    shell = shell_at(
        tmp_path,
        CITEHOUSE_HOME=str(demo.home),
        CITEHOUSE_MAILTO="someone@example.org",
        CITEHOUSE_OPENALEX__API_KEY="a-secret-key",
    )
    shown = shell.data("doctor") + shell.data("doctor", "--json")
    shown += shell.data("sources", "--json")
    assert "a-secret-key" not in shown
    assert "someone@example.org" not in shown
    assert "key set" in shown


def test_a_warehouse_of_an_older_version_says_how_it_comes_up_to_date(
    tmp_path: Path, shell_at
):
    path = tmp_path / "generations" / "warehouse-old.duckdb"
    path.parent.mkdir()
    with open_building(path, memory_limit="1GB") as con:
        migrate(con, migrations()[:-1])
    (tmp_path / "citehouse.duckdb").symlink_to(path)
    shell = shell_at(tmp_path, CITEHOUSE_HOME=str(tmp_path))

    for words in (["verify"], ["report", KNOWN], ["trace", KNOWN], ["works", "log"]):
        done = shell(*words)
        assert done.returncode == 1
        assert "older version of Citehouse: `citehouse rebuild`" in done.stderr
    findings = json.loads(shell("doctor", "--json").stdout)
    (found,) = (each for each in findings if each["subject"] == "warehouse")
    assert found["state"] == "broken"
    assert "older version" in found["found"]
    assert shell.data("query", "select count(*) from core.migration")


def test_a_broken_home_makes_the_doctor_fail(tmp_path: Path, shell_at):
    (tmp_path / "file").write_text("")
    done = shell_at(tmp_path)("doctor", "--home", "file/home", "--json")
    assert done.returncode == 1
    broken = [each for each in json.loads(done.stdout) if each["state"] == "broken"]
    assert [each["subject"] for each in broken] == ["home"]
    assert "--home" in broken[0]["advice"]


def test_rebuild_gives_the_same_tables(shell, demo, tmp_path: Path):
    copy = tmp_path / "copy"
    shutil.copytree(demo.home, copy, symlinks=True)
    tables = ("mart.citations_by_year_and_type", "core.abstract", "private.abstract")
    asked = [
        ("query", f"from {table} order by all", "-f", "csv", "--private")
        for table in tables
    ]
    before = [shell.data(*words, "--home", str(copy)) for words in asked]
    report = json.loads(shell.data("rebuild", "--json", "--home", str(copy)))
    assert [shell.data(*words, "--home", str(copy)) for words in asked] == before
    assert report["state"] == "complete"


def test_replay_of_records_that_stay_wrong_publishes_nothing(shell, demo, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(demo.home, copy, symlinks=True)
    before = (copy / "citehouse.duckdb").resolve()

    done = shell("replay", "--home", str(copy))

    assert done.returncode == 0
    assert "still rejected" in done.stdout
    assert "Nothing changed" in done.stderr
    assert (copy / "citehouse.duckdb").resolve() == before
    report = json.loads(shell.data("replay", "--json", "--home", str(copy)))
    assert report["loaded"] == 0
    assert report["tried"] == sum(
        one["record_count"] for one in report["still_rejected"]
    )


def test_replay_without_a_warehouse_says_what_next(shell, tmp_path):
    done = shell("replay", "--home", str(tmp_path / "nothing"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "citehouse refresh" in done.stderr
