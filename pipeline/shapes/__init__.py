"""The shapes: one file a source, named like it, with what it is known to send.

A module in this folder other than `base` exports ``SHAPES``; nothing else names them.
The fields are those of the documentation and of answers as they came; a parser reads
few of them. What is not in here is drift: see `pipeline.drift`.
"""

import importlib
import pkgutil
from functools import cache

from pipeline.shapes.base import ANY, Shape


@cache
def all_shapes() -> dict[str, tuple[Shape, ...]]:
    """Source name to the shapes of its answers, in the order of the names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {
        name: importlib.import_module(f"{__name__}.{name}").SHAPES
        for name in names
        if name != "base"
    }


def shape_of(source: str, endpoint: str) -> Shape | None:
    """The shape of an endpoint's answers; None if there is none on record."""
    shapes = all_shapes().get(source, ())
    for wanted in (endpoint, ANY):
        for shape in shapes:
            if wanted in shape.endpoints:
                return shape
    return None
