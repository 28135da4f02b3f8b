"""Where a statement stands: its section, its neighbours, tables, notes and boxes."""

import pytest

from pipeline.statements.extract import extract
from pipeline.statements.sections import kind_of

CITE = '<xref ref-type="bibr" rid="r1">1</xref>'
P = f"<p>Rain fell [{CITE}].</p>"


def sec(title, inside=P, sec_type=""):
    return f'<sec sec-type="{sec_type}"><title>{title}</title>{inside}</sec>'


def test_the_path_of_titles_is_kept_and_the_outermost_kind_counts(found):
    (one,) = found(body=sec("2. Methods", sec("Results of <italic>E. coli</italic>")))
    assert one.section_title == "2. Methods > Results of E. coli"
    assert one.section == "methods"


KINDS = [
    ("Introduction", "introduction"),
    ("1. INTRODUCTION", "introduction"),
    ("Background &amp; Summary", "introduction"),
    ("Materials and Methods", "methods"),
    ("STAR★Methods", "methods"),
    ("Patients and methods", "methods"),
    ("IV. Experimental Section", "methods"),
    ("Results", "results"),
    ("3. Results and Discussion", "results"),
    ("Findings", "results"),
    ("Discussion", "discussion"),
    ("Discussion and conclusions", "discussion"),
    ("Conclusions and Future Directions", "conclusion"),
    ("Concluding remarks", "conclusion"),
    ("Introducción", "introduction"),
    ("Materiais e Métodos", "methods"),
    ("Considerações finais", "conclusion"),
    ("Developments in analytical methods", "other"),
    ("Effects of Wholegrain Consumption in Patients with T2DM", "other"),
    ("Perspectives for Future Breeding", "other"),
    ("Supplementary material", "other"),
    ("Roots", "other"),
]


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_a_heading_says_what_kind_of_section_it_is(found, title, kind):
    (one,) = found(body=sec(title))
    assert one.section == kind


@pytest.mark.parametrize(
    ("title", "sec_type", "kind"),
    [
        ("", "materials|methods", "methods"),
        ("Growing wheat", "methods", "methods"),
        ("Results", "discussion", "results"),
        ("Roots", "supplementary-material", None),
    ],
)
def test_the_type_counts_where_the_title_says_nothing(title, sec_type, kind):
    assert kind_of(title, sec_type) == kind


def test_paragraphs_before_the_first_named_section_are_the_introduction(found):
    first, second = found(body=f"{P}{sec('Results')}")
    assert (first.section, first.section_title) == ("introduction", None)
    assert second.section == "results"


def test_a_body_without_sections_is_other(found):
    (one,) = found(body=P)
    assert one.section == "other"


PLACES = {
    "body": P,
    "table": f"<table-wrap><caption>{P}</caption></table-wrap>",
    "figure": f"<fig><caption>{P}</caption></fig>",
    "box": f"<boxed-text>{P}</boxed-text>",
    "footnote": f"<p>Text.<fn>{P}</fn></p>",
}


@pytest.mark.parametrize(("location", "inside"), PLACES.items())
def test_the_location_is_that_of_what_is_around_it(found, location, inside):
    (one,) = found(body=sec("Results", inside))
    assert (one.location, one.section) == (location, "results")
    assert one.text == "Rain fell [1]."


def test_a_cell_is_a_statement_and_a_note_of_a_table_is_the_tables(found):
    table = (
        f"<table-wrap><table><tbody><tr><td>Wheat {CITE}</td><td>9</td></tr></tbody>"
        f"</table><table-wrap-foot><fn>{P}</fn></table-wrap-foot></table-wrap>"
    )
    cell, note = found(body=sec("Results", table))
    assert (cell.text, cell.location) == ("Wheat 1", "table")
    assert (note.text, note.location) == ("Rain fell [1].", "table")


def test_floats_abstracts_and_appendices_are_read_too(found):
    floating = f"<floats-group><fig><caption>{P}</caption></fig></floats-group>"
    statements = found(
        body="<p>None.</p>",
        front=f"<abstract>{P}</abstract>",
        back=f"<app-group><app>{sec('Proofs')}</app></app-group>",
        after=floating,
    )
    assert [one.location for one in statements] == ["abstract", "appendix", "figure"]


def test_a_paragraph_goes_on_around_a_figure_that_stands_in_it(found):
    text = (
        f"Rain <fig><caption><p>A cloud.</p></caption></fig>fell [{CITE}]. Snow fell."
    )
    (one,) = found(text)
    assert (one.text, one.after) == ("Rain fell [1].", "Snow fell.")


def test_a_list_ends_the_sentence_before_it(found):
    item = f"<list><list-item><p>Snow [{CITE}]</p></list-item></list>"
    (one,) = found(f"Rain fell:{item}It stopped.")
    assert (one.text, one.before, one.after) == ("Snow [1]", None, None)


def test_neighbours_are_of_the_same_paragraph(found):
    body = sec(
        "Results", f"<p>Wind.</p><p>One. Rain fell [{CITE}]. Two.</p><p>Sun.</p>"
    )
    (one,) = found(body=body)
    assert (one.before, one.after) == ("One.", "Two.")


def test_formulas_are_read_once_and_not_in_tex(found):
    formula = (
        "<inline-formula><alternatives><tex-math>\\alpha_1</tex-math>"
        '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>α</mml:mi>'
        "</mml:math></alternatives></inline-formula>"
    )
    (one,) = found(f"Rain {formula} fell [{CITE}].")
    assert one.text == "Rain α fell [1]."


def test_sub_articles_are_left_out_and_counted(article):
    sub = (
        f'<sub-article article-type="translation"><body>{P}{P}</body>'
        "<back><ref-list/></back></sub-article>"
    )
    found = extract(article(f"Rain [{CITE}].", after=sub))
    assert len(found.statements) == found.citation_count == found.placed_count == 1
    assert found.left_out_count == 2


def test_the_article_says_who_it_is_and_under_which_licence(article):
    found = extract(article("Nothing."))
    assert (found.doi, found.pmid, found.pmcid) == ("10.5555/citing", "77", "PMC88")
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert found.reference_count == 12
    assert found.statements == ()
