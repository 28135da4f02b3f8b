"""How works were put together, and which decisions had a say in it."""

from collections.abc import Iterable
from typing import Any

import duckdb

from schemas.report_works import WorkIdentity
from warehouse.errors import WarehouseFault
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


def known_tokens(con: duckdb.DuckDBPyConnection, tokens: Iterable[str]) -> set[str]:
    """Those of some identifiers that a record or somebody's question has named."""
    asked = sorted(set(tokens))
    rows = _rows(con, "works_known_tokens", tokens=asked) if asked else []
    return {row["token"] for row in rows}


def published_decisions(con: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """The ids of the decisions that were published, and whether each is in force.

    Empty, too, for a generation of a version that knew of no decisions.

    Raises:
        WarehouseFault: they cannot be read.
    """
    try:
        rows = _rows(con, "works_decisions")
    except duckdb.CatalogException:
        return {}
    except duckdb.Error as err:
        raise WarehouseFault(f"cannot read the published decisions: {err}") from err
    return {row["decision_id"]: row["is_in_force"] for row in rows}


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, **parameters: str | list[str]
) -> list[dict[str, Any]]:
    cursor = con.execute(sql_text(f"queries/{query}.sql"), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
