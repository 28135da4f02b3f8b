"""Whose stance counts, of given statements, judgements and verdicts."""

import pytest

from warehouse.sqlfile import sql_text

WORKS = "insert into staging.token_work values ('doi:10.1/a', 'A'), ('doi:10.1/b', 'B')"
STATEMENT = """
    insert into core.citation_statement by name
    select
        ? as statement_id, 'A' as citing_work_id, 'B' as cited_work_id,
        ? as text, ? as marker, [?] as markers, ? as text_offset,
        'results' as section, 'body' as location, 1 as mention_count, ['r1'] as ref_ids,
        'europepmc' as source, 'pmcid:PMC1' as full_text_id, 'r' as run_id,
        'GET /x' as request_key, 's' as raw_sha256, 1 as extractor_version
"""
VERDICT = """
    insert into staging.stance_verdict by name
    select
        ? as decision_id, ? as reviewer, ? as stance, now() as decided_at,
        ? as statement_id, 'doi:10.1/a' as citing_token, 'doi:10.1/b' as cited_token,
        ? as text, ? as marker, ? as text_offset, ? as is_in_force
"""
JUDGED = "insert into core.stance values (?, 'm1', ?, 0.1, 0.8, 0.1, 0.8)"


@pytest.fixture
def stated(con):
    """Two sentences with the same words, and one with others; judged mentioning."""
    con.execute(WORKS)
    for name, text, marker, offset in (
        ("s1", "As shown before [1].", "[1]", 10),
        ("s2", "As shown before [1].", "[1]", 900),
        ("s3", "Unlike the trial [1,2].", "[1,2]", 1500),
    ):
        con.execute(STATEMENT, [name, text, marker, marker, offset])
        con.execute(JUDGED, [name, "mentioning"])
    return con


def say(con, *verdicts):
    """Verdicts: reviewer, stance and statement; more to be found by its words."""
    for number, (reviewer, stance, name, *more) in enumerate(verdicts, start=1):
        text, marker, offset, holds = (*more, *("", None, 0, True)[len(more) :])
        con.execute(
            VERDICT,
            [f"c{number}", reviewer, stance, name, text, marker, offset, holds],
        )
    for table in ("stance_correction", "statement_stance"):
        select = sql_text(f"models/core/{table}.sql")
        con.execute(f"insert into core.{table} by name\n{select}")


def found(con):
    return con.execute(
        "select decision_id, statement_id, is_counted from core.stance_correction"
        " order by decision_id"
    ).fetchall()


def decided(con, statement_id):
    return con.execute(
        "select stance, decided_by, is_disputed, reviewers, confidence, model_stance"
        " from core.statement_stance where statement_id = ?",
        [statement_id],
    ).fetchone()


CLASSIFIED = ("mentioning", "classifier", False, [], 0.8, "mentioning")


def test_without_verdicts_the_classifier_decides_on_every_statement(stated):
    say(stated)
    assert [decided(stated, one) for one in ("s1", "s2", "s3")] == [CLASSIFIED] * 3


def test_what_nobody_has_judged_has_a_row_and_no_stance(stated):
    stated.execute("delete from core.stance where statement_id = 's3'")
    say(stated)
    assert decided(stated, "s3") == (None, "classifier", False, [], None, None)


def test_reviewers_that_agree_decide_and_are_named_in_order(stated):
    say(stated, ("Bo", "supporting", "s1"), ("Ada", "supporting", "s1"))
    agreed = ("supporting", "reviewer", False, ["Ada", "Bo"], None, "mentioning")
    assert decided(stated, "s1") == agreed


def test_reviewers_that_disagree_leave_it_to_the_classifier(stated):
    say(stated, ("Ada", "supporting", "s1"), ("Bo", "contrasting", "s1"))
    left = ("mentioning", "classifier", True, ["Ada", "Bo"], 0.8, "mentioning")
    assert decided(stated, "s1") == left


def test_the_newest_verdict_of_a_reviewer_counts_by_number_not_by_letter(stated):
    others = [(f"R{number}", "supporting", "s2") for number in range(8)]
    say(
        stated,
        ("Ada", "supporting", "s1"),
        *others,
        ("Ada", "contrasting", "s1"),  # c10, which as a text is before c2
    )
    assert decided(stated, "s1")[:2] == ("contrasting", "reviewer")


def test_what_was_undone_does_not_count(stated):
    say(stated, ("Ada", "supporting", "s1", "", None, 0, False))
    assert found(stated) == []
    assert decided(stated, "s1") == CLASSIFIED


def test_an_unknown_id_is_found_by_its_words_and_the_nearest_of_twins_is_meant(stated):
    say(
        stated,
        ("Ada", "supporting", "x1", "as shown before[1]", "[1]", 880),
        ("Ada", "supporting", "x2", "As shown  before (1).", "1", 12),
        ("Ada", "supporting", "x3", "As never shown [1].", "[1]", 10),
    )
    assert found(stated) == [("c1", "s2", True), ("c2", "s1", True)]


def test_a_known_id_goes_before_equal_words(stated):
    say(stated, ("Ada", "supporting", "s2", "As shown before [1].", "[1]", 10))
    assert found(stated) == [("c1", "s2", True)]


def test_an_id_about_another_work_is_not_believed(stated):
    stated.execute("update core.citation_statement set cited_work_id = 'C'")
    say(stated, ("Ada", "supporting", "s1", "As shown before [1].", "[1]", 10))
    assert found(stated) == []
