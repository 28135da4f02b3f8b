"""The world in Semantic Scholar's words: papers, and who cites whom in which words.

Source: https://api.semanticscholar.org/api-docs/graph, read in 2026.
"""

import zlib
from collections.abc import Collection
from typing import Any, Final

from pipeline.simulator.work import MISSING, Contributor, Person, Work
from pipeline.simulator.world import World

VIEW: Final = "semanticscholar"

_FULL_DATE: Final = 3
_ALWAYS: Final = frozenset({"paperId"})
_INTENTS: Final = ("background", "methodology", "result")
_SENTENCES: Final = (
    "The method follows earlier work on the subject [4].",
    "Others have reported the same [4, 7].",
    "In contrast to [4], no such effect was found here.",
)


def paper(world: World, work: Work, fields: Collection[str]) -> dict[str, Any]:
    """A paper with the fields that were asked for; `paperId` always."""
    types = list(work.kind.semanticscholar)
    date = work.date(VIEW)
    record: dict[str, Any] = {
        "paperId": work.s2,
        "externalIds": _external_ids(work),
        "title": work.title,
        "abstract": None,
        "venue": work.venue.name if work.venue else "",
        "publicationVenue": _venue(work),
        "journal": {"name": work.venue.name} if work.venue else None,
        "year": date[0] if date else None,
        "publicationDate": _iso(date),
        "publicationTypes": types or None,
        "authors": [_author(author) for author in work.authors],
        "citationCount": len(world.citing(VIEW, work.key))
        + len(world.stray_records(VIEW, work.key)),
        "influentialCitationCount": 0,
        "referenceCount": len(world.cited(VIEW, work.key)),
        "isOpenAccess": False,
        "openAccessPdf": {"url": "", "status": None, "license": None},
        **work.patches.get(VIEW, {}),
    }
    wanted = _ALWAYS | {name.partition(".")[0] for name in fields}
    return {
        name: value
        for name, value in record.items()
        if name in wanted and value is not MISSING
    }


def citing_items(
    world: World, cited: Work, fields: Collection[str]
) -> list[dict[str, Any]]:
    """The citations of a work, newest first, and the stray records of its list."""
    works = sorted(
        world.citing(VIEW, cited.key), key=lambda work: (work.date(VIEW), work.key)
    )
    items = [
        {**_said(work, cited, fields), "citingPaper": paper(world, work, fields)}
        for work in reversed(works)
    ]
    return [*items, *map(dict, world.stray_records(VIEW, cited.key))]


def cited_items(
    world: World, citing: Work, fields: Collection[str]
) -> list[dict[str, Any]]:
    """The references of a work, in the order of the world."""
    return [
        {**_said(citing, work, fields), "citedPaper": paper(world, work, fields)}
        for work in world.cited(VIEW, citing.key)
    ]


def _said(citing: Work, cited: Work, fields: Collection[str]) -> dict[str, Any]:
    """What the citing work says of the cited one; often nothing is known of it."""
    chosen = zlib.crc32(f"{citing.key}>{cited.key}".encode())
    count = chosen % len(_SENTENCES)
    said = [
        {
            "context": f"{citing.title}: {sentence}",
            "intents": [intent] if number else None,
        }
        for number, (sentence, intent) in enumerate(
            zip(_SENTENCES[:count], _INTENTS, strict=False)
        )
    ]
    item: dict[str, Any] = {
        "contexts": [one["context"] for one in said],
        "contextsWithIntent": said,
        "intents": sorted({word for one in said for word in one["intents"] or ()}),
        "isInfluential": chosen % 7 == 0,
    }
    return {name: value for name, value in item.items() if name in fields}


def _external_ids(work: Work) -> dict[str, Any] | None:
    ids: dict[str, Any] = {"CorpusId": zlib.crc32(work.key.encode())}
    if work.doi:
        ids["DOI"] = work.doi
    if work.pmid:
        ids["PubMed"] = str(work.pmid)
    if work.pmcid:
        ids["PubMedCentral"] = str(work.pmcid)
    if work.arxiv:
        ids["ArXiv"] = work.arxiv
    return ids


def _venue(work: Work) -> dict[str, Any] | None:
    if not work.venue:
        return None
    issn = {"issn": work.venue.issn} if work.venue.issn else {}
    return {"name": work.venue.name, "type": work.venue.kind, **issn}


def _iso(date: tuple[int, ...]) -> str | None:
    """A date is whole or not there."""
    whole = len(date) == _FULL_DATE
    return "-".join(f"{part:02d}" for part in date) if whole else None


def _author(author: Contributor) -> dict[str, Any]:
    number = str(zlib.crc32(author.name.encode()))
    ids = isinstance(author, Person) and author.orcid
    return {
        "authorId": number,
        "name": author.name,
        "externalIds": {"ORCID": author.orcid} if ids else {},  # type: ignore[union-attr]
    }
