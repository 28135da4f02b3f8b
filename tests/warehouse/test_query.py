"""Other people's SQL: read only, one statement, and out in three forms."""

import io
import json

import pyarrow.parquet as pq
import pytest

from warehouse.errors import WarehouseFault
from warehouse.export import export
from warehouse.generation import next_generation
from warehouse.private import UNTOLD
from warehouse.query import cited_dois, named, run_query


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with next_generation(home, "r1") as generation:
        generation.con.execute(
            "insert into core.cited_doi values "
            "('10.1/b', 'b', 'doi:10.1/b', 'r1', 'r1'), "
            "('10.1/a', 'a', 'doi:10.1/a', 'r1', 'r1')"
        )
    return home


def test_rows_come_with_names_and_types(home):
    with run_query(
        home, "select doi, 1 as n from core.cited_doi order by doi"
    ) as found:
        assert found.columns == ("doi", "n")
        assert found.types == ("VARCHAR", "INTEGER")
        assert list(found.rows()) == [("10.1/a", 1), ("10.1/b", 1)]


def test_parameters_are_values_and_not_text(home):
    sql = "select doi from core.cited_doi where doi = $doi"
    with run_query(home, sql, params={"doi": "' or true --"}) as found:
        assert list(found.rows()) == []
    with run_query(home, sql.replace("$doi", "?"), params=["10.1/a"]) as found:
        assert list(found.rows()) == [("10.1/a",)]


@pytest.mark.parametrize(
    "sql",
    [
        "from core.run",
        "with x as (select 1) from x",
        "describe core.run",
        "show all tables",
        "summarize core.run",
        "explain from core.run",
    ],
)
def test_all_kinds_of_questions_are_answered(home, sql):
    with run_query(home, sql) as found:
        assert list(found.rows()) is not None
        assert found.columns


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select 1; select 2", "one statement at a time, not 2"),
        ("", "one statement at a time, not 0"),
        ("delete from core.run", "read-only"),
        ("create table x as select 1", "read-only"),
        ("copy core.run to '/tmp/x.csv'", "read-only"),
        ("attach '/tmp/x.duckdb'", "read-only"),
        ("set enable_external_access = true", "read-only"),
        ("install httpfs", "read-only"),
        ("select * from read_csv('/etc/passwd')", "Permission Error"),
        ("from '/etc/passwd'", "passwd"),
        ("from glob('/*')", "Permission Error"),
        ("from no_such_table", "no_such_table"),
        ("selec 1", "syntax error"),
        ("select ?", "parameter"),
    ],
)
def test_what_is_not_a_question_is_refused_with_the_reason(home, sql, why):
    with pytest.raises(WarehouseFault, match=why), run_query(home, sql) as found:
        list(found.rows())


def test_error_in_the_middle_of_the_rows_is_a_fault(home):
    sql = """
        select case when i = 99999 then error('boom') else 'fine' end
        from range(100000) t(i)
    """
    with pytest.raises(WarehouseFault, match="boom"), run_query(home, sql) as found:
        list(found.rows())


CONTEXT = ("private.citation_context",)


@pytest.mark.parametrize(
    ("sql", "private"),
    [
        ("from private.citation_context", CONTEXT),
        ('select text from "PRIVATE"."Citation_Context"', CONTEXT),
        ("from Private . /* here */ citation_context", CONTEXT),
        ("table private.citation_context", CONTEXT),
        ("from query_table('private.citation_context')", CONTEXT),
        ("from query('from pri' || 'vate.citation_context')", CONTEXT),
        ("from histogram_values(private.citation_context, text)", CONTEXT),
        ("summarize private.citation_context", CONTEXT),
        ("from (summarize private.citation_context)", CONTEXT),
        ("select (select max(text) from private.citation_context)", CONTEXT),
        ("values ((select min(text) from private.citation_context))", CONTEXT),
        ("with core as (from private.citation_context) from core", CONTEXT),
        ("select 1 union all by name from private.citation_context", CONTEXT),
        ("select exists(from private.citation_context where text > 'a')", CONTEXT),
        ("select text from private.citation_context where false", CONTEXT),
        (
            "from core.work where work_id in"
            " (select text from private.citation_context)",
            CONTEXT,
        ),
        ("select contexts from staging.citation_record", ("staging.citation_record",)),
        ("select abstract from staging.work_record", ("staging.work_record",)),
        ("from pragma_storage_info('private.citation_context')", (UNTOLD,)),
        (
            "from json_execute_serialized_sql(json_serialize_sql("
            "'from private.citation_context'))",
            (UNTOLD,),
        ),
        ("explain analyze from private.citation_context", (UNTOLD,)),
        ("from range(3)", ()),
        ("from duckdb_tables()", ()),
        ("select unnest(sources) from core.run", ()),
        ("describe private.citation_context", ()),
        ("show all tables", ()),
        ("select 'private.citation_context' as name", ()),
        ("with private as (select 1) from private", ()),
        ("from private.abstract", ("private.abstract",)),
        ("from core.abstract", ()),
        ("from core.citation_intent", ()),
        ("from core.citation_statement", ()),
        ("from core.fetch", ()),
        ("from mart.tally", ()),
        ("explain from private.citation_context", ()),
    ],
)
def test_private_text_is_found_however_a_query_spells_it(home, sql, private):
    with run_query(home, sql) as found:
        assert found.private == private


@pytest.mark.parametrize(
    "function",
    [
        "read_blob('{}')",
        "read_duckdb('{}', schema_name='private', table_name='citation_context')",
    ],
)
def test_the_file_of_the_warehouse_is_private_as_a_whole(home, function):
    path = (home / "citehouse.duckdb").resolve()
    with run_query(home, f"from {function.format(path)}") as found:
        assert found.private == (UNTOLD,)


def test_private_text_is_found_behind_parameters(home):
    sql = "from private.citation_context where text = $text"
    with run_query(home, sql, params={"text": "a"}) as found:
        assert found.private == CONTEXT


def test_every_table_with_passages_or_abstracts_is_private(home):
    sql = """
        select distinct schema_name || '.' || table_name
        from duckdb_columns()
        where column_name in ('contexts', 'abstract') or schema_name = 'private'
    """
    with run_query(home, sql) as found:
        holding = [name for (name,) in found.rows()]
    assert len(holding) >= 3
    for name in holding:
        with run_query(home, f"from {name}") as found:
            assert found.private == (name,)


ODD = """
    select
        sum(n) as n,
        [1, null] as list,
        {'a': 'é'} as struct,
        null as nothing,
        date '2020-01-02' as day,
        true as yes
    from (values (1), (2)) t(n)
"""


def exported(home, sql, form):
    stream = io.BytesIO()
    with run_query(home, sql) as found:
        export(found, form, stream)
    return stream.getvalue()


def test_json_is_a_list_of_objects(home):
    (row,) = json.loads(exported(home, ODD, "json"))
    assert row == {
        "n": 3,
        "list": [1, None],
        "struct": {"a": "é"},
        "nothing": None,
        "day": "2020-01-02",
        "yes": True,
    }


def test_csv_has_a_header_and_nested_values_as_json(home):
    text = exported(home, ODD, "csv").decode()
    assert text.splitlines() == [
        '"n","list","struct","nothing","day","yes"',
        '3,"[1,null]","{""a"":""é""}",,2020-01-02,true',
    ]


def test_parquet_keeps_the_types(home):
    table = pq.read_table(io.BytesIO(exported(home, ODD, "parquet")))
    assert table.column("list").to_pylist() == [[1, None]]
    assert table.column("day").type == "date32"


@pytest.mark.parametrize(
    ("form", "expected"), [("json", b"[]\n"), ("csv", b'"doi","x"\n')]
)
def test_no_rows_are_an_empty_list_or_a_header(home, form, expected):
    assert (
        exported(home, "select doi, [1] as x from core.cited_doi where false", form)
        == expected
    )


def test_columns_that_share_a_name_are_numbered(home):
    assert json.loads(exported(home, "select 1 as a, 2 as a, 3 as b", "json")) == [
        {"a": 1, "a_2": 2, "b": 3}
    ]


def test_many_batches_are_one_list(home):
    rows = json.loads(
        exported(home, "select i from range(25000) t(i) order by i", "json")
    )
    assert [row["i"] for row in rows] == list(range(25_000))


def test_cited_dois_are_sorted_and_none_without_a_warehouse(home, tmp_path):
    assert cited_dois(home) == ["10.1/a", "10.1/b"]
    assert cited_dois(tmp_path) == []


def test_named_query_that_is_not_there_is_an_error():
    with pytest.raises(FileNotFoundError):
        named("no_such_query")
