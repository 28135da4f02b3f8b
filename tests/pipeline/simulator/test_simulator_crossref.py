"""The simulator's Crossref: pools, lists, cursors, aliases, and its errors."""

import threading
import time
from typing import Any
from urllib.parse import quote

import pytest
import requests

from pipeline.simulator.options import Options
from pipeline.simulator.sample_cited import (
    ALIAS_DOI,
    BAKERS_DOI,
    COMMA_DOI,
    LANTERNS_DOI,
    MEMORY_DOI,
    MOSS_DOI,
    RIVERS_DOI,
    SICI_DOI,
    TIDES_DOI,
    TIDES_PREPRINT_DOI,
    UNKNOWN_DOI,
)


def test_crossref_takes_any_case_and_any_escapes_of_a_doi(site):
    escaped = site.crossref(f"/works/{quote(SICI_DOI, safe='')}")
    plain = site.crossref(f"/works/{MOSS_DOI.upper()}")
    versioned = site.crossref(f"/v1/works/{MOSS_DOI}")
    assert escaped.json()["message"]["DOI"] == SICI_DOI
    assert plain.json()["message"]["DOI"] == MOSS_DOI
    assert versioned.json() == plain.json()


def test_crossref_404_is_plain_text_also_for_dois_of_other_agencies(site):
    for doi in (UNKNOWN_DOI, LANTERNS_DOI):
        answer = site.crossref(f"/works/{quote(doi, safe='')}")
        assert (answer.status_code, answer.text) == (404, "Resource not found.")
        assert answer.headers["content-type"].startswith("text/plain")


def test_crossref_redirects_an_alias_and_leaves_it_out_of_lists(site):
    path = f"/works/{quote(ALIAS_DOI, safe='')}"
    moved = site.crossref(path, allow_redirects=False)
    listed = site.crossref(
        "/works", params={"filter": f"doi:{ALIAS_DOI},doi:{MOSS_DOI}"}
    )
    message = site.crossref(path).json()["message"]
    assert moved.status_code == 301
    assert moved.headers["location"].startswith(site.server.base_urls["crossref"])
    assert (message["DOI"], message["alias"]) == (RIVERS_DOI, [ALIAS_DOI])
    assert [item["DOI"] for item in listed.json()["message"]["items"]] == [MOSS_DOI]


def test_crossref_lists_twenty_works_unless_told_otherwise(site):
    dois = [f"doi:10.5555/citehouse.moss.{10_000 + n}" for n in range(60)]
    params = {"filter": ",".join(dois)}
    short = site.crossref("/works", params=params).json()["message"]
    whole = site.crossref("/works", params={**params, "rows": "60"}).json()["message"]
    assert len(short["items"]) == 20
    assert len(whole["items"]) == whole["total-results"] == short["total-results"] > 20


def test_crossref_gives_a_next_cursor_also_on_the_last_page(site):
    params = {
        "filter": f"doi:{MOSS_DOI},doi:{BAKERS_DOI},doi:{RIVERS_DOI}",
        "rows": "2",
    }
    first = site.crossref("/works", params={**params, "cursor": "*"})
    cursor = first.json()["message"]["next-cursor"]
    second = site.crossref("/works", params={**params, "cursor": cursor})
    message = second.json()["message"]
    assert len(first.json()["message"]["items"]) == 2
    assert len(message["items"]) == 1
    assert message["next-cursor"]
    assert "next-cursor" not in site.crossref("/works", params=params).json()["message"]


def test_crossref_fails_on_a_cursor_that_was_not_escaped(site):
    cursor = site.crossref("/works?rows=1&cursor=*").json()["message"]["next-cursor"]
    answer = site.crossref(f"/works?rows=1&cursor={cursor}")
    assert "+" in cursor
    assert answer.status_code == 500
    assert answer.json()["message-type"] == "exception"


@pytest.mark.parametrize(
    "query",
    [
        "rows=1001",
        "rows=all",
        "offset=9990",
        "colour=blue",
        "filter=colour:blue",
        f"filter=doi:{COMMA_DOI}",
        "select=DOI,colour",
    ],
)
def test_crossref_refuses_a_query_that_makes_no_sense(site, query: str):
    answer = site.crossref(f"/works?{query}")
    body = answer.json()
    assert answer.status_code == 400
    assert (body["status"], body["message-type"]) == ("failed", "validation-failure")
    assert set(body["message"][0]) == {"type", "value", "message"}


def test_crossref_finds_the_notices_of_a_work_and_lists_a_retraction_twice(site):
    memory = MEMORY_DOI
    found = site.crossref("/works", params={"filter": f"updates:{memory}"}).json()
    work = site.crossref(f"/works/{memory}").json()["message"]
    (notice,) = found["message"]["items"]
    assert notice["update-to"][0]["DOI"] == memory
    assert [one["source"] for one in work["updated-by"]] == [
        "publisher",
        "retraction-watch",
    ]
    assert {one["DOI"] for one in work["updated-by"]} == {notice["DOI"]}


def test_crossref_ties_preprint_and_published_version_in_both_directions(site):
    preprint = site.crossref(f"/works/{TIDES_PREPRINT_DOI}").json()["message"]
    published = site.crossref(f"/works/{TIDES_DOI}").json()["message"]
    assert (preprint["type"], preprint["subtype"]) == ("posted-content", "preprint")
    assert preprint["relation"]["is-preprint-of"][0]["id"] == TIDES_DOI
    assert published["relation"]["has-preprint"][0]["id"] == TIDES_PREPRINT_DOI


def test_crossref_has_null_and_impossible_dates_and_titles_of_all_shapes(site):
    def message(number: int) -> dict[str, Any]:
        path = f"/works/10.5555/citehouse.odd.{number}"
        found: dict[str, Any] = site.crossref(path).json()["message"]
        return found

    assert message(41)["issued"] == {"date-parts": [[None]]}
    assert message(40)["issued"] == {"date-parts": [[2019, 2, 31]]}
    assert message(42)["issued"] == {"date-parts": [[2027, 1]]}
    assert message(52)["title"] == []
    assert isinstance(message(54)["title"], str)
    assert "<mml:math" in message(51)["title"][0]
    assert message(24)["author"][0].keys() == {"name", "sequence", "affiliation"}


def test_crossref_has_a_list_item_without_doi_that_is_whole_when_asked_alone(
    site,
):
    doi = "10.5555/citehouse.odd.9"
    params = {"filter": f"doi:{doi},doi:{MOSS_DOI}"}
    items = site.crossref("/works", params=params).json()["message"]["items"]
    assert [item.get("DOI") for item in items] == [MOSS_DOI, None]
    assert site.crossref(f"/works/{doi}").json()["message"]["DOI"] == doi


def test_crossref_pool_follows_contact_and_kind_of_request(opened):
    with opened(Options()) as site:
        polite = {"User-Agent": "tester (mailto:someone@example.org)"}
        answers = [
            site.crossref(f"/works/{MOSS_DOI}"),
            site.crossref(f"/works?filter=doi:{MOSS_DOI}"),
            site.crossref(f"/works/{MOSS_DOI}", headers=polite),
            site.crossref(f"/works?filter=doi:{MOSS_DOI}&mailto=someone@example.org"),
        ]
    pools = [
        (
            answer.headers["x-api-pool"],
            answer.headers["x-rate-limit-limit"],
            answer.headers["x-rate-limit-interval"],
            answer.headers["x-concurrency-limit"],
        )
        for answer in answers
    ]
    assert pools == [
        ("public-single", "5", "1s", "1"),
        ("public-array", "1", "1s", "1"),
        ("polite-single", "10", "1s", "3"),
        ("polite-array", "3", "1s", "3"),
    ]


def test_crossref_refuses_haste_with_a_web_page_and_no_figures(opened):
    with opened(Options()) as site:
        site.crossref(f"/works?filter=doi:{MOSS_DOI}")
        answer = site.crossref(f"/works?filter=doi:{MOSS_DOI}")
        alone = site.crossref(f"/works/{MOSS_DOI}")
    assert answer.status_code == 429
    assert "429 Too Many Requests" in answer.text
    assert not [name for name in answer.headers if name.lower().startswith("x-")]
    assert alone.status_code == 200


def test_crossref_stalls_requests_beyond_its_concurrency(opened):
    options = Options(requests_per_second=100.0, concurrency=1, latency_ms=100)
    with opened(options) as site:

        def ask() -> None:
            with requests.Session() as session:  # noqa: TID251 - not our client
                url = f"{site.server.base_urls['crossref']}/works/{MOSS_DOI}"
                session.get(url, timeout=5)

        threads = [threading.Thread(target=ask) for _ in range(2)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took_s = time.monotonic() - started
        assert site.server.meter.highest_concurrency("crossref") == 2
    assert took_s > 0.35
