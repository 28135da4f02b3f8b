"""``citehouse export``: files for reference managers, spreadsheets and notebooks."""

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import Invocation, invocation, is_terminal
from pipeline.cli.export_choice import (
    CITATIONS,
    ROWS,
    Format,
    What,
    chosen_format,
    chosen_works,
)
from pipeline.cli.output import STDOUT, writing, writing_folder
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from warehouse.report.citable import Chosen

NAME: Final = "export"
EXAMPLES: Final = (
    "citehouse export 10.7717/peerj.4375 --format ris",
    "citehouse export 10.7717/peerj.4375 --what citing-works -o citing.bib",
    "citehouse export --tag thesis --what statements -o statements.parquet",
    "citehouse export --all --what counts --format csv > counts.csv",
    "citehouse export --tables warehouse-files --format parquet",
)


def command(  # noqa: PLR0913 - one parameter an option
    ctx: typer.Context,
    dois: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOI...", help="Cited works, in any spelling."),
    ] = None,
    *,
    from_file: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FILE", help="DOIs, one a line; - reads standard input."
        ),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="The watched works with this tag."),
    ] = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="All cited works of the warehouse.")
    ] = False,
    what: Annotated[What | None, typer.Option(help="What of them. Else: work.")] = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="Else: as FILE ends; bibtex for works, else csv."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="- is stdout, as without."),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Instead: all mart and core tables."),
    ] = None,
    private: Annotated[
        bool,
        typer.Option(
            "--private", help="With --tables: also text that is not to be passed on."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over what is there.")
    ] = False,
) -> int:
    """Write works, statements, counts or whole tables to files.

    Works (the cited ones, their citing works, their references) as BibTeX, RIS or
    CSL-JSON; these and all else as csv, jsonl or parquet. A file appears when it is
    whole. Reads the published warehouse and asks no source.
    """
    from pipeline.cli.tables import plural

    call = invocation(ctx)
    if tables is not None:
        if dois or from_file or tag or is_all or what or output:
            raise UsageError(
                "--tables writes whole tables: give it without works, --what and -o"
            )
        return _export_tables(call, tables, form, private=private, force=force)
    if private:
        raise UsageError("--private goes with --tables: nothing else holds such text")
    wanted = what or What.WORK
    chosen_form = chosen_format(form, wanted, output)
    is_stdout = output in (None, STDOUT)
    if chosen_form is Format.PARQUET and is_stdout and is_terminal(sys.stdout):
        raise UsageError("parquet is binary; give --output FILE, or send it to a file")
    chosen = chosen_works(call, dois or [], from_file=from_file, tag=tag, is_all=is_all)
    with writing(output, force=force) as stream:
        count = _write(call, chosen, wanted, chosen_form, stream)
    noun = "work" if chosen_form in CITATIONS else "row"
    where = "" if is_stdout else f" written to {output}"
    call.say(f"{plural(count, noun)}{where}")
    if wanted is What.STATEMENTS:
        _say_licences(call, chosen)
    return 0


def _write(
    call: Invocation, chosen: "Chosen", what: What, form: Format, stream: IO[bytes]
) -> int:
    """How many works or rows were written."""
    from warehouse.export import FORMATS, export
    from warehouse.report.citable import ALL, citable_works, rows_about
    from warehouse.report.citation_formats import CITATION_FORMATS, citations

    home = call.settings().home
    wanted = next(one for one in ALL if one == what.value)
    if form in ROWS:
        known = next(one for one in FORMATS if one == form.value)
        with rows_about(home, chosen, wanted) as rows:
            return export(rows, known, stream)
    name = next(one for one in CITATION_FORMATS if one == form.value)
    count = 0
    with rows_about(home, chosen, wanted, is_list=True) as rows:
        works = citable_works(rows)
        for piece in citations(works, name):
            stream.write(piece.encode())
            count += 1
    return count - 1  # the last piece closes the file


def _say_licences(call: Invocation, chosen: "Chosen") -> None:
    from pipeline.cli.tables import plural
    from warehouse.report.citable import statement_licences

    counts = statement_licences(call.settings().home, chosen)
    for licence, count in counts.items():
        call.say(f"  {plural(count, 'statement')}: {licence or 'no licence stated'}")


def _export_tables(
    call: Invocation, folder: Path, form: Format | None, *, private: bool, force: bool
) -> int:
    from pipeline.cli.report import source_licences
    from pipeline.cli.tables import plural
    from warehouse.export import FORMATS
    from warehouse.export_tables import export_tables, is_table_export

    wanted = form or Format.PARQUET
    if wanted not in ROWS:
        raise UsageError(f"{wanted} holds works, no tables; give {', '.join(ROWS)}")
    known = next(one for one in FORMATS if one == wanted.value)
    home = call.settings().home
    with writing_folder(folder, force=force, is_ours=is_table_export) as empty:
        done = export_tables(home, empty, known, source_licences(), private=private)
    rows = sum(table.row_count for table in done.tables)
    call.say(f"{len(done.tables)} tables, {plural(rows, 'row')} written to {folder}")
    if private:
        call.say("Text of others is among them (private.*): not to be passed on.")
    return 0
