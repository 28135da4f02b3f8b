"""What a run did, as Markdown: for whoever opens a scheduled run the next morning."""

import re
from collections.abc import Sequence
from typing import Final

from schemas.report import CitedSummary, RunReport, SourceSummary

MAX_CITED_SHOWN: Final = 50
"""Rows of cited DOIs; those that failed come first, so that they are never cut off."""

_ORDER: Final = {"failed": 0, "not_indexed": 1, "known": 2}
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(report: RunReport) -> str:
    """The summary of a run: outcome first, then what to look at, then the numbers.

    A number that is not known is a dash, never 0.
    """
    sections = [
        _outcome(report),
        _bullets("Look at this", (*report.expectations_broken, *report.warnings)),
        _sources(report.sources),
        _cited(report.cited),
        _rejects(report),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def markdown_of_failure(error: Exception) -> str:
    """The summary of a run that ended with an error and published nothing."""
    return (
        "# Failed: nothing was published\n\n"
        f"{_text(str(error))}\n\n"
        "Readers still see the last published warehouse. Answers that had come in are "
        "kept in the archive.\n"
    )


def _outcome(report: RunReport) -> str:
    took_s = (report.finished_at - report.started_at).total_seconds()
    published = (
        f"Published `{report.published_path.name}`."
        if report.published_path
        else "Nothing was published."
    )
    return (
        f"# Run {_text(report.run_id)}: {report.state}\n\n"
        f"Exit code {report.exit_code}. {published} "
        f"{_counted(len(report.cited), 'cited DOI')}, {took_s:.0f} s, "
        f"ended {report.finished_at:%Y-%m-%d %H:%M} UTC."
    )


def _sources(sources: Sequence[SourceSummary]) -> str:
    rows = [
        [
            source.title,
            source.asked,
            source.known,
            source.not_indexed,
            source.failed,
            source.received,
            source.loaded,
            source.duplicate,
            source.rejected,
            source.absent,
            source.requests,
            source.retries,
            source.stopped_reason,
        ]
        for source in sources
    ]
    head = (
        "source, asked, known, not indexed, failed, received, loaded, duplicate, "
        "rejected, absent, requests, retries, stopped because"
    )
    return _table("Sources", head.split(", "), rows)


def _cited(cited: Sequence[CitedSummary]) -> str:
    first = sorted(cited, key=lambda work: (_ORDER[work.state], work.cited_doi))
    rows = [
        [
            work.cited_doi,
            work.title,
            work.state,
            work.citing_work_count,
            work.citing_group_count,
            _causes(work),
        ]
        for work in first[:MAX_CITED_SHOWN]
    ]
    head = ["cited DOI", "title", "state", "citing works", "versions once", "causes"]
    table = _table("Cited DOIs", head, rows)
    left = len(cited) - MAX_CITED_SHOWN
    return f"{table}\n\n… and {left} more in `mart.tally`." if left > 0 else table


def _causes(work: CitedSummary) -> str:
    return "; ".join(
        f"{name}: {count.cause}"
        for name, count in sorted(work.sources.items())
        if count.cause
    )


def _rejects(report: RunReport) -> str:
    titles = {source.source: source.title for source in report.sources}
    rows = [
        [
            titles.get(one.source, one.source),
            one.reason.removeprefix(": "),
            one.record_count,
        ]
        for one in report.reject_counts
    ]
    return _table("Rejected records", ["source", "reason", "records"], rows)


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    lines = [head, ["---"] * len(head)]
    lines += [[_cell(value) for value in row] for row in rows]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"## {title}\n\n{table}"


def _bullets(title: str, sentences: Sequence[str]) -> str:
    lines = "\n".join(f"- {_text(sentence)}" for sentence in sentences)
    return f"## {title}\n\n{lines}" if lines else ""


def _cell(value: object) -> str:
    return "—" if value is None else _text(str(value))


def _text(text: str) -> str:
    # Titles and error texts are other people's: they must not become markup.
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
