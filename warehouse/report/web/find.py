"""Works by the words of their titles, and how much a warehouse holds."""

from dataclasses import dataclass

import duckdb

from warehouse.rows import named_rows


@dataclass(frozen=True)
class FoundWork:
    """A cited work in a list; counts are None unless its state is `known`."""

    cited_doi: str
    title: str | None
    container_title: str | None
    published_year: int | None
    publication_type: str | None
    is_retracted: bool | None
    state: str
    citing_work_count: int | None
    statement_count: int | None
    supporting_statement_count: int | None
    mentioning_statement_count: int | None
    contrasting_statement_count: int | None


@dataclass(frozen=True)
class WarehouseSize:
    """How much there is, and as of when."""

    cited_work_count: int
    citing_work_count: int
    statement_count: int


def find_works(
    con: duckdb.DuckDBPyConnection, words: str, *, limit: int
) -> list[FoundWork]:
    """Cited works with all of these words in their titles, the most cited first.

    Args:
        con: to a published warehouse.
        words: parts of words, without regard to case and accents; none: all works.
        limit: how many at most.
    """
    parameters = {"words": words.split(), "limit": limit}
    return [
        FoundWork(**row)
        for row in named_rows(con, "queries/find_works.sql", parameters)
    ]


def warehouse_size(con: duckdb.DuckDBPyConnection) -> WarehouseSize:
    """How many works and statements the warehouse holds."""
    return WarehouseSize(**named_rows(con, "queries/warehouse_size.sql")[0])
