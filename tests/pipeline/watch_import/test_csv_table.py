"""CSV: the column is found, and one bad row costs one row."""

import pytest

from pipeline.errors import UsageError


@pytest.mark.parametrize(
    "heading",
    ["doi", "DOI", "Article DOI", "doi_url", "DI", "Identifier", "Digital Object Id"],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_column_is_found_by_its_heading(read, heading, delimiter):
    rows = [["Title", heading, "Year"], ["tides, moss", "10.5555/A", "2019"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = read("a.csv", text)

    if heading == "Digital Object Id":
        (problem,) = found.problems
        assert "'Title, Digital Object Id, Year'" in problem.message
        assert "--column" in problem.message
    else:
        assert [one.doi for one in found.candidates] == ["10.5555/a"]


def test_doi_goes_before_identifier(dois):
    assert dois("a.csv", "Identifier,DOI\npmid:1,10.5555/a\n") == ["10.5555/a"]


@pytest.mark.parametrize("column", ["Related", "related ", "2"])
def test_a_column_can_be_named_or_counted(dois, column):
    text = "DOI,Related\n10.5555/a,10.5555/b\n"
    assert dois("a.csv", text, column=column) == ["10.5555/b"]


def test_a_counted_column_may_have_no_heading(dois):
    text = "1;10.5555/a\n2;10.5555/b\n"
    assert dois("a.csv", text, column="2") == ["10.5555/a", "10.5555/b"]


@pytest.mark.parametrize("column", ["Nobody", "0", "3", "\u00b2"])
def test_a_column_that_is_not_there_is_wrong_use(read, column):
    with pytest.raises(UsageError, match="there are: 'DOI, Related'"):
        read("a.csv", "DOI,Related\n10.5555/a,10.5555/b\n", column=column)


def test_a_column_of_something_else_than_a_table_is_wrong_use(read):
    with pytest.raises(UsageError, match="--column is for tables"):
        read("a.ris", "TY  - JOUR\nDO  - 10.5555/a\nER  - \n", column="DOI")


def test_a_table_without_headings_is_read_if_one_column_has_a_doi(dois):
    assert dois("a.csv", "moss,10.5555/a\ntides,10.5555/b\n") == [
        "10.5555/a",
        "10.5555/b",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_what_excel_exports_is_read(dois, encoding):
    text = "Titel\tDOI\r\nB\u00e4ume\t10.5555/b\u00e4ume\r\n".encode(encoding)
    assert dois("a.txt", text) == ["10.5555/b\u00e4ume"]


def test_the_line_in_which_excel_names_the_delimiter_is_obeyed(dois):
    assert dois("a.csv", "sep=;\nTitle;DOI\na,b;10.5555/a\n") == ["10.5555/a"]


def test_rows_without_a_doi_are_told_from_broken_and_empty_ones(read):
    text = "Title,DOI\nmoss,\n,\n\ntides,10.5555/a\nshort\nbread,eleven\n"
    found = read("a.csv", text)

    assert (found.entry_count, len(found.candidates)) == (4, 1)
    assert (found.without_doi_count, found.broken_count) == (1, 2)
    assert [problem.line for problem in found.problems] == [6, 7]


def test_a_cell_of_several_lines_moves_the_line_numbers(read):
    found = read("a.csv", 'Title,DOI\n"moss\nand ""tides""\n",10.5555/a\nx,eleven\n')

    assert [one.doi for one in found.candidates] == ["10.5555/a"]
    assert [problem.line for problem in found.problems] == [5]


def test_a_quotation_mark_that_is_never_closed_costs_its_row_only(read):
    rows = "".join(f'"work {n}",10.5555/{n}\n' for n in range(300))
    found = read("a.csv", f'Title,DOI\n"open,10.5555/lost\n{rows}')

    assert len(found.candidates) == 300
    assert [(one.line, one.message) for one in found.problems] == [
        (2, "not a row of CSV: a quotation mark is not closed")
    ]


def test_quotation_marks_inside_of_a_cell_are_forgiven(dois):
    assert dois("a.csv", 'Title,DOI\n"on "moss" here",10.5555/a\n') == ["10.5555/a"]
