"""What matching is told, and that its answer replaces the one before."""

import pyarrow as pa

from schemas.identity import IdentityRow
from warehouse.identity import identity_rows, write_identity


def test_every_record_and_every_asked_doi_is_a_row(world, work, citation, version_link):
    run = world.run("10.1/a")
    link = version_link("is-preprint-of", "doi:10.1/v")
    run.answer(
        "crossref",
        "work",
        "10.1/a",
        work(
            "doi:10.1/p",
            aliases=("doi:10.1/x",),
            version_links=(link,),
            publication_type="preprint",
            type_rule="preprint",
        ),
    )
    run.answer(
        "openalex",
        "work",
        "10.1/a",
        work("openalex:W1", publication_type="other", type_rule="unknown"),
    )
    run.answer(
        "opencitations",
        "citing",
        "10.1/a",
        citation("doi:10.1/c omid:br/1", "doi:10.1/a", record_key="oci:1"),
    )
    world.load()
    table = identity_rows(world.con)
    assert table.column_names == list(IdentityRow._fields)
    assert [tuple(row.values()) for row in table.to_pylist()] == [
        ("citehouse", "doi:10.1/a", "cited", ["doi:10.1/a"], [], [], None, []),
        (
            "crossref",
            "doi:10.1/p",
            "work",
            ["doi:10.1/p"],
            ["doi:10.1/x"],
            ["doi:10.1/v"],
            True,
            ["doi:10.1/v"],
        ),
        ("openalex", "openalex:W1", "work", ["openalex:W1"], [], [], None, []),
        ("opencitations", "oci:1", "cited", ["doi:10.1/a"], [], [], None, []),
        (
            "opencitations",
            "oci:1",
            "citing",
            ["doi:10.1/c", "omid:br/1"],
            [],
            [],
            None,
            [],
        ),
    ]


def test_what_is_written_replaces_what_was_there(con):
    for work_id in ("doi:10.1/a", "doi:10.1/b"):
        write_identity(
            con,
            tokens=pa.table({"token": ["pmid:1"], "work_id": [work_id]}),
            groups=pa.table(
                {
                    "work_id": [work_id],
                    "version_group_id": [work_id],
                    "is_preprint": [False],
                }
            ),
            conflicts=pa.table(
                {
                    name: ["x"]
                    for name in ("token_a", "token_b", "source", "record_key", "reason")
                }
            ),
        )
    assert con.execute("from staging.token_work").fetchall() == [
        ("pmid:1", "doi:10.1/b")
    ]
    assert con.execute("from staging.work_group").fetchall() == [
        ("doi:10.1/b", "doi:10.1/b", False)
    ]
    assert con.execute("from core.identity_conflict").fetchall() == [("x",) * 5]
