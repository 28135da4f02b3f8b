"""The sources: one file an API, and this folder is the registry.

A module in this folder other than `base` exports ``SOURCE``; nothing else names them.
"""

import importlib
import pkgutil
from functools import cache

from pipeline.sources.base import Source


@cache
def all_sources() -> dict[str, Source]:
    """Every source by its name, in the order of their names.

    Raises:
        TypeError: a module in this folder exports no `SOURCE`, or one whose name is
            not the module's.
    """
    found: dict[str, Source] = {}
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        if module_info.name == "base":
            continue
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        source = getattr(module, "SOURCE", None)
        if not isinstance(source, Source) or source.name != module_info.name:
            raise TypeError(
                f"{module.__name__} must export SOURCE, named like its file"
            )
        found[source.name] = source
    return found
