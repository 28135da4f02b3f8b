"""The simulator's id converter of PubMed Central."""

from pipeline.simulator.options import Options


def first(world):
    return next(w for w in world.works.values() if w.pmcid and w.pmid and w.doi)


def convert(site, idtype, *ids, **more):
    return site.get(
        "ncbi", "/articles/", params={"idtype": idtype, "ids": ",".join(ids)}, **more
    )


def test_the_converter_gives_a_pmid_as_a_number_and_all_names(site, world):
    work = first(world)

    [record] = convert(site, "pmid", str(work.pmid)).json()["records"]

    assert record == {
        "requested-id": str(work.pmid),
        "pmid": work.pmid,
        "pmcid": f"PMC{work.pmcid}",
        "doi": work.doi,
    }


def test_the_converter_finds_an_article_by_a_version_of_its_pmcid(site, world):
    work = first(world)

    [record] = convert(site, "pmcid", f"PMC{work.pmcid}.2").json()["records"]

    assert record["pmcid"] == f"PMC{work.pmcid}"


def test_the_converter_knows_only_what_is_in_pubmed_central(site, world):
    outside = next(w for w in world.works.values() if w.pmid and not w.pmcid)

    [record] = convert(site, "pmid", str(outside.pmid)).json()["records"]

    assert record["status"] == "error"
    assert "doi" not in record


def test_the_converter_refuses_mixed_kinds_as_a_whole(site, world):
    work = first(world)

    mixed = convert(site, "pmid", str(work.pmid), f"PMC{work.pmcid}")

    assert mixed.status_code == 400
    assert mixed.json()["message"] == "invalid_pmids"
    assert convert(site, "", str(work.pmid)).status_code == 400


def test_the_converter_takes_200_ids_and_refuses_201(site):
    ids = [str(number) for number in range(1, 202)]

    assert len(convert(site, "pmid", *ids[:200]).json()["records"]) == 200
    assert convert(site, "pmid", *ids).status_code == 400


def test_the_converter_takes_three_requests_a_second(opened):
    with opened(Options()) as site:
        codes = [convert(site, "pmid", "1").status_code for _ in range(4)]

    assert codes == [200, 200, 200, 429]
