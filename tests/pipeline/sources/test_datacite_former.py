"""DataCite: works in the words of exports, and of the API before 2019."""

import json

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.datacite import SOURCE
from schemas.work import Author, VersionLink

ALONE = ParseContext()


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def test_an_export_names_its_fields_with_underscores() -> None:
    exported = {
        "id": "https://doi.org/10.5072/A",
        "titles": [{"title": "A title"}],
        "creators": {"type": "Person", "given_name": "Ada", "family_name": "Fox"},
        "publication_year": "2019",
        "rights_list": [{"rights_uri": "https://cc.example/by"}],
        "dates": {"date": "2019-02", "date_type": "Issued"},
        "related_identifiers": {
            "relation_type": "Cites",
            "related_identifier": "10.5072/b",
            "related_identifier_type": "DOI",
        },
    }
    [record] = SOURCE.parse(body(exported), ALONE).works
    assert (record.record_key, record.title) == ("doi:10.5072/a", "A title")
    assert record.authors == (
        Author(position=1, name="Ada Fox", family="Fox", given="Ada"),
    )
    assert record.published_date
    assert record.published_date.iso == "2019-02"
    assert record.licence == "https://cc.example/by"
    assert record.references == ("doi:10.5072/b",)


def test_an_export_may_hold_its_doi_among_the_identifiers_only() -> None:
    identifiers = [
        {"identifierType": "URL", "Identifier": "https://example.org/1"},
        {"identifierType": "DOI", "Identifier": "https://doi.org/10.5072/A"},
    ]
    exported = {"titles": [{"title": "A title"}], "identifiers": identifiers}
    [record] = SOURCE.parse(body(exported), ALONE).works
    assert record.record_key == "doi:10.5072/a"


@pytest.mark.parametrize("name", ["doi", "DOI", "Doi"])
def test_names_of_fields_may_be_written_in_any_case(name: str) -> None:
    said = {name: "10.5072/A", "Titles": [{"Title": "A title"}]}
    content = body({"data": {"type": "dois", "attributes": said}})
    [record] = SOURCE.parse(content, ALONE).works
    assert (record.record_key, record.title) == ("doi:10.5072/a", "A title")


def test_works_of_before_2019_are_read_in_the_words_of_their_time() -> None:
    former = {
        "id": "https://doi.org/10.5072/a",
        "type": "works",
        "attributes": {
            "doi": "10.5072/a",
            "title": "A title",
            "author": [{"given": "Ada", "family": "Fox"}, {"literal": "A Group"}, None],
            "container-title": "A House",
            "resource-type-id": "conference-paper",
            "license": "https://cc.example/by",
            "published": "2016",
            "description": "What it is",
            "related-identifiers": [
                {
                    "relation-type-id": "IsNewVersionOf",
                    "related-identifier": "https://doi.org/10.5072/b",
                },
                {
                    "relation-type-id": "Cites",
                    "related-identifier": "https://doi.org/10.5072/c",
                },
            ],
        },
    }
    single = SOURCE.parse(body({"data": former}), ALONE)
    listed = SOURCE.parse(body({"data": [former], "meta": {"total": 41}}), ALONE)
    [record] = single.works
    assert (single.kind, listed.kind, listed.declared_total) == ("doi", "dois", 41)
    assert listed.works == single.works
    assert record.authors == (
        Author(position=1, name="Ada Fox", family="Fox", given="Ada"),
        Author(position=2, name="A Group"),
    )
    assert (record.title, record.publisher) == ("A title", "A House")
    assert (record.container_title, record.abstract) == (None, "What it is")
    assert (record.publication_type, record.date_rule) == (
        "conference-paper",
        "published",
    )
    assert record.licence == "https://cc.example/by"
    assert record.references == ("doi:10.5072/c",)
    assert record.version_links == (
        VersionLink(relation="is-new-version-of", token="doi:10.5072/b"),  # noqa: S106 - an identifier
    )


def test_the_search_of_before_has_relations_as_text() -> None:
    document = {
        "doi": "10.5072/A",
        "creator": ["Fox, Ada"],
        "title": ["A title"],
        "publisher": "A House",
        "publicationYear": "2011",
        "resourceTypeGeneral": "Dataset",
        "relatedIdentifier": [
            "Cites:DOI:10.5072/B",
            "Cites:PMID:7",
            "Cites:DOI:",
            "Cites",
            "IsPartOf:DOI:10.5072/c",
            None,
        ],
    }
    response = {"numFound": 41, "start": 0, "docs": [document, None]}
    parsed = SOURCE.parse(body({"responseHeader": {}, "response": response}), ALONE)
    [record] = parsed.works
    assert (parsed.kind, parsed.received, parsed.declared_total) == ("search", 2, 41)
    assert [reject.index for reject in parsed.rejects] == [1]
    assert (record.record_key, record.title) == ("doi:10.5072/a", "A title")
    assert record.references == ("doi:10.5072/b", "pmid:7")
    assert (record.publication_type, record.date_rule) == ("dataset", "publicationYear")
