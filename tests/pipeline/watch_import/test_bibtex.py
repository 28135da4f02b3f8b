"""BibTeX: one broken entry costs one entry."""

import pytest


def one(fields: str) -> str:
    return f"@article{{key,\n  title = {{A {{Title}}}},\n  {fields}\n}}\n"


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        ("doi = {10.5555/a}", "10.5555/a"),
        ('DOI = "10.5555/a"', "10.5555/a"),
        ("doi = {https://doi.org/10.5555/a},", "10.5555/a"),
        ("doi = {{10.5555/a}}", "10.5555/a"),
        (r"doi = {10.5555/a\_b}", "10.5555/a_b"),
        (r"doi = {10.5555/a{\_}b}", "10.5555/a_b"),
        (r"doi = {10.5555/a{\textunderscore}b}", "10.5555/a_b"),
        (r"doi = {10.5555/a\%2b\&c\#d}", "10.5555/a%2b&c#d"),
        (r"doi = {10.5555/(x)1:2$<$3::a$>$4}", "10.5555/(x)1:2<3::a>4"),
        (r"doi = {10.5555/1\textless{}2{\textgreater}3}", "10.5555/1<2>3"),
        ("doi = {10.5555/a--b}", "10.5555/a--b"),
        ("url = {https://doi.org/10.5555/a}", "10.5555/a"),
        (r"howpublished = {\url{x}}, note = {doi: 10.5555/a}", "10.5555/a"),
        ("doi = {}, url = {https://dx.doi.org/10.5555/a}", "10.5555/a"),
        ("month = jan, month = feb, doi = {10.5555/a}", "10.5555/a"),
    ],
)
def test_the_doi_of_an_entry(dois, fields, doi):
    assert dois("a.bib", one(fields)) == [doi]


@pytest.mark.parametrize(
    "fields", ["year = 2019", "doi = {}", "url = {https://example.org/10.5555/a}"]
)
def test_an_entry_without_a_doi_is_no_fault(read, fields):
    found = read("a.bib", one(fields))
    assert (found.entry_count, found.without_doi_count) == (1, 1)
    assert found.problems == []


def test_a_doi_that_is_none_is_named_with_its_line_and_key(read):
    (problem,) = read("a.bib", one("doi = {eleven}")).problems
    assert (problem.line, problem.key) == (3, "key")
    assert "'eleven'" in problem.message


def test_strings_comments_and_preambles_are_no_entries(dois):
    text = """A heading of the export
@comment{jabref-meta: databaseType:bibtex;}
@preamble{"\\newcommand{\\x}{y}"}
@string{moss = "10.5555/moss"}
@STRING(tides = {Journal of Tides})
@string{moss = "twice"}
@article{a, doi = moss, journal = tides}
@article(b, doi = {10.5555/(b)})
"""
    assert dois("a.bib", text) == ["10.5555/moss", "10.5555/(b)"]


def test_an_entry_that_is_not_closed_costs_itself_only(read):
    text = """@article{before, doi = {10.5555/before}}
@article{open, title = {never closed,
  doi = {10.5555/lost}

@article{after, doi = {10.5555/after}}
@book{last, doi = {10.5555/last},
"""
    found = read("a.bib", text)

    assert [one.doi for one in found.candidates] == ["10.5555/before", "10.5555/after"]
    assert [(one.line, one.key) for one in found.problems] == [(2, "open"), (6, "last")]


def test_an_entry_without_a_brace_is_named(read):
    found = read("a.bib", one("doi = {10.5555/a}") + "\n@article lost, doi={10.5555/b}")

    assert len(found.candidates) == 1
    (problem,) = found.problems
    assert (problem.line, "@article lost" in problem.message) == (6, True)


def test_two_entries_of_one_key_are_two_entries(dois):
    text = (
        "@misc{k, doi={10.5555/a}} @misc{k, doi={10.5555/b}} @misc{, doi={10.5555/c}}"
    )
    assert dois("a.bib", text) == ["10.5555/a", "10.5555/b", "10.5555/c"]


def test_a_text_without_entries_is_named(read):
    (problem,) = read("a.bib", "10.5555/a\n").problems
    assert (problem.line, "no BibTeX entry" in problem.message) == (None, True)
