"""What people decide, whatever it is about: one line of a file of decisions."""

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Decision(BaseModel):
    """A decision, with its place in its file and what it takes back.

    Attributes:
        decision_id: a letter for the kind, and its number in the file.
        action: `undo`: the decision `undoes` holds no more; each kind has more.
        reason: as typed; None: none given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    decision_id: str
    action: str
    undoes: str | None = None
    reason: str | None = None
    decided_at: AwareDatetime
