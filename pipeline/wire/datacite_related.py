"""What a work of DataCite cites, and which other works are versions of it.

DataCite's own counts call more a citation than we do: that one work supplements another
counts there, too (github.com/datacite/lupo, relation types of events, read in 2026). So
what stands in ``relationships``, resolved by that rule, is not read as references.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from pipeline.wire.datacite_work import DataciteWork
from schemas.identifiers import (
    normalise_arxiv,
    normalise_doi,
    normalise_pmid,
    sorted_tokens,
    token,
)
from schemas.work import VersionLink

_CITING: Final = frozenset({"cites", "references"})

_VERSION_RELATIONS: Final = {
    "hasversion": "has-version",
    "isversionof": "is-version-of",
    "isnewversionof": "is-new-version-of",
    "ispreviousversionof": "is-previous-version-of",
    "isvariantformof": "is-variant-form-of",
    "isoriginalformof": "is-original-form-of",
    "isidenticalto": "is-identical-to",
    "ispreprintof": "is-preprint-of",
    "haspreprint": "has-preprint",
}
"""Relations between forms of one work. ``Obsoletes`` and ``IsObsoletedBy`` are not
among them: what replaces a work may be another one, and for a new version of it there
is a word. Neither are parts, supplements, translations and what is derived."""

_INSIDE: Final = frozenset({"ispublishedin", "ispartof"})
_ISSN: Final = re.compile(r"(\d{4})-?(\d{3}[\dXx])", re.ASCII)
_ISSN_TYPES: Final = frozenset({"issn", "eissn", "lissn", "pissn"})

_NO_LETTER: Final = re.compile(r"[^a-z]+")
_PMID: Final = re.compile(
    r"(?:pmid:?\s*|https?://(?:www\.)?(?:pubmed\.)?ncbi\.nlm\.nih\.gov/(?:pubmed/)?)?"
    r"[0-9]{1,12}/?",
    re.IGNORECASE,
)


def references(item: DataciteWork, own: Collection[str]) -> tuple[str, ...]:
    """Tokens of the works that this one cites: DOIs, PMIDs and arXiv identifiers.

    Args:
        item: as read.
        own: its own tokens, which it does not cite.
    """
    cited = {name for relation, name in _works(item) if relation in _CITING}
    return tuple(sorted_tokens(cited.difference(own)))


def version_links(item: DataciteWork, own: Collection[str]) -> tuple[VersionLink, ...]:
    """Other forms of the work, as ``is-version-of`` and the like, sorted.

    Args:
        item: as read.
        own: its own tokens, which name no other version.
    """
    links = {
        (_VERSION_RELATIONS[relation], name)
        for relation, name in _works(item)
        if relation in _VERSION_RELATIONS and name not in own
    }
    return tuple(VersionLink(relation=said, token=name) for said, name in sorted(links))


def issns(item: DataciteWork) -> tuple[str, ...]:
    """ISSNs of the container and of what the work is part of, in the order given."""
    offered = [one for one in _related(item) if one[0] in _INSIDE]
    if item.container:
        container = (item.container.identifier_type or "", item.container.identifier)
        offered.insert(0, ("", *container))
    found = [
        _ISSN.fullmatch(text or "")
        for _, kind, text in offered
        if kind.lower() in _ISSN_TYPES
    ]
    normal = [f"{match[1]}-{match[2].upper()}" for match in found if match]
    return tuple(dict.fromkeys(normal))


def _works(item: DataciteWork) -> Iterator[tuple[str, str]]:
    """Each relation with the token of the work at its other end, if it has one."""
    for relation, kind, text in _related(item):
        if text and (name := _token(kind, text)):
            yield relation, name


def _related(item: DataciteWork) -> Iterator[tuple[str, str, str | None]]:
    """Each relation with the type and the text of the identifier at its other end."""
    for one in item.related_identifiers:
        kind = one.related_identifier_type or ""
        yield letters(one.relation_type), kind, one.related_identifier
    for other in item.related_items:
        if found := other.related_item_identifier:
            kind = found.related_item_identifier_type or ""
            yield letters(other.relation_type), kind, found.related_item_identifier


def _token(kind: str, text: str) -> str | None:
    try:
        match kind.lower():
            case "doi" | "url" | "":  # of addresses, only those at doi.org are DOIs
                return token("doi", normalise_doi(text))
            case "pmid" if _PMID.fullmatch(text):
                return token("pmid", normalise_pmid(text))
            case "arxiv":
                return token("arxiv", normalise_arxiv(text))
    except ValueError:
        pass
    return None


def letters(word: str | None) -> str:
    """A word of a vocabulary in one spelling, whatever its case and its hyphens."""
    return _NO_LETTER.sub("", (word or "").lower())
