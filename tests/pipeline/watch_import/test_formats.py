"""Which format a file is in."""

import gzip

import pytest

from pipeline.watch_import.formats import format_of

BIBTEX = "\n% mine\n@Article {a,\n doi = {10.5555/a}}\n"
RIS = "TY  - JOUR\nDO  - 10.5555/a\nER  - \n"
JSON = ' \n[{"DOI": "10.5555/a"}]'


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.bib", "", "bibtex"),
        ("A.RIS", "", "ris"),
        ("a.json", "", "csl-json"),
        ("a.csv", "", "csv"),
        ("a.tsv", "", "csv"),
        ("a.txt", BIBTEX, "bibtex"),
        ("export", RIS, "ris"),
        ("-", JSON, "csl-json"),
        ("-", "Title;DOI\nmoss;10.5555/a\n", "csv"),
        ("-", "sep=;\n", "csv"),
        ("-", "DOI\n10.5555/a\n", "csv"),
        ("-", "10.5555/a\n10.5555/b,c\n", "dois"),
        ("-", "# Title, DOI\n10.5555/a\n", "dois"),
        ("-", "", "dois"),
    ],
)
def test_the_format_is_told_by_the_name_or_the_content(name, text, expected):
    assert format_of(name, text) == expected


def test_a_format_that_is_named_holds_for_any_name(dois):
    assert dois("a.csv", RIS, written_in="ris") == ["10.5555/a"]


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.bib", "a.ris", "a.json"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b" \n\n", "it is empty"),
        (b"\n<!DOCTYPE html>\n<p>10.5555/a</p>", "a web page"),
        (b"<?xml version='1.0'?><a/>", "a web page or XML"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not a text"),
        (b"%PDF-1.7\n10.5555/a", "not a text"),
        (gzip.compress(b"10.5555/a\n", mtime=0), "not a text"),
    ],
)
def test_what_is_no_list_is_named_once(read, name, content, says):
    found = read(name, content)
    assert (found.entry_count, found.candidates) == (0, [])
    (problem,) = found.problems
    assert says in problem.message


def test_a_file_of_comments_has_no_doi(read):
    (problem,) = read("a.txt", "# nothing\n").problems
    assert problem.message == "no DOI in it"
