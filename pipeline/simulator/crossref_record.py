"""A work of the world as a Crossref item.

Source: Crossref's REST API documentation and swagger text, read in 2026.
"""

from random import Random
from typing import Any

from pipeline.simulator.work import (
    MISSING,
    Contributor,
    DateParts,
    Organisation,
    Update,
    Work,
)
from pipeline.simulator.world import World


def crossref_item(world: World, work: Work) -> dict[str, Any]:
    """The item as it stands in `message`, and in `items` of a list."""
    references = _references(world, work)
    dates = _dates(work)
    day = world.last_change("crossref", work)
    indexed = (day.year, day.month, day.day)
    item: dict[str, Any] = {
        "indexed": _moment(indexed),
        "publisher": work.venue.publisher if work.venue else "Imaginary Press",
        "DOI": work.doi,
        "URL": f"https://doi.org/{work.doi}",
        "type": work.kind.crossref,
        "created": _moment(work.date("crossref") or indexed),
        "deposited": _moment(indexed),
        "source": "Crossref",
        "is-referenced-by-count": len(world.citing("crossref", work.key)),
        "title": [work.title],
        "subtitle": [],
        "short-title": [],
        "prefix": (work.doi or "").partition("/")[0],
        "author": [_author(one, place) for place, one in enumerate(work.authors)],
        "member": "9999",
        "container-title": [work.venue.name] if work.venue and work.venue.issn else [],
        "reference": references,
        "references-count": len(references),
        "reference-count": len(references),
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "relation": _relation(world, work),
        "language": "en",
        "score": 1,
        "license": [],
        "link": [],
        **dates,
    }
    if work.venue and work.venue.issn:
        item["ISSN"] = [work.venue.issn]
        item["issn-type"] = [{"value": work.venue.issn, "type": "electronic"}]
    if work.kind.subtype:
        item["subtype"] = work.kind.subtype
    if work.alias_dois:
        item["alias"] = list(work.alias_dois)
    if work.updated_by:
        item["updated-by"] = _updates(world, work.updated_by)
    if work.update_to:
        item["update-to"] = _updates(world, work.update_to)
    item.update(work.patches.get("crossref", {}))
    return {name: value for name, value in item.items() if value is not MISSING}


def date_parts(parts: DateParts) -> dict[str, list[list[int | None]]]:
    """A date as Crossref writes it; no date is a list with a null in it."""
    return {"date-parts": [list(parts) or [None]]}


def _dates(work: Work) -> dict[str, Any]:
    parts = work.date("crossref")
    dates: dict[str, Any] = {"issued": date_parts(parts)}
    if not parts:
        return dates
    dates["published"] = date_parts(parts)
    if work.kind.crossref == "posted-content":
        dates["posted"] = date_parts(parts)
    else:
        # A later cover date beside the day of going online is the rule, not a fault.
        dates["published-online"] = date_parts(parts)
        dates["published-print"] = date_parts((parts[0] + 1,))
    return dates


def _moment(parts: DateParts) -> dict[str, Any]:
    year, month, day = (*parts, 1, 1)[:3]
    return {
        "date-parts": [[year, month, day]],
        "date-time": f"{year:04d}-{month:02d}-{day:02d}T06:00:00Z",
        "timestamp": 0,
    }


def _author(author: Contributor, place: int) -> dict[str, Any]:
    sequence = "first" if place == 0 else "additional"
    if isinstance(author, Organisation):
        return {"name": author.name, "sequence": sequence, "affiliation": []}
    written: dict[str, Any] = {
        "given": author.given,
        "family": author.family,
        "sequence": sequence,
        "affiliation": [],
    }
    if author.orcid:
        written["ORCID"] = f"https://orcid.org/{author.orcid}"
        written["authenticated-orcid"] = False
    return written


def _references(world: World, work: Work) -> list[dict[str, Any]]:
    known = [one.doi for one in world.cited("crossref", work.key)]
    dice = Random(f"crossref/{work.key}")  # noqa: S311 - a world, not a secret
    entries: list[dict[str, Any]] = [
        {"DOI": doi, "doi-asserted-by": dice.choice(("publisher", "crossref"))}
        for doi in known
    ]
    entries.insert(
        dice.randint(0, len(entries)),
        {"unstructured": "An invented author. An invented book without a DOI. 1987."},
    )
    return [{"key": f"ref{number}", **entry} for number, entry in enumerate(entries, 1)]


def _relation(world: World, work: Work) -> dict[str, Any]:
    relation: dict[str, Any] = {}
    if work.published_as:
        published = world.works[work.published_as]
        relation["is-preprint-of"] = [_related(published.doi)]
    preprints = [one for one in world.preprints_of.get(work.key, ()) if one.doi]
    if preprints:
        relation["has-preprint"] = [_related(one.doi) for one in preprints]
    return relation


def _related(doi: str | None) -> dict[str, Any]:
    return {"id-type": "doi", "id": doi, "asserted-by": "subject"}


def _updates(world: World, updates: tuple[Update, ...]) -> list[dict[str, Any]]:
    return [
        {
            "DOI": world.works[update.other].doi,
            "type": update.type,
            "label": update.type.replace("_", " ").capitalize(),
            "source": source,
            "updated": _moment(update.date),
        }
        for update in updates
        for source in update.sources
    ]
