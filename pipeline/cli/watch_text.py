"""The watch-list as a person reads it: 80 columns, and no DOI broken."""

from collections.abc import Iterator
from functools import partial
from textwrap import wrap
from typing import Final

from pipeline.cli.console import printable
from pipeline.cli.tables import plural
from schemas.watch import (
    WatchAddition,
    WatchedFile,
    WatchedWork,
    WatchImport,
    WatchProblem,
    WatchRemoval,
)

WIDTH: Final = 80

_wrapped: Final = partial(
    wrap, width=WIDTH, break_long_words=False, break_on_hyphens=False
)


def listed(work: WatchedWork) -> Iterator[str]:
    """Lines: the DOI, its tags as a comment behind it or, if they are long, below."""
    tags = ", ".join(work.tags)
    line = f"{work.doi}  # {tags}" if tags else work.doi
    if len(line) <= WIDTH:
        yield line
    else:
        yield work.doi
        yield from _wrapped(tags, initial_indent="    # ", subsequent_indent="    # ")


def problem_line(problem: WatchProblem) -> str:
    """One line: where, and what is wrong."""
    line = f"line {problem.line}" if problem.line else ""
    where = ", ".join(filter(None, (problem.file, line, problem.key)))
    return printable(f"{where}: {problem.message}")


def added(done: WatchAddition) -> str:
    """One line: what `watch add` did."""
    counts = [
        f"{done.added_count:,} added",
        _count(done.already_watched_count, "already watched"),
        _count(done.repeated_count, "typed twice"),
        _count(done.tagged_count, "tagged anew"),
    ]
    return _sentence(counts, done.watched_count)


def imported(done: WatchImport) -> Iterator[str]:
    """Lines: what became of each file, and of the list."""
    for file in done.files:
        yield from _wrapped(
            f"{printable(file.file)}{_format(file)}: "
            + ", ".join(filter(None, _counts(file))),
            subsequent_indent="    ",
        )
    new_count = sum(file.added_count for file in done.files)
    tagged = _count(done.tagged_count, "tagged anew")
    yield _sentence([f"{new_count:,} added", tagged], done.watched_count)
    if done.problems:
        yield "Mend what is named, and import the file again: what is watched stays."


def removed(done: WatchRemoval) -> str:
    """One line: what `watch remove` did."""
    counts = [
        f"{len(done.removed):,} removed" if not done.untagged else "",
        _count(len(done.untagged), "without the tag now"),
    ]
    return _sentence(counts, done.watched_count)


def _format(file: WatchedFile) -> str:
    return f" ({file.format})" if file.format else ""


def _counts(file: WatchedFile) -> list[str]:
    return [
        f"{file.entry_count:,} {'entry' if file.entry_count == 1 else 'entries'}",
        f"{file.added_count:,} added",
        _count(file.already_watched_count, "already watched"),
        _count(file.repeated_count, "named twice"),
        _count(file.without_doi_count, "without a DOI"),
        _count(file.broken_count, "broken"),
    ]


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}" if count else ""


def _sentence(counts: list[str], watched_count: int) -> str:
    done = ", ".join(filter(None, counts))
    return f"{done}; {plural(watched_count, 'work')} watched"
