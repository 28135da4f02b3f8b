"""What has changed from one publication to the next, and why."""

from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

ChangeKind = Literal[
    "citation_added",
    "citation_removed",
    "retracted",
    "unretracted",
    "notice_added",
    "notice_removed",
    "work_merged",
    "work_split",
    "re_dated",
    "re_typed",
    "corrected",
    "state_changed",
    "statement_added",
    "statement_removed",
    "reclassified",
]
"""Kinds of events, the weightiest first."""

KINDS: Final[dict[ChangeKind, str]] = {
    "citation_added": "new citing works",
    "citation_removed": "citing works that are gone",
    "retracted": "retracted",
    "unretracted": "not retracted any more",
    "notice_added": "new notices",
    "notice_removed": "notices that are gone",
    "work_merged": "works that turned out to be one",
    "work_split": "works that turned out to be two",
    "re_dated": "other dates",
    "re_typed": "other types",
    "corrected": "corrected fields",
    "state_changed": "become known, or lost",
    "statement_added": "new statements",
    "statement_removed": "statements that are gone",
    "reclassified": "statements with another stance",
}
"""Each kind in words."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(_Frozen):
    """One event, with the names of the works that it is about.

    Attributes:
        change_id: the same however often the event is made.
        published_at: when it was published.
        reason: new, came_back, first_look, withdrawn, works_merged, works_split, told
            (a source says so), reread or reviewed (a person has judged).
        is_back_fill: it is new to the warehouse, but no news.
        cited_doi: the cited work; None: none is concerned.
        work_id: the work that changed; of an edge or a statement the citing one.
        doi: of that work; None: not known.
        title: of that work; None: not known.
        field: that has another value; of a notice its type; of a statement: stance.
        statement_id: of a statement; None: the event is about none.
        text: the sentence of a statement.
        source: who says so; None: several, or nobody.
    """

    change_id: str
    publication_no: int
    published_at: AwareDatetime
    kind: ChangeKind
    reason: str
    is_back_fill: bool
    cited_doi: str | None
    cited_title: str | None
    work_id: str | None
    doi: str | None
    title: str | None
    field: str | None
    before_value: str | None
    after_value: str | None
    statement_id: str | None
    text: str | None
    source: str | None
    run_id: str | None


class Publication(_Frozen):
    """One generation that was published.

    Attributes:
        published_at: end of its newest run; without one, when it was made. UTC.
        command: what made it.
        run_id: its newest run; None: it took in none.
        run_ids: all runs that it took in, in order of time.
    """

    publication_no: int
    published_at: AwareDatetime
    command: str
    run_id: str | None
    run_ids: tuple[str, ...]


class Diff(_Frozen):
    """What has changed in some publications.

    Attributes:
        publications: oldest first; empty: nothing was published in that time.
        last: the last publication that there is.
        changes: ordered by cited DOI, kind, publication and work.
    """

    publications: tuple[Publication, ...]
    last: Publication
    changes: tuple[Change, ...]
