"""``citehouse verify``: does everything add up, down to the archived bytes?"""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import draw, invocation, write_model

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schemas.verification import Audited, Verification

NAME: Final = "verify"
EXAMPLES: Final = (
    "citehouse verify",
    "citehouse verify --json | jq '.audited[] | select(.row_count > 0)'",
)


def command(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the audit as JSON.")
    ] = False,
) -> int:
    """Add up what is published, and hold it against the archive.

    Changes nothing. Sums the records of each run and source, looks for numbers that no
    cause explains, runs every check, and hashes every archived answer again. Exit
    code 1: something does not add up; the rows are shown.
    """
    from pipeline.verify import verify

    found = verify(invocation(ctx).settings().home)
    if as_json:
        write_model(found)
    else:
        draw(_drawn(found))
    return found.exit_code


def _drawn(found: "Verification") -> "RenderableType":
    from rich.console import Group

    return Group(
        _headline(found),
        *_sums(found),
        *_verdicts(found),
        *_checks(found),
        *_broken(found),
    )


def _headline(found: "Verification") -> "RenderableType":
    from rich.text import Text

    from pipeline.cli.tables import plural

    broken = sum(one.is_broken for one in found.audited)
    if not broken:
        said = Text("Everything adds up", style="bold green")
    else:
        said = Text(f"{plural(broken, 'thing')} not as it should be", style="bold red")
    return Text.assemble(said, f": {found.published_path.name}")


def _sums(found: "Verification") -> "list[RenderableType]":
    from pipeline.cli.tables import (
        MAX_ROWS,
        heading,
        left_out,
        number,
        plain_table,
        words,
    )

    names = ("received", "loaded", "duplicate", "rejected", "absent")
    table = plain_table()
    table.add_column("run", overflow="fold")
    table.add_column("source")
    for name in names:
        table.add_column(name, justify="right")
    table.add_column("adds up")
    newest = found.sums[::-1]
    for row in newest[:MAX_ROWS]:
        table.add_row(
            words(row.run_id),
            words(row.source),
            *(number(getattr(row, name)) for name in names),
            words("yes") if row.is_even else words("no", "bold red"),
        )
    return [
        heading("Records, newest run first (received = the other four)"),
        table,
        *left_out(newest, "see --json"),
    ]


def _verdicts(found: "Verification") -> "list[RenderableType]":
    from pipeline.cli.tables import heading, note, number, plain_table, words

    table = plain_table()
    for name in ("source", "list of", "closed as"):
        table.add_column(name)
    table.add_column("lists", justify="right")
    for row in found.verdicts:
        style = "" if row.verdict == "complete" else "yellow"
        table.add_row(
            words(row.source),
            words(row.role),
            words(row.verdict, style),
            number(row.list_count),
        )
    return [
        heading("How the lists were closed, over all runs"),
        table,
        note(
            "Only a complete list can lower a count. The others are in"
            " core.certificate; the next run asks again."
        ),
    ]


def _checks(found: "Verification") -> "list[RenderableType]":
    from pipeline.cli.tables import heading, number, plain_table, words

    table = plain_table()
    table.add_column("what should hold", overflow="fold", ratio=1)
    table.add_column("examined", justify="right")
    table.add_column("broken by", justify="right")
    for one in found.audited:
        table.add_row(
            words(one.says),
            words("") if one.examined is None else number(one.examined),
            number(one.row_count, _style(one)),
        )
    return [heading("Checks"), table, *_not_compared(found)]


def _not_compared(found: "Verification") -> "list[RenderableType]":
    from pipeline.cli.tables import note, plural

    left_out = {
        "pruned": found.pruned_runs,
        "cut short": found.unfinished_runs,
    }
    return [
        note(f"Not compared with the archive: {plural(len(runs), 'run')} {why}.")
        for why, runs in left_out.items()
        if runs
    ]


def _style(one: "Audited") -> str:
    if not one.row_count:
        return ""
    return "bold red" if one.is_fatal else "yellow"


def _broken(found: "Verification") -> "list[RenderableType]":
    from pipeline.cli.tables import heading, note, plain_table, words

    lines: list[RenderableType] = []
    for one in found.audited:
        if not one.row_count:
            continue
        table = plain_table()
        for name in one.columns:
            table.add_column(name, overflow="fold")
        for row in one.sample:
            table.add_row(*(words(None if it is None else str(it)) for it in row))
        lines += [heading(f"{one.name}: {one.says}"), table]
        more = one.row_count - len(one.sample)
        if more > 0:
            lines.append(note(f"... and {more:,} more"))
        if one.advice:
            lines.append(words(f"-> {one.advice}"))
    return lines
