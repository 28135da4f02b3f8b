"""Which records are the same work: what matching reads and what it finds."""

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict


class IdentityRow(NamedTuple):
    """The identifiers that one record puts together.

    Attributes:
        source: who says so.
        record_key: the record's own key; with `side`, unique within a source.
        side: ``work`` for a work record, ``citing`` or ``cited`` for one side of a
            citation record.
        tokens: identifiers of one work, at least one.
        aliases: other DOI tokens that the registry says are this very work.
        version_tokens: identifiers of other versions of the work.
        is_preprint: the source calls this work a preprint; None where it has no say.
    """

    source: str
    record_key: str
    side: str
    tokens: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    version_tokens: tuple[str, ...] = ()
    is_preprint: bool | None = None


class IdentityConflict(NamedTuple):
    """Two identifiers that a record puts together and that were kept apart."""

    token_a: str
    token_b: str
    source: str
    record_key: str
    reason: str


class VersionMember(NamedTuple):
    """A work in its version group; most groups hold one work."""

    work_id: str
    version_group_id: str
    is_preprint: bool


class Matching(BaseModel):
    """Who is who.

    Attributes:
        work_of: token to work_id, for every token seen. A work_id is itself a token:
            the work's strongest identifier.
        members: one row a work, ordered by work_id.
        conflicts: what was not merged, in the order it was found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    work_of: dict[str, str]
    members: list[VersionMember]
    conflicts: list[IdentityConflict]
