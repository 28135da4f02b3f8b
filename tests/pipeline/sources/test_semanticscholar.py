"""A paper of Semantic Scholar, in the shapes that it sends."""

import json

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.semanticscholar import SOURCE
from pipeline.wire.semanticscholar_types import TYPES

ALONE = ParseContext()
ID = "a" * 40
PAPER = {
    "paperId": ID,
    "externalIds": {
        "DOI": "10.1000/ABC",
        "PubMed": "0123",
        "PubMedCentral": "456",
        "ArXiv": "2101.00001v2",
        "MAG": "789",
        "CorpusId": 5,
    },
    "title": "On <i>moss</i>",
    "venue": "J. Moss",
    "publicationVenue": {"name": "Journal of Moss Studies", "issn": "1234-5678"},
    "journal": {"name": "Journal of Moss", "volume": "3"},
    "year": 2020,
    "publicationDate": "2020-03-01",
    "publicationTypes": ["JournalArticle", "Review"],
    "authors": [
        {"authorId": "1", "name": "A. Fox"},
        {
            "authorId": None,
            "name": "B. Hare",
            "externalIds": {"ORCID": "0000-0002-1825-0097"},
        },
    ],
    "citationCount": 3,
    "referenceCount": 0,
    "openAccessPdf": {"url": "", "status": "CLOSED", "license": None},
}


def parse(value, context=ALONE):
    return SOURCE.parse(json.dumps(value).encode(), context)


def read(**fields):
    [work] = parse({**PAPER, **fields}).works
    return work


# A paper


def test_a_paper_is_a_work_with_all_its_names_but_those_of_other_graphs():
    work = read()

    assert work.record_key == f"s2:{ID}"
    assert work.tokens == (
        "doi:10.1000/abc",
        "pmid:123",
        "pmcid:PMC456",
        "arxiv:2101.00001",
        f"s2:{ID}",
    )


def test_a_paper_says_what_when_where_and_who():
    work = read()

    assert work.title == "On moss"
    assert work.container_title == "Journal of Moss"
    assert work.issns == ("1234-5678",)
    assert (work.published_date.iso, work.date_rule) == (
        "2020-03-01",
        "publicationDate",
    )
    assert [(one.name, one.orcid) for one in work.authors] == [
        ("A. Fox", None),
        ("B. Hare", "0000-0002-1825-0097"),
    ]
    assert (work.cited_by_count, work.reference_count) == (3, 0)
    assert work.is_retracted is None


def test_an_article_with_its_preprint_inside_is_tied_to_it_and_not_merged():
    [link] = read().version_links

    assert (link.relation, link.token) == (
        "has-preprint",
        "doi:10.48550/arxiv.2101.00001",
    )


def test_a_preprint_is_not_its_own_version():
    ids = {"DOI": "10.48550/arXiv.2101.00001", "ArXiv": "2101.00001"}

    assert read(externalIds=ids).version_links == ()


def test_an_empty_address_of_a_pdf_is_no_address():
    assert read().oa_url is None
    assert read(openAccessPdf={"url": "https://x.org/1.pdf"}).oa_url
    assert read(openAccessPdf=None).oa_url is None


def test_without_a_date_the_year_counts_and_an_unreadable_date_is_kept():
    work = read(publicationDate="spring")

    assert (work.published_date.iso, work.published_date.raw) == ("2020", "spring")
    assert work.date_rule == "year"
    assert read(publicationDate=None, year=None).published_date is None


def test_a_paper_of_which_nothing_is_known_but_its_id_is_a_record():
    nothing = {"authors": None, "citations": None, "references": None}

    [work] = parse({"paperId": ID, **nothing}).works

    assert work.tokens == (f"s2:{ID}",)
    assert work.authors is None
    assert (work.publication_type, work.type_rule) == ("other", "unknown")


def test_papers_inside_a_paper_are_not_items():
    parsed = parse({**PAPER, "citations": [PAPER], "references": [PAPER]})

    assert (parsed.received, len(parsed.works)) == (1, 1)
    assert parsed.works[0].references == ()


def test_a_paper_of_the_first_api_is_read():
    [work] = parse(
        {"paperId": ID, "doi": "10.1000/X", "arxivId": None, "numCitedBy": 2}
    ).works

    assert work.tokens == ("doi:10.1000/x", f"s2:{ID}")
    assert work.cited_by_count == 2


def test_an_id_that_cannot_be_read_costs_only_itself():
    ids = {"DOI": "not a doi", "PubMed": "x"}

    assert read(externalIds=ids).tokens == (f"s2:{ID}",)


def test_a_paper_with_unreadable_names_only_is_rejected_with_all_of_them():
    parsed = parse({"paperId": "7", "externalIds": {"DOI": "nonsense"}})

    [reject] = parsed.rejects
    assert "paperId" in reject.errors[0].message
    assert "nonsense" in reject.errors[0].message


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        *((["JournalArticle", word], TYPES[word]) for word in ("Review", "Editorial")),
        (["Review", "Editorial"], "editorial"),
        (["LettersAndComments", "JournalArticle"], "letter"),
        (["News"], "editorial"),
        (["MetaAnalysis", "Study"], "review"),
        (["Book", "JournalArticle", "Conference"], "conference-paper"),
        (["CaseReport"], "article"),
        (["ClinicalTrial"], "article"),
        (["Study", "BookSection"], "book-chapter"),
        (["Book"], "book"),
        (["Dataset"], "dataset"),
        (["Hologram", "Review"], "review"),
    ],
)
def test_of_several_types_the_first_in_precedence_counts(words, ours):
    work = read(publicationTypes=words)

    assert (work.publication_type, work.type_rule) == (ours, "table")
    assert read(publicationTypes=words[::-1]).publication_type == ours
    assert work.raw_type == "; ".join(words)


@pytest.mark.parametrize("words", [None, [], ["Hologram"]])
def test_no_type_and_new_types_are_other(words):
    work = read(publicationTypes=words)

    assert (work.publication_type, work.type_rule) == ("other", "unknown")
