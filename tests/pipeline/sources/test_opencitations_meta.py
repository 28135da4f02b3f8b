"""OpenCitations: works as Meta and its forerunner describe them."""

import json

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.opencitations import SOURCE
from schemas.provenance import Parsed

META = {
    "id": "omid:br/0601 doi:10.1000/x",
    "title": "A Title",
    "author": "",
    "pub_date": "2020",
    "page": "",
    "issue": "",
    "volume": "",
    "venue": "",
    "type": "journal article",
    "publisher": "",
    "editor": "",
}


def parse(value, endpoint=None):
    return SOURCE.parse(json.dumps(value).encode(), ParseContext(endpoint))


def work(**changes):
    parsed = parse([META | changes], "metadata")
    assert parsed.parsed_count == 1, parsed
    return parsed.works[0]


def test_a_meta_record_is_a_work_with_all_its_identifiers():
    record = work(
        id="doi:10.1000/B openalex:W42 omid:br/0601 doi:10.1000/a pmid:9 isbn:978 "
        "pmcid:PMC8"
    )

    assert record.record_key == "omid:br/0601"
    assert record.tokens == (
        "doi:10.1000/a",
        "doi:10.1000/b",
        "pmid:9",
        "pmcid:PMC8",
        "openalex:W42",
        "omid:br/0601",
    )


def test_empty_meta_values_say_nothing():
    record = work(title="", pub_date="", type="")

    assert record.title is None
    assert record.published_date is None
    assert record.authors is None
    assert record.container_title is None
    assert (record.raw_type, record.publication_type) == (None, "other")


def test_a_meta_record_without_identifier_is_absent():
    parsed = parse([META | {"id": ""}], "metadata")

    assert [item.cause for item in parsed.absent] == ["no identifier"]


def test_partial_and_impossible_dates_are_kept_as_what_they_are():
    assert work(pub_date="2023-03").published_date.iso == "2023-03"
    impossible = work(pub_date="2019-02-31").published_date
    assert (impossible.iso, impossible.raw) == ("2019-02", "2019-2-31")


def test_authors_keep_their_order_and_orcids():
    record = work(
        author="Peroni, Silvio [orcid:0000-0003-0530-4305 omid:ra/0601]; "
        "Rao, K. [omid:ra/0602 orcid:0000-0000]"
    )

    assert [(a.position, a.name, a.family, a.given) for a in record.authors] == [
        (1, "Silvio Peroni", "Peroni", "Silvio"),
        (2, "K. Rao", "Rao", "K."),
    ]
    assert [a.orcid for a in record.authors] == ["0000-0003-0530-4305", None]


def test_organisations_and_half_names_are_authors():
    record = work(
        author="WHO [omid:ra/0601]; Madonna, [omid:ra/0602]; , Ann [omid:ra/0603]"
    )

    assert [(a.name, a.family, a.given) for a in record.authors] == [
        ("WHO", None, None),
        ("Madonna", "Madonna", None),
        ("Ann", None, "Ann"),
    ]


def test_names_may_hold_brackets_and_semicolons():
    record = work(
        author="The Group [Part A]; And Others [omid:ra/0601]; "
        "Doe, J. [Jr.] [omid:ra/0602]"
    )

    assert [a.name for a in record.authors] == [
        "The Group [Part A]; And Others",
        "J. [Jr.] Doe",
    ]


def test_authors_without_identifiers_are_set_apart_by_semicolons():
    assert [a.family for a in work(author="Doe, Jane; Roe, Richard").authors] == [
        "Doe",
        "Roe",
    ]


def test_an_open_bracket_of_many_colons_is_a_name_without_delay():
    [author] = work(author="[a:a" + "a:a" * 400 + "[").authors

    assert author.name.startswith("[a:a")


def test_a_venue_and_a_publisher_leave_their_identifiers_behind():
    record = work(
        venue="Science; A Journal [Print] [issn:1234-567x omid:br/0609 issn:0000-0019]",
        publisher="Elsevier Bv [crossref:78 omid:ra/0610116009]",
    )

    assert record.container_title == "Science; A Journal [Print]"
    assert record.issns == ("0000-0019", "1234-567X")
    assert record.publisher == "Elsevier Bv"
    assert work(venue="Some Journal").container_title == "Some Journal"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("journal article", ("article", "table")),
        ("Reference Entry", ("book-chapter", "table")),
        ("proceedings article", ("conference-paper", "table")),
        ("journal editorial", ("editorial", "table")),
        ("standard", ("report", "table")),
        ("peer review", ("peer-review", "table")),
        ("newspaper article", ("other", "table")),
        ("preprint", ("preprint", "preprint")),
        ("retraction notice", ("retraction", "notice")),
        ("something-unknown", ("other", "unknown")),
    ],
)
def test_type_words_are_mapped_and_unknown_ones_are_other(word, expected):
    record = work(type=word)

    assert (record.publication_type, record.type_rule) == expected
    assert record.raw_type == word


def test_metadata_of_index_v1_is_a_work_with_references():
    sici = "10.1002/(sici)1097-4571(198909)40:5<342::aid-asi7>3.0.co;2-u"
    parsed = parse(
        [
            {
                "doi": "10.1108/JD-12-2013-0166",
                "title": "Free",
                "author": "Peroni, Silvio; Shotton, David",
                "year": "2015",
                "source_title": "Journal Of Documentation",
                "source_id": "issn:0022-0418",
                "reference": f"10.1000/a; {sici}; nonsense",
                "citation_count": "13",
                "oa_link": "",
            }
        ]
    )

    [record] = parsed.works
    assert record.references == ("doi:10.1000/a", f"doi:{sici}")
    assert (record.reference_count, record.cited_by_count) == (3, 13)
    assert (record.issns, record.oa_url) == (("0022-0418",), None)


def test_answers_of_sparql_are_a_kind_that_is_not_handled():
    parsed = parse({"head": {"vars": ["paper"]}, "results": {"bindings": [{}]}})

    assert parsed == Parsed(kind=None)
