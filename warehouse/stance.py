"""Statements to be judged, and the verdicts, in the file that is being built."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import duckdb
import pyarrow as pa

from warehouse.sqlfile import sql_text

READS: Final = frozenset({"core.citation_statement"})
TABLE: Final = "staging.judgement"

_SCHEMA: Final = pa.schema(
    [
        pa.field("judged_key", pa.string(), nullable=False),
        pa.field("model_version", pa.string(), nullable=False),
        pa.field("stance", pa.string(), nullable=False),
        pa.field("p_supporting", pa.float64()),
        pa.field("p_mentioning", pa.float64()),
        pa.field("p_contrasting", pa.float64()),
    ]
)


class SentenceToJudge(NamedTuple):
    """A sentence and the in-text citation that is meant; None: any."""

    judged_key: str
    text: str
    marker: str | None


def count_sentences_to_judge(con: duckdb.DuckDBPyConnection, model_version: str) -> int:
    """How many sentences have no verdict of this classifier; those of others go.

    Args:
        con: to a file in which the tables of `READS` are built.
        model_version: of the classifier in use.
    """
    con.execute(sql_text("stance/forget.sql"), {"model_version": model_version})
    con.execute(sql_text("stance/to_do.sql"))
    ((count,),) = con.execute(sql_text("stance/count.sql")).fetchall()
    return int(count)


def sentences_to_judge(
    con: duckdb.DuckDBPyConnection, *, first: int, count: int
) -> list[SentenceToJudge]:
    """Some of those that `count_sentences_to_judge` has counted, in their order."""
    page = {"first": first, "count": count}
    rows = con.execute(sql_text("stance/page.sql"), page).fetchall()
    return [SentenceToJudge(*row) for row in rows]


def add_judgements(
    con: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, Any]]
) -> None:
    """Keep some verdicts: rows with the columns of `staging.judgement`."""
    if rows:
        con.register(
            "incoming_judgement", pa.Table.from_pylist(list(rows), schema=_SCHEMA)
        )
        con.execute(sql_text("stance/add.sql"))
        con.unregister("incoming_judgement")
