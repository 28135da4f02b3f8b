"""Citation statements as a person reads them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pipeline.cli.console import printable
from pipeline.cli.tables import heading, note, number, plain_table, plural, words
from schemas.cited_report import CitedReport
from schemas.citing_side import ReportedStatement
from schemas.search import SearchResult

_STYLES: Final = {"supporting": "green", "contrasting": "dark_orange"}
"""Mentioning is what most of them do: nothing to draw the eye."""

STATEMENTS_SHOWN: Final = 10
"""About a screen and a half; `--json` has them all."""


def by_section(report: CitedReport) -> list[RenderableType]:
    """How many statements stand in which kind of section; empty without any."""
    if not report.by_section:
        return []
    table = plain_table()
    table.add_column("section")
    for name in ("statements", "citing works", "mentions"):
        table.add_column(name, justify="right")
    for row in report.by_section:
        table.add_row(
            words(row.section),
            number(row.statement_count),
            number(row.citing_work_count),
            number(row.mention_count),
        )
    return [
        heading("Where it is cited"),
        table,
        note(
            f"Of {plural(report.full_text_citing_work_count or 0, 'citing work')} whose"
            " open full text was read. A work that cites in several sections counts in"
            " each."
        ),
    ]


def statements(report: CitedReport) -> list[RenderableType]:
    """The first statements, those of one work together; empty without any."""
    if not report.statements:
        return []
    shown = report.statements[:STATEMENTS_SHOWN]
    lines: list[RenderableType] = [heading("What citing works say")]
    for _, some in groupby(shown, key=lambda one: one.citing_work_id):
        lines += _of_one_work(list(some))
    left = len(report.statements) - len(shown)
    if left:
        lines.append(note(f"\nand {left:,} more; --json has them all"))
    return lines


def found_statements(result: SearchResult) -> RenderableType:
    """What a search has found, and how much more there is."""
    about = f" about {result.cited_doi}" if result.cited_doi else ""
    lines: list[RenderableType] = [
        Text(f"{plural(result.total_count, 'statement')}{about}: {result.words}")
    ]
    for _, some in groupby(result.statements, key=lambda one: one.citing_work_id):
        lines += _of_one_work(list(some), with_cited=True)
    left = result.total_count - len(result.statements)
    if left:
        lines.append(note(f"\nand {left:,} more; --limit shows more of them"))
    return Group(*lines)


def _of_one_work(
    some: Sequence[ReportedStatement], *, with_cited: bool = False
) -> Iterator[RenderableType]:
    first = some[0]
    title = (
        words(first.citing_title, "bold") if first.citing_title else Text("untitled")
    )
    year = words(str(first.citing_year) if first.citing_year else "year not known")
    yield Text()
    yield Text(" · ").join([title, year])
    if first.citing_is_retracted:
        yield Text("RETRACTED", style="bold red")
    link = f"https://doi.org/{first.citing_doi}" if first.citing_doi else None
    about = [words(part) for part in (link, first.licence) if part]
    if about:
        yield Text(" · ", style="dim").join(about)
    for one in some:
        place = _place(one, with_cited=with_cited)
        yield Padding(Text.assemble(words(one.text), place), (0, 0, 0, 2))


def _say(one: ReportedStatement) -> str:
    names = printable(", ".join(one.reviewers))
    return f"says {names}" if len(one.reviewers) == 1 else f"say {names}"


def _place(one: ReportedStatement, *, with_cited: bool) -> Text:
    """Where it stands and, if it is not plain, what it cites."""
    place = one.section if one.location == "body" else f"{one.section}, {one.location}"
    often = f", {one.mention_count} times" if one.mention_count > 1 else ""
    cites = f", cites {one.cited_doi or one.cited_work_id}" if with_cited else ""
    told = Text(f"  [{place}{often}{cites}", style="dim")
    if one.stance:
        told.append(f"; {one.stance}", style=_STYLES.get(one.stance, "dim"))
        told.append(f" {one.confidence:.0%}" if one.confidence is not None else "")
    if one.decided_by == "reviewer":
        told.append(f", {_say(one)}")
    if one.is_disputed:
        told.append(", disputed", style="yellow")
    return told.append("]")
