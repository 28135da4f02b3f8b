"""What lies in the archive, and what has been taken out of it."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.provenance import RunCommand


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ArchivedRun(_Frozen):
    """A run and the space that its answers take.

    Attributes:
        state: ``published``; ``unpublished``, which the next run or a rebuild loads;
            or ``unfinished``, which was cut short.
        doi_count: cited works that it was asked about.
        file_count: files with answers; one that was cut short has one an answer.
        size_bytes: of these files.
    """

    run_id: str
    command: RunCommand
    started_at: AwareDatetime
    state: Literal["published", "unpublished", "unfinished"]
    doi_count: int
    file_count: int
    size_bytes: int


class Compaction(_Frozen):
    """What packing a run's answers more tightly has saved."""

    run_id: str
    size_before_bytes: int
    size_after_bytes: int


class PrunedRun(_Frozen):
    """A run whose answers were removed: a line of ``archive/pruned.jsonl``.

    Attributes:
        size_bytes: what they took.
    """

    run_id: str
    pruned_at: AwareDatetime
    size_bytes: int
