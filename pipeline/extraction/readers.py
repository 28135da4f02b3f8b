"""Reading texts in processes of their own, a bounded number of texts at a time.

A process that dies, or takes too long, costs the text that it was reading and nothing
else. They are started by name and not forked: a run has threads and open files, and a
program that calls Citehouse need not be written for being imported twice.
"""

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from queue import SimpleQueue
from threading import Timer
from types import TracebackType
from typing import Final, Self, TypeVar

from pipeline.errors import WarehouseError
from pipeline.extraction.reading import Found, Job, read, rejected

MAX_MEMORY_BYTES: Final = 2 * 2**30
"""Of a process, with the addresses that libraries reserve: the largest text that is
taken, 40 MB, needs 0.3 GB."""

MAX_SECONDS: Final = 120.0
"""For one text: that largest one takes four."""

WORTH_A_PROCESS: Final = 32
"""Fewer texts are read here: a process takes as long to start as some 50 to read."""

TRIES: Final = 2
"""A process may die of something else, such as a machine short of memory."""

AHEAD: Final = 4
"""Texts that wait for each process, so that it never waits: a few MB."""

T = TypeVar("T")


class Reader:
    """One process; not thread safe."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            # -P: a folder called pipeline where the user happens to be is not ours
            [sys.executable, "-P", "-m", "pipeline.extraction"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        with suppress(BrokenPipeError), self._process:
            pass  # leaving it closes the pipes and waits

    def read(self, job: Job) -> list[Found] | None:
        """What came of a text; None: the process has died over it."""
        jobs, answers = self._process.stdin, self._process.stdout
        assert jobs is not None  # noqa: S101 - they are pipes, see above
        assert answers is not None  # noqa: S101
        with ExitStack() as stack:
            clock = Timer(MAX_SECONDS, self._process.kill)
            clock.start()
            stack.callback(clock.cancel)
            try:
                pickle.dump(job, jobs)
                jobs.flush()
                found: list[Found] = pickle.load(answers)  # noqa: S301 - ours
            except (OSError, EOFError, pickle.UnpicklingError):
                return None
        return found


def read_all(
    jobs: Iterable[tuple[T, Job]], *, count: int, processes: int
) -> Iterator[tuple[T, list[Found]]]:
    """Read texts and yield what came of each, in their order.

    Args:
        jobs: with whatever belongs to each; taken only as there is room.
        count: of the jobs.
        processes: to read in; few jobs are read in this process.

    Raises:
        WarehouseError: the processes end before they have read anything.
    """
    if count < WORTH_A_PROCESS or processes < 1:
        for key, job in jobs:
            yield key, read(job)
        return
    with _Pool(processes) as pool:
        waiting: deque[tuple[T, Future[list[Found]]]] = deque()
        for key, job in jobs:
            waiting.append((key, pool.submit(job)))
            if len(waiting) > processes * AHEAD:
                done, result = waiting.popleft()
                yield done, result.result()
        for done, result in waiting:
            yield done, result.result()


def _can_read() -> bool:
    """Whether a process answers at all."""
    reader = Reader()
    try:
        return reader.read(Job(b"", ())) is not None
    finally:
        reader.end()


class _Pool:
    """A thread a process: it hands over a text, and waits."""

    def __init__(self, processes: int) -> None:
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="reader")
        self._idle: SimpleQueue[Reader] = SimpleQueue()
        for _ in range(processes):
            self._idle.put(Reader())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().end()

    def submit(self, job: Job) -> Future[list[Found]]:
        return self._threads.submit(self._read, job)

    def _read(self, job: Job) -> list[Found]:
        for _ in range(TRIES):
            reader = self._idle.get()
            found = reader.read(job)
            if found is not None:
                self._idle.put(reader)
                return found
            reader.end()
            self._idle.put(Reader())
        if not _can_read():
            # It is not for this text: no text may be called unreadable for it.
            raise WarehouseError(
                "full texts: the processes that read them end before they have read"
                f" anything; `{sys.executable} -P -m pipeline.extraction` shows why"
            )
        return rejected(
            job.cited,
            f"{TRIES} readers died of it, or took longer than {MAX_SECONDS:g} s",
        )
