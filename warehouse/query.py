"""query: other people's SQL on the published warehouse, read only."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import pyarrow as pa

from warehouse.as_of import open_as_of
from warehouse.connection import READER_MEMORY, open_readonly, published_file
from warehouse.errors import WarehouseFault
from warehouse.private import UNTOLD, private_tables
from warehouse.sqlfile import sql_text

_ANALYZE: Final = re.compile(r"\banalyze\b", re.IGNORECASE)
_EXPLAIN: Final = re.compile(r"^\s*explain(?:\s*\([^()]*\))?", re.IGNORECASE)

_ALLOWED: Final = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})
_BATCH_ROWS: Final = 10_000


@dataclass(frozen=True)
class QueryResult:
    """Rows of one query, read once, as they are asked for; close it after use.

    Attributes:
        columns: names in order; a name may come twice.
        types: DuckDB's names of their types.
        private: tables with private text that the query reads, as `schema.table`.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    private: tuple[str, ...]
    con: duckdb.DuckDBPyConnection
    reader: pa.RecordBatchReader

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows in Arrow batches, columns named as in `columns`.

        Raises:
            WarehouseFault: DuckDB stopped in the middle, on a division by zero, say.
        """
        try:
            yield from self.reader
        except (duckdb.Error, pa.ArrowException, OSError) as err:
            raise WarehouseFault(f"query: {_first_line(err)}") from err

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows as tuples of Python values."""
        for batch in self.batches():
            yield from zip(
                *(column.to_pylist() for column in batch.columns), strict=True
            )

    def close(self) -> None:
        """Let go of the warehouse."""
        self.reader.close()
        self.con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def run_query(
    home: Path,
    sql: str,
    *,
    params: Mapping[str, Any] | Sequence[Any] | None = None,
    as_of: dt.datetime | str | None = None,
    memory_limit: str = READER_MEMORY,
    is_confined: bool = False,
) -> QueryResult:
    """Ask the published warehouse one question.

    The statement can change neither the warehouse nor files, and reads no files.

    Args:
        home: the home of the warehouse.
        sql: one statement that returns rows.
        params: values of its parameters, ``$name`` or ``?``.
        as_of: a moment or the id of a run; then the core and mart tables are those of
            that time. None: now.
        memory_limit: DuckDB's cap, in its notation; only of a query about now.
        is_confined: somebody else's query about now: it has one core, can change no
            setting, and is refused before it runs if it reads private text or asks for
            its plan; errors and plans tell of what they read.

    Raises:
        WarehouseFault: there is no warehouse, or was none then; the text is not exactly
            one query, or DuckDB refuses it; then with DuckDB's words.
    """
    con = (
        open_readonly(
            home,
            memory_limit=memory_limit,
            any_schema=True,
            threads=1 if is_confined else None,
        )
        if as_of is None
        else open_as_of(home, as_of)
    )
    try:
        statement = _only_one_query(con, sql)
        private = _private(con, statement, params)
        if is_confined:
            _refuse_private(con, statement, private)
            con.execute(sql_text("confine.sql"))
        found = con.sql(sql, params=params)
        return QueryResult(
            columns=tuple(found.columns),
            types=tuple(str(type_) for type_ in found.types),
            private=private,
            con=con,
            reader=found.to_arrow_reader(_BATCH_ROWS),
        )
    except duckdb.Error as err:
        con.close()
        raise WarehouseFault(f"query: {err}") from err
    except BaseException:
        con.close()
        raise


def named(name: str) -> str:
    """The text of ``sql/queries/<name>.sql``.

    Raises:
        FileNotFoundError: there is no such query.
    """
    return sql_text(f"queries/{name}.sql")


def cited_dois(home: Path) -> list[str]:
    """Every cited DOI that was ever asked about, sorted; empty without a warehouse.

    Raises:
        WarehouseFault: the published file cannot be opened.
    """
    if published_file(home) is None:
        return []
    with open_readonly(home, any_schema=True) as con:
        return [doi for (doi,) in con.execute(named("cited_dois")).fetchall()]


def _only_one_query(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise WarehouseFault(f"query: one statement at a time, not {len(statements)}")
    if statements[0].type not in _ALLOWED:
        raise WarehouseFault(
            "query: the warehouse is read-only: a query begins with select, from, "
            "with, describe, show or summarize"
        )
    return statements[0]


def _private(
    con: duckdb.DuckDBPyConnection,
    statement: duckdb.Statement,
    params: Mapping[str, Any] | Sequence[Any] | None,
) -> tuple[str, ...]:
    if statement.type is not duckdb.StatementType.EXPLAIN:
        return private_tables(con, statement.query, params)
    # Analysed, a plan tells how many rows a filter has let through.
    return (UNTOLD,) if _ANALYZE.search(statement.query) else ()


def _refuse_private(
    con: duckdb.DuckDBPyConnection,
    statement: duckdb.Statement,
    private: tuple[str, ...],
) -> None:
    """Raise a WarehouseFault for a query, or a plan of one, that reads private text."""
    if statement.type is duckdb.StatementType.EXPLAIN and not private:
        private = private_tables(con, _EXPLAIN.sub("", statement.query, count=1))
    if private:
        raise WarehouseFault(
            f"query: This reads text that is kept private ({', '.join(private)});"
            " `citehouse query` shows it to those who run this warehouse."
        )


def _first_line(err: Exception) -> str:
    return (str(err).splitlines() or [type(err).__name__])[0]
