"""What matching reads of the warehouse, and where its result is written."""

import duckdb
import pyarrow as pa

from warehouse.sqlfile import sql_text


def identity_rows(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """One row a record that names works, and one a cited DOI that was asked about.

    Columns as in `schemas.identity.IdentityRow`. The rows of the cited DOIs have the
    source ``citehouse``: a DOI that nobody describes is a work, too. Ordered by source,
    record_key and side.
    """
    return con.sql(sql_text("identity/rows.sql")).to_arrow_table()


def write_identity(
    con: duckdb.DuckDBPyConnection,
    tokens: pa.Table,
    groups: pa.Table,
    conflicts: pa.Table,
) -> None:
    """Replace what the warehouse knows of who is who.

    Args:
        con: a writing connection.
        tokens: token, work_id; each token once.
        groups: work_id, version_group_id, is_preprint; each work once.
        conflicts: token_a, token_b, source, record_key, reason.
    """
    con.begin()
    try:
        con.register("incoming_token", tokens)
        con.register("incoming_group", groups)
        con.register("incoming_conflict", conflicts)
        con.execute(sql_text("identity/write.sql"))
    except BaseException:
        con.rollback()
        raise
    con.commit()
    for name in ("token", "group", "conflict"):
        con.unregister(f"incoming_{name}")
