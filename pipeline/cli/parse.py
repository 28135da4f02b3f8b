"""``citehouse parse``: recorded answers, parsed as a run would parse them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import draw, write_json, write_message
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.parse_files import FileParse

NAME: Final = "parse"
EXAMPLES: Final = (
    "citehouse parse openalex answer.json",
    "citehouse parse crossref recorded/*.json.gz --json",
)

_EXIT_INCOMPLETE: Final = 3
_REASONS_SHOWN: Final = 20


def command(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Whose answers; see `sources`.")
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Bodies; .gz is read, too.")
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line, one a file.")
    ] = False,
) -> int:
    """Parse recorded answers, record by record.

    received = parsed + rejected + absent; asks no source and stores nothing. Exit code
    3: a file could not be read, the others were; 2: none could.
    """
    from pipeline.parse_files import parse_file
    from pipeline.sources import all_sources

    sources = all_sources()
    if source not in sources:
        names = ", ".join(sources)
        raise UsageError(f"no source is called {source!r}; the sources are {names}")
    done: list[FileParse] = []
    for path in files:
        try:
            found = parse_file(sources[source], path)
        except UsageError as err:
            write_message(f"citehouse: {err}")
            continue
        done.append(found)
        if as_json:
            write_json(found.model_dump(mode="json"), indent=False)
    if not done:
        return UsageError.exit_code
    if not as_json:
        _show(done)
    return 0 if len(done) == len(files) else _EXIT_INCOMPLETE


def _show(done: "Sequence[FileParse]") -> None:
    from pipeline.cli.tables import heading, left_out, note, number, plain_table, words

    table = plain_table()
    table.add_column("file", overflow="fold", ratio=1)
    table.add_column("kind")
    for name in ("received", "parsed", "rejected", "absent"):
        table.add_column(name, justify="right")
    for found in done:
        rejected = len(found.rejected)
        table.add_row(
            words(found.file),
            words(found.kind) if found.kind else note("not handled"),
            number(found.received),
            number(found.parsed),
            number(rejected, "yellow" if rejected else ""),
            number(found.absent),
        )
    table.add_section()
    table.add_row(
        f"{len(done):,} files",
        "",
        number(sum(found.received for found in done)),
        number(sum(found.parsed for found in done)),
        number(sum(len(found.rejected) for found in done)),
        number(sum(found.absent for found in done)),
        style="bold",
    )
    reasons = [
        f"{found.file}, record {item.index}: {error.field}: {error.message}"
        for found in done
        for item in found.rejected
        for error in item.errors
    ]
    draw(table)
    if reasons:
        shown = [words(f"- {reason}") for reason in reasons[:_REASONS_SHOWN]]
        draw(heading("Rejected, and why"), *shown, *left_out(reasons, "see --json"))
