"""Works in the forms that DataCite's API had before 2019, in today's.

``/works`` (2016 to 2019, JSON:API) named its fields after CSL: ``author``, ``title``;
under ``container-title`` it gave the publisher. The search before that was a Solr
index, whose relations were texts: ``IsPartOf:DOI:10.5061/DRYAD.8515``.

Source: github.com/datacite/spinone and search.datacite.org/help, read in 2026.
"""

from collections.abc import Mapping
from typing import Any, Final

_FORMER: Final = frozenset({"author", "container-title", "title"})
_TODAY: Final = frozenset({"creators", "titles"})
_RELATION_PARTS: Final = 3


def is_former(attributes: Mapping[str, Any]) -> bool:
    """Whether these are attributes of ``/works``."""
    return _TODAY.isdisjoint(attributes) and not _FORMER.isdisjoint(attributes)


def from_works(former: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of one work of ``/works``."""
    return {
        "id": former.get("id"),
        "doi": former.get("doi"),
        "titles": former.get("title"),
        "creators": [_creator(author) for author in _listed(former.get("author"))],
        "publisher": former.get("publisher") or former.get("container-title"),
        "published": former.get("published"),
        "types": {
            "resourceTypeGeneral": former.get("resource-type-id"),
            "resourceType": former.get("resource-type-subtype"),
        },
        "rightsList": [{"rightsUri": former.get("license")}],
        "descriptions": [
            {
                "description": former.get("description"),
                "descriptionType": "Abstract",
            }
        ],
        "relatedIdentifiers": [
            {
                "relationType": related.get("relation-type-id"),
                "relatedIdentifier": related.get("related-identifier"),
            }
            for related in _listed(former.get("related-identifiers"))
            if isinstance(related, dict)
        ],
        "state": former.get("state"),
    }


def from_search(document: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of one document of the Solr index."""
    return {
        "doi": document.get("doi"),
        "titles": document.get("title"),
        "creators": document.get("creator"),
        "publisher": document.get("publisher"),
        "publicationYear": document.get("publicationYear"),
        "types": {"resourceTypeGeneral": document.get("resourceTypeGeneral")},
        "relatedIdentifiers": [
            _relation(text)
            for text in _listed(document.get("relatedIdentifier"))
            if isinstance(text, str)
        ],
    }


def _creator(author: object) -> object:
    if not isinstance(author, dict):
        return author
    names = {
        "familyName": author.get("family"),
        "givenName": author.get("given"),
        "name": author.get("literal"),
    }
    return {**author, **{name: text for name, text in names.items() if text}}


def _relation(text: str) -> dict[str, str]:
    parts = text.split(":", _RELATION_PARTS - 1)
    names = ("relationType", "relatedIdentifierType", "relatedIdentifier")
    return dict(zip(names, parts, strict=False))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
