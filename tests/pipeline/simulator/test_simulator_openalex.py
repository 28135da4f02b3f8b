"""The simulator's OpenAlex: singles, lists, paging, budget, and its errors."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from pipeline.simulator.options import FAST, Options
from pipeline.simulator.sample_cited import BAKERS_DOI, COMMA_DOI, MOSS_DOI, UNKNOWN_DOI
from pipeline.simulator.world import World

MOSS_W = "W9900000001"
BAKERS_W = "W9900000002"


def single(doi: str) -> str:
    return f"/works/doi:{quote(doi, safe='/:;()')}"


def test_openalex_gives_a_work_by_doi_for_no_credits(site):
    answer = site.openalex(single(MOSS_DOI.upper()))
    assert answer.json()["id"] == f"https://openalex.org/{MOSS_W}"
    assert answer.json()["doi"] == f"https://doi.org/{MOSS_DOI}"
    assert answer.headers["X-RateLimit-Credits-Required"] == "0"


def test_openalex_bills_a_single_work_that_is_asked_for_without_a_scheme(site):
    answer = site.openalex(f"/works/https://doi.org/{MOSS_DOI}")
    assert answer.json()["id"] == f"https://openalex.org/{MOSS_W}"
    assert answer.headers["X-RateLimit-Credits-Required"] == "1"


def test_openalex_gives_a_work_by_its_own_id_and_by_pmid(site):
    assert site.openalex(f"/works/{MOSS_W}").json()["doi"].endswith(MOSS_DOI)
    assert site.openalex("/works/pmid:990000001").json()["doi"].endswith(MOSS_DOI)


def test_openalex_404_is_a_web_page(site):
    answer = site.openalex(single(UNKNOWN_DOI))
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<!doctype html>")


def test_openalex_finds_a_merged_preprint_alone_but_not_in_lists(site):
    preprint = "10.5555/citehouse.odd.13"
    listed = site.openalex("/works", params={"filter": f"doi:{preprint}"}).json()
    alone = site.openalex(single(preprint)).json()
    assert listed["results"] == []
    assert alone["doi"] == "https://doi.org/10.5555/citehouse.odd.12"
    assert f"https://doi.org/{preprint}" in [
        place["landing_page_url"] for place in alone["locations"]
    ]


def test_openalex_drops_unknown_dois_from_lists_in_silence(site):
    query = {"filter": f"doi:{MOSS_DOI}|https://doi.org/{BAKERS_DOI}|{UNKNOWN_DOI}"}
    body = site.openalex("/works", params=query).json()
    assert body["meta"]["count"] == 2
    assert body["meta"]["per_page"] == 25
    assert "next_cursor" not in body["meta"]


def test_openalex_reads_a_comma_only_inside_quotes_and_a_plus_only_escaped(site):
    quoted = site.openalex("/works", params={"filter": f'doi:"{COMMA_DOI}|{MOSS_DOI}"'})
    bare = site.openalex("/works", params={"filter": f"doi:{COMMA_DOI}"})
    as_space = site.openalex(f'/works?filter=doi:"{COMMA_DOI}"')
    assert quoted.json()["meta"]["count"] == 2
    assert bare.status_code == 400
    assert as_space.json()["meta"]["count"] == 0


@pytest.mark.parametrize("filter_name", ["cites", "referenced_works"])
def test_openalex_lists_citing_works_page_by_page(site, world: World, filter_name: str):
    params = {
        "filter": f"{filter_name}:{MOSS_W}",
        "per_page": "100",
        "cursor": "*",
        "sort": "publication_date:desc",
        "select": "id,publication_date,referenced_works",
    }
    rows: list[dict[str, Any]] = []
    while params["cursor"]:
        body = site.openalex("/works", params=params).json()
        rows += body["results"]
        params["cursor"] = body["meta"]["next_cursor"]
    assert len(rows) == body["meta"]["count"] == len(world.citing("openalex", "moss"))
    assert len({row["id"] for row in rows}) == len(rows) > 1_000
    assert all(f"https://openalex.org/{MOSS_W}" in r["referenced_works"] for r in rows)
    dates = [row["publication_date"] or "" for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert set(rows[0]) == {"id", "publication_date", "referenced_works"}


def test_openalex_ends_a_list_whose_last_page_is_full_with_an_empty_page(site):
    works = "|".join(f"W{9_900_010_000 + n}" for n in range(5))
    params = {"filter": f"openalex:{works}", "cursor": "*"}
    count = site.openalex("/works", params=params).json()["meta"]["count"]
    full = site.openalex("/works", params={**params, "per_page": str(count)}).json()
    cursor = full["meta"]["next_cursor"]
    last = site.openalex(
        "/works", params={**params, "per_page": str(count), "cursor": cursor}
    ).json()
    assert cursor is not None
    assert (last["results"], last["meta"]["next_cursor"]) == ([], None)


def test_openalex_lists_the_citing_works_of_several_works_once_each(site, world):
    both = site.openalex("/works", params={"filter": "cites:W9900000004|W9900000005"})
    one = site.openalex("/works", params={"filter": "cites:W9900000005"})
    count = one.json()["meta"]["count"]
    assert (
        both.json()["meta"]["count"] > count == len(world.citing("openalex", "tides"))
    )


def test_openalex_lists_the_works_that_a_work_cites(site):
    body = site.openalex("/works", params={"filter": "cited_by:W9900000005"}).json()
    assert {row["id"][-10:] for row in body["results"]} == {"9900000001", "9900000006"}


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"per_page": "201"}, "per-page"),
        ({"per_page": "0"}, "per-page"),
        ({"limit": "5"}, "limit"),
        ({"select": "id,ids.doi"}, "ids.doi"),
        ({"filter": "doi:"}, "empty"),
        ({"filter": "doi:none"}, "empty"),
        ({"filter": "colour:blue"}, "colour"),
        ({"filter": f"cites:{MOSS_DOI}"}, "OpenAlex ID"),
        ({"filter": "doi:" + "|".join(["10.1/x"] * 101)}, "Maximum"),
        ({"cursor": "null"}, "Cursor"),
        ({"cursor": "b3Vy"}, "Cursor"),
        ({"page": "0"}, "Page"),
        ({"page": "101", "per_page": "100"}, "10,000"),
        ({"sort": "colour"}, "sort"),
    ],
)
def test_openalex_refuses_a_query_that_makes_no_sense(
    site, params: dict[str, str], says: str
):
    answer = site.openalex("/works", params=params)
    assert answer.status_code == 400
    assert says in answer.json()["message"]


def test_openalex_still_accepts_200_a_page(site):
    params = {"filter": f"cites:{MOSS_W}", "per_page": "200", "page": "2"}
    assert len(site.openalex("/works", params=params).json()["results"]) == 200


def test_openalex_refuses_a_request_line_that_is_too_long(site):
    answer = site.openalex("/works", params={"filter": "doi:" + "a" * 8_200})
    assert answer.status_code == 400
    assert answer.json()["error"] == "Request URL too long"
    assert answer.headers["x-openalex-edge-reject"]


def test_openalex_shortens_author_lists_except_for_single_works(site):
    doi = "10.5555/citehouse.odd.20"
    listed = site.openalex("/works", params={"filter": f"doi:{doi}"}).json()
    alone = site.openalex(single(doi)).json()
    assert len(listed["results"][0]["authorships"]) == 100
    assert listed["results"][0]["is_authors_truncated"] is True
    assert "authorships_full" not in listed["results"][0]
    assert len(alone["authorships_full"]) == 121


def test_openalex_refuses_a_wrong_key_though_none_would_do(site):
    headers = {"Authorization": "Bearer wrong"}
    answer = site.openalex("/works", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"] == "Invalid or missing API key"


def test_openalex_asks_for_a_plan_with_429_and_no_wait(site):
    query = {"filter": "from_updated_date:2026-11-01"}
    paid = {"Authorization": "Bearer invented-paid-key"}
    answer = site.openalex("/works", params=query)
    assert answer.status_code == 429
    assert answer.json()["error"] == "Plan upgrade required"
    assert "Retry-After" not in answer.headers
    assert int(answer.headers["X-RateLimit-Remaining"]) > 1
    assert site.openalex("/works", params=query, headers=paid).status_code == 200


def test_openalex_budget_ends_lists_but_not_single_works(opened):
    with opened(replace(FAST, budget_credits=2)) as site:
        lists = [site.openalex("/works?filter=doi:10.1/x") for _ in range(3)]
        alone = site.openalex(single(MOSS_DOI))
    over = lists[2]
    assert [answer.status_code for answer in lists] == [200, 200, 429]
    assert over.headers["X-RateLimit-Remaining"] == "0"
    assert over.headers["X-RateLimit-Credits-Required"] == "1"
    assert 0 < int(over.headers["Retry-After"]) <= 86_400
    assert "requests per second" not in over.json()["message"]
    assert alone.status_code == 200


def test_openalex_budget_is_ten_times_larger_with_a_key(opened):
    with opened(Options()) as site:
        key = {"Authorization": "Bearer invented-key"}
        without = site.openalex("/works")
        with_key = site.openalex("/works", headers=key)
    assert without.headers["X-RateLimit-Limit"] == "1000"
    assert with_key.headers["X-RateLimit-Limit"] == "10000"


def test_openalex_takes_ten_requests_a_second_without_a_key(opened):
    with opened(Options()) as site:
        answers = [site.openalex(single(MOSS_DOI)) for _ in range(11)]
        over = answers[-1]
        assert [answer.status_code for answer in answers[:10]] == [200] * 10
        assert over.status_code == 429
        assert "requests per second" in over.json()["message"]
        assert over.headers["Retry-After"] == "1"
        assert 0 < over.json()["retryAfter"] <= 1
        assert site.server.meter.refused("openalex") == 1


def test_openalex_has_records_that_must_be_refused(site):
    params = {"filter": f"cites:{BAKERS_W}|{MOSS_W}", "per_page": "200", "cursor": "*"}
    ids = []
    while params["cursor"]:
        body = site.openalex("/works", params=params).json()
        ids += [row["id"] for row in body["results"]]
        params["cursor"] = body["meta"]["next_cursor"]
    assert ids.count("https://openalex.org/not-a-work") == 1
