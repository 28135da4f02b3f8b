"""The tallies of a list of works, and what they come to together."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from pydantic import BaseModel, ConfigDict

from schemas.report import State
from warehouse.rows import named_rows


class Tally(BaseModel):
    """A row of `mart.tally`, by the DOI it was asked by; None: not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked_as: str
    cited_doi: str
    title: str | None
    container_title: str | None
    published_year: int | None
    is_retracted: bool | None
    state: State
    citing_work_count: int | None
    citing_group_count: int | None
    self_citing_work_count: int | None
    independent_citing_work_count: int | None
    unknown_relationship_work_count: int | None
    retracted_citing_work_count: int | None
    reference_count: int | None
    statement_count: int | None
    supporting_statement_count: int | None
    mentioning_statement_count: int | None
    contrasting_statement_count: int | None
    unclassified_statement_count: int | None
    retracted_supporting_statement_count: int | None
    retracted_mentioning_statement_count: int | None
    retracted_contrasting_statement_count: int | None


@dataclass(frozen=True)
class FoundTallies:
    """Works that the warehouse was asked about, and DOIs that it was not."""

    known: list[Tally]
    unknown: list[str]


def tallies_of(con: duckdb.DuckDBPyConnection, dois: Sequence[str]) -> FoundTallies:
    """The tally of each work, in the order of the DOIs.

    Args:
        con: to a published warehouse.
        dois: normalised, none twice; two of one work give it twice.
    """
    rows = named_rows(con, "queries/tallies.sql", {"dois": list(dois)})
    known = [Tally(**row) for row in rows]
    there = {one.asked_as for one in known}
    return FoundTallies(known, [doi for doi in dois if doi not in there])
