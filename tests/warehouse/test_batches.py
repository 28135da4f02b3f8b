"""Answers about a hundred works at a time: what holds for each must stay small."""

import pytest

from warehouse.build import models
from warehouse.connection import open_building
from warehouse.difference import bring
from warehouse.migrate import migrate, migrations

WORKS = 60_000
IN_A_BATCH = 100


CITED = """
insert into core.cited_doi by name
select
    '10.1/' || range as doi,
    doi as requested_as,
    'doi:' || doi as work_id,
    'run-1' as first_run_id,
    'run-1' as last_run_id
from range($works)
"""
ANSWERS = """
insert into staging.answer by name
select
    'run-1' as run_id,
    'openalex' as source,
    $role || range || repeat('w', 1200) as request_key,
    request_key as chain,
    $role as endpoint,
    $role as role,
    1 as page,
    list_transform(
        range(range * $batch, (range + 1) * $batch), lambda n: '10.1/' || n
    ) as subjects,
    '' as url,
    'ok' as outcome,
    now() as fetched_at,
    0.1 as elapsed_s,
    1 as attempts,
    10 as body_bytes,
    '' as raw_sha256,
    1 as received,
    1 as parsed,
    0 as rejected,
    0 as absent
from range($works // $batch)
"""


@pytest.fixture
def con(tmp_path):
    """A file in which each cited work was asked about in two batches of a hundred.

    The key of such a request is 1,200 characters long: 290 MB, if each work had it.
    """
    with open_building(tmp_path / "w.duckdb", memory_limit="150MB", threads=1) as con:
        migrate(con, migrations())
        con.execute(CITED, {"works": WORKS})
        for role in ("citing", "work"):
            con.execute(ANSWERS, {"role": role, "works": WORKS, "batch": IN_A_BATCH})
        yield con


def test_works_that_are_asked_about_in_batches_fit_into_little_memory(con):
    (model,) = (each for each in models() if each.table == "staging.work_answer")
    written = bring(
        con,
        model.table,
        con.sql(model.select).columns,
        model.select,
        grain=model.grain,
    )
    assert written.added == 2 * WORKS
