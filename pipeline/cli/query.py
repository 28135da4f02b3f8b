"""``citehouse query``: SQL on the published warehouse, read only."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import (
    Invocation,
    StdoutBytes,
    draw,
    drawing_width,
    invocation,
    is_terminal,
    write_data,
    write_message,
)
from pipeline.cli.moment import read_moment
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from warehouse.query import QueryResult

NAME: Final = "query"
EXAMPLES: Final = (
    'citehouse query "select cited_doi, citing_work_count from mart.tally"',
    'citehouse query "from mart.citations_by_year" --format csv > counts.csv',
    'citehouse query "from core.work" --format parquet --output works.parquet',
    "citehouse query - < question.sql",
)

MAX_TABLE_ROWS: Final = 1_000
"""Rows that a table shows; a person reads no more, and other formats give all."""


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def command(
    ctx: typer.Context,
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="One query; - reads standard input.")
    ],
    *,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="How rows are written.")
    ] = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Instead of stdout."),
    ] = None,
    private: Annotated[
        bool,
        typer.Option(
            "--private", help="Export text that is not to be passed on, for own use."
        ),
    ] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="As it was then: a day, a time, or a run."
        ),
    ] = None,
) -> int:
    """Ask the published warehouse one question in DuckDB's SQL.

    Nothing can be changed by it, and it never waits for a run. A table shows the first
    1,000 rows; csv, json (a list of objects) and parquet give all, but text that
    licences keep private only with --private.
    """
    if form is Format.TABLE and output is not None:
        raise UsageError("a table is for reading; give --format csv, json or parquet")
    if form is Format.PARQUET and output is None and is_terminal(sys.stdout):
        raise UsageError("parquet is binary; give --output FILE, or send it to a file")
    from warehouse.query import run_query

    call = invocation(ctx)
    question = sys.stdin.read() if sql == "-" else sql
    if not question.strip():
        raise UsageError("the query is empty; give SQL, such as 'from mart.tally'")
    moment = None if as_of is None else read_moment(as_of)
    with run_query(call.settings().home, question, as_of=moment) as result:
        if form is Format.TABLE:
            _show(result, call)
            return 0
        if result.private:
            _keep_private(result, call, is_allowed=private)
        if output is None:
            with StdoutBytes() as stream:
                _write(result, form, stream)
        else:
            _write_file(result, form, output)
            call.say(f"Written to {output}")
    return 0


def _keep_private(result: "QueryResult", call: Invocation, *, is_allowed: bool) -> None:
    """Let private text out only to who has said that it stays with them.

    Raises:
        UsageError: they have not.
    """
    tables = ", ".join(result.private)
    if not is_allowed:
        raise UsageError(
            f"the query reads {tables}, with text of others that is not to be passed on"
            " (passages that cite, abstracts); give --private to export it for your own"
            " use, or ask core and mart tables"
        )
    call.say(
        f"Private text, from {tables}: for your own use, not to be passed on. Passages"
        " are Semantic Scholar's, by its API licence, item by item CC BY-NC or ODC-BY,"
        " with attribution; abstracts belong to their publishers."
    )


def _write(result: "QueryResult", form: Format, stream: IO[bytes]) -> None:
    from pyarrow import ArrowException

    from warehouse.export import FORMATS, export

    known = next(each for each in FORMATS if each == form.value)
    try:
        export(result, known, stream)
    except ArrowException as err:
        # Intervals, say, have no place in Parquet.
        raise UsageError(
            f"{known} cannot hold this answer: {err}; cast the column to varchar"
        ) from err


def _write_file(result: "QueryResult", form: Format, output: Path) -> None:
    """Write beside the file and rename: what is there is whole or as it was."""
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as stream:
            _write(result, form, stream)
        partial.replace(output)
    except OSError as err:
        raise UsageError(
            f"cannot write {output}: {err.strerror or err}; choose another --output"
        ) from err
    finally:
        partial.unlink(missing_ok=True)


def _show(result: "QueryResult", call: Invocation) -> None:
    from itertools import islice

    from rich.text import Text

    from pipeline.cli.grid import grid

    rows = list(islice(result.rows(), MAX_TABLE_ROWS + 1))
    width = drawing_width() if is_terminal(sys.stdout) else None
    drawn = grid(result.columns, result.types, rows[:MAX_TABLE_ROWS], width)
    if drawn.header:
        draw(Text(drawn.header, style="bold", no_wrap=True), width=len(drawn.header))
    write_data("".join(f"{line}\n" for line in drawn.lines))
    if not rows:
        call.say("no rows")
    elif len(rows) > MAX_TABLE_ROWS:
        write_message(
            f"citehouse: only the first {MAX_TABLE_ROWS:,} rows are shown;"
            " --format csv gives all"
        )
