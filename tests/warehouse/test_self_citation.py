"""Whether citing and cited work share an author, and how that is known."""

import pytest

ONE, TWO = "0000-0002-1825-0097", "0000-0001-5109-3700"

CASES = [
    (
        "same ORCID under another name",
        {"name": "A Doe", "orcid": ONE},
        {"name": "A Roe", "orcid": ONE},
        (True, "orcid"),
    ),
    (
        "two ORCIDs are two people, whatever else",
        {"name": "Ann Doe", "orcid": ONE, "openalex_author_id": "A1"},
        {"name": "Ann Doe", "orcid": TWO, "openalex_author_id": "A1"},
        (False, None),
    ),
    (
        "same author id where one has no ORCID",
        {"name": "A Doe", "orcid": ONE, "openalex_author_id": "A1"},
        {"name": "A Roe", "openalex_author_id": "A1"},
        (True, "author_id"),
    ),
    (
        "same name where one has no ORCID",
        {"name": "Ann Doe", "orcid": ONE},
        {"name": "A. Doe"},
        (True, "name"),
    ),
    (
        "accents, case and hyphens do not matter",
        {"name": "Jean-Pierre Núñez"},
        {"name": "NUNEZ, J.-P."},
        (True, "name"),
    ),
    (
        "parts of the name win over the printed one",
        {"name": "x", "family": "Doe", "given": "Ann"},
        {"name": "Doe, A"},
        (True, "name"),
    ),
    (
        "other initials are other people",
        {"name": "Ann Doe"},
        {"name": "Bob Doe"},
        (False, None),
    ),
    (
        "a family name alone is not enough",
        {"name": "Doe"},
        {"name": "Doe"},
        (False, None),
    ),
    (
        "different author ids do not speak against the same name",
        {"name": "A Doe", "openalex_author_id": "A1"},
        {"name": "A Doe", "openalex_author_id": "A2"},
        (True, "name"),
    ),
]

EDGE = "select is_self_citation, self_citation_method from core.citation"


def cite(world, work, citing, cited):
    run = world.run("10.1/a")
    run.answer("crossref", "work", "10.1/a", work("doi:10.1/a", **cited))
    run.answer(
        "crossref",
        "work",
        "10.1/c",
        work("doi:10.1/c", references=("doi:10.1/a",), **citing),
    )
    world.build()


@pytest.mark.parametrize(("_", "citing", "cited", "expected"), CASES)
def test_shared_author(world, work, author, _, citing, cited, expected):
    cite(
        world,
        work,
        {"authors": (author(1, **citing),)},
        {"authors": (author(1, **cited),)},
    )
    assert world.row(EDGE) == expected


def test_no_authors_on_one_side_is_not_known(world, work, author):
    cite(world, work, {"authors": None}, {"authors": (author(1, "A Doe"),)})
    assert world.row(EDGE) == (None, None)


def test_shortened_byline_can_say_yes_but_not_no(world, work, author):
    cited = {"authors": (author(1, "A Doe"),)}
    cite(world, work, {"authors": (author(1, "B Roe"),), "is_complete": False}, cited)
    assert world.row(EDGE) == (None, None)


def test_strongest_method_of_several_authors_is_named(world, work, author):
    both = (author(1, "A Doe"), author(2, "B Roe", orcid=ONE))
    cite(world, work, {"authors": both}, {"authors": both})
    assert world.row(EDGE) == (True, "orcid")
