"""Search in the statements of the published warehouse."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import duckdb

from schemas.citing_side import ReportedStatement
from schemas.search import SearchResult
from warehouse.connection import open_readonly
from warehouse.errors import NotHeld, WarehouseFault
from warehouse.rows import named_rows
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
    with open_readonly(home) as con:
        work = _work_of(con, cited_doi) if cited_doi else None
        total, ids = matching_statements(con, words, work, limit=limit)
        rows = named_rows(con, "queries/statements.sql", {"statement_ids": ids})
    return SearchResult(
        words=words,
        cited_doi=cited_doi,
        total_count=total,
        statements=tuple(ReportedStatement(**row) for row in rows),
    )


def matching_statements(
    con: duckdb.DuckDBPyConnection,
    words: str,
    work_id: str | None,
    *,
    limit: int | None = None,
) -> tuple[int, list[str]]:
    """How many statements have all of these words, and the ids of the best ones.

    Args:
        con: to the published warehouse.
        words: as of `search_statements`.
        work_id: of the work that the statements are about; None: any.
        limit: how many ids at most; None: all.

    Raises:
        ValueError: there is no word to look for.
        WarehouseFault: the warehouse has no index of its statements.
    """
    asked = (fts_query(words), work_id)
    try:
        with closing(_opened(con)) as index:
            [(total,)] = index.execute(sql_text("search/count.sql"), asked)
            most = -1 if limit is None else limit  # -1: SQLite's word for no limit
            found = index.execute(sql_text("search/find.sql"), (*asked, most))
            return total, [statement_id for statement_id, _ in found]
    except sqlite3.Error as err:
        raise WarehouseFault(
            f"the index of the statements cannot be read ({err}): `citehouse"
            " rebuild` makes it anew"
        ) from err


def fts_query(words: str) -> str:
    """What FTS5 is asked: every word quoted, so that none of them is an operator.

    Raises:
        ValueError: there is no word to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    # SQLite ends a text at the first such character.
    for minus, phrase, word in _PART.findall(words.replace("\0", " ")):
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
    if path is None:
        raise WarehouseFault("words can be looked for in the newest statements only")
    index = index_of(Path(path).resolve())
    if not index.exists():
        raise WarehouseFault(
            "this warehouse has no index of its statements: the next run makes one, "
            "and so does `citehouse rebuild`"
        )
    return sqlite3.connect(f"{index.as_uri()}?mode=ro&immutable=1", uri=True)
