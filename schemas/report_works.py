"""What `citehouse works show` says of one work."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ShownJoin(_Frozen):
    """A row of `core.merge_log`."""

    token_a: str
    token_b: str
    source: str
    record_key: str
    decided_by: Literal["record", "user"]


class ShownVersion(_Frozen):
    """A work of the version group."""

    work_id: str
    is_preprint: bool


class ShownConflict(_Frozen):
    """A row of `core.identity_conflict` that touches the work."""

    token_a: str
    token_b: str
    source: str
    record_key: str
    reason: str


class WorkIdentity(_Frozen):
    """One work, who put its identifiers together, and what was kept apart.

    Attributes:
        citing_work_count, citing_group_count: each version counted, and versions
            counted once; None: nobody has asked about it, or it is not known.
    """

    work_id: str
    title: str | None
    tokens: tuple[str, ...]
    joins: tuple[ShownJoin, ...]
    version_group_id: str
    versions: tuple[ShownVersion, ...]
    conflicts: tuple[ShownConflict, ...]
    citing_work_count: int | None
    citing_group_count: int | None
