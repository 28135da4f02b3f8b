"""Every word that a source has for a kind of publication, and ours."""

import json
from collections.abc import Mapping

import pytest

from pipeline.sources import all_sources
from pipeline.sources.base import ParseContext

CROSSREF = {
    "article": ["journal-article"],
    "book": [
        "book",
        "monograph",
        "edited-book",
        "reference-book",
        "book-set",
        "book-series",
    ],
    "book-chapter": (
        ["book-chapter", "book-section", "book-part", "book-track", "reference-entry"]
    ),
    "conference-paper": ["proceedings-article"],
    "dataset": ["dataset", "database"],
    "dissertation": ["dissertation"],
    "report": (
        ["report", "report-component", "report-series", "standard", "standard-series"]
    ),
    "peer-review": ["peer-review"],
    "other": [
        "component",
        "grant",
        "journal",
        "journal-issue",
        "journal-volume",
        "proceedings",
        "proceedings-series",
        "other",
        "posted-content",
    ],
}
OPENALEX = {
    "article": ["article", "data-paper", "software-paper"],
    "review": ["review"],
    "preprint": ["preprint"],
    "book": ["book"],
    "book-chapter": ["book-chapter", "reference-entry"],
    "conference-paper": ["conference-paper", "conference-abstract"],
    "dataset": ["dataset"],
    "editorial": ["editorial"],
    "letter": ["letter"],
    "erratum": ["erratum"],
    "retraction": ["retraction"],
    "dissertation": ["dissertation"],
    "report": ["report", "standard"],
    "peer-review": ["peer-review"],
    "other": (
        [
            "other",
            "paratext",
            "libguides",
            "supplementary-materials",
            "software",
            "book-review",
        ]
    ),
}
META = {
    "article": ["journal article"],
    "preprint": ["preprint"],
    "book": ["book", "book set", "book series", "reference book"],
    "book-chapter": ["book chapter", "book section", "reference entry"],
    "conference-paper": ["proceedings article", "presentation"],
    "dataset": ["dataset", "data file", "data file/dataset"],
    "editorial": ["editorial", "journal editorial"],
    "retraction": ["retraction notice"],
    "dissertation": ["dissertation"],
    "report": ["report", "standard"],
    "other": [
        *("archival document", "audio document", "computer program", "journal"),
        *("data management plan", "journal issue", "journal volume", "newspaper"),
        *("proceedings", "series", "web content"),
    ],
}
UPDATES = {
    "retraction": ["retraction", "removal", "withdrawal", "partial_retraction"],
    "erratum": [
        "correction",
        "corrigendum",
        "erratum",
        "addendum",
        "clarification",
        "expression_of_concern",
    ],
    "article": ["new_version", "new_edition"],
}
PREPRINT_PREFIXES = [
    "10.1101",
    "10.64898",
    "10.21203",
    "10.2139",
    "10.20944",
    "10.31219",
    "10.31234",
    "10.26434",
    "10.36227",
    "10.22541",
    "10.14293",
]


def read(source: str, record: Mapping[str, object]) -> tuple[str, str]:
    body = json.dumps([record]).encode()
    [work] = all_sources()[source].parse(body, ParseContext()).works
    return work.publication_type, work.type_rule


def pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(word, ours) for ours, words in table.items() for word in words]


@pytest.mark.parametrize(("word", "ours"), pairs(CROSSREF))
def test_a_word_of_crossref_is_ours(word: str, ours: str) -> None:
    assert read("crossref", {"DOI": "10.5555/a", "type": word}) == (ours, "table")


@pytest.mark.parametrize(("word", "ours"), pairs(OPENALEX))
def test_a_word_of_openalex_is_ours(word: str, ours: str) -> None:
    found, rule = read("openalex", {"id": "https://openalex.org/W1", "type": word})
    assert found == ours
    assert rule != "unknown"


@pytest.mark.parametrize(("word", "ours"), pairs(META))
def test_a_word_of_meta_is_ours(word: str, ours: str) -> None:
    row: dict[str, object] = {"id": "doi:10.5555/a", "title": "A title", "type": word}
    found, rule = read("opencitations", row)
    assert found == ours
    assert rule != "unknown"


@pytest.mark.parametrize(("word", "ours"), pairs(UPDATES))
def test_a_notice_is_what_it_announces(word: str, ours: str) -> None:
    update = {"DOI": "10.5555/b", "type": word}
    record = {"DOI": "10.5555/a", "type": "journal-article", "update-to": [update]}
    assert read("crossref", record)[0] == ours


@pytest.mark.parametrize("prefix", PREPRINT_PREFIXES)
def test_a_preprint_prefix_counts_for_posted_content_only(prefix: str) -> None:
    record: dict[str, object] = {"DOI": f"{prefix}/a", "type": "posted-content"}
    assert read("crossref", record) == ("preprint", "preprint")
    assert read("crossref", record | {"subtype": "report"}) == ("other", "table")
    assert read("crossref", record | {"type": "report"}) == ("report", "table")


@pytest.mark.parametrize(
    ("source", "record"),
    [
        ("crossref", {"DOI": "10.5555/a"}),
        ("openalex", {"id": "https://openalex.org/W1"}),
        ("opencitations", {"id": "doi:10.5555/a", "title": ""}),
    ],
)
@pytest.mark.parametrize("word", ["something-unknown", "  ", "article!"])
def test_any_other_word_is_other_and_says_so(
    source: str, record: dict[str, object], word: str
) -> None:
    found = read(source, record | {"type": word})
    blank = source == "opencitations" and not word.strip()
    assert found == ("other", "table" if blank else "unknown")
