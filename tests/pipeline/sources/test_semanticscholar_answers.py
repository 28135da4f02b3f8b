"""Semantic Scholar's batches, lists and errors, in the shapes that it sends."""

import gzip
import json

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.semanticscholar import SOURCE

ALONE = ParseContext()
ID = "a" * 40
OTHER = "b" * 40
PAPER = {"paperId": ID, "externalIds": {"DOI": "10.1000/ABC"}, "title": "On moss"}


def parse(value, context=ALONE):
    return SOURCE.parse(json.dumps(value).encode(), context)


def listed(*items, subjects=(f"s2:{OTHER}",), endpoint="citations", **more):
    return parse({"offset": 0, **more, "data": items}, ParseContext(endpoint, subjects))


# A batch


def test_a_batch_answers_by_place_and_null_is_not_found():
    context = ParseContext("paper/batch", ("10.1000/none", "10.1000/abc"))

    parsed = parse([None, PAPER], context)

    assert parsed.received == 2
    [absent] = parsed.absent
    assert (absent.index, absent.subject) == (0, "10.1000/none")
    assert absent.cause == "not found"
    assert parsed.works[0].index == 1


def test_a_bad_paper_in_a_batch_is_rejected_at_its_own_place():
    context = ParseContext("paper/batch", ("10.1000/a", "10.1000/b", "10.1000/c"))

    parsed = parse([None, {"paperId": ID, "year": []}, PAPER], context)

    assert [one.index for one in parsed.rejects] == [1]
    assert [one.index for one in parsed.works] == [2]


def test_a_paper_that_answers_to_another_doi_is_a_version_of_what_was_asked_for():
    [work] = parse([PAPER], ParseContext("paper/batch", ("10.1101/pre",))).works

    assert "doi:10.1101/pre" not in work.tokens
    assert ("is-version-of", "doi:10.1101/pre") in [
        (link.relation, link.token) for link in work.version_links
    ]


def test_a_paper_without_a_doi_has_the_one_that_was_asked_for():
    bare = {"paperId": ID, "externalIds": {"CorpusId": 7}}

    [work] = parse([bare], ParseContext("paper/batch", ("10.1000/x",))).works

    assert work.tokens == ("doi:10.1000/x", f"s2:{ID}")


@pytest.mark.parametrize("value", [[], [PAPER, PAPER], {"data": []}, PAPER])
def test_a_batch_that_does_not_answer_each_question_is_an_error(value):
    parsed = parse(value, ParseContext("paper/batch", ("10.1000/x",)))

    assert parsed.soft_error
    assert parsed.received == 0


# Lists


def test_a_citation_is_between_the_listed_paper_and_the_asked_one():
    item = {
        "citingPaper": {"paperId": ID, "externalIds": {"DOI": "10.1000/ABC"}},
        "contexts": ["As in [4].", "See [4]."],
        "contextsWithIntent": [{"context": "As in [4].", "intents": ["result"]}],
        "intents": ["result", "background"],
        "isInfluential": True,
    }

    [citation] = listed(item).citations

    assert citation.citing_tokens == ("doi:10.1000/abc", f"s2:{ID}")
    assert citation.cited_tokens == (f"s2:{OTHER}",)
    assert [(one.text, one.intents) for one in citation.contexts] == [
        ("As in [4].", ("result",)),
        ("See [4].", ()),
    ]
    assert citation.intents == ("background", "result")
    assert citation.is_influential is True


def test_a_reference_points_the_other_way_and_is_the_same_record_from_both_ends():
    [reference] = listed(
        {"citedPaper": {"paperId": ID}}, endpoint="references"
    ).citations
    [citation] = listed(
        {"citingPaper": {"paperId": OTHER}}, subjects=(f"s2:{ID}",)
    ).citations

    assert reference.citing_tokens == (f"s2:{OTHER}",)
    assert reference.cited_tokens == (f"s2:{ID}",)
    assert reference.record_key == citation.record_key


def test_a_list_that_stands_alone_names_one_side_only():
    [citation] = parse(
        {"offset": 0, "data": [{"citingPaper": {"paperId": ID}}]}
    ).citations

    assert citation.citing_tokens == (f"s2:{ID}",)
    assert citation.cited_tokens == ()


def test_a_listed_paper_without_paper_id_is_absent_or_known_by_another_name():
    nobody = {"citingPaper": {"paperId": None, "externalIds": None, "title": "T"}}
    named = {"citingPaper": {"paperId": None, "externalIds": {"DOI": "10.1000/x"}}}

    parsed = listed(nobody, named)

    [absent] = parsed.absent
    assert (absent.index, absent.subject) == (0, "T")
    assert absent.cause == "no identifier"
    assert parsed.citations[0].citing_tokens == ("doi:10.1000/x",)


def test_an_item_without_a_paper_is_rejected_and_its_neighbours_stay():
    parsed = listed({"contexts": []}, {"citingPaper": {"paperId": ID}}, None)

    assert [one.index for one in parsed.rejects] == [0, 2]
    assert len(parsed.citations) == 1


def test_the_next_page_begins_where_the_list_says_and_its_length_is_not_declared():
    parsed = listed({"citingPaper": {"paperId": ID}}, next=1000)

    assert parsed.next_cursor == "1000"
    assert parsed.declared_total is None
    assert listed().next_cursor is None


def test_references_that_a_publisher_withholds_are_no_error_and_no_items():
    parsed = parse({"data": None}, ParseContext("references", (f"s2:{ID}",)))

    assert (parsed.soft_error, parsed.received) == (None, 0)
    assert parse({"data": None}, ParseContext("citations", (f"s2:{ID}",))).soft_error


def test_a_search_declares_its_length_and_may_leave_out_an_empty_list():
    found = parse({"total": 7, "offset": 0, "next": 1, "data": [PAPER]})
    nothing = parse({"total": 0, "offset": 0})

    assert (found.kind, found.declared_total, found.next_cursor) == ("papers", 7, "1")
    assert (nothing.kind, nothing.declared_total) == ("papers", 0)
    assert parse({"total": 9, "token": "XY", "data": [PAPER]}).next_cursor == "XY"


# Errors, and what is not ours


@pytest.mark.parametrize(
    "said",
    [
        {"message": "Too Many Requests. Please wait.", "code": "429"},
        {"message": "Forbidden"},
        {"error": "Unrecognized or unsupported fields: [unknown]"},
        {"message": "Internal Server Error"},
        {},
        [],
        7,
    ],
)
def test_an_answer_that_is_no_list_is_an_error_and_never_no_citations(said):
    parsed = parse(said, ParseContext("citations", (f"s2:{ID}",)))

    assert (parsed.kind, bool(parsed.soft_error)) == ("error", True)


def test_that_a_paper_is_not_found_is_an_answer():
    parsed = parse({"error": "Paper with id DOI:10.1000/x not found"})

    assert parsed.kind == "not-found"
    assert (parsed.received, parsed.absent[0].cause) == (1, "not found")


@pytest.mark.parametrize(
    "value",
    [
        {"authorId": "1", "name": "A. Fox"},
        [{"authorId": "1", "name": "A. Fox"}],
        {"offset": 0, "data": [{"authorId": "1"}]},
        {"data": [{"paper": {"corpusId": "1"}, "snippet": {}, "score": 0.5}]},
        {"recommendedPapers": [PAPER]},
        ["2022-05-10", "2022-05-17"],
        {"release_id": "2022-05-10", "datasets": []},
    ],
)
def test_authors_snippets_and_data_sets_are_kinds_not_handled(value):
    parsed = parse(value)

    assert (parsed.kind, parsed.received, parsed.soft_error) == (None, 0, None)


def test_what_stands_alone_and_says_nothing_may_be_the_answer_to_anything():
    assert parse([]).kind == "empty"
    assert parse({"offset": 0, "data": []}).kind == "empty"
    assert [one.cause for one in parse([None, None]).absent] == ["not found"] * 2


@pytest.mark.shared
def test_recorded_papers_and_lists_are_read_without_a_reject(shared):
    folder = shared / "recorded" / "semanticscholar"
    parsed = [
        SOURCE.parse(_bytes(file), ALONE)
        for kind in ("paper", "citations", "references", "search")
        for file in sorted((folder / kind).iterdir())
    ]

    assert sum(one.received for one in parsed) > 0
    assert sum(one.parsed_count for one in parsed) > 0
    assert [one.rejects for one in parsed if one.rejects] == []


def _bytes(file):
    body = file.read_bytes()
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
