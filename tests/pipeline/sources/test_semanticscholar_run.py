"""Semantic Scholar in a run: with a key only, and what becomes of its answers."""

from dataclasses import replace

import duckdb
import pytest

from pipeline.run import refresh
from pipeline.settings import SourceSettings, load_settings
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import (
    BAKERS_DOI,
    TIDES_DOI,
    TIDES_PREPRINT_DOI,
)
from pipeline.simulator.server import running

KEY = "an-invented-key-of-semantic-scholar"
WITH_KEY = replace(FAST, semanticscholar_keys=frozenset({KEY}))
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
    with running(sample_world(), WITH_KEY) as simulator:
        refresh([BAKERS_DOI], _with_key(simulator, tmp_path))
        asked = [one for one in simulator.requests if one.api == "semanticscholar"]

    assert {one.method for one in asked} == {"GET", "POST"}
    assert not any(KEY in one.target for one in asked)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.suffix == ".parquet" for file in files)
    assert not any(KEY.encode() in file.read_bytes() for file in files)


def test_a_wrong_key_is_one_question_and_names_the_setting_to_correct(tmp_path):
    with running(sample_world(), FAST) as simulator:
        report = refresh([BAKERS_DOI], _with_key(simulator, tmp_path))
        assert simulator.meter.count("semanticscholar") == 1

    (ours,) = (one for one in report.sources if one.source == "semanticscholar")
    assert ours.retries == 0
    assert "CITEHOUSE_SEMANTICSCHOLAR__API_KEY" in ours.stopped_reason
    [cited] = report.cited
    assert cited.sources["semanticscholar"].state == "failed"
    assert cited.sources["semanticscholar"].cause == "auth"


def test_a_key_that_was_good_before_is_tried_again_after_a_refusal(tmp_path):
    once = Fault("auth", "semanticscholar", "/citations", times=1)
    with running(sample_world(), replace(WITH_KEY, faults=(once,))) as simulator:
        report = refresh([BAKERS_DOI], _with_key(simulator, tmp_path))

    (ours,) = (one for one in report.sources if one.source == "semanticscholar")
    assert (ours.retries, ours.stopped_reason) == (1, None)
    assert report.cited[0].sources["semanticscholar"].state == "known"


def test_a_wrong_key_of_openalex_is_final_and_names_its_setting(tmp_path):
    with running(sample_world(), FAST) as simulator:
        report = refresh([BAKERS_DOI], _with_key(simulator, tmp_path, "openalex"))

    (ours,) = (one for one in report.sources if one.source == "openalex")
    assert (ours.requests, ours.retries) == (1, 0)
    assert "CITEHOUSE_OPENALEX__API_KEY" in ours.stopped_reason


def _with_key(simulator, home, name="semanticscholar"):
    """Settings of the simulator with our key for one source, right or wrong."""
    given = simulator.settings_overrides()
    key = SourceSettings(api_key=KEY).api_key
    ours = given[name].model_copy(update={"api_key": key})
    return load_settings(home=home, **{**given, name: ours})


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
