"""Which records are the same work: what matching reads and what it finds."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self, TypeAlias

from pydantic import Field, model_validator

from schemas.decision import Decision
from schemas.identifiers import SCHEMES, split_token


class IdentityRow(NamedTuple):
    """The identifiers that one record puts together.

    Attributes:
        source: who says so.
        record_key: the record's own key; with `side`, unique within a source.
        side: ``work`` for a work record, ``citing`` or ``cited`` for one side of a
            citation record, ``identifiers`` for a record of nothing else.
        tokens: identifiers of one work, at least one.
        aliases: other DOI tokens that the registry says are this very work.
        version_tokens: identifiers of other versions of the work.
        is_preprint: the source calls this work a preprint; None where it has no say.
        preprint_tokens: those of `version_tokens` whose link says that one side is a
            preprint of the other, either way round.
    """

    source: str
    record_key: str
    side: str
    tokens: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    version_tokens: tuple[str, ...] = ()
    is_preprint: bool | None = None
    preprint_tokens: tuple[str, ...] = ()


class IdentityConflict(NamedTuple):
    """Two identifiers that a record puts together and that were kept apart."""

    token_a: str
    token_b: str
    source: str
    record_key: str
    reason: str


class IdentityJoin(NamedTuple):
    """Two identifiers that were put together: one row of the merge log.

    The joins of a work are a tree over its identifiers: one fewer than there are.

    Attributes:
        source, record_key: the record that says so; of a decision, ``citehouse`` and
            its id.
    """

    work_id: str
    token_a: str
    token_b: str
    source: str
    record_key: str
    decided_by: Literal["record", "user"]


DecisionAction: TypeAlias = Literal["merge", "split", "undo"]


class IdentityDecision(Decision):
    """What a person decided about who is who.

    Attributes:
        decision_id: ``d1``, ``d2``, ...: its place in the file.
        action: `merge`: the two `tokens` name one work. `split`: none of the `tokens`
            belongs to the work of `kept`. `undo`: the decision `undoes` holds no more.
        kept: of a split, the identifiers that the work had besides.
    """

    decision_id: str = Field(pattern=r"^d[1-9]\d*$")
    action: DecisionAction
    tokens: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        names = (*self.tokens, *self.kept)
        if strange := [name for name in names if split_token(name)[0] not in SCHEMES]:
            raise ValueError(f"not an identifier: {strange[0][:60]!r}")
        two = 2
        if self.action == "merge" and len(set(self.tokens)) != two:
            raise ValueError("a merge names two works, each by one identifier")
        if self.action == "split" and not (self.tokens and self.kept):
            raise ValueError("a split names identifiers that go and that stay")
        if (self.action == "undo") != (self.undoes is not None):
            raise ValueError("an undo, and nothing else, names what it undoes")
        return self


class VersionMember(NamedTuple):
    """A work in its version group; most groups hold one work."""

    work_id: str
    version_group_id: str
    is_preprint: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """Who is who.

    Attributes:
        work_of: token to work_id, for every token seen. A work_id is itself a token:
            the work's strongest identifier.
        members: one row a work, ordered by work_id.
        conflicts: what was not merged, in the order it was found.
        joins: what was merged, in the order it was done.
    """

    work_of: dict[str, str]
    members: list[VersionMember]
    conflicts: list[IdentityConflict]
    joins: list[IdentityJoin]
