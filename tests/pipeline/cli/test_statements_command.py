"""`citehouse statements`: lists, options, and files that are no articles."""

import gzip
import json
from pathlib import Path

import pytest

from pipeline.cli.app import run

ARTICLE = """
<article><front><article-meta/></front><body><sec><title>Results</title>
<p>Snow fell. Rain fell [<xref rid="r1">1</xref>]
and rose [<xref rid="r2">2</xref>].</p>
</sec></body><back><ref-list>
<ref id="r1"><element-citation><pub-id pub-id-type="doi">10.5555/a</pub-id>
</element-citation></ref>
<ref id="r2"><element-citation><article-title>Slow rain</article-title>
<pub-id pub-id-type="pmid">12</pub-id></element-citation></ref>
</ref-list></back>{sub}</article>
"""
SUB = '<sub-article><body><p><xref rid="r1">1</xref></p></body></sub-article>'


@pytest.fixture
def articles(nowhere: Path) -> Path:
    (nowhere / "one.xml").write_text(ARTICLE.format(sub=""))
    (nowhere / "two.xml.gz").write_bytes(
        gzip.compress(ARTICLE.format(sub=SUB).encode())
    )
    (nowhere / "page.xml").write_text("<html><body/></html>")
    return nowhere


@pytest.mark.usefixtures("articles")
def test_a_list_of_statements_is_printed_as_json(capsys):
    assert run(["statements", "one.xml", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    text = "Rain fell [1] and rose [2]."
    assert first == {
        "file": "one.xml",
        "cited_doi": "10.5555/a",
        "ref_ids": ["r1"],
        "section_title": "Results",
        "section": "results",
        "text": text,
        "before": "Snow fell.",
        "after": None,
        "markers": ["1"],
        "mention_count": 1,
        "location": "body",
    }
    assert (second["cited_doi"], second["ref_ids"]) == (None, ["r2"])


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("options", "ref_id"),
    [
        (["--cited", "https://doi.org/10.5555/A"], "r1"),
        (["--cited", "10.5555/b", "--cited-pmid", "12"], "r2"),
        (["--cited", "10.5555/b", "--cited-title", "Slow Rain!"], "r2"),
    ],
)
def test_only_the_work_that_is_asked_for(options, ref_id, capsys):
    assert run(["statements", "one.xml", *options, "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert one["ref_ids"] == [ref_id]


@pytest.mark.usefixtures("articles")
def test_a_work_that_is_not_cited_gives_an_empty_list(capsys):
    assert run(["statements", "one.xml", "--cited", "10.5555/zz", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["statements", "one.xml", "--cited", "10.5555/zz"]) == 0
    assert "no citation statements" in capsys.readouterr().err


@pytest.mark.usefixtures("articles")
def test_sub_articles_are_counted_on_stderr(capsys):
    assert run(["statements", "two.xml.gz", "--json"]) == 0
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)) == len(["r1", "r2"])
    assert "two.xml.gz: left out 1 citations in sub-articles" in printed.err


@pytest.mark.usefixtures("articles")
def test_what_cannot_be_read_is_named_and_the_rest_is_printed(capsys):
    files = ["page.xml", "missing.xml", "one.xml", "two.xml.gz"]
    assert run(["statements", *files, "--json"]) == 3
    printed = capsys.readouterr()
    assert {row["file"] for row in json.loads(printed.out)} == {"one.xml", "two.xml.gz"}
    assert "page.xml: an HTML page, not JATS" in printed.err
    assert "missing.xml: no such file" in printed.err


@pytest.mark.usefixtures("articles")
def test_nothing_to_read_has_failed(capsys):
    assert run(["statements", "page.xml", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == []


def test_a_bomb_of_gzip_is_not_unpacked(nowhere, capsys):
    with gzip.open(nowhere / "bomb.xml.gz", "wb", compresslevel=9) as file:
        for _ in range(50):
            file.write(b" " * 10**6)
    assert run(["statements", "bomb.xml.gz"]) == 1
    assert "longer than 40 MB" in capsys.readouterr().err


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("option", ["--cited", "--cited-pmid", "--cited-pmcid"])
def test_a_mistyped_identifier_is_wrong_use(option, capsys):
    assert run(["statements", "one.xml", option, "nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


@pytest.mark.usefixtures("articles")
def test_people_read_the_sentence_below_where_it_stands(capsys):
    assert run(["statements", "one.xml"]) == 0
    shown = capsys.readouterr().out
    assert "one.xml | 10.5555/a | Results | results" in shown
    assert "Rain fell [1] and rose [2]." in shown
