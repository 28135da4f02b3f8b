"""What people see: tables that fit, add up, and never show 0 for `not known`."""

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from pipeline.cli.cited import cited_work
from pipeline.cli.console import drawing_console
from pipeline.cli.grid import grid
from pipeline.cli.matrix import MAX_YEARS, year_by_type
from pipeline.cli.progress import SECONDS_BETWEEN_LINES, ProgressLines
from pipeline.cli.summary import run_summary, source_count
from pipeline.cli.tables import duration, plural, size
from schemas.cited_report import CitedReport, ReportedAbstract, ReportedNotice
from schemas.citing_side import YearTypeCount
from schemas.publication_type import PUBLICATION_TYPES
from schemas.report import (
    CitedSummary,
    Progress,
    RejectCount,
    RunReport,
    SourceCount,
    SourceSummary,
)

NOW = dt.datetime(2026, 11, 22, 21, 0, tzinfo=dt.UTC)
HOSTILE = "A [bold]title[/bold] with \x1b[31mcolour\x1b[0m [/nonsense]"


def drawn(*parts: RenderableType, width: int = 80) -> str:
    console = Console(
        file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False
    )
    for part in parts:
        console.print(part)
    return console.file.getvalue()


def run_report(**changes: object) -> RunReport:
    report = RunReport(
        run_id="20261122T210000.000000Z-abcd",
        started_at=NOW,
        finished_at=NOW + dt.timedelta(seconds=205),
        state="complete",
        home=Path("home"),
        sources=(
            SourceSummary(source="openalex", title="OpenAlex", asked=2, requests=3),
            SourceSummary(source="doiorg", title="doi.org", requests=1),
        ),
        cited=(
            CitedSummary(
                cited_doi="10.5555/a",
                requested_as="10.5555/A",
                title=HOSTILE,
                state="known",
                citing_work_count=1_234,
                citing_group_count=1_200,
                sources={"openalex": SourceCount(state="known", declared_count=7)},
            ),
            CitedSummary(
                cited_doi="10.5555/b",
                requested_as="10.5555/b",
                state="failed",
                sources={"openalex": SourceCount(state="failed", cause="server")},
            ),
        ),
    )
    return report.model_copy(update=changes)


def rows(years: range, types: tuple[str, ...]) -> tuple[YearTypeCount, ...]:
    return tuple(
        YearTypeCount(
            citing_year=year,
            publication_type=name,
            citing_work_count=(year * 7 + place * 3) % 11,
        )
        for year in years
        for place, name in enumerate(types)
    )


def numbers(line: str) -> list[int]:
    """The counts of a line of the matrix, its label left out."""
    texts = line.removeprefix("not known").split()
    cells = texts if line.startswith("not known") else texts[1:]
    return [0 if text == "·" else int(text.replace(",", "")) for text in cells]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_matrix_fits_and_adds_up_at_any_width(width: int):
    counted = rows(range(1980, 2026), PUBLICATION_TYPES)
    text = drawn(*year_by_type(counted, width), width=width)
    assert max(map(len, text.splitlines())) <= width
    body = text.split("─" * 10)
    lines = [line for line in text.splitlines() if line[:4].isdigit()]
    total = next(line for line in text.splitlines() if line.startswith("all"))
    assert len(lines) == MAX_YEARS + 1
    assert all(sum(numbers(line)[:-1]) == numbers(line)[-1] for line in lines)
    columns = zip(*(numbers(line) for line in lines), strict=True)
    assert [sum(column) for column in columns] == numbers(total)
    assert numbers(total)[-1] == sum(row.citing_work_count or 0 for row in counted)
    assert len(body) > 1


def test_a_year_that_is_not_known_comes_last_and_counts():
    counted = (
        *rows(range(2020, 2022), ("article",)),
        YearTypeCount(citing_year=None, publication_type="other", citing_work_count=3),
    )
    lines = drawn(*year_by_type(counted, 80)).splitlines()
    labels = [line[:9].strip() for line in lines]
    assert labels.index("not known") > labels.index("2021")
    assert numbers(lines[labels.index("not known")]) == [0, 3, 3]


def test_a_count_that_is_not_known_is_not_summed_as_0():
    counted = (
        YearTypeCount(citing_year=2020, publication_type="article"),
        YearTypeCount(citing_year=2020, publication_type="book", citing_work_count=2),
    )
    lines = drawn(*year_by_type(counted, 80)).splitlines()
    total = next(line for line in lines if line.startswith("all"))
    assert total.split() == ["all", "2", "not", "known", "not", "known"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_summary_fits_and_hides_nothing(width: int):
    text = drawn(
        run_summary(
            run_report(
                state="incomplete",
                reject_counts=(
                    RejectCount(source="openalex", reason=": [x] bad", record_count=4),
                ),
                warnings=("No contact address.",),
                expectations_broken=("OpenAlex knows 1 of 20.",),
            )
        ),
        width=width,
    )
    assert max(map(len, text.splitlines())) <= width
    assert "Done, but incomplete: 2 cited works, 4 requests, 0 B in 3 min 25 s" in (
        " ".join(text.split())
    )
    for part in ("1,234", "1,200", "failed", "[x] bad", "No contact", "knows 1 of 20"):
        assert part in text
    assert "not asked" not in text
    assert "\x1b" not in text


def test_a_long_summary_says_how_many_works_it_leaves_out():
    cited = tuple(
        CitedSummary(cited_doi=f"10.5555/{n}", requested_as="x", state="failed")
        for n in range(25)
    )
    assert "and 5 more" in drawn(run_summary(run_report(cited=cited)))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "not asked"),
        (SourceCount(state="not_indexed"), "not indexed"),
        (SourceCount(state="failed", declared_count=3), "failed"),
        (SourceCount(state="known", declared_count=0, stored_count=0), "0"),
        (SourceCount(state="known", declared_count=1_067, stored_count=66), "66/1,067"),
        (SourceCount(state="known", declared_count=67), "67 declared"),
        (SourceCount(state="known", stored_count=66), "66"),
        (SourceCount(state="known"), "not known"),
    ],
)
def test_what_a_source_has_in_one_cell(count: SourceCount | None, text: str):
    assert source_count(count).plain == text


def test_a_retracted_work_says_so_above_its_counts():
    text = drawn(
        cited_work(
            CitedReport(
                doi="10.5555/a",
                asked_as="10.5555/a",
                requested_as="10.5555/a",
                title=HOSTILE,
                authors=tuple("ABCDEF"),
                is_retracted=True,
                notices=(
                    ReportedNotice(
                        type="retraction",
                        notice_doi="10.5555/n",
                        notice_date="2021-05",
                        asserted_by="publisher",
                        source="crossref",
                    ),
                ),
                state="failed",
            ),
            {},
            80,
        )
    )
    assert "A, B, C, D and 2 others" in text
    assert text.index("RETRACTED") < text.index("Cited by: not known")
    assert "says publisher, via crossref" in " ".join(text.split())
    assert "run refresh again" in " ".join(text.split())
    assert "[bold]title[/bold]" in text
    assert "\x1b" not in text


def report_of(**changes: object) -> CitedReport:
    name = "10.5555/a"
    report = CitedReport(doi=name, asked_as=name, requested_as=name, state="failed")
    return report.model_copy(update=changes)


def test_an_abstract_is_shown_by_paragraphs_with_its_source_and_licence():
    text = f"Aim: To see.\n\n{HOSTILE}"
    shown = ReportedAbstract(text=text, source="crossref", licence="cc-by")
    report = report_of(abstract=shown)
    lines = drawn(cited_work(report, {"crossref": "Crossref"}, 80)).splitlines()
    start = lines.index("Abstract")
    assert lines[start + 1].rstrip() == "Aim: To see."
    assert lines[start + 2].startswith("A [bold]title[/bold] with")
    assert lines[start + 3].rstrip() == "from Crossref, licence cc-by"
    assert "\x1b" not in "".join(lines)


def test_a_long_abstract_is_cut_between_words_and_says_where_it_is_whole():
    text = "\n\n".join(["every word " * 40] * 3)
    shown = ReportedAbstract(text=text, source="crossref", licence="cc-by")
    drawing = " ".join(
        drawn(cited_work(report_of(abstract=shown), {}, 80))
        .split("Abstract")[1]
        .split()
    )
    abstract, _, rest = drawing.partition(" ... from crossref")
    assert rest.startswith(", licence cc-by; --json has all of it")
    assert 550 < len(abstract) <= 600
    assert set(abstract.split()) == {"every", "word"}


@pytest.mark.parametrize(
    ("licence", "why"),
    [
        (None, "no licence is known that allows showing it"),
        ("other-oa", "its licence (other-oa) does not allow showing it"),
    ],
)
def test_an_abstract_that_is_withheld_says_why(licence: str | None, why: str):
    report = report_of(abstract_withheld=True, licence=licence)
    assert f"Abstract: known, but {why}" in drawn(cited_work(report, {}, 80))


def test_where_no_abstract_is_known_nothing_is_said_of_it():
    assert "Abstract" not in drawn(cited_work(report_of(), {}, 80))


def test_a_log_gets_a_line_a_stage_and_one_now_and_then():
    written: list[str] = []
    clock = iter([0.0, 1.0, 2.0, SECONDS_BETWEEN_LINES, SECONDS_BETWEEN_LINES])
    observe = ProgressLines(written.append, lambda: next(clock))
    observe(Progress("fetch", 0, 3_000, "openalex"))
    observe(Progress("fetch", 1, 3_000))
    observe(Progress("fetch", 2, 3_000))
    observe(Progress("fetch", 900, 3_000))
    observe(Progress("load", 0))
    assert written == [
        "Asking the sources 0 of 3,000 (openalex)",
        "Asking the sources 900 of 3,000",
        "Loading the records",
    ]


def test_numbers_stand_on_the_right_and_wide_letters_take_two_columns():
    table = grid(
        ["name", "count"], ["VARCHAR", "BIGINT"], [("潮汐", 5), ("tides", 12)], None
    )
    assert table.header == "name   count"
    assert table.lines[1:] == ("潮汐       5", "tides     12")


def test_prose_is_cut_to_fit_and_identifiers_never():
    row = ("10.5555/" + "x" * 30, "many words " * 10)
    cut = grid(["doi", "title"], ["VARCHAR", "VARCHAR"], [row], 80)
    assert row[0] in cut.lines[1]
    assert cut.lines[1].endswith("…")
    blocks = grid(["doi", "doi_2"], ["VARCHAR", "VARCHAR"], [(row[0], row[0])], 60)
    assert blocks.header == ""
    assert [line.split()[-1] for line in blocks.lines[1:]] == [row[0], row[0]]


def test_null_is_not_an_empty_text():
    table = grid(["a", "b"], ["VARCHAR", "VARCHAR"], [(None, "")], None)
    assert table.lines[1].split() == ["null"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(4.24, "4.2 s"), (205, "3 min 25 s"), (7_500, "2 h 5 min")],
)
def test_durations(seconds: float, text: str):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(640, "640 B"), (12_300, "12.3 kB"), (4_000_000, "4.0 MB"), (5e12, "5000.0 GB")],
)
def test_sizes(count: int, text: str):
    assert size(count) == text


def test_plurals():
    assert [plural(count, "work") for count in (0, 1, 2_000)] == [
        "0 works",
        "1 work",
        "2,000 works",
    ]


def test_no_color_is_obeyed_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert drawing_console(Terminal()).color_system is not None
    monkeypatch.setenv("NO_COLOR", "1")
    assert drawing_console(Terminal()).no_color
    assert not drawing_console(io.StringIO()).is_terminal
