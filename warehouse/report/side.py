"""The citing side of one work, laid out in temporary tables so that it can be sliced.

Laying it out reads the large tables once; every slice after that reads only the side.
"""

import duckdb

from warehouse.sqlfile import sql_text

_TABLES = ("citing", "stated", "signed", "facet_value", "facet_label", "stated_value")
_OF_WORK = frozenset({"citing", "stated", "facet_value"})


def lay_out(con: duckdb.DuckDBPyConnection, work_id: str) -> None:
    """Put the citing side of a work in the temporary tables of a connection.

    What they held of another work is gone. A work that nothing cites has empty ones.

    Args:
        con: to a published warehouse, or as of a past moment; temporary tables belong
            to it alone.
        work_id: of the cited work.
    """
    for table in _TABLES:
        wanted = {"work_id": work_id} if table in _OF_WORK else None
        con.execute(sql_text(f"report/{table}.sql"), wanted)
