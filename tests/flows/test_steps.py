"""A stage as a Prefect task: same result, same errors, one task run a stage."""

import threading
from functools import partial

import pytest
from prefect import flow
from prefect.context import TaskRunContext

from flows.steps import AsTasks, batch_runner

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]


def parse_batch(batch: list[str]) -> int:
    return len(batch)


def merge(left: int, right: int, *, scale: int) -> int:
    return (left + right) * scale


def refuse(batch: str) -> str:
    if batch != "good":
        raise ValueError(batch)
    return batch


def own_task_run(_: object) -> tuple[str, int]:
    context = TaskRunContext.get()
    assert context is not None
    return context.task_run.name, context.task.retries


def test_stages_give_what_plain_calls_give():
    @flow(task_runner=batch_runner())
    def sequence() -> tuple[list[int], int]:
        step = AsTasks()
        sizes = step.map(parse_batch, [["a"], ["b", "c"], []])
        return sizes, step(merge, sizes[0], sizes[1], scale=2)

    assert sequence() == ([1, 2, 0], 6)


def test_results_come_in_the_order_of_the_items_even_when_the_first_is_last_to_end():
    second_is_done = threading.Event()

    def fetch_batch(number: int) -> int:
        if number == 1:
            assert second_is_done.wait(timeout=60)
        else:
            second_is_done.set()
        return number

    @flow(task_runner=batch_runner())
    def sequence() -> list[int]:
        return AsTasks().map(fetch_batch, [1, 2])

    assert sequence() == [1, 2]


def test_an_error_of_a_stage_is_raised_as_it_is():
    @flow(task_runner=batch_runner())
    def sequence() -> None:
        AsTasks()(refuse, "bad")

    with pytest.raises(ValueError, match=r"^bad$"):
        sequence()


def test_every_item_is_tried_before_the_first_error_is_raised():
    tried: list[str] = []

    def fetch_batch(batch: str) -> str:
        tried.append(batch)
        return refuse(batch)

    @flow(task_runner=batch_runner())
    def sequence() -> None:
        AsTasks().map(fetch_batch, ["bad", "worse", "good"])

    with pytest.raises(ValueError, match=r"^bad$"):
        sequence()
    assert sorted(tried) == ["bad", "good", "worse"]


def test_a_task_run_bears_the_name_of_its_stage_and_never_retries():
    @flow(task_runner=batch_runner())
    def sequence() -> list[tuple[str, int]]:
        step = AsTasks()
        return [step(partial(own_task_run), "x"), *step.map(own_task_run, ["a", "b"])]

    assert sequence() == [
        ("own_task_run", 0),
        ("own_task_run-1", 0),
        ("own_task_run-2", 0),
    ]
