"""Law 4: declared = stored + named causes; what is left is called unexplained."""

import pytest

from schemas.provenance import Absent, CountRecord


@pytest.fixture
def run(world, work):
    """A cited work that OpenAlex says is cited three times."""
    run = world.run("10.1/a")
    describe(run, work, 3)
    return run


def describe(run, work, count):
    record = work(
        "openalex:W1", tokens=("doi:10.1/a", "openalex:W1"), cited_by_count=count
    )
    run.answer("openalex", "work", "10.1/a", record)


def citing(work, number, **fields):
    return work(f"openalex:W{number}", references=("openalex:W1",), **fields)


def list_citing(run, work, *numbers, declared=None):
    total = len(numbers) if declared is None else declared
    found = [citing(work, n) for n in numbers]
    run.answer("openalex", "citing", "10.1/a", *found, declared_total=total)


def ledger(world, source="openalex", run_id="run-1"):
    (row,) = world.records(
        f"from mart.ledger where source = '{source}' and run_id = '{run_id}'"
    )
    return {
        name: value
        for name, value in row.items()
        if value is not None and name not in ("cited_doi", "source", "run_id")
    }


def test_ledger_names_what_is_not_stored(world, run, work, reject, citation):
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        citing(work, 2, tokens=("doi:10.1/c", "openalex:W2")),
        citing(work, 3, tokens=("doi:10.1/c", "openalex:W3")),
        reject(),
        declared_total=3,
    )
    run.answer(
        "opencitations",
        "citing",
        "10.1/a",
        citation("doi:10.1/c", "doi:10.1/a"),
        Absent(index=0, subject="oci:x", cause="no identifier"),
    )
    run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=5))
    world.build()
    assert ledger(world, "openalex") == {
        "declared_count": 3,
        "stored_count": 1,
        "no_identifier": 0,
        "duplicate": 1,
        "merged_version": 0,
        "withdrawn": 0,
        "not_yet_indexed": 0,
        "failed": 1,
        "unexplained_count": 0,
    }
    assert ledger(world, "opencitations") == {
        "declared_count": 5,
        "stored_count": 1,
        "no_identifier": 1,
        "duplicate": 0,
        "merged_version": 0,
        "withdrawn": 0,
        "failed": 3,
        "unexplained_count": 0,
    }


def named(world, run_id="run-1"):
    """The causes of one run of OpenAlex that are neither null nor 0."""
    row = ledger(world, run_id=run_id)
    return {name: count for name, count in row.items() if count}


def test_counter_that_runs_ahead_of_a_complete_list_is_not_yet_indexed(
    world, run, work
):
    list_citing(run, work, 2)
    world.build()
    assert named(world) == {
        "declared_count": 3,
        "stored_count": 1,
        "not_yet_indexed": 2,
    }


def test_counter_behind_its_own_list_has_the_other_sign(world, run, work):
    list_citing(run, work, 2, 3, 4, 5)
    world.build()
    assert named(world) == {
        "declared_count": 3,
        "stored_count": 4,
        "not_yet_indexed": -1,
    }


def test_citing_work_that_is_listed_no_more_is_withdrawn_and_then_gone(world, work):
    for numbers in ((2, 3, 4), (2, 3), (2, 3)):
        run = world.run("10.1/a", sources=("openalex",))
        describe(run, work, len(numbers))
        list_citing(run, work, *numbers)
    world.build()
    assert [named(world, f"run-{n}") for n in (1, 2, 3)] == [
        {"declared_count": 3, "stored_count": 3},
        {"declared_count": 2, "stored_count": 3, "withdrawn": -1},
        {"declared_count": 2, "stored_count": 2},
    ]


def test_failed_list_leaves_its_residual_to_the_failure(world, run, work):
    list_citing(run, work, 2, declared=3)
    world.build()
    assert named(world) == {"declared_count": 3, "stored_count": 1, "failed": 2}


def test_failed_list_of_a_work_that_is_counted_less_than_stored(world, work):
    first = world.run("10.1/a", sources=("openalex",))
    describe(first, work, 3)
    list_citing(first, work, 2, 3, 4)
    second = world.run("10.1/a", sources=("openalex",))
    describe(second, work, 2)
    second.answer("openalex", "citing", "10.1/a", outcome="server")
    world.build()
    assert named(world, "run-2") == {
        "declared_count": 2,
        "stored_count": 3,
        "withdrawn": -1,
    }


def test_listed_row_that_is_no_edge_to_the_work_is_unexplained(world, run, work):
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        citing(work, 2),
        citing(work, 3),
        work("openalex:W4", references=("openalex:W9",)),
        declared_total=3,
    )
    world.build()
    assert named(world) == {
        "declared_count": 3,
        "stored_count": 2,
        "unexplained_count": 1,
    }


def test_rejected_row_of_a_list_about_two_works_is_explained_by_a_list_about_one(
    world, work, reject
):
    run = world.run("10.1/a", "10.1/b", sources=("openalex",))
    for number, doi, count in ((1, "a", 2), (2, "b", 1)):
        record = work(
            f"openalex:W{number}",
            tokens=(f"doi:10.1/{doi}", f"openalex:W{number}"),
            cited_by_count=count,
        )
        run.answer("openalex", "work", f"10.1/{doi}", record)
    of_a = work("openalex:W3", references=("openalex:W1",))
    of_b = work("openalex:W4", references=("openalex:W2",))
    both = ("10.1/a", "10.1/b")
    run.answer("openalex", "citing", both, of_a, of_b, reject(), declared_total=3)
    run.answer("openalex", "citing", "10.1/a", of_a, reject(), declared_total=2)
    run.answer("openalex", "citing", "10.1/b", of_b, declared_total=1)
    world.build()
    assert world.rows(
        "select cited_doi, stored_count, failed, unexplained_count from mart.ledger "
        "order by all"
    ) == [("10.1/a", 1, 1, 0), ("10.1/b", 1, 0, 0)]


def test_what_is_not_known_is_null_in_the_ledger_and_never_0(world):
    world.run("10.1/a", sources=("openalex", "opencitations"))
    world.build()
    for row in world.records("from mart.ledger"):
        counts = set(row) - {"cited_doi", "source", "run_id"}
        assert {row[name] for name in counts} == {None}
