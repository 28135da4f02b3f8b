"""Python's search for circles of objects, seldom while records go through."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

YOUNG_OBJECTS: Final = 50_000
"""New objects between two searches: those of some 1,000 records. Python's own 700 make
it search a hundred times a page and cost a tenth of a run, and find nothing: records
hold no circles, and are gone when the last one who holds them lets go."""


@contextmanager
def seldom_searched() -> Iterator[None]:
    """Have this process look for circles of objects less often, for a while."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
