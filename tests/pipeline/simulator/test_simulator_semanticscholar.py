"""The simulator's Semantic Scholar."""

import pytest

from pipeline.simulator.options import Options
from pipeline.simulator.sample_cited import BAKERS_DOI, MOSS_DOI, UNKNOWN_DOI

SAID = "contexts,contextsWithIntent,intents,isInfluential"


def get(site, path, **params):
    return site.get("semanticscholar", path, params=params)


def batch(site, *ids, **params):
    url = f"{site.server.base_urls['semanticscholar']}/paper/batch"
    return site.session.post(url, json={"ids": ids}, params=params, timeout=5)


def moss(world):
    return world.by_doi[MOSS_DOI]


def test_a_batch_answers_by_place_and_null_for_what_it_does_not_know(site, world):
    answer = batch(site, f"DOI:{UNKNOWN_DOI}", f"DOI:{MOSS_DOI}").json()

    assert answer[0] is None
    assert answer[1] == {"paperId": moss(world).s2, "title": moss(world).title}


@pytest.mark.parametrize("count", [0, 501])
def test_a_batch_holds_between_1_and_500_ids(site, count):
    assert batch(site, *(["DOI:10.1/x"] * count)).status_code == 400


def test_a_paper_gives_the_fields_that_are_asked_for(site, world):
    fields = "externalIds,citationCount,publicationTypes,openAccessPdf"

    paper = get(site, f"/paper/DOI:{MOSS_DOI}", fields=fields).json()

    assert set(paper) == {"paperId", *fields.split(",")}
    assert paper["externalIds"]["DOI"] == moss(world).doi
    assert paper["citationCount"] == len(
        world.citing("semanticscholar", moss(world).key)
    )
    assert paper["openAccessPdf"]["url"] == ""


def test_a_paper_that_it_has_not_got_is_not_found(site):
    answer = get(site, f"/paper/DOI:{UNKNOWN_DOI}")

    assert answer.status_code == 404
    assert answer.json() == {"error": f"Paper with id DOI:{UNKNOWN_DOI} not found"}


def test_a_list_has_pages_that_say_where_the_next_begins_and_no_length(site, world):
    path = f"/paper/{moss(world).s2}/citations"
    whole = get(site, path, limit=1000).json()

    pages = [get(site, path, offset=0, limit=200).json()]
    while "next" in pages[-1]:
        pages.append(get(site, path, offset=pages[-1]["next"], limit=200).json())

    assert len(pages) > 1
    assert set(whole) == {"offset", "data"}
    assert [row for page in pages for row in page["data"]] == whole["data"]


@pytest.mark.parametrize(
    "params", [{"limit": 1001}, {"offset": 9000, "limit": 1000}, {"offset": "x"}]
)
def test_a_list_cannot_be_asked_for_more_than_it_gives(site, world, params):
    answer = get(site, f"/paper/{moss(world).s2}/citations", **params)

    assert answer.status_code == 400
    assert "error" in answer.json()


def test_a_citation_says_in_which_words_only_where_it_is_asked(site, world):
    path = f"/paper/{moss(world).s2}/citations"
    silent = get(site, path, fields="title").json()["data"]
    told = get(site, path, fields=f"title,{SAID}").json()["data"]

    assert all(set(row) == {"citingPaper"} for row in silent)
    assert all(set(row) == {"citingPaper", *SAID.split(",")} for row in told)
    assert any(row["contexts"] for row in told)
    assert not all(row["contexts"] for row in told)
    for row in told:
        assert row["contexts"] == [one["context"] for one in row["contextsWithIntent"]]


def test_references_are_the_citations_seen_from_the_other_end(site, world):
    cited = world.by_doi[BAKERS_DOI]
    citing = world.citing("semanticscholar", cited.key)[0]

    rows = get(site, f"/paper/{citing.s2}/references").json()["data"]

    assert cited.s2 in {row["citedPaper"]["paperId"] for row in rows}


def test_one_request_a_second_is_allowed_over_all_endpoints(opened):
    with opened(Options()) as site:
        first = get(site, f"/paper/DOI:{MOSS_DOI}")
        second = batch(site, f"DOI:{MOSS_DOI}")

    assert (first.status_code, second.status_code) == (200, 429)
    assert second.json()["code"] == "429"
    assert "retry-after" not in second.headers
