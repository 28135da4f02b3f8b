"""Semantic Scholar in a run: with a key only, and what becomes of its answers."""

from dataclasses import replace

import duckdb
import pytest

from pipeline.run import refresh
from pipeline.settings import SourceSettings, load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import (
    BAKERS_DOI,
    TIDES_DOI,
    TIDES_PREPRINT_DOI,
)
from pipeline.simulator.server import running

KEY = "an-invented-key-of-semantic-scholar"
S2 = frozenset({"semanticscholar"})


def test_a_run_without_a_key_does_not_ask_it_and_says_nothing_of_it(tmp_path):
    with running(sample_world(), FAST) as simulator:
        given = simulator.settings_overrides()
        report = refresh(
            [BAKERS_DOI],
            load_settings(
                home=tmp_path, **{**given, "semanticscholar": SourceSettings()}
            ),
        )

        assert simulator.meter.count("semanticscholar") == 0
    assert "semanticscholar" not in {one.source for one in report.sources}
    assert report.state == "complete"
    assert not [one for one in report.warnings if "Semantic Scholar" in one]


def test_the_key_goes_in_its_header_and_into_no_url_no_archive_and_no_warehouse(
    tmp_path,
):
    with running(sample_world(), FAST) as simulator:
        given = simulator.settings_overrides()
        ours = given["semanticscholar"].model_copy(
            update={"api_key": SourceSettings(api_key=KEY).api_key}
        )
        refresh(
            [BAKERS_DOI],
            load_settings(home=tmp_path, **{**given, "semanticscholar": ours}),
        )
        asked = [one for one in simulator.requests if one.api == "semanticscholar"]

    assert {one.method for one in asked} == {"GET", "POST"}
    assert not any(KEY in one.target for one in asked)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.suffix == ".parquet" for file in files)
    assert not any(KEY.encode() in file.read_bytes() for file in files)


@pytest.mark.parametrize("is_merged", [True, False], ids=["merged", "twins"])
def test_a_preprint_under_the_doi_of_its_article_is_not_indexed_by_its_own(
    tmp_path, is_merged
):
    world = _with_one_doi(is_merged=is_merged)
    with running(world, FAST) as simulator:
        report = refresh(
            [TIDES_PREPRINT_DOI, TIDES_DOI],
            load_settings(home=tmp_path, **simulator.settings_overrides()),
        )

    with duckdb.connect(report.published_path, read_only=True) as con:
        found = con.execute(
            "select cited_doi, state, declared_count, stored_count, cause "
            "from core.source_count where source = 'semanticscholar' order by all"
        ).fetchall()
        unexplained = con.execute(
            "select * from mart.ledger where unexplained_count <> 0"
        ).fetchall()
    article, preprint = (
        len(world.citing("semanticscholar", world.by_doi[doi].key))
        for doi in (TIDES_DOI, TIDES_PREPRINT_DOI)
    )
    listed = article if is_merged else article + preprint
    assert preprint > 0
    assert found == [
        (TIDES_PREPRINT_DOI, "not_indexed", None, None, f"merged into {TIDES_DOI}"),
        (TIDES_DOI, "known", listed, listed, None),
    ]
    assert unexplained == []


def _with_one_doi(*, is_merged):
    """The sample world, where the preprint's paper goes by the article's DOI.

    Merged, it is the article's paper; else a paper of its own, with a list of its own.
    """
    world = sample_world()
    article, preprint = (world.by_doi[doi] for doi in (TIDES_DOI, TIDES_PREPRINT_DOI))
    article = replace(article, known_to=article.known_to | S2)
    named = {"externalIds": {"DOI": article.doi}}
    if is_merged:
        named["paperId"] = article.s2
    preprint = replace(
        preprint,
        known_to=preprint.known_to | S2,
        patches={**preprint.patches, "semanticscholar": named},
    )
    both = {article.key: article, preprint.key: preprint}
    return replace(
        world,
        works={**world.works, **both},
        citations=tuple(
            replace(one, known_to=one.known_to | S2)
            if one.cited in both and world.works[one.citing].known_to >= S2
            else one
            for one in world.citations
        ),
    )
