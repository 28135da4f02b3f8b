"""The simulator's Europe PMC."""

import pytest

from pipeline.simulator.sample_cited import BAKERS_DOI, MEMORY_DOI, UNKNOWN_DOI


def get(site, path, **params):
    return site.get("europepmc", path, params={"format": "json", **params})


def bakers(world):
    return world.by_doi[BAKERS_DOI]


def lists_path(work):
    return f"/{work.epmc[0]}/{work.epmc[1]}"


def test_a_work_is_found_by_its_doi(site, world):
    found = get(site, "/search", query=f'DOI:"{BAKERS_DOI}"').json()
    (record,) = found["resultList"]["result"]
    assert found["hitCount"] == 1
    assert record["doi"] == bakers(world).doi
    assert record["pmid"] == str(bakers(world).pmid)


def test_a_work_that_it_has_not_got_is_no_hit(site):
    found = get(site, "/search", query=f'DOI:"{UNKNOWN_DOI}"').json()
    assert (found["hitCount"], found["resultList"]["result"]) == (0, [])


def test_several_names_are_found_at_once(site, world):
    pmid = bakers(world).pmid
    query = f'(EXT_ID:"{pmid}" AND SRC:MED) OR DOI:"{MEMORY_DOI}"'
    found = get(site, "/search", query=query).json()
    assert {one["doi"] for one in found["resultList"]["result"]} == {
        BAKERS_DOI,
        MEMORY_DOI,
    }


def test_a_query_that_cannot_be_read_is_an_error_in_a_success(site):
    answer = get(site, "/search", query="night AND day")
    assert answer.status_code == 200
    assert answer.json()["errCode"] == 400
    assert "resultList" not in answer.json()


def test_the_usual_format_is_xml(site):
    answer = site.get("europepmc", "/search", params={"query": "x"})
    assert "xml" in answer.headers["content-type"]


def test_citations_have_ids_and_no_doi(site, world):
    answer = get(site, f"{lists_path(bakers(world))}/citations", pageSize=1000).json()
    items = answer["citationList"]["citation"]
    assert answer["hitCount"] == len(items)
    assert len(items) == len(world.citing("europepmc", bakers(world).key)) > 3
    assert all("doi" not in one and one["id"] and one["source"] for one in items)
    assert answer["request"]["id"] == bakers(world).epmc[1]


def test_a_page_has_25_items_unless_more_are_asked_for(site, world):
    path = f"{lists_path(bakers(world))}/citations"
    whole = get(site, path, pageSize=1000).json()["citationList"]["citation"]
    pages = [
        get(site, path, pageSize=2, page=number).json()["citationList"]["citation"]
        for number in (1, 2)
    ]
    assert pages == [whole[:2], whole[2:4]]
    assert len(get(site, path).json()["citationList"]["citation"]) <= 25


def test_references_hold_some_that_were_not_matched(site, world):
    answer = get(site, f"{lists_path(bakers(world))}/references").json()
    assert any("id" not in one for one in answer["referenceList"]["reference"])


def test_a_retracted_work_is_marked(site):
    found = get(site, "/search", query=f'DOI:"{MEMORY_DOI}"').json()
    (record,) = found["resultList"]["result"]
    assert "Retracted Publication" in record["pubTypeList"]["pubType"]
    assert record["commentCorrectionList"]["commentCorrection"][0]["type"] == (
        "Retraction in"
    )


@pytest.mark.parametrize("path", ["/MED/1/nothing", "/nowhere"])
def test_what_it_does_not_have_is_an_error_in_a_success(site, path):
    assert get(site, path).json()["errCode"] == 404
