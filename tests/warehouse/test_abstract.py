"""Abstracts of cited works: shown where a licence allows it, else kept private."""

from functools import partial

import duckdb
import pytest

from warehouse.build import build
from warehouse.history import close, log_change, next_publication
from warehouse.load import load_staged
from warehouse.migrate import migrate, migrations

OPEN = [
    "cc-by",
    "CC-BY",
    " cc-by ",
    "cc by",
    "CCBY",
    "cc_by",
    "cc-by-4.0",
    "cc by 3.0",
    "CC-BY-SA 4.0",
    "cc-by-nc",
    "cc by-nc-nd",
    "CCBYNCND",
    "cc-by-nc-sa-4.0",
    "cc-by-3.0-us",
    "cc-by-3.0-igo",
    "cc0",
    "cc0-1.0",
    "cc-zero",
    "cc-pddc",
    "pd",
    "public-domain",
    "Public Domain",
    "http://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by/4.0",
    "https://creativecommons.org/licenses/by/4.0/legalcode",
    "https://www.creativecommons.org/licenses/by-nc-nd/3.0/",
    "http://creativecommons.org/licences/by/4.0/",
    "http://creativecommons.org/licenses/by-sa/4.0/deed.de",
    "http://creativecommons.org/licenses/by/2.0/uk/legalcode",
    "creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://creativecommons.org/publicdomain/mark/1.0/",
    "https://creativecommons.org/licenses/publicdomain/",
    "https://creativecommons.org/publicdomain",
    "https://openalex.org/licenses/cc-by",
    "https://spdx.org/licenses/CC-BY-4.0.html",
]

CLOSED = [
    None,
    "",
    "other-oa",
    "implied-oa",
    "publisher-specific",
    "publisher-specific-oa",
    "publisher-specific, author manuscript: http://example.org/terms#am",
    "elsevier-specific: oa user license",
    "https://www.elsevier.com/tdm/userlicense/1.0/",
    "http://www.elsevier.com/open-access/userlicense/1.0/",
    "http://doi.wiley.com/10.1002/tdm_license_1.1",
    "http://onlinelibrary.wiley.com/termsAndConditions#vor",
    "https://www.springernature.com/gp/researchers/text-and-data-mining",
    "https://academic.oup.com/pages/standard-publication-reuse-rights",
    "https://doi.org/10.15223/policy-029",
    "http://link.aps.org/licenses/aps-default-license",
    "http://rightsstatements.org/vocab/InC/1.0/",
    "info:eu-repo/semantics/openAccess",
    "mit",
    "https://opensource.org/licenses/MIT",
    "gpl-v3",
    "ccc",
    "by",
    "not cc-by",
    "cc-by or not",
    "https://example.org/?like=creativecommons.org/licenses/by/4.0/",
    "https://example.org/creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org.example.org/licenses/by/4.0/",
    "https://creativecommons.org/about",
    "https://creativecommons.org/licenses/sampling+/1.0/",
]


@pytest.mark.parametrize("licence", OPEN)
def test_creative_commons_and_the_public_domain_are_open(con, licence):
    found = con.execute("select core.is_open_licence($1)", [licence]).fetchone()
    assert found == (True,)


@pytest.mark.parametrize("licence", CLOSED)
def test_no_other_licence_is_open(con, licence):
    found = con.execute("select core.is_open_licence($1)", [licence]).fetchone()
    assert found == (False,)


def described(world, work, **by_source):
    """A run that asks about 10.1/a, as each source describes it."""
    run = world.run("10.1/a")
    for source, fields in by_source.items():
        run.answer(source, "work", "10.1/a", work("doi:10.1/a", **fields))
    return run


SHOWN = "select work_id, text, source, licence from core.abstract"
KEPT = "select work_id, text, source, licence from private.abstract"


def test_the_abstract_of_an_open_work_is_shown(world, work):
    described(world, work, crossref={"abstract": "A\n\nB", "licence": "cc-by"})
    world.build()
    assert world.rows(SHOWN) == [("doi:10.1/a", "A\n\nB", "crossref", "cc-by")]
    assert world.rows(KEPT) == []


@pytest.mark.parametrize("licence", [None, "http://doi.wiley.com/10.1002/tdm_license"])
def test_the_abstract_of_any_other_work_is_kept_private(world, work, licence):
    described(world, work, crossref={"abstract": "A", "licence": licence})
    world.build()
    assert world.rows(SHOWN) == []
    assert world.rows(KEPT) == [("doi:10.1/a", "A", "crossref", licence)]


def test_a_registry_goes_before_an_aggregator_and_the_licence_is_the_works(world, work):
    described(
        world,
        work,
        openalex={"abstract": "of OpenAlex", "licence": "cc-by"},
        crossref={"abstract": "of Crossref", "licence": "https://example.org/terms"},
    )
    world.build()
    assert world.rows(SHOWN) == [("doi:10.1/a", "of Crossref", "crossref", "cc-by")]
    assert world.rows(
        "select source, record_key from core.work_provenance where field = 'abstract'"
    ) == [("crossref", "doi:10.1/a")]


def test_a_source_without_an_abstract_leaves_the_word_to_the_next(world, work):
    described(
        world,
        work,
        crossref={"licence": "cc0"},
        openalex={"abstract": "of OpenAlex"},
    )
    world.build()
    assert world.rows(SHOWN) == [("doi:10.1/a", "of OpenAlex", "openalex", "cc0")]


def test_works_that_nobody_asked_about_have_no_abstract_here(world, work):
    run = described(world, work, crossref={"licence": "cc-by"})
    citing = work("doi:10.1/c", abstract="C", licence="cc-by")
    run.answer("crossref", "citing", "10.1/c", citing)
    world.build()
    assert world.rows("select abstract from staging.work_record order by all") == [
        ("C",),
        (None,),
    ]
    assert world.rows("select work_id from staging.abstract_choice") == []


def test_a_licence_that_changes_moves_the_abstract_and_the_history_keeps_it(
    world, work
):
    publish(world, described(world, work, crossref={"abstract": "A"}))
    opened = {"abstract": "A", "licence": "cc-by"}
    publish(world, described(world, work, crossref=opened))
    assert (world.rows(SHOWN), world.rows(KEPT)) == (
        [("doi:10.1/a", "A", "crossref", "cc-by")],
        [],
    )
    assert world.rows("from history.core_abstract") == [
        (2, True, "doi:10.1/a", "A", "crossref", "cc-by")
    ]


def publish(world, run):
    """Load a run and close a publication with it."""
    load_staged(world.con, [run.stage()], run.manifest)
    publication = next_publication(
        world.con, at=run.manifest.finished_at, command="refresh", version="0"
    )
    world.identify()
    log = partial(log_change, world.con, publication)
    written = build(world.con, None if publication.is_first else log)
    close(world.con, publication, written)


def test_an_older_warehouse_loses_the_abstracts_that_were_staged_with_tags(tmp_path):
    every = migrations()
    (place,) = [n for n, one in enumerate(every) if one.name.endswith("_abstract.sql")]
    with duckdb.connect(tmp_path / "older.duckdb") as con:
        migrate(con, every[:place])
        con.execute(
            "insert into staging.work_record by name"
            " select 'run-1' as run_id, source, 'GET /' as request_key,"
            " 0 as record_index, 'hash' as raw_sha256, now() as fetched_at,"
            " abstract as record_key, ['doi:10.1/a'] as tokens, abstract,"
            " 'article' as publication_type, 'table' as type_rule,"
            " true as is_complete, [] as aliases, [] as version_links, [] as issns,"
            " [] as notices, [] as \"references\", 'h' as content_hash,"
            " 'run-1' as first_seen_run,"
            " 'run-1' as last_seen_run, now() as first_seen, now() as last_seen"
            " from (values ('crossref', '<jats:p>A</jats:p>'), ('crossref', 'B'),"
            " ('datacite', 'a < b')) as given(source, abstract)"
        )
        migrate(con)
        kept = con.execute("select abstract from staging.work_record order by 1")
        assert kept.fetchall() == [("B",), ("a < b",), (None,)]
