"""What `citehouse works` says of one work, and of what people decided."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.identity import IdentityDecision


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


class LoggedDecision(IdentityDecision):
    """A decision, and what has become of it.

    Attributes:
        is_in_force: a merge or a split that nobody has undone; of an undo, false.
        undone_by: the decision that undoes it; None: none does.
        waits_for: of a merge that is in force, its identifiers that no record has: it
            does nothing until one has them.
        is_published: the published tables are made with it.
    """

    is_in_force: bool
    undone_by: str | None
    waits_for: tuple[str, ...]
    is_published: bool
