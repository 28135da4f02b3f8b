"""The simulator's OpenCitations and doi.org."""

import pytest

from pipeline.simulator.options import Options
from pipeline.simulator.sample_cited import (
    ALIAS_DOI,
    BAKERS_DOI,
    FENCES_DOI,
    LANTERNS_DOI,
    MIRRORS_DOI,
    MOSS_DOI,
    QUEUES_DOI,
    RIVERS_DOI,
    TIDES_DOI,
    UNKNOWN_DOI,
)
from pipeline.simulator.truth import truth


def rows(site, path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = site.opencitations(path).json()
    return found


def test_opencitations_rows_are_strings_with_several_identifiers_a_cell(site):
    found = rows(site, f"/index/v2/citations/doi:{RIVERS_DOI}")
    doubled = [row for row in found if "citehouse.odd.4.former" in row["citing"]]
    assert set(found[0]) == {
        "oci",
        "citing",
        "cited",
        "creation",
        "timespan",
        "journal_sc",
        "author_sc",
    }
    assert all(isinstance(value, str) for row in found for value in row.values())
    assert doubled[0]["citing"].split()[1:] == [
        "doi:10.5555/citehouse.odd.4",
        "doi:10.5555/citehouse.odd.4.former",
    ]
    assert found == rows(site, f"/index/v2/citations/doi:{ALIAS_DOI}")


def test_opencitations_multiplies_rows_by_entities(site):
    found = rows(site, f"/index/v2/citations/doi:{BAKERS_DOI}")
    twins = [
        row for row in found if row["citing"].endswith("doi:10.5555/citehouse.odd.1")
    ]
    assert len(twins) == 2
    assert len({row["oci"] for row in twins}) == 2


def test_opencitations_knows_some_works_by_omid_or_pmid_only(site):
    citing = [
        row["citing"].split()
        for row in rows(site, f"/index/v2/citations/doi:{MOSS_DOI}")
    ]
    assert any(len(pids) == 1 and pids[0].startswith("omid:") for pids in citing)
    assert any(len(pids) == 2 and pids[1].startswith("pmid:") for pids in citing)


def test_opencitations_says_yes_to_self_citation_where_it_knows_no_authors(site, world):
    found = rows(site, f"/index/v2/citations/doi:{FENCES_DOI}")
    relationships = truth(world).relationships
    mistaken = [
        row
        for row in found
        for pid in row["citing"].split()
        if row["author_sc"] == "yes"
        and relationships.get((pid, f"doi:{FENCES_DOI}")) == "independent"
    ]
    assert mistaken
    assert {row["author_sc"] for row in found} == {"yes", "no"}


def test_opencitations_finds_self_citations_and_namesakes_by_person(site):
    found = rows(site, f"/index/v2/citations/doi:{BAKERS_DOI}")
    flags = {pid: row["author_sc"] for row in found for pid in row["citing"].split()}
    assert flags["doi:10.5555/citehouse.odd.20"] == "yes"
    assert flags["doi:10.5555/citehouse.odd.21"] == "no"


def test_opencitations_lists_a_work_that_cites_itself(site):
    found = rows(site, f"/index/v2/citations/doi:{MIRRORS_DOI}")
    assert [row for row in found if row["citing"] == row["cited"]]


def test_opencitations_has_rows_that_name_no_work(site):
    found = rows(site, f"/index/v2/citations/doi:{BAKERS_DOI}")
    assert [row["citing"] for row in found][-2:] == ["omid:nonsense", ""]


@pytest.mark.parametrize("doi", [UNKNOWN_DOI, QUEUES_DOI, LANTERNS_DOI])
def test_opencitations_says_nothing_the_same_way_for_every_reason(site, doi: str):
    assert rows(site, f"/index/v2/citations/doi:{doi}") == []


def test_opencitations_meta_tells_a_known_zero_from_an_unknown_work(site):
    known = rows(site, f"/meta/v1/metadata/doi:{QUEUES_DOI}")
    unknown = rows(site, f"/meta/v1/metadata/doi:{UNKNOWN_DOI}")
    count = rows(site, f"/index/v2/citation-count/doi:{QUEUES_DOI}")
    assert "omid:br/" in known[0]["id"]
    assert (unknown, count) == ([], [{"count": "0"}])


def test_opencitations_counts_as_many_as_it_lists(site):
    listed = rows(site, f"/index/v2/citations/doi:{MOSS_DOI}")
    references = rows(site, f"/index/v2/references/doi:{TIDES_DOI}")
    assert rows(site, f"/index/v2/citation-count/doi:{MOSS_DOI}") == [
        {"count": str(len(listed))}
    ]
    assert rows(site, f"/index/v2/reference-count/doi:{TIDES_DOI}") == [
        {"count": str(len(references))}
    ]
    assert [MOSS_DOI in row["cited"] for row in references] == [True]


def test_opencitations_meta_takes_fourteen_ids_and_fails_on_fifteen(site):
    ids = [f"doi:10.5555/citehouse.moss.{10_000 + n}" for n in range(15)]
    fine = site.opencitations("/meta/v1/metadata/" + "__".join(ids[:14]))
    failed = site.opencitations("/meta/v1/metadata/" + "__".join(ids))
    assert fine.status_code == 200
    assert 1 < len(fine.json()) <= 14
    assert failed.status_code == 500


def test_opencitations_meta_links_to_openalex_and_gives_texts_only(site):
    (record,) = rows(site, "/meta/v1/metadata/omid:br/06990000102")
    assert record["id"] == "omid:br/06990000102 openalex:W9900000102"
    assert record["type"] == "report"
    assert "[" in record["author"]
    assert all(isinstance(value, str) for value in record.values())


def test_opencitations_needs_the_scheme_before_an_identifier(site):
    for path in (f"/index/v2/citations/{MOSS_DOI}", f"/meta/v1/metadata/{MOSS_DOI}"):
        answer = site.opencitations(path)
        assert answer.status_code == 404
        assert "operation" in answer.text


def test_opencitations_refuses_a_wrong_token_though_none_would_do(site):
    path = f"/index/v2/citation-count/doi:{MOSS_DOI}"
    wrong = site.opencitations(path, headers={"authorization": "wrong"})
    right = site.opencitations(path, headers={"authorization": "invented-token"})
    assert (wrong.status_code, right.status_code) == (403, 200)
    assert wrong.headers["content-type"].startswith("text/plain")


def test_opencitations_takes_180_requests_a_minute_over_both_services(opened):
    with opened(Options()) as site:
        paths = [
            f"/index/v2/citation-count/doi:{MOSS_DOI}",
            f"/meta/v1/metadata/doi:{MOSS_DOI}",
        ]
        codes = [
            site.opencitations(paths[number % 2]).status_code for number in range(181)
        ]
    assert codes == [200] * 180 + [429]


def test_doiorg_names_the_agency_of_each_prefix(site):
    answer = site.doiorg("/ra/10.5555,10.5072,10.9999")
    assert answer.json() == [
        {"DOI": "10.5555", "RA": "Crossref"},
        {"DOI": "10.5072", "RA": "DataCite"},
        {"DOI": "10.9999", "status": "DOI does not exist"},
    ]


def test_doiorg_knows_which_dois_exist(site):
    found = site.doiorg(f"/api/handles/{MOSS_DOI}").json()
    missing = site.doiorg(f"/api/handles/{UNKNOWN_DOI}").json()
    assert (found["responseCode"], missing["responseCode"]) == (1, 100)
    assert site.doiorg(f"/ra/{UNKNOWN_DOI}").json()[0]["status"] == "DOI does not exist"
    assert site.doiorg("/ra/nonsense").json()[0]["status"] == "Invalid DOI"
    assert site.doiorg("/elsewhere").status_code == 404
