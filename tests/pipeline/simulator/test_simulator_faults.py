"""Faults strike where and when they are told to."""

import time
from typing import Any
from urllib.parse import quote

import pytest
import requests

from pipeline.simulator.options import Fault
from pipeline.simulator.sample_cited import BAKERS_DOI, MOSS_DOI

MOSS_W = "W9900000001"


def single(doi: str) -> str:
    return f"/works/doi:{quote(doi, safe='/:;()')}"


def test_a_fault_strikes_every_nth_matching_request_and_so_many_times(broken):
    fault = Fault("server_error", api="openalex", contains=MOSS_DOI, every=2, times=1)
    site = broken(fault)
    codes = [site.openalex(single(MOSS_DOI)).status_code for _ in range(5)]
    other = site.openalex(single(BAKERS_DOI)).status_code
    struck = [seen.fault for seen in site.server.requests]
    assert codes == [200, 503, 200, 200, 200]
    assert other == 200
    assert struck == [None, "server_error", None, None, None, None]


@pytest.mark.parametrize("kind", ["truncate", "reset"])
def test_a_connection_can_break(kind: Any, broken):
    site = broken(Fault(kind))
    with pytest.raises(requests.exceptions.RequestException):
        site.crossref(f"/works/{MOSS_DOI}")
    assert site.server.meter.count("crossref") == 1


def test_a_body_can_drip(broken):
    site = broken(Fault("drip", seconds=0.02))
    started = time.monotonic()
    answer = site.doiorg("/ra/10.5555")
    took_s = time.monotonic() - started
    assert answer.json() == [{"DOI": "10.5555", "RA": "Crossref"}]
    assert took_s > 0.02 * 30


@pytest.mark.parametrize(
    ("kind", "body"),
    [("empty_body", ""), ("html", "<html>"), ("soft_error", '{"status": "error"')],
)
def test_a_success_can_hold_an_error(kind: Any, body: str, broken):
    site = broken(Fault(kind))
    answer = site.crossref(f"/works/{MOSS_DOI}")
    assert answer.status_code == 200
    assert answer.text.startswith(body)


def test_a_failed_look_up_of_opencitations_is_an_empty_list(broken):
    site = broken(Fault("empty_list", contains="/citations/"))
    listed = site.opencitations(f"/index/v2/citations/doi:{MOSS_DOI}").json()
    count = site.opencitations(f"/index/v2/citation-count/doi:{MOSS_DOI}").json()
    assert listed == []
    assert int(count[0]["count"]) > 900


@pytest.mark.parametrize(
    ("kind", "rows_left", "distinct"),
    [("lost_row", 24, 24), ("repeated_row", 25, 24), ("short_page", 12, 12)],
)
def test_a_page_can_lose_or_repeat_rows(
    kind: Any, rows_left: int, distinct: int, broken
):
    site = broken(Fault(kind))
    params = {"filter": f"cites:{MOSS_W}", "cursor": "*"}
    body = site.openalex("/works", params=params).json()
    assert len(body["results"]) == rows_left
    assert len({row["id"] for row in body["results"]}) == distinct
    assert body["meta"]["count"] > 1_000
    is_cut = kind == "short_page"
    assert (body["meta"]["next_cursor"] is None) == is_cut
    assert (body["meta"]["db_response_time_ms"] >= 5_000) == is_cut


def test_a_crossref_page_can_lose_a_row(broken):
    site = broken(Fault("lost_row"))
    message = site.crossref("/works?rows=5").json()["message"]
    assert len(message["items"]) == 4


@pytest.mark.parametrize(
    ("kind", "api", "status"),
    [
        ("rate", "openalex", 429),
        ("rate", "crossref", 429),
        ("rate", "opencitations", 429),
        ("rate", "doiorg", 429),
        ("budget", "openalex", 429),
        ("plan", "openalex", 429),
        ("auth", "openalex", 401),
        ("auth", "opencitations", 403),
        ("block", "crossref", 403),
        ("server_error", "crossref", 503),
        ("server_error", "opencitations", 503),
    ],
)
def test_a_refusal_can_be_injected(kind: Any, api: Any, status: int, broken):
    site = broken(Fault(kind, api=api))
    answer = site.get(api, "/works/x")
    assert answer.status_code == status
    if kind == "budget":
        assert answer.headers["X-RateLimit-Remaining"] == "0"


def pages(site, count: int) -> list[dict[str, Any]]:
    """The first pages of a list, each by the cursor of the one before it."""
    found, cursor = [], "*"
    for _ in range(count):
        params = {"filter": f"cites:{MOSS_W}", "cursor": cursor}
        found.append(site.openalex("/works", params=params).json())
        cursor = found[-1]["meta"]["next_cursor"]
    return found


def names(page: dict[str, Any]) -> list[str]:
    return [row["id"] for row in page["results"]]


def test_a_page_can_be_passed_over(broken, site):
    right = pages(site, 3)
    first, second = pages(broken(Fault("lost_page", times=1)), 2)
    assert names(first) == names(right[1])
    assert names(second) == names(right[2])


def test_the_first_page_can_come_again(broken):
    first, second, third = pages(broken(Fault("repeated_page")), 3)
    assert names(first) == names(second) == names(third)
    assert first["meta"]["next_cursor"] == second["meta"]["next_cursor"]


def test_the_declared_length_can_fall_on_the_way(broken):
    first, second = pages(broken(Fault("shrink")), 2)
    assert second["meta"]["count"] == first["meta"]["count"] - 1
    assert len(second["results"]) == 25
