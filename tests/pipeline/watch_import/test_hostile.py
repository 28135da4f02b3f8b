"""Files that nobody should have written: named, counted, never a crash."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.watch_import.candidates import read_files
from pipeline.watch_import.entries import Broken
from pipeline.watch_import.formats import formats_by_name, read_entries

FORMATS = list(formats_by_name().values())
PIECES = st.sampled_from(
    [
        *'{}()[],;"=@#\\%\n\r\t\0\ufeff\udcff',
        "@article{a,",
        "@article(a,",
        "@string{s=",
        "@comment{",
        "@preamble",
        "doi = {10.5555/a}",
        'doi="',
        " # ",
        "10.5555/a",
        "TY  - ",
        "ER  - ",
        "\nDO  - ",
        "Title,DOI\n",
        "sep=",
        '{"items": [',
        '{"DOI": "10.5555/a"}',
        '"DOI":',
        "null",
    ]
)


@pytest.mark.parametrize("written_in", FORMATS)
@given(text=st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=200)
def test_no_text_crashes_a_reader(written_in, text):
    for item in read_entries(text, written_in):
        assert item.message if isinstance(item, Broken) else item.line != 0


@given(content=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_crash_an_import_and_the_counts_add_up(tmp_path, content):
    path = tmp_path / "any"
    path.write_bytes(content)
    (found,) = read_files([str(path)])

    assert found.entry_count >= found.broken_count
    assert found.candidates or found.without_doi_count or found.problems
    for problem in found.problems:
        problem.model_dump_json()  # no lone surrogates


def around(name, doi, junk):
    """A file of three works in the middle of which there is junk."""
    first, last = doi.format("first"), doi.format("last")
    head = "Title,DOI\n" if name.endswith(".csv") else ""
    return f"{head}{first}\n{junk}\n{last}\n"


@pytest.mark.parametrize(
    ("name", "doi"),
    [
        ("a.txt", "10.5555/{}"),
        ("a.csv", "moss,10.5555/{}"),
        ("a.bib", "@misc{{k, doi = {{10.5555/{}}}}}"),
        ("a.ris", "TY  - JOUR\nDO  - 10.5555/{}\nER  - "),
    ],
)
@pytest.mark.parametrize(
    "junk",
    ["x" * 2_000_000, "\0\0", "<p>\xe9\udce9</p>", '"', "{", "@article{open, a = {"],
    ids=["a huge line", "zero bytes", "html", "quote", "brace", "open entry"],
)
def test_junk_in_the_middle_leaves_the_rest(read, name, doi, junk):
    text = around(name, doi, junk)
    found = read(name, text.encode("utf-8", "surrogateescape"))

    assert [one.doi for one in found.candidates] == ["10.5555/first", "10.5555/last"]
    assert all(len(problem.message) < 1000 for problem in found.problems)


def test_a_doi_that_is_not_utf_8_is_named_and_no_other_lost(read):
    found = read("a.txt", b"10.5555/caf\xe9\n10.5555/b\n")

    assert [one.doi for one in found.candidates] == ["10.5555/b"]
    (problem,) = found.problems
    assert problem.line == 1


def test_utf_16_that_breaks_off_gives_no_invented_doi(read):
    found = read("a.txt", "10.5555/a\n10.5555/b".encode("utf-16")[:-1])
    assert [one.doi for one in found.candidates] == ["10.5555/a"]
    assert [problem.line for problem in found.problems] == [2]


def test_each_row_with_an_open_quotation_mark_is_named(read):
    found = read("a.csv", "Title,DOI\n" + '"open,10.5555/a\n' * 2_001)
    assert found.broken_count == 2_001
