"""What matching reads of the warehouse, and where its result is written."""

from typing import Final

import duckdb
import pyarrow as pa

from warehouse.difference import bring
from warehouse.sqlfile import sql_text

JOIN_COLUMNS: Final = pa.schema(
    (name, pa.string())
    for name in (
        "work_id",
        "token_a",
        "token_b",
        "source",
        "record_key",
        "decided_by",
    )
)
DECISION_COLUMNS: Final = pa.schema(
    {
        "decision_id": pa.string(),
        "action": pa.string(),
        "tokens": pa.list_(pa.string()),
        "kept_tokens": pa.list_(pa.string()),
        "undoes": pa.string(),
        "reason": pa.string(),
        "decided_at": pa.timestamp("us", tz="UTC"),
        "is_in_force": pa.bool_(),
    }
)


def identity_rows(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """One row a record that names works, and one a cited DOI that was asked about.

    Columns as in `schemas.identity.IdentityRow`. The rows of the cited DOIs have the
    source ``citehouse``: a DOI that nobody describes is a work, too. Ordered by source,
    record_key and side.
    """
    return con.sql(sql_text("identity/rows.sql")).to_arrow_table()


_WRITTEN: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "token": ("staging.token_work", ("token",)),
    "group": ("staging.work_group", ("work_id",)),
    "conflict": ("core.identity_conflict", ()),
    "join": ("core.merge_log", ()),
    "decision": ("core.identity_decision", ("decision_id",)),
}
"""What comes in to the table that it becomes, and the columns that tell its rows apart:
none, all of them."""


def write_identity(
    con: duckdb.DuckDBPyConnection,
    tokens: pa.Table,
    groups: pa.Table,
    conflicts: pa.Table,
    joins: pa.Table | None = None,
    decisions: pa.Table | None = None,
) -> None:
    """Replace what the warehouse knows of who is who.

    Args:
        con: a writing connection.
        tokens: token, work_id; each token once.
        groups: work_id, version_group_id, is_preprint; each work once.
        conflicts: token_a, token_b, source, record_key, reason.
        joins: the columns of core.merge_log; None: no row.
        decisions: the columns of core.identity_decision; None: no row.
    """
    con.begin()
    try:
        con.register("incoming_token", tokens)
        con.register("incoming_group", groups)
        con.register("incoming_conflict", conflicts)
        con.register(
            "incoming_join", JOIN_COLUMNS.empty_table() if joins is None else joins
        )
        con.register(
            "incoming_decision",
            DECISION_COLUMNS.empty_table() if decisions is None else decisions,
        )
        columns: dict[str, list[str]] = dict(
            con.execute(sql_text("build/columns.sql")).fetchall()
        )
        for incoming, (table, grain) in _WRITTEN.items():
            select = f"select distinct * from incoming_{incoming}"  # noqa: S608 - ours
            bring(con, table, columns[table], select, grain=grain or columns[table])
    except BaseException:
        con.rollback()
        raise
    con.commit()
    for name in ("token", "group", "conflict", "join", "decision"):
        con.unregister(f"incoming_{name}")
