"""What is written in a format is read back, DOI for DOI, whatever stands around it."""

import csv
import io
import json
import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.watch_import import bibtex, csl_json, csv_table, doi_lines, ris
from pipeline.watch_import.entries import Entry
from pipeline.watch_import.file_text import as_text
from schemas.identifiers import normalise_doi

DOI = st.from_regex(
    r"10\.[0-9]{4,9}/[a-z0-9()<>_;:./&#\[\]-]{0,20}[a-z0-9]", fullmatch=True
).filter(lambda doi: normalise_doi(doi) == doi)
PROSE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
WORD = st.text("abcxyz ,.'", max_size=20)
LATEX = {sign: f"\\{sign}" for sign in "_&#%"} | {"<": "$<$", ">": r"\textgreater{}"}


def pairs(text):
    return st.lists(st.tuples(DOI, text), min_size=1, max_size=8)


@given(pairs(WORD), st.sampled_from(["", "doi:", "https://doi.org/"]))
def test_lines(works, label):
    text = "".join(f"{label}{doi} # {words}\n\n" for doi, words in works)
    found = list(doi_lines.read(text))
    expected = [Entry(2 * n + 1, f"{label}{doi}") for n, (doi, _) in enumerate(works)]
    assert found == expected


@given(
    pairs(LINES),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_csv(works, delimiter, encoding):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["Title", "DOI"])
    writer.writerows([title, doi] for doi, title in works)
    content = stream.getvalue().encode(encoding)
    found = list(csv_table.read(as_text(content)))
    assert [one.doi for one in found] == [doi for doi, _ in works]


@given(pairs(WORD))
def test_bibtex(works):
    text = "".join(
        f"@article{{k{n},\n  title = {{The {{{words}}}}},\n"
        f"  doi = {{{''.join(LATEX.get(sign, sign) for sign in doi)}}}\n}}\n"
        for n, (doi, words) in enumerate(works)
    )
    expected = [Entry(4 * n + 3, doi, f"k{n}") for n, (doi, _) in enumerate(works)]
    assert list(bibtex.read(text)) == expected


@given(pairs(PROSE))
def test_ris(works):
    text = "".join(
        f"TY  - JOUR\nTI  - {title}\nDO  - {doi}\nER  - \n" for doi, title in works
    )
    expected = [Entry(4 * n + 3, doi) for n, (doi, _) in enumerate(works)]
    assert list(ris.read(text)) == expected


@given(pairs(LINES), st.booleans())
def test_csl_json(works, in_items):
    items = [{"id": n, "title": t, "DOI": doi} for n, (doi, t) in enumerate(works)]
    text = json.dumps({"items": items} if in_items else items, ensure_ascii=False)
    expected = [Entry(None, doi, str(n)) for n, (doi, _) in enumerate(works)]
    assert list(csl_json.read(text)) == expected


@given(pairs(WORD), st.integers(min_value=0))
def test_csl_json_that_breaks_off_gives_the_items_before(works, cut):
    items = [{"id": n, "title": t, "DOI": doi} for n, (doi, t) in enumerate(works)]
    text = json.dumps(items)
    text = text[: cut % len(text)]
    found = list(csl_json.read(text))
    whole = len(re.findall(r"\}", text))
    assert [one.doi for one in found[:-1]] == [doi for doi, _ in works[:whole]]
    assert "breaks off" in found[-1].message
