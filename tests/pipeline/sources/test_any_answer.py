"""Whatever a source sends: no exception, nothing vanishes, no neighbour pays.

Small answers of each source with one value in them changed into every shape; and, where
they lie beside the project, the recorded answers, damaged in many ways.
"""

import copy
import gzip
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import all_sources
from pipeline.sources.base import ParseContext
from schemas.provenance import Parsed

DOI = "10.5555/citehouse.a"
DATE = {"date-parts": [[2019, 2, 14]]}
NOTHING = object()
NESTED: Any = []
for _ in range(300):
    NESTED = [NESTED]
SHAPES: list[Any] = [
    *(None, True, False, 0, -1, 7, 1.5, 7.0, 2**63, 10**30, -(10**30), 1e308),
    *(float("nan"), float("inf"), "", " ", "\x00", "\ud800", "x" * 5_000, "7", "٣"),
    *([], [None], [[]], ["x"], [7], [{}], {}, {"": None}, [1, "x", None, {}], NESTED),
    *("10.1/x", "2019-02-31", {"date-parts": [[2**70]]}, {"date-parts": "2019"}),
    *("[", "[a:b c", "; ;", "<a<a", "&#xD800;", "999-1", "https://openalex.org/W1"),
]

CROSSREF = {
    "DOI": DOI,
    "alias": ["10.5555/b"],
    "title": ["A title"],
    "type": "posted-content",
    "subtype": "preprint",
    "issued": DATE,
    "container-title": ["Journal"],
    "issn-type": [{"value": "1234-5678", "type": "print"}],
    "author": [{"family": "Fox", "given": "Ada", "ORCID": "0000-0002-1825-0097"}],
    "reference": [{"DOI": "10.5555/c"}],
    "is-referenced-by-count": 3,
    "license": [{"URL": "https://example.org", "content-version": "vor"}],
    "relation": {"has-preprint": [{"id": "10.5555/d", "id-type": "doi"}]},
    "updated-by": [{"DOI": "10.5555/e", "type": "retraction", "updated": DATE}],
}
OPENALEX = {
    "id": "https://openalex.org/W1",
    "doi": f"https://doi.org/{DOI}",
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/7", "mag": 7},
    "title": "A title",
    "type": "article",
    "publication_date": "2019-02-14",
    "publication_year": 2019,
    "primary_location": {"source": {"display_name": "J", "issn": ["1234-5678"]}},
    "open_access": {"oa_url": "https://example.org"},
    "authorships": [{"author": {"id": "https://openalex.org/A5", "orcid": None}}],
    "cited_by_count": 3,
    "is_retracted": False,
    "referenced_works": ["https://openalex.org/W2"],
}
INDEX = {
    "oci": "0601-0602",
    "citing": f"omid:br/0601 doi:{DOI}",
    "cited": "omid:br/0602 doi:10.5555/b pmid:7",
    "creation": "2019-02",
    "timespan": "P1Y",
    "author_sc": "no",
}
META = {
    "id": f"doi:{DOI} openalex:W1 omid:br/0601",
    "title": "A title",
    "author": "Fox, Ada [orcid:0000-0002-1825-0097 omid:ra/0601]; Group [omid:ra/062]",
    "pub_date": "2019-02-14",
    "venue": "Journal [issn:1234-5678 omid:br/0603]",
    "type": "journal article",
    "publisher": "House [crossref:1]",
}
AGENCY = {"DOI": "10.5555", "RA": "Crossref"}
CSL = {
    "DOI": DOI,
    "type": "article-journal",
    "title": "A title",
    "issued": DATE,
    "author": [{"family": "Fox", "ORCID": "0000-0002-1825-0097"}, {"literal": "G"}],
    "ISSN": ["1234-5678"],
}
DATACITE = {
    "id": DOI,
    "type": "dois",
    "attributes": {
        "doi": DOI,
        "identifiers": [{"identifier": DOI, "identifierType": "DOI"}],
        "titles": [{"title": "A title", "titleType": None}],
        "creators": [
            {
                "name": "Fox, Ada",
                "nameType": "Personal",
                "nameIdentifiers": [
                    {
                        "nameIdentifier": "0000-0002-1825-0097",
                        "nameIdentifierScheme": "ORCID",
                    }
                ],
            }
        ],
        "publisher": {"name": "House"},
        "container": {"title": "J", "identifier": "1234-5678"},
        "publicationYear": 2019,
        "dates": [{"date": "2019-02-14", "dateType": "Issued"}],
        "types": {"resourceTypeGeneral": "Dataset", "citeproc": "dataset"},
        "language": "en",
        "rightsList": [{"rightsIdentifier": "mit", "rightsUri": "https://example.org"}],
        "descriptions": [{"description": "It", "descriptionType": "Abstract"}],
        "relatedIdentifiers": [
            {
                "relationType": "Cites",
                "relatedIdentifier": "10.5555/b",
                "relatedIdentifierType": "DOI",
            }
        ],
        "relatedItems": [
            {
                "relationType": "IsPublishedIn",
                "titles": [{"title": "J"}],
                "relatedItemIdentifier": {"relatedItemIdentifier": "1234-5678"},
            }
        ],
        "citationCount": 3,
        "state": "findable",
    },
}
DATACITE_FORMER = {
    "id": f"https://doi.org/{DOI}",
    "type": "works",
    "attributes": {
        "doi": DOI,
        "title": "A title",
        "author": [{"given": "Ada", "family": "Fox"}, {"literal": "G"}],
        "container-title": "House",
        "resource-type-id": "text",
        "published": "2016",
        "related-identifiers": [
            {"relation-type-id": "Cites", "related-identifier": "10.5555/b"}
        ],
    },
}
PAPER = {
    "paperId": "a" * 40,
    "externalIds": {"DOI": DOI, "PubMed": "7", "ArXiv": "2101.00001", "CorpusId": 7},
    "title": "A title",
    "venue": "J",
    "publicationVenue": {"name": "J", "issn": "1234-5678", "alternate_issns": ["1"]},
    "journal": {"name": "J"},
    "year": 2019,
    "publicationDate": "2019-02-14",
    "publicationTypes": ["Review"],
    "authors": [{"name": "Fox", "externalIds": {"ORCID": "0000-0002-1825-0097"}}],
    "citationCount": 3,
    "referenceCount": 3,
    "openAccessPdf": {"url": "https://example.org", "license": "CCBY"},
}
PAPER_CITATION = {
    "citingPaper": {"paperId": "a" * 40, "externalIds": {"DOI": DOI}, "title": "T"},
    "contexts": ["See [1]."],
    "contextsWithIntent": [{"context": "See [1].", "intents": ["result"]}],
    "intents": ["result"],
    "isInfluential": True,
}
HIT: dict[str, Any] = {
    "id": "1",
    "source": "MED",
    "pmid": "1",
    "pmcid": "PMC1",
    "doi": DOI,
    "title": "Bread",
    "authorList": {
        "author": [
            {
                "fullName": "Quill P",
                "firstName": "Perpetua",
                "lastName": "Quill",
                "authorId": {"type": "ORCID", "value": "0000-0002-1825-0097"},
            }
        ]
    },
    "journalInfo": {
        "printPublicationDate": "2020-03-01",
        "journal": {"title": "J Bread", "issn": "9990-0012"},
    },
    "pubYear": "2020",
    "firstPublicationDate": "2020-02-11",
    "pubTypeList": {"pubType": ["Journal Article"]},
    "language": "eng",
    "citedByCount": 7,
    "commentCorrectionList": {
        "commentCorrection": [{"type": "Erratum in", "source": "MED", "id": "3"}]
    },
    "fullTextUrlList": {
        "fullTextUrl": [{"availabilityCode": "OA", "url": "https://a.example"}]
    },
}
HIT_CITED: dict[str, Any] = {"id": "3", "source": "MED", "title": "Citing bread"}
ARTICLE = {"pmcid": "PMC7", "pmid": 7, "doi": DOI, "requested-id": "7"}
ENVELOPES = ("items", "results", "message", "message-type", "status", "error", "count")


def in_list(items: list[Any]) -> dict[str, Any]:
    return {"status": "ok", "message-type": "work-list", "message": {"items": items}}


def in_data(items: list[Any]) -> dict[str, Any]:
    return {"data": items, "meta": {"total": len(items)}}


def in_hits(items: list[Any]) -> dict[str, Any]:
    return {"hitCount": len(items), "resultList": {"result": items}}


def in_citations(items: list[Any]) -> dict[str, Any]:
    asked = {"id": "2", "source": "MED"}
    rows = {"citation": items}
    return {"hitCount": len(items), "request": asked, "citationList": rows}


def in_records(items: list[Any]) -> dict[str, Any]:
    return {"status": "ok", "records": items}


def in_results(items: list[Any]) -> dict[str, Any]:
    return {"meta": {"count": len(items)}, "results": items}


FORMS: dict[str, tuple[str, dict[str, Any], Callable[[list[Any]], Any]]] = {
    "crossref list": ("crossref", CROSSREF, in_list),
    "crossref dump": ("crossref", CROSSREF, lambda items: {"items": items}),
    "datacite list": ("datacite", DATACITE, in_data),
    "datacite array": ("datacite", DATACITE, list),
    "datacite of before": ("datacite", DATACITE_FORMER, in_data),
    "openalex list": ("openalex", OPENALEX, in_results),
    "openalex array": ("openalex", OPENALEX, list),
    "index": ("opencitations", INDEX, list),
    "meta": ("opencitations", META, list),
    "agencies": ("doiorg", AGENCY, list),
    "papers": ("semanticscholar", PAPER, in_data),
    "paper batch": ("semanticscholar", PAPER, list),
    "paper citations": ("semanticscholar", PAPER_CITATION, in_data),
    "conversions": ("ncbi", ARTICLE, in_records),
    "hits": ("europepmc", HIT, in_hits),
    "hits cited": ("europepmc", HIT_CITED, in_citations),
}
ENDPOINTS = {
    "crossref": (None, "work", "works"),
    "datacite": (None, "doi", "dois"),
    "openalex": (None, "work", "works", "citing", "citing-next"),
    "opencitations": (None, "metadata", "citations", "citation-count"),
    "doiorg": (None, "ra"),
    "semanticscholar": (None, "paper/batch", "citations", "references"),
    "ncbi": (None, "articles"),
    "europepmc": (None, "search", "citations", "references"),
}


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


def parse(source: str, body: bytes, endpoint: str | None = None) -> Parsed:
    """As a run parses it; what comes out adds up, and files and columns hold it."""
    subjects = (DOI,) if endpoint else ()
    parsed = all_sources()[source].parse(body, ParseContext(endpoint, subjects))
    accounted = parsed.parsed_count + len(parsed.rejects) + len(parsed.absent)
    assert parsed.received == accounted
    assert parsed.received == 0 or parsed.kind not in (None, "error")
    assert all(error.message for r in parsed.rejects for error in r.errors)
    assert all(item.cause for item in parsed.absent)
    for work in parsed.works:
        year = work.published_date.year if work.published_date else None
        pa.array([year, work.cited_by_count, work.reference_count], pa.int64())
    parsed.model_dump_json().encode()
    return parsed


def places(value: object, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, list):
        value = dict(enumerate(value))
    for key, item in value.items() if isinstance(value, dict) else ():
        yield (*place, key)
        yield from places(item, (*place, key))


def changed(value: Any, place: tuple[Any, ...], new: object) -> Any:
    """The value with another one at a place, or with nothing there."""
    if not place:
        return new
    whole = copy.deepcopy(value)
    inner = whole
    for key in place[:-1]:
        inner = inner[key]
    if new is NOTHING:
        del inner[place[-1]]
    else:
        inner[place[-1]] = copy.deepcopy(new)
    return whole


@pytest.mark.parametrize("form", FORMS)
def test_one_bad_record_never_costs_its_neighbours(form: str) -> None:
    source, record, wrap = FORMS[form]
    bad = [changed(record, p, s) for p in places(record) for s in [*SHAPES, NOTHING]]
    for one in [*SHAPES, *bad]:
        parsed = parse(source, encoded(wrap([record, one, record])))
        assert parsed.received == 3, one
        assert {reject.index for reject in parsed.rejects} <= {1}, one
        assert {nothing.index for nothing in parsed.absent} <= {1}, one


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_cut_short_or_damaged_anywhere_breaks_nothing(form: str) -> None:
    source, record, wrap = FORMS[form]
    body = encoded(wrap([record, record]))
    for at in range(0, len(body), 7):
        for broken in (body[:at], body[at:], body[:at] + b"\xff" + body[at:]):
            for endpoint in ENDPOINTS[source]:
                parse(source, broken, endpoint)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "noise", [b"garbage", b"\x00", b"]", b"<html>", b"[" * 100_000, b'{"a":' * 9_000]
)
def test_an_answer_with_something_behind_it_is_no_answer(
    form: str, noise: bytes
) -> None:
    source, record, wrap = FORMS[form]
    body = encoded(wrap([record]))
    assert parse(source, body + noise).parsed_count == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_byte_order_mark_and_repeated_names_cost_nothing(form: str) -> None:
    source, record, wrap = FORMS[form]
    twice = encoded(record).replace(b"{", b'{"title": 7, "type": 7, ', 1)
    body = encoded(wrap([record])).replace(encoded(record), twice)
    assert parse(source, b"\xef\xbb\xbf" + body).parsed_count == 1


@pytest.mark.parametrize(
    ("source", "record"), [("crossref", CROSSREF), ("openalex", OPENALEX)]
)
@pytest.mark.parametrize("broken", [b'{"DOI": "10.', b"{\xff}", b"{NaN", b"{" * 900])
def test_a_broken_line_of_a_dump_is_one_reject_wherever_it_stands(
    source: str, record: dict[str, Any], broken: bytes
) -> None:
    line = encoded(record)
    for lines in ([broken, line], [line, broken], [line, broken, broken, line]):
        parsed = parse(source, b"\n".join(lines))
        assert parsed.parsed_count == lines.count(line)
        assert len(parsed.rejects) == lines.count(broken)


def test_a_csl_record_of_any_shape_is_a_work_or_a_reject() -> None:
    for place in places(CSL):
        for shape in SHAPES:
            assert parse("doiorg", encoded(changed(CSL, place, shape))).received == 1


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("crossref", CROSSREF | {"is-referenced-by-count": True}),
        ("openalex", OPENALEX | {"cited_by_count": True}),
        ("openalex", OPENALEX | {"publication_year": True}),
    ],
)
def test_a_flag_is_not_the_number_one(source: str, count: dict[str, Any]) -> None:
    assert len(parse(source, encoded(count)).rejects) == 1


@pytest.mark.parametrize("source", sorted(ENDPOINTS))
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [*CROSSREF, *OPENALEX, *INDEX, *META, *AGENCY, *ENVELOPES]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_read_as_something_by_every_source(
    source: str, value: object
) -> None:
    for endpoint in ENDPOINTS[source]:
        parse(source, encoded(value), endpoint)


@pytest.mark.parametrize("source", sorted(ENDPOINTS))
@given(body=st.binary(max_size=60))
def test_any_bytes_are_read_as_something_by_every_source(
    source: str, body: bytes
) -> None:
    for endpoint in ENDPOINTS[source]:
        parse(source, body, endpoint)


def recorded(shared: Path) -> Iterator[tuple[str, bytes]]:
    folders = {"doi-ra": "doiorg", "doi-cn": "doiorg"}
    for name in ["crossref", "datacite", "openalex", "opencitations", *folders]:
        for file in sorted((shared / "recorded" / name).rglob("*.*")):
            body = file.read_bytes()
            whole = gzip.decompress(body) if file.suffix == ".gz" else body
            if len(whole) < 60_000:
                yield folders.get(name, name), whole


@pytest.mark.shared
def test_recorded_answers_with_changed_values_add_up(shared: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable
    answers = list(recorded(shared))
    assert answers
    for source, body in answers:
        at = chance.randrange(len(body) + 1)
        bodies = [body[:at], body[:at] + b"\xff" + body[at:], body + b"\n" + body]
        if body[:1] in (b"{", b"[") and b"}\n{" not in body:  # not JSON lines
            value = json.loads(body)
            everywhere = list(places(value))
            bodies += [
                encoded(changed(value, place, chance.choice(SHAPES)))
                for place in chance.choices(everywhere, k=2 if everywhere else 0)
            ]
        for damaged in bodies:
            for endpoint in ENDPOINTS[source]:
                parse(source, damaged, endpoint)
