"""How far a run has come: a bar at a terminal, a few lines in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

from pipeline.cli.console import (
    Invocation,
    drawing_console,
    is_terminal,
    printable,
    write_message,
)

if TYPE_CHECKING:
    from rich import progress as rich_progress

    from schemas.report import Observer, Progress, Stage

STAGE_WORDS: Final[dict["Stage", str]] = {
    "fetch": "Asking the sources",
    "load": "Loading the records",
    "match": "Finding who is who",
    "merge": "Merging the sources",
    "aggregate": "Counting",
    "extract": "Reading full texts",
    "classify": "Judging statements",
    "check": "Checking",
    "publish": "Publishing",
}

SECONDS_BETWEEN_LINES: Final = 15.0


@contextmanager
def shown_progress(call: Invocation) -> Iterator["Observer"]:
    """An observer that shows on stderr what it is told; nothing with `--quiet`."""
    if call.quiet:
        yield _silent
    elif is_terminal(sys.stderr):
        with _bars() as observer:
            yield observer
    else:
        yield ProgressLines(write_message)


def _silent(_: "Progress", /) -> None:
    """With `--quiet`."""


class ProgressLines:
    """Writes a line when a stage begins, and one now and then while it goes on."""

    def __init__(
        self, write: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._write = write
        self._clock = clock
        self._lock = Lock()
        self._stage: Stage | None = None
        self._next_at = 0.0

    def __call__(self, event: "Progress", /) -> None:
        """Write the line that this event is worth, if any."""
        with self._lock:
            now = self._clock()
            if event.stage == self._stage and now < self._next_at:
                return
            self._stage = event.stage
            self._next_at = now + SECONDS_BETWEEN_LINES
            self._write(_line(event))


def _line(event: "Progress") -> str:
    parts = [STAGE_WORDS[event.stage], _count(event)]
    parts += [f"({printable(event.detail)})"] if event.detail else []
    return " ".join(part for part in parts if part)


def _count(event: "Progress") -> str:
    if event.total:
        return f"{event.done:,} of {event.total:,}"
    return f"{event.done:,}" if event.done else ""


@contextmanager
def _bars() -> Iterator["Observer"]:
    from rich import progress as rich_progress

    with rich_progress.Progress(
        rich_progress.TextColumn("{task.description:<20}"),
        rich_progress.BarColumn(bar_width=20),
        rich_progress.TimeElapsedColumn(),
        rich_progress.TextColumn("{task.fields[count]}"),
        rich_progress.TextColumn("{task.fields[detail]}", style="dim", markup=False),
        console=drawing_console(sys.stderr),
    ) as bars:
        observer = _Bars(bars)
        yield observer
        observer.end()


class _Bars:
    """One bar a stage; a stage is over when the next one begins."""

    def __init__(self, bars: "rich_progress.Progress") -> None:
        self._bars = bars
        self._tasks: dict[Stage, rich_progress.TaskID] = {}
        self._stage: Stage | None = None
        self._lock = Lock()

    def __call__(self, event: "Progress", /) -> None:
        with self._lock:
            if event.stage != self._stage:
                self._end_stage()
                self._stage = event.stage
            if event.stage not in self._tasks:
                self._tasks[event.stage] = self._bars.add_task(
                    STAGE_WORDS[event.stage], total=None, count="", detail=""
                )
            self._bars.update(
                self._tasks[event.stage],
                completed=event.done,
                total=event.total,
                count=_count(event),
                detail=printable(event.detail),
            )

    def end(self) -> None:
        """The last stage is over, too."""
        with self._lock:
            self._end_stage()

    def _end_stage(self) -> None:
        if self._stage is not None:
            task = self._bars.tasks[self._tasks[self._stage]]
            total = task.total or 1
            self._bars.update(task.id, completed=total, total=total, detail="")
