"""How a run deals with memory is a matter of the run alone."""

import gc

import pyarrow as pa
import pytest

from pipeline.memory import YOUNG_OBJECTS, for_records


def ways() -> tuple[int, str]:
    return gc.get_threshold()[0], pa.default_memory_pool().backend_name


def test_it_is_as_before_after_the_run():
    before = ways()
    with for_records():
        assert ways() == (YOUNG_OBJECTS, "system")
    assert ways() == before


def test_it_is_as_before_after_a_run_that_failed():
    before = ways()
    with pytest.raises(ZeroDivisionError), for_records():
        _ = 1 / 0
    assert ways() == before
