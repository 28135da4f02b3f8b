"""match, written down: which identifiers are one work, and why."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from pipeline.decision_file import in_force
from pipeline.match import match
from schemas.identity import IdentityDecision, IdentityRow, Matching
from warehouse.identity import (
    DECISION_COLUMNS,
    JOIN_COLUMNS,
    identity_rows,
    write_identity,
)


def write_who_is_who(
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    decisions: Sequence[IdentityDecision],
) -> None:
    """Match all that is loaded in a file, and write the result into it.

    Args:
        con: a writing connection to a migrated file.
        decisions: of people, all that were ever made.
    """
    found = match(_rows(identity_rows(con)), in_force(decisions))
    _write(con, found, decisions)


def _rows(table: pa.Table) -> list[IdentityRow]:
    columns = (table.column(name).to_pylist() for name in IdentityRow._fields)
    return [
        IdentityRow(
            source,
            key,
            side,
            tuple(tokens),
            tuple(aliases),
            tuple(versions),
            preprint,
            tuple(preprints),
        )
        for source, key, side, tokens, aliases, versions, preprint, preprints in zip(
            *columns, strict=True
        )
    ]


def _write(
    con: Any,  # noqa: ANN401 - as above
    found: Matching,
    decisions: Sequence[IdentityDecision],
) -> None:
    holding = {one.decision_id for one in in_force(decisions)}
    works = sorted(found.work_of.items())
    write_identity(
        con,
        tokens=pa.table(
            {
                "token": pa.array([token for token, _ in works], pa.string()),
                "work_id": pa.array([work for _, work in works], pa.string()),
            }
        ),
        groups=_table(found.members, ("work_id", "version_group_id"), "is_preprint"),
        conflicts=_table(
            found.conflicts, ("token_a", "token_b", "source", "record_key", "reason")
        ),
        joins=_table(found.joins, tuple(JOIN_COLUMNS.names)),
        decisions=pa.Table.from_pylist(
            [
                one.model_dump(exclude={"kept"})
                | {"kept_tokens": one.kept, "is_in_force": one.decision_id in holding}
                for one in decisions
            ],
            schema=DECISION_COLUMNS,
        ),
    )


def _table(
    rows: Sequence[tuple[Any, ...]], texts: tuple[str, ...], flag: str | None = None
) -> pa.Table:
    fields = [pa.field(name, pa.string()) for name in texts]
    fields += [pa.field(flag, pa.bool_())] if flag else []
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pa.table(columns, schema=pa.schema(fields))
