"""OpenAlex's filter language over the works of a world.

Source: OpenAlex's documentation and server code, read in 2026: commas split filters
after the URL has been decoded, so that only quotes keep a comma inside a value.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from pipeline.simulator.reply import Refusal, Reply
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

MOST_VALUES: Final = 100

_WORK_ID: Final = re.compile(r"^(?:https?://openalex\.org/)?(W\d+)$", re.IGNORECASE)
_NOTHING: Final = frozenset({"", "none", "undefined"})

_Search = Callable[[World, list[str]], list[Work]]


def matching_works(world: World, text: str) -> list[Work]:
    """The works that pass every filter; no filter, every work that OpenAlex has.

    Raises:
        Refusal: a filter that is not one, or has a bad or too many values.
    """
    found: list[Work] | None = None
    for part in _split(text) if text else []:
        name, colon, value = part.partition(":")
        search = _SEARCHES.get(name.strip())
        if not colon or not search:
            raise Refusal(
                bad_query(f"{name} is not a valid field. See the documentation.")
            )
        works = search(world, _values(name, value))
        kept = {work.key for work in works}
        found = works if found is None else [w for w in found if w.key in kept]
    return held(world.works.values()) if found is None else found


def cited_numbers(text: str) -> set[str]:
    """The works whose citing works a filter asks for, as ``W123``."""
    cites = [part for part in _split(text) if part.startswith("cites:")]
    values = [value for part in cites for value in _values("cites", part[6:])]
    return {number for value in values if (number := work_number(value))}


def held(works: Iterable[Work]) -> list[Work]:
    """Those of the works that OpenAlex has a record of."""
    return [work for work in works if "openalex" in work.known_to]


def bad_query(message: str) -> Reply:
    """The refusal of a query that makes no sense."""
    return Reply(400, {"error": "Invalid query parameters error.", "message": message})


def work_number(text: str) -> str | None:
    """``W123`` from an id or its URL; None if it is neither."""
    found = _WORK_ID.match(text.strip())
    return found.group(1).upper() if found else None


def _split(text: str) -> list[str]:
    return re.findall(r'(?:[^,"]|"[^"]*")+', text)


def _values(name: str, value: str) -> list[str]:
    values = value.strip().strip('"').split("|")
    if any(one.strip().lower() in _NOTHING for one in values):
        raise Refusal(bad_query(f"Value for {name} must not be empty."))
    if len(values) > MOST_VALUES:
        raise Refusal(
            bad_query(
                f"Maximum number of values exceeded for {name}. Decrease values to "
                f"{MOST_VALUES} or below."
            )
        )
    return values


def _by_doi(world: World, values: list[str]) -> list[Work]:
    # Only the prime DOI of a record counts; what is not known is dropped in silence.
    dois = [re.sub(r"^https?://doi\.org/", "", one.lower()) for one in values]
    return held([world.by_doi[doi] for doi in dois if doi in world.by_doi])


def _by_number(world: World, values: list[str]) -> list[Work]:
    numbers = [_number(one) for one in values]
    tokens = [f"openalex:{number}" for number in numbers]
    return held([world.by_token[token] for token in tokens if token in world.by_token])


def _by_pmid(world: World, values: list[str]) -> list[Work]:
    tokens = [f"pmid:{one.rsplit('/', 1)[-1]}" for one in values]
    return held([world.by_token[token] for token in tokens if token in world.by_token])


def _citing(world: World, values: list[str]) -> list[Work]:
    works = {
        citing.key: citing
        for cited in _by_number(world, values)
        for citing in world.citing("openalex", cited.key)
    }
    return list(works.values())


def _cited_by(world: World, values: list[str]) -> list[Work]:
    works = {
        cited.key: cited
        for citing in _by_number(world, values)
        for cited in world.cited("openalex", citing.key)
    }
    return list(works.values())


def _number(text: str) -> str:
    number = work_number(text)
    if not number:
        raise Refusal(bad_query(f"{text!r} is not a valid OpenAlex ID."))
    return number


def _everything(world: World, values: list[str]) -> list[Work]:  # noqa: ARG001 - all are new
    return held(list(world.works.values()))


_SEARCHES: Final[Mapping[str, _Search]] = {
    "cited_by": _cited_by,
    "cites": _citing,
    "doi": _by_doi,
    "from_created_date": _everything,
    "from_updated_date": _everything,
    "ids.openalex": _by_number,
    "ids.pmid": _by_pmid,
    "openalex": _by_number,
    "openalex_id": _by_number,
    "pmid": _by_pmid,
    "referenced_works": _citing,
}
