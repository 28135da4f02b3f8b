"""The Markdown summary of a run."""

from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import SourceUnavailable
from pipeline.summary_markdown import MAX_CITED_SHOWN, markdown, markdown_of_failure
from schemas.report import (
    CitedSummary,
    RejectCount,
    RunReport,
    SourceCount,
    SourceSummary,
)

STARTED = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ENDED = datetime(2026, 11, 22, 2, 1, 30, tzinfo=UTC)


def report(**fields: object) -> RunReport:
    given = {
        "run_id": "20261122T020000Z-a",
        "started_at": STARTED,
        "finished_at": ENDED,
        "state": "complete",
        "home": Path("home"),
        "published_path": Path("home/generations/warehouse-a.duckdb"),
    }
    return RunReport.model_validate(given | fields)


def cited(doi: str, state: str, **fields: object) -> CitedSummary:
    given = {"cited_doi": doi, "requested_as": doi, "state": state}
    return CitedSummary.model_validate(given | fields)


def test_the_outcome_comes_first():
    lines = markdown(report(cited=(cited("10.1/a", "known"),))).splitlines()
    assert lines[0] == "# Run 20261122T020000Z-a: complete"
    assert lines[2] == (
        "Exit code 0. Published `warehouse-a.duckdb`. 1 cited DOI, 90 s, "
        "ended 2026-11-22 02:01 UTC."
    )


def test_broken_expectations_stand_before_the_numbers():
    text = markdown(
        report(
            expectations_broken=("openalex knew 1 of 10 DOIs",),
            sources=(SourceSummary(source="openalex", title="OpenAlex", asked=10),),
        )
    )
    assert text.index("openalex knew 1 of 10 DOIs") < text.index("## Sources")
    assert "Exit code 3." in text


def test_a_count_that_is_not_known_is_a_dash_and_a_known_zero_is_a_zero():
    text = markdown(
        report(
            cited=(
                cited("10.1/a", "failed"),
                cited("10.1/b", "known", citing_work_count=0, citing_group_count=0),
            )
        )
    )
    assert "| 10.1/a | — | failed | — | — |  |" in text
    assert "| 10.1/b | — | known | 0 | 0 |  |" in text


def test_failed_dois_are_never_cut_off():
    many = [cited(f"10.1/{n:03}", "known") for n in range(MAX_CITED_SHOWN + 5)]
    failed = cited(
        "10.1/z",
        "failed",
        sources={"openalex": SourceCount(state="failed", cause="503 after 5 tries")},
    )
    text = markdown(report(cited=(*many, failed)))
    assert "| 10.1/z | — | failed | — | — | openalex: 503 after 5 tries |" in text
    assert "… and 6 more in `mart.tally`." in text


def test_titles_do_not_become_markup():
    text = markdown(
        report(cited=(cited("10.1/a", "known", title="A | B\n<b>*c*</b> [d](e)"),))
    )
    assert r"A \| B \<b\>\*c\*\</b\> \[d\](e)" in text


def test_rejects_are_counted_by_reason():
    count = RejectCount(source="crossref", reason="title: missing", record_count=7)
    text = markdown(report(reject_counts=(count,)))
    assert "| crossref | title: missing | 7 |" in text


def test_a_reject_without_a_field_has_the_source_s_title_and_no_stray_colon():
    text = markdown(
        report(
            sources=(SourceSummary(source="openalex", title="OpenAlex"),),
            reject_counts=(
                RejectCount(source="openalex", reason=": no id", record_count=1),
            ),
        )
    )
    assert "| OpenAlex | no id | 1 |" in text


def test_a_run_without_anything_to_show_has_no_empty_tables():
    assert "##" not in markdown(report(published_path=None))


def test_a_failed_run_says_what_readers_still_see():
    text = markdown_of_failure(SourceUnavailable("openalex: no answer; run again"))
    assert text.startswith("# Failed: nothing was published")
    assert "openalex: no answer; run again" in text
    assert "last published warehouse" in text
