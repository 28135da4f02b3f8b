"""How each list was closed: one verdict a chain of pages."""

import pytest

from schemas.provenance import Absent, CountRecord

PAGE = {"key": "L"}


@pytest.fixture
def run(world, work):
    """A cited work that OpenAlex describes; its list of citing works is to be given."""
    run = world.run("10.1/a", sources=("openalex", "opencitations"))
    run.answer(
        "openalex",
        "work",
        "10.1/a",
        work("openalex:W1", tokens=("doi:10.1/a", "openalex:W1"), cited_by_count=4),
    )
    return run


@pytest.fixture
def page(run, work):
    """Adds a page of the list: the numbers of its citing works, and what it says."""

    def add(number, citing, declared=4, cursor=None, **more):
        works = [work(f"openalex:W{n}", references=("openalex:W1",)) for n in citing]
        run.answer(
            "openalex",
            "citing",
            "10.1/a",
            *works,
            page=number,
            declared_total=declared,
            next_cursor=cursor,
            **PAGE,
            **more,
        )

    return add


VERDICT = """
    select verdict from core.certificate where source = $1 and role = 'citing'
"""


def verdict(world, source="openalex"):
    world.build()
    ((found,),) = world.con.execute(VERDICT, [source]).fetchall()
    return found


def test_all_pages_and_all_rows_are_complete(world, page):
    page(1, (2, 3), cursor="b")
    page(2, (4, 5))
    assert verdict(world) == "complete"
    assert world.records(
        "select declared_start, declared_end, row_count, unique_row_count, "
        "repeat_count, page_count, is_unbroken, outcome, subjects, "
        "len(page_digest) as digest "
        "from core.certificate"
    ) == [
        {
            "declared_start": 4,
            "declared_end": 4,
            "row_count": 4,
            "unique_row_count": 4,
            "repeat_count": 0,
            "page_count": 2,
            "is_unbroken": True,
            "outcome": "ok",
            "digest": 64,
            "subjects": ["10.1/a"],
        }
    ]


def test_list_that_grew_on_the_way_and_has_all_is_complete(world, page):
    page(1, (2, 3), declared=3, cursor="b")
    page(2, (4, 5), declared=4)
    assert verdict(world) == "complete"


def test_row_that_came_twice_beside_all_others_does_no_harm(world, page):
    page(1, (2, 3), cursor="b")
    page(2, (3, 4, 5))
    assert verdict(world) == "complete"
    assert world.row("select repeat_count from core.certificate") == (1,)


def test_declared_length_that_falls_on_the_way_is_shrank(world, page):
    page(1, (2, 3), cursor="b")
    page(2, (4, 5), declared=3)
    assert verdict(world) == "shrank"


def test_rows_twice_in_the_place_of_others_are_repeated(world, page):
    page(1, (2, 3), cursor="b")
    page(2, (2, 5))
    assert verdict(world) == "repeated"


def test_cursor_that_comes_again_before_the_end_is_repeated(world, page):
    page(1, (2, 3), cursor="b")
    page(2, (4,), cursor="b")
    assert verdict(world) == "repeated"
    assert world.row("select is_unbroken from core.certificate") == (False,)


def test_fewer_rows_than_declared_are_truncated(world, page):
    page(1, (2, 3, 4))
    assert verdict(world) == "truncated"


def test_page_that_failed_is_truncated_whatever_else_happened(world, page):
    page(1, (2, 2), cursor="b")
    page(2, (), declared=3, outcome="server")
    assert verdict(world) == "truncated"
    assert world.row("select outcome, is_unbroken from core.certificate") == (
        "server",
        False,
    )


def test_page_that_is_missing_in_the_middle_is_truncated(world, page):
    page(1, (2, 3), cursor="b")
    page(3, (4, 5))
    assert verdict(world) == "truncated"


def test_empty_list_of_a_work_that_the_source_counts_is_ambiguous(world, page):
    page(1, (), declared=0)
    assert verdict(world) == "ambiguous-empty"
    assert world.row(
        "select state, stored_count, cause from core.source_count "
        "where source = 'openalex'"
    ) == ("failed", None, "ambiguous-empty")


def test_row_without_identifier_and_rejected_row_are_rows(world, run, work, reject):
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        work("openalex:W2", references=("openalex:W1",)),
        work("openalex:W3", references=("openalex:W1",)),
        reject(),
        Absent(index=0, subject="x", cause="no identifier"),
        declared_total=4,
    )
    assert verdict(world) == "complete"


LISTED = [
    ("all that is counted", 2, 2, "complete"),
    ("fewer than counted", 2, 3, "truncated"),
    ("nothing, and more is counted", 0, 3, "ambiguous-empty"),
    ("nothing, and nobody holds the work", 0, 0, "ambiguous-empty"),
]


@pytest.mark.parametrize(("_", "rows", "count", "expected"), LISTED)
def test_list_without_a_declared_length(world, citation, _, rows, count, expected):
    run = world.run("10.1/a", sources=("opencitations",))
    run.answer("opencitations", "work", "10.1/a")
    found = [citation(f"doi:10.1/{n}", "doi:10.1/a") for n in range(rows)]
    run.answer("opencitations", "citing", "10.1/a", *found)
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=count))
    assert verdict(world, "opencitations") == expected


def test_row_of_a_counted_list_twice_in_the_place_of_another_is_repeated(
    world, citation
):
    run = world.run("10.1/a", sources=("opencitations",))
    once = citation("doi:10.1/c", "doi:10.1/a")
    run.answer("opencitations", "citing", "10.1/a", once, once)
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=2))
    assert verdict(world, "opencitations") == "repeated"


def test_alias_and_prime_that_list_the_same_rows_do_not_make_up_for_a_lost_one(
    world, work, citation
):
    run = world.run("10.1/alias", "10.1/prime", sources=("opencitations", "crossref"))
    run.answer(
        "crossref",
        "work",
        "10.1/alias",
        work("doi:10.1/prime", aliases=("doi:10.1/alias",)),
    )
    for doi in ("10.1/alias", "10.1/prime"):
        found = [citation(f"doi:10.1/{n}", "doi:10.1/prime") for n in range(2)]
        run.answer("opencitations", "citing", doi, *found)
        run.answer("opencitations", "count", doi, CountRecord(declared_count=3))
    world.build()
    assert world.rows("select distinct verdict from core.certificate") == [
        ("truncated",)
    ]


def test_lists_of_references_have_certificates_too(world, run, work):
    run.answer(
        "openalex", "references", "10.1/a", work("openalex:W8"), declared_total=2
    )
    world.build()
    assert world.rows("select role, verdict from core.certificate") == [
        ("references", "truncated")
    ]
