"""How one work was put together."""

from typing import Any

import duckdb

from schemas.report_works import WorkIdentity
from warehouse.sqlfile import sql_text


def work_identity(con: duckdb.DuckDBPyConnection, token: str) -> WorkIdentity | None:
    """The work that an identifier names; None if the warehouse does not know it.

    Args:
        con: to a published warehouse.
        token: ``scheme:value``, normalised.
    """
    found = _rows(con, "works_of_token", named=token)
    if not found:
        return None
    (head,) = found
    work = {"work_id": head["work_id"]}
    return WorkIdentity(
        tokens=[row["token"] for row in _rows(con, "works_tokens", **work)],
        joins=_rows(con, "works_joins", **work),
        versions=_rows(
            con, "works_versions", version_group_id=head["version_group_id"]
        ),
        conflicts=_rows(con, "works_conflicts", **work),
        **head,
    )


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, **parameters: str
) -> list[dict[str, Any]]:
    cursor = con.execute(sql_text(f"queries/{query}.sql"), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
