"""The worlds hold together, and the truth about them is the truth."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from pipeline.simulator.kinds import ARTICLE, PREPRINT, REVIEW
from pipeline.simulator.large import large_world
from pipeline.simulator.people import orcid
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import (
    ALIAS_DOI,
    BAKERS_DOI,
    MIRRORS_DOI,
    MOSS_DOI,
    QUEUES_DOI,
    RIVERS_DOI,
    UNKNOWN_DOI,
)
from pipeline.simulator.seeded import random_world
from pipeline.simulator.truth import Cell, truth
from pipeline.simulator.work import EVERYWHERE, VIEWS, Person, Work, all_tokens
from pipeline.simulator.world import Citation, World, as_works
from schemas.publication_type import PUBLICATION_TYPES

OPENCITATIONS = frozenset({"opencitations"})


def worlds() -> list[Any]:
    named = {
        "sample": sample_world(),
        "large": large_world(cited=20, citing_each=30),
        "random 3": random_world(3),
        "random 4": random_world(4),
    }
    return [pytest.param(world, id=name) for name, world in named.items()]


@pytest.mark.parametrize("world", worlds())
def test_no_two_works_of_a_world_share_an_identifier(world: World):
    counts = Counter(
        token for work in world.works.values() for token in all_tokens(work)
    )
    assert [token for token, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("world", worlds())
def test_the_records_of_a_work_in_different_sources_share_an_identifier(world: World):
    for work in world.works.values():
        views = [names(work, view) for view in VIEWS if view in work.known_to]
        assert views
        joined = set.union(*views)
        reached = set(views[0])
        for _ in views:
            reached |= {t for view in views if view & reached for t in view}
        assert reached == joined, work.key


def names(work: Work, view: str) -> set[str]:
    """The identifiers by which a source holds a work."""
    dois = {f"doi:{doi}" for doi in work.dois}
    pmid = {f"pmid:{work.pmid}"} if work.pmid else set()
    openalex = {f"openalex:W{work.openalex}"}
    pmcid = {f"pmcid:PMC{work.pmcid}"} if work.pmcid else set()
    arxiv = {f"arxiv:{work.arxiv}"} if work.arxiv else set()
    if view == "crossref":
        return dois
    if view == "datacite":
        return {*dois, *arxiv}
    if view == "europepmc":
        return {*dois, *pmid, *pmcid, "epmc:{}/{}".format(*(work.epmc or ()))}
    if view == "semanticscholar":
        return {*dois, *pmid, *pmcid, *arxiv, f"s2:{work.s2}"}
    if view == "openalex":
        return {*sorted(dois)[:1], *pmid, *openalex}
    held = {*work.index_ids, *work.meta_ids}
    return {
        *(f"omid:br/{omid}" for omid in work.omids),
        *(dois if "doi" in held else ()),
        *(pmid if "pmid" in held else ()),
        *(openalex if "openalex" in held and work.openalex else ()),
    }


@pytest.mark.parametrize("world", worlds())
def test_only_edges_that_a_source_can_show_are_in_a_world(world: World):
    for edge in world.citations:
        citing, cited = world.works[edge.citing], world.works[edge.cited]
        if "openalex" in edge.known_to:
            assert citing.openalex
            assert cited.openalex
            assert "openalex" in citing.known_to & cited.known_to
        if "opencitations" in edge.known_to:
            assert citing.omids
            assert cited.omids
        if "crossref" in edge.known_to:
            assert "crossref" in citing.known_to
            assert cited.doi


@pytest.mark.parametrize("world", worlds())
def test_people_of_different_names_are_never_taken_for_each_other(world: World):
    """Where one of two bylines lacks an ORCID iD, names decide: they must be right."""
    cited = {work.key for doi in world.asked if (work := world.asked_work(doi))}
    for edge in world.citations:
        citing, target = world.works[edge.citing], world.works[edge.cited]
        if target.key not in cited:
            continue
        by_name = {
            (one.who, other.who)
            for one in citing.authors
            for other in target.authors
            if hasattr(one, "who")
            and hasattr(other, "who")
            and not (one.orcid and other.orcid)
            and (one.family, one.given[0]) == (other.family, other.given[0])
        }
        assert all(one == other for one, other in by_name)


@pytest.mark.parametrize("world", worlds())
def test_the_truth_adds_up(world: World):
    found = truth(world)
    assert set(found.cited) == {doi.lower() for doi in world.asked}
    for cited in found.cited.values():
        assert sum(cell.citing_work_count for cell in cited.cells) == len(cited.citing)
        assert sum(cell.citing_group_count for cell in cited.cells) == cited.group_count
        assert cited.work_id not in cited.citing
        for cell in cited.cells:
            assert cell.publication_type in PUBLICATION_TYPES
            assert cell.citing_work_count == (
                cell.self_citing_work_count
                + cell.independent_citing_work_count
                + cell.unknown_relationship_work_count
            )


def test_worlds_are_the_same_every_time():
    assert large_world(cited=3, citing_each=5) == large_world(cited=3, citing_each=5)
    assert random_world(7) == random_world(7)
    assert random_world(7) != random_world(8)
    assert large_world(cited=3, citing_each=5, seed=2) != large_world(3, 5)


def test_a_large_world_is_as_large_as_ordered():
    found = truth(large_world(cited=40, citing_each=25))
    assert [len(cited.citing) for cited in found.cited.values()] == [25] * 40


def test_the_sample_has_one_classic_a_known_zero_and_an_unknown(world: World):
    found = truth(world).cited
    assert len(found[MOSS_DOI].citing) == 1_239
    assert 60 <= len(found[BAKERS_DOI].citing) <= 80
    zero, unknown = found[QUEUES_DOI], found[UNKNOWN_DOI]
    assert zero.citing == unknown.citing == frozenset()
    assert {view for view in VIEWS if zero.states[view] == "known"} == EVERYWHERE
    assert set(unknown.states.values()) == {"not_indexed"}
    assert {zero.declared[view] for view in EVERYWHERE} == {0}
    assert set(unknown.declared.values()) == {None}


def test_the_sample_has_every_type_but_none_that_is_unknown_to_us(world: World):
    types = {
        cell.publication_type
        for cited in truth(world).cited.values()
        for cell in cited.cells
    }
    assert types == set(PUBLICATION_TYPES)


def test_an_alias_has_the_citing_works_of_its_prime(world: World):
    found = truth(world).cited
    assert found[ALIAS_DOI].work_id == found[RIVERS_DOI].work_id == f"doi:{RIVERS_DOI}"
    assert found[ALIAS_DOI].citing == found[RIVERS_DOI].citing
    assert found[ALIAS_DOI].states == found[RIVERS_DOI].states
    alone = truth(replace(world, asked=(ALIAS_DOI,))).cited[ALIAS_DOI]
    assert alone.states["openalex"] == "not_indexed"


def test_the_truth_knows_each_trap(world: World):
    found = truth(world)
    trial = found.cited[BAKERS_DOI]
    cells = {(cell.year, cell.publication_type): cell for cell in trial.cells}
    relationships = {
        citing.removeprefix("doi:10.5555/citehouse."): kind
        for (citing, cited), kind in found.relationships.items()
        if cited == trial.work_id
    }
    assert "openalex:W9900000102" in trial.citing  # its OMID is tied to it by Meta
    assert "doi:10.5555/citehouse.odd.1" in trial.citing  # two OMIDs, one work
    assert found.cited[MIRRORS_DOI].work_id not in found.cited[MIRRORS_DOI].citing
    assert (
        "doi:10.5555/citehouse.odd.1" in found.cited[RIVERS_DOI].citing
    )  # Crossref alone
    # The preprint of 2022 cites alone; its group stands under the review of 2023.
    assert cells[2023, "review"].citing_group_count >= 1
    assert "doi:10.5555/citehouse.odd.14" not in trial.citing
    assert relationships["odd.20"] == "self"  # in place 111 of the byline
    assert relationships["odd.21"] == "independent"  # the same name, another ORCID iD
    assert relationships["odd.22"] == "self"  # by name, as it shows no ORCID iD
    assert relationships["odd.23"] == "unknown"
    assert found.rejects == dict.fromkeys(VIEWS, 0) | dict.fromkeys(EVERYWHERE, 1)
    assert found.nameless == dict.fromkeys(VIEWS, 0) | {"opencitations": 1}


def test_the_year_is_the_first_that_a_source_gives(world: World):
    cells = {
        (cell.year, cell.publication_type): cell
        for cell in truth(world).cited[MOSS_DOI].cells
    }
    assert cells[2027, "article"].citing_work_count == 1  # Crossref's cover date
    assert cells[None, "report"].citing_work_count == 1


def test_truth_of_a_tiny_world_worked_out_by_hand():
    ann, bob = Person("ann", "Ann", "Aa"), Person("bob", "Bob", "Bb")
    works = [
        Work("x", "X", (2010,), doi="10.5555/x", omids=("0601",), openalex=1),
        Work("p", "P", (2019,), doi="10.5555/p", omids=("0602",), openalex=2),
        Work("j", "J", (2020,), doi="10.5555/J", omids=("0603",), openalex=3),
        Work("o", "O", (2020, 5), omids=("0604",), known_to=OPENCITATIONS),
        Work("c", "C", (2021,), doi="10.5555/c", openalex=5),
        Work("n", "N", (2021,), doi="10.5555/n", known_to=frozenset({"crossref"})),
    ]
    authors = {"x": (ann,), "p": (ann, bob), "j": (bob,), "c": (bob,), "n": (bob,)}
    kinds = {"p": PREPRINT, "j": REVIEW}
    links = {"p": "j"}
    works = [
        replace(
            work,
            authors=authors.get(work.key, ()),
            kind=kinds.get(work.key, ARTICLE),
            published_as=links.get(work.key),
        )
        for work in works
    ]
    world = World(
        works=as_works(works),
        citations=(
            Citation("p", "x", frozenset({"openalex"})),
            Citation("j", "x", frozenset({"openalex", "crossref"})),
            Citation("o", "x", OPENCITATIONS),
            Citation("x", "x", OPENCITATIONS),  # itself: no citation
            Citation("c", "p", frozenset({"openalex"})),
            Citation("c", "x", frozenset({"crossref"})),  # read, as it cites p
            Citation("n", "x", frozenset({"crossref"})),  # nobody leads there
        ),
        asked=("10.5555/X", "10.5555/p"),
        agencies={"10.5555": "Crossref"},
    )
    found = truth(world).cited["10.5555/x"]
    assert found.citing == {
        "doi:10.5555/p",
        "doi:10.5555/j",
        "doi:10.5555/c",
        "omid:br/0604",
    }
    assert found.group_count == 3
    assert found.cells == (
        Cell(2019, "preprint", 1, 0, 1, 0, 0),
        Cell(2020, "article", 1, 1, 0, 0, 1),
        Cell(2020, "review", 1, 1, 0, 1, 0),
        Cell(2021, "article", 1, 1, 0, 1, 0),
    )
    declared = {view: found.declared[view] for view in EVERYWHERE}
    assert declared == {"crossref": 3, "openalex": 2, "opencitations": 2}


def test_orcid_check_digits_are_right():
    assert orcid(2_1825_009) == "0000-0002-1825-0097"
