"""What one source says of one work."""

from pydantic import BaseModel, ConfigDict, Field

from schemas.dates import PartialDate
from schemas.publication_type import PublicationType, TypeRule


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Author(_Frozen):
    """One author as one source names them, in the order of the byline.

    Attributes:
        position: from 1.
        name: the whole name as printed; for organisations, the organisation.
        orcid: bare, ``0000-0002-1825-0097``.
        openalex_author_id: bare, ``A5023888391``.
    """

    position: int
    name: str
    family: str | None = None
    given: str | None = None
    orcid: str | None = None
    openalex_author_id: str | None = None


class VersionLink(_Frozen):
    """Another version of the same work: a tie within a version group, never a merge.

    Attributes:
        relation: ``is-preprint-of``, ``has-preprint``, ``is-version-of``.
        token: the other work's identifier.
    """

    relation: str
    token: str


class Notice(_Frozen):
    """An editorial notice that concerns this work (`updated-by` in Crossref's words).

    Attributes:
        type: the source's word, lower case: ``retraction``, ``correction``.
        doi: the notice's DOI, where the source gives one.
        asserted_by: ``publisher``, ``retraction-watch``, or the source itself.
    """

    type: str
    doi: str | None = None
    date: PartialDate | None = None
    asserted_by: str


class WorkRecord(_Frozen):
    """A work as one source describes it: what the source said, in common words.

    None means that the source did not say; an empty tuple, that it listed nothing.

    Attributes:
        index: position in the answer, from 0.
        record_key: what the source itself calls the record, ``openalex:W1``,
            ``doi:10.1/x``; two records of a source with one key are one record.
        tokens: identifiers of this work, the record's own key among them.
        aliases: tokens of other DOIs that the registry says are this very work.
        raw_type: the type in the source's words; several joined by ``; ``.
        type_rule: which step of the type mapping spoke: ``notice``, ``preprint``,
            ``table``, or ``unknown`` for a word outside the vocabulary.
        date_rule: the source's field that the date was read from.
        is_complete: False where the source shortened the record (author lists).
        references: tokens of the works it cites, as matched by the source, sorted.
        reference_count: length of its reference list as the source declares it.
        cited_by_count: how many works cite it as the source declares it.
        abstract: plain text, an empty line between paragraphs, a heading before its own
            (``Methods: ...``); kept private: copyright may stay with the publisher.
        full_text_id: the token by which the source gives the whole text, if it is open
            access: ``pmcid:PMC1``; None: it gives none, or does not say.
        full_text_date: the day on which the source received that text, ISO; a later day
            is another text.
    """

    index: int
    record_key: str
    tokens: tuple[str, ...] = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    version_links: tuple[VersionLink, ...] = ()
    title: str | None = None
    publication_type: PublicationType
    raw_type: str | None = None
    type_rule: TypeRule
    published_date: PartialDate | None = None
    date_rule: str | None = None
    container_title: str | None = None
    issn_l: str | None = None
    issns: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    is_retracted: bool | None = None
    notices: tuple[Notice, ...] = ()
    oa_url: str | None = None
    licence: str | None = None
    authors: tuple[Author, ...] | None = None
    is_complete: bool = True
    references: tuple[str, ...] = ()
    reference_count: int | None = Field(default=None, ge=0)
    cited_by_count: int | None = Field(default=None, ge=0)
    abstract: str | None = None
    full_text_id: str | None = None
    full_text_date: str | None = None
