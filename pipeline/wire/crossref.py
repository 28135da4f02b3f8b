"""A work of Crossref as a work record."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.wire.abstract import abstract_text
from pipeline.wire.crossref_types import RETRACTED, VERSIONING, publication_type
from pipeline.wire.crossref_work import (
    CrossrefWork,
    WireAuthor,
    WireLicence,
    WireUpdate,
)
from pipeline.wire.text import plain_text
from schemas.dates import PartialDate
from schemas.identifiers import normalise_doi, normalise_orcid, token
from schemas.work import Author, Notice, VersionLink, WorkRecord

_ISSN: Final = re.compile(r"(\d{4})-?(\d{3}[\dXx])$")

_LICENCE_ORDER: Final = {"vor": 0, "unspecified": 1, "am": 2}
"""The licence of the version of record is the work's; one for text mining (``tdm``) or
for sharing among scientists (``stm-asf``) says little about readers."""

_VERSION_RELATIONS: Final = (
    "is-preprint-of",
    "has-preprint",
    "is-version-of",
    "has-version",
)

_DATE_FIELDS: Final = (
    "issued",
    "published",
    "published-online",
    "published-print",
    "posted",
)
"""Where the date of publication is looked for, best first. ``issued`` is Crossref's own
earliest of the others, but may be ``[[null]]``; deposit dates are no publication."""


def work_record(
    index: int, item: CrossrefWork, asked_as: str | None = None
) -> WorkRecord:
    """One item as a record.

    Args:
        index: position in the answer, from 0.
        item: as read.
        asked_as: the one DOI that was asked for. Where Crossref answers with another,
            it was redirected from an alias to the prime DOI: both name this work.
    """
    # An update of itself is announced on the work it concerns, in place: such a work
    # is retracted, not a notice (10.1016/j.brainres.2022.148038).
    on_itself = [u for u in item.update_to if _doi(u.doi) == item.doi]
    on_others = [u.kind for u in item.update_to if _doi(u.doi) != item.doi]
    suffered = [*item.updated_by, *on_itself]
    kind, rule = publication_type(item.doi, item.type, item.subtype, on_others)
    date_rule, date = _published(item)
    aliases = {*_dois(item.alias), *_dois([asked_as])} - {item.doi}
    return WorkRecord(
        index=index,
        record_key=token("doi", item.doi),
        tokens=(token("doi", item.doi),),
        aliases=tuple(token("doi", doi) for doi in sorted(aliases)),
        version_links=tuple(_version_links(item)),
        title=_first_text(item.title),
        publication_type=kind,
        raw_type=item.type,
        type_rule=rule,
        published_date=date,
        date_rule=date_rule,
        container_title=_first_text(item.container_title),
        issns=_issns(item),
        publisher=plain_text(item.publisher),
        language=plain_text(item.language),
        # That no update is listed is no statement: older ones were never deposited.
        is_retracted=any(u.kind in RETRACTED for u in suffered) or None,
        notices=_notices(suffered),
        licence=_licence(item.license),
        # No authors and authors not deposited look the same: not said.
        authors=_authors(item.author) if item.author else None,
        references=tuple(
            token("doi", doi) for doi in sorted(_dois(r.doi for r in item.reference))
        ),
        reference_count=item.references_count,
        cited_by_count=item.cited_by_count,
        abstract=abstract_text(item.abstract),
    )


def _doi(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return normalise_doi(text)
    except ValueError:
        return None


def _dois(texts: Iterable[str | None]) -> set[str]:
    # What is not a DOI names nothing, whatever field it stands in.
    return {doi for text in texts if (doi := _doi(text))}


def _first_text(texts: Iterable[str]) -> str | None:
    return next((text for raw in texts if (text := plain_text(raw))), None)


def _published(item: CrossrefWork) -> tuple[str | None, PartialDate | None]:
    for field in _DATE_FIELDS:
        date: PartialDate | None = getattr(item, field.replace("-", "_"))
        if date:
            return field, date
    return None, None


def _issns(item: CrossrefWork) -> tuple[str, ...]:
    given = [*item.issn, *(kind.value or "" for kind in item.issn_of_kind)]
    found = [_ISSN.search(issn.strip()) for issn in given]
    normal = [f"{match[1]}-{match[2].upper()}" for match in found if match]
    return tuple(dict.fromkeys(normal))


def _version_links(item: CrossrefWork) -> Iterator[VersionLink]:
    for relation in _VERSION_RELATIONS:
        related = item.relation.get(relation, ())
        named = _dois(r.id for r in related if (r.id_type or "doi").lower() == "doi")
        for doi in sorted(named - {item.doi}):
            yield VersionLink(relation=relation, token=token("doi", doi))


def _notices(updates: Iterable[WireUpdate]) -> tuple[Notice, ...]:
    # The publisher and Retraction Watch often list the same notice each.
    same: dict[tuple[str, str], list[WireUpdate]] = {}
    for update in updates:
        if update.kind and update.kind not in VERSIONING:
            same.setdefault((_doi(update.doi) or "", update.kind), []).append(update)
    return tuple(
        Notice(
            type=kind,
            doi=doi or None,
            date=min(
                (update.updated for update in found if update.updated),
                key=lambda date: (date.year, date.iso),
                default=None,
            ),
            asserted_by="; ".join(sorted({u.source or "crossref" for u in found})),
        )
        for (doi, kind), found in sorted(same.items())
    )


def _licence(licences: Iterable[WireLicence]) -> str | None:
    usable = [licence for licence in licences if licence.url and licence.url.strip()]
    best = min(
        usable,
        key=lambda licence: _LICENCE_ORDER.get(
            licence.content_version or "unspecified", len(_LICENCE_ORDER)
        ),
        default=None,
    )
    return best.url.strip() if best and best.url else None


def _authors(listed: Iterable[WireAuthor]) -> tuple[Author, ...]:
    # Someone without any name keeps the place (10.26686/wgtn.14176475 has one).
    authors = []
    for position, author in enumerate(listed, start=1):
        family, given = plain_text(author.family), plain_text(author.given)
        parts = [part for part in (given, family, plain_text(author.suffix)) if part]
        name = " ".join(parts) if family or given else plain_text(author.name)
        if name:
            authors.append(
                Author(
                    position=position,
                    name=name,
                    family=family,
                    given=given,
                    orcid=_orcid(author.orcid),
                )
            )
    return tuple(authors)


def _orcid(text: str | None) -> str | None:
    try:
        return normalise_orcid(text or "")
    except ValueError:
        return None
