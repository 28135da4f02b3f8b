"""One thing that the doctor has looked at."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

SAMPLE_DOI: Final = "10.7717/peerj.4375"
"""Known to every source since years; what `--online` asks about."""


class Finding(BaseModel):
    """One thing looked at.

    Attributes:
        state: `note` is worth knowing; `broken` keeps a command from working.
        advice: what to do; None where there is nothing to do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    state: Literal["ok", "note", "broken"]
    found: str
    advice: str | None = None
