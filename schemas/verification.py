"""What an audit of a published warehouse finds."""

from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

EXIT_SOUND: Final = 0
EXIT_UNSOUND: Final = 1


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sum(_Frozen):
    """Law 2 for one run and source: received is the sum of the other four."""

    run_id: str
    source: str
    received: int
    loaded: int
    duplicate: int
    rejected: int
    absent: int

    @property
    def is_even(self) -> bool:
        """Whether nothing has vanished, and nothing come from nowhere."""
        accounted = self.loaded + self.duplicate + self.rejected + self.absent
        return self.received == accounted


class Audited(_Frozen):
    """One thing that should hold, and the rows that break it.

    Attributes:
        name: short, such as the name of a file in ``sql/checks``.
        says: what should hold, in a sentence.
        is_fatal: whether a row that breaks it makes the warehouse unsound; if not, it
            is worth a look.
        examined: how many rows were looked at; None: not counted.
        row_count: rows that break it; 0: it holds.
        columns, sample: some of those rows.
        advice: what to do about it; None where there is nothing to do.
    """

    name: str
    says: str
    is_fatal: bool = True
    examined: int | None = None
    row_count: int = 0
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[Any, ...], ...] = ()
    advice: str | None = None

    @property
    def is_broken(self) -> bool:
        """Whether it makes the warehouse unsound."""
        return self.is_fatal and self.row_count > 0


class VerdictCount(_Frozen):
    """How many lists of a source were closed with a verdict, over all runs."""

    source: str
    role: str
    verdict: str
    list_count: int


class Verification(_Frozen):
    """The audit of one published warehouse.

    Attributes:
        sums: law 2, by run and source.
        audited: everything that was looked at, in order.
        verdicts: of `core.certificate`; what is not complete is no fault of the
            warehouse, but tells which numbers may be short.
        pruned_runs: runs whose answers were removed on purpose: not compared.
        unfinished_runs: runs in the archive that were cut short: not compared.
    """

    published_path: Path
    sums: tuple[Sum, ...]
    audited: tuple[Audited, ...]
    verdicts: tuple[VerdictCount, ...]
    pruned_runs: tuple[str, ...] = ()
    unfinished_runs: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0: all adds up; 1: something does not."""
        is_broken = any(one.is_broken for one in self.audited)
        return EXIT_UNSOUND if is_broken else EXIT_SOUND
