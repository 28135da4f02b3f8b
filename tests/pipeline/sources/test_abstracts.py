"""Abstracts: plain text with paragraphs, from every form in which sources send them."""

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import crossref, datacite, europepmc, openalex, semanticscholar
from pipeline.sources.base import ParseContext
from pipeline.wire.abstract import abstract_of_index, abstract_text

ALONE = ParseContext(None, ())

SECTIONS = (
    "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim:</jats:title>"
    "<jats:p>To <jats:italic>see</jats:italic>.</jats:p></jats:sec>\n     <jats:sec>"
    "<jats:title>Why?</jats:title><jats:p>As p &lt; 0.05.</jats:p></jats:sec>"
)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (None, None),
        ("", None),
        ("<jats:p />", None),
        ("<jats:title>Abstract</jats:title>", None),
        ("We looked.", "We looked."),
        ("a\n   line", "a line"),
        ("<jats:title>ABSTRACT:</jats:title><jats:p>A.</jats:p>", "A."),
        (SECTIONS, "Aim: To see.\n\nWhy? As p < 0.05."),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One.\n\nTwo."),
        ("<p>In\n\n<i>one</i></p>", "In one"),
        ("<h4>Background</h4>We asked.<h4>Results</h4>12 &amp; 3.", None),
        ("<title>Methods</title><title>People</title><p>12.</p>", None),
        ("<jats:title>Only a heading</jats:title>", "Only a heading"),
        ("One.<br/><br>Two.<br/>Still two.", "One.\n\nTwo. Still two."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("AIM\nTo see.\n\n\nRESULTS\nSeen.", "AIM: To see.\n\nRESULTS: Seen."),
        ("&lt;p&gt;Escaped twice &amp;amp; read.&lt;/p&gt;", "Escaped twice & read."),
        ("H<sub>2</sub>O at 1 < 2", "H2O at 1 < 2"),
        (
            "Abstract: We looked at an abstract: ours.",
            "We looked at an abstract: ours.",
        ),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        (
            "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>",
            "1 2\n\n3",
        ),
        ("<p>Steer\x1b[31m</p>", "Steer[31m"),
    ],
)
def test_paragraphs_and_headings_are_kept_and_tags_are_not(sent, read):
    in_order = {
        "<h4>Background": "Background: We asked.\n\nResults: 12 & 3.",
        "<title>Methods": "Methods\n\nPeople: 12.",
    }
    assert abstract_text(sent) == (read or in_order.get((sent or "")[:14]))


@given(st.text())
def test_an_abstract_never_fails_and_has_no_empty_paragraph(sent):
    read = abstract_text(sent)
    assert read is None or all(part.strip() for part in read.split("\n\n"))


def test_an_index_of_words_is_put_in_order():
    index = {"seas": [3], "The": [0], "sea": [1, 4], "of": [2], "&amp;": [5]}
    assert abstract_of_index(index) == "The sea of seas sea &"


def test_a_former_index_is_read_as_text_and_as_an_object():
    former = {"IndexLength": 2, "InvertedIndex": {"world": [1], "Hello": [0]}}
    assert abstract_of_index(former) == "Hello world"
    assert abstract_of_index(json.dumps(former)) == "Hello world"


@pytest.mark.parametrize(
    "index", [None, {}, "no JSON", "[1]", [1], 7, {"a": 1}, {"a": ["b"]}]
)
def test_what_is_no_index_costs_nothing(index):
    assert abstract_of_index(index) is None


TEXT = "<p>Of tides.</p><p>And clocks.</p>"
READ = "Of tides.\n\nAnd clocks."


@pytest.mark.parametrize(
    ("parse", "answer"),
    [
        (
            crossref.SOURCE.parse,
            {"message-type": "work", "message": {"DOI": "10.5555/a", "abstract": TEXT}},
        ),
        (
            datacite.SOURCE.parse,
            {
                "data": {
                    "id": "10.5555/a",
                    "type": "dois",
                    "attributes": {
                        "doi": "10.5555/a",
                        "descriptions": [
                            {"description": "x", "descriptionType": "Methods"},
                            {"description": TEXT, "descriptionType": "Abstract"},
                        ],
                    },
                }
            },
        ),
        (
            europepmc.SOURCE.parse,
            {
                "hitCount": 1,
                "resultList": {
                    "result": [
                        {
                            "id": "1",
                            "source": "MED",
                            "doi": "10.5555/a",
                            "abstractText": TEXT,
                        }
                    ]
                },
            },
        ),
        (
            semanticscholar.SOURCE.parse,
            {
                "paperId": "0" * 40,
                "externalIds": {"DOI": "10.5555/a"},
                "title": "T",
                "abstract": TEXT,
            },
        ),
        (
            openalex.SOURCE.parse,
            {
                "id": "https://openalex.org/W1",
                "authorships": [],
                "referenced_works": [],
                "abstract_inverted_index": {
                    "tides.</p><p>And": [1],
                    "<p>Of": [0],
                    "clocks.</p>": [2],
                },
            },
        ),
    ],
    ids=["crossref", "datacite", "europepmc", "semanticscholar", "openalex"],
)
def test_every_source_that_sends_an_abstract_gives_it(parse, answer):
    (work,) = parse(json.dumps(answer).encode(), ALONE).works
    assert work.abstract == READ


def test_a_page_of_openalex_gives_the_same_abstract_quickly_and_slowly():
    index = {"world": [1], "Hello": [0]}
    quick = [{"id": "https://openalex.org/W1", "abstract_inverted_index": index}]
    slow = [*quick, {"id": "https://openalex.org/W2", "cited_by_count": True}]
    read = [
        openalex.SOURCE.parse(
            json.dumps({"meta": {"count": len(page)}, "results": page}).encode(), ALONE
        ).works[0]
        for page in (quick, slow)
    ]
    assert [work.abstract for work in read] == ["Hello world"] * 2


FOLDERS = {
    "crossref": (crossref.SOURCE.parse, 1_000),
    "datacite": (datacite.SOURCE.parse, 100),
    "europepmc": (europepmc.SOURCE.parse, 20),
    "openalex": (openalex.SOURCE.parse, 50),
    "semanticscholar": (semanticscholar.SOURCE.parse, 150),
}
"""How many abstracts the recorded answers of each source hold at least."""

MARKUP = re.compile(r"</?(?:jats|mml):|</?(?:p|i|b|em|sub|sup|h4)>|&(?:amp|lt|gt);")


@pytest.mark.shared
@pytest.mark.parametrize("source", FOLDERS)
def test_recorded_abstracts_are_read_and_hold_no_markup(shared: Path, source: str):
    parse, least = FOLDERS[source]
    read = [
        work.abstract
        for file in sorted((shared / "recorded" / source).rglob("*.*"))
        if ".json" in file.name
        for work in parse(unpacked(file), ALONE).works
        if work.abstract
    ]
    assert len(read) >= least
    assert [text for text in read if MARKUP.search(text)] == []
    assert not any(text.startswith("Abstract:") for text in read)


def unpacked(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
