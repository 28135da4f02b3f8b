"""Which of several sources is believed: core.work and its neighbours."""

import pytest

from schemas.dates import partial_date
from schemas.work import Notice


def described(world, **by_source):
    """One cited work, as each source describes it."""
    run = world.run("10.1/a")
    for source, record in by_source.items():
        run.answer(source, "work", "10.1/a", record)
    world.build()


def test_registry_wins_and_gaps_are_filled(world, work):
    described(
        world,
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            title="of OpenAlex",
            publisher="P",
            oa_url="http://open",
            licence="cc-by",
        ),
        crossref=work(
            "doi:10.1/a", title="of Crossref", oa_url="http://vor", licence=None
        ),
    )
    assert world.row(
        "select title, publisher, oa_url, licence, language from core.work"
    ) == (
        "of Crossref",
        "P",
        "http://open",
        "cc-by",
        None,
    )
    assert world.rows(
        "select field, source, record_key from core.work_provenance "
        "where field in ('title', 'oa_url') order by 1"
    ) == [("oa_url", "openalex", "openalex:W1"), ("title", "crossref", "doi:10.1/a")]


def test_a_value_of_a_source_without_a_rank_is_not_lost(world, work, author):
    world.con.execute(
        "delete from core.field_precedence"
        " where source = 'openalex' and field in ('title', 'byline', 'is_retracted')"
    )
    byline = (author(1, "A B"),)
    described(
        world,
        openalex=work("doi:10.1/a", title="T", authors=byline, is_retracted=True),
    )
    assert world.row("select title, is_retracted, author_count from core.work") == (
        "T",
        True,
        1,
    )


def test_year_and_date_come_from_one_record(world, work):
    described(
        world,
        crossref=work("doi:10.1/a", published_date=partial_date([2019, 2, 31])),
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            published_date=partial_date([2018, 1, 1]),
        ),
    )
    assert world.row(
        "select published_date, published_date_raw, published_year from core.work"
    ) == (
        "2019-02",
        "2019-2-31",
        2019,
    )


def test_any_source_can_say_that_a_work_is_retracted(world, work):
    described(
        world,
        crossref=work("doi:10.1/a", is_retracted=False),
        openalex=work(
            "openalex:W1", tokens=("doi:10.1/a", "openalex:W1"), is_retracted=True
        ),
    )
    assert world.row("select is_retracted from core.work") == (True,)
    assert world.row(
        "select source from core.work_provenance where field = 'is_retracted'"
    ) == ("openalex",)
    assert world.row("select is_retracted from mart.tally") == (True,)


def test_nobody_saying_anything_of_retraction_is_null(world, work):
    described(world, crossref=work("doi:10.1/a"))
    assert world.row("select is_retracted from core.work") == (None,)


def test_same_notice_of_two_asserters_is_one_row(world, work):
    date = partial_date([2020, 5])
    described(
        world,
        crossref=work(
            "doi:10.1/a",
            notices=(
                Notice(
                    type="retraction",
                    doi="10.1/N",
                    asserted_by="retraction-watch",
                    date=date,
                ),
                Notice(type="retraction", doi="10.1/n", asserted_by="publisher"),
            ),
        ),
    )
    (notice,) = world.rows("from core.notice")
    assert notice[:4] == ("doi:10.1/a", "retraction", "10.1/n", "2020-05")
    assert notice[4:] == ("publisher", "crossref", ["crossref"])
    assert world.row("select is_retracted from core.work") == (True,)


TYPES = [
    (
        "Crossref cannot say review",
        {"crossref": "article", "openalex": "review"},
        "review",
        False,
    ),
    (
        "nor editorial",
        {"crossref": "article", "openalex": "editorial"},
        "editorial",
        False,
    ),
    (
        "OpenAlex is asked before S2",
        {"crossref": "article", "semanticscholar": "review", "openalex": "letter"},
        "letter",
        True,
    ),
    (
        "Crossref wins otherwise",
        {"crossref": "article", "openalex": "dataset"},
        "article",
        True,
    ),
    (
        "other loses to any type",
        {"crossref": "other", "opencitations": "book"},
        "book",
        False,
    ),
    (
        "Crossref knows its preprints",
        {"crossref": "article", "openalex": "preprint"},
        "article",
        True,
    ),
    (
        "a preprint wins",
        {"crossref": "preprint", "openalex": "article"},
        "preprint",
        True,
    ),
    (
        "without Crossref OpenAlex may say it",
        {"openalex": "preprint", "opencitations": "article"},
        "preprint",
        True,
    ),
    (
        "nothing but other is other",
        {"crossref": "other", "openalex": "other"},
        "other",
        False,
    ),
]


@pytest.mark.parametrize(("_", "said", "expected", "conflict"), TYPES)
def test_publication_type_of_several_sources(world, work, _, said, expected, conflict):
    described(
        world,
        **{
            source: work(
                f"{source}:1",
                tokens=("doi:10.1/a", f"{source}:1"),
                publication_type=type_,
                type_rule="preprint" if type_ == "preprint" else "table",
            )
            for source, type_ in said.items()
        },
    )
    assert world.row("select publication_type, has_type_conflict from core.work") == (
        expected,
        conflict,
    )


def test_notice_type_wins_over_everything(world, work):
    described(
        world,
        crossref=work("doi:10.1/a"),
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            publication_type="retraction",
            type_rule="notice",
        ),
    )
    assert world.row("select publication_type, has_type_conflict from core.work") == (
        "retraction",
        False,
    )


def test_retracted_article_keeps_its_type(world, work):
    notice = Notice(type="retraction", doi="10.1/n", asserted_by="publisher")
    described(world, crossref=work("doi:10.1/a", notices=(notice,)))
    assert world.row("select publication_type, is_retracted from core.work") == (
        "article",
        True,
    )


def test_posted_content_that_is_no_preprint_leaves_the_word_to_others(world, work):
    described(
        world,
        crossref=work(
            "doi:10.1/a", publication_type="other", raw_type="posted-content"
        ),
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            publication_type="preprint",
            type_rule="preprint",
        ),
    )
    assert world.row("select publication_type from core.work") == ("preprint",)


def test_raw_types_are_all_kept(world, work):
    described(
        world,
        crossref=work("doi:10.1/a", raw_type="journal-article"),
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            raw_type="something-unknown",
            publication_type="other",
            type_rule="unknown",
        ),
    )
    assert world.rows(
        "select source, raw_type, type_rule from core.work_type order by 1"
    ) == [
        ("crossref", "journal-article", "table"),
        ("openalex", "something-unknown", "unknown"),
    ]


def test_byline_is_filled_from_other_sources_by_place_and_family_name(
    world, work, author
):
    described(
        world,
        crossref=work(
            "doi:10.1/a",
            authors=(
                author(1, "Jan van den Berg", family="van den Berg", given="Jan"),
                author(2, "Åsa Öst", family="Öst", given="Åsa"),
            ),
        ),
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            authors=(
                author(
                    1,
                    "J. van den Berg",
                    orcid="0000-0002-1825-0097",
                    openalex_author_id="A1",
                ),
                author(2, "Somebody Else", openalex_author_id="A2"),
            ),
        ),
    )
    assert world.rows(
        "select position, name, orcid, openalex_author_id, source from "
        "core.authorship order by 1"
    ) == [
        (1, "Jan van den Berg", "0000-0002-1825-0097", "A1", "crossref"),
        (2, "Åsa Öst", None, None, "crossref"),
    ]


def test_shortened_byline_gives_way_to_a_whole_one(world, work, author):
    described(
        world,
        crossref=work("doi:10.1/a", authors=(author(1, "A One"),), is_complete=False),
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            authors=(author(1, "A One"), author(2, "B Two")),
        ),
    )
    assert world.row("select author_count from core.work") == (2,)


def test_number_of_authors_of_a_shortened_byline_is_not_known(world, work, author):
    described(
        world,
        openalex=work(
            "openalex:W1",
            tokens=("doi:10.1/a", "openalex:W1"),
            authors=(author(1, "A One"),),
            is_complete=False,
        ),
    )
    assert world.row("select author_count from core.work") == (None,)
    assert world.row("select count(*) from core.authorship") == (1,)
