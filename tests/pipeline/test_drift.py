"""Drift: a source that answers in another shape is noticed, or even left alone."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.run import rebuild, refresh
from pipeline.settings import load_settings
from pipeline.shapes import all_shapes, shape_of
from pipeline.simulator.large import large_world
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.server import running
from pipeline.simulator.work import MISSING
from pipeline.sources import all_sources
from warehouse.connection import open_readonly
from warehouse.report.drift import drift

OPEN_ACCESS = {
    "is_oa": True,
    "oa_status": "platinum",
    "oa_url": None,
    "embargo": {"until": "2031-01-01"},
}


def patched(world, source, fields, *, works=None):
    """The world, with fields of a source's records set to something else."""
    return replace(
        world,
        works={
            key: replace(work, patches={**work.patches, source: fields})
            if works is None or work.key in works
            else work
            for key, work in world.works.items()
        },
    )


def run_over(world, home: Path, **given):
    with running(world, FAST) as simulator:
        settings = load_settings(
            home=home,
            mailto="tests@example.org",
            **simulator.settings_overrides(),
            **given,
        )
        return refresh(world.asked, settings), settings


def found_in(home):
    with open_readonly(home) as con:
        return drift(con)


def rows_in(home):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.table("core.source_drift").order("all").fetchall()


@pytest.fixture(scope="module")
def drifted(tmp_path_factory):
    """A world whose OpenAlex has a new field, a new word, and a record without id."""
    world = patched(
        large_world(cited=2, citing_each=6), "openalex", {"open_access": OPEN_ACCESS}
    )
    return run_over(world, tmp_path_factory.mktemp("drifted"))


def test_new_fields_and_words_are_counted_by_source_and_endpoint(drifted):
    report, settings = drifted
    found = {(d.endpoint, d.kind, d.name): d for d in found_in(settings.home)}

    assert {one.source for one in found.values()} == {"openalex"}
    field = found["citing", "unknown_field", "results[].open_access.embargo"]
    assert field.record_count == field.sampled_record_count > 10
    assert field.first_run == field.last_run == report.run_id
    assert field.request_key.startswith("GET /works?filter=cites")
    word = found["citing", "unknown_word", "results[].open_access.oa_status: platinum"]
    assert word.record_count == field.record_count


def test_what_is_below_a_new_field_is_not_counted_as_well(drifted):
    _, settings = drifted

    assert not [d for d in found_in(settings.home) if "until" in d.name]


def test_new_drift_is_one_line_of_the_report_and_leaves_the_run_complete(drifted):
    report, _ = drifted

    [line] = [text for text in report.warnings if "shape of the answers" in text]
    assert "OpenAlex: unknown field results[].open_access.embargo" in line
    assert "`citehouse sources --drift`" in line
    assert report.exit_code == 0


def test_a_rebuild_finds_the_same_drift(drifted):
    _, settings = drifted
    before = rows_in(settings.home)
    rebuild(settings)

    assert len(before) > 3
    assert rows_in(settings.home) == before


def test_drift_that_an_earlier_run_has_seen_is_no_news(tmp_path):
    world = patched(
        large_world(cited=1, citing_each=2), "openalex", {"open_access": OPEN_ACCESS}
    )
    first, _ = run_over(world, tmp_path)
    second, _ = run_over(world, tmp_path)

    assert not [text for text in second.warnings if "shape of the answers" in text]
    spans = {(one.first_run, one.last_run) for one in found_in(tmp_path)}
    assert spans == {(first.run_id, second.run_id)}


def test_records_without_a_field_that_they_need_are_counted(tmp_path):
    world = large_world(cited=1, citing_each=8)
    odd = sorted(world.works)[-2:]
    run_over(patched(world, "crossref", {"DOI": MISSING}, works=odd), tmp_path)

    counts = {
        (one.source, one.endpoint, one.name): one.record_count
        for one in found_in(tmp_path)
        if one.kind == "missing_field"
    }
    assert counts == {
        ("crossref", "works", "message.items[].DOI"): 2,
        ("crossref", "work", "message.DOI"): 2,
    }


def test_a_source_whose_records_all_lack_a_needed_field_is_soon_left_alone(tmp_path):
    world = patched(large_world(cited=60, citing_each=2), "crossref", {"DOI": MISSING})
    report, _ = run_over(world, tmp_path, batch_size=6)

    rows = {row.source: row for row in report.sources}
    assert rows["crossref"].stopped_reason == (
        "its records lack the field DOI, and none can be used without it"
    )
    assert rows["crossref"].failed >= 30
    assert rows["openalex"].stopped_reason is None
    assert rows["openalex"].known == 60
    assert report.exit_code == 3


def test_a_few_records_without_a_needed_field_stop_nothing(tmp_path):
    world = large_world(cited=60, citing_each=1)
    odd = sorted(world.works)[::2]
    world = patched(world, "crossref", {"DOI": MISSING}, works=odd)
    report, _ = run_over(world, tmp_path, batch_size=6)

    assert {row.stopped_reason for row in report.sources} == {None}


def test_a_world_of_known_shapes_has_only_the_drift_that_was_put_into_it(tmp_path):
    run_over(sample_world(), tmp_path)

    assert {(one.source, one.kind, one.name) for one in found_in(tmp_path)} == {
        ("crossref", "missing_field", "message.items[].DOI"),
        ("crossref", "unknown_word", "message.items[].type: holographic-essay"),
        ("openalex", "unknown_word", "results[].type: hologram"),
    }


def test_every_endpoint_that_was_asked_has_a_shape(tmp_path):
    run_over(sample_world(), tmp_path)
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        asked = con.execute(
            "select distinct source, endpoint from staging.answer where outcome = 'ok'"
        ).fetchall()

    assert {source for source, _ in asked} == set(all_sources())
    # JATS is a standard, and read leniently: no fields of a source's own.
    asked.remove(("europepmc", "fullTextXML"))
    assert [one for one in asked if shape_of(*one) is None] == []


def test_every_source_has_shapes():
    assert set(all_shapes()) == set(all_sources())
