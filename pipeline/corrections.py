"""What people say of stances: ``stance-corrections.jsonl`` in the home."""

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from pipeline.decision_file import DecisionFile, in_force
from schemas.correction import StanceCorrection
from warehouse.corrections import VERDICT_COLUMNS, bring_verdicts

FILE: Final = DecisionFile(
    "stance-corrections.jsonl", StanceCorrection, "c", "citehouse corrections list"
)


def write_verdicts(
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    corrections: Sequence[StanceCorrection],
) -> None:
    """Write what people said into a file that is being built.

    Args:
        con: a writing connection to a migrated file.
        corrections: all that were ever made.
    """
    holding = {one.decision_id for one in in_force(corrections)}
    rows = [
        (one.statement.model_dump() if one.statement else {})
        | one.model_dump(exclude={"statement", "action", "reason"})
        | {"why": one.reason, "is_in_force": one.decision_id in holding}
        for one in corrections
    ]
    bring_verdicts(con, pa.Table.from_pylist(rows, schema=VERDICT_COLUMNS))
