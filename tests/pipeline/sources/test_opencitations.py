"""OpenCitations: citations and counts, as JSON and in the dumps."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.base import ParseContext
from pipeline.sources.opencitations import SOURCE
from schemas.provenance import Parsed

ROW = {
    "oci": "0601-0602",
    "citing": "omid:br/0601 doi:10.1000/citing",
    "cited": "omid:br/0602 doi:10.1000/cited",
    "creation": "2020-05-01",
    "timespan": "P1Y",
    "journal_sc": "no",
    "author_sc": "no",
}


def parse(value, endpoint=None):
    return SOURCE.parse(json.dumps(value).encode(), ParseContext(endpoint))


def citation(**changes):
    parsed = parse([ROW | changes])
    assert parsed.parsed_count == 1, parsed
    return parsed.citations[0]


# Citations


def test_an_empty_list_of_citations_is_no_error_and_no_record():
    parsed = parse([], "citations")

    assert parsed == Parsed(kind="citations")


def test_an_empty_list_alone_may_answer_anything():
    assert parse([]) == Parsed(kind="empty")


def test_a_citation_keeps_every_identifier_of_both_sides():
    record = citation(citing="omid:br/0601 doi:10.1000/CITING pmid:0012 pmcid:PMC34")

    assert record.record_key == "oci:0601-0602"
    assert record.citing_tokens == (
        "doi:10.1000/citing",
        "pmid:12",
        "pmcid:PMC34",
        "omid:br/0601",
    )
    assert record.cited_tokens == ("doi:10.1000/cited", "omid:br/0602")
    assert (record.created, record.timespan) == ("2020-05-01", "P1Y")


def test_two_dois_in_one_cell_are_both_kept():
    record = citation(cited="omid:br/0602 doi:10.1000/b doi:10.1000/a")

    assert record.cited_tokens == ("doi:10.1000/a", "doi:10.1000/b", "omid:br/0602")


def test_a_sici_doi_in_a_cell_stays_whole():
    sici = "10.1002/(sici)1097-4571(198909)40:5<342::aid-asi7>3.0.co;2-u"

    assert citation(cited=f"doi:{sici}").cited_tokens == (f"doi:{sici}",)


def test_a_work_that_cites_itself_is_kept_for_those_who_judge_it():
    record = citation(oci="0602-0602", citing=ROW["cited"])

    assert record.citing_tokens == record.cited_tokens


def test_self_citation_flags_are_kept_as_evidence_and_empty_ones_say_nothing():
    record = citation(author_sc="yes", journal_sc="")

    assert record.author_self_citation is True
    assert record.journal_self_citation is None
    assert citation().author_self_citation is False


def test_an_empty_creation_and_a_negative_timespan_are_what_they_are():
    record = citation(creation="", timespan="-P2Y1M")

    assert (record.created, record.timespan) == (None, "-P2Y1M")


def test_a_citing_record_without_identifier_is_absent_and_no_edge():
    parsed = parse([ROW | {"citing": ""}, ROW | {"citing": "isbn:9780000000000"}])

    assert [item.cause for item in parsed.absent] == ["no identifier"] * 2
    assert parsed.absent[0].subject == "oci:0601-0602"
    assert (parsed.received, parsed.parsed_count) == (2, 0)


def test_an_empty_cited_side_is_read_from_the_oci():
    record = citation(oci="06101801781-06180334099", cited="")

    assert record.cited_tokens == ("omid:br/06180334099",)


def test_an_empty_cited_side_is_rejected_where_the_oci_holds_no_omid():
    parsed = parse([ROW | {"oci": "02001-02002", "cited": ""}])

    assert "cited" in parsed.rejects[0].errors[0].message


def test_other_schemes_are_read_too_and_versions_of_a_preprint_are_one():
    record = citation(citing="meta:br/0601 arxiv:arXiv:1706.03762v2")

    assert record.citing_tokens == ("arxiv:1706.03762", "omid:br/0601")


def test_an_omid_that_is_no_works_is_not_an_identifier():
    [reject] = parse([ROW | {"citing": "omid:ra/0601"}]).rejects

    assert "not an OMID" in reject.errors[0].message


def test_a_dump_that_is_no_text_is_an_error():
    parsed = SOURCE.parse(b"oci,citing,cited\n\xff\xfe,a,b\n", ParseContext())

    assert parsed.kind == "error"
    assert "CSV" in parsed.soft_error


def test_a_cell_of_a_dump_may_name_thousands_of_authors():
    names = "; ".join(f"Family, Given [omid:ra/06{n:09d}]" for n in range(6000))
    dump = f'id,title,author,type\nomid:br/0601,T,"{names}",journal article\n'

    [record] = SOURCE.parse(dump.encode(), ParseContext()).works

    assert len(record.authors) == 6000


def test_a_bad_doi_is_dropped_where_another_identifier_stands_beside_it():
    record = citation(citing="omid:br/0601 doi:unknown")

    assert record.citing_tokens == ("omid:br/0601",)


def test_a_rejected_row_names_everything_that_is_wrong_and_costs_no_neighbour():
    parsed = parse([ROW | {"oci": "?", "citing": "doi:no", "cited": "pmid:x"}, ROW])

    assert parsed.parsed_count == 1
    [reject] = parsed.rejects
    assert reject.index == 0
    assert {error.field for error in reject.errors} == {"oci", "citing", "cited"}


@pytest.mark.parametrize("row", [None, "text", 7, [], {}, {"oci": None}])
def test_rows_of_any_shape_are_rejected_and_never_crash(row):
    parsed = parse([row, ROW], "citations")

    assert [reject.index for reject in parsed.rejects] == [0]
    assert parsed.parsed_count == 1


def test_rows_of_index_v1_have_bare_dois():
    record = citation(
        oci="02001-02002", citing="10.1186/1756-8722-6-59", cited="10.1186/AR4086"
    )

    assert record.citing_tokens == ("doi:10.1186/1756-8722-6-59",)
    assert record.cited_tokens == ("doi:10.1186/ar4086",)


def test_names_of_indexes_before_values_are_left_out():
    record = citation(
        oci="[COCI] => 02001-02002",
        citing="coci => 10.1000/a; croci => 10.1000/a",
        creation="coci => 2019; croci => 2018",
        author_sc="coci => yes",
    )

    assert record.record_key == "oci:02001-02002"
    assert record.citing_tokens == ("doi:10.1000/a",)
    assert record.created == "2019"
    assert record.author_self_citation is True


def test_a_dump_of_citations_gives_what_the_api_gives():
    dump = (
        b"id,citing,cited,creation,timespan,journal_sc,author_sc\n"
        b"oci:0601-0602,omid:br/0601 doi:10.1000/citing,"
        b"omid:br/0602 doi:10.1000/cited,2020-05-01,P1Y,no,no\n"
    )

    assert SOURCE.parse(dump, ParseContext()).citations == (citation(),)


def test_a_dump_with_a_damaged_line_keeps_the_other_lines():
    dump = b"oci,citing,cited\n0601-0602\n0603-0602,doi:10.1000/a,doi:10.1000/b,x,y\n"

    parsed = SOURCE.parse(dump, ParseContext())

    assert (parsed.received, parsed.parsed_count, len(parsed.absent)) == (2, 1, 1)


def test_other_texts_are_errors_when_they_stand_alone():
    assert SOURCE.parse(b"\xff\xfe\x00", ParseContext()).kind == "error"
    assert SOURCE.parse(b"a,b\n1,2\n", ParseContext()).kind == "error"


VALUES = st.none() | st.integers() | st.booleans() | st.text()
ROWS = st.lists(
    VALUES | st.dictionaries(st.sampled_from([*ROW, "id", "title", "count"]), VALUES)
)


@given(ROWS, st.sampled_from(["citations", "metadata", "citation-count", None]))
def test_whatever_a_list_holds_each_item_is_accounted_for(rows, endpoint):
    parsed = parse(rows, endpoint)

    assert parsed.received == (len(rows) if parsed.kind not in (None, "empty") else 0)


# Counts


def test_a_count_is_a_number_in_text():
    parsed = parse([{"count": "12"}], "citation-count")

    assert parsed.kind == "count"
    assert [count.declared_count for count in parsed.counts] == [12]


@pytest.mark.parametrize("count", ["", "many", "-1", None, "9" * 30])
def test_a_count_that_is_no_number_is_rejected_and_not_zero(count):
    parsed = parse([{"count": count}], "citation-count")

    assert (parsed.received, parsed.counts, len(parsed.rejects)) == (1, (), 1)
