"""What a report says of sources that failed."""

from pipeline.run_report import FAILURES, _failures
from schemas.provenance import STOPPING
from schemas.report import CitedSummary, SourceCount, SourceSummary


def cited(doi: str, **counts: SourceCount) -> CitedSummary:
    return CitedSummary(
        cited_doi=doi, requested_as=doi, state="known", sources=dict(counts)
    )


def test_a_source_that_failed_says_on_how_many_dois_and_why():
    rows = [
        SourceSummary(source="openalex", title="OpenAlex", asked=3, failed=2),
        SourceSummary(source="crossref", title="Crossref", asked=3),
        SourceSummary(source="doiorg", title="doi.org"),
    ]
    works = [
        cited("10.5555/a", openalex=SourceCount(state="failed", cause="server")),
        cited("10.5555/b", openalex=SourceCount(state="failed", cause="truncated")),
        cited(
            "10.5555/c",
            openalex=SourceCount(state="known"),
            crossref=SourceCount(state="not_indexed", cause="not found"),
        ),
    ]
    assert list(_failures(rows, works)) == [
        "OpenAlex failed on 2 of 3 cited DOIs: it was ill or could not be reached; "
        "its list is shorter than it declares. The next run asks again."
    ]


def test_a_cause_without_words_is_said_as_it_stands():
    rows = [SourceSummary(source="openalex", title="OpenAlex", asked=1, failed=1)]
    works = [cited("10.5555/a", openalex=SourceCount(state="failed", cause="odd"))]
    assert "cited DOIs: odd. The" in next(_failures(rows, works))


def test_every_way_to_be_stopped_has_words():
    assert set(FAILURES) >= STOPPING
