"""A part of what cites a work: what it is chosen by, and how it is counted."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

FacetName = Literal[
    "section",
    "stance",
    "year",
    "type",
    "relationship",
    "author",
    "journal",
    "source",
]
"""What citing works and their statements are told apart by. The first two are of
statements, the others of citing works."""

FACETS: Final[tuple[FacetName, ...]] = get_args(FacetName)
STATEMENT_FACETS: Final[frozenset[FacetName]] = frozenset({"section", "stance"})
NOT_KNOWN: Final = "unknown"
"""The value that chooses what has no value in a facet."""

Ordering = Literal["relevance", "newest", "oldest", "confidence", "most_cited"]
"""relevance: with words to look for, those with the rarer ones first; without, works
that take a stand, then those that cite the work more often, then the newer ones.
confidence: works with the surest supporting or contrasting statement first. most_cited:
by how often the citing works are cited themselves. Ties: newest, then identifier."""

ORDERINGS: Final[tuple[Ordering, ...]] = get_args(Ordering)

Unit = Literal["citing_work", "statement"]
Shown = Literal["statements", "works"]
"""statements: citing works with statements in the slice; works: all of them."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Slice(_Frozen):
    """What is chosen of a work's citing side; without anything: all of it.

    A citing work is in the slice if it has one of the chosen values in every facet that
    has any, and, where statements are chosen (by section, stance or words), has such a
    statement. A statement is in it if it is chosen and its citing work is.

    Attributes:
        chosen: by facet, the values of which one is enough; `unknown` for none.
        words: to be found in the statements, as in `citehouse search`.
    """

    chosen: Mapping[FacetName, tuple[str, ...]] = Field(default_factory=dict)
    words: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not any(self.chosen.values()) and not self.words


class View(_Frozen):
    """A slice and the page of it that is shown.

    Attributes:
        limit: citing works on the page; None: all of them.
        offset: citing works before it.
        facet_limit: values of a facet, the most frequent; chosen ones always.
    """

    slice: Slice = Slice()
    shown: Shown = "statements"
    ordering: Ordering = "newest"
    limit: int | None = Field(default=None, ge=1)
    offset: int = Field(default=0, ge=0)
    facet_limit: int = Field(default=20, ge=1)


IN_A_FILE: Final = View(shown="works", ordering="relevance")
"""All citing works, those that take a stand first."""


class SliceCounts(_Frozen):
    """How much is in a slice: citing works and statements, two units.

    Attributes:
        stated_citing_work_count: citing works with a statement in the slice.
        retracted_supporting_statement_count: of the supporting ones those of citing
            works that some source calls retracted; the others likewise.
    """

    citing_work_count: int
    stated_citing_work_count: int
    retracted_citing_work_count: int
    statement_count: int
    mention_count: int
    supporting_statement_count: int
    mentioning_statement_count: int
    contrasting_statement_count: int
    unclassified_statement_count: int
    retracted_supporting_statement_count: int
    retracted_mentioning_statement_count: int
    retracted_contrasting_statement_count: int


class FacetValue(_Frozen):
    """One value of a facet.

    Attributes:
        value: what it is chosen by.
        label: what people call it; equals `value` where that says it.
        citing_work_count: of the facet's population, works with this value.
        statement_count: statements of the slice in them, or with this value.
    """

    value: str
    label: str
    citing_work_count: int
    statement_count: int
    is_chosen: bool = False


class Facet(_Frozen):
    """The citing side by one property.

    Its population is the slice as it would be if nothing were chosen in this facet; so
    the numbers of its other values say what choosing them would bring. In `unit`s:
    population = counted + excluded, and where a unit has one value at most
    (`is_exclusive`), counted = the sum over all values = those shown + not_shown.

    Attributes:
        unit: what is counted in `population`, `counted`, `excluded`, `not_shown`.
        population: units in all.
        counted: units with a value.
        excluded: units without one.
        is_exclusive: whether a unit has one value at most.
        value_count: how many values there are; `values` may hold fewer.
        not_shown: units that have only values that are not in `values`.
        unstated_work_count: of a facet of statements, citing works of its population
            that have no statement, and so cannot be in it; None: of others.
        values: most frequent first, years newest first, sections in the order of a
            text, stances as they are defined; chosen ones are never left out.
    """

    name: FacetName
    unit: Unit
    population: int
    counted: int
    excluded: int
    is_exclusive: bool
    value_count: int
    not_shown: int
    unstated_work_count: int | None = None
    values: tuple[FacetValue, ...] = ()
