"""Citing works by year (rows) and publication type (columns), in the room there is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from pipeline.cli.tables import NOT_KNOWN, note, number, plain_table
from schemas.citing_side import YearTypeCount

MAX_YEARS: Final = 25
"""Years that have a row of their own; those before share one."""

_PADDING: Final = 2
_YEAR_WIDTH: Final = 11
_TOTAL_WIDTH: Final = 9
_FOLDED_WIDTH: Final = 14

_ByType = dict[str, int | None]
_Row = tuple[str, _ByType]


def year_by_type(rows: Sequence[YearTypeCount], width: int) -> list[RenderableType]:
    """The table and what must be said of it; totals stand on the right and below.

    Types come most frequent first. Those for which there is no room share a column,
    years before the last `MAX_YEARS` share a row: all numbers always add up.
    """
    types = _most_frequent_first(rows)
    shown = _that_fit(types, width)
    folded = types[len(shown) :]
    table = plain_table()
    table.add_column("year")
    for name in shown:
        table.add_column(_header(name), justify="right")
    if folded:
        table.add_column(f"{len(folded)} other\ntypes", justify="right")
    table.add_column("all", justify="right", style="bold")
    for label, counts in _year_rows(rows):
        table.add_row(label, *_cells(counts, shown, folded))
    table.add_section()
    table.add_row("all", *_cells(_summed(rows), shown, folded), style="bold")
    remark = f" Other types: {', '.join(sorted(folded))}." if folded else ""
    return [table, note(f"A dot: none. Each version of a work is counted.{remark}")]


def _cells(counts: _ByType, shown: Sequence[str], folded: Sequence[str]) -> list[Text]:
    cells = [_cell(counts.get(name, 0)) for name in shown]
    if folded:
        cells.append(_cell(_total(counts.get(name, 0) for name in folded)))
    return [*cells, _cell(_total(counts.values()))]


def _cell(count: int | None) -> Text:
    return Text("·", style="dim") if count == 0 else number(count)


def _total(counts: Iterable[int | None]) -> int | None:
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total


def _summed(rows: Sequence[YearTypeCount]) -> _ByType:
    by_type: dict[str, list[int | None]] = defaultdict(list)
    for row in rows:
        by_type[row.publication_type].append(row.citing_work_count)
    return {name: _total(counts) for name, counts in by_type.items()}


def _most_frequent_first(rows: Sequence[YearTypeCount]) -> list[str]:
    sums = _summed(rows)
    return sorted(sums, key=lambda name: (-(sums[name] or 0), name))


def _year_rows(rows: Sequence[YearTypeCount]) -> list[_Row]:
    years = sorted({row.citing_year for row in rows if row.citing_year is not None})
    early, late = years[:-MAX_YEARS], years[-MAX_YEARS:]
    found: list[_Row] = []
    if early:
        label = f"{early[0]}-{early[-1]}" if len(early) > 1 else str(early[0])
        found.append((label, _of_years(rows, early)))
    found += [(str(year), _of_years(rows, [year])) for year in late]
    without = [row for row in rows if row.citing_year is None]
    return [*found, (NOT_KNOWN, _summed(without))] if without else found


def _of_years(rows: Sequence[YearTypeCount], years: Sequence[int]) -> _ByType:
    return _summed([row for row in rows if row.citing_year in years])


def _header(name: str) -> str:
    """`conference-paper` takes two lines rather than 16 columns."""
    return name.replace("-", "-\n")


def _that_fit(types: Sequence[str], width: int) -> list[str]:
    widths = [max(len(part) for part in _header(name).split("\n")) for name in types]
    room = width - _YEAR_WIDTH - _TOTAL_WIDTH
    if sum(each + _PADDING for each in widths) <= room:
        return list(types)
    room -= _FOLDED_WIDTH
    shown: list[str] = []
    for name, each in zip(types, widths, strict=True):
        room -= each + _PADDING
        if room < 0:
            break
        shown.append(name)
    return shown
