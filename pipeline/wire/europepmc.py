"""A record of Europe PMC as a work.

What does not read as an identifier is left out, and the record is kept under its other
names. Source: https://europepmc.org/RestfulWebService, read 2026-11-22.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from pipeline.wire.abstract import abstract_text
from pipeline.wire.europepmc_shape import (
    WireAuthor,
    WireAuthorId,
    WireAuthors,
    WireBook,
    WireComment,
    WireComments,
    WireJournal,
    WireJournalInfo,
    WireName,
    WirePubTypes,
    WireUrl,
    WireUrls,
    WireWork,
)
from pipeline.wire.europepmc_types import RETRACTED, europepmc_type
from pipeline.wire.text import plain_text
from schemas.dates import PartialDate, parse_date
from schemas.identifiers import (
    Scheme,
    normalise_doi,
    normalise_orcid,
    normalise_pmcid,
    normalise_pmid,
    sorted_tokens,
    token,
)
from schemas.provenance import Absent
from schemas.work import Author, Notice, VersionLink, WorkRecord

_SOURCE: Final = re.compile(r"[A-Za-z]{2,5}")
_ID: Final = re.compile(r"[^\s/]{1,60}")
_DOI_IN_TEXT: Final = re.compile(r"\bdoi:\s*(10\.\S+)", re.IGNORECASE)

_LANGUAGES: Final = {
    "chi": "zh",
    "cze": "cs",
    "dan": "da",
    "dut": "nl",
    "eng": "en",
    "fre": "fr",
    "ger": "de",
    "hun": "hu",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "nor": "no",
    "pol": "pl",
    "por": "pt",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tur": "tr",
    "ukr": "uk",
}
"""MEDLINE's codes (ISO 639-2/B) in the form that the other sources use (ISO 639-1), as
far as MEDLINE has more than a few works; others stay as they are."""

_NOTICES: Final = {
    "retraction in": "retraction",
    "partial retraction in": "partial_retraction",
    "erratum in": "erratum",
    "corrected and republished in": "correction",
    "expression of concern in": "expression_of_concern",
}
"""Words that lead from a work to a notice about it, in Crossref's words for notices.
Their opposites ("Erratum for") stand on the notice."""

_VERSIONS: Final = {"preprint of": "is-preprint-of", "preprint in": "has-preprint"}
_UPDATES: Final = {"update in": "is-preprint-of", "update of": "has-preprint"}
"""Said of preprints, but also of reviews that are works of their own: read only where
one side is a preprint."""


def epmc_token(source: str | None, identifier: str | None) -> str | None:
    """``epmc:MED/39709209``; None where one of the two is missing or is none."""
    if not source or not identifier:
        return None
    source, identifier = source.strip().upper(), identifier.strip()
    if not _SOURCE.fullmatch(source) or not _ID.fullmatch(identifier):
        return None
    return token("epmc", f"{source}/{identifier}")


def name_tokens(wire: WireName) -> tuple[str, ...]:
    """All identifiers of a record as tokens, strongest first; none, an empty tuple.

    The id of a record from MEDLINE is a PMID, of one from PubMed Central a PMCID.
    """
    source = (wire.source or "").strip().upper()
    own = epmc_token(wire.source, wire.id)
    offered: list[tuple[Scheme, Callable[[str], str], str | None]] = [
        ("doi", normalise_doi, wire.doi),
        ("pmid", normalise_pmid, wire.pmid or (wire.id if source == "MED" else None)),
        (
            "pmcid",
            normalise_pmcid,
            wire.pmcid or (wire.id if source == "PMC" else None),
        ),
    ]
    found = [own] if own else []
    for scheme, normalise, text in offered:
        try:
            found += [token(scheme, normalise(text))] if text else []
        except ValueError:
            continue
    return tuple(sorted_tokens(found))


def work_record(index: int, wire: WireWork) -> WorkRecord | Absent:
    """One record of a search; absent if it names no identifier at all."""
    tokens = name_tokens(wire)
    title = plain_text(wire.title)
    if not tokens:
        subject = title or "a record without title"
        return Absent(index=index, subject=subject, cause="no identifier")
    words = _words(wire)
    source = (wire.source or "").strip().upper()
    publication_type, type_rule = europepmc_type(words, source)
    date, date_rule = _date(wire)
    journal = (wire.journal_info or WireJournalInfo()).journal or WireJournal()
    comments = (wire.comments or WireComments()).comment
    notices = _notices(comments)
    full_text_id = _full_text_id(wire, tokens)
    received = parse_date(wire.full_text_received)
    return WorkRecord(
        index=index,
        record_key=epmc_token(wire.source, wire.id) or tokens[0],
        tokens=tokens,
        version_links=_version_links(comments, source),
        title=title,
        publication_type=publication_type,
        raw_type="; ".join(words) or None,
        type_rule=type_rule,
        published_date=date,
        date_rule=date_rule,
        container_title=plain_text(journal.title or wire.journal_title),
        issns=_issns(journal.issn, journal.essn, *(wire.journal_issn or "").split(";")),
        publisher=plain_text((wire.book or WireBook()).publisher),
        language=_language(wire.language),
        is_retracted=_is_retracted(words, notices),
        notices=notices,
        oa_url=_oa_url((wire.urls or WireUrls()).url),
        licence=plain_text(wire.license),
        authors=_authors(wire.authors),
        cited_by_count=wire.cited_by_count,
        abstract=abstract_text(wire.abstract),
        full_text_id=full_text_id,
        full_text_date=received.iso if received and full_text_id else None,
    )


def _full_text_id(wire: WireWork, tokens: Sequence[str]) -> str | None:
    """Its PMCID, if the text is here and open access; others may not be fetched.

    Source: https://europepmc.org/RestfulWebService: fullTextXML gives open access
    articles only.
    """
    flags = ((wire.is_open_access or "").upper(), (wire.is_in_europepmc or "").upper())
    if flags != ("Y", "Y"):
        return None
    return next((one for one in tokens if one.startswith("pmcid:")), None)


def _words(wire: WireWork) -> list[str]:
    listed = (wire.pub_types or WirePubTypes()).pub_type or (wire.pub_type or "").split(
        ";"
    )
    return [word.strip() for word in listed if word and word.strip()]


def _date(wire: WireWork) -> tuple[PartialDate | None, str | None]:
    offered = (
        ("firstPublicationDate", wire.first_date),
        ("printPublicationDate", (wire.journal_info or WireJournalInfo()).print_date),
        ("pubYear", wire.pub_year),
    )
    for rule, text in offered:
        if date := parse_date(text):
            return date, rule
    return None, None


def _notices(comments: Iterable[WireComment]) -> tuple[Notice, ...]:
    found = {
        Notice(type=kind, doi=_doi_in(one.reference), asserted_by="europepmc")
        for one in comments
        if (kind := _NOTICES.get((one.type or "").strip().lower()))
    }
    return tuple(sorted(found, key=lambda notice: (notice.type, notice.doi or "")))


def _doi_in(reference: str | None) -> str | None:
    found = _DOI_IN_TEXT.search(reference or "")
    try:
        return normalise_doi(found.group(1).rstrip(".;,")) if found else None
    except ValueError:
        return None


def _version_links(
    comments: Iterable[WireComment], source: str
) -> tuple[VersionLink, ...]:
    found = set()
    for one in comments:
        word = (one.type or "").strip().lower()
        is_with_preprint = "PPR" in {source, (one.source or "").strip().upper()}
        relation = _VERSIONS.get(word) or (is_with_preprint and _UPDATES.get(word))
        other = epmc_token(one.source, one.id)
        if relation and other:
            found.add((relation, other))
    return tuple(
        VersionLink(relation=relation, token=other) for relation, other in sorted(found)
    )


def _is_retracted(words: Sequence[str], notices: Sequence[Notice]) -> bool | None:
    if any(word.lower() == RETRACTED for word in words):
        return True
    if any(notice.type == "retraction" for notice in notices):
        return True
    return False if words else None


def _issns(*offered: str | None) -> tuple[str, ...]:
    return tuple(
        sorted({text.strip().upper() for text in offered if text and text.strip()})
    )


def _language(text: str | None) -> str | None:
    code = (text or "").strip().lower()
    return _LANGUAGES.get(code, code) or None


def _oa_url(urls: Sequence[WireUrl]) -> str | None:
    """Where it is free to read; a page before a PDF."""
    free = [one for one in urls if one.url and (one.code or "") in {"OA", "F"}]
    free.sort(key=lambda one: one.style != "html")
    return free[0].url if free else None


def _authors(listed: WireAuthors | None) -> tuple[Author, ...] | None:
    if listed is None:
        return None
    return tuple(
        Author(
            position=position,
            name=_name(one),
            family=plain_text(one.last_name),
            given=plain_text(one.first_name or one.initials) if one.last_name else None,
            orcid=_orcid(one.author_id),
        )
        for position, one in enumerate(listed.author, start=1)
    )


def _name(author: WireAuthor) -> str:
    whole = [part for part in (author.first_name, author.last_name) if part]
    written = " ".join(whole) if author.last_name else None
    offered = (written, author.full_name, author.collective_name)
    return next((name for text in offered if (name := plain_text(text))), "")


def _orcid(author_id: WireAuthorId | None) -> str | None:
    if author_id is None or (author_id.type or "").upper() != "ORCID":
        return None
    try:
        return normalise_orcid(author_id.value or "")
    except ValueError:
        return None
