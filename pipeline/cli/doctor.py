"""``citehouse doctor``: what could go wrong, before it does."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import draw, invocation, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.cli.findings.finding import Finding

NAME: Final = "doctor"
EXAMPLES: Final = ("citehouse doctor", "citehouse doctor --online --json")

_EXIT_BROKEN: Final = 1


def command(
    ctx: typer.Context,
    *,
    online: Annotated[
        bool, typer.Option("--online", help="Also ask each source one question.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the findings as JSON.")
    ] = False,
) -> int:
    """Look for what could go wrong, and say how to mend it.

    Looks at the settings (no key or address is shown), the home, the warehouse and, if
    asked, the sources. Exit code 1: something is broken; a note does not count.
    """
    from pipeline.cli.findings.examine import examine

    findings = examine(invocation(ctx), online=online)
    if as_json:
        write_json([finding.model_dump(mode="json") for finding in findings])
    else:
        _show(findings)
    broken = any(finding.state == "broken" for finding in findings)
    return _EXIT_BROKEN if broken else 0


def _show(findings: "Sequence[Finding]") -> None:
    from rich.text import Text

    from pipeline.cli.tables import plain_table, words

    styles = {"ok": "green", "note": "yellow", "broken": "bold red"}
    table = plain_table(header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for finding in findings:
        found = words(finding.found)
        if finding.advice:
            found.append("\n").append(words(f"-> {finding.advice}"))
        state = Text(finding.state, style=styles[finding.state])
        table.add_row(state, words(finding.subject), found)
    draw(table)
