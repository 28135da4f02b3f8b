"""The answers that hold rejected records: what a replay has to read again."""

from pathlib import Path
from typing import NamedTuple

from warehouse.connection import open_readonly
from warehouse.query import named


class LoadedRecord(NamedTuple):
    """What the warehouse has of one record of an answer.

    Attributes:
        declared_count: works that cite it, as declared; None: not said.
        said: of a work or a citation the hash of its contents, of an agency its name,
            of identifiers the tokens; None: of a count, and where a version of the
            record from another answer stands in the place of this one.
    """

    record_key: str
    declared_count: int | None
    said: str | None


class AnswerFacts(NamedTuple):
    """What an answer says of itself; columns as in `core.fetch`."""

    received: int
    absent: int
    declared_total: int | None
    next_cursor: str | None


class RejectedAnswer(NamedTuple):
    """An answer some records of which were rejected.

    Attributes:
        rejected: their places in the answer.
        loaded: the other records by their places.
    """

    run_id: str
    source: str
    request_key: str
    rejected: frozenset[int]
    loaded: dict[int, LoadedRecord]
    facts: AnswerFacts


def rejected_answers(home: Path) -> list[RejectedAnswer]:
    """The answers with rejects, by run, source and request; empty if there are none.

    Raises:
        WarehouseFault: nothing has been published, or it cannot be read.
    """
    with open_readonly(home, any_schema=True) as con:  # a replay follows an upgrade
        rows = con.execute(named("rejected_answers")).fetchall()
    return [
        RejectedAnswer(
            run_id,
            source,
            request_key,
            frozenset(rejected),
            {one.pop("place"): LoadedRecord(**one) for one in loaded},
            AnswerFacts(*facts),
        )
        for run_id, source, request_key, rejected, loaded, *facts in rows
    ]
