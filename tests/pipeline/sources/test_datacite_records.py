"""DataCite: what a record is called, what it is and when it appeared."""

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


# What it is called


def test_a_doi_names_the_record_in_lower_case() -> None:
    record = work(doi="10.5072/ABC")
    assert (record.record_key, record.tokens) == ("doi:10.5072/abc", (f"doi:{DOI}",))


@pytest.mark.parametrize("doi", [None, "", 7, [], "not a doi"])
def test_a_record_whose_doi_cannot_be_read_goes_by_its_id(doi: object) -> None:
    resource = {
        "id": "https://doi.org/10.5072/ABC",
        "type": "dois",
        "attributes": attributes(doi=doi),
    }
    [record] = SOURCE.parse(body({"data": resource}), ParseContext()).works
    assert record.record_key == f"doi:{DOI}"


def test_a_record_without_any_doi_is_rejected_with_all_that_was_wrong() -> None:
    resource = {"id": "no", "type": "dois", "attributes": attributes(doi="neither")}
    parsed = SOURCE.parse(body({"data": resource}), ParseContext())
    (reject,) = parsed.rejects
    assert "'neither'" in reject.errors[0].message
    assert "'no'" in reject.errors[0].message


@pytest.mark.parametrize(
    ("doi", "token"),
    [
        ("10.48550/arXiv.2101.00001", "arxiv:2101.00001"),
        ("10.48550/arxiv.math/0309136", "arxiv:math/0309136"),
    ],
)
def test_a_doi_of_arxiv_names_the_paper_too(doi: str, token: str) -> None:
    assert work(doi=doi).tokens == (f"doi:{doi.lower()}", token)


def test_a_doi_of_arxiv_that_names_no_paper_is_only_a_doi() -> None:
    assert work(doi="10.48550/arxiv.about").tokens == ("doi:10.48550/arxiv.about",)


def test_a_draft_is_absent_as_nobody_can_resolve_it() -> None:
    resource = {"type": "dois", "attributes": attributes(state="draft")}
    parsed = SOURCE.parse(body({"data": resource}), ParseContext())
    assert [(one.subject, one.cause) for one in parsed.absent] == [(DOI, "not found")]


def test_a_record_that_its_repository_has_hidden_is_kept() -> None:
    assert work(state="registered", isActive=False).record_key == f"doi:{DOI}"


# What it is


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *((word, "article") for word in ("JournalArticle", "DataPaper")),
        ("Book", "book"),
        ("BookChapter", "book-chapter"),
        *(
            (word, "conference-paper")
            for word in ("ConferencePaper", "Poster", "Presentation")
        ),
        *((word, "dataset") for word in ("Dataset", "Collection")),
        ("Dissertation", "dissertation"),
        ("PeerReview", "peer-review"),
        *((word, "report") for word in ("Report", "Standard")),
        *(
            (word, "other")
            for word in [
                "Audiovisual",
                "Award",
                "ComputationalNotebook",
                "ConferenceProceeding",
                "Event",
                "Image",
                "Instrument",
                "InteractiveResource",
                "Journal",
                "Model",
                "Other",
                "OutputManagementPlan",
                "PhysicalObject",
                "Project",
                "Service",
                "Software",
                "Sound",
                "StudyRegistration",
                "Text",
                "Workflow",
            ]
        ),
    ],
)
def test_each_general_type_is_ours(word: str, expected: str) -> None:
    record = work(types={"resourceTypeGeneral": word})
    assert (record.publication_type, record.type_rule) == (expected, "table")


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        *(
            ({"citeproc": word}, expected)
            for word, expected in (
                ("article-journal", "article"),
                ("book", "book"),
                ("chapter", "book-chapter"),
                ("paper-conference", "conference-paper"),
                ("dataset", "dataset"),
                ("thesis", "dissertation"),
                ("report", "report"),
                ("review", "review"),
                ("article", "other"),
                ("post-weblog", "other"),
            )
        ),
        *(
            ({"bibtex": word}, expected)
            for word, expected in (
                ("article", "article"),
                ("book", "book"),
                ("inbook", "book-chapter"),
                ("incollection", "book-chapter"),
                ("inproceedings", "conference-paper"),
                ("phdthesis", "dissertation"),
                ("mastersthesis", "dissertation"),
                ("techreport", "report"),
                ("misc", "other"),
            )
        ),
    ],
)
def test_without_a_general_type_the_derived_words_speak(
    types: dict[str, str], expected: str
) -> None:
    record = work(types=types)
    assert (record.publication_type, record.type_rule) == (expected, "table")


@pytest.mark.parametrize(
    ("doi", "types", "expected"),
    [
        (DOI, {"resourceTypeGeneral": "JournalArticle"}, ("article", "table")),
        (DOI, {"resourceTypeGeneral": "journal article"}, ("article", "table")),
        (
            DOI,
            {"resourceTypeGeneral": "conference-paper"},
            ("conference-paper", "table"),
        ),
        (DOI, {"resourceTypeGeneral": "Preprint"}, ("preprint", "preprint")),
        (
            DOI,
            {"resourceTypeGeneral": "Text", "citeproc": "thesis"},
            ("other", "table"),
        ),
        (DOI, {"resourceTypeGeneral": "Hologram"}, ("other", "unknown")),
        (DOI, {"citeproc": "thesis", "bibtex": "article"}, ("dissertation", "table")),
        (
            DOI,
            {"citeproc": "", "bibtex": "inproceedings"},
            ("conference-paper", "table"),
        ),
        (DOI, "Dataset", ("dataset", "table")),
        (DOI, {}, ("other", "unknown")),
        (DOI, None, ("other", "unknown")),
        ("10.48550/arxiv.1", {"resourceTypeGeneral": "Text"}, ("preprint", "preprint")),
        ("10.48550/arxiv.1", None, ("preprint", "preprint")),
    ],
)
def test_types_are_mapped_and_never_lost(
    doi: str, types: object, expected: tuple[str, str]
) -> None:
    record = work(doi=doi, types=types)
    assert (record.publication_type, record.type_rule) == expected


def test_the_word_that_decided_the_type_is_kept() -> None:
    assert work(types={"resourceTypeGeneral": "Text"}).raw_type == "Text"
    assert work(types={"citeproc": "thesis"}).raw_type == "thesis"
    assert work(types={}).raw_type is None


@pytest.mark.parametrize(
    ("titles", "read"),
    [
        ([{"title": "A <i>b</i> &amp;amp; c"}], "A b & c"),
        ("A string", "A string"),
        ({"title": "An object"}, "An object"),
        (["A list of strings"], "A list of strings"),
        ([{"title": 1984}], "1984"),
        ([], None),
        (None, None),
        ([None, {"title": ""}, {"title": None}, {"title": "Last"}], "Last"),
        ([{"title": "(:tba)"}], None),
    ],
)
def test_titles_in_every_form_are_plain_text(titles: object, read: str | None) -> None:
    assert work(titles=titles).title == read


def test_a_translation_or_subtitle_is_no_main_title() -> None:
    typed = [
        {"title": "Une traduction", "titleType": "TranslatedTitle"},
        {"title": "With a subtitle", "titleType": "Subtitle"},
    ]
    main = {"title": "The title", "titleType": None}
    assert work(titles=[*typed, main]).title == "The title"
    assert work(titles=typed).title == "Une traduction"


# When it appeared


@pytest.mark.parametrize(
    ("fields", "iso", "rule", "raw"),
    [
        (
            {"dates": [{"date": "2019-02-14", "dateType": "Issued"}]},
            "2019-02-14",
            "Issued",
            None,
        ),
        (
            {"dates": {"date": "2019-02", "dateType": "issued"}},
            "2019-02",
            "Issued",
            None,
        ),
        (
            {"dates": [{"date": "2019-02-14T10:00:00Z", "dateType": "Issued"}]},
            "2019-02-14",
            "Issued",
            None,
        ),
        (
            {"dates": [{"date": "2010-01/2019", "dateType": "Issued"}]},
            "2010-01",
            "Issued",
            "2010-01/2019",
        ),
        (
            {"dates": [{"date": "2019-02-31", "dateType": "Issued"}]},
            "2019-02",
            "Issued",
            "2019-2-31",
        ),
        (
            {
                "dates": [{"date": "2015-2016", "dateType": "Issued"}],
                "publicationYear": 2016,
            },
            "2016",
            "publicationYear",
            "2015-2016",
        ),
        (
            {
                "dates": [{"date": "2011-05", "dateType": "Available"}],
                "publicationYear": "2012",
            },
            "2012",
            "publicationYear",
            None,
        ),
        ({"publication_year": 2012.0}, "2012", "publicationYear", None),
        (
            {"dates": [{"date": "2011-05", "dateType": "Available"}]},
            "2011-05",
            "Available",
            None,
        ),
        ({"published": "2010"}, "2010", "published", None),
    ],
)
def test_the_date_says_where_it_was_read(
    fields: dict[str, Any], iso: str, rule: str, raw: str | None
) -> None:
    record = work(**fields)
    assert record.published_date
    assert (record.published_date.iso, record.date_rule) == (iso, rule)
    assert record.published_date.raw == raw


@pytest.mark.parametrize(
    "fields",
    [
        {"dates": [{"date": "2011", "dateType": "Created"}]},
        {"dates": [{"date": "2011", "dateType": "Collected"}]},
        {"dates": [{"date": None, "dateType": "Issued"}, None, 7]},
        {"dates": [{"date": "2011"}]},
        {"publicationYear": True},
        {"publicationYear": [2011]},
        {"publicationYear": 10**30},
        {"publicationYear": "forthcoming"},
    ],
)
def test_no_date_of_publication_is_no_date(fields: dict[str, Any]) -> None:
    record = work(**fields)
    assert (record.published_date, record.date_rule) == (None, None)


def test_a_withdrawn_work_keeps_its_type_and_has_a_notice() -> None:
    record = work(dates=[{"date": "2021-03-02", "dateType": "Withdrawn"}])
    (notice,) = record.notices
    assert (notice.type, notice.asserted_by) == ("withdrawal", "datacite")
    assert notice.date
    assert notice.date.iso == "2021-03-02"
    assert (record.is_retracted, record.publication_type) == (True, "dataset")


def test_no_date_of_withdrawal_says_nothing_of_the_works_standing() -> None:
    assert (work().is_retracted, work().notices) == (None, ())
