"""CSL-JSON, as Zotero, citeproc and DOI registries write it: a list of items.

Also one item alone, and ``{"items": [...]}``. The DOI stands in ``DOI``, else in the
link ``URL``. JSON has no entry that stands alone: where its syntax breaks, what stands
before is taken and the place is named.
Source: https://docs.citationstyles.org/en/stable/specification.html, appendix IV.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.watch_import.entries import Broken, Entry, Read, doi_in_link

_BLANK: Final = " \t\r\n"
_LIST: Final = re.compile(r'\ufeff?\s*(?:\{\s*"items"\s*:\s*)?\[')
_DECODER: Final = json.JSONDecoder()
_BREAKS: Final = "the JSON breaks off or is wrong here"


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    doi: str | None = Field(default=None, alias="DOI")
    url: str | None = Field(default=None, alias="URL")


def read(text: str) -> Read:
    """Each item, under its `id`, else its number."""
    try:
        value = orjson.loads(text)
    except ValueError:
        yield from _of_broken(text)
        return
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    items = value if isinstance(value, list) else [value]
    yield from _entries(items)
    if not items:
        yield Broken(None, "an empty list of CSL-JSON", is_file=True)


def _entries(items: Iterable[object]) -> Iterator[Entry | Broken]:
    for number, value in enumerate(items, start=1):
        yield _entry(value, number)


def _entry(value: object, number: int) -> Entry | Broken:
    place = f"item {number}"
    try:
        item = _Item.model_validate(value)
    except ValidationError as err:
        wrong = err.errors()[0]
        where = "".join(f"{name}: " for name in wrong["loc"])
        key = value.get("id") if isinstance(value, dict) else None
        name = str(key) if isinstance(key, str | int) else place
        return Broken(None, f"not a CSL-JSON item: {where}{wrong['msg']}", name)
    key = place if item.id is None else str(item.id)
    doi = (item.doi or "").strip() or doi_in_link(item.url or "")
    return Entry(None, doi, key)


def _of_broken(text: str) -> Read:
    """The items before the place where the JSON breaks, and that place."""
    begin = _LIST.match(text)
    if begin is None:
        yield Broken(_line_of(text, _fault(text)), _BREAKS, is_file=True)
        return
    place, number = _skipped(text, begin.end()), 0
    while place < len(text) and text[place] != "]":
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as err:
            place = getattr(err, "pos", place)
            break
        number += 1
        yield _entry(value, number)
        place = _skipped(text, place)
        if text[place : place + 1] == ",":
            place = _skipped(text, place + 1)
    if text[place : place + 1] == "]" and text[place + 1 :].strip(_BLANK) in {"", "}"}:
        return  # whole after all: the standard library reads more than the standard
    yield Broken(
        _line_of(text, place), f"{_BREAKS}; nothing after item {number} was read"
    )


def _fault(text: str) -> int:
    try:
        _DECODER.decode(text)
    except (ValueError, RecursionError) as err:
        return int(getattr(err, "pos", 0))
    return len(text)


def _line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _skipped(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANK:
        place += 1
    return place
