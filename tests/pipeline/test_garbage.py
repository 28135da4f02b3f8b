"""How often Python searches for circles of objects is a matter of the run alone."""

import gc

import pytest

from pipeline.garbage import YOUNG_OBJECTS, seldom_searched


def test_it_is_as_before_after_the_run():
    before = gc.get_threshold()
    with seldom_searched():
        assert gc.get_threshold()[0] == YOUNG_OBJECTS
    assert gc.get_threshold() == before


def test_it_is_as_before_after_a_run_that_failed():
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), seldom_searched():
        _ = 1 / 0
    assert gc.get_threshold() == before
