"""The report of one cited work as a person reads it."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.cli.abstract_text import abstract
from pipeline.cli.matrix import year_by_type
from pipeline.cli.statement_text import by_section, statements
from pipeline.cli.tables import (
    MAX_ROWS,
    NOT_KNOWN,
    heading,
    note,
    number,
    plain_table,
    plural,
    state_word,
    words,
)
from schemas.cited_report import CitedReport, ReportedNotice

_AUTHORS_SHOWN = 4


def cited_work(
    report: CitedReport, titles: Mapping[str, str], width: int
) -> RenderableType:
    """All of the report except the reference list, which is counted only.

    Args:
        report: what to show.
        titles: names of the sources for people, by their names.
        width: columns to draw in.
    """
    return Group(
        *_header(report),
        *_notices(report),
        *abstract(report, titles),
        *_counts(report),
        *citing_matrix(report, width),
        *by_section(report),
        *statements(report),
        *_sources(report, titles),
        *_footer(report),
    )


def citing_matrix(report: CitedReport, width: int) -> list[RenderableType]:
    """The table by year and publication type; empty without citing works."""
    if not report.by_year_and_type:
        return []
    return [
        heading("Citing works by year and publication type"),
        *year_by_type(report.by_year_and_type, width),
    ]


def _header(report: CitedReport) -> list[RenderableType]:
    title = words(report.title, "bold") if report.title else Text("title not known")
    kind = words(report.publication_type or "type not known")
    when = report.published_date or (
        str(report.published_year) if report.published_year is not None else None
    )
    facts = [words(fact) for fact in (report.container_title, report.publisher) if fact]
    date = words(when) if when else Text("date not known")
    return [
        title,
        words(_byline(report.authors)),
        Text(" · ").join([kind, date, *facts]),
        Text(f"https://doi.org/{report.doi}", style="underline"),
        *_other_names(report),
        *_open_access(report),
    ]


def _byline(authors: tuple[str, ...] | None) -> str:
    if not authors:
        return "authors not known"
    shown = ", ".join(authors[:_AUTHORS_SHOWN])
    more = len(authors) - _AUTHORS_SHOWN
    return f"{shown} and {plural(more, 'other')}" if more > 0 else shown


def _other_names(report: CitedReport) -> list[RenderableType]:
    others = [
        f"{name.scheme}:{name.value}"
        for name in report.identifiers
        if (name.scheme, name.value) != ("doi", report.doi)
    ]
    return [words("also " + ", ".join(others), "dim")] if others else []


def _open_access(report: CitedReport) -> list[RenderableType]:
    if not report.oa_url:
        return []
    licence = f" ({report.licence})" if report.licence else ""
    return [words(f"free to read: {report.oa_url}{licence}", "dim")]


def _notices(report: CitedReport) -> list[RenderableType]:
    lines: list[RenderableType] = []
    if report.is_retracted:
        lines.append(Text("\nRETRACTED", style="bold red"))
    lines += [_notice(notice) for notice in report.notices[:MAX_ROWS]]
    return lines


def _notice(notice: ReportedNotice) -> Text:
    said = [notice.type.replace("_", " ")]
    said += [f"on {notice.notice_date}"] if notice.notice_date else []
    said += [f"https://doi.org/{notice.notice_doi}"] if notice.notice_doi else []
    by = notice.asserted_by or notice.source
    via = f", via {notice.source}" if by != notice.source else ""
    others = [source for source in notice.sources if source not in {by, notice.source}]
    also = f"; so do {', '.join(others)}" if others else ""
    return words(f"Notice: {' '.join(said)} (says {by}{via}{also})", "red")


def _counts(report: CitedReport) -> list[RenderableType]:
    counts = report.counts
    if report.state != "known":
        why = (
            "every source that was asked says that it does not have this work"
            if report.state == "not_indexed"
            else "no source could list them in full; run refresh again"
        )
        cited = Text.assemble(("Cited by: not known", "bold yellow"), f" ({why})")
        return [Text(), cited, _references(report)]
    table = plain_table(header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    table.add_row(
        Text("Cited by", style="bold"),
        number(counts.citing_work_count, "bold"),
        note("works, each version counted"),
    )
    table.add_row(
        "",
        number(counts.citing_group_count),
        note("with versions of a work counted once"),
    )
    table.add_row("Self-citations", number(counts.self_citing_work_count))
    table.add_row("Independent", number(counts.independent_citing_work_count))
    table.add_row(
        "Relationship unclear",
        number(counts.unknown_relationship_work_count),
        note("too little is known of the authors"),
    )
    if report.retracted_citing_work_count:
        table.add_row(
            "Retracted",
            number(report.retracted_citing_work_count, "red"),
            note("citing works that some source calls retracted"),
        )
    return [Text(), table, *_statements(report), _references(report)]


def _statements(report: CitedReport) -> list[RenderableType]:
    if report.statement_count is None:
        return []
    if not report.full_text_citing_work_count:
        return [note("Citation statements: no citing work with an open full text")]
    counts = report.counts
    parts = [
        (
            counts.supporting_statement_count,
            "supporting",
            report.retracted_supporting_statement_count,
        ),
        (
            counts.mentioning_statement_count,
            "mentioning",
            report.retracted_mentioning_statement_count,
        ),
        (
            counts.contrasting_statement_count,
            "contrasting",
            report.retracted_contrasting_statement_count,
        ),
        (counts.unclassified_statement_count, "unclassified", None),
    ]
    split = ", ".join(
        f"{count:,} {stance}" + _since_retracted(retracted)
        for count, stance, retracted in parts
        if count is not None
    )
    told = Text(plural(report.statement_count, "citation statement"))
    told.append(f": {split}" if split else "")
    if report.reviewed_statement_count:
        told.append(f"; {report.reviewed_statement_count:,} reviewed by people")
    read = plural(report.full_text_citing_work_count or 0, "citing work")
    return [told, note(f"sentences that cite it, in the open full text of {read}")]


def _since_retracted(count: int | None) -> str:
    return f" ({count:,} of them in works since retracted)" if count else ""


def _references(report: CitedReport) -> Text:
    if report.reference_count is None:
        return Text(f"References: {NOT_KNOWN}")
    return Text(f"References: {report.reference_count:,} as declared")


def _sources(report: CitedReport, titles: Mapping[str, str]) -> list[RenderableType]:
    if not report.sources:
        return []
    table = plain_table()
    table.add_column("source")
    table.add_column("state")
    table.add_column("declared", justify="right")
    table.add_column("stored", justify="right")
    table.add_column("", overflow="fold", ratio=1)
    for name, count in report.sources.items():
        table.add_row(
            words(titles.get(name, name)),
            state_word(count.state),
            number(count.declared_count),
            number(count.stored_count),
            words(count.cause, "dim") if count.cause else Text(),
        )
    return [
        heading("Citing works, as each source has them"),
        table,
        note("Sources overlap: their numbers are never added."),
    ]


def _footer(report: CitedReport) -> list[RenderableType]:
    if report.as_of is None:
        return []
    finished = report.as_of.finished_at
    when = f" of {finished:%Y-%m-%d %H:%M} UTC" if finished else ""
    return [note(f"\nAs of run {report.as_of.run_id}{when}.")]
