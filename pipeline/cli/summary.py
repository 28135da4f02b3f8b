"""A run's report as a person reads it."""

from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.cli.night_text import night_plan
from pipeline.cli.tables import (
    MAX_ROWS,
    duration,
    heading,
    left_out,
    note,
    number,
    plain_table,
    plural,
    size,
    state_word,
    words,
)
from schemas.report import CitedSummary, RunReport, SourceCount

_PARTS_OF_RECEIVED: Final = ("loaded", "duplicate", "rejected", "absent")


def run_summary(report: RunReport) -> RenderableType:
    """Everything that a run has to say, in the order in which it is asked for."""
    return Group(
        _headline(report),
        *([night_plan(report.plan)] if report.plan else []),
        *_cited_works(report),
        *_by_source(report),
        *_records(report),
        *_full_texts(report),
        *_rejected(report),
        *_remarks(report),
    )


def _headline(report: RunReport) -> Text:
    took = (report.finished_at - report.started_at).total_seconds()
    style = "bold green" if report.exit_code == 0 else "bold yellow"
    state = "Done" if report.state == "complete" else "Done, but incomplete"
    asked = sum(source.requests for source in report.sources)
    received = sum(source.received_bytes for source in report.sources)
    works = plural(len(report.cited), "cited work")
    if report.plan:
        works = f"{plural(report.plan.watched_count, 'watched work')}, of which"
        works += f" {len(report.cited):,} asked about"
    return Text.assemble(
        (state, style),
        f": {works}, {plural(asked, 'request')},"
        f" {size(received)} in {duration(took)}. Run ",
        (report.run_id, "dim"),
    )


def _cited_works(report: RunReport) -> list[RenderableType]:
    if not report.cited:
        return []
    table = plain_table()
    table.add_column("DOI and title", overflow="fold", ratio=1)
    table.add_column("state")
    table.add_column("cited by", justify="right")
    table.add_column("versions\nonce", justify="right")
    for cited in report.cited[:MAX_ROWS]:
        table.add_row(
            _doi_and_title(cited),
            state_word(cited.state),
            number(cited.citing_work_count),
            number(cited.citing_group_count),
        )
    return [
        heading("Cited works"),
        table,
        *left_out(report.cited, '`query "from mart.tally"` lists them all'),
        note(
            "cited by: citing works, each version (preprint, published) counted."
            " versions once: a preprint and its article counted together."
        ),
    ]


def _doi_and_title(cited: CitedSummary) -> Group:
    doi = words(cited.cited_doi)
    doi.overflow = "fold"
    if cited.title is None:
        return Group(doi)
    title = words(cited.title, "dim")
    title.no_wrap, title.overflow = True, "ellipsis"
    return Group(doi, title)


def _by_source(report: RunReport) -> list[RenderableType]:
    shown = [source for source in report.sources if source.asked]
    if not report.cited or not shown:
        return []
    table = plain_table()
    table.add_column("DOI", overflow="fold", ratio=1)
    for source in shown:
        table.add_column(source.title, justify="right")
    for cited in report.cited[:MAX_ROWS]:
        counts = (source_count(cited.sources.get(each.source)) for each in shown)
        table.add_row(words(cited.cited_doi), *counts)
    return [
        heading("Citing works, as each source has them"),
        table,
        note(
            "66/67: 66 are in the warehouse, the source declares 67. Sources overlap:"
            " never add them."
        ),
    ]


def source_count(count: SourceCount | None) -> Text:
    """`74`, `70/74` (stored/declared), `not indexed`, `failed`; None: `not asked`."""
    if count is None:
        return Text("not asked", style="dim")
    if count.state != "known":
        return state_word(count.state)
    if count.declared_count is None:
        return number(count.stored_count)
    if count.stored_count is None:
        return Text(f"{count.declared_count:,} declared")
    if count.stored_count == count.declared_count:
        return number(count.stored_count)
    return Text(f"{count.stored_count:,}/{count.declared_count:,}")


def _records(report: RunReport) -> list[RenderableType]:
    if not report.sources:
        return []
    table = plain_table()
    table.add_column("source")
    for name in ("requests", "retries", "received", *_PARTS_OF_RECEIVED):
        table.add_column(name, justify="right")
    for source in report.sources:
        table.add_row(
            words(source.title),
            number(source.requests),
            number(source.retries),
            number(source.received),
            number(source.loaded),
            number(source.duplicate),
            number(source.rejected, "yellow" if source.rejected else ""),
            number(source.absent),
        )
    return [
        heading(f"Records (received = {' + '.join(_PARTS_OF_RECEIVED)})"),
        table,
        note(
            "duplicate: seen before in this run. absent: the source says that there is"
            " nothing, or nothing identifiable."
        ),
    ]


_TEXTS_IN_WORDS: Final = {
    "read": "read",
    "rejected": "rejected, see core.full_text",
    "not_open": "not open after all",
    "failed": "without an answer, the next run asks again",
}


_CITATIONS_IN_WORDS: Final = {
    "statements": "with sentences that cite",
    "no_mention": "in the list of references only",
    "no_reference": "not found in the list of references",
    "rejected": "in a text that could not be read, see core.full_text_citation",
    "gone": "in a text that is gone from the archive",
}


def _full_texts(report: RunReport) -> list[RenderableType]:
    if not report.full_texts:
        return []
    parts = [
        f"{count:,} {_TEXTS_IN_WORDS[outcome]}"
        for outcome, count in report.full_texts.items()
    ]
    asked = plural(sum(report.full_texts.values()), "open full text")
    found = [
        f"{count:,} {_CITATIONS_IN_WORDS[outcome]}"
        for outcome, count in report.full_text_citations.items()
    ]
    looked = plural(sum(report.full_text_citations.values()), "citation")
    return [
        heading("Full texts of citing works"),
        Text(f"{asked} asked for: {', '.join(parts)}."),
        *(
            [Text(f"{looked} of watched works there: {', '.join(found)}.")]
            if found
            else []
        ),
    ]


def _rejected(report: RunReport) -> list[RenderableType]:
    if not report.reject_counts:
        return []
    table = plain_table()
    table.add_column("source")
    table.add_column("records", justify="right")
    table.add_column("reason", overflow="fold", ratio=1)
    titles = {source.source: source.title for source in report.sources}
    for reject in report.reject_counts[:MAX_ROWS]:
        table.add_row(
            words(titles.get(reject.source, reject.source)),
            number(reject.record_count),
            words(reject.reason.removeprefix(": ")),
        )
    return [
        heading("Rejected records, and why"),
        table,
        *left_out(report.reject_counts, "see core.reject"),
        note("Each is kept in core.reject with all its errors and its raw answer."),
    ]


def _remarks(report: RunReport) -> list[RenderableType]:
    stopped = [
        f"{source.title} was not asked further: {source.stopped_reason}"
        for source in report.sources
        if source.stopped_reason
    ]
    lines: list[RenderableType] = []
    for title, style, sentences in (
        ("Not as expected", "red", report.expectations_broken),
        ("Good to know", "yellow", (*stopped, *report.warnings)),
    ):
        if sentences:
            lines.append(heading(title))
            lines += [
                Text.assemble(("- ", style), words(sentence))
                for sentence in sentences[:MAX_ROWS]
            ]
            lines += left_out(sentences, "see --json")
    return lines
