"""How a stage is called: directly here; as a Prefect task by the flows.

`pipeline.run` holds the order of the stages once and is handed the way of calling
them, so that the command line never waits for a scheduler.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, Protocol, TypeVar

A = TypeVar("A")
P = ParamSpec("P")
T = TypeVar("T")

BATCHES_AT_ONCE: Final = 6
"""Batches of cited DOIs under way at once: while one waits for the last pages of its
slowest source, another keeps the faster sources' limits used."""


class Step(Protocol):
    """A way of calling stages. Errors of the stage come through unchanged."""

    def __call__(
        self, stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one stage and return what it returns."""
        ...

    def map(self, stage: Callable[[A], T], items: Sequence[A], /) -> list[T]:
        """Run a stage once an item, several at once; results in the order of items."""
        ...


class _CallDirectly:
    def __call__(
        self, stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return stage(*args, **kwargs)

    def map(self, stage: Callable[[A], T], items: Sequence[A], /) -> list[T]:
        pool = ThreadPoolExecutor(BATCHES_AT_ONCE, thread_name_prefix="batch")
        running = [pool.submit(stage, item) for item in items]
        is_waiting = True
        try:
            return [outcome.result() for outcome in running]
        except Exception:
            raise
        except BaseException:
            # A person has stopped the program and will not wait for whole batches.
            is_waiting = False
            raise
        finally:
            pool.shutdown(wait=is_waiting, cancel_futures=True)


call_directly: Final[Step] = _CallDirectly()
"""Plain calls in this process."""
