"""A work of the world as a DataCite resource.

Source: https://support.datacite.org/docs/api and DataCite Metadata Schema 4.7, read
in 2026.
"""

from collections.abc import Iterator
from typing import Any

from pipeline.simulator.work import (
    MISSING,
    Contributor,
    DateParts,
    Organisation,
    Work,
)
from pipeline.simulator.world import World


def datacite_item(world: World, work: Work) -> dict[str, Any]:
    """The resource as it stands under `data`, and in the list there."""
    doi = (work.doi or "").lower()
    attributes = {
        **_names(work, doi),
        "creators": [_creator(author) for author in work.authors],
        "titles": [{"title": work.title}],
        "publisher": work.venue.publisher if work.venue else "Imaginary Press",
        "container": _container(work),
        **_dates(work.date("datacite")),
        "language": "en",
        "types": {
            "resourceTypeGeneral": work.kind.datacite,
            "resourceType": "",
            "citeproc": "article",
            "bibtex": "misc",
        },
        "relatedIdentifiers": list(_related(world, work)),
        "relatedItems": [],
        "rightsList": [],
        "descriptions": [],
        "url": f"https://repository.example.org/{doi}",
        "state": "findable",
        "isActive": True,
        "reason": None,
        "citationCount": len(world.citing("datacite", work.key)),
        "referenceCount": len(world.cited("datacite", work.key)),
        "updated": f"{world.last_change('datacite', work).isoformat()}T06:00:00Z",
        **work.patches.get("datacite", {}),
    }
    return {
        "id": doi,
        "type": "dois",
        "attributes": {
            name: value for name, value in attributes.items() if value is not MISSING
        },
        "relationships": {
            "client": {"data": {"id": "imaginary.repo", "type": "clients"}}
        },
    }


def _names(work: Work, doi: str) -> dict[str, Any]:
    arxiv = {"identifier": work.arxiv, "identifierType": "arXiv"}
    prefix, _, suffix = doi.partition("/")
    return {
        "doi": doi,
        "prefix": prefix,
        "suffix": suffix,
        "identifiers": [arxiv] if work.arxiv else [],
    }


def _creator(author: Contributor) -> dict[str, Any]:
    written: dict[str, Any] = {"affiliation": [], "nameIdentifiers": []}
    if isinstance(author, Organisation):
        return {"name": author.name, "nameType": "Organizational", **written}
    if author.orcid:
        written["nameIdentifiers"] = [
            {
                "schemeUri": "https://orcid.org",
                "nameIdentifier": f"https://orcid.org/{author.orcid}",
                "nameIdentifierScheme": "ORCID",
            }
        ]
    return {
        "name": f"{author.family}, {author.given}",
        "nameType": "Personal",
        "givenName": author.given,
        "familyName": author.family,
        **written,
    }


def _container(work: Work) -> dict[str, str]:
    if not work.venue or not work.venue.issn:
        return {}
    return {
        "type": "Series",
        "title": work.venue.name,
        "identifier": work.venue.issn,
        "identifierType": "ISSN",
    }


def _dates(parts: DateParts) -> dict[str, Any]:
    issued = "-".join(f"{part:02d}" for part in parts)
    dates = [{"date": "1987/1988", "dateType": "Collected"}]
    if issued:
        dates.append({"date": issued, "dateType": "Issued"})
    return {"dates": dates, "publicationYear": parts[0] if parts else None}


def _related(world: World, work: Work) -> Iterator[dict[str, str]]:
    """What it cites, in both words for it; its versions; and what else it says."""
    for place, cited in enumerate(world.cited("datacite", work.key)):
        if cited.doi:
            yield _relation("References" if place % 2 else "Cites", cited)
    if work.published_as:
        yield _relation("IsVersionOf", world.works[work.published_as])
    for preprint in world.preprints_of.get(work.key, ()):
        if preprint.doi:
            yield _relation("HasVersion", preprint)
    for relation, other in work.relations:
        yield _relation(relation, world.works[other])


def _relation(relation: str, other: Work) -> dict[str, str]:
    return {
        "relationType": relation,
        "relatedIdentifier": other.doi or "",
        "relatedIdentifierType": "DOI",
    }
