"""What a list does not hold is gone only if the list proves it.

Each test has a first run in which all is well, and two more that look as if something
were missing; two such looks would withdraw an edge.
"""

import pytest

from schemas.provenance import CountRecord

OPENALEX = ("openalex",)
OPENCITATIONS = ("opencitations",)
THREE_RUNS = range(3)


@pytest.fixture
def named(work):
    """An OpenAlex record by its number, with a DOI if it has one, and what it cites."""

    def make(number, *cited, doi=None, **fields):
        own = f"openalex:W{number}"
        return work(
            own,
            tokens=(f"doi:{doi}", own) if doi else (own,),
            references=tuple(f"openalex:W{other}" for other in cited),
            **fields,
        )

    return make


def withdrawn(world):
    return world.rows(
        "select citing_work_id from core.citation_evidence"
        " where withdrawn_in_run_id is not null order by all"
    )


def said(world, doi, source):
    """State, stored count and cause of a DOI, in the order of the runs."""
    return [
        (row["state"], row["stored_count"], row["cause"])
        for row in world.records("from core.source_count order by run_id")
        if (row["cited_doi"], row["source"]) == (doi, source)
    ]


def tally(world, doi="10.1/a"):
    rows = world.rows("select cited_doi, state, citing_work_count from mart.tally")
    return next(row[1:] for row in rows if row[0] == doi)


@pytest.mark.parametrize("trouble", ["server", "reject"])
def test_a_list_that_nothing_measures_proves_nothing(
    world, work, citation, reject, trouble
):
    for number in THREE_RUNS:
        run = world.run("10.1/a", sources=OPENCITATIONS)
        run.answer("opencitations", "work", "10.1/a", work("doi:10.1/a"))
        rows = range(1 if number else 3)
        run.answer(
            "opencitations",
            "citing",
            "10.1/a",
            *[citation(f"doi:10.1/c{row}", "doi:10.1/a") for row in rows],
        )
        if not number:
            run.answer(
                "opencitations", "count", "10.1/a", CountRecord(declared_count=3)
            )
        elif trouble == "server":
            run.answer("opencitations", "count", "10.1/a", outcome="server")
        else:
            run.answer("opencitations", "count", "10.1/a", reject())
    world.build()

    cause = "server" if trouble == "server" else "truncated"
    assert said(world, "10.1/a", "opencitations") == [
        ("known", 3, None),
        ("failed", 3, cause),
        ("failed", 3, cause),
    ]
    assert (tally(world), withdrawn(world)) == (("known", 3), [])


def prime_and_alias(world, named, work, later):
    """10.1/z is another DOI of 10.1/a, with a record and a list of its own."""
    for number in THREE_RUNS:
        run = world.run("10.1/a", "10.1/z", sources=("openalex", "crossref"))
        run.answer(
            "crossref", "work", "10.1/z", work("doi:10.1/a", aliases=("doi:10.1/z",))
        )
        prime = named(1, doi="10.1/a", cited_by_count=1)
        run.answer("openalex", "work", "10.1/a", prime)
        run.answer("openalex", "citing", "10.1/a", named(11, 1), declared_total=1)
        alias = named(2, doi="10.1/z", cited_by_count=2)
        if not number:
            run.answer("openalex", "work", "10.1/z", alias)
            rows = (named(12, 2), named(13, 2))
            run.answer("openalex", "citing", "10.1/z", *rows, declared_total=2)
        else:
            later(run, alias)
    world.build()
    assert (tally(world), withdrawn(world)) == (("known", 3), [])


def test_a_failed_list_of_an_alias_is_not_hidden_by_that_of_the_prime(
    world, named, work
):
    def fails_in_a_batch(run, alias):
        run.answer("openalex", "work", "10.1/z", alias)
        run.answer("openalex", "citing", ("10.1/q", "10.1/z"), outcome="server")

    prime_and_alias(world, named, work, fails_in_a_batch)
    assert [row[0] for row in said(world, "10.1/a", "openalex")] == [
        "known",
        "failed",
        "failed",
    ]


def test_a_list_that_could_not_be_asked_for_is_missed(world, named, work):
    def look_up_fails(run, _):
        run.answer("openalex", "work", "10.1/z", outcome="server")

    prime_and_alias(world, named, work, look_up_fails)


def test_a_list_that_was_not_asked_for_again_is_missed(world, named, work):
    prime_and_alias(world, named, work, lambda *_: None)


def test_a_count_goes_with_its_own_list(world, work, citation):
    for number in THREE_RUNS:
        run = world.run("10.1/a", "10.1/z", sources=("opencitations", "crossref"))
        run.answer(
            "crossref", "work", "10.1/z", work("doi:10.1/a", aliases=("doi:10.1/z",))
        )
        for doi, count in (("10.1/a", 4), ("10.1/z", 1 if number else 4)):
            citing = (f"doi:10.1/{doi[-1]}{place}" for place in range(count))
            run.answer(
                "opencitations",
                "citing",
                doi,
                *[citation(one, f"doi:{doi}") for one in citing],
            )
            run.answer("opencitations", "count", doi, CountRecord(declared_count=4))
    world.build()

    assert (tally(world), withdrawn(world)) == (("known", 8), [])
    assert [row[0] for row in said(world, "10.1/a", "opencitations")] == [
        "known",
        "failed",
        "failed",
    ]


def joint_list(world, named, runs, later_count=2):
    """A list about 10.1/a and 10.1/b, of which only the first run has rows of a."""
    for number in runs:
        run = world.run("10.1/a", "10.1/b", sources=OPENALEX)
        both = [
            named(1, doi="10.1/a", cited_by_count=later_count if number else 2),
            named(2, doi="10.1/b", cited_by_count=2),
        ]
        run.answer("openalex", "work", ("10.1/a", "10.1/b"), *both)
        rows = [named(13, 2), named(14, 2)]
        rows += [] if number else [named(11, 1), named(12, 1)]
        run.answer(
            "openalex",
            "citing",
            ("10.1/a", "10.1/b"),
            *rows,
            declared_total=len(rows),
        )
    world.build()


def test_an_empty_share_of_a_joint_list_is_no_zero(world, named):
    joint_list(world, named, [1])

    assert said(world, "10.1/a", "openalex") == [("failed", None, "ambiguous-empty")]
    assert said(world, "10.1/b", "openalex") == [("known", 2, None)]
    assert tally(world) == ("failed", None)


def test_an_empty_share_of_a_joint_list_withdraws_nothing(world, named):
    joint_list(world, named, THREE_RUNS)

    assert (tally(world), withdrawn(world)) == (("known", 2), [])


def test_an_empty_share_of_a_joint_list_is_a_look_where_none_is_counted(world, named):
    joint_list(world, named, THREE_RUNS, later_count=0)

    assert said(world, "10.1/a", "openalex") == [
        ("known", 2, None),
        ("known", 2, None),
        ("known", 0, None),
    ]
    assert tally(world) == ("known", 0)
    assert len(withdrawn(world)) == 2


def test_a_list_of_another_work_is_no_look(world, citation):
    for number in THREE_RUNS:
        run = world.run("10.1/a", sources=OPENCITATIONS)
        run.answer("opencitations", "work", "10.1/a")
        other = "doi:10.1/other" if number else "doi:10.1/a"
        row = citation("doi:10.1/c", other, record_key=f"oci:{min(number, 1)}")
        run.answer("opencitations", "citing", "10.1/a", row)
        run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=1))
    world.build()

    assert (tally(world), withdrawn(world)) == (("known", 1), [])


def test_a_list_of_another_work_is_no_look_beside_one_of_the_work(
    world, work, citation
):
    for number in THREE_RUNS:
        run = world.run("10.1/a", "10.1/z", sources=("opencitations", "crossref"))
        run.answer(
            "crossref", "work", "10.1/z", work("doi:10.1/a", aliases=("doi:10.1/z",))
        )
        ask = ("opencitations", "citing")
        run.answer(*ask, "10.1/a", citation("doi:10.1/b", "doi:10.1/a"))
        other = "doi:10.1/other" if number else "doi:10.1/z"
        row = citation("doi:10.1/c", other, record_key=f"oci:{min(number, 1)}")
        run.answer(*ask, "10.1/z", row)
        for doi in ("10.1/a", "10.1/z"):
            run.answer("opencitations", "count", doi, CountRecord(declared_count=1))
    world.build()

    assert (tally(world), withdrawn(world)) == (("known", 2), [])


def test_a_double_does_not_prove_that_nothing_was_lost(world, work, citation):
    for number in THREE_RUNS:
        run = world.run("10.1/a", sources=OPENCITATIONS)
        run.answer("opencitations", "work", "10.1/a", work("doi:10.1/a"))
        rows = [
            citation("doi:10.1/c omid:br/1", "doi:10.1/a"),
            citation("doi:10.1/c omid:br/2", "doi:10.1/a", record_key="oci:x"),
            citation("doi:10.1/d", "doi:10.1/a"),
        ]
        rows += [] if number else [citation("doi:10.1/e", "doi:10.1/a")]
        run.answer("opencitations", "citing", "10.1/a", *rows)
        run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=3))
    world.build()

    assert (tally(world), withdrawn(world)) == (("known", 3), [])


def test_an_unusable_row_that_came_twice_proves_nothing(world, named, reject):
    for number in THREE_RUNS:
        run = world.run("10.1/a", sources=OPENALEX)
        run.answer(
            "openalex", "work", "10.1/a", named(1, doi="10.1/a", cited_by_count=4)
        )
        pages = {"key": "L", "declared_total": 4}
        first = [named(11, 1), reject()]
        second = [reject(), named(12, 1)] if number else [named(13, 1), named(12, 1)]
        run.answer("openalex", "citing", "10.1/a", *first, next_cursor="n", **pages)
        run.answer("openalex", "citing", "10.1/a", *second, page=2, **pages)
    world.build()

    assert (tally(world), withdrawn(world)) == (("known", 3), [])


def test_a_later_page_that_is_not_found_is_no_end(world, work, citation):
    for number in THREE_RUNS:
        run = world.run("10.1/a", sources=("semanticscholar",))
        paper = work(
            "s2:a", tokens=("doi:10.1/a", "s2:a"), cited_by_count=None if number else 3
        )
        run.answer("semanticscholar", "work", "10.1/a", paper)
        rows = [citation(f"s2:{one}", "s2:a") for one in "xyz"]
        ask = ("semanticscholar", "citing", "s2:a")
        run.answer(*ask, *rows[:2], key="L", next_cursor="2")
        if number:
            run.answer(*ask, key="L", page=2, outcome="not_found")
        else:
            run.answer(*ask, rows[2], key="L", page=2)
    world.build()

    assert said(world, "10.1/a", "semanticscholar")[1:] == 2 * [
        ("failed", 3, "truncated")
    ]
    assert (tally(world), withdrawn(world)) == (("known", 3), [])


def test_a_reference_was_first_seen_when_it_was_first_listed(world, named):
    for number in range(2):
        run = world.run("10.1/a", "10.1/b", sources=OPENALEX)
        both = [
            named(1, doi="10.1/a", cited_by_count=number),
            named(2, doi="10.1/b", cited_by_count=1),
        ]
        run.answer("openalex", "work", ("10.1/a", "10.1/b"), *both)
        citing = named(13, *([1, 2] if number else [2]))
        rows = [citing] if number else []
        run.answer("openalex", "citing", "10.1/a", *rows, declared_total=number)
        run.answer("openalex", "citing", "10.1/b", citing, declared_total=1)
    world.build()

    assert said(world, "10.1/a", "openalex") == [("known", 0, None), ("known", 1, None)]
    assert world.rows(
        "select day(first_seen) from core.citation_evidence"
        " where cited_work_id = 'doi:10.1/a'"
    ) == [(2,)]
    assert world.rows(
        "select not_yet_indexed, unexplained_count from mart.ledger"
        " where cited_doi = '10.1/a' order by run_id"
    ) == [(0, 0), (0, 0)]


def test_a_reference_that_was_missing_in_between_is_missing_in_that_run(world, named):
    for number in THREE_RUNS:
        run = world.run("10.1/a", sources=OPENALEX)
        run.answer(
            "openalex", "work", "10.1/a", named(1, doi="10.1/a", cited_by_count=2)
        )
        run.answer("openalex", "citing", "10.1/a", named(11, 1), declared_total=1)
        cited = 9 if number == 1 else 1
        run.answer("openalex", "work", "openalex:W12", named(12, cited))
    world.build()

    assert world.rows(
        "select stored_count, withdrawn from mart.ledger order by run_id"
    ) == [(2, 0), (2, -1), (2, 0)]


def test_rows_that_are_all_unusable_are_no_known_zero(world, named, reject):
    run = world.run("10.1/a", sources=OPENALEX)
    run.answer("openalex", "work", "10.1/a", named(1, doi="10.1/a", cited_by_count=2))
    run.answer("openalex", "citing", "10.1/a", reject(), reject(), declared_total=2)
    world.build()

    assert said(world, "10.1/a", "openalex") == [("failed", None, "rejected")]
    assert tally(world) == ("failed", None)


@pytest.mark.parametrize("source", ["openalex", "opencitations"])
def test_an_unusable_row_may_be_the_one_that_is_missed(
    world, named, work, citation, reject, source
):
    for number in THREE_RUNS:
        run = world.run("10.1/a", sources=(source,))
        if source == "openalex":
            described = named(1, doi="10.1/a", cited_by_count=2)
            rows, declared = [named(11, 1), named(12, 1)], {"declared_total": 2}
        else:
            described, declared = work("doi:10.1/a"), {}
            rows = [citation(f"doi:10.1/{one}", "doi:10.1/a") for one in "xy"]
            count = CountRecord(declared_count=2)
            run.answer(source, "count", "10.1/a", count)
        run.answer(source, "work", "10.1/a", described)
        rows = [rows[0], reject()] if number else rows
        run.answer(source, "citing", "10.1/a", *rows, **declared)
    world.build()

    assert (tally(world), withdrawn(world)) == (("known", 2), [])


def test_a_row_that_once_cited_the_work_does_not_make_its_list(world, named):
    for number in THREE_RUNS:
        run = world.run("10.1/a", "10.1/b", sources=OPENALEX)
        both = [
            named(1, doi="10.1/a", cited_by_count=3),
            named(2, doi="10.1/b", cited_by_count=1),
        ]
        run.answer("openalex", "work", ("10.1/a", "10.1/b"), *both)
        rows = [named(13, *([2] if number else [1, 2]))]
        rows += [] if number else [named(11, 1), named(12, 1)]
        subjects = ("10.1/a", "10.1/b")
        run.answer("openalex", "citing", subjects, *rows, declared_total=len(rows))
    world.build()

    # the third says itself that it cites the other work alone
    assert withdrawn(world) == [("openalex:W13",)]
    assert tally(world) == ("known", 2)


def prime_and_alias_counted(world, work, citation, asked):
    """10.1/z is another DOI of 10.1/a, of which OpenCitations had three."""
    for number in THREE_RUNS:
        run = world.run("10.1/a", "10.1/z", sources=("opencitations", "crossref"))
        record = work("doi:10.1/a", aliases=("doi:10.1/z",))
        run.answer("crossref", "work", "10.1/z", record)
        run.answer("opencitations", "work", "10.1/a", work("doi:10.1/a"))
        rows = [citation(f"doi:10.1/c{one}", "doi:10.1/z") for one in range(3)]
        rows = [] if number else rows
        run.answer("opencitations", "citing", "10.1/z", *rows)
        asked(run, number)
    world.build()


def test_a_count_of_one_doi_says_nothing_of_the_list_of_another(world, work, citation):
    def asked(run, number):
        run.answer("opencitations", "citing", "10.1/a")
        run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=0))
        if number:
            run.answer("opencitations", "count", "10.1/z", outcome="server")
        else:
            three = CountRecord(declared_count=3)
            run.answer("opencitations", "count", "10.1/z", three)

    prime_and_alias_counted(world, work, citation, asked)
    assert (tally(world), withdrawn(world)) == (("known", 3), [])


def test_an_empty_list_that_its_count_contradicts_is_not_lost_beside_others(
    world, work, citation
):
    def asked(run, _):
        row = citation("doi:10.1/own", "doi:10.1/a")
        run.answer("opencitations", "citing", "10.1/a", row)
        run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=1))
        three = CountRecord(declared_count=3)
        run.answer("opencitations", "count", "10.1/z", three)

    prime_and_alias_counted(world, work, citation, asked)
    assert [row[::2] for row in said(world, "10.1/a", "opencitations")] == [
        ("known", None),
        ("failed", "ambiguous-empty"),
        ("failed", "ambiguous-empty"),
    ]
    assert (tally(world), withdrawn(world)) == (("known", 4), [])


def test_an_empty_list_whose_own_count_is_0_does_no_harm_beside_others(
    world, work, citation
):
    def asked(run, number):
        row = citation("doi:10.1/own", "doi:10.1/a")
        run.answer("opencitations", "citing", "10.1/a", row)
        run.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=1))
        count = CountRecord(declared_count=0 if number else 3)
        run.answer("opencitations", "count", "10.1/z", count)

    prime_and_alias_counted(world, work, citation, asked)
    assert [row[0] for row in said(world, "10.1/a", "opencitations")] == 3 * ["known"]
    assert tally(world) == ("known", 1)
