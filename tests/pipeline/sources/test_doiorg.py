"""doi.org: one question a prefix, and the forms that its answers come in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.base import CitedDoi, ParseContext
from pipeline.sources.doiorg import SOURCE
from schemas.provenance import Parsed

CSL = {
    "type": "article-journal",
    "DOI": "10.5281/ZENODO.1147025",
    "title": "Rainbow Of Open Science Practices",
    "author": [{"family": "Kramer", "given": "Bianca"}, {"literal": "ReSA"}],
    "issued": {"date-parts": [[2018, 1, 14]]},
}
NOT_FOUND = (
    b"<!DOCTYPE html>\n<html><head><title>\n Error: DOI Not Found</title></head>"
    b"<body><b>10.1371/JOURNAL.pone.000001</b></body></html>"
)


def parse(value, **context):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return SOURCE.parse(body, ParseContext(**context))


def work(**changes):
    parsed = parse(CSL | changes)
    assert parsed.parsed_count == 1, parsed
    return parsed.works[0]


def asked(*cited):
    return [one for some in SOURCE.requests_for_cited(cited) for one in some]


# What is asked


def test_each_prefix_is_asked_about_once():
    [request] = asked(
        CitedDoi("10.7554/elife.2"), CitedDoi("10.1371/b"), CitedDoi("10.1371/a")
    )

    assert request.path == "/ra/10.1371,10.7554"
    assert request.subjects == ("10.1371", "10.7554")
    assert (request.endpoint, request.role) == ("ra", "agency")


def test_prefixes_with_a_known_agency_are_not_asked_about():
    assert asked(CitedDoi("10.1371/a", agency="Crossref")) == []


def test_many_prefixes_are_asked_about_in_bounded_requests_that_divide():
    requests = asked(*(CitedDoi(f"10.{number}/x") for number in range(10000, 10120)))

    assert [len(request.subjects) for request in requests] == [50, 50, 20]
    assert max(len(request.path) for request in requests) < 1100
    assert requests[0].divide(("10.10000",)).path == "/ra/10.10000"


# Agencies


def test_a_prefix_has_an_agency():
    [record] = parse([{"DOI": "10.1108", "RA": "Crossref"}]).agencies

    assert (record.prefix, record.agency) == ("10.1108", "Crossref")


def test_a_prefix_that_does_not_exist_is_a_record_without_agency():
    parsed = parse([{"DOI": "10.0001", "status": "DOI does not exist"}])

    assert [(one.prefix, one.agency) for one in parsed.agencies] == [("10.0001", None)]


def test_an_agency_that_doi_org_calls_unknown_is_kept_as_said():
    [record] = parse([{"DOI": "10.1234", "RA": "Unknown"}]).agencies

    assert record.agency == "Unknown"


def test_the_agency_of_a_whole_doi_is_that_of_its_prefix():
    [record] = parse([{"DOI": "10.1371/JOURNAL.PONE.1", "RA": "Crossref"}]).agencies

    assert record.prefix == "10.1371"


def test_a_whole_doi_that_does_not_exist_says_nothing_of_its_prefix():
    parsed = parse([{"DOI": "10.1371/NONE", "status": "DOI does not exist"}])

    assert parsed.agencies == ()
    assert [(one.subject, one.cause) for one in parsed.absent] == [
        ("10.1371/none", "not found")
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"DOI": "foo", "status": "Invalid DOI"},
        {"DOI": "10.1371"},
        {"DOI": "10.1371", "status": "Try later"},
        {"RA": "Crossref"},
        "10.1371",
        None,
    ],
)
def test_rows_that_say_nothing_are_rejected_beside_their_neighbours(row):
    parsed = parse([row, {"DOI": "10.1108", "RA": "Crossref"}])

    assert [reject.index for reject in parsed.rejects] == [0]
    assert len(parsed.agencies) == 1


@pytest.mark.parametrize("body", [b"", b"busy", b'{"a": 1}', b'[{"DOI": "10.'])
def test_an_answer_about_agencies_that_is_no_list_is_an_error(body):
    parsed = parse(body, endpoint="ra", subjects=("10.1108",))

    assert parsed.kind == "error"
    assert parsed.soft_error


VALUES = st.none() | st.integers() | st.text() | st.sampled_from(["10.1108", "10.1/x"])


@given(
    st.lists(VALUES | st.dictionaries(st.sampled_from(["DOI", "RA", "status"]), VALUES))
)
def test_whatever_a_list_holds_each_item_is_accounted_for(rows):
    assert parse(rows).received == len(rows)


# Pages


def test_the_not_found_page_is_absent_and_not_an_error():
    parsed = parse(NOT_FOUND)

    assert (parsed.kind, parsed.received) == ("not-found", 1)
    assert parsed.absent[0].subject == "10.1371/journal.pone.000001"
    assert parsed.soft_error is None


def test_the_page_for_something_that_is_no_doi_is_an_error():
    parsed = parse(b"<html><head><title>Error: Not a DOI</title></head></html>")

    assert (parsed.kind, parsed.received) == ("error", 0)
    assert "Not a DOI" in parsed.soft_error


@pytest.mark.parametrize(
    "body",
    [b"@article{x, doi = {10.1000/x}}", b"Petchey, O. L. (2016).", b'{"handle": "1"}'],
)
def test_citations_as_text_and_handles_are_kinds_that_are_not_handled(body):
    assert parse(body) == Parsed(kind=None)


# CSL


def test_a_csl_record_is_a_work_under_its_doi_in_lower_case():
    record = work()

    assert record.record_key == "doi:10.5281/zenodo.1147025"
    assert record.title == "Rainbow Of Open Science Practices"
    assert record.published_date.iso == "2018-01-14"
    assert [author.name for author in record.authors] == ["Bianca Kramer", "ReSA"]


@pytest.mark.parametrize(
    ("issued", "iso"),
    [
        ({"date-parts": [["2018", "1"]]}, "2018-01"),
        ({"date-parts": [["2018", ""]]}, "2018"),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": None}, None),
        ({"date-parts": [[2019, 2, 31]]}, "2019-02"),
        ({"raw": "2018-03"}, "2018-03"),
        (None, None),
    ],
)
def test_dates_come_as_numbers_text_or_null(issued, iso):
    published = work(issued=issued).published_date

    assert (published.iso if published else None) == iso


@pytest.mark.parametrize(
    ("title", "expected"),
    [("One", "One"), (["One", "Two"], "One"), ([], None), (None, None), ("", None)],
)
def test_titles_come_as_text_as_lists_or_not_at_all(title, expected):
    assert work(title=title).title == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("article-journal", ("article", "table")),
        ("proceedings-article", ("conference-paper", "table")),
        ("thesis", ("dissertation", "table")),
        ("posted-content", ("preprint", "preprint")),
        ("article", ("other", "table")),
        ("something-unknown", ("other", "unknown")),
        (None, ("other", "unknown")),
    ],
)
def test_csl_types_are_mapped_and_unknown_ones_are_other(word, expected):
    record = work(type=word)

    assert (record.publication_type, record.type_rule) == expected


def test_an_arxiv_article_is_a_preprint():
    assert work(DOI="10.48550/arXiv.1706.03762", type="article").type_rule == "preprint"


@pytest.mark.parametrize(
    ("issued", "iso"),
    [
        ("2012-03", "2012-03"),
        ({"date-parts": [2012, 3]}, "2012-03"),
        ({"date-parts": [["2012", "March", "5"]]}, "2012"),
        ({"date-parts": [["2012", "", "5"]]}, "2012"),
    ],
)
def test_a_date_in_another_shape_does_not_cost_the_work(issued, iso):
    [work] = parse(CSL | {"issued": issued}).works

    assert work.published_date is not None
    assert work.published_date.iso == iso


def test_a_year_that_no_column_holds_is_rejected():
    [reject] = parse(CSL | {"issued": {"date-parts": [[10**30]]}}).rejects

    assert reject.errors[0].field.startswith("issued.date-parts.0.0")


def test_a_csl_record_with_a_bad_doi_is_rejected_with_its_reason():
    [reject] = parse(CSL | {"DOI": "none"}).rejects

    assert reject.errors[0].field == "DOI"
    assert "not a DOI" in reject.errors[0].message


def test_issns_and_orcids_of_csl_come_in_several_forms():
    record = work(
        ISSN="1234-5678",
        author=[
            {"family": "A", "ORCID": "http://orcid.org/0000-0002-1825-0097"},
            {"family": "B", "ORCID": "unknown"},
            {"given": ""},
        ],
    )

    assert record.issns == ("1234-5678",)
    assert [author.orcid for author in record.authors] == ["0000-0002-1825-0097", None]
    assert work(author=None).authors is None
