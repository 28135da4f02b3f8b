"""Crossref: what a record says, oddity by oddity."""

import json
from typing import Any

import pytest

from pipeline.sources.base import ParseContext
from pipeline.sources.crossref import SOURCE
from schemas.work import WorkRecord

ALONE = ParseContext()


def item(doi: str = "10.1234/abc", **fields: Any) -> dict[str, Any]:
    return {"DOI": doi, "type": "journal-article", "title": ["A title"]} | fields


def work(asked: str | None = None, /, **fields: Any) -> WorkRecord:
    """The record of one item, as the answer to a single question if one was asked."""
    context = ParseContext("work", (asked,)) if asked else ALONE
    parsed = SOURCE.parse(single_body(item(**fields)), context)
    assert parsed.rejects == ()
    return parsed.works[0]


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def single_body(message: object) -> bytes:
    return body({"status": "ok", "message-type": "work", "message": message})


def test_a_single_that_answers_with_another_doi_was_an_alias() -> None:
    record = work("10.1234/alias", doi="10.1234/PRIME")
    assert record.record_key == "doi:10.1234/prime"
    assert record.aliases == ("doi:10.1234/alias",)


def test_upper_case_is_no_alias() -> None:
    assert work("10.1371/journal.pone.1", doi="10.1371/JOURNAL.PONE.1").aliases == ()


@pytest.mark.parametrize(
    ("title", "read"),
    [
        (["A <i>b</i> &amp;amp; c"], "A b & c"),
        ("A string", "A string"),
        ([], None),
        (None, None),
        ([None, "", "Second"], "Second"),
        (["<mml:math><mml:mi>x</mml:mi></mml:math> of p < 0.05"], "x of p < 0.05"),
    ],
)
def test_titles_in_every_form_are_plain_text(title: object, read: str | None) -> None:
    assert work(title=title).title == read


def test_a_record_of_a_doi_alone_is_a_record() -> None:
    record = SOURCE.parse(single_body({"DOI": "10.1234/a"}), ALONE).works[0]
    assert (record.title, record.authors, record.is_retracted) == (None, None, None)
    assert (record.publication_type, record.raw_type) == ("other", None)


@pytest.mark.parametrize(
    ("parts", "iso", "raw"),
    [
        ([[2019, 2, 14]], "2019-02-14", None),
        ([["2019", "02"]], "2019-02", None),
        ([[2019, 2, 31]], "2019-02", "2019-2-31"),
        ([[2019, None, 3]], "2019", None),
        ([[2031, 1]], "2031-01", None),
        ([[20110]], "20110", None),
        ([[0]], "0000", None),
    ],
)
def test_dates_are_as_precise_as_given(
    parts: object, iso: str, raw: str | None
) -> None:
    date = work(issued={"date-parts": parts}).published_date
    assert date
    assert (date.iso, date.raw) == (iso, raw)


@pytest.mark.parametrize(
    "issued",
    [
        None,
        {},
        {"date-parts": None},
        {"date-parts": [[None]]},
        {"date-parts": [[]]},
        {"date-parts": []},
        {"date-parts": [["n.d."]]},
        {"date-parts": [[10**12]]},
        "soon",
    ],
)
def test_without_a_year_in_issued_the_next_date_speaks(issued: object) -> None:
    posted = {"date-parts": [[2020, 5]]}
    record = work(issued=issued, posted=posted)
    assert (record.published_date and record.published_date.iso) == "2020-05"
    assert record.date_rule == "posted"
    assert work(issued=issued).date_rule is None


@pytest.mark.parametrize(
    ("doi", "fields", "expected"),
    [
        ("10.1/x", {"type": "journal-article"}, ("article", "table")),
        ("10.1/x", {"type": "proceedings-article"}, ("conference-paper", "table")),
        ("10.1/x", {"type": "standard"}, ("report", "table")),
        ("10.1/x", {"type": "journal-issue"}, ("other", "table")),
        ("10.1/x", {"type": "something-unknown"}, ("other", "unknown")),
        ("10.1/x", {"type": None}, ("other", "unknown")),
        (
            "10.5555/x",
            {"type": "posted-content", "subtype": "preprint"},
            ("preprint", "preprint"),
        ),
        ("10.1101/x", {"type": "posted-content"}, ("preprint", "preprint")),
        ("10.64898/x", {"type": "posted-content"}, ("preprint", "preprint")),
        ("10.5555/x", {"type": "posted-content"}, ("other", "table")),
        (
            "10.1101/x",
            {"type": "posted-content", "subtype": "other"},
            ("other", "table"),
        ),
        ("10.1101/gr.1", {"type": "journal-article"}, ("article", "table")),
    ],
)
def test_types_are_mapped_and_never_lost(
    doi: str, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    record = work(doi=doi.replace("10.1/", "10.1234/"), **fields)
    assert (record.publication_type, record.type_rule) == expected
    assert record.raw_type == fields["type"]


@pytest.mark.parametrize(
    ("updates", "expected"),
    [
        (["retraction"], "retraction"),
        (["correction", "withdrawal"], "retraction"),
        (["partial_retraction"], "retraction"),
        (["erratum"], "erratum"),
        (["Expression of Concern"], "erratum"),
        (["new_version"], "article"),
        (["something new"], "article"),
    ],
)
def test_the_notice_has_the_type_of_what_it_announces(
    updates: list[str], expected: str
) -> None:
    update_to = [{"DOI": "10.1234/old", "type": update} for update in updates]
    record = work(**{"update-to": update_to})
    assert record.publication_type == expected
    assert (record.is_retracted, record.notices) == (None, ())


def test_a_retracted_article_keeps_its_type_and_has_the_flag() -> None:
    update = {"DOI": "10.1234/notice", "type": "retraction", "source": "publisher"}
    record = work(**{"updated-by": [update]})
    assert (record.publication_type, record.is_retracted) == ("article", True)


def test_an_article_retracted_in_place_is_no_notice() -> None:
    # 10.1016/j.brainres.2022.148038 announces its own retraction.
    update = {"DOI": "10.1234/ABC", "type": "retraction"}
    record = work(doi="10.1234/abc", **{"update-to": [update]})
    assert (record.publication_type, record.is_retracted) == ("article", True)
    assert [notice.type for notice in record.notices] == ["retraction"]


@pytest.mark.parametrize("kind", ["correction", "partial_retraction", "new_version"])
def test_lesser_updates_do_not_make_a_work_retracted(kind: str) -> None:
    update = {"DOI": "10.1234/n", "type": kind}
    assert work(**{"updated-by": [update]}).is_retracted is None


def test_a_notice_listed_twice_is_one_with_both_witnesses() -> None:
    on = {"date-parts": [[2021, 3, 4]]}
    updates = [
        {"DOI": "10.1234/N", "type": "retraction", "source": "retraction-watch"},
        {
            "DOI": "10.1234/n",
            "type": "retraction",
            "source": "publisher",
            "updated": on,
        },
        {"DOI": "10.1234/n", "type": "correction"},
        {"DOI": "10.1234/v2", "type": "new_version"},
    ]
    notices = work(**{"updated-by": updates}).notices
    assert [(n.type, n.doi, n.asserted_by) for n in notices] == [
        ("correction", "10.1234/n", "crossref"),
        ("retraction", "10.1234/n", "publisher; retraction-watch"),
    ]
    assert notices[1].date
    assert notices[1].date.iso == "2021-03-04"


def test_authors_stand_in_the_order_of_the_byline() -> None:
    authors = [
        {"family": "Müller", "given": "A. &amp; B.", "ORCID": "http://orcid.org/bad"},
        {"sequence": "additional", "affiliation": []},
        {"name": "The Group", "sequence": "additional"},
        {"family": "Li", "ORCID": ["https://orcid.org/0000-0002-1825-0097"]},
        {"family": "King", "given": "M.", "suffix": "Jr."},
    ]
    read = work(author=authors).authors
    assert read
    assert [(a.position, a.name, a.orcid) for a in read] == [
        (1, "A. & B. Müller", None),
        (3, "The Group", None),
        (4, "Li", "0000-0002-1825-0097"),
        (5, "M. King Jr.", None),
    ]


def test_preprint_and_version_relations_become_links() -> None:
    relation = {
        "is-preprint-of": [
            {"id-type": "doi", "id": "10.1234/P", "asserted-by": "subject"}
        ],
        "has-version": [{"id-type": "doi", "id": "10.1234/abc"}],
        "is-version-of": [
            {"id-type": "uri", "id": "https://example.org"},
            {"id-type": "doi", "id": "not a doi"},
            {"id-type": "doi", "id": None},
            None,
            "odd",
        ],
        "has-preprint": {"id": "10.1234/q"},
        "has-review": [{"id-type": "doi", "id": "10.1234/r"}],
    }
    (link,) = work(relation=relation).version_links
    assert (link.relation, link.token) == ("is-preprint-of", "doi:10.1234/p")
    assert work(relation=[]).version_links == ()


def test_references_are_its_dois_each_once_and_sorted() -> None:
    references = [
        {"key": "1", "DOI": "10.1234/B"},
        {"key": "2", "unstructured": "no DOI"},
        {"key": "3", "DOI": "see text"},
        {"key": "4", "DOI": "https://doi.org/10.1234/b"},
        {"key": "5", "DOI": "10.1234/a"},
        {"key": "6", "DOI": 7},
    ]
    record = work(reference=references, **{"references-count": 9})
    assert record.references == ("doi:10.1234/a", "doi:10.1234/b")
    assert record.reference_count == 9


def test_a_work_that_cites_itself_says_so() -> None:
    record = work(doi="10.1234/a", reference=[{"DOI": "10.1234/A"}])
    assert record.references == ("doi:10.1234/a",)


def test_counts_that_are_not_given_are_not_zero() -> None:
    assert work().cited_by_count is None
    assert work(**{"is-referenced-by-count": 0}).cited_by_count == 0
    assert work(**{"reference-count": 3}).reference_count == 3


def test_issns_of_print_and_online_are_kept_and_none_is_linking() -> None:
    kinds = [{"type": "electronic", "value": "1476-4687"}, {"type": "print"}]
    issn = ["0028-0836", "http://id.crossref.org/issn/00280836", "n/a"]
    record = work(ISSN=issn, **{"issn-type": kinds})
    assert (record.issns, record.issn_l) == (("0028-0836", "1476-4687"), None)


def test_the_licence_is_that_of_the_version_of_record() -> None:
    licences = [
        {"URL": "https://example.org/tdm", "content-version": "tdm"},
        {"URL": "https://example.org/vor", "content-version": "vor"},
        {"URL": "", "content-version": "vor"},
    ]
    assert work(license=licences).licence == "https://example.org/vor"
    assert work(license=licences[:1]).licence == "https://example.org/tdm"


def test_the_abstract_is_plain_text_without_its_own_name() -> None:
    abstract = "<jats:title>Abstract</jats:title><jats:p>A &lt; b</jats:p>"
    assert work(abstract=abstract).abstract == "A < b"
    assert work(abstract="<jats:p />").abstract is None
