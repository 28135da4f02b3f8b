"""OpenAlex: what becomes of its answers and how its refusals are told apart."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.base import (
    ParseContext,
)
from pipeline.sources.openalex import SOURCE
from pipeline.wire.openalex import WireWork
from pipeline.wire.openalex_requests import SELECT
from pipeline.wire.openalex_types import TYPES
from schemas.provenance import AnswerClass, Parsed
from schemas.publication_type import PUBLICATION_TYPES
from schemas.work import WorkRecord

RECORDED = Path(__file__).parents[4] / "shared" / "recorded" / "openalex"
NOT_FOUND = (
    b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>"
)


def work(number: int, doi: str | None = None, **fields: Any) -> dict[str, Any]:
    """A work as OpenAlex sends it, with a few fields."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "type": "article",
        "authorships": [],
        "cited_by_count": 0,
        "referenced_works": [],
    } | fields


def listed(
    results: Sequence[object],
    count: int | None = None,
    cursor: str | None = None,
    ms: int = 9,
) -> bytes:
    """A list as OpenAlex sends it."""
    total = len(results) if count is None else count
    meta = {
        "count": total,
        "per_page": 100,
        "next_cursor": cursor,
        "db_response_time_ms": ms,
    }
    return json.dumps({"meta": meta, "results": list(results)}).encode()


def parse(body: object, endpoint: str | None = None, *subjects: str) -> Parsed:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return SOURCE.parse(raw, ParseContext(endpoint, subjects))


def parse_one(**fields: Any) -> WorkRecord:
    [record] = parse(work(1, "10.1234/x") | fields).works
    return record


# --- answers -------------------------------------------------------------------------


def test_a_whole_work_becomes_a_record() -> None:
    record = parse_one(
        ids={
            "pmid": "https://pubmed.ncbi.nlm.nih.gov/0042",
            "pmcid": "PMC7.1",
            "mag": 3,
        },
        title="On <i>foxes</i> &amp; hounds",
        language="en",
        publication_date="2015-01-01",
        publication_year=2015,
        primary_location={
            "license": None,
            "source": {
                "display_name": "Journal of Foxes",
                "issn_l": "1234-5679",
                "issn": ["2345-678X", "1234-5679"],
                "host_organization_name": "Fox Press",
            },
        },
        best_oa_location={"license": "cc-by", "pdf_url": "https://a.test/x.pdf"},
        open_access={"is_oa": True, "oa_url": "https://a.test/x"},
        authorships=[
            {
                "author_position": "first",
                "author": {
                    "id": "https://openalex.org/A5",
                    "display_name": "Ada Fox",
                    "orcid": "https://orcid.org/0000-0002-1825-0097",
                },
            }
        ],
        is_retracted=True,
        cited_by_count=7,
        referenced_works=["https://openalex.org/W9", "https://openalex.org/W10"],
        referenced_works_count=3,
    )
    assert record.record_key == "openalex:W1"
    assert record.tokens == ("doi:10.1234/x", "pmid:42", "pmcid:PMC7", "openalex:W1")
    assert record.title == "On foxes & hounds"
    assert (record.publication_type, record.raw_type) == ("article", "article")
    assert record.is_retracted is True
    assert record.published_date is not None
    assert (record.published_date.iso, record.date_rule) == (
        "2015-01-01",
        "publication_date",
    )
    assert (record.container_title, record.publisher) == (
        "Journal of Foxes",
        "Fox Press",
    )
    assert (record.issn_l, record.issns) == ("1234-5679", ("1234-5679", "2345-678X"))
    assert (record.oa_url, record.licence) == ("https://a.test/x", "cc-by")
    assert record.references == ("openalex:W10", "openalex:W9")
    assert (record.reference_count, record.cited_by_count) == (3, 7)
    assert record.authors is not None
    [author] = record.authors
    assert author.model_dump(exclude_none=True) == {
        "position": 1,
        "name": "Ada Fox",
        "orcid": "0000-0002-1825-0097",
        "openalex_author_id": "A5",
    }


def test_anything_but_an_identifier_may_be_null_or_missing() -> None:
    empty = dict.fromkeys(SELECT.split(","))
    named = parse(empty | {"id": "https://openalex.org/W1"})
    alone = parse({"doi": "https://doi.org/10.1234/x", "open_access": {"is_oa": False}})
    assert named.works[0].record_key == "openalex:W1"
    assert named.works[0].authors is None
    assert named.works[0].publication_type == "other"
    assert alone.works[0].record_key == "doi:10.1234/x"


def test_null_inside_of_lists_and_objects_is_tolerated() -> None:
    record = parse_one(
        authorships=[
            None,
            {"author": None, "raw_author_name": "B. Fox"},
            {"author": {}},
        ],
        referenced_works=[None, "https://openalex.org/W2", "nonsense"],
        primary_location={"source": None, "raw_source_name": "Proc. Foxes"},
        best_oa_location=None,
        open_access={"oa_url": None},
    )
    assert record.authors is not None
    assert [(a.position, a.name) for a in record.authors] == [(2, "B. Fox"), (3, "")]
    assert record.references == ("openalex:W2",)
    assert record.container_title == "Proc. Foxes"


def test_the_older_shape_with_host_venue_is_read() -> None:
    record = parse_one(
        host_venue={
            "display_name": "Old J",
            "issn": "1234-5679",
            "publisher": "Old Press",
        }
    )
    assert (record.container_title, record.publisher) == ("Old J", "Old Press")
    assert record.issns == ("1234-5679",)


@pytest.mark.parametrize(
    ("doi", "token"),
    [
        ("https://doi.org/10.1021/ACS.X", "doi:10.1021/acs.x"),
        (
            "https://doi.org/10.1890/0012-9615(1999)069[0569:EDILSA]2.0.CO;2",
            "doi:10.1890/0012-9615(1999)069[0569:edilsa]2.0.co;2",
        ),
        ("https://doi.org/10.1000/a%2Cb", "doi:10.1000/a,b"),
        ("10.1000/a+b", "doi:10.1000/a+b"),
    ],
)
def test_dois_in_all_spellings_are_normalised(doi: str, token: str) -> None:
    assert parse_one(doi=doi).tokens[0] == token


@pytest.mark.parametrize(
    "doi", ["", "not a doi", "10.1234/a; 10.1234/b", "https://doi.org/"]
)
def test_an_invalid_doi_does_not_cost_the_record(doi: str) -> None:
    assert parse_one(doi=doi).tokens == ("openalex:W1",)


def test_a_work_whose_only_identifier_is_invalid_is_rejected() -> None:
    parsed = parse([{"doi": "nonsense", "title": "T"}, work(2)])
    assert [record.record_key for record in parsed.works] == ["openalex:W2"]
    assert "not a DOI: 'nonsense'" in parsed.rejects[0].errors[0].message


def test_a_work_without_identifier_is_absent_not_rejected() -> None:
    parsed = parse(
        listed([{"title": "Untraceable", "doi": None}]), "citing", "10.1234/x"
    )
    assert parsed.received == 1
    assert [(a.subject, a.cause) for a in parsed.absent] == [
        ("Untraceable", "no identifier")
    ]


def test_a_bad_record_is_rejected_with_all_its_errors_and_its_neighbours_stay() -> None:
    bad = work(
        2, authorships=[{"author": "Fox"}], publication_year="soon", cited_by_count=[]
    )
    parsed = parse(listed([work(1), bad, work(3)]), "citing", "10.1234/x")
    assert [record.record_key for record in parsed.works] == [
        "openalex:W1",
        "openalex:W3",
    ]
    assert parsed.rejects[0].index == 1
    assert {error.field for error in parsed.rejects[0].errors} == {
        "authorships.0.author",
        "publication_year",
        "cited_by_count",
    }


@pytest.mark.parametrize("count", [-1, 2**64 - 1, 10**30, "many"])
def test_an_impossible_count_is_rejected_not_stored(count: object) -> None:
    [reject] = parse(work(1, cited_by_count=count)).rejects
    assert [error.field for error in reject.errors] == ["cited_by_count"]


@pytest.mark.parametrize(
    ("fields", "iso", "raw", "rule"),
    [
        ({"publication_date": "2019-02-14"}, "2019-02-14", None, "publication_date"),
        (
            {"publication_date": "2019-02-31"},
            "2019-02",
            "2019-2-31",
            "publication_date",
        ),
        ({"publication_date": "2019-13-01"}, "2019", "2019-13-1", "publication_date"),
        ({"publication_year": 2019}, "2019", None, "publication_year"),
        (
            {"publication_date": "soon", "publication_year": 2019},
            "2019",
            "soon",
            "publication_year",
        ),
    ],
)
def test_dates_are_as_precise_as_they_can_be_true(
    fields: dict[str, Any], iso: str, raw: str | None, rule: str
) -> None:
    record = parse_one(**fields)
    assert record.published_date is not None
    assert (record.published_date.iso, record.published_date.raw) == (iso, raw)
    assert record.date_rule == rule


def test_no_date_is_none_not_zero() -> None:
    record = parse_one(publication_date=None, publication_year=None)
    assert (record.published_date, record.date_rule) == (None, None)


@pytest.mark.parametrize(
    ("raw_type", "kind", "rule"),
    [
        ("article", "article", "table"),
        ("conference-abstract", "conference-paper", "table"),
        ("software-paper", "article", "table"),
        ("book-review", "other", "table"),
        ("preprint", "preprint", "preprint"),
        ("erratum", "erratum", "notice"),
        ("retraction", "retraction", "notice"),
        ("proceedings-article", "conference-paper", "table"),
        ("posted-content", "other", "table"),
        ("something-unknown", "other", "unknown"),
        (None, "other", "unknown"),
    ],
)
def test_type_words_are_mapped_and_kept(
    raw_type: str | None, kind: str, rule: str
) -> None:
    record = parse_one(type=raw_type)
    assert (record.publication_type, record.type_rule) == (kind, rule)
    assert record.raw_type == raw_type


def test_posted_content_of_a_preprint_registrant_is_a_preprint() -> None:
    record = parse_one(type="posted-content", doi="https://doi.org/10.1101/097196")
    assert (record.publication_type, record.type_rule) == ("preprint", "preprint")


def test_the_type_table_knows_only_our_words() -> None:
    assert set(TYPES.values()) <= set(PUBLICATION_TYPES)


def test_a_retracted_article_stays_an_article() -> None:
    record = parse_one(is_retracted=True)
    assert (record.publication_type, record.is_retracted) == ("article", True)


def _byline(length: int, last: str) -> list[dict[str, Any]]:
    return [
        {"author": {"display_name": f"N{n}"}, "author_position": "middle"}
        for n in range(length - 1)
    ] + [{"author": {"display_name": "Z"}, "author_position": last}]


@pytest.mark.parametrize(
    ("fields", "is_complete"),
    [
        ({"authorships": _byline(100, "middle")}, False),
        ({"authorships": _byline(100, "last")}, True),
        ({"authorships": _byline(3, "last"), "is_authors_truncated": True}, False),
        ({"authorships": _byline(3, "last"), "authors_count": 140}, False),
        ({"authorships": _byline(120, "last"), "is_authors_truncated": None}, True),
        ({"authorships": []}, True),
    ],
)
def test_a_shortened_list_of_authors_is_marked(
    fields: dict[str, Any],
    is_complete: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    assert parse_one(**fields).is_complete is is_complete


def test_the_stand_in_for_no_author_and_a_bad_orcid_identify_no_one() -> None:
    author = {
        "id": "https://openalex.org/A9999999999",
        "display_name": "X",
        "orcid": "none",
    }
    record = parse_one(authorships=[{"author": author}])
    assert record.authors is not None
    assert record.authors[0].openalex_author_id is None
    assert record.authors[0].orcid is None


def test_a_merged_doi_gives_a_version_link_not_an_identifier() -> None:
    [record] = parse(work(1, "10.1234/published"), "work", "10.1101/preprint").works
    assert record.tokens == ("doi:10.1234/published", "openalex:W1")
    [link] = record.version_links
    assert (link.relation, link.token) == ("is-version-of", "doi:10.1101/preprint")


def test_the_doi_asked_for_names_a_work_that_shows_no_doi() -> None:
    [record] = parse(work(1), "work", "10.1234/x").works
    assert record.tokens == ("doi:10.1234/x", "openalex:W1")
    assert record.version_links == ()


def test_rows_of_a_batch_are_not_tied_to_what_was_asked() -> None:
    [record] = parse(listed([work(1, "10.1234/y")]), "works", "10.1234/x").works
    assert record.version_links == ()
    assert record.tokens == ("doi:10.1234/y", "openalex:W1")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*WireWork.model_fields, "author", "source", "results"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(_JSON, st.sampled_from([None, "works", "work", "citing"]))
def test_no_json_at_all_breaks_the_parser(value: object, endpoint: str | None) -> None:
    for body in (value, {"results": [value, work(1)], "meta": value}):
        parsed = parse(body, endpoint, "10.1234/x")
        accounted = parsed.parsed_count + len(parsed.rejects) + len(parsed.absent)
        assert accounted == parsed.received


# --- kinds ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "received"),
    [
        (work(1), "work", 1),
        (listed([work(1), work(2)]), "works", 2),
        (listed([]), "works", 0),
        ([work(1), work(2)], "works", 2),
        (b"\n".join(json.dumps(work(n)).encode() for n in (1, 2, 3)), "works", 3),
        (b"\xef\xbb\xbf" + json.dumps(work(1)).encode(), "work", 1),
        (NOT_FOUND, "not-found", 1),
        (b"<html><title>502 Bad Gateway</title></html>", "error", 0),
        ({"error": "Invalid query parameters error.", "message": "no"}, "error", 0),
        (b"Internal Server Error", "error", 0),
        (b"", "error", 0),
        (b'{"meta": {"count": 1}, "results": [{"id"', "error", 0),
        ({"id": "https://openalex.org/A5", "display_name": "Ada Fox"}, None, 0),
        (listed([{"id": "https://openalex.org/I27837315"}]), None, 0),
        (listed([{"id": "https://openalex.org/fields/17"}]), None, 0),
        (listed([{"id": "https://openalex.org/keywords/deep-water"}]), None, 0),
        (listed([{"id": "https://openalex.org/types/book-chapter"}]), None, 0),
        (listed([{"id": "https://metadata.un.org/sdg/3"}]), None, 0),
        (listed([{"id": "https://openalex.org/G5", "doi": "10.35802/1"}]), None, 0),
        (listed([work(1) | {"entity_type": "work", "hint": "Fox"}]), None, 0),
        ({}, None, 0),
        (b"null", None, 0),
    ],
)
def test_the_kind_is_told_from_the_body(
    body: object, kind: str | None, received: int
) -> None:
    parsed = parse(body)
    assert (parsed.kind, parsed.received) == (kind, received)


def test_a_broken_json_line_is_one_reject() -> None:
    lines = [json.dumps(work(1)), '{"id": "https://openalex', json.dumps(work(3))]
    parsed = parse("\n".join(lines).encode())
    assert (parsed.received, parsed.parsed_count) == (3, 2)
    assert [reject.index for reject in parsed.rejects] == [1]


def test_html_404_is_absent_not_error() -> None:
    parsed = parse(NOT_FOUND, "work", "10.1234/x")
    assert [(a.subject, a.cause) for a in parsed.absent] == [("10.1234/x", "not found")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[",
        NOT_FOUND,
        {"error": "Search error", "message": "shards failed"},
        {"results": None},
        work(1),
        b'{"results": []}',
    ],
)
def test_a_success_without_a_list_is_a_soft_error_never_no_results(
    body: object,
) -> None:
    assert parse(body, "citing", "10.1234/x").soft_error


def test_an_empty_list_that_says_zero_is_a_zero() -> None:
    parsed = parse(listed([]), "citing", "10.1234/x")
    assert (parsed.received, parsed.declared_total, parsed.soft_error) == (0, 0, None)


@pytest.mark.parametrize(
    ("endpoint", "body", "is_cut"),
    [
        ("citing", listed([work(1)], count=2), True),
        ("citing", listed([], count=2, cursor="abc"), True),
        ("works", listed([work(1)], count=2), True),
        ("citing", listed([work(1)], count=2, cursor="abc"), False),
        ("citing", listed([work(1)], count=2, cursor="abc", ms=5000), True),
        ("citing", listed([work(1)], count=1, ms=9000), False),
        ("citing-next", listed([work(1)], count=201), False),
        ("citing-next", listed([work(1)], count=201, ms=5001), True),
        ("citing", listed([work(n) for n in range(100)], count=250), False),
    ],
    ids=[
        "short page with a null cursor",
        "empty page",
        "short batch",
        "short page that goes on",
        "out of time",
        "slow but whole",
        "last page",
        "slow last page",
        "full page",
    ],
)
def test_a_list_cut_short_is_a_soft_error(
    endpoint: str,
    body: bytes,
    is_cut: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    assert bool(parse(body, endpoint, "10.1234/x").soft_error) is is_cut


# --- refusals ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (
            429,
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Credits-Required": "1"},
            {"error": "Rate limit exceeded", "message": "Resets at midnight UTC"},
            "budget",
        ),
        (429, {}, {"error": "x", "dailyRemainingUsd": 0, "costUsd": 0.0001}, "budget"),
        (429, {"Retry-After": "40000"}, {"error": "Rate limit exceeded"}, "budget"),
        (429, {}, {"message": "Insufficient budget"}, "budget"),
        (429, {}, {"error": "Plan upgrade required"}, "plan"),
        (
            429,
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Credits-Required": "1"},
            {"error": "Plan upgrade required"},
            "plan",
        ),
        (
            429,
            {"retry-after": "1", "x-ratelimit-remaining": "900"},
            {"message": "You have exceeded the rate limit of 10 requests per second."},
            "rate",
        ),
        (
            429,
            {"X-RateLimit-Remaining": "900", "X-RateLimit-Credits-Required": "1"},
            {"error": "Rate limit exceeded"},
            "rate",
        ),
        (429, {}, b"Too Many Requests", "rate"),
        (429, {"Retry-After": "soon"}, [], "rate"),
        (401, {}, {"error": "Invalid or missing API key"}, "auth"),
        (400, {}, {"error": "Request URL too long"}, "client"),
        (414, {}, b"", "client"),
        (404, {}, NOT_FOUND, "not_found"),
        (503, {}, {"error": "x"}, None),
        (504, {}, {"reason": "query_timeout"}, None),
        (200, {}, listed([]), None),
    ],
)
def test_refusals_are_told_apart(
    status: int, headers: dict[str, str], body: object, expected: AnswerClass | None
) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert SOURCE.recognise is not None
    assert SOURCE.recognise(status, headers, raw) == expected


# --- recorded answers ----------------------------------------------------------------


def _recorded() -> list[Path]:
    return sorted(path for path in RECORDED.rglob("*") if path.is_file())


@pytest.mark.shared
@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers are not here")
def test_every_recorded_answer_adds_up_and_its_works_are_read() -> None:
    received = parsed_count = 0
    kinds: dict[str, set[str | None]] = {}
    for path in _recorded():
        body = path.read_bytes()
        body = gzip.decompress(body) if path.suffix == ".gz" else body
        parsed = SOURCE.parse(body, ParseContext())
        accounted = parsed.parsed_count + len(parsed.rejects) + len(parsed.absent)
        assert accounted == parsed.received, path.name
        kinds.setdefault(path.parent.name, set()).add(parsed.kind)
        if parsed.kind in ("work", "works"):
            received += parsed.received
            parsed_count += parsed.parsed_count
    assert kinds == {
        "bulk-jsonl": {"works"},
        "entity-single": {None},
        "list": {"works", None},
        "work": {"work", "not-found"},
        "works-list": {"works"},
    }
    assert received > 100
    assert parsed_count >= 0.99 * received
