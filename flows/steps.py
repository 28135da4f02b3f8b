"""A stage of the pipeline as a Prefect task."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.step import BATCHES_AT_ONCE

A = TypeVar("A")
T = TypeVar("T")
P = ParamSpec("P")


def batch_runner() -> TaskRunner[Any]:
    """What a flow needs so that `AsTasks.map` works on several batches at once."""
    return ThreadPoolTaskRunner(max_workers=BATCHES_AT_ONCE)


class AsTasks:
    """The `step` of a flow run: each stage becomes a task run under the stage's name.

    A `pipeline.step.Step`. A task costs 10 to 40 ms and rows in Prefect's database, so
    a stage is a whole batch of DOIs, never a record. Works inside of a flow run only.
    """

    def __call__(
        self, stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one stage as one task; an error of the stage is raised as it is."""
        call = functools.partial(stage, *args, **kwargs)
        return _as_task(call, _name_of(stage), _name_of(stage))()

    def map(self, stage: Callable[[A], T], items: Sequence[A], /) -> list[T]:
        """Run a stage once an item, several at once; results in the order of items.

        An error is raised when every item has been tried, the first one's first:
        what the caller closes next, no running task still writes to.
        """
        name = _name_of(stage)
        futures = [
            _as_task(functools.partial(stage, item), name, f"{name}-{number}").submit()
            for number, item in enumerate(items, start=1)
        ]
        wait(futures)
        return [future.result() for future in futures]


def _as_task(call: Callable[[], T], name: str, run_name: str) -> Task[[], T]:
    # A task without parameters: Prefect then neither walks through thousands of DOIs
    # nor writes them to its database.
    def run_stage() -> T:
        return call()

    return task(
        name=name,
        task_run_name=run_name,
        cache_policy=NO_CACHE,
        retries=0,
        persist_result=False,
    )(run_stage)


def _name_of(stage: Callable[..., object]) -> str:
    while isinstance(stage, functools.partial):
        stage = stage.func
    return getattr(stage, "__name__", type(stage).__name__)
