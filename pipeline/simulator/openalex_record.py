"""A work of the world as an OpenAlex record.

Source: https://help.openalex.org, read in 2026; field names and null habits as there.
"""

import datetime as dt
from random import Random
from typing import Any, Final

from pipeline.simulator.people import openalex_author_id
from pipeline.simulator.reply import words
from pipeline.simulator.work import MISSING, Contributor, Organisation, Venue, Work
from pipeline.simulator.world import World

AUTHORS_IN_LISTS: Final = 100
"""Longer author lists are cut in lists of works."""

FIELDS: Final = words(
    """
    abstract_inverted_index authorships authorships_full awards best_oa_location biblio
    cited_by_count content_url counts_by_year created_date display_name doi funders id
    ids indexed_in is_authors_truncated is_paratext is_retracted is_xpac keywords
    language locations locations_count open_access primary_location publication_date
    publication_year referenced_works referenced_works_count relevance_score title
    topics type type_crossref updated_date
    """
)
"""What `select` may name."""

_SITE: Final = "https://openalex.org"


def openalex_record(
    world: World, work: Work, *, is_single: bool = False
) -> dict[str, Any]:
    """The record; a single look-up has all authors beside the first hundred."""
    parts = work.date("openalex")
    date = full_date(parts)
    best = _location(work) if _is_open(work) else None
    record: dict[str, Any] = {
        "id": f"{_SITE}/W{work.openalex}",
        "doi": _doi_url(work),
        "title": work.title,
        "display_name": work.title,
        "publication_year": parts[0] if parts else None,
        "publication_date": date.isoformat() if date else None,
        "ids": _ids(work),
        "language": "en",
        "primary_location": _location(work),
        "type": work.kind.openalex,
        "type_crossref": None,
        "indexed_in": ["crossref"] if work.agency == "Crossref" and work.doi else [],
        "open_access": {
            "is_oa": best is not None,
            "oa_status": "gold" if best else "closed",
            "oa_url": best["landing_page_url"] if best else None,
            "any_repository_has_fulltext": False,
        },
        **_byline(work, is_single=is_single),
        "cited_by_count": cited_by_count(world, work),
        "counts_by_year": _counts_by_year(world, work),
        "biblio": {
            "volume": None,
            "issue": None,
            "first_page": None,
            "last_page": None,
        },
        "is_retracted": work.is_retracted and "openalex" in work.retracted_in,
        "is_paratext": False,
        "is_xpac": False,
        "locations_count": 1 + len(_merged(world, work)),
        "locations": [_location(work), *map(_location, _merged(world, work))],
        "best_oa_location": best,
        "funders": [],
        "awards": [],
        **_references(world, work),
        "abstract_inverted_index": None,
        "updated_date": f"{world.last_change('openalex', work)}T04:11:09.000000",
        "created_date": "2025-11-06T00:00:00",
    }
    record.update(work.patches.get("openalex", {}))
    return {name: value for name, value in record.items() if value is not MISSING}


def cited_by_count(world: World, work: Work) -> int:
    """As many as its list of citing works holds, the strays among them."""
    strays = world.stray_records("openalex", work.key)
    return len(world.citing("openalex", work.key)) + len(strays)


def full_date(parts: tuple[int, ...]) -> dt.date | None:
    """The day that OpenAlex writes: what is not known or not possible becomes a 1."""
    if not parts:
        return None
    try:
        return dt.date(*(*parts, 1, 1)[:3])
    except ValueError:
        return dt.date(parts[0], 1, 1)


def _doi_url(work: Work) -> str | None:
    return f"https://doi.org/{work.dois[0]}" if work.doi else None


def _ids(work: Work) -> dict[str, str]:
    ids = {"openalex": f"{_SITE}/W{work.openalex}"}
    if work.doi:
        ids["doi"] = f"https://doi.org/{work.dois[0]}"
    if work.pmid:
        ids["pmid"] = f"https://pubmed.ncbi.nlm.nih.gov/{work.pmid}"
    return ids


def _is_open(work: Work) -> bool:
    return Random(f"open/{work.key}").random() < 0.4  # noqa: S311, PLR2004 - two in five are


def _location(work: Work) -> dict[str, Any]:
    is_open = _is_open(work)
    page = _doi_url(work) or f"https://example.org/citehouse/{work.key}"
    is_preprint = work.kind.crossref == "posted-content"
    return {
        "is_oa": is_open,
        "landing_page_url": page,
        "pdf_url": None,
        "source": _source(work.venue) if work.venue else None,
        "license": "cc-by" if is_open else None,
        "license_id": f"{_SITE}/licenses/cc-by" if is_open else None,
        "version": "submittedVersion" if is_preprint else "publishedVersion",
        "is_accepted": not is_preprint,
        "is_published": not is_preprint,
        "raw_type": work.kind.crossref,
    }


def _source(venue: Venue) -> dict[str, Any]:
    return {
        "id": f"{_SITE}/S{venue.number}",
        "display_name": venue.name,
        "issn_l": venue.issn,
        "issn": [venue.issn] if venue.issn else None,
        "is_oa": False,
        "is_in_doaj": False,
        "is_core": True,
        "host_organization": f"{_SITE}/P9900000001",
        "host_organization_name": venue.publisher,
        "host_organization_lineage": [f"{_SITE}/P9900000001"],
        "type": venue.kind,
    }


def _merged(world: World, work: Work) -> list[Work]:
    preprints = world.preprints_of.get(work.key, ())
    return [one for one in preprints if one.openalex_home == work.key]


def _byline(work: Work, *, is_single: bool) -> dict[str, Any]:
    everyone = [
        _authorship(author, place, len(work.authors))
        for place, author in enumerate(work.authors)
    ]
    is_cut = len(everyone) > AUTHORS_IN_LISTS
    byline: dict[str, Any] = {
        "authorships": everyone[:AUTHORS_IN_LISTS],
        "is_authors_truncated": is_cut,
    }
    if is_cut and is_single:
        byline["authorships_full"] = everyone
    return byline


def _authorship(author: Contributor, place: int, count: int) -> dict[str, Any]:
    last = "last" if place == count - 1 else "middle"
    return {
        "author_position": "first" if place == 0 else last,
        "author": _author(author),
        "institutions": [],
        "countries": [],
        "is_corresponding": place == 0,
        "raw_author_name": author.name,
        "raw_orcid": None,
        "raw_affiliation_strings": [],
    }


def _author(author: Contributor) -> dict[str, str | None]:
    if isinstance(author, Organisation):
        return {"id": None, "display_name": author.name, "orcid": None}
    return {
        "id": f"{_SITE}/{openalex_author_id(author)}",
        "display_name": author.name,
        "orcid": f"https://orcid.org/{author.orcid}" if author.orcid else None,
    }


def _counts_by_year(world: World, work: Work) -> list[dict[str, int]]:
    counts: dict[int, int] = {}
    for citing in world.citing("openalex", work.key):
        parts = citing.date("openalex")
        if parts:
            counts[parts[0]] = counts.get(parts[0], 0) + 1
    return [
        {"year": year, "cited_by_count": counts[year]}
        for year in sorted(counts, reverse=True)
    ]


def _references(world: World, work: Work) -> dict[str, Any]:
    known = [f"{_SITE}/W{one.openalex}" for one in world.cited("openalex", work.key)]
    dice = Random(f"references/{work.key}")  # noqa: S311 - a world, not a secret
    others = [f"{_SITE}/W{9_700_000_000 + dice.randrange(10**6)}" for _ in range(4)]
    matched = sorted({*known, *others})
    return {"referenced_works_count": len(matched), "referenced_works": matched}
