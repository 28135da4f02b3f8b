"""Who cites whom: core.citation, core.citation_evidence and the works at their ends."""

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
