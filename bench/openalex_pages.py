"""OpenAlex answers of realistic size: pages of citing works, as files for a server.

    DIR/cited.json                the cited works, whole
    DIR/select/W1/0.json.gz       a page of 100 works that cite W1, `select`ed fields
    DIR/full/W1/0.json.gz         the same works with every field

A tenth of the works of each list stand in the next list, too. What a work holds is said
in `openalex_works.py`.

    python bench/openalex_pages.py DIR [--targets 50] [--citing 2000]
"""

import argparse
import gzip
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import orjson
from openalex_works import Json, World

from pipeline.wire.openalex_requests import SELECT

PER_PAGE: Final = 100
"""Works a page, for everyone: `pipeline.wire.openalex_answer`."""

SHARED: Final = 10
"""One work of so many stands in two lists."""

_SELECTED: Final = tuple(SELECT.split(","))


def write_pages(
    folder: Path, *, targets: int = 50, citing: int = 2_000, full_targets: int = 10
) -> None:
    """Write a world of `targets` cited works with `citing` citing works each.

    Args:
        folder: made if it is not there.
        targets: number of cited works.
        citing: citing works of each, at least `SHARED`.
        full_targets: of so many targets, the citing works with every field as well.
    """
    dice = Random(20261122)  # noqa: S311 - a world, not a secret
    world = World(dice)
    cited = [world.cited_work(number, citing) for number in range(targets)]
    shared: list[Json] = []
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cited.json").write_bytes(orjson.dumps(cited))
    for place, work in enumerate(cited):
        after = cited[(place + 1) % targets]["id"]
        fresh = [
            world.citing_work(
                [work["id"], after] if number < citing // SHARED else [work["id"]]
            )
            for number in range(citing - len(shared))
        ]
        works = [*shared, *fresh]
        shared = fresh[: citing // SHARED] if place + 1 < targets else []
        selected = [{name: one[name] for name in _SELECTED} for one in works]
        _write_list(folder / "select" / bare(work["id"]), selected)
        if place < full_targets:
            _write_list(folder / "full" / bare(work["id"]), works)


def bare(name: str) -> str:
    """``W1`` of ``https://openalex.org/W1``."""
    return name.rpartition("/")[2]


def cursor_of(page: int) -> str:
    """The cursor that leads to a page, from 0."""
    return "*" if page == 0 else f"page{page}"


def _write_list(folder: Path, works: list[Json]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(_pages(works)):
        body = gzip.compress(orjson.dumps(page), compresslevel=6, mtime=0)
        (folder / f"{number}.json.gz").write_bytes(body)


def _pages(works: list[Json]) -> Iterator[Json]:
    starts = range(0, len(works), PER_PAGE)
    for page, start in enumerate(starts):
        is_last = page + 1 == len(starts)
        meta = {
            "count": len(works),
            "db_response_time_ms": 42,
            "page": None,
            "per_page": PER_PAGE,
            "groups_count": None,
            "next_cursor": None if is_last else cursor_of(page + 1),
        }
        results = works[start : start + PER_PAGE]
        yield {"meta": meta, "results": results, "group_by": []}


def main() -> None:
    """Write the pages that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--targets", type=int, default=50)
    parser.add_argument("--citing", type=int, default=2_000)
    parser.add_argument("--full-targets", type=int, default=10)
    asked = parser.parse_args()
    write_pages(
        asked.folder,
        targets=asked.targets,
        citing=asked.citing,
        full_targets=asked.full_targets,
    )


if __name__ == "__main__":
    main()
