"""A work of the world as a record of Europe PMC, and as an item of its lists.

Source: https://europepmc.org/RestfulWebService, read in 2026. What is not there is left
out, never null; the items of lists have no DOI.
"""

from typing import Any, Final

from pipeline.simulator.full_text import is_open
from pipeline.simulator.work import MISSING, Contributor, Organisation, Update, Work
from pipeline.simulator.world import World

VIEW: Final = "europepmc"

_RECEIVED: Final = "2026-01-15"
"""The day on which the texts came: before any of our runs."""

_COMMENTS: Final = {
    "retraction": "Retraction in",
    "correction": "Erratum in",
    "erratum": "Erratum in",
    "expression_of_concern": "Expression of concern in",
}


def europepmc_record(world: World, work: Work) -> dict[str, Any]:
    """The core record, as a search gives it."""
    source, identifier = _name(work)
    record: dict[str, Any] = {
        "id": identifier,
        "source": source,
        **({"pmid": str(work.pmid)} if work.pmid else {}),
        **({"pmcid": f"PMC{work.pmcid}"} if work.pmcid else {}),
        **({"doi": work.doi} if work.doi else {}),
        "title": f"{work.title}.",
        **_byline(work),
        **_journal(work),
        **_dates(work),
        "language": "eng",
        "pubTypeList": {"pubType": _types(work)},
        "isOpenAccess": "Y" if is_open(work) else "N",
        "inEPMC": "Y" if work.pmcid else "N",
        **({"fullTextReceivedDate": _RECEIVED} if is_open(work) else {}),
        "citedByCount": cited_by_count(world, work),
        **_comments(world, work),
    }
    record.update(work.patches.get(VIEW, {}))
    return {name: value for name, value in record.items() if value is not MISSING}


def cited_by_count(world: World, work: Work) -> int:
    """As many as its list of citing works holds, the strays among them."""
    strays = world.stray_records(VIEW, work.key)
    return len(world.citing(VIEW, work.key)) + len(strays)


def list_item(work: Work) -> dict[str, Any]:
    """The work as it stands in lists of citations and of references."""
    source, identifier = _name(work)
    year = work.date(VIEW)
    return {
        "id": identifier,
        "source": source,
        "citationType": "; ".join(work.kind.europepmc) or "Journal Article",
        "title": f"{work.title}.",
        "authorString": f"{', '.join(map(_short, work.authors))}.",
        "journalAbbreviation": work.venue.name if work.venue else "",
        **({"pubYear": year[0]} if year else {}),
    }


def _name(work: Work) -> tuple[str, str]:
    if work.epmc is None:
        raise ValueError(f"{work.key} is not in Europe PMC")
    return work.epmc


def _types(work: Work) -> list[str]:
    types = list(work.kind.europepmc)
    if work.is_retracted and VIEW in work.retracted_in:
        types.append("Retracted Publication")
    return types


def _byline(work: Work) -> dict[str, Any]:
    if not work.authors:
        return {}
    return {
        "authorString": f"{', '.join(map(_short, work.authors))}.",
        "authorList": {"author": [_author(one) for one in work.authors]},
    }


def _short(author: Contributor) -> str:
    if isinstance(author, Organisation):
        return author.name
    return f"{author.family} {author.given[0]}"


def _author(author: Contributor) -> dict[str, Any]:
    if isinstance(author, Organisation):
        return {"collectiveName": author.name}
    written: dict[str, Any] = {
        "fullName": _short(author),
        "firstName": author.given,
        "lastName": author.family,
        "initials": author.given[0],
    }
    if author.orcid:
        written["authorId"] = {"type": "ORCID", "value": author.orcid}
    return written


def _journal(work: Work) -> dict[str, Any]:
    if not work.venue:
        return {}
    if work.epmc and work.epmc[0] == "PPR":
        return {"bookOrReportDetails": {"publisher": work.venue.publisher}}
    journal = {"title": work.venue.name}
    return {"journalInfo": {"journal": journal | _issn(work.venue.issn)}}


def _issn(issn: str | None) -> dict[str, str]:
    return {"issn": issn} if issn else {}


def _dates(work: Work) -> dict[str, str]:
    parts = work.date(VIEW)
    if not parts:
        return {}
    # A day is always written: what is not known becomes the first.
    year, month, day = (*parts, 1, 1)[:3]
    return {
        "pubYear": str(year),
        "firstPublicationDate": f"{year:04d}-{month:02d}-{day:02d}",
    }


def _comments(world: World, work: Work) -> dict[str, Any]:
    comments = [
        comment for update in work.updated_by if (comment := _comment(world, update))
    ]
    if VIEW not in work.known_to or not comments:
        return {}
    return {"commentCorrectionList": {"commentCorrection": comments}}


def _comment(world: World, update: Update) -> dict[str, str] | None:
    notice = world.works.get(update.other)
    word = _COMMENTS.get(update.type)
    if notice is None or word is None:
        return None
    return {
        "type": word,
        "source": "MED",
        "id": str(notice.pmid or 1),
        "reference": f"{notice.title}. doi: {notice.doi}.",
    }
