"""What comes of a full text, and whose it is; who else has seen a statement."""

import pytest

from schemas.full_text import FullTextRecord
from warehouse.build import models

CITING = "doi:10.1/citing"
TEXT = "pmcid:PMC1"


def text(*tokens, key=TEXT):
    return FullTextRecord(
        record_key=key, tokens=tokens, reference_count=1, citation_count=1
    )


@pytest.fixture
def citing(world, work):
    """A run in which one work cites another; its text may be answered in it."""
    run = world.run("10.1/a", sources=("openalex", "europepmc"))
    run.answer("openalex", "work", "10.1/a", work("doi:10.1/a", cited_by_count=1))
    run.answer(
        "openalex",
        "citing",
        "10.1/a",
        work(CITING, TEXT, references=("doi:10.1/a",)),
        declared_total=1,
    )
    return run


def outcome(world):
    world.build()
    [row] = world.rows("select work_id, outcome, why from core.full_text")
    assert row[0] == CITING
    return row[1:]


def test_a_text_that_came_is_read(world, citing):
    citing.answer("europepmc", "full_text", TEXT, text(TEXT, CITING))
    assert outcome(world) == ("read", None)


def test_a_text_without_names_of_its_own_is_taken_at_the_sources_word(world, citing):
    citing.answer("europepmc", "full_text", TEXT, text())
    assert outcome(world) == ("read", None)


def test_a_text_that_calls_itself_another_work_is_nobodys(world, citing, work):
    citing.answer("openalex", "work", "10.1/other", work("doi:10.1/other"))
    citing.answer("europepmc", "full_text", TEXT, text(TEXT, "doi:10.1/other"))
    kind, why = outcome(world)
    assert kind == "rejected"
    assert "doi:10.1/other" in why
    assert world.rows("select outcome, why from core.full_text_citation") == [
        (kind, why)
    ]
    [tally] = world.rows("select full_text_citing_work_count from mart.tally")
    assert tally == (0,)


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ("not_found", "not_open"),
        ("client", "failed"),
        ("server", "failed"),
        ("budget", "failed"),
    ],
)
def test_only_a_source_without_the_text_says_that_it_is_not_open(
    world, citing, answered, said
):
    citing.answer("europepmc", "full_text", TEXT, outcome=answered)
    assert outcome(world)[0] == said


def test_a_text_that_was_had_once_stays_when_it_is_not_to_be_had(world, citing):
    citing.answer("europepmc", "full_text", TEXT, text(TEXT))
    later = world.run("10.1/a")
    later.answer("europepmc", "full_text", TEXT, outcome="not_found")
    assert outcome(world)[0] == "read"


SENTENCE = "The delay was as large as that of the only trial in bakers [2, 3]."


@pytest.mark.parametrize(
    ("passage", "is_witness"),
    [
        (SENTENCE, True),
        (f"Before it. {SENTENCE.upper()} After it.", True),
        (SENTENCE.replace("[2, 3]", "[17]").replace("  ", " "), True),
        ("delay was as large as that of the only trial in bakers", True),
        ("The delay was as large.", False),  # too little to tell
        (SENTENCE.replace("delay", "sleep"), False),
        ("", False),
    ],
)
def test_a_passage_is_a_witness_if_it_holds_the_sentence(con, passage, is_witness):
    con.execute(
        "insert into core.citation_statement by name select 's' as statement_id,"
        " 'x' as citing_work_id, 'y' as cited_work_id, 0 as text_offset, ? as text,"
        " 'results' as section, 'body' as location, ['2'] as markers,"
        " 1 as mention_count, ['B2'] as ref_ids, 'europepmc' as source,"
        " 'pmcid:PMC1' as full_text_id, 'r' as run_id, 'q' as request_key,"
        " 'h' as raw_sha256, 1 as extractor_version",
        [SENTENCE],
    )
    con.execute(
        "insert into private.citation_context by name select 'x' as citing_work_id,"
        " cited as cited_work_id, 'semanticscholar' as source, cited as record_key,"
        " 0 as context_index, ? as text, [] as intents, 'l' as licence,"
        " 'a' as attribution, 'r' as run_id, 'q' as request_key, 'h' as raw_sha256,"
        " now() as fetched_at from (values ('y'), ('another work')) as t (cited)",
        [passage],
    )
    [model] = [one for one in models() if one.table == "private.statement_witness"]
    found = con.execute(model.select).fetchall()
    assert found == ([("s", "semanticscholar", "y", 0)] if is_witness else [])
