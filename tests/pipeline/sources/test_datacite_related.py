"""DataCite: what a record is tied to, and what it counts."""

import json
from typing import Any

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.datacite import SOURCE
from schemas.work import WorkRecord

DOI = "10.5072/abc"


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def attributes(**fields: Any) -> dict[str, Any]:
    usual = {
        "doi": DOI,
        "titles": [{"title": "A title"}],
        "types": {"resourceTypeGeneral": "Dataset"},
        "state": "findable",
    }
    return usual | fields


def work(**fields: Any) -> WorkRecord:
    """The record of one work with these attributes."""
    said = attributes(**fields)
    resource = {"id": said["doi"], "type": "dois", "attributes": said}
    parsed = SOURCE.parse(body({"data": resource}), ParseContext())
    assert parsed.rejects == ()
    return parsed.works[0]


def related(relation: str, identifier: object, kind: object = "DOI") -> dict[str, Any]:
    return {
        "relationType": relation,
        "relatedIdentifier": identifier,
        "relatedIdentifierType": kind,
    }


# What it is tied to


def test_what_it_cites_is_a_reference_if_it_can_be_named() -> None:
    listed = [
        related("Cites", "https://doi.org/10.5072/B"),
        related("References", "10.5072/a"),
        related("references", "pmid:00123", "PMID"),
        related("Cites", "arXiv:2101.00001v2", "arXiv"),
        related("Cites", "http://dx.doi.org/10.5072/c", "URL"),
        related("Cites", "10.5072/d", None),
        related("Cites", "10.5072/a"),
        related("Cites", DOI),
        related("Cites", "not a doi"),
        related("Cites", "https://example.org/10.5072/e", "URL"),
        related("Cites", "12", "arXiv"),
        related("Cites", "10.5072/123", "PMID"),
        related("Cites", "1234-5678", "ISSN"),
        related("Cites", None),
        related("IsCitedBy", "10.5072/f"),
        related("IsSupplementTo", "10.5072/g"),
        None,
    ]
    assert work(relatedIdentifiers=listed).references == (
        "doi:10.5072/a",
        "doi:10.5072/b",
        "doi:10.5072/c",
        "doi:10.5072/d",
        "pmid:123",
        "arxiv:2101.00001",
    )


def test_a_cited_item_that_is_described_in_place_is_a_reference_too() -> None:
    item = {
        "relationType": "References",
        "relatedItemIdentifier": {
            "relatedItemIdentifier": "10.5072/a",
            "relatedItemIdentifierType": "DOI",
        },
    }
    assert work(relatedItems=[item]).references == ("doi:10.5072/a",)
    assert work(relatedItems=item).references == ("doi:10.5072/a",)


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("IsVersionOf", "is-version-of"),
        ("is-version-of", "is-version-of"),
        ("HasVersion", "has-version"),
        ("IsNewVersionOf", "is-new-version-of"),
        ("IsPreviousVersionOf", "is-previous-version-of"),
        ("IsVariantFormOf", "is-variant-form-of"),
        ("IsOriginalFormOf", "is-original-form-of"),
        ("IsIdenticalTo", "is-identical-to"),
        ("IsPreprintOf", "is-preprint-of"),
    ],
)
def test_other_forms_of_the_work_are_versions(relation: str, said: str) -> None:
    [link] = work(relatedIdentifiers=[related(relation, "10.5072/B")]).version_links
    assert (link.relation, link.token) == (said, "doi:10.5072/b")


@pytest.mark.parametrize(
    "relation",
    [
        "IsSupplementTo",
        "IsSupplementedBy",
        "IsPartOf",
        "HasPart",
        "Obsoletes",
        "IsObsoletedBy",
        "IsDerivedFrom",
        "IsTranslationOf",
        "Continues",
        "Cites",
        "",
    ],
)
def test_what_belongs_to_the_work_or_replaces_it_is_no_version(relation: str) -> None:
    assert work(relatedIdentifiers=[related(relation, "10.5072/b")]).version_links == ()


def test_a_paper_of_arxiv_does_not_cite_itself_by_its_other_name() -> None:
    listed = [
        related("Cites", "arXiv:2101.00001v1", "arXiv"),
        related("IsVersionOf", "2101.00001", "arXiv"),
    ]
    record = work(doi="10.48550/arXiv.2101.00001", relatedIdentifiers=listed)
    assert (record.references, record.version_links) == ((), ())


def test_versions_are_sorted_once_each_and_never_the_work_itself() -> None:
    listed = [
        related("IsVersionOf", "10.5072/b"),
        related("HasVersion", "10.5072/c"),
        related("IsVersionOf", "10.5072/B"),
        related("IsIdenticalTo", DOI.upper()),
        related("IsIdenticalTo", "https://example.org/x", "URL"),
    ]
    links = work(relatedIdentifiers=listed).version_links
    assert [(link.relation, link.token) for link in links] == [
        ("has-version", "doi:10.5072/c"),
        ("is-version-of", "doi:10.5072/b"),
    ]


@pytest.mark.parametrize(
    ("count", "read"),
    [
        (3, 3),
        (" 3 ", 3),
        (3.0, 3),
        (0, 0),
        (None, None),
        (True, None),
        (-1, None),
        (1.5, None),
        (10**30, None),
        ([3], None),
        ("many", None),
    ],
)
def test_counts_are_numbers_or_not_said(count: object, read: int | None) -> None:
    record = work(citationCount=count, referenceCount=count)
    assert (record.cited_by_count, record.reference_count) == (read, read)


def test_a_record_of_a_doi_alone_is_a_record() -> None:
    content = body({"data": {"id": DOI, "type": "dois", "attributes": {"doi": DOI}}})
    [record] = SOURCE.parse(content, ParseContext()).works
    assert (record.title, record.authors, record.cited_by_count) == (None, None, None)
    assert (record.publication_type, record.type_rule) == ("other", "unknown")
