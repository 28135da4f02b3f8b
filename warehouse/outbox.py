"""The outbox: messages, in the generation that they are about."""

import duckdb

from schemas.alert import AlertMessage, News
from warehouse.sqlfile import sql_text


def news(con: duckdb.DuckDBPyConnection, publication_no: int) -> list[News]:
    """What happened in a publication that somebody may want to know; by cited DOI."""
    number = {"publication_no": publication_no}
    rows = con.execute(sql_text("alerts/news.sql"), number).fetchall()
    return [News(*row) for row in rows]


def put_message(con: duckdb.DuckDBPyConnection, message: AlertMessage) -> None:
    """Put a message into the outbox of a file in the making."""
    fields = message.model_dump() | {"change_ids": list(message.change_ids)}
    con.execute(sql_text("alerts/put.sql"), fields)


def messages(con: duckdb.DuckDBPyConnection) -> list[AlertMessage]:
    """The whole outbox, oldest first."""
    cursor = con.execute(sql_text("alerts/messages.sql"))
    names = [column[0] for column in cursor.description or ()]
    return [
        AlertMessage.model_validate(dict(zip(names, row, strict=True)))
        for row in cursor.fetchall()
    ]
