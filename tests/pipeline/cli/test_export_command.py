"""Exports of a real warehouse: what is in the files, and what is refused."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bibtexparser import parse_string

KNOWN = "10.5555/citehouse.tides.2021"
STATED = "10.5555/citehouse.moss.2008"
RETRACTED = "10.5555/citehouse.memory.2016"
ALIAS = "10.5555/citehouse.rivers.old-address"
PRIME = "10.5555/citehouse.rivers.2012"
NOBODY = "10.5555/citehouse.nobody-knows-this"
NEVER_ASKED = "10.5555/citehouse.moss.10877"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def queried(shell, sql: str):
    return json.loads(shell.data("query", "--format", "json", sql))


def test_a_work_is_bibtex_unless_something_else_is_said(shell):
    (entry,) = parse_string(shell.data("export", f"doi:{KNOWN.upper()}")).entries
    assert entry["doi"] == KNOWN
    assert entry["title"] == "Clocks that keep the tide"


def test_a_retracted_work_says_so_in_every_format(shell):
    for form in ("bibtex", "ris", "csl-json"):
        assert "Retracted" in shell.data("export", RETRACTED, "--format", form)
        assert "Retracted" not in shell.data("export", KNOWN, "--format", form)


@pytest.mark.parametrize("ending", ["bib", "ris", "json"])
def test_the_import_of_the_watch_list_reads_what_was_exported(
    shell, shell_at, tmp_path: Path, ending: str
):
    shell.data("export", "--all", "--what", "citing-works", "-o", f"works.{ending}")
    other = shell_at(tmp_path, CITEHOUSE_HOME=str(tmp_path / "home"))
    imported = other("watch", "import", f"works.{ending}", "--json")
    done = json.loads(imported.stdout)
    held = queried(
        shell,
        "select distinct doi from core.citation join core.work"
        " on citing_work_id = work_id where cited_work_id in"
        " (select work_id from core.cited_doi)",
    )
    dois = {row["doi"] for row in held if row["doi"]}
    assert set(other.data("watch", "list").split()) == dois
    assert done["problems"] == [] or imported.returncode == 3
    assert done["files"][0]["broken_count"] == 0


def test_a_list_of_works_has_each_once_and_rows_have_each_edge(shell):
    listed = json.loads(
        shell.data("export", "--all", "--what", "citing-works", "-f", "csl-json")
    )
    rows = table(shell.data("export", "--all", "--what", "citing-works", "-f", "csv"))
    (counted,) = queried(
        shell,
        "select count(*) as edges, count(distinct citing_work_id) as works"
        " from core.citation"
        " where cited_work_id in (select work_id from core.cited_doi)",
    )
    assert (len(rows), len(listed)) == (counted["edges"], counted["works"])
    assert list(rows[0])[:2] == ["cited_doi", "work_id"]


def test_references_name_the_work_that_cites_them(shell):
    rows = table(shell.data("export", KNOWN, "--what", "references", "-f", "csv"))
    report = json.loads(shell.data("report", KNOWN, "--json"))
    assert {row["citing_doi"] for row in rows} == {KNOWN}
    assert {row["work_id"] for row in rows} == {
        one["work_id"] for one in report["references"]
    }


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_statements_are_those_of_the_report_with_their_licences(shell, form: str):
    name = f"statements.{form}"
    done = shell("export", STATED, "--what", "statements", "-o", name)
    assert done.returncode == 0, done.stderr
    path = shell.folder / name
    if form == "csv":
        rows = table(path.read_text())
    elif form == "jsonl":
        rows = [json.loads(line) for line in path.read_text().splitlines()]
    else:
        rows = pq.read_table(path).to_pylist()
    report = json.loads(shell.data("report", STATED, "--json"))
    wanted = [(one["statement_id"], one["text"]) for one in report["statements"]]
    assert [(row["statement_id"], row["text"]) for row in rows] == wanted
    assert next(iter(rows[0])) == "cited_doi"
    for licence in {row["licence"] for row in rows}:
        assert str(licence) in done.stderr


def test_counts_that_are_not_known_are_empty_and_never_0(shell):
    rows = table(shell.data("export", NOBODY, KNOWN, "--what", "counts"))
    by_doi = {row["cited_doi"]: row for row in rows}
    assert by_doi[NOBODY]["state"] == "not_indexed"
    assert by_doi[NOBODY]["citing_work_count"] == ""
    assert by_doi[KNOWN]["citing_work_count"] == "22"


def test_counts_by_year_and_type_add_up_to_the_tally(shell):
    text = shell.data("export", KNOWN, "--what", "counts-by-year-and-type")
    assert sum(int(row["citing_work_count"]) for row in table(text)) == 22


def test_another_doi_of_a_work_names_it_and_the_work_comes_once(shell):
    rows = table(shell.data("export", ALIAS, PRIME, "--what", "counts"))
    assert [row["cited_doi"] for row in rows] == [PRIME]


def test_dois_come_from_files_standard_input_and_tags(shell):
    (shell.folder / "dois.txt").write_text(f"# mine\n{KNOWN}\n\n")
    assert KNOWN in shell.data("export", "--from", "dois.txt")
    assert KNOWN in shell("export", "--from", "-", stdin=KNOWN).stdout
    done = shell("export", "--tag", "thesis")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no watched work carries the tag 'thesis'" in done.stderr


def test_a_doi_that_nobody_asked_about_is_told_as_report_tells_it(shell):
    done = shell("export", KNOWN, NEVER_ASKED)
    said = shell("report", NEVER_ASKED)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == said.stderr


@pytest.mark.parametrize("what", ["statements", "counts", "counts-by-year-and-type"])
def test_what_is_no_work_is_no_citation_and_the_formats_are_named(shell, what: str):
    done = shell("export", KNOWN, "--what", what, "--format", "ris")
    assert done.returncode == 2
    assert "--format may be csv, jsonl or parquet" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "give DOIs, --from FILE, --tag TAG, or --all"),
        (["--all", KNOWN], "--all is all cited works"),
        ([KNOWN, "--private"], "--private goes with --tables"),
        ([KNOWN, "--tables", "x"], "give it without works"),
        (["--tables", "x", "-f", "bibtex"], "give csv, jsonl, parquet"),
        ([KNOWN, "-o", "no/such/folder.bib"], "cannot write no/such/folder.bib"),
        (["--from", "nothing.txt"], "cannot read nothing.txt"),
    ],
)
def test_wrong_use_is_one_line_and_writes_nothing(shell, words, said):
    done = shell("export", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(shell.folder.iterdir()) == []


def test_a_file_is_only_written_over_with_force(shell):
    path = shell.folder / "work.ris"
    path.write_text("mine")
    done = shell("export", KNOWN, "-o", "work.ris")
    assert done.returncode == 2
    assert "give --force" in done.stderr
    assert path.read_text() == "mine"
    shell.data("export", KNOWN, "-o", "work.ris", "--force")
    assert path.read_bytes().startswith(b"TY  - JOUR\r\n")
    assert [one.name for one in shell.folder.iterdir()] == ["work.ris"]


@pytest.fixture(scope="module")
def tables(demo, shell_at, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    shell_at(folder, CITEHOUSE_HOME=str(demo.home)).data("export", "--tables", "all")
    return folder / "all"


def test_tables_are_all_of_core_and_mart_with_their_sums(tables: Path, shell):
    manifest = json.loads((tables / "manifest.json").read_text())
    held = queried(
        shell,
        "select schema_name || '.' || name as name from"
        " (select schema_name, table_name as name from duckdb_tables()"
        " union all select schema_name, view_name from duckdb_views())"
        " where schema_name in ('core', 'mart')",
    )
    files = manifest["tables"]
    assert {one["table"] for one in files} == {row["name"] for row in held}
    for one in files:
        content = (tables / one["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert len(content) == one["size_bytes"]
        assert pq.read_metadata(tables / one["file"]).num_rows == one["row_count"]
    named = {one["file"] for one in files} | {"README.md", "manifest.json"}
    assert {path.name for path in tables.iterdir()} == named


def test_the_readme_of_tables_names_the_licences(tables: Path, shell):
    text = (tables / "README.md").read_text()
    licences = queried(shell, "select distinct licence from core.citation_statement")
    assert all((row["licence"] or "none stated") in text for row in licences)
    assert "OpenAlex (`openalex`): CC0-1.0" in text


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_tables_have_the_same_rows_in_every_format(tables: Path, shell, form: str):
    shell.data("export", "--tables", "all", "--format", form)
    both = [
        json.loads((folder / "manifest.json").read_text())["tables"]
        for folder in (tables, shell.folder / "all")
    ]
    counts = [{one["table"]: one["row_count"] for one in files} for files in both]
    assert counts[0] == counts[1]
    with (shell.folder / "all" / f"core.work.{form}").open(newline="") as file:
        lines = len(list(csv.DictReader(file) if form == "csv" else file))
    assert lines == counts[0]["core.work"]


def test_tables_are_the_same_twice(tables: Path, shell):
    shell.data("export", "--tables", "again")
    again = (shell.folder / "again" / "manifest.json").read_text()
    assert again == (tables / "manifest.json").read_text()


def test_private_tables_are_written_only_when_asked_for(tables: Path, shell):
    done = shell("export", "--tables", "own", "--private")
    assert "not to be passed on" in done.stderr
    names = {path.name for path in (shell.folder / "own").iterdir()}
    private = {name for name in names if name.startswith("private.")}
    assert "private.citation_context.parquet" in private
    assert {path.name for path in tables.iterdir()} == names - private
    assert "not to be passed on" in (shell.folder / "own" / "README.md").read_text()


def test_a_folder_of_somebody_else_is_never_replaced(shell):
    (shell.folder / "thesis").mkdir()
    (shell.folder / "thesis" / "chapter.txt").write_text("mine")
    for force in ([], ["--force"]):
        done = shell("export", "--tables", "thesis", *force)
        assert done.returncode == 2
        assert "thesis holds something else" in done.stderr
    assert [path.name for path in shell.folder.rglob("*.*")] == ["chapter.txt"]


def test_what_was_put_beside_exported_tables_is_never_lost(shell):
    shell.data("export", "--tables", "all")
    (shell.folder / "all" / "notes.txt").write_text("mine")
    done = shell("export", "--tables", "all", "--force")
    assert done.returncode == 2
    assert "all holds something else" in done.stderr
    (shell.folder / "site").mkdir()
    (shell.folder / "site" / "manifest.json").write_text('{"name": "my site"}')
    assert shell("export", "--tables", "site", "--force").returncode == 2
    assert (shell.folder / "all" / "notes.txt").read_text() == "mine"


def test_an_export_is_replaced_with_force_only(shell):
    shell.data("export", "--tables", "all", "--format", "jsonl")
    done = shell("export", "--tables", "all", "--format", "csv")
    assert done.returncode == 2
    assert "give --force to replace it" in done.stderr
    shell.data("export", "--tables", "all", "--format", "csv", "--force")
    endings = {path.suffix for path in (shell.folder / "all").iterdir()}
    assert endings == {".csv", ".md", ".json"}
    assert [path.name for path in shell.folder.iterdir()] == ["all"]


def test_a_badge_says_what_the_report_says(shell):
    svg = shell.data("badge", STATED)
    counts = json.loads(shell.data("report", STATED, "--json"))["counts"]
    assert f"cited by {counts['citing_work_count']:,}<" in svg
    assert f">{counts['contrasting_statement_count']} contrasting<" in svg
    shell.data("badge", RETRACTED, "-o", "badge.svg")
    assert ">retracted<" in (shell.folder / "badge.svg").read_text()


def test_a_badge_of_a_work_nobody_asked_about_is_refused(shell):
    done = shell("badge", NEVER_ASKED)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == shell("report", NEVER_ASKED).stderr
