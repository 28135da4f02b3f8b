"""Passages that cite: kept apart from everything that is shown, and never counted."""

from schemas.citation import CitationContext

SAID = (
    CitationContext(text="The method of [4] was used.", intents=("methodology",)),
    CitationContext(text="See [4]."),
)
LIST = "GET /paper/2/citations"


def listed(world, work, citation, **said):
    """A run in which Semantic Scholar lists 10.1/b as a work that cites 10.1/a."""
    run = world.run("10.1/a", sources=("semanticscholar",))
    run.answer(
        "semanticscholar",
        "work",
        "10.1/a",
        work("s2:2", tokens=("doi:10.1/a", "s2:2"), cited_by_count=1),
    )
    run.answer(
        "semanticscholar",
        "citing",
        "s2:2",
        citation("doi:10.1/b s2:1", "s2:2", record_key="s2:1>s2:2", **said),
        key=LIST,
    )
    world.build()
    return run


def test_each_passage_is_a_private_row_with_its_licence_and_its_answer(
    world, work, citation
):
    run = listed(world, work, citation, contexts=SAID, intents=("methodology",))

    assert world.rows(
        "select citing_work_id, cited_work_id, source, record_key, context_index, "
        "text, intents, run_id, request_key from private.citation_context order by all"
    ) == [
        (
            *("doi:10.1/b", "doi:10.1/a", "semanticscholar", "s2:1>s2:2"),
            *(place, said.text, list(said.intents), run.run_id, LIST),
        )
        for place, said in enumerate(SAID)
    ]
    terms = world.rows(
        "select distinct licence, attribution from private.citation_context"
    )
    [(licence, attribution)] = terms
    assert "CC BY-NC or ODC-BY" in licence
    assert "not for redistribution" in licence
    assert attribution == "Semantic Scholar"


def test_the_comments_say_that_the_text_is_private_and_whose_it_is(world):
    world.build()
    [(comment,)] = world.rows(
        "select comment from duckdb_tables() where schema_name = 'private'"
        " and table_name = 'citation_context'"
    )
    assert "PRIVATE" in comment
    assert "Semantic Scholar" in comment
    assert "CC BY-NC or ODC-BY" in comment


def test_intents_and_influence_are_facts_with_attribution_and_without_text(
    world, work, citation
):
    listed(
        world,
        work,
        citation,
        contexts=SAID,
        intents=("background", "methodology"),
        is_influential=True,
    )
    assert world.rows("select * from core.citation_intent") == [
        (
            "doi:10.1/b",
            "doi:10.1/a",
            "semanticscholar",
            ["background", "methodology"],
            True,
            2,
            "Semantic Scholar",
        )
    ]


def test_a_citation_of_which_nothing_is_said_has_no_row_of_intents(
    world, work, citation
):
    listed(world, work, citation)
    assert world.rows("select * from core.citation_intent") == []
    assert world.rows("select * from private.citation_context") == []


def test_contexts_are_never_counted_as_statements(world, work, citation):
    listed(world, work, citation, contexts=SAID, intents=("result",))
    assert world.rows("select count(*) from core.citation_statement") == [(0,)]
    assert world.rows("select coalesce(statement_count, 0) from mart.tally") == [(0,)]


def test_no_table_that_is_shown_holds_a_passage(world, work, citation):
    listed(world, work, citation, contexts=SAID)
    tables = world.rows(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where schema_name not in ('private', 'staging') order by all"
    )
    assert ("core.citation_intent",) in tables
    for (table,) in tables:
        rows = str(world.con.table(table).fetchall())
        assert not any(said.text in rows for said in SAID), table


def test_a_passage_of_a_work_that_cites_itself_is_no_row(world, work, citation):
    run = world.run("10.1/a", sources=("semanticscholar",))
    run.answer(
        "semanticscholar", "work", "10.1/a", work("s2:2", tokens=("doi:10.1/a", "s2:2"))
    )
    run.answer(
        "semanticscholar",
        "citing",
        "s2:2",
        citation("doi:10.1/a s2:2", "s2:2", contexts=SAID, intents=("result",)),
    )
    world.build()
    assert world.rows("select * from private.citation_context") == []
    assert world.rows("select * from core.citation_intent") == []
