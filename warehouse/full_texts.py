"""What a run reads of the published warehouse before it fetches full texts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

import duckdb
import pyarrow as pa

from warehouse.connection import open_readonly, published_file
from warehouse.sqlfile import sql_text

ASK_AGAIN_AFTER: Final = dt.timedelta(days=28)
"""A text that was not to be had, although its record says that it is open: as often as
the record itself is asked for again when nothing has moved."""


class HeldTexts:
    """The full texts that were fetched already; thread safe.

    Args:
        con: to the published warehouse, for this use alone.
        now: when the run began.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, now: dt.datetime) -> None:
        con.execute(sql_text("night/held_texts.sql"))
        self._con = con
        self._since = now - ASK_AGAIN_AFTER
        self._turn = Lock()  # a cursor of its own would not see the temporary table

    def of(self, dois: Sequence[str]) -> dict[str, dict[str, str | None]]:
        """The open texts of the known citing works of some cited DOIs.

        By source, the token of the text to the day on which the source received it.
        """
        wanted = pa.table({"doi": pa.array(dois, pa.string())})
        with self._turn:
            self._con.register("wanted", wanted)
            rows = self._con.execute(sql_text("night/open_texts_of.sql")).fetchall()
        found: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
        for source, text, date in rows:
            found[source][text] = date
        return dict(found)

    def due(self, source: str, texts: Mapping[str, str | None]) -> list[str]:
        """Those of some open texts that must be asked for: not held, or newer now.

        Args:
            source: that has them.
            texts: token to the day on which it received the text, ISO; None: not said.
        """
        offered = pa.table(
            {
                "text": pa.array(texts.keys(), pa.string()),
                "received_on": pa.array(texts.values(), pa.string()),
            }
        )
        asked = {"source": source, "since": self._since}
        with self._turn:
            self._con.register("offered_text", offered)
            rows = self._con.execute(sql_text("night/texts_due.sql"), asked).fetchall()
        return [text for (text,) in rows]


@contextmanager
def held_texts(home: Path, now: dt.datetime) -> Iterator[HeldTexts | None]:
    """The texts that the published warehouse has; None: nothing is published.

    Raises:
        WarehouseFault: the published file cannot be opened, or is of another version.
    """
    if published_file(home) is None:
        yield None
        return
    with open_readonly(home) as con:
        yield HeldTexts(con, now)
