"""A work of DataCite as a work record."""

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.wire.abstract import abstract_text
from pipeline.wire.datacite_names import authors
from pipeline.wire.datacite_related import issns, letters, references, version_links
from pipeline.wire.datacite_types import ARXIV_PREFIX, publication_type
from pipeline.wire.datacite_work import (
    DataciteWork,
    WireDate,
    WireRights,
    WireTitle,
    WireTypes,
)
from pipeline.wire.text import plain_text
from schemas.dates import PartialDate, parse_date
from schemas.identifiers import normalise_arxiv, normalise_doi, token
from schemas.provenance import Absent
from schemas.work import Notice, WorkRecord

_ARXIV_DOI: Final = f"{ARXIV_PREFIX}arxiv."
_PUBLISHED_IN: Final = "ispublishedin"
_DRAFT: Final = "draft"
_WEB: Final = ("http://", "https://")


def work_record(index: int, item: DataciteWork) -> WorkRecord | Absent:
    """One item as a record; absent if its DOI is a draft, which nobody can resolve.

    Args:
        index: position in the answer, from 0.
        item: as read.

    Raises:
        ValueError: it has no DOI that can be read.
    """
    doi = _doi(item)
    if (item.state or "").lower() == _DRAFT:
        return Absent(index=index, subject=doi, cause="not found")
    names = tuple(_tokens(doi))
    types = item.types or WireTypes()
    words = (types.resource_type_general, types.citeproc, types.bibtex)
    kind, type_rule = publication_type(doi, *words)
    date, date_rule = _published(item)
    withdrawn = _withdrawn(item.dates)
    byline, is_whole = authors(item.creators or ())
    return WorkRecord(
        index=index,
        record_key=token("doi", doi),
        tokens=names,
        version_links=version_links(item, names),
        title=_title(item.titles),
        publication_type=kind,
        raw_type=next(filter(None, words), None),
        type_rule=type_rule,
        published_date=date,
        date_rule=date_rule,
        container_title=_container_title(item),
        issns=issns(item),
        publisher=plain_text(item.publisher.name) if item.publisher else None,
        language=item.language,
        # That no date of withdrawal is listed is no statement.
        is_retracted=True if withdrawn else None,
        notices=withdrawn,
        licence=_licence(item.rights_list),
        authors=byline,
        is_complete=is_whole,
        references=references(item, names),
        reference_count=item.reference_count,
        cited_by_count=item.citation_count,
        abstract=_abstract(item),
    )


def _doi(item: DataciteWork) -> str:
    offered = [item.doi, item.id]
    offered += [
        one.identifier
        for one in item.identifiers
        if (one.identifier_type or "").lower() == "doi"
    ]
    problems = []
    for text in filter(None, offered):
        try:
            return normalise_doi(text)
        except ValueError as err:
            problems.append(str(err))
    raise ValueError("; ".join(dict.fromkeys(problems)) or "doi: missing")


def _tokens(doi: str) -> Iterator[str]:
    yield token("doi", doi)
    if doi.startswith(_ARXIV_DOI):
        try:
            yield token("arxiv", normalise_arxiv(doi.removeprefix(_ARXIV_DOI)))
        except ValueError:  # not a paper
            return


def _title(titles: Iterable[WireTitle]) -> str | None:
    # Subtitles and translations have a type; the main title has none.
    shown = [(title.title_type, plain_text(title.title)) for title in titles]
    main = [text for kind, text in shown if text and not kind]
    return next(iter(main), None) or next((text for _, text in shown if text), None)


def _published(item: DataciteWork) -> tuple[PartialDate | None, str | None]:
    """The date of issue, else the year, else when it became available.

    ``Created``, ``Collected`` and the like are about the data, not the publication.
    """
    issued, unread = _first_date(item.dates, "issued")
    if issued:
        return issued, "Issued"
    if year := item.publication_year:
        said = year.raw or unread
        return year.model_copy(update={"raw": said}), "publicationYear"
    available, _ = _first_date(item.dates, "available")
    if available:
        return available, "Available"
    return (item.published, "published") if item.published else (None, None)


def _first_date(
    dates: Iterable[WireDate], kind: str
) -> tuple[PartialDate | None, str | None]:
    """The first of this kind that can be read; else None, and one that cannot."""
    unread = None
    for date in dates:
        if date.date and (date.date_type or "").lower() == kind:
            if found := _date(date.date):
                return found, None
            unread = date.date
    return None, unread


def _date(text: str) -> PartialDate | None:
    # Of a range (RKMS-ISO8601, ``2010/2019``) the beginning.
    first, slash, _ = text.partition("/")
    found = parse_date(first)
    return found.model_copy(update={"raw": text}) if found and slash else found


def _withdrawn(dates: Iterable[WireDate]) -> tuple[Notice, ...]:
    """The day from which the work no longer stands, as a notice by the repository."""
    named = [date for date in dates if (date.date_type or "").lower() == "withdrawn"]
    if not named:
        return ()
    date, _ = _first_date(named, "withdrawn")
    return (Notice(type="withdrawal", date=date, asserted_by="datacite"),)


def _container_title(item: DataciteWork) -> str | None:
    if item.container and (title := plain_text(item.container.title)):
        return title
    for one in item.related_items:
        is_around = letters(one.relation_type) == _PUBLISHED_IN
        if is_around and (title := _title(one.titles)):
            return title
    return None


def _licence(rights: Iterable[WireRights]) -> str | None:
    """SPDX's name of the licence, else its address.

    Prose about rights is no licence, and neither is that access is open
    (``info:eu-repo/semantics/openAccess``).
    """
    listed = list(rights)
    named = [one.rights_identifier for one in listed if one.rights_identifier]
    addresses = [
        text
        for one in listed
        for text in (one.rights_uri, one.rights)
        if text and text.lower().startswith(_WEB)
    ]
    return next(iter([*named, *addresses]), None)


def _abstract(item: DataciteWork) -> str | None:
    abstracts = (
        abstract_text(one.description)
        for one in item.descriptions
        if (one.description_type or "").lower() == "abstract"
    )
    return next((text for text in abstracts if text), None)
