"""Articles of the sample world, written by hand: every way to mark a citation."""

from functools import cache
from importlib.resources import files
from typing import Final

_TEXTS: Final = {
    "bakers/2001": "brackets.xml",
    "bakers/2007": "superscripts.xml",
    "bakers/2017": "author_year.xml",
    "bakers/2035": "reviewed.xml",
}
"""Work key to file. All of them cite the trial in bakers."""

PMCIDS: Final = {
    "bakers/2001": 9_002_001,
    "bakers/2007": 9_002_007,
    "bakers/2017": 9_002_017,
    "bakers/2035": 9_002_035,
}
"""Of these works, as their texts have it."""


@cache
def sample_text(key: str) -> str | None:
    """The article of a work by the work's key; None: none was written by hand."""
    if key not in _TEXTS:
        return None
    folder = files("pipeline.simulator") / "texts"
    return (folder / _TEXTS[key]).read_text("utf-8")
