"""Drift: what a source sends that nobody here has heard of, or no longer sends."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DriftKind = Literal["unknown_field", "unknown_word", "missing_field"]
"""A field that is not in the documentation as it was read; a word in a vocabulary that
has no meaning yet; a record without a field that it needs."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DriftFinding(_Frozen):
    """What was found in the sampled answers of one endpoint in one run.

    Attributes:
        name: path of the field, dotted, ``[]`` for a list; of a word, the path, a
            colon and the word.
        record_count: sampled records that show it; 1 for what stands around records.
        sampled_record_count: records of this endpoint that were looked at.
        request_key: of an answer that shows it, the first in their order.
    """

    source: str
    endpoint: str
    kind: DriftKind
    name: str
    record_count: int = Field(ge=1)
    sampled_record_count: int = Field(ge=0)
    request_key: str


class Drift(_Frozen):
    """The same over all runs; counts are those of the last run that showed it.

    Attributes:
        first_run: id of the first run that showed it.
        last_run: of the last.
        request_key: of an answer in the last run that shows it.
    """

    source: str
    endpoint: str
    kind: DriftKind
    name: str
    record_count: int
    sampled_record_count: int
    first_run: str
    last_run: str
    request_key: str
