"""The works that an export is about, and works with what a citation needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from schemas.citable_work import CitableWork
from warehouse.connection import READER_MEMORY, open_readonly
from warehouse.errors import NotHeld
from warehouse.query import QueryResult, named, run_query
from warehouse.sqlfile import sql_text

What = Literal[
    "work",
    "citing-works",
    "references",
    "statements",
    "counts",
    "counts-by-year-and-type",
]
WORK_LISTS: Final[tuple[What, ...]] = ("work", "citing-works", "references")
"""Those whose rows are works."""

ALL: Final[tuple[What, ...]] = get_args(What)

_FIELDS: Final = frozenset(CitableWork.model_fields)


@dataclass(frozen=True)
class Chosen:
    """Cited works, each once, ordered by DOI; `cited_dois` as in `mart.tally`."""

    work_ids: tuple[str, ...]
    cited_dois: tuple[str, ...]


def choose(
    home: Path, dois: Sequence[str] | None, *, memory_limit: str = READER_MEMORY
) -> Chosen:
    """The cited works that normalised DOIs name; of None all in the warehouse.

    One process reads a warehouse with one memory limit: a server passes its own.

    Raises:
        NotHeld: nobody has asked about some of them; its arguments are those DOIs.
        WarehouseFault: there is no warehouse, or it cannot be read.
    """
    asked = None if dois is None else list(dois)
    with open_readonly(home, memory_limit=memory_limit) as con:
        found = con.execute(named("export_cited"), {"dois": asked}).fetchall()
    if asked is not None and (
        missing := sorted(set(asked) - {doi for doi, _, _ in found})
    ):
        raise NotHeld(*missing)
    works = sorted({work_id: doi for _, work_id, doi in found}.items(), key=_by_doi)
    return Chosen(
        work_ids=tuple(work_id for work_id, _ in works),
        cited_dois=tuple(doi for _, doi in works),
    )


def rows_about(
    home: Path,
    chosen: Chosen,
    what: What,
    *,
    is_list: bool = False,
    memory_limit: str = READER_MEMORY,
) -> QueryResult:
    """Rows about cited works, as the SQL of `what` gives them; close it after use.

    Args:
        home: of the warehouse.
        chosen: the cited works.
        what: which rows.
        is_list: of a list of works: each once, though it may belong to several.
        memory_limit: as of `choose`.

    Raises:
        WarehouseFault: as `run_query`.
    """
    asked: dict[str, Any] = {"cited_dois": list(chosen.cited_dois)}
    both: dict[str, Any] = {"work_ids": list(chosen.work_ids), **asked}
    if what in WORK_LISTS:
        own_doi = "citing_doi" if what == "references" else "cited_doi"
        sql = sql_text("queries/export_works.sql", own_doi=own_doi)
        params = {**both, "what": what, "is_list": is_list}
    else:
        sql = named(f"export_{what.replace('-', '_')}")
        params = both if what == "statements" else asked
    return run_query(home, sql, params=params, memory_limit=memory_limit)


def citable_works(rows: QueryResult) -> Iterator[CitableWork]:
    """The works of rows from a list of works, in their order, one batch at a time."""
    for batch in rows.batches():
        for row in batch.to_pylist():
            authors = row.pop("authors") or ()
            known = {name: value for name, value in row.items() if name in _FIELDS}
            yield CitableWork(authors=tuple(authors), **known)


def statement_licences(
    home: Path, chosen: Chosen | None = None
) -> dict[str | None, int]:
    """Statements by licence, most frequent first; of None all. None: none is stated.

    Raises:
        WarehouseFault: as `run_query`.
    """
    ids = None if chosen is None else list(chosen.work_ids)
    with run_query(home, named("export_licences"), params={"work_ids": ids}) as found:
        return dict(found.rows())


def _by_doi(work: tuple[str, str]) -> tuple[str, str]:
    return work[1], work[0]
