"""OpenCitations Meta on the wire: works, as JSON or in the CSV dump.

Every value is text; the empty text says nothing. Persons, venues and publishers carry
their identifiers in brackets: ``Family, Given [orcid:0000-.. omid:ra/..]; ..``.

Source: https://api.opencitations.net/meta/v1 and the server's own code
(github.com/opencitations/oc_api: metaapi.py, meta_v1.hf), read 2026-11-22.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict

from pipeline.wire.opencitations import Count, Pids, Said, read_pids
from pipeline.wire.text import plain_text
from schemas.dates import parse_date
from schemas.identifiers import Doi, normalise_orcid, token
from schemas.provenance import Absent
from schemas.publication_type import PublicationType, TypeRule
from schemas.work import Author, WorkRecord

_IDS: Final = re.compile(
    r"\[\s*([a-z]+:[^\s\[\]]+(?:\s+[a-z]+:[^\s\[\]]+)*)\s*\](?=\s*(?:;|$))"
)
"""The identifiers behind a name: what ends one name of a list. A bracket in a name
holds no ``scheme:value``, and a name may hold a semicolon."""

_TYPES: Final[dict[str, PublicationType]] = {
    "journal article": "article",
    "book": "book",
    "book series": "book",
    "book set": "book",
    "edited book": "book",
    "monograph": "book",
    "reference book": "book",
    "book chapter": "book-chapter",
    "book part": "book-chapter",
    "book section": "book-chapter",
    "book track": "book-chapter",
    "reference entry": "book-chapter",
    "presentation": "conference-paper",
    "proceedings article": "conference-paper",
    "data file": "dataset",
    "data file/dataset": "dataset",
    "dataset": "dataset",
    "editorial": "editorial",
    "journal editorial": "editorial",
    "dissertation": "dissertation",
    "report": "report",
    "report series": "report",
    "standard": "report",
    "standard series": "report",
    "peer review": "peer-review",
    "": "other",
    "abstract": "other",
    "archival document": "other",
    "audio document": "other",
    "component": "other",
    "computer program": "other",
    "data management plan": "other",
    "journal": "other",
    "journal issue": "other",
    "journal volume": "other",
    "newspaper": "other",
    "newspaper article": "other",
    "newspaper editorial": "other",
    "newspaper issue": "other",
    "other": "other",
    "proceedings": "other",
    "proceedings series": "other",
    "series": "other",
    "web content": "other",
}


def _number(value: object) -> object:
    return None if value == "" else value


class MetaRow(BaseModel):
    """A work of Meta; volume, issue, page and editor are not used."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Pids
    title: str | None = None
    author: str | None = None
    pub_date: Said = None
    venue: str | None = None
    type: Said = None
    publisher: str | None = None


def work_record(index: int, row: MetaRow) -> WorkRecord | Absent:
    """A work; absent if it has no identifier that works go by."""
    title = plain_text(row.title)
    if not row.id:
        return Absent(index=index, subject=title or "", cause="no identifier")
    publication_type, type_rule = publication_type_of(row.type or "")
    published = parse_date(row.pub_date)
    venue, venue_ids = _one_name(row.venue)
    return WorkRecord(
        index=index,
        record_key=_record_key(row.id),
        tokens=row.id,
        title=title,
        publication_type=publication_type,
        raw_type=row.type,
        type_rule=type_rule,
        published_date=published,
        date_rule="pub_date" if published else None,
        container_title=venue,
        issns=_issns(venue_ids),
        publisher=_publisher(row.publisher),
        authors=read_authors(row.author or "") or None,
    )


class FormerRow(BaseModel):
    """A work as Index v1 described it, before Meta; lists are set apart by ``; ``."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    doi: Doi
    title: str | None = None
    author: str | None = None
    year: Said = None
    source_title: str | None = None
    source_id: str | None = None
    reference: str | None = None
    citation_count: Annotated[Count | None, BeforeValidator(_number)] = None
    oa_link: Said = None


def former_record(index: int, row: FormerRow) -> WorkRecord:
    """A work of Index v1, which knew no types of publications."""
    published = parse_date(row.year)
    key = token("doi", row.doi)
    references = [found for found in (row.reference or "").split("; ") if found]
    return WorkRecord(
        index=index,
        record_key=key,
        tokens=(key,),
        title=plain_text(row.title),
        publication_type="other",
        type_rule="unknown",
        published_date=published,
        date_rule="year" if published else None,
        container_title=plain_text(row.source_title),
        issns=_issns(tuple((row.source_id or "").split())),
        oa_url=row.oa_link,
        authors=read_authors(row.author or "") or None,
        references=tuple(sorted({pid for one in references for pid in _tokens(one)})),
        reference_count=len(references),
        cited_by_count=row.citation_count,
    )


def _tokens(reference: str) -> tuple[str, ...]:
    # One bad reference must not cost the work that lists it.
    try:
        return read_pids(reference)
    except ValueError:
        return ()


def publication_type_of(word: str) -> tuple[PublicationType, TypeRule]:
    """The publication type of Meta's word, and the rule that said so."""
    bare = word.strip().lower()
    if bare == "retraction notice":
        return "retraction", "notice"
    if bare == "preprint":
        return "preprint", "preprint"
    found = _TYPES.get(bare)
    return (found, "table") if found else ("other", "unknown")


def read_authors(text: str) -> tuple[Author, ...]:
    """The authors in their order; a name without a comma is an organisation's."""
    named = [
        (name.strip(), ids)
        for raw_name, ids in _names(text)
        if (name := plain_text(raw_name))
    ]
    return tuple(
        _author(position, name, ids)
        for position, (name, ids) in enumerate(named, start=1)
    )


def _author(position: int, name: str, ids: tuple[str, ...]) -> Author:
    family, comma, given = (part.strip() for part in name.partition(","))
    orcid = _orcid(ids)
    if not comma:
        return Author(position=position, name=name, orcid=orcid)
    return Author(
        position=position,
        name=" ".join(part for part in (given, family) if part) or name,
        family=family or None,
        given=given or None,
        orcid=orcid,
    )


def _orcid(ids: tuple[str, ...]) -> str | None:
    for pid in ids:
        scheme, _, value = pid.partition(":")
        if scheme == "orcid":
            try:
                return normalise_orcid(value)
            except ValueError:
                continue
    return None


def _names(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name of a list with the identifiers in its brackets."""
    start = 0
    for found in _IDS.finditer(text):
        yield text[start : found.start()].strip(" ;"), tuple(found.group(1).split())
        start = found.end()
    # Old answers give names alone.
    for name in text[start:].split("; "):
        if bare := name.strip(" ;"):
            yield bare, ()


def _one_name(text: str | None) -> tuple[str | None, tuple[str, ...]]:
    # A title may hold "; ", so that only the brackets end it.
    bare = (text or "").strip()
    found = None
    for found in _IDS.finditer(bare):  # noqa: B007 - the last one is wanted
        pass
    if found is None or found.end() != len(bare):
        return plain_text(bare), ()
    return plain_text(bare[: found.start()]), tuple(found.group(1).split())


def _publisher(text: str | None) -> str | None:
    names = [plain_text(name) for name, _ in _names(text or "")]
    return "; ".join(name for name in names if name) or None


def _issns(ids: tuple[str, ...]) -> tuple[str, ...]:
    found = {pid[5:].upper() for pid in ids if pid.startswith("issn:")}
    return tuple(sorted(found))


def _record_key(tokens: tuple[str, ...]) -> str:
    """Its OMID, which Meta always gives; in other hands, its strongest identifier."""
    omids = [found for found in tokens if found.startswith("omid:")]
    return omids[0] if omids else tokens[0]
