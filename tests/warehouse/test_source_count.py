"""Zero means zero: known, not_indexed and failed are three different things."""

import json

import pytest

from schemas.provenance import AgencyRecord, CountRecord

SAID = """
    select state, declared_count, stored_count, cause
    from core.source_count
    where source = $1 and run_id = 'run-1' and cited_doi = '10.1/a'
"""


def said_by(world, source):
    (row,) = world.con.execute(SAID, [source]).fetchall()
    return row


@pytest.fixture
def run(world):
    return world.run("10.1/a")


@pytest.fixture
def cited(work):
    return work("openalex:W1", tokens=("doi:10.1/a", "openalex:W1"), cited_by_count=2)


def citing(work, *numbers):
    return [work(f"openalex:W{n}", references=("openalex:W1",)) for n in numbers]


def test_openalex_with_a_whole_list_is_known(world, run, work, cited):
    run.answer("openalex", "work", "10.1/a", cited)
    run.answer("openalex", "citing", "10.1/a", *citing(work, 2, 3), declared_total=2)
    world.build()
    assert said_by(world, "openalex") == ("known", 2, 2, None)
    (certificate,) = world.row(
        "select certificate from core.source_count where source = 'openalex'"
    )
    assert json.loads(certificate) == {
        "declared_start": 2,
        "declared_end": 2,
        "rows": 2,
        "unique_rows": 2,
        "pages": 1,
        "works": 1,
        "rejected": 0,
        "no_identifier": 0,
        "verdict": "complete",
    }


def test_openalex_declaring_nobody_is_a_known_zero(world, run, cited):
    run.answer(
        "openalex", "work", "10.1/a", cited.model_copy(update={"cited_by_count": 0})
    )
    run.answer("openalex", "citing", "10.1/a", declared_total=0)
    world.build()
    assert said_by(world, "openalex") == ("known", 0, 0, None)
    assert world.row(
        "select state, citing_work_count, citing_group_count from mart.tally"
    ) == ("known", 0, 0)


@pytest.mark.parametrize("page", [{"declared_total": 3}, {"next_cursor": "more"}])
def test_list_that_ends_early_is_failed(world, run, work, cited, page):
    run.answer("openalex", "work", "10.1/a", cited)
    run.answer("openalex", "citing", "10.1/a", *citing(work, 2, 3), **page)
    world.build()
    assert said_by(world, "openalex") == ("failed", 2, 2, "truncated")
    assert world.row("select state, citing_work_count from mart.tally") == (
        "failed",
        None,
    )
    assert world.rows("from mart.citations_by_year_and_type") == []


def test_list_that_fills_its_last_page_is_whole_although_that_page_has_a_successor(
    world, run, work, cited
):
    run.answer("openalex", "work", "10.1/a", cited)
    found = citing(work, 2, 3)
    run.answer(
        "openalex", "citing", "10.1/a", *found, declared_total=2, next_cursor="more"
    )
    world.build()
    assert said_by(world, "openalex") == ("known", 2, 2, None)


def test_list_that_grew_while_it_was_read_must_have_what_was_declared_last(
    world, run, work, cited
):
    run.answer("openalex", "work", "10.1/a", cited)
    first, second = {"declared_total": 2, "next_cursor": "n"}, {"declared_total": 4}
    run.answer("openalex", "citing", "10.1/a", *citing(work, 2), key="L", **first)
    run.answer(
        "openalex", "citing", "10.1/a", *citing(work, 3), key="L", page=2, **second
    )
    world.build()
    assert said_by(world, "openalex")[0::3] == ("failed", "truncated")


def test_missing_page_in_the_middle_is_failed(world, run, work, cited):
    run.answer("openalex", "work", "10.1/a", cited)
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        *citing(work, 2),
        key="L",
        declared_total=2,
        next_cursor="n",
    )
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        *citing(work, 3),
        key="L",
        page=3,
        declared_total=2,
    )
    world.build()
    assert said_by(world, "openalex")[0::3] == ("failed", "truncated")


@pytest.mark.parametrize(
    "outcome",
    ["rate", "budget", "server", "soft_error", "block", "auth", "client", "plan"],
)
def test_list_that_failed_says_why(world, run, work, cited, outcome):
    run.answer("openalex", "work", "10.1/a", cited)
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        *citing(work, 2),
        key="L",
        declared_total=2,
        next_cursor="n",
    )
    run.answer("openalex", "citing", "10.1/a", key="L", page=2, outcome=outcome)
    world.build()
    assert said_by(world, "openalex") == ("failed", 2, 1, outcome)


def test_404_is_not_indexed_and_not_zero(world, run):
    run.answer("openalex", "work", "10.1/a", outcome="not_found")
    world.build()
    assert said_by(world, "openalex") == ("not_indexed", None, None, "not found")


def test_failed_look_up_is_not_absence(world, run):
    run.answer("openalex", "work", ("10.1/a", "10.1/b"))
    run.answer("openalex", "work", "10.1/a", outcome="server")
    world.build()
    assert said_by(world, "openalex") == ("failed", None, None, "server")


def test_single_answer_overrides_a_failed_batch(world, run):
    run.answer("openalex", "work", ("10.1/a", "10.1/b"), outcome="soft_error")
    run.answer("openalex", "work", "10.1/a", outcome="not_found")
    world.build()
    assert said_by(world, "openalex")[0] == "not_indexed"


def test_source_that_was_never_asked_is_failed(world):
    world.run("10.1/a")
    world.build()
    assert said_by(world, "openalex") == ("failed", None, None, "not asked")
    assert said_by(world, "crossref") == ("failed", None, None, "not asked")


def test_one_list_for_several_works_counts_for_each(world, work):
    run = world.run("10.1/a", "10.1/b")
    seeds = [
        work(
            f"openalex:W{n}",
            tokens=(f"doi:10.1/{doi}", f"openalex:W{n}"),
            cited_by_count=count,
        )
        for n, doi, count in ((1, "a", 1), (2, "b", 0))
    ]
    run.answer("openalex", "work", ("10.1/a", "10.1/b"), *seeds)
    run.answer(
        "openalex", "citing", ("10.1/a", "10.1/b"), *citing(work, 3), declared_total=1
    )
    world.build()
    assert world.rows(
        "select cited_doi, state, stored_count from core.source_count "
        "where source = 'openalex' order by 1"
    ) == [
        ("10.1/a", "known", 1),
        ("10.1/b", "known", 0),
    ]


def test_empty_list_without_a_count_is_no_zero(world, run, work):
    run.answer(
        "opencitations", "work", "10.1/a", work(META, tokens=("doi:10.1/a", META))
    )
    run.answer("opencitations", "citing", "10.1/a")
    world.build()
    assert said_by(world, "opencitations") == ("failed", None, None, "not asked")


def test_empty_list_without_meta_is_not_absence(world, run):
    run.answer("opencitations", "citing", "10.1/a")
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=0))
    world.build()
    assert said_by(world, "opencitations") == ("failed", 0, None, "not asked")


def test_divided_question_is_no_failure(world, run, work, cited):
    run.answer("openalex", "work", (), outcome="server", key="GET /batch")
    run.answer("openalex", "work", "10.1/a", cited)
    run.answer("openalex", "citing", "10.1/a", *citing(work, 2, 3), declared_total=2)
    world.build()
    assert said_by(world, "openalex") == ("known", 2, 2, None)


META = "omid:br/1"
OPENCITATIONS = [
    ("Meta holds it, count 0", True, 0, ("known", 0, 0, None)),
    ("Meta holds it, count 3", True, 3, ("failed", 3, None, "ambiguous-empty")),
    ("Meta lacks it, count 0", False, 0, ("not_indexed", 0, None, "not found")),
    ("Meta lacks it, count 3", False, 3, ("failed", 3, None, "ambiguous-empty")),
]


@pytest.mark.parametrize(("_", "is_held", "count", "expected"), OPENCITATIONS)
def test_empty_list_of_opencitations(world, run, work, _, is_held, count, expected):
    held = [work(META, tokens=("doi:10.1/a", META))] if is_held else []
    run.answer("opencitations", "work", "10.1/a", *held)
    run.answer("opencitations", "citing", "10.1/a")
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=count))
    world.build()
    assert said_by(world, "opencitations") == expected


def test_rows_of_opencitations_count_even_if_meta_lacks_the_doi(world, run, citation):
    run.answer("opencitations", "work", "10.1/a")
    run.answer(
        "opencitations", "citing", "10.1/a", citation("doi:10.1/c", "doi:10.1/a")
    )
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=1))
    world.build()
    assert said_by(world, "opencitations") == ("known", 1, 1, None)


def test_failed_count_of_opencitations_is_failed(world, run):
    run.answer("opencitations", "work", "10.1/a")
    run.answer("opencitations", "citing", "10.1/a")
    run.answer("opencitations", "count", "10.1/a", outcome="server")
    world.build()
    assert said_by(world, "opencitations")[0::3] == ("failed", "server")


def test_crossref_counts_but_does_not_list(world, run, work):
    run.answer("crossref", "work", "10.1/a", work("doi:10.1/a", cited_by_count=7))
    run.answer(
        "crossref", "work", "10.1/c", work("doi:10.1/c", references=("doi:10.1/a",))
    )
    world.build()
    assert said_by(world, "crossref") == ("known", 7, 1, None)
    assert world.row(
        "select declared_count, stored_count, out_of_reach, duplicate, "
        "unexplained_count from mart.ledger where source = 'crossref'"
    ) == (7, 1, 6, None, 0)
    # who cites it is not known from a count
    assert world.row("select state, citing_work_count from mart.tally") == (
        "failed",
        None,
    )


def test_crossref_is_not_asked_about_dois_of_another_agency(world, run):
    run.answer(
        "doiorg", "agency", "10.1/a", AgencyRecord(prefix="10.1", agency="DataCite")
    )
    world.build()
    assert said_by(world, "crossref") == (
        "not_indexed",
        None,
        None,
        "registered with DataCite",
    )


def test_prefix_that_does_not_exist_is_not_indexed(world, run):
    run.answer("doiorg", "agency", "10.1/a", AgencyRecord(prefix="10.1", agency=None))
    world.build()
    assert said_by(world, "crossref") == (
        "not_indexed",
        None,
        None,
        "prefix not registered",
    )


def test_each_run_has_its_own_row_and_the_tally_keeps_what_was_known(
    world, work, cited
):
    first = world.run("10.1/a")
    first.answer("openalex", "work", "10.1/a", cited)
    first.answer("openalex", "citing", "10.1/a", *citing(work, 2), declared_total=1)
    second = world.run("10.1/a")
    second.answer("openalex", "work", "10.1/a", outcome="budget")
    second.answer("openalex", "citing", "10.1/a", outcome="budget")
    third = world.run("10.1/a")
    third.answer(
        "openalex", "work", "10.1/a", cited.model_copy(update={"cited_by_count": 3})
    )
    third.answer(
        "openalex", "citing", "10.1/a", *citing(work, 2, 3, 4), declared_total=3
    )
    fourth = world.run("10.1/a", sources=("openalex",))
    fourth.answer("openalex", "work", "10.1/a", outcome="budget")
    world.build()
    assert world.rows(
        "select run_id, state, declared_count, stored_count, cause from "
        "core.source_count where source = 'openalex' order by 1"
    ) == [
        ("run-1", "known", 2, 1, None),
        ("run-2", "failed", None, 1, "budget"),
        ("run-3", "known", 3, 3, None),
        ("run-4", "failed", None, 3, "budget"),
    ]
    assert world.row("select state, citing_work_count from mart.tally") == ("known", 3)


def test_tally_is_not_indexed_only_if_all_listing_sources_say_so(world, run):
    run.answer("openalex", "work", "10.1/a", outcome="not_found")
    run.answer("opencitations", "work", "10.1/a")
    run.answer("opencitations", "citing", "10.1/a")
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=0))
    world.build()
    assert world.row("select state, citing_work_count from mart.tally") == (
        "not_indexed",
        None,
    )


def test_source_that_gave_citing_works_and_now_has_nothing_is_not_believed(
    world, citation
):
    """A failed look-up answers `[]` to everything, as for an unknown work."""
    first = world.run("10.1/a")
    first.answer("opencitations", "work", "10.1/a")
    first.answer(
        "opencitations", "citing", "10.1/a", citation("doi:10.1/c", "doi:10.1/a")
    )
    first.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=1))
    second = world.run("10.1/a")
    for role in ("work", "citing", "count"):
        second.answer("opencitations", role, "10.1/a")
    world.build()
    assert world.rows(
        "select state, stored_count, cause from core.source_count "
        "where source = 'opencitations' order by run_id"
    ) == [("known", 1, None), ("failed", 1, "ambiguous-empty")]
    assert world.row("select state, citing_work_count from mart.tally") == ("known", 1)


def test_list_that_is_cut_at_what_the_source_lists_at_most_says_so(world, work):
    world.con.execute(
        "update core.source set list_reach = 2 where source = 'semanticscholar'"
    )
    run = world.run("10.1/a", sources=("semanticscholar",))
    run.answer(
        "semanticscholar",
        "work",
        "10.1/a",
        work("s2:1", tokens=("doi:10.1/a", "s2:1"), cited_by_count=5),
    )
    run.answer(
        "semanticscholar",
        "citing",
        "10.1/a",
        *[work(f"s2:{n}", references=("s2:1",)) for n in (2, 3)],
    )
    world.build()
    assert said_by(world, "semanticscholar") == ("failed", 5, 2, "out of reach")
    assert world.row(
        "select declared_count, stored_count, out_of_reach, failed, unexplained_count "
        "from mart.ledger"
    ) == (5, 2, 3, 0, 0)


def test_list_that_is_about_another_work_alone_is_no_zero(world, citation):
    """An alias that nobody has told of: the rows name the prime DOI."""
    run = world.run("10.1/a", sources=("opencitations",))
    run.answer("opencitations", "work", "10.1/a")
    run.answer(
        "opencitations", "citing", "10.1/a", citation("doi:10.1/c", "doi:10.1/prime")
    )
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=1))
    world.build()
    assert said_by(world, "opencitations") == ("failed", 1, None, "other work")
    assert world.row("select state, citing_work_count from mart.tally") == (
        "failed",
        None,
    )
