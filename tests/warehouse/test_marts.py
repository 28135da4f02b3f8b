"""The aggregates: grain, sums, versions."""

import pytest

from schemas.dates import partial_date
from schemas.provenance import CountRecord


@pytest.fixture
def run(world, work):
    """A cited work whose list of citing works is to be given."""
    run = world.run("10.1/a")
    run.answer(
        "openalex",
        "work",
        "10.1/a",
        work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            cited_by_count=3,
            reference_count=35,
        ),
    )
    return run


def citing(work, number, **fields):
    return work(f"openalex:W{number}", references=("openalex:W1",), **fields)


COUNTS = (
    "select citing_year, publication_type, citing_work_count, "
    "citing_group_count from mart.citations_by_year_and_type order "
    "by all"
)


def test_works_are_counted_by_year_and_type(world, run, work):
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        citing(work, 2, published_date=partial_date([2003])),
        citing(work, 3, published_date=partial_date([2003, 4])),
        citing(work, 4, published_date=partial_date([2003]), publication_type="review"),
        citing(work, 5),
        declared_total=4,
    )
    world.build()
    assert world.rows(COUNTS) == [
        (2003, "article", 2, 2),
        (2003, "review", 1, 1),
        (None, "article", 1, 1),
    ]
    assert world.rows(
        "select citing_year, citing_work_count from mart.citations_by_year order by 1"
    ) == [(2003, 3), (None, 1)]
    assert world.rows(
        "select publication_type, citing_work_count from "
        "mart.citations_by_type order by 1"
    ) == [("article", 3), ("review", 1)]
    assert world.row(
        "select citing_work_count, citing_group_count, reference_count from mart.tally"
    ) == (4, 4, 35)


def test_group_stands_under_its_published_version_even_if_only_the_preprint_cites(
    world, run, work, version_link
):
    preprint = citing(
        work,
        2,
        tokens=("doi:10.1101/p", "openalex:W2"),
        publication_type="preprint",
        type_rule="preprint",
        published_date=partial_date([2019]),
        version_links=(version_link("is-preprint-of", "doi:10.1/v"),),
    )
    run.answer("openalex", "citing", "10.1/a", preprint, declared_total=1)
    run.answer(
        "crossref",
        "work",
        "10.1/v",
        work("doi:10.1/v", published_date=partial_date([2020])),
    )
    world.build()
    assert world.rows(COUNTS) == [(2019, "preprint", 1, 0), (2020, "article", 0, 1)]


def test_two_versions_that_cite_are_two_works_and_one_group(
    world, run, work, version_link
):
    link = version_link("is-preprint-of", "doi:10.1/v")
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        citing(
            work,
            2,
            tokens=("doi:10.1101/p", "openalex:W2"),
            publication_type="preprint",
            type_rule="preprint",
            version_links=(link,),
        ),
        citing(work, 3, tokens=("doi:10.1/v", "openalex:W3")),
        declared_total=2,
    )
    world.build()
    assert world.row(
        "select citing_work_count, citing_group_count from mart.tally"
    ) == (2, 1)


def test_work_that_nobody_describes_is_counted_as_other_without_year(world, citation):
    run = world.run("10.1/a")
    run.answer("opencitations", "citing", "10.1/a", citation("omid:br/1", "doi:10.1/a"))
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=1))
    world.build()
    assert world.rows(COUNTS) == [(None, "other", 1, 1)]


def test_journal_is_its_issn_and_goes_by_its_most_frequent_title(world, run, work):
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        citing(work, 2, issn_l="1234-5678", container_title="Journal of X"),
        citing(work, 3, issn_l="1234-5678", container_title="J. X"),
        citing(work, 4, issn_l="1234-5678", container_title="J. X"),
        citing(work, 5, container_title="A book"),
        citing(work, 6),
        declared_total=5,
    )
    world.build()
    assert world.rows(
        "select issn_l, container_title, citing_work_count from "
        "mart.citations_by_journal order by all"
    ) == [
        ("1234-5678", "J. X", 3),
        (None, "A book", 1),
        (None, None, 1),
    ]


def test_author_is_an_orcid_before_an_id_before_a_name(world, run, work, author):
    orcid = "0000-0002-1825-0097"
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        citing(
            work,
            2,
            authors=(
                author(1, "Ann Doe", orcid=orcid, openalex_author_id="A1"),
                author(2, "Z Roe", openalex_author_id="A2"),
            ),
        ),
        citing(
            work, 3, authors=(author(1, "A. Doe", orcid=orcid), author(2, "Bob Poe"))
        ),
        declared_total=2,
    )
    world.build()
    assert world.rows(
        "select author_key, name, openalex_author_id, citing_work_count "
        "from mart.citations_by_author order by 1"
    ) == [
        ("name:poe b", "Bob Poe", None, 1),
        ("openalex:A2", "Z Roe", "A2", 1),
        (f"orcid:{orcid}", "A. Doe", "A1", 2),
    ]


def test_nothing_vanishes_is_counted_for_each_run_and_source(world, full_world):
    full_world(world).build()
    assert world.rows(
        "select received, loaded, duplicate, rejected, absent from "
        "core.run_source where source = 'opencitations'"
    ) == [(6, 5, 0, 0, 1)]


def test_same_record_in_two_answers_is_loaded_once_and_a_duplicate(world, run, work):
    run.answer(
        "openalex",
        "work",
        ("10.1/a", "10.1/x"),
        work("openalex:W1", tokens=("doi:10.1/a", "openalex:W1")),
    )
    world.build()
    assert world.row("select received, loaded, duplicate from core.run_source") == (
        2,
        1,
        1,
    )
