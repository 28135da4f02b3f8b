"""Europe PMC: records, lists and errors as they come."""

import json

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.europepmc import SOURCE
from pipeline.wire.europepmc_types import europepmc_type

CORE = {
    "id": "90000001",
    "source": "MED",
    "pmid": "90000001",
    "pmcid": "PMC9000001",
    "doi": "10.5555/Bread",
    "title": "Bread &amp; <i>sleep</i>.",
    "authorString": "Quill P, Imaginary Group.",
    "authorList": {
        "author": [
            {
                "fullName": "Quill P",
                "firstName": "Perpetua",
                "lastName": "Quill",
                "initials": "P",
                "authorId": {"type": "ORCID", "value": "0000-0002-1825-0097"},
            },
            {"collectiveName": "Imaginary Group"},
        ]
    },
    "journalInfo": {
        "printPublicationDate": "2020-03-01",
        "journal": {"title": "J Bread", "issn": "9990-0012", "essn": "9990-0020"},
    },
    "pubYear": "2020",
    "firstPublicationDate": "2020-02-11",
    "pubTypeList": {"pubType": ["Journal Article", "Review"]},
    "language": "eng",
    "license": "cc by",
    "citedByCount": 7,
    "fullTextUrlList": {
        "fullTextUrl": [
            {
                "availabilityCode": "S",
                "documentStyle": "doi",
                "url": "https://a.example",
            },
            {
                "availabilityCode": "OA",
                "documentStyle": "pdf",
                "url": "https://b.example",
            },
            {
                "availabilityCode": "OA",
                "documentStyle": "html",
                "url": "https://c.example",
            },
        ]
    },
}


def search(*records, hits=None):
    return {
        "version": "6.9",
        "hitCount": len(records) if hits is None else hits,
        "request": {"queryString": "x"},
        "resultList": {"result": list(records)},
    }


def listed(kind, *items, request=None, hits=None):
    return {
        "version": "6.9",
        "hitCount": len(items) if hits is None else hits,
        **({"request": request} if request else {}),
        f"{kind}List": {kind: list(items)},
    }


def parsed(value, endpoint=None, subjects=()):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return SOURCE.parse(body, ParseContext(endpoint, subjects))


def record(**more):
    found = parsed(search({**CORE, **more}))
    assert not found.rejects
    (work,) = found.works
    return work


def test_a_core_record_is_read_whole():
    work = record()
    assert work.record_key == "epmc:MED/90000001"
    assert work.tokens == (
        "doi:10.5555/bread",
        "pmid:90000001",
        "pmcid:PMC9000001",
        "epmc:MED/90000001",
    )
    assert work.title == "Bread & sleep."
    assert (work.publication_type, work.type_rule) == ("review", "table")
    assert work.raw_type == "Journal Article; Review"
    assert work.published_date.iso == "2020-02-11"
    assert work.date_rule == "firstPublicationDate"
    assert work.container_title == "J Bread"
    assert work.issns == ("9990-0012", "9990-0020")
    assert (work.language, work.licence) == ("en", "cc by")
    assert work.oa_url == "https://c.example"
    assert work.cited_by_count == 7
    assert work.is_retracted is False
    first, group = work.authors
    assert (first.name, first.family, first.given, first.orcid) == (
        "Perpetua Quill",
        "Quill",
        "Perpetua",
        "0000-0002-1825-0097",
    )
    assert (group.name, group.family) == ("Imaginary Group", None)


def test_a_lite_record_gives_its_types_in_one_text():
    lite = {
        "id": "PPR77",
        "source": "PPR",
        "doi": "10.1101/2020.01.01.1",
        "title": "Early",
        "pubType": "preprint; ",
        "pubYear": "2020",
        "journalIssn": "0140-6736; 1474-547x; ",
    }
    (work,) = parsed(search(lite)).works
    assert work.record_key == "epmc:PPR/PPR77"
    assert (work.publication_type, work.type_rule) == ("preprint", "preprint")
    assert (work.published_date.iso, work.date_rule) == ("2020", "pubYear")
    assert work.issns == ("0140-6736", "1474-547X")
    assert work.authors is None


def test_an_id_list_gives_names_only():
    (work,) = parsed(search({"id": "1", "source": "MED", "pmid": "1"})).works
    assert work.tokens == ("pmid:1", "epmc:MED/1")
    assert (work.publication_type, work.type_rule) == ("other", "unknown")
    assert work.is_retracted is None


def test_the_id_of_a_source_is_the_identifier_that_it_is():
    found = parsed(
        search({"id": "5", "source": "MED"}, {"id": "PMC6", "source": "PMC"})
    )
    assert [work.tokens for work in found.works] == [
        ("pmid:5", "epmc:MED/5"),
        ("pmcid:PMC6", "epmc:PMC/PMC6"),
    ]


def test_a_record_without_any_name_is_absent():
    found = parsed(search({"title": "Nothing else"}))
    assert (found.received, found.works) == (1, ())
    assert [(one.subject, one.cause) for one in found.absent] == [
        ("Nothing else", "no identifier")
    ]


def test_a_record_that_is_no_object_is_rejected_and_its_neighbour_kept():
    found = parsed(search("a string", CORE))
    assert [reject.index for reject in found.rejects] == [0]
    assert [work.index for work in found.works] == [1]


@pytest.mark.parametrize(
    "more",
    [
        {"doi": "not a doi"},
        {"authorList": "P Quill"},
        {"authorList": {"author": {"fullName": "Quill P"}}},
        {"authorList": {"author": ["Quill P"]}},
        {"journalInfo": []},
        {"pubTypeList": {"pubType": "Review"}},
        {"citedByCount": "7"},
        {"citedByCount": None},
        {"citedByCount": -1},
        {"firstPublicationDate": "soon", "pubYear": 2020},
        {"commentCorrectionList": {"commentCorrection": None}},
        {"fullTextUrlList": {"fullTextUrl": {"url": 7}}},
        {"language": None, "license": True},
    ],
)
def test_an_odd_field_costs_no_record(more):
    assert record(**more).record_key == "epmc:MED/90000001"


def test_one_that_stands_alone_counts_like_a_list_of_one():
    work = record(
        authorList={"author": {"fullName": "Quill P"}},
        pubTypeList={"pubType": "Letter"},
    )
    assert [author.name for author in work.authors] == ["Quill P"]
    assert work.publication_type == "letter"


def test_a_record_saved_by_a_tool_is_one_work():
    wrapped = {name: [value] for name, value in CORE.items()}
    for alone in (CORE, wrapped, {"downloaded": True, "full": CORE}):
        found = parsed(alone)
        assert (found.kind, found.received) == ("works", 1)
        assert found.works[0].tokens == record().tokens
        assert found.works[0].publication_type == "review"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Journal Article"], ("article", "table")),
        (["Clinical Trial, Phase III", "Journal Article"], ("article", "table")),
        (["Journal Article", "Published Erratum"], ("erratum", "notice")),
        (["Retraction of Publication", "Editorial"], ("retraction", "notice")),
        (["Retracted Publication", "Journal Article"], ("article", "table")),
        (["Review", "Letter"], ("letter", "table")),
        (["Research Support, Non-U.S. Gov't"], ("other", "unknown")),
        (["Holographic Essay"], ("other", "unknown")),
        ([], ("other", "unknown")),
    ],
)
def test_of_several_words_the_strongest_counts(words, expected):
    assert europepmc_type(words, "MED") == expected


def test_a_retracted_article_keeps_its_type():
    work = record(pubTypeList={"pubType": ["Review", "Retracted Publication"]})
    assert (work.publication_type, work.is_retracted) == ("review", True)


def test_notices_are_told_in_the_words_of_notices():
    comments = [
        {
            "type": "Retraction in",
            "source": "MED",
            "id": "2",
            "reference": "J Bread. 2021;3. doi: 10.5555/Gone.1.",
        },
        {"type": "Erratum in", "source": "MED", "id": "3", "reference": "J Bread."},
        {"type": "Erratum for", "source": "MED", "id": "4"},
        {"type": "Comment in", "source": "MED", "id": "5"},
    ]
    work = record(commentCorrectionList={"commentCorrection": comments})
    assert [(one.type, one.doi, one.asserted_by) for one in work.notices] == [
        ("erratum", None, "europepmc"),
        ("retraction", "10.5555/gone.1", "europepmc"),
    ]
    assert work.is_retracted is True


def test_a_preprint_is_linked_to_what_it_became():
    comments = {
        "commentCorrection": [{"type": "Preprint of", "source": "MED", "id": "8"}]
    }
    work = record(source="PPR", id="PPR1", commentCorrectionList=comments)
    assert [(one.relation, one.token) for one in work.version_links] == [
        ("is-preprint-of", "epmc:MED/8")
    ]


@pytest.mark.parametrize(
    ("source", "other", "relations"),
    [("MED", "MED", []), ("MED", "PPR", ["has-preprint"])],
)
def test_an_update_is_another_version_only_of_a_preprint(source, other, relations):
    comments = {"commentCorrection": {"type": "Update of", "source": other, "id": "9"}}
    work = record(source=source, commentCorrectionList=comments)
    assert [one.relation for one in work.version_links] == relations


CITING = {"id": "11", "source": "MED", "title": "Citing"}
ASKED = {"id": "90000001", "source": "MED", "offSet": 0, "pageSize": 1000}


def test_both_lists_give_an_edge_the_same_key():
    (of_cited,) = parsed(listed("citation", CITING, request=ASKED)).citations
    back = {"id": "11", "source": "MED"}
    item = {"id": "90000001", "source": "MED", "doi": "10.5555/bread"}
    (of_citing,) = parsed(listed("reference", item, request=back)).citations
    assert (
        of_cited.record_key == of_citing.record_key == "epmc:MED/11>epmc:MED/90000001"
    )
    assert (
        of_cited.citing_tokens == of_citing.citing_tokens == ("pmid:11", "epmc:MED/11")
    )
    assert of_citing.cited_tokens[0] == "doi:10.5555/bread"


def test_whose_list_it_is_stands_in_the_answer_or_in_the_question():
    (citation,) = parsed(
        listed("citation", CITING), "citations", ("epmc:MED/90000001",)
    ).citations
    assert citation.cited_tokens == ("pmid:90000001", "epmc:MED/90000001")
    (alone,) = parsed(listed("citation", CITING)).citations
    assert alone.cited_tokens == ()


def test_a_reference_that_was_not_matched_is_absent():
    found = parsed(
        listed("reference", {"title": "A pamphlet", "match": "N"}, request=ASKED)
    )
    assert [(one.subject, one.cause) for one in found.absent] == [
        ("A pamphlet", "no identifier")
    ]


def test_an_empty_list_is_a_list():
    found = parsed(listed("citation", request=ASKED), "citations")
    assert (found.kind, found.received, found.declared_total) == ("citations", 0, 0)
    assert found.soft_error is None


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"errCode": 404, "errMsg": "Not found"}, "error 404: Not found"),
        (b"", "empty"),
        (b"<html><body>Maintenance</body></html>", "HTML"),
        (b'<?xml version="1.0"?><responseWrapper/>', "XML"),
        (b"[]", "not an object"),
        ({"version": "6.9"}, "no list"),
        (b'{"hitCount": 1, "resultLi', "not JSON"),
    ],
)
def test_an_answer_without_its_list_is_never_no_results(body, says):
    found = parsed(body, "search")
    assert found.received == 0
    assert says in found.soft_error


def test_a_search_that_gives_less_than_its_hits_is_half_an_answer():
    assert "1 of 2 hits" in parsed(search(CORE, hits=2), "search").soft_error
    assert parsed(search(CORE, hits=5_000_000)).soft_error is None


@pytest.mark.parametrize(
    "body",
    [b'<?xml version="1.0"?><responseWrapper/>', {"dbCrossReferenceList": {}}, b"[1]"],
)
def test_other_kinds_are_not_handled(body):
    found = parsed(body)
    assert (found.kind, found.received, found.soft_error) == (None, 0, None)


@pytest.mark.parametrize(("hits", "total"), [("2500", 2500), (True, None), (-1, None)])
def test_a_declared_total_is_read_as_text_too(hits, total):
    body = {"hitCount": hits, "citationList": {"citation": [CITING]}}
    assert parsed(body, "citations", ("epmc:MED/90000001",)).declared_total == total


@pytest.mark.parametrize("nothing", ["", None, {}, {"citation": ""}])
def test_an_empty_list_may_be_written_in_other_ways(nothing):
    found = parsed({"hitCount": 0, "citationList": nothing}, "citations")
    assert (found.kind, found.received, found.rejects) == ("citations", 0, ())
    assert found.soft_error is None


def test_hits_without_a_list_are_an_error():
    found = parsed({"hitCount": 3, "citationList": ""}, "citations")
    assert found.soft_error == "no list in the answer"
