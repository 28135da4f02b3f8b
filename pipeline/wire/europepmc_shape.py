"""The shape of Europe PMC's records: the fields we use.

Fields are strings mostly, and left out where there is nothing. A list of one may be the
one itself, and tools that save records wrap every value in a list: all of that is read,
and what has another shape than it should is as good as missing.

Source: https://europepmc.org/RestfulWebService, read 2026-11-22.
"""

import re
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_COUNT: Final = re.compile(r"[0-9]{1,12}")
"""Longer ones count nothing that there is, and fit no column."""


def _one(value: object) -> object:
    """The first value of a list; text of a number; None for what is no text at all."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool | dict | list):
        return None
    return str(value) if isinstance(value, int | float) else value


def _many(value: object) -> object:
    """A list, of one value where the one stands alone; nothing: an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _objects(value: object) -> object:
    """The objects of a list; of one that stands alone, a list."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, dict)]


def _inner(value: object) -> object:
    """The object itself where it stands in a list of its own."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else None


def _count(value: object) -> object:
    text = _one(value)
    found = _COUNT.fullmatch(text.strip()) if isinstance(text, str) else None
    return int(found.group()) if found else None


WireText = Annotated[str | None, BeforeValidator(_one)]
WireCount = Annotated[int | None, BeforeValidator(_count)]
WireTexts = Annotated[list[WireText], BeforeValidator(_many)]


class WireObject(BaseModel):
    """An object of which we read some fields."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class WireAuthorId(WireObject):
    """An identifier of a person and its kind, mostly ``ORCID``."""

    type: WireText = None
    value: WireText = None


class WireAuthor(WireObject):
    """A person, or a group by its `collective_name`."""

    full_name: WireText = Field(default=None, alias="fullName")
    first_name: WireText = Field(default=None, alias="firstName")
    last_name: WireText = Field(default=None, alias="lastName")
    initials: WireText = None
    collective_name: WireText = Field(default=None, alias="collectiveName")
    author_id: Annotated[WireAuthorId | None, BeforeValidator(_inner)] = Field(
        default=None, alias="authorId"
    )


class WireAuthors(WireObject):
    """The byline in order."""

    author: Annotated[list[WireAuthor], BeforeValidator(_objects)] = []


class WireJournal(WireObject):
    """A journal."""

    title: WireText = None
    issn: WireText = None
    essn: WireText = None


class WireJournalInfo(WireObject):
    """The issue that it stands in."""

    print_date: WireText = Field(default=None, alias="printPublicationDate")
    journal: Annotated[WireJournal | None, BeforeValidator(_inner)] = None


class WirePubTypes(WireObject):
    """The kinds of publication of a core record."""

    pub_type: WireTexts = Field(default=[], alias="pubType")


class WireComment(WireObject):
    """A tie to another record: its notice, or another version."""

    id: WireText = None
    source: WireText = None
    type: WireText = None
    reference: WireText = None


class WireComments(WireObject):
    """All ties of a core record."""

    comment: Annotated[list[WireComment], BeforeValidator(_objects)] = Field(
        default=[], alias="commentCorrection"
    )


class WireUrl(WireObject):
    """Where the full text is, and whether it is free."""

    url: WireText = None
    code: WireText = Field(default=None, alias="availabilityCode")
    style: WireText = Field(default=None, alias="documentStyle")


class WireUrls(WireObject):
    """All places of the full text."""

    url: Annotated[list[WireUrl], BeforeValidator(_objects)] = Field(
        default=[], alias="fullTextUrl"
    )


class WireBook(WireObject):
    """Of books and preprints."""

    publisher: WireText = None


class WireName(WireObject):
    """What names a record: where Europe PMC has it from, and its id there."""

    id: WireText = None
    source: WireText = None
    pmid: WireText = None
    pmcid: WireText = None
    doi: WireText = None
    title: WireText = None


class WireWork(WireName):
    """A record as a search gives it, lite or core: the fields we use."""

    authors: Annotated[WireAuthors | None, BeforeValidator(_inner)] = Field(
        default=None, alias="authorList"
    )
    journal_info: Annotated[WireJournalInfo | None, BeforeValidator(_inner)] = Field(
        default=None, alias="journalInfo"
    )
    journal_title: WireText = Field(default=None, alias="journalTitle")
    journal_issn: WireText = Field(default=None, alias="journalIssn")
    pub_year: WireText = Field(default=None, alias="pubYear")
    first_date: WireText = Field(default=None, alias="firstPublicationDate")
    pub_types: Annotated[WirePubTypes | None, BeforeValidator(_inner)] = Field(
        default=None, alias="pubTypeList"
    )
    pub_type: WireText = Field(default=None, alias="pubType")
    abstract: WireText = Field(default=None, alias="abstractText")
    language: WireText = None
    license: WireText = None
    is_open_access: WireText = Field(default=None, alias="isOpenAccess")
    is_in_europepmc: WireText = Field(default=None, alias="inEPMC")
    full_text_received: WireText = Field(default=None, alias="fullTextReceivedDate")
    cited_by_count: WireCount = Field(default=None, alias="citedByCount")
    comments: Annotated[WireComments | None, BeforeValidator(_inner)] = Field(
        default=None, alias="commentCorrectionList"
    )
    urls: Annotated[WireUrls | None, BeforeValidator(_inner)] = Field(
        default=None, alias="fullTextUrlList"
    )
    book: Annotated[WireBook | None, BeforeValidator(_inner)] = Field(
        default=None, alias="bookOrReportDetails"
    )


class WireHits(WireObject):
    """How many there are in all, as an answer declares it."""

    hits: WireCount = Field(default=None, alias="hitCount")
