"""Full texts and the cited works to look for in them, in a file that is being built."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import duckdb
import pyarrow as pa

from schemas.statement import LookedFor
from warehouse.sqlfile import sql_text

READS: Final = frozenset({"core.citation", "core.full_text", "staging.cited_name"})
TABLES: Final = ("extraction", "extracted_statement")
"""Of staging: what came of each, and the sentences found."""

PAGE: Final = 1_000
"""Texts read from the to-do list at once: a few MB of names."""

_TEXTS: Final = pa.list_(pa.string())
_PAIR: Final = [
    pa.field("run_id", pa.string(), nullable=False),
    pa.field("raw_sha256", pa.string(), nullable=False),
    pa.field("cited_key", pa.string(), nullable=False),
    pa.field("extractor_version", pa.int64(), nullable=False),
]
_SCHEMAS: Final = {
    "extraction": pa.schema(
        [
            *_PAIR,
            pa.field("outcome", pa.string(), nullable=False),
            pa.field("why", pa.string()),
        ]
    ),
    "extracted_statement": pa.schema(
        [
            *_PAIR,
            pa.field("text_offset", pa.int64(), nullable=False),
            pa.field("ref_ids", _TEXTS, nullable=False),
            pa.field("text", pa.string(), nullable=False),
            pa.field("before", pa.string()),
            pa.field("after", pa.string()),
            pa.field("section_title", pa.string()),
            pa.field("section", pa.string(), nullable=False),
            pa.field("location", pa.string(), nullable=False),
            pa.field("markers", _TEXTS, nullable=False),
            pa.field("mention_count", pa.int64(), nullable=False),
        ]
    ),
}

Row = dict[str, Any]


class TextToRead(NamedTuple):
    """A full text by its place in the archive, and the works to look for in it."""

    run_id: str
    source: str
    request_key: str
    raw_sha256: str
    cited: list[LookedFor]


def count_texts_to_read(
    con: duckdb.DuckDBPyConnection, extractor_version: int, run_ids: Sequence[str]
) -> int:
    """How many texts there are in which somebody is still to be looked for.

    Forgets what is not wanted any more, and what older rules have given.

    Args:
        con: to a file of which the tables of `READS` are built.
        extractor_version: of today's rules.
        run_ids: the runs whose texts the archive still has.
    """
    con.execute(sql_text("extraction/wanted.sql"))
    con.execute(sql_text("extraction/forget_gone.sql"))
    known = {"extractor_version": extractor_version, "run_ids": list(run_ids)}
    for table in TABLES:
        con.execute(sql_text("extraction/forget.sql", table=table), known)
    con.execute(sql_text("extraction/to_do.sql"))
    ((count,),) = con.execute(sql_text("extraction/count.sql")).fetchall()
    return int(count)


def texts_to_read(con: duckdb.DuckDBPyConnection) -> Iterator[TextToRead]:
    """The texts that `count_texts_to_read` has counted, by run and request.

    In memory is a page of them. The connection may be used in the meantime.
    """
    for first in itertools.count(0, PAGE):
        page = {"first": first, "count": PAGE}
        rows = con.execute(sql_text("extraction/page.sql"), page).fetchall()
        for run_id, source, request_key, sha256, cited in rows:
            works = [LookedFor(**one) for one in cited]
            yield TextToRead(run_id, source, request_key, sha256, works)
        if len(rows) < PAGE:
            return


def add_extracted(
    con: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Row]]
) -> None:
    """Keep what came of some texts: rows by the name of the table, one of `TABLES`."""
    for table, schema in _SCHEMAS.items():
        if found := rows.get(table):
            incoming = f"incoming_{table}"
            con.register(incoming, pa.Table.from_pylist(list(found), schema=schema))
            add = sql_text("extraction/add.sql", table=table, incoming=incoming)
            con.execute(add)
            con.unregister(incoming)
