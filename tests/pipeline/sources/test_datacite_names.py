"""DataCite: who wrote a work, where it appeared and under which terms."""

import json
from typing import Any

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.datacite import SOURCE
from schemas.work import Author, WorkRecord

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


# Who wrote it


def test_people_and_organisations_stand_in_the_order_of_the_byline() -> None:
    creators = [
        {
            "name": "Fox, Ada",
            "nameType": "Personal",
            "givenName": "Ada",
            "familyName": "Fox",
        },
        {"name": "Institute, National", "nameType": "Organizational"},
        {"name": "Hare, Bo", "nameType": "Personal"},
        {"name": "A Group, of people", "nameType": None},
    ]
    assert work(creators=creators).authors == (
        Author(position=1, name="Ada Fox", family="Fox", given="Ada"),
        Author(position=2, name="Institute, National"),
        Author(position=3, name="Bo Hare", family="Hare", given="Bo"),
        Author(position=4, name="A Group, of people"),
    )


@pytest.mark.parametrize(
    "identifier",
    [
        {"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"},
        {"nameIdentifier": "https://orcid.org/0000-0002-1825-0097"},
        {"nameIdentifier": "http://www.orcid.org/0000-0002-1825-0097/"},
        {"nameIdentifier": "0000000218250097", "nameIdentifierScheme": "orcid"},
        {"nameIdentifier": "0000 0002 1825 0097", "schemeUri": "https://orcid.org"},
        {
            "nameIdentifier": "ORCID:0000-0002-1825-0097",
            "nameIdentifierScheme": "ORCID",
        },
        {
            "nameIdentifier": "0000\u20100002\u20101825\u20100097",
            "nameIdentifierScheme": "http://orcid.org/",
        },
    ],
)
def test_an_orcid_id_is_read_in_all_its_forms(identifier: dict[str, str]) -> None:
    for given in (identifier, [identifier], [None, {}, identifier]):
        creators = [{"name": "Ada", "nameIdentifiers": given}]
        [author] = work(creators=creators).authors or ()
        assert author.orcid == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    "identifier",
    [
        {"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ISNI"},
        {"nameIdentifier": "", "nameIdentifierScheme": "ORCID"},
        {"nameIdentifier": "Ada", "nameIdentifierScheme": "ORCID"},
        {"nameIdentifier": 7, "nameIdentifierScheme": "ORCID"},
        {"nameIdentifierScheme": "ORCID"},
    ],
)
def test_what_is_no_orcid_id_costs_nobody_the_name(identifier: dict[str, Any]) -> None:
    creators = [{"name": "Ada", "nameIdentifiers": [identifier]}]
    assert work(creators=creators).authors == (Author(position=1, name="Ada"),)


def test_an_export_has_the_orcid_id_as_the_name_of_the_person() -> None:
    creator = {"id": "https://orcid.org/0000-0002-1825-0097", "name": "Ada"}
    [author] = work(creators=[creator]).authors or ()
    assert author.orcid == "0000-0002-1825-0097"


def test_someone_without_a_name_keeps_the_place() -> None:
    creators = [{"name": "(:unav)"}, {"name": None}, {"name": "Ada"}]
    [author] = work(creators=creators).authors or ()
    assert (author.position, author.name) == (3, "Ada")


def test_and_others_says_that_the_byline_is_not_whole() -> None:
    record = work(creators=[{"name": "Ada"}, {"name": "(:etal)"}])
    assert (len(record.authors or ()), record.is_complete) == (1, False)
    assert work(creators=[{"name": "Ada"}]).is_complete


@pytest.mark.parametrize("creators", [None, [], {}, [None], "(:unav)"])
def test_no_creators_is_not_said(creators: object) -> None:
    assert work(creators=creators).authors is None


# Where it appeared, and under which terms


@pytest.mark.parametrize(
    ("publisher", "read"),
    [
        ("A House", "A House"),
        ({"name": "A House", "publisherIdentifier": "https://ror.org/1"}, "A House"),
        ([{"name": "A House"}], "A House"),
        ("(:unav)", None),
        ({}, None),
        (None, None),
        (7.5, None),
    ],
)
def test_the_publisher_is_text_or_an_object(
    publisher: object, read: str | None
) -> None:
    assert work(publisher=publisher).publisher == read


def test_the_container_gives_title_and_issn() -> None:
    container = {
        "type": "Series",
        "title": "A Series",
        "identifier": "1234567x",
        "identifierType": "ISSN",
    }
    record = work(container=container)
    assert (record.container_title, record.issns) == ("A Series", ("1234-567X",))


@pytest.mark.parametrize(
    "container",
    [{}, None, [], {"identifier": "10.5072/x", "identifierType": "DOI"}, {"title": ""}],
)
def test_a_container_without_a_title_is_none(container: object) -> None:
    record = work(container=container)
    assert (record.container_title, record.issns) == (None, ())


def test_an_item_that_it_is_published_in_is_its_container() -> None:
    item = {
        "relationType": "IsPublishedIn",
        "titles": [{"title": "Part", "titleType": "Subtitle"}, {"title": "A Journal"}],
        "relatedItemIdentifier": {
            "relatedItemIdentifier": "1234-5678",
            "relatedItemIdentifierType": "ISSN",
        },
    }
    record = work(relatedItems=[{"relationType": "Cites", "titles": []}, item])
    assert (record.container_title, record.issns) == ("A Journal", ("1234-5678",))


@pytest.mark.parametrize(
    ("rights", "licence"),
    [
        (
            [
                {"rightsUri": "info:eu-repo/semantics/openAccess"},
                {"rightsUri": "https://example.org/terms"},
                {"rightsIdentifier": "cc-by-4.0", "rightsUri": "https://cc.example"},
            ],
            "cc-by-4.0",
        ),
        (
            [{"rights": "CC BY", "rightsUri": "https://cc.example/by"}],
            "https://cc.example/by",
        ),
        ([{"rights": "https://cc.example/by"}], "https://cc.example/by"),
        ("https://cc.example/by", "https://cc.example/by"),
        ({"rightsIdentifier": "mit"}, "mit"),
        ([{"rights": "All rights reserved"}, None, {"rights": None}], None),
        (None, None),
    ],
)
def test_the_licence_is_its_name_or_address(
    rights: object, licence: str | None
) -> None:
    assert work(rightsList=rights).licence == licence


def test_the_abstract_is_the_description_that_is_one() -> None:
    descriptions = [
        {"description": "Methods", "descriptionType": "Methods"},
        {"description": "What <b>it</b> is", "descriptionType": "Abstract"},
    ]
    assert work(descriptions=descriptions).abstract == "What it is"
    assert work(descriptions=descriptions[:1]).abstract is None
