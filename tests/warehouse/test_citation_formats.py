"""Works in citation formats: what was written is what parsers of others read."""

import json
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from bibtexparser import parse_string
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    NameParts,
    SeparateCoAuthors,
    SplitNameParts,
)
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from schemas.citable_work import CitableAuthor, CitableWork
from schemas.publication_type import PUBLICATION_TYPES
from warehouse.report.citation_formats import CITATION_FORMATS, citations
from warehouse.report.citation_formats.csl_json import csl_item
from warehouse.report.citation_formats.keys import CitationKeys
from warehouse.report.citation_formats.types import TYPE_NAMES

HOSTILE = (
    "{",
    "}}{",
    r"\{",
    "\\",
    r"ends with a \ ",
    r"\emph{lamps} and \input{/etc/passwd}",
    "50% of $x_1$ & #3 ~ <b>p</b> > 0.05",
    "@article{x, title = {y}}",
    "x\n@article{a,\n",
    "TI  - a\r\nER  - \r\nTY  - BOOK",
    "``quoted'' -- and --- ?` !` ,,so''",
    'a "quoted" title, with = and ,',
    "הכותרת מימין לשמאל \u202bא\u202c",
    "العنوان",
    "Ångström 中文 🦉 e\u0301 \u200b \u2028 \x85 \x00 \x1c",
    "a" * 10_000,
    "{%\\" * 2_500,
    "=SUM(A1)",
)
TITLES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=80),
    st.text(alphabet="{}\\%$&#_~<>-'`?!,\"@= \n\r\tax", max_size=80),
)
AUTHORS = st.builds(
    CitableAuthor,
    name=st.text(min_size=1, max_size=20),
    family=st.none() | st.text(alphabet=string.ascii_letters + "é,{} -", max_size=15),
    given=st.none() | st.text(alphabet=string.ascii_letters + "é,{} -.", max_size=15),
)
DATES = st.sampled_from([None, "2019", "2019-02", "2019-02-14", "0800", "-0300"])
WORKS = st.builds(
    CitableWork,
    work_id=st.sampled_from(["doi:10.1/x", "pmid:1", "omid:br/06", "openalex:W1"]),
    doi=st.sampled_from([None, "10.1/x", "10.1/(sici)1<3::a_b>2.0.co;2-z", "10.1/{"]),
    title=st.none() | TITLES,
    publication_type=st.none() | st.sampled_from(PUBLICATION_TYPES),
    published_date=DATES,
    container_title=st.none() | TITLES,
    publisher=st.none() | TITLES,
    is_retracted=st.none() | st.booleans(),
    author_count=st.none() | st.just(1),
    authors=st.lists(AUTHORS, max_size=4).map(tuple),
)
WHOLE = CitableWork(
    work_id="doi:10.1/x_y",
    doi="10.1/x_y",
    title="Lamps & tides",
    publication_type="article",
    published_date="2019-02-14",
    container_title="Journal of Lamps",
    issn_l="1234-5678",
    publisher="A & B",
    language="en",
    is_retracted=True,
    author_count=2,
    authors=(
        CitableAuthor(name="Åsa van der Berg", family="van der Berg", given="Åsa"),
        CitableAuthor(name="The Lamp and Tide Group, Inc."),
    ),
)
BARE = CitableWork(work_id="omid:br/0612")


def written(form, *works):
    return "".join(citations(works, form))


def plain(text: str | None) -> str | None:
    """A title without line breaks and control signs, written down once more."""
    bare = re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda c: " " * c[0].isspace(), text or "")
    return " ".join(bare.split()) or None


def whole_latex() -> LatexNodes2Text:
    """What undoes LaTeX for bibtexparser, with the macros that it does not know."""
    macros = get_default_latex_context_db()
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known = [MacroTextSpec(name, simplify_repl=sign) for name, sign in signs.items()]
    macros.add_context_category("text signs", prepend=True, macros=known)
    return LatexNodes2Text(latex_context=macros, math_mode="verbatim")


def latex_read(text: str, decoder: LatexNodes2Text | None = None):
    """Entries as bibtexparser reads them, its LaTeX undone."""
    undone = LatexDecodingMiddleware(decoder=decoder)
    library = parse_string(text, append_middleware=[undone])
    assert library.failed_blocks == []
    assert library.comments == []
    return library.entries


def ris_lines(text: str) -> list[tuple[str, str]]:
    lines = text.split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    tagged = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines if line]
    assert all(tagged)
    return [(found[1], found[2]) for found in tagged if found]


def test_bibtex_has_every_field():
    (entry,) = latex_read(written("bibtex", WHOLE))
    assert entry.key == "vanderberg2019"
    assert entry.entry_type == "article"
    assert {field.key: field.value for field in entry.fields} == {
        "author": "van der Berg, Åsa and The Lamp and Tide Group, Inc.",
        "title": "Lamps & tides",
        "journal": "Journal of Lamps",
        "publisher": "A & B",
        "year": "2019",
        "month": "feb",
        "day": "14",
        "issn": "1234-5678",
        "language": "en",
        "doi": "10.1/x_y",
        "url": "https://doi.org/10.1/x_y",
        "note": "Retracted",
    }


def test_an_organisation_is_one_name_in_bibtex():
    text = written("bibtex", WHOLE)
    parted = [SeparateCoAuthors(), SplitNameParts()]
    (entry,) = parse_string(text, append_middleware=parted).entries
    assert entry["author"] == [
        NameParts(first=["Åsa"], von=["van", "der"], last=["Berg"]),
        NameParts(last=["{The Lamp and Tide Group, Inc.}"]),
    ]


def test_a_shortened_byline_says_that_there_are_others():
    short = WHOLE.model_copy(update={"author_count": None})
    assert "Inc.} and others}" in written("bibtex", short)
    assert "N1  - Retracted; Not all authors are known" in written("ris", short)


def test_ris_has_every_tag():
    assert ris_lines(written("ris", WHOLE)) == [
        ("TY", "JOUR"),
        ("ID", "vanderberg2019"),
        ("AU", "van der Berg, Åsa"),
        ("AU", "The Lamp and Tide Group, Inc."),
        ("TI", "Lamps & tides"),
        ("T2", "Journal of Lamps"),
        ("PY", "2019"),
        ("DA", "2019/02/14/"),
        ("PB", "A & B"),
        ("SN", "1234-5678"),
        ("LA", "en"),
        ("DO", "10.1/x_y"),
        ("UR", "https://doi.org/10.1/x_y"),
        ("N1", "Retracted"),
        ("ER", ""),
    ]


def test_csl_json_has_every_variable():
    assert json.loads(written("csl-json", WHOLE)) == [
        {
            "id": "vanderberg2019",
            "type": "article-journal",
            "title": "Lamps & tides",
            "author": [
                {"family": "van der Berg", "given": "Åsa"},
                {"literal": "The Lamp and Tide Group, Inc."},
            ],
            "issued": {"date-parts": [[2019, 2, 14]]},
            "container-title": "Journal of Lamps",
            "publisher": "A & B",
            "ISSN": "1234-5678",
            "language": "en",
            "DOI": "10.1/x_y",
            "URL": "https://doi.org/10.1/x_y",
            "note": "Retracted",
        }
    ]


def test_a_work_of_which_only_an_identifier_is_known_is_written_without_a_title():
    page = "https://opencitations.net/meta/br/0612"
    (entry,) = latex_read(written("bibtex", BARE))
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("misc", "omidnd")
    assert fields == {"url": page, "omid": "br/0612"}
    assert ris_lines(written("ris", BARE)) == [
        ("TY", "GEN"),
        ("ID", "omidnd"),
        ("AN", "omid:br/0612"),
        ("UR", page),
        ("ER", ""),
    ]
    assert csl_item(BARE, "k") == {
        "id": "k",
        "type": "document",
        "number": "omid:br/0612",
        "URL": page,
    }


@pytest.mark.parametrize(
    ("date", "bibtex", "ris", "csl"),
    [
        ("2019", {"year": "2019"}, "2019///", [[2019]]),
        ("2019-02", {"year": "2019", "month": "feb"}, "2019/02//", [[2019, 2]]),
    ],
)
def test_dates_are_as_precise_as_known(date, bibtex, ris, csl):
    work = BARE.model_copy(update={"published_date": date})
    (entry,) = latex_read(written("bibtex", work))
    fields = {field.key: field.value for field in entry.fields}
    assert {k: v for k, v in fields.items() if k in ("year", "month", "day")} == bibtex
    assert dict(ris_lines(written("ris", work)))["DA"] == ris
    assert csl_item(work, "k")["issued"]["date-parts"] == csl


def test_every_publication_type_has_its_names():
    assert TYPE_NAMES.keys() == {*PUBLICATION_TYPES, None}


def test_works_nobody_has_make_a_file_that_is_read():
    assert (written("bibtex"), written("ris")) == ("", "")
    assert json.loads(written("csl-json")) == []


def test_keys_get_letters_and_a_later_work_changes_none():
    keys = CitationKeys()
    given = [keys.key(WHOLE) for _ in range(29)]
    assert given[:3] == ["vanderberg2019", "vanderberg2019a", "vanderberg2019b"]
    assert given[26:] == ["vanderberg2019z", "vanderberg2019aa", "vanderberg2019ab"]


@pytest.mark.parametrize(
    ("work", "key"),
    [
        ({"authors": [{"name": "Jürgen Groß", "family": "Groß"}]}, "grossnd"),
        ({"authors": [{"name": "山田 太郎", "family": "山田"}]}, "omidnd"),
        ({"authors": [{"name": "Ludo Yarrby"}]}, "yarrbynd"),
        ({"title": "The lamps"}, "thend"),
        ({"title": "2001: {lamps}"}, "omidnd"),
    ],
)
def test_keys_are_plain_letters(work, key):
    found = CitationKeys().key(CitableWork(work_id="omid:br/1", **work))
    assert found == key


def titled(title: str) -> CitableWork:
    return CitableWork(work_id="doi:10.1/x", doi="10.1/x", title=title)


@given(TITLES)
def test_a_title_comes_back_from_bibtex(title):
    (entry,) = latex_read(written("bibtex", titled(title)), whole_latex())
    found = entry.fields_dict.get("title")
    assert (found.value if found else None) == plain(title)


@pytest.mark.parametrize(
    "title",
    [
        r"Lamps {in {groups}} of \emph{five}, \ and ~50% of $x_1$ & #3 <p> -- ``so''",
        "Ångström 中文 🦉 עברית \u202bא\u202c",
    ],
)
def test_a_title_comes_back_from_bibtexparser_as_it_is_installed(title):
    (entry,) = latex_read(written("bibtex", titled(title)))
    assert entry["title"] == title


@given(st.lists(WORKS, max_size=5))
def test_bibtex_is_whole_whatever_is_in_it(works):
    text = written("bibtex", *works)
    entries = latex_read(text)
    assert len({entry.key for entry in entries}) == len(works)
    # BibTeX itself counts braces, also those behind a backslash.
    assert text.count("{") == text.count("}")


@given(st.lists(WORKS, max_size=5))
def test_ris_is_whole_whatever_is_in_it(works):
    lines = ris_lines(written("ris", *works))
    assert [tag for tag, _ in lines if tag in ("TY", "ER")] == ["TY", "ER"] * len(works)
    titles = [plain(work.title) for work in works]
    assert [value for tag, value in lines if tag == "TI"] == [t for t in titles if t]


@given(st.lists(WORKS, max_size=5))
def test_rispy_reads_what_we_write(works):
    rispy = pytest.importorskip("rispy")
    found = rispy.loads(written("ris", *works))
    assert [one.get("title") or None for one in found] == [
        plain(work.title) for work in works
    ]
    assert [one.get("doi") for one in found] == [work.doi for work in works]


@given(st.lists(WORKS, max_size=5))
def test_csl_json_is_whole_whatever_is_in_it(works):
    found = json.loads(written("csl-json", *works))
    assert [one.get("title") for one in found] == [plain(work.title) for work in works]
    assert len({one["id"] for one in found}) == len(works)


def test_citeproc_makes_a_reference_of_what_we_write(tmp_path: Path):
    pytest.importorskip("citeproc")
    (tmp_path / "works.json").write_text(written("csl-json", WHOLE, BARE))
    script = """
import json, warnings
from pathlib import Path
from citeproc import Citation, CitationItem, CitationStylesBibliography
from citeproc import CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
warnings.simplefilter("error")
source = CiteProcJSON(json.loads(Path("works.json").read_text()))
warnings.simplefilter("default")
style = CitationStylesStyle("harvard-cite-them-right", validate=False)
bibliography = CitationStylesBibliography(style, source, formatter.plain)
bibliography.register(Citation([CitationItem("vanderberg2019")]))
print(bibliography.bibliography()[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Å. and The Lamp and Tide Group, Inc. (2019)" in done.stdout
    assert "Lamps & tides”, Journal of Lamps" in done.stdout


def test_endings_tell_the_formats_apart():
    assert len({form.ending for form in CITATION_FORMATS.values()}) == 3
