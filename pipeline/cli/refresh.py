"""``citehouse refresh``: ask the sources, load, publish."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import (
    Invocation,
    draw,
    invocation,
    write_message,
    write_model,
)
from pipeline.cli.progress import shown_progress
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from schemas.report import RunReport

NAME: Final = "refresh"
EXAMPLES: Final = (
    "citehouse refresh 10.7717/peerj.4375",
    "citehouse refresh https://doi.org/10.1038/nature12373 10.7717/peerj.4375",
    "citehouse refresh --from dois.txt --json > run.json",
    "citehouse refresh --watched --tag thesis",
    "cut -f1 list.tsv | citehouse refresh --from -",
)

_MAX_LINES_SHOWN: Final = 20
_EXIT_INCOMPLETE: Final = 3


def command(
    ctx: typer.Context,
    dois: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOI...", help="Cited works; any spelling of a DOI."),
    ] = None,
    *,
    from_file: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="One DOI a line, # for comments; - reads standard input.",
        ),
    ] = None,
    watched: Annotated[
        bool, typer.Option("--watched", help="The works on the watch-list as well.")
    ] = False,
    tag: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="Of the watched works, those with this tag."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the run's report as JSON.")
    ] = False,
) -> int:
    """Ask the sources who cites these works; load and publish.

    Exit code 3: published, but a source did not answer fully, a line of the file was
    not a DOI, or the numbers are not as expected; the summary says which.
    """
    call = invocation(ctx)
    if tag is not None and not watched:
        raise UsageError("--tag chooses among watched works: give --watched as well")
    wanted = _wanted(dois or [], from_file)
    if watched:
        _add_watched(wanted, call, tag)
    if not wanted.dois:
        where = f"no DOI in {_origin(from_file)}" if from_file else "no DOI to refresh"
        raise UsageError(
            f"{where}; give DOIs, or a file with one a line by --from FILE"
        )
    for complaint in wanted.complaints[:_MAX_LINES_SHOWN]:
        write_message(f"citehouse: {complaint}")
    if (more := len(wanted.complaints) - _MAX_LINES_SHOWN) > 0:
        write_message(f"citehouse: and {more:,} more lines that are not DOIs")
    from pipeline.run import refresh

    with shown_progress(call) as observer:
        report = refresh(wanted.dois, call.settings(), observe=observer)
    if wanted.complaints:
        count = len(wanted.complaints)
        are = "line is no DOI" if count == 1 else "lines are no DOIs"
        warning = f"{_origin(from_file)}: {count:,} {are}"
        report = report.model_copy(update={"warnings": (warning, *report.warnings)})
    show_run(report, call, as_json=as_json)
    return max(report.exit_code, _EXIT_INCOMPLETE if wanted.complaints else 0)


def show_run(report: "RunReport", call: Invocation, *, as_json: bool) -> None:
    """The report of a run as data; advice on what to do next as messages."""
    if as_json:
        write_model(report)
        return
    from pipeline.cli.summary import run_summary

    draw(run_summary(report))
    if report.published_path is not None:
        call.say(f"\nThe warehouse: {report.home / 'citehouse.duckdb'}")
    known = [cited.cited_doi for cited in report.cited if cited.state == "known"]
    if known:
        call.say(f"Next: {call.command('report', known[0])}")


@dataclass
class _Wanted:
    dois: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def _wanted(dois: Sequence[str], from_file: str | None) -> _Wanted:
    """The DOIs as they were typed, each work once, and the lines that are none.

    Raises:
        UsageError: a DOI on the command line is none, or the file holds none at all.
    """
    from pipeline.watch_import.doi_lines import without_comment
    from schemas.identifiers import normalise_doi

    wanted = _Wanted()
    seen: set[str] = set()
    for typed in dois:
        try:
            normal = normalise_doi(typed)
        except ValueError as err:
            raise UsageError(f"{err}; nothing was refreshed") from err
        _add(wanted, seen, typed, normal)
    origin = _origin(from_file)
    for place, line in _lines(from_file):
        typed = without_comment(line)
        if not typed:
            continue
        try:
            normal = normalise_doi(typed)
        except ValueError as err:
            wanted.complaints.append(f"{origin}, line {place}: {err}; skipped")
        else:
            _add(wanted, seen, typed, normal)
    if wanted.complaints and not wanted.dois:
        raise UsageError(
            f"no line of {origin} is a DOI, nothing was refreshed;"
            f" the first: {wanted.complaints[0]}"
        )
    return wanted


def _add_watched(wanted: _Wanted, call: Invocation, tag: str | None) -> None:
    """The watched works besides those that were named.

    Raises:
        UsageError: no work is watched, or none with the tag.
    """
    from pipeline.watch_import.take import tag_of
    from pipeline.watch_list import watched_dois
    from schemas.identifiers import normalise_doi

    normal = None if tag is None else tag_of(tag)
    found = watched_dois(call.settings().home, tag=normal)
    if not found:
        which = "no work is watched" if tag is None else f"no work has the tag {tag!r}"
        begin = call.command("watch", "add", "DOI")
        raise UsageError(f"{which}; `{begin}` watches one; nothing was refreshed")
    named = {normalise_doi(typed) for typed in wanted.dois}
    wanted.dois += [doi for doi in found if doi not in named]


def _origin(from_file: str | None) -> str:
    return "standard input" if from_file == "-" else str(from_file)


def _add(wanted: _Wanted, seen: set[str], typed: str, normal: str) -> None:
    if normal not in seen:
        seen.add(normal)
        wanted.dois.append(typed)


def _lines(from_file: str | None) -> Iterable[tuple[int, str]]:
    if from_file is None:
        return []
    if from_file == "-":
        return enumerate(sys.stdin, start=1)
    try:
        # A byte order mark is no part of a DOI; bytes that are not UTF-8 make their
        # line wrong, not the whole file.
        text = Path(from_file).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as err:
        reason = err.strerror or type(err).__name__
        raise UsageError(f"cannot read {from_file}: {reason}; check --from") from err
    return enumerate(text.splitlines(), start=1)
