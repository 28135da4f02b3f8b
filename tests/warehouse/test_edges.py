"""Who cites whom: core.citation, core.citation_evidence and the works at their ends."""

import itertools

import pytest

from warehouse.load import load_staged

EDGES = "select citing_work_id, cited_work_id from core.citation order by all"


def test_reference_by_openalex_id_is_an_edge_to_the_doi(world, work):
    run = world.run("10.1/a")
    run.answer(
        "openalex",
        "work",
        "10.1/a",
        work("openalex:W1", tokens=("doi:10.1/a", "openalex:W1")),
    )
    run.answer(
        "openalex", "citing", "10.1/a", work("openalex:W2", references=("openalex:W1",))
    )
    world.build()
    assert world.rows(EDGES) == [("openalex:W2", "doi:10.1/a")]


def test_only_edges_that_touch_a_cited_doi_are_kept(world, work):
    run = world.run("10.1/a")
    run.answer(
        "crossref",
        "work",
        "10.1/a",
        work("doi:10.1/a", references=("doi:10.1/old",)),
        work("doi:10.1/c", references=("doi:10.1/a", "doi:10.1/elsewhere")),
    )
    world.build()
    assert world.rows(EDGES) == [
        ("doi:10.1/a", "doi:10.1/old"),
        ("doi:10.1/c", "doi:10.1/a"),
    ]


def test_two_sources_are_one_edge_with_two_rows_of_evidence(world, work, citation):
    run = world.run("10.1/a")
    run.answer(
        "crossref", "work", "10.1/c", work("doi:10.1/c", references=("doi:10.1/a",))
    )
    run.answer(
        "opencitations",
        "citing",
        "10.1/a",
        citation("doi:10.1/c omid:br/1", "doi:10.1/a"),
    )
    world.build()
    assert world.rows(EDGES) == [("doi:10.1/c", "doi:10.1/a")]
    assert world.rows(
        "select source, source_ids from core.citation_evidence order by source"
    ) == [
        ("crossref", ["doi:10.1/c"]),
        ("opencitations", ["oci:doi:10.1/c omid:br/1-doi:10.1/a"]),
    ]


def test_evidence_keeps_the_first_and_the_last_time_it_was_seen(world, citation):
    for _ in range(2):
        run = world.run("10.1/a")
        run.answer(
            "opencitations", "citing", "10.1/a", citation("doi:10.1/c", "doi:10.1/a")
        )
    world.build()
    assert world.row(
        "select first_seen::date::varchar, last_seen::date::varchar, "
        "run_id from core.citation_evidence"
    ) == ("2026-11-01", "2026-11-02", "run-2")


def test_work_does_not_cite_itself(world, work, citation):
    run = world.run("10.1/a")
    run.answer(
        "crossref", "work", "10.1/a", work("doi:10.1/a", references=("doi:10.1/a",))
    )
    run.answer(
        "opencitations",
        "citing",
        "10.1/a",
        citation("doi:10.1/a omid:br/1", "omid:br/1"),
    )
    world.build()
    assert world.rows(EDGES) == []


def test_preprint_does_not_cite_its_own_article(world, work, version_link):
    run = world.run("10.1/a")
    run.answer(
        "crossref",
        "work",
        ("10.1/a", "10.1101/p"),
        work("doi:10.1/a"),
        work(
            "doi:10.1101/p",
            publication_type="preprint",
            type_rule="preprint",
            references=("doi:10.1/a",),
            version_links=(version_link("is-preprint-of", "doi:10.1/a"),),
        ),
    )
    world.build()
    assert world.rows(EDGES) == []
    assert world.rows(
        "select work_id, version_group_id, is_preprint from "
        "core.version_group order by 1"
    ) == [
        ("doi:10.1/a", "doi:10.1/a", False),
        ("doi:10.1101/p", "doi:10.1/a", True),
    ]


def test_work_that_nobody_describes_is_a_stub_without_type(world, citation):
    run = world.run("10.1/a")
    run.answer("opencitations", "citing", "10.1/a", citation("omid:br/1", "doi:10.1/a"))
    world.build()
    assert world.rows(
        "select work_id, doi, title, publication_type, "
        "has_type_conflict from core.work order by 1"
    ) == [
        ("doi:10.1/a", "10.1/a", None, None, None),
        ("omid:br/1", None, None, None, None),
    ]
    assert world.rows(
        "select work_id, scheme, value from core.work_identifier order by 1"
    ) == [
        ("doi:10.1/a", "doi", "10.1/a"),
        ("omid:br/1", "omid", "br/1"),
    ]


def test_alias_and_prime_are_one_work_and_one_row_of_the_tally(world, work):
    run = world.run("10.1/alias", "10.1/prime")
    run.answer(
        "crossref",
        "work",
        "10.1/alias",
        work("doi:10.1/prime", aliases=("doi:10.1/alias",)),
    )
    world.build()
    assert world.rows("select doi, work_id from core.cited_doi order by doi") == [
        ("10.1/alias", "doi:10.1/prime"),
        ("10.1/prime", "doi:10.1/prime"),
    ]
    assert world.rows("select cited_doi from mart.tally") == [("10.1/prime",)]
    assert world.rows(
        "select cited_doi, source from mart.ledger where source = 'crossref'"
    ) == [("10.1/prime", "crossref")]


def test_doi_is_kept_as_it_was_last_typed(world):
    world.run("10.1/a")
    later = world.run("10.1/a")
    manifest = later.manifest.model_copy(
        update={"requested": {"10.1/a": "https://doi.org/10.1/A"}}
    )
    world.load()
    load_staged(world.con, [], manifest)
    world.derive()
    assert world.row(
        "select requested_as, first_run_id, last_run_id from core.cited_doi"
    ) == (
        "https://doi.org/10.1/A",
        "run-1",
        "run-2",
    )


def test_source_that_merged_a_preprint_into_its_article_does_not_index_it(world, work):
    """OpenAlex answers with the article when it is asked for the preprint."""
    run = world.run("10.1101/p")
    article = work(
        "openalex:W1", tokens=("doi:10.1/article", "openalex:W1"), cited_by_count=1
    )
    run.answer("openalex", "work", "10.1101/p", article)
    run.answer(
        "openalex",
        "citing",
        "10.1101/p",
        work("openalex:W2", references=("openalex:W1",)),
        declared_total=1,
    )
    world.build()
    assert world.rows(EDGES) == []
    assert world.row(
        "select state, declared_count, stored_count, cause from "
        "core.source_count where source = 'openalex'"
    ) == ("not_indexed", None, None, "merged into 10.1/article")


def list_night(world, work, *numbers, declared=None, outcome="ok", more=()):
    """A run in which OpenAlex lists the works W2, W3 ... that cite 10.1/a."""
    run = world.run("10.1/a", sources=("openalex",))
    run.answer(
        "openalex",
        "work",
        "10.1/a",
        work("openalex:W1", tokens=("doi:10.1/a", "openalex:W1")),
        *more,
    )
    found = [work(f"openalex:W{n}", references=("openalex:W1",)) for n in numbers]
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        *found,
        declared_total=len(numbers) if declared is None else declared,
        outcome=outcome,
    )
    return run


WITHDRAWN = (
    "select citing_work_id, withdrawn_in_run_id from core.citation_evidence "
    "where source = 'openalex' order by all"
)
COUNT = "select citing_work_count from mart.tally"


def test_edge_goes_after_two_complete_lists_without_it_and_not_after_one(
    make_world, work
):
    counts = []
    for nights in (1, 2, 3):
        world = make_world()
        for numbers in ((2, 3), (2,), (2,))[:nights]:
            list_night(world, work, *numbers)
        world.build()
        counts.append(world.row(COUNT)[0])
    assert counts == [2, 2, 1]
    assert world.rows(WITHDRAWN) == [("openalex:W2", None), ("openalex:W3", "run-3")]
    assert world.rows(EDGES) == [("openalex:W2", "doi:10.1/a")]


def test_lists_that_are_not_complete_never_lower_a_count(world, work):
    list_night(world, work, 2, 3)
    list_night(world, work, 2)
    list_night(world, work, 2, declared=2)
    list_night(world, work, outcome="server")
    list_night(world, work, declared=0, outcome="soft_error")
    world.build()
    assert world.row(COUNT) == (2,)
    assert world.rows(WITHDRAWN) == [("openalex:W2", None), ("openalex:W3", None)]


def test_edge_that_is_listed_again_starts_anew(world, work):
    list_night(world, work, 2, 3)
    list_night(world, work, 2)
    list_night(world, work, 2, 3)
    list_night(world, work, 2)
    world.build()
    assert world.row(COUNT) == (2,)


def test_edge_stays_as_long_as_another_source_gives_it(world, work, citation):
    first = list_night(world, work, 2, 3)
    first.answer(
        "opencitations", "citing", "10.1/a", citation("openalex:W3", "doi:10.1/a")
    )
    list_night(world, work, 2)
    list_night(world, work, 2)
    world.build()
    assert world.row(COUNT) == (2,)
    assert ("openalex:W3", "run-3") in world.rows(WITHDRAWN)


def test_record_of_the_citing_work_that_still_cites_it_keeps_the_edge(world, work):
    still = work("openalex:W3", references=("openalex:W1",))
    list_night(world, work, 2, 3)
    list_night(world, work, 2, more=(still,))
    list_night(world, work, 2, more=(still,))
    world.build()
    assert world.row(COUNT) == (2,)


def describe_citing(world, work, *references):
    run = world.run("10.1/a", sources=("crossref",))
    run.answer("crossref", "work", "10.1/c", work("doi:10.1/c", references=references))


def evidence(world):
    return world.rows("select withdrawn_in_run_id from core.citation_evidence")


def test_reference_that_a_newer_record_lacks_goes_with_the_second_such_record(
    make_world, work
):
    found = []
    for nights in (2, 3):
        world = make_world()
        describe_citing(world, work, "doi:10.1/a", "doi:10.1/x")
        for _ in range(nights - 1):
            describe_citing(world, work, "doi:10.1/x")
        world.build()
        found.append((world.rows(EDGES), evidence(world)))
    assert found == [
        ([("doi:10.1/c", "doi:10.1/a")], [(None,)]),
        ([], [("run-3",)]),
    ]


def test_record_without_any_references_withdraws_nothing(world, work):
    describe_citing(world, work, "doi:10.1/a")
    for _ in range(3):
        describe_citing(world, work)
    world.build()
    assert evidence(world) == [(None,)]


def test_reference_that_comes_back_stands_as_if_it_had_never_gone(world, work):
    describe_citing(world, work, "doi:10.1/a", "doi:10.1/x")
    describe_citing(world, work, "doi:10.1/x")
    describe_citing(world, work, "doi:10.1/a")
    world.build()
    assert evidence(world) == [(None,)]
    assert world.rows(
        "select token, run_id from staging.reference_run order by all"
    ) == [
        ("doi:10.1/a", "run-1"),
        ("doi:10.1/a", "run-3"),
        ("doi:10.1/x", "run-1"),
        ("doi:10.1/x", "run-2"),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_runs_of_references_do_not_depend_on_the_order_of_loading(world, work, order):
    describe_citing(world, work, "doi:10.1/a", "doi:10.1/x")
    describe_citing(world, work, "doi:10.1/a")
    describe_citing(world, work, "doi:10.1/y")
    for place in order:
        run = world.runs[place]
        load_staged(world.con, [run.stage()], run.manifest)
    assert world.rows(
        "select token, run_id from staging.reference_run order by all"
    ) == [
        ("doi:10.1/a", "run-1"),
        ("doi:10.1/a", "run-2"),
        ("doi:10.1/x", "run-1"),
        ("doi:10.1/y", "run-3"),
    ]


def test_evidence_of_a_former_reference_says_when_it_was_last_seen(world, work):
    describe_citing(world, work, "doi:10.1/a", "doi:10.1/x")
    describe_citing(world, work, "doi:10.1/x")
    world.build()
    assert world.row(
        "select run_id, last_seen::date::varchar from core.citation_evidence"
    ) == ("run-1", "2026-11-01")
