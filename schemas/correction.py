"""What people say of the stance of statements."""

import unicodedata
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from schemas.decision import Decision
from schemas.identifiers import SCHEMES, split_token
from schemas.stance import Reviewed, StatementToJudge
from schemas.statement import SectionKind

MAX_REVIEWER: Final = 100
"""Characters of a name; a longer one is a text in the wrong place."""


def _name(typed: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 0 < len(name) <= MAX_REVIEWER or not name.isprintable():
        raise ValueError(f"a reviewer has a name of 1 to {MAX_REVIEWER} characters")
    return name


def _token(text: str) -> str:
    if split_token(text)[0] not in SCHEMES:
        raise ValueError(f"not an identifier: {text[:60]!r}")
    return text


Reviewer = Annotated[str, AfterValidator(_name)]
"""The name of a person; white space collapsed, so that one person has one name."""

_Token = Annotated[str, AfterValidator(_token)]


class CorrectedStatement(BaseModel):
    """A statement as the person saw it: enough to find it again, and to learn from it.

    Columns as in `core.citation_statement`.

    Attributes:
        citing_token, cited_token: identifiers of the two works.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    statement_id: str = Field(min_length=1)
    citing_token: _Token
    cited_token: _Token
    citing_doi: str | None = None
    cited_doi: str | None = None
    text: str
    before: str | None = None
    after: str | None = None
    section: SectionKind
    marker: str | None = None
    text_offset: int
    licence: str | None = None


class StanceCorrection(Decision):
    """What a person decided about the stance of one statement.

    Attributes:
        decision_id: ``c1``, ``c2``, ...: its place in the file.
        action: `correct`: the `statement` is `stance`, says the `reviewer`. `undo`: the
            verdict `undoes` holds no more.
    """

    decision_id: str = Field(pattern=r"^c[1-9]\d*$")
    action: Literal["correct", "undo"]
    reviewer: Reviewer | None = None
    stance: Reviewed | None = None
    statement: CorrectedStatement | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        said = (self.reviewer, self.stance, self.statement)
        if self.action == "correct" and None in said:
            raise ValueError("a verdict names a statement, its stance and who says so")
        if self.action == "undo" and any(said):
            raise ValueError("an undo names nothing but what it undoes")
        if (self.action == "undo") != (self.undoes is not None):
            raise ValueError("an undo, and nothing else, names what it undoes")
        return self


class LoggedCorrection(StanceCorrection):
    """A verdict or its undo, and what has become of it.

    Attributes:
        is_in_force: a verdict that nobody has undone; of an undo, false.
        undone_by: the decision that undoes it; None: none does.
        replaced_by: the newest verdict of the same reviewer on the same statement;
            None: this is the one that counts, or it is not in force.
        is_published: the published tables are made with it.
        is_waiting: in force and published, but its statement is not there.
        is_disputed: reviewers of its statement disagree.
        statement_id: as the statement is called today; where it is not there, as it was
            called then. None: an undo.
    """

    is_in_force: bool
    undone_by: str | None
    replaced_by: str | None
    is_published: bool
    is_waiting: bool
    is_disputed: bool
    statement_id: str | None

    @property
    def is_counted(self) -> bool:
        """It is in force, and the newest of its reviewer on its statement."""
        return self.is_in_force and self.replaced_by is None


class TrainingLine(StatementToJudge):
    """A verdict as training data: what `citehouse classify` reads, and the answer.

    Attributes:
        by: who says so.
        is_disputed: reviewers of the statement disagree.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stance: Reviewed
    by: str
    why: str | None
    statement_id: str
    citing_doi: str | None
    cited_doi: str | None
    licence: str | None
    is_disputed: bool
