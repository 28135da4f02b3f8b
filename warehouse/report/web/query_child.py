"""The process that runs one query: limits itself, runs it, prints the answer."""

import datetime as dt
import json
import math
import resource
import signal
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from warehouse.errors import WarehouseFault
from warehouse.query import run_query

_ADDRESS_SPACE: Final = 4 * 2**30
"""Bytes: Python and DuckDB reserve far more than they use; its own cap is DuckDB's."""

_HELD: Final = 768 * 2**20
"""Bytes that it may write to: what DuckDB hands over as Arrow is outside of its cap.
Python, DuckDB and pyarrow take some 150 MB of it. Only Linux counts it like this."""

_EXACT: Final = 2**53
"""Above this, numbers lose digits in most readers of JSON."""


def main() -> None:
    """Answer the query on standard input."""
    asked = json.load(sys.stdin)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, _ADDRESS_SPACE)
    _limit(resource.RLIMIT_DATA, _HELD)
    _limit(resource.RLIMIT_CPU, math.ceil(2 * asked["time_s"]))
    json.dump(_answer(asked), sys.stdout, ensure_ascii=False)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        found = run_query(
            Path(asked["home"]),
            asked["sql"],
            memory_limit=f"{asked['memory_mb']}MB",
            is_confined=True,
        )
        with found:
            rows: list[list[Any]] = []
            is_cut = False
            for row in found.rows():
                if len(rows) == asked["row_count"]:
                    is_cut = True
                    break
                shown = [_plain(value, asked["cell_chars"]) for value in row]
                is_cut = is_cut or any(cut for _, cut in shown)
                rows.append([value for value, _ in shown])
    except WarehouseFault as err:
        return _error(str(err).removeprefix("query: "))
    except MemoryError:
        return _error(f"The query needs more than {asked['memory_mb']} MB.")
    return {
        "columns": found.columns,
        "types": found.types,
        "rows": rows,
        "is_cut": is_cut,
    }


def _plain(value: Any, most: int) -> tuple[Any, bool]:  # noqa: ANN401 - of any column
    """The value as JSON has it, and whether it was cut."""
    if value is None or isinstance(value, bool):
        return value, False
    if isinstance(value, int) and abs(value) <= _EXACT:
        return value, False
    if isinstance(value, float) and math.isfinite(value):
        return value, False
    text = _text(value)
    return (text[:most] + "…", True) if len(text) > most else (text, False)


def _text(value: Any) -> str:  # noqa: ANN401 - of any column
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_text)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.hex() if isinstance(value, bytes) else str(value)


def _error(text: str) -> dict[str, Any]:
    return {"error": text}


def _limit(what: int, most: int) -> None:
    with suppress(ValueError, OSError):  # a lower limit is set already
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
