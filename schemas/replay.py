"""What came of reading rejected records again."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from schemas.report import RejectCount


class ReplayReport(BaseModel):
    """The outcome of a replay.

    Attributes:
        tried: rejected records that were read again.
        loaded: of these, the ones that are records now.
        is_rebuilt: today's parsers read other records of these answers differently,
            too, so that every archived answer was read again.
        published_path: the new generation; None: nothing changed, nothing published.
        still_rejected: the rest by source and first reason, most frequent first.
        warnings: sentences on what else was published, such as decisions of people.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tried: int
    loaded: int
    is_rebuilt: bool
    published_path: Path | None
    still_rejected: tuple[RejectCount, ...]
    warnings: tuple[str, ...] = ()
