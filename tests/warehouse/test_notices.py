"""Retractions and other notices: every voice is heard, each notice stands once."""

import pytest

from schemas.work import Notice


def described(world, work, flags, notices=()):
    run = world.run("10.1/a")
    run.answer("crossref", "work", "10.1/a", work("doi:10.1/a", notices=tuple(notices)))
    for source, flag in flags.items():
        run.answer(
            source,
            "work",
            "10.1/a",
            work(
                f"{source}:1",
                tokens=("doi:10.1/a", "openalex:W1"),
                is_retracted=flag,
            ),
        )
    world.build()


def test_a_bare_flag_is_a_retraction_without_doi_said_by_its_source(world, work):
    described(world, work, {"openalex": True, "opencitations": False})

    assert world.rows("select type, notice_doi, asserted_by from core.notice") == [
        ("retraction", None, "openalex")
    ]
    assert world.row("select is_retracted from core.work") == (True,)


def test_a_bare_flag_adds_nothing_to_a_notice_that_says_it_with_a_doi(world, work):
    said = Notice(type="retraction", doi="10.1/n", asserted_by="publisher")
    described(world, work, {"openalex": True}, [said])

    assert world.rows("select notice_doi, asserted_by from core.notice") == [
        ("10.1/n", "publisher")
    ]


@pytest.mark.parametrize(
    "kind", ["correction", "expression_of_concern", "partial_retraction"]
)
def test_a_notice_that_leaves_the_work_standing_does_not_retract_it(world, work, kind):
    said = Notice(type=kind, doi="10.1/n", asserted_by="publisher")
    described(world, work, {"openalex": False}, [said])

    assert world.row("select is_retracted from core.work") == (False,)
    assert world.rows("select type from core.notice") == [(kind,)]


def test_a_notice_names_every_source_that_tells_of_it(world, work):
    said = Notice(type="retraction", doi="10.1/n", asserted_by="publisher")
    flags = {"openalex": True, "europepmc": True, "opencitations": False}
    described(world, work, flags, [said])

    assert world.rows("select notice_doi, source, sources from core.notice") == [
        ("10.1/n", "crossref", ["crossref", "europepmc", "openalex"])
    ]


def test_a_mark_of_two_sources_is_one_notice_of_both(world, work):
    described(world, work, {"openalex": True, "europepmc": True})

    assert world.rows("select type, notice_doi, sources from core.notice") == [
        ("retraction", None, ["europepmc", "openalex"])
    ]


def test_a_correction_is_not_told_by_those_who_mark_a_retraction(world, work):
    said = [
        Notice(type="correction", doi="10.1/c", asserted_by="publisher"),
        Notice(type="retraction", doi="10.1/n", asserted_by="publisher"),
    ]
    described(world, work, {"openalex": True}, said)

    assert world.rows("select type, sources from core.notice order by type") == [
        ("correction", ["crossref"]),
        ("retraction", ["crossref", "openalex"]),
    ]
