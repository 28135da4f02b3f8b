"""How a citation statement stands to what it cites."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Stance = Literal["supporting", "mentioning", "contrasting", "unclassified"]
"""supporting: the citing work presents evidence that agrees with the cited finding;
contrasting: evidence that differs; mentioning: everything else, also praise, use of a
method and background; unclassified: there is no text to judge."""


Reviewed = Literal["supporting", "mentioning", "contrasting"]
"""What a person may say of a statement: there is a text to judge."""

DecidedBy = Literal["classifier", "reviewer"]
"""Whose stance counts: that of the reviewers if they agree, else the classifier's."""


class StatementToJudge(BaseModel):
    """A statement as `citehouse classify` reads it; more fields may stand in the line.

    Attributes:
        text: the sentence.
        before, after: the sentences beside it.
        section: kind of section, or its title.
        marker: the in-text citation that is meant, as it stands in `text`; None: all of
            them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    before: str | None = None
    after: str | None = None
    section: str | None = None
    marker: str | None = None


class Judgement(BaseModel):
    """What a classifier makes of a statement.

    Attributes:
        p_supporting, p_mentioning, p_contrasting: calibrated probabilities, that add up
            to 1; None where there is no text.
        confidence: probability of the stance that was chosen; None likewise.
        model_version: of the classifier.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stance: Stance
    p_supporting: float | None = Field(ge=0, le=1)
    p_mentioning: float | None = Field(ge=0, le=1)
    p_contrasting: float | None = Field(ge=0, le=1)
    confidence: float | None = Field(ge=0, le=1)
    model_version: str
