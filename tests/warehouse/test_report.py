"""The report of one cited work, read from tables that hold known facts."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from schemas.cited_report import CitedReport, LedgerLine, ReportedAbstract
from schemas.citing_side import CitingCounts
from schemas.report import SourceCount
from warehouse.errors import NotHeld
from warehouse.migrate import migrate
from warehouse.report.cited import cited_report

TIDES = "10.5555/tides"

FACTS = """
insert into core.run values
    ('run-1', '2026-01-01 00:00:00+00', '2026-01-01 00:10:00+00', 'complete', '0',
     ['openalex'], 3, 'refresh'),
    ('run-2', '2026-01-02 00:00:00+00', '2026-01-02 00:10:00+00', 'complete', '0',
     ['openalex'], 3, 'refresh');
insert into core.cited_doi values
    ('10.5555/tides', '10.5555/TIDES', 'doi:10.5555/tides', 'run-1', 'run-2'),
    ('10.5555/tides-old', '10.5555/tides-old', 'doi:10.5555/tides', 'run-1', 'run-1'),
    ('10.5555/nobody', '10.5555/nobody', 'doi:10.5555/nobody', 'run-1', 'run-2'),
    ('10.5555/zero', '10.5555/zero', 'doi:10.5555/zero', 'run-1', 'run-2');
insert into core.work by name
    select 'doi:10.5555/tides' as work_id, '10.5555/tides' as doi, 'The tides' as title,
        'article' as publication_type, '2019-02' as published_date,
        2019 as published_year, 'Journal of Invented Seas' as container_title,
        true as is_retracted, 3 as reference_count;
insert into core.work by name
    select 'doi:10.5555/zero' as work_id, '10.5555/zero' as doi, 'Uncited' as title;
insert into core.work by name
    select 'doi:10.5555/early' as work_id, '10.5555/early' as doi, 'Early' as title,
        1999 as published_year;
insert into core.work by name
    select 'doi:10.5555/citing' as work_id, '10.5555/citing' as doi, 'Cites' as title;
insert into core.work_identifier values
    ('doi:10.5555/tides', 'doi', '10.5555/tides'),
    ('doi:10.5555/tides', 'doi', '10.5555/tides-old'),
    ('doi:10.5555/tides', 'doi', '10.5555/tides-prime'),
    ('doi:10.5555/tides', 'openalex', 'W1'),
    ('doi:10.5555/citing', 'doi', '10.5555/citing'),
    ('doi:10.5555/zero', 'doi', '10.5555/zero');
insert into core.authorship by name
    select 'doi:10.5555/tides' as work_id, position, name, 'crossref' as source
    from (values (2, 'Bo Second'), (1, 'Ada First')) as t(position, name);
insert into core.notice
    select 'doi:10.5555/tides', type, doi, dated, 'publisher', 'crossref', ['crossref']
    from (
        values ('retraction', '10.5555/notice', '2021-05'), ('correction', null, '2020')
    ) as t(type, doi, dated);
insert into core.citation values
    ('doi:10.5555/citing', 'doi:10.5555/tides', false, null),
    ('doi:10.5555/tides', 'openalex:W9', null, null),
    ('doi:10.5555/tides', 'doi:10.5555/early', null, null);
insert into core.source_count by name
    select '10.5555/tides' as cited_doi, 'openalex' as source, 'run-1' as run_id,
        'failed' as state, 'server: 503 after 5 tries' as cause;
insert into core.source_count by name
    select '10.5555/tides' as cited_doi, 'openalex' as source, 'run-2' as run_id,
        'known' as state, 4 as declared_count, 3 as stored_count;
insert into core.source_count by name
    select '10.5555/tides' as cited_doi, 'crossref' as source, 'run-1' as run_id,
        'known' as state, 5 as declared_count;
insert into core.source_count by name
    select '10.5555/nobody' as cited_doi, 'openalex' as source, 'run-2' as run_id,
        'not_indexed' as state;
insert into mart.tally by name
    select '10.5555/tides' as cited_doi, 'known' as state, 3 as citing_work_count,
        2 as citing_group_count, 1 as self_citing_work_count,
        2 as independent_citing_work_count, 0 as unknown_relationship_work_count,
        3 as reference_count, true as is_retracted;
insert into mart.tally by name
    select '10.5555/nobody' as cited_doi, 'not_indexed' as state;
insert into mart.tally by name
    select '10.5555/zero' as cited_doi, 'known' as state, 0 as citing_work_count,
        0 as citing_group_count, 0 as self_citing_work_count,
        0 as independent_citing_work_count, 0 as unknown_relationship_work_count;
insert into mart.citations_by_year_and_type by name
    select '10.5555/tides' as cited_doi, citing_year, publication_type,
        1 as citing_work_count, 1 as citing_group_count
    from (
        values (null, 'other'), (2021, 'review'), (2021, 'article')
    ) as t(citing_year, publication_type);
"""


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A migrated, empty warehouse."""
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        migrate(con)
        yield con


@pytest.fixture
def held(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute(FACTS)
    return con


@pytest.fixture
def tides(held: duckdb.DuckDBPyConnection) -> CitedReport:
    return cited_report(held, TIDES)


def test_the_head_of_the_report_is_the_merged_work(tides: CitedReport):
    assert (tides.doi, tides.requested_as) == (TIDES, "10.5555/TIDES")
    assert (tides.title, tides.container_title) == (
        "The tides",
        "Journal of Invented Seas",
    )
    assert (tides.published_date, tides.published_year) == ("2019-02", 2019)
    assert tides.publication_type == "article"
    assert tides.is_retracted is True
    assert tides.publisher is None


def test_authors_come_in_the_order_of_the_byline(tides: CitedReport):
    assert tides.authors == ("Ada First", "Bo Second")


def test_notices_come_oldest_first(tides: CitedReport):
    assert [notice.type for notice in tides.notices] == ["correction", "retraction"]
    assert tides.notices[1].notice_doi == "10.5555/notice"


def test_counts_are_those_of_the_tally(tides: CitedReport):
    assert tides.state == "known"
    assert tides.counts.citing_work_count == 3
    assert tides.counts.citing_group_count == 2
    assert tides.counts.supporting_statement_count is None
    assert tides.statement_count is None


def test_years_come_in_order_and_an_unknown_year_last(tides: CitedReport):
    places = [(row.citing_year, row.publication_type) for row in tides.by_year_and_type]
    assert places == [(2021, "article"), (2021, "review"), (None, "other")]


def test_each_source_stands_with_what_it_said_when_it_was_last_asked(
    tides: CitedReport,
):
    assert tides.sources == {
        "crossref": SourceCount(state="known", declared_count=5),
        "openalex": SourceCount(state="known", declared_count=4, stored_count=3),
    }


def test_references_are_listed_also_when_nobody_described_them(tides: CitedReport):
    found = [(each.work_id, each.title) for each in tides.references]
    assert found == [("doi:10.5555/early", "Early"), ("openalex:W9", None)]


def test_the_newest_run_is_named(tides: CitedReport):
    assert tides.as_of is not None
    assert tides.as_of.run_id == "run-2"


@pytest.mark.parametrize("other", ["10.5555/tides-old", "10.5555/tides-prime"])
def test_another_doi_of_the_same_work_finds_it(
    held: duckdb.DuckDBPyConnection, other: str
):
    found = cited_report(held, other)
    assert (found.doi, found.asked_as, found.title) == (TIDES, other, "The tides")
    assert found.counts.citing_work_count == 3


def test_a_work_that_no_source_knows_has_counts_that_are_not_known(
    held: duckdb.DuckDBPyConnection,
):
    found = cited_report(held, "10.5555/nobody")
    assert found.state == "not_indexed"
    assert found.counts == CitingCounts()
    assert (found.title, found.authors, found.is_retracted) == (None, None, None)
    assert found.by_year_and_type == ()


def test_a_known_zero_is_zero(held: duckdb.DuckDBPyConnection):
    found = cited_report(held, "10.5555/zero")
    assert (found.state, found.counts.citing_work_count) == ("known", 0)


def test_a_work_that_only_cites_is_not_held(held: duckdb.DuckDBPyConnection):
    with pytest.raises(NotHeld, match=r"10\.5555/citing"):
        cited_report(held, "10.5555/citing")


def test_an_empty_warehouse_holds_nothing(con: duckdb.DuckDBPyConnection):
    with pytest.raises(NotHeld):
        cited_report(con, TIDES)


MORE = """
insert into core.work_provenance values
    ('doi:10.5555/tides', 'abstract', 'crossref', 'doi:10.5555/tides'),
    ('doi:10.5555/zero', 'abstract', 'europepmc', 'epmc:MED/1');
insert into core.abstract values
    ('doi:10.5555/tides', 'Of tides.\n\nAnd seas.', 'crossref', 'cc-by');
insert into mart.ledger by name
    select '10.5555/tides' as cited_doi, 'openalex' as source, 'run-1' as run_id,
        9 as declared_count, 9 as stored_count, 0 as unexplained_count;
insert into mart.ledger by name
    select '10.5555/tides' as cited_doi, 'openalex' as source, 'run-2' as run_id,
        8 as declared_count, 3 as stored_count, 1 as no_identifier, 1 as duplicate,
        1 as merged_version, 0 as out_of_reach, -1 as withdrawn, 2 as not_yet_indexed,
        0 as failed, 1 as unexplained_count;
insert into mart.ledger by name
    select '10.5555/tides' as cited_doi, 'crossref' as source, 'run-1' as run_id,
        5 as declared_count, 5 as out_of_reach;
insert into mart.ledger by name
    select '10.5555/zero' as cited_doi, 'openalex' as source, 'run-2' as run_id,
        0 as declared_count, 0 as stored_count;
insert into history.publication
    select n, timestamptz '2026-01-01 00:10:00+00' + to_days(n), 'nightly',
        'run-' || n, '0'
    from range(1, 31) as numbers(n);
insert into history.change by name
    select 'id-' || n as change_id, n as publication_no, 'citation_added' as kind,
        'new' as reason, false as is_back_fill, '10.5555/tides' as cited_doi,
        'doi:10.5555/tides' as cited_work_id, 'doi:10.5555/citing' as citing_work_id,
        'openalex' as source, 'run-' || n as run_id
    from range(2, 31) as numbers(n);
insert into history.change by name
    select 'id-former' as change_id, 30 as publication_no, 're_dated' as kind,
        'told' as reason, false as is_back_fill, '10.5555/tides-old' as cited_doi,
        'doi:10.5555/tides-old' as cited_work_id, 'doi:10.5555/tides-old' as work_id,
        'published_year' as field, '2018' as before_value, '2019' as after_value;
insert into history.change by name
    select 'id-other' as change_id, 30 as publication_no, 'citation_added' as kind,
        'new' as reason, false as is_back_fill, '10.5555/zero' as cited_doi,
        'doi:10.5555/zero' as cited_work_id, 'doi:10.5555/gone' as citing_work_id;
"""


@pytest.fixture
def more(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A file with what the sources explain, what has changed, and abstracts."""
    with duckdb.connect(tmp_path / "warehouse.duckdb") as con:
        con.execute("set timezone = 'UTC'")
        migrate(con)
        con.execute(FACTS)
        con.execute(MORE)
        yield con


def test_an_abstract_that_may_be_shown_comes_with_source_and_licence(
    more: duckdb.DuckDBPyConnection,
):
    found = cited_report(more, TIDES)
    assert found.abstract == ReportedAbstract(
        text="Of tides.\n\nAnd seas.", source="crossref", licence="cc-by"
    )
    assert found.abstract_withheld is False


def test_an_abstract_that_may_not_be_shown_is_withheld_and_not_unknown(
    more: duckdb.DuckDBPyConnection,
):
    found = cited_report(more, "10.5555/zero")
    assert (found.abstract, found.abstract_withheld) == (None, True)


def test_where_no_source_gives_an_abstract_none_is_withheld(
    more: duckdb.DuckDBPyConnection,
):
    found = cited_report(more, "10.5555/nobody")
    assert (found.abstract, found.abstract_withheld) == (None, False)


def test_the_ledger_has_a_line_a_source_of_its_newest_run(
    more: duckdb.DuckDBPyConnection,
):
    assert cited_report(more, TIDES).ledger == (
        LedgerLine(source="crossref", run_id="run-1", declared_count=5, out_of_reach=5),
        LedgerLine(
            source="openalex",
            run_id="run-2",
            declared_count=8,
            stored_count=3,
            no_identifier=1,
            duplicate=1,
            merged_version=1,
            out_of_reach=0,
            withdrawn=-1,
            not_yet_indexed=2,
            failed=0,
            unexplained_count=1,
        ),
    )


def test_a_ledger_of_zero_is_zero_and_what_is_not_known_is_none(
    more: duckdb.DuckDBPyConnection,
):
    (line,) = cited_report(more, "10.5555/zero").ledger
    assert (line.declared_count, line.stored_count, line.failed) == (0, 0, None)
    assert cited_report(more, "10.5555/nobody").ledger == ()


def test_the_newest_20_changes_come_first_under_any_doi_of_the_work(
    more: duckdb.DuckDBPyConnection,
):
    changes = cited_report(more, TIDES).recent_changes
    numbers = [one.publication_no for one in changes]
    assert numbers == [30, *range(30, 11, -1)]
    added, dated = changes[:2]
    assert (added.kind, added.reason, added.source) == (
        "citation_added",
        "new",
        "openalex",
    )
    assert added.published_at == dt.datetime(2026, 1, 31, 0, 10, tzinfo=dt.UTC)
    assert (added.citing_work_id, added.citing_doi, added.citing_title) == (
        "doi:10.5555/citing",
        "10.5555/citing",
        "Cites",
    )
    assert (dated.kind, dated.field, dated.before_value, dated.after_value) == (
        "re_dated",
        "published_year",
        "2018",
        "2019",
    )
    assert dated.citing_work_id is None


def test_a_citing_work_that_is_gone_keeps_its_doi(more: duckdb.DuckDBPyConnection):
    (change,) = cited_report(more, "10.5555/zero").recent_changes
    assert (change.citing_doi, change.citing_title) == ("10.5555/gone", None)


def test_a_work_without_changes_has_none(more: duckdb.DuckDBPyConnection):
    assert cited_report(more, "10.5555/nobody").recent_changes == ()
