"""A page of OpenAlex is the same records, quickly read or item by item."""

import json

import pytest

from pipeline.sources.base import ParseContext
from pipeline.wire import openalex_answer

CONTEXT = ParseContext("citing-next", ("10.5555/cited",))

WHOLE = {
    "id": "https://openalex.org/W21",
    "doi": "https://doi.org/10.5555/tide",
    "ids": {"openalex": "https://openalex.org/W21", "pmid": "https://x/00123"},
    "title": "Tides &amp; <i>clocks</i>",
    "type": "review",
    "language": "en",
    "publication_date": "2019-02-30",
    "publication_year": 2019,
    "primary_location": {
        "license": "cc-by",
        "source": {"display_name": "Journal of Tides", "issn": ["1234-5678", None]},
    },
    "best_oa_location": None,
    "open_access": {"oa_url": "https://example.org/tide.pdf"},
    "authorships": [
        {
            "author_position": "first",
            "author": {
                "id": "https://openalex.org/A5",
                "display_name": "Ada\u00a0Tide",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            "institutions": [{"display_name": "University of Tides"}],
        },
        None,
    ],
    "is_retracted": False,
    "cited_by_count": 3,
    "referenced_works": [
        "https://openalex.org/W10",
        "https://openalex.org/W9",
        "W9",
        "https://openalex.org/w7",
        "https://openalex.org/A1",
        "https://openalex.org/W\u0663",
        "",
        None,
    ],
    "referenced_works_count": 8,
}

ODD = [
    {"id": "https://openalex.org/W22", "publication_date": None, "title": None},
    {"title": "A work without identifiers"},
    {"id": 23, "doi": "10.5555/number"},
    {"id": "https://openalex.org/W24", "publication_year": "2019"},
    {"id": "https://openalex.org/W25", "cited_by_count": True},
    {"id": "https://openalex.org/V26"},
    "not a work",
]


def page(*works: object, **more: object) -> bytes:
    meta = {"count": 900, "per_page": 100, "next_cursor": "abc"} | more
    return json.dumps({"meta": meta, "results": works}).encode()


@pytest.mark.parametrize("more", [*([odd] for odd in ODD), ODD, []])
def test_a_page_is_the_same_records_either_way(monkeypatch, more):
    body = page(WHOLE, *more, db_response_time_ms=6000)
    as_it_comes = openalex_answer.parse_answer(body, CONTEXT)
    monkeypatch.setattr(openalex_answer, "read_page", lambda _: None)
    item_by_item = openalex_answer.parse_answer(body, CONTEXT)
    assert as_it_comes == item_by_item
    assert as_it_comes.received == 1 + len(more)
    assert "cut short" in (as_it_comes.soft_error or "")


def test_a_page_without_a_fault_is_read_at_once(monkeypatch):
    def no_model(*_: object) -> None:
        raise AssertionError("the items were looked at one by one")

    monkeypatch.setattr(openalex_answer, "parse_items", no_model)
    parsed = openalex_answer.parse_answer(page(WHOLE, WHOLE), CONTEXT)
    assert [work.record_key for work in parsed.works] == ["openalex:W21"] * 2
    assert parsed.works[0].references == ("openalex:W10", "openalex:W7", "openalex:W9")
