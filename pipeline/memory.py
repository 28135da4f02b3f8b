"""How this process deals with memory while records go through it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pyarrow as pa

YOUNG_OBJECTS: Final = 500_000
"""New objects between two searches for circles: those of some 10,000 records. Python's
own 700 make it search a hundred times a page and cost a tenth of a run, and find
nothing: records hold no circles, and are gone when the last one who holds them lets
go."""


@contextmanager
def for_records() -> Iterator[None]:
    """Search seldom for circles of objects, and give back at once what Arrow has used.

    Arrow's own pool keeps it for later: 100 MB after fetching, which DuckDB, the next
    to work, takes once more.
    """
    threshold, pool = gc.get_threshold(), pa.default_memory_pool()
    gc.set_threshold(YOUNG_OBJECTS, *threshold[1:])
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(pool)
        gc.set_threshold(*threshold)
