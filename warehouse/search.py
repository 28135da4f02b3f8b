"""Search in the statements of the published warehouse."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import duckdb

from schemas.cited_report import ReportedStatement
from schemas.search import SearchResult
from warehouse.connection import open_readonly
from warehouse.errors import WarehouseFault
from warehouse.report.cited import NotHeld
from warehouse.search_index import index_of
from warehouse.sqlfile import sql_text

_PART: Final = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_WORD: Final = re.compile(r"\w", re.UNICODE)


def search_statements(
    home: Path, words: str, *, cited_doi: str | None = None, limit: int = 20
) -> SearchResult:
    """Statements with all of these words, in any order, best first.

    Args:
        home: of the warehouse.
        words: in any case and form: "supports" finds "supported". In quotation marks
            they must follow each other; a word with ``*`` at its end stands for all
            that begin so; one with ``-`` before it must not be there.
        cited_doi: normalised, of the work that the statements are about; None: any.
        limit: how many at most.

    Raises:
        ValueError: there is no word to look for.
        NotHeld: nobody has asked this warehouse about that work.
        WarehouseFault: nothing is published, or it has no index of its statements.
    """
    question = fts_query(words)
    with open_readonly(home) as con:
        work = _work_of(con, cited_doi) if cited_doi else None
        asked = (question, work)
        try:
            with closing(_opened(con)) as index:
                [(total,)] = index.execute(sql_text("search/count.sql"), asked)
                found = index.execute(sql_text("search/find.sql"), (*asked, limit))
                ids = [statement_id for statement_id, _ in found]
        except sqlite3.Error as err:
            raise WarehouseFault(
                f"the index of the statements cannot be read ({err}): `citehouse"
                " rebuild` makes it anew"
            ) from err
        rows = _rows(con, ids)
    return SearchResult(
        words=words,
        cited_doi=cited_doi,
        total_count=total,
        statements=tuple(ReportedStatement(**row) for row in rows),
    )


def fts_query(words: str) -> str:
    """What FTS5 is asked: every word quoted, so that none of them is an operator.

    Raises:
        ValueError: there is no word to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _PART.findall(words):
        text = phrase or word.rstrip("*")
        if not _WORD.search(text):
            continue
        star = "*" if word.endswith("*") else ""
        (unwanted if minus else wanted).append(f'"{text}"{star}')
    if not wanted:
        raise ValueError("search: there is no word to look for")
    return " AND ".join(wanted) + "".join(f" NOT {one}" for one in unwanted)


def _work_of(con: duckdb.DuckDBPyConnection, doi: str) -> str:
    cursor = con.execute(sql_text("queries/report_cited.sql"), {"doi": doi})
    place = [column[0] for column in cursor.description or ()].index("work_id")
    row = cursor.fetchone()
    if row is None:
        raise NotHeld(doi)
    return str(row[place])


def _opened(con: duckdb.DuckDBPyConnection) -> sqlite3.Connection:
    """The index that belongs to the generation that this connection has open."""
    [(path,)] = con.execute(sql_text("search/generation.sql")).fetchall()
    index = index_of(Path(path).resolve())
    if not index.exists():
        raise WarehouseFault(
            "this warehouse has no index of its statements: the next run makes one, "
            "and so does `citehouse rebuild`"
        )
    return sqlite3.connect(f"{index.as_uri()}?mode=ro&immutable=1", uri=True)


def _rows(con: duckdb.DuckDBPyConnection, ids: list[str]) -> list[dict[str, Any]]:
    cursor = con.execute(
        sql_text("queries/statements.sql"), {"statement_ids": ids, "work_id": None}
    )
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
