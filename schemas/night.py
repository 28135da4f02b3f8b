"""What a night plans from, and its plan: what is asked, why, and what it will cost."""

import datetime as dt
from typing import Final, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict

Reason = Literal[
    "moved",
    "found",
    "lost",
    "owed",
    "failed",
    "unsettled",
    "backfill",
    "new",
    "touched",
    "followed",
    "round",
]
"""Why a source is asked about a work, in the order in which a budget is spent."""

REASONS: Final[dict[Reason, str]] = {
    "moved": "it counts another number of citing works",
    "found": "it has a record now, and had none",
    "lost": "it gives no record any more",
    "owed": "left over from an earlier night's budget",
    "failed": "its last answer failed",
    "unsettled": "its last list lacked a citing work; one more look decides",
    "backfill": "to be asked again, by hand",
    "new": "never asked before",
    "touched": "it has changed its record",
    "followed": "another source's count has moved, and it tells only when asked",
    "round": "its turn: everything is asked again in so many nights",
}

WITHOUT_REFERENCES: Final[frozenset[Reason]] = frozenset(
    {"moved", "followed", "unsettled"}
)
"""Reasons that say something of who cites a work, and nothing of what it cites: a
published work does not change its references."""


class Sign(NamedTuple):
    """What a look-up said of one record."""

    record_key: str
    declared_count: int | None
    changed_at: str | None


class Watermark(NamedTuple):
    """How far the warehouse is with one cited DOI at one source.

    Attributes:
        work_id: the work that the DOI names.
        prime_doi: by which the work is looked up; another than `doi` if that is an
            alias, under which a source need not have it.
        state: of the last answer: known, not_indexed or failed.
        cause: of that state.
        declared_count: citing works that it declared when its list was last known.
        asked_at: start of the run that asked last, UTC.
        looked_at: when it was last looked whether anything has moved; None: never.
        failure_count: runs in a row, up to the last, in which it failed.
        is_unsettled: its last list lacked an edge that it gave before.
        is_undescribed: a question about a citing work of it failed, and was not
            answered since; five failures are enough.
        signs: of the last look-up; empty: none yet.
        published_year: of the work; None: not known.
        reference_count: of the work; None: not known.
    """

    doi: str
    work_id: str
    prime_doi: str
    source: str
    state: str
    cause: str | None
    declared_count: int | None
    asked_at: dt.datetime
    looked_at: dt.datetime | None
    failure_count: int
    is_unsettled: bool
    is_undescribed: bool
    signs: tuple[Sign, ...]
    published_year: int | None
    reference_count: int | None


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlannedAsking(_Frozen):
    """Works about which one source is asked for one reason.

    Attributes:
        reason: a `Reason`, or ``look_up``: to see whether anything has moved.
        is_estimate: the number is what the last nights lead one to expect.
        doi_count: works.
        request_count: requests that this will take, about.
        credit_count: credits of the source's allowance that these cost.
        seconds: that they take at the source's limit.
    """

    source: str
    reason: Reason | Literal["look_up"]
    is_estimate: bool = False
    doi_count: int
    request_count: int
    credit_count: int
    seconds: float


class StaleSource(_Frozen):
    """What a source is not asked about this time.

    Attributes:
        doi_count: works that are neither asked about nor looked up.
        owed_count: those of them that should have been, had the budget been larger.
        oldest: when the longest neglected of them was last asked or looked up.
    """

    source: str
    doi_count: int
    owed_count: int
    oldest: AwareDatetime | None


class SourceBudget(_Frozen):
    """What a source may be asked in one night, and what the plan takes of it."""

    source: str
    credit_count: int
    planned_count: int


class NightPlan(_Frozen):
    """What a night asks, or would ask.

    Attributes:
        watched_count: works that the night is about.
        askings: by source and reason.
        stale: sources with works that are left alone tonight.
        budgets: of the sources that have one.
        is_rehearsal: nothing was asked: numbers that depend on what look-ups would
            say are estimates.
    """

    watched_count: int
    askings: tuple[PlannedAsking, ...]
    stale: tuple[StaleSource, ...]
    budgets: tuple[SourceBudget, ...]
    is_rehearsal: bool = False
