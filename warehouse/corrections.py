"""What people say of stances, in a file that is being built and in a published one."""

from typing import Any, Final, NamedTuple

import duckdb
import pyarrow as pa

from warehouse.difference import bring
from warehouse.errors import WarehouseFault
from warehouse.sqlfile import sql_text

VERDICT_COLUMNS: Final = pa.schema(
    {
        "decision_id": pa.string(),
        "reviewer": pa.string(),
        "stance": pa.string(),
        "why": pa.string(),
        "decided_at": pa.timestamp("us", tz="UTC"),
        "statement_id": pa.string(),
        "citing_token": pa.string(),
        "cited_token": pa.string(),
        "text": pa.string(),
        "marker": pa.string(),
        "text_offset": pa.int64(),
        "undoes": pa.string(),
        "is_in_force": pa.bool_(),
    }
)


class PublishedVerdict(NamedTuple):
    """What the tables make of a verdict.

    Attributes:
        is_in_force: nobody had undone it when they were made.
        statement_id: the statement that it was found to be about; None: none.
        is_disputed: the reviewers of that statement disagree.
    """

    is_in_force: bool
    statement_id: str | None
    is_disputed: bool


def bring_verdicts(con: duckdb.DuckDBPyConnection, verdicts: pa.Table) -> None:
    """Replace what the warehouse knows of what people said.

    Args:
        con: a writing connection to a migrated file.
        verdicts: the columns of staging.stance_verdict.
    """
    con.begin()
    try:
        con.register("incoming_verdict", verdicts)
        bring(
            con,
            "staging.stance_verdict",
            VERDICT_COLUMNS.names,
            "select * from incoming_verdict",
            grain=("decision_id",),
        )
    except BaseException:
        con.rollback()
        raise
    con.commit()
    con.unregister("incoming_verdict")


def published_verdicts(con: duckdb.DuckDBPyConnection) -> dict[str, PublishedVerdict]:
    """What the tables make of each verdict that they are made with, by its id.

    Empty, too, for a generation of a version that knew of no verdicts.

    Raises:
        WarehouseFault: they cannot be read.
    """
    try:
        rows = con.execute(sql_text("queries/corrections.sql")).fetchall()
    except duckdb.CatalogException:
        return {}
    except duckdb.Error as err:
        raise WarehouseFault(f"cannot read the published corrections: {err}") from err
    return {name: PublishedVerdict(*made) for name, *made in rows}


def statements_by_prefix(
    con: duckdb.DuckDBPyConnection, prefix: str
) -> list[dict[str, Any]]:
    """The statements whose id begins so, two of them at most, by their ids.

    Each has the fields of `schemas.correction.CorrectedStatement`, and its ``stance``.

    Raises:
        WarehouseFault: this generation cannot be asked.
    """
    try:
        cursor = con.execute(
            sql_text("queries/statement_to_correct.sql"), {"prefix": prefix}
        )
    except duckdb.Error as err:
        raise WarehouseFault(f"cannot read the statements: {err}") from err
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
