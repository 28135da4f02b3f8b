"""The answers that hold rejected records: what a replay has to read again."""

from pathlib import Path
from typing import NamedTuple

from warehouse.connection import open_readonly
from warehouse.query import named


class RejectedAnswer(NamedTuple):
    """An answer some records of which were rejected.

    Attributes:
        rejected: their places in the answer.
        loaded: places of the other records to their record keys.
    """

    run_id: str
    source: str
    request_key: str
    rejected: frozenset[int]
    loaded: dict[int, str]


def rejected_answers(home: Path) -> list[RejectedAnswer]:
    """The answers with rejects, by run, source and request; empty if there are none.

    Raises:
        WarehouseFault: nothing has been published, or it cannot be read.
    """
    with open_readonly(home) as con:
        rows = con.execute(named("rejected_answers")).fetchall()
    return [
        RejectedAnswer(
            run_id,
            source,
            request_key,
            frozenset(rejected),
            {one["place"]: one["record_key"] for one in loaded},
        )
        for run_id, source, request_key, rejected, loaded in rows
    ]
