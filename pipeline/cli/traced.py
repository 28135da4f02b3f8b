"""A trace as a person reads it."""

import json
from pathlib import Path
from typing import Final, get_args

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.cli.console import printable
from pipeline.cli.tables import (
    MAX_ROWS,
    heading,
    left_out,
    note,
    number,
    plain_table,
    plural,
    state_word,
    words,
)
from schemas.provenance import Source
from schemas.trace import (
    CountTrace,
    EdgeTrace,
    TracedAnswer,
    TracedRecord,
    TracedSource,
    TracedWork,
)

_CAUSES: Final = (
    ("no_identifier", "no identifier"),
    ("duplicate", "listed twice"),
    ("merged_version", "versions of the work itself"),
    ("out_of_reach", "out of reach"),
    ("withdrawn", "stored, no longer listed"),
    ("not_yet_indexed", "counted, not listed"),
    ("failed", "failed"),
    ("unexplained_count", "unexplained"),
)
_SAID_BY_WIDTH: Final = 26
"""Room for two names of sources; leaves a DOI of usual length its line of 100."""

_REGISTERED_WITH: Final = "registered with "
"""Begins the cause for which a registry cannot have a work, in `core.source_count`."""

_RELATIONSHIPS: Final = {True: "self", False: "independent", None: "not known"}


def traced_count(trace: CountTrace, home: Path) -> RenderableType:
    """The number of citing works: by source, with the answers, and its newest rows."""
    total = Text.assemble(
        "\nCited by ",
        number(trace.citing_work_count, "bold"),
        f" ({trace.state}): "
        f"the rows of core.citation with cited_work_id = '{trace.work.work_id}'",
    )
    return Group(
        *_work(trace.work),
        total,
        *_citing(trace),
        *(part for source in trace.sources for part in _source(source)),
        note(f"\nRaw answers: {home / 'archive'}, by run_id and sha256."),
    )


def traced_edge(trace: EdgeTrace, home: Path) -> RenderableType:
    """One citation: both ends, why it counts, where, and each record that says so."""
    return Group(
        heading("The citing work"),
        *_work(trace.citing),
        *(
            note(f"{one.field}: {one.source}, {printable(one.record_key)}")
            for one in trace.provenance
        ),
        heading("The cited work"),
        *_work(trace.cited),
        Text(f"\n{trace.why[0].upper()}{trace.why[1:]}.", style="bold"),
        *_self_citation(trace),
        *(part for record in trace.records for part in _record(record, home)),
        *(
            words(
                f"Kept apart: {one.token_a} and {one.token_b} ({one.reason}), which "
                f"{one.source} puts together in {one.record_key}",
                "yellow",
            )
            for one in trace.conflicts[:MAX_ROWS]
        ),
    )


def _work(work: TracedWork) -> list[RenderableType]:
    facts = [
        str(work.published_year or "year not known"),
        work.publication_type or "type not known",
        *(["RETRACTED"] if work.is_retracted else []),
    ]
    return [
        words(work.title or "title not known", "bold"),
        words(f"{work.work_id} ({', '.join(facts)})"),
    ]


def _citing(trace: CountTrace) -> list[RenderableType]:
    if not trace.citing:
        return []
    table = plain_table()
    # No column has a least width: Rich would cut off what is then too much.
    for title in ("citing work", "year", "type", "relation"):
        table.add_column(title, overflow="fold")
    table.add_column("said by", overflow="fold", max_width=_SAID_BY_WIDTH)
    for one in trace.citing[:MAX_ROWS]:
        table.add_row(
            words(one.citing_work_id),
            words(None if one.citing_year is None else str(one.citing_year)),
            words(one.publication_type),
            Text(_RELATIONSHIPS[one.is_self_citation]),
            words(", ".join(one.sources), "dim"),
        )
    return [Text(), table, *left_out(trace.citing, "see --json")]


def _source(source: TracedSource) -> list[RenderableType]:
    title = Text.assemble((f"\n{source.source}", "bold"), " ", state_word(source.state))
    if source.cause:
        title.append(f" ({printable(_by_name(source.cause))})", style="dim")
    causes = [(label, getattr(source, name)) for name, label in _CAUSES]
    parts = [f"{count:+,} {label}" for label, count in causes if count]
    sum_ = Text()
    if source.declared_count is not None:
        sum_ = Text.assemble(
            f"declared {source.declared_count:,} = stored ",
            number(source.stored_count),
            *(f" {part}" for part in parts),
        )
    elif source.stored_count is not None:
        sum_ = Text(f"stored {source.stored_count:,}, declared none")
    return [
        title,
        *([sum_] if sum_ else []),
        note(f"run {source.run_id}"),
        *_answers(source.answers),
    ]


def _by_name(cause: str) -> str:
    """A cause with the registry as the source that it is here: `crossref`.

    Agencies that are no source keep the name that doi.org gives them.
    """
    said, found, agency = cause.partition(_REGISTERED_WITH)
    if found and agency.lower() in get_args(Source):
        agency = agency.lower()
    return said + found + agency


def _answers(answers: tuple[TracedAnswer, ...]) -> list[RenderableType]:
    if not answers:
        return [note("no answer speaks for this work")]
    table = plain_table()
    for title in ("role", "page", "rows", "status", "list", "sha256", "request"):
        table.add_column(title, overflow="fold")
    for one in answers[:MAX_ROWS]:
        table.add_row(
            one.role,
            str(one.page),
            number(one.received),
            words(str(one.http_status or one.outcome)),
            words(one.verdict or "", "" if one.verdict == "complete" else "yellow"),
            one.raw_sha256[:12],
            words(_shortened(one.url), "dim"),
        )
    return [table, *left_out(answers, "see --json")]


def _beginning(url: str, most: int = 300) -> str:
    return url if len(url) <= most else f"{url[:most]}... (whole in --json)"


def _shortened(url: str, most: int = 60) -> str:
    """The end of a URL tells answers apart better than its beginning."""
    path = url.partition("://")[2].partition("/")[2]
    return path if len(path) <= most else f"{path[: most - 3]}..."


def _self_citation(trace: EdgeTrace) -> list[RenderableType]:
    if not trace.is_counted:
        return []
    if trace.is_self_citation:
        method = (trace.self_citation_method or "").replace("_", " ")
        who = ", ".join(trace.shared_authors)
        return [words(f"A self-citation, by {method}: {who}.")]
    if trace.is_self_citation is None:
        return [Text("Self-citation: not known, a byline is missing or cut short.")]
    return [Text("Independent: the bylines have nobody in common.")]


def _record(record: TracedRecord, home: Path) -> list[RenderableType]:
    answer = record.answer
    since = f"{record.first_seen:%Y-%m-%d} to {record.last_seen:%Y-%m-%d}"
    lines: list[RenderableType] = [
        Text.assemble(
            (f"\n{record.source}", "bold"),
            " ",
            words(record.record_key),
        ),
        note(f"seen {since}, last in run {answer.run_id}"),
        note(
            f"{answer.role}, page {answer.page}, position {record.record_index} "
            f"(from 0) of {plural(answer.received, 'record')}"
        ),
        note(
            f"HTTP {answer.http_status} after "
            f"{plural(answer.attempts, 'try', 'tries')}, "
            f"{answer.fetched_at:%Y-%m-%d %H:%M:%S} UTC"
        ),
        words(_beginning(answer.url), "dim"),
        note(
            f"sha256 {answer.raw_sha256} in {home / 'archive'}/run_id={answer.run_id}"
        ),
    ]
    if record.withdrawn_in_run_id:
        lines.append(
            words(f"withdrawn since run {record.withdrawn_in_run_id}", "yellow")
        )
    if record.raw is not None:
        lines.append(words(json.dumps(record.raw, indent=2, ensure_ascii=False)))
    return lines
