"""What a correct warehouse says of a world, worked out from the world alone.

Nothing here calls Citehouse: these are the expectations that its stages are held to.
All DOIs of the world are taken to be asked about in one run.
"""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass

from pipeline.simulator.full_text import full_text
from pipeline.simulator.known import (
    LISTING,
    describing,
    publication_type,
    published_year,
    work_id,
)
from pipeline.simulator.opencitations_record import citation_rows
from pipeline.simulator.versions import version_heads
from pipeline.simulator.work import VIEWS, Person, View, Work, all_tokens
from pipeline.simulator.world import World

Place = tuple[int | None, str]
"""Year (None: no source says) and publication type."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of the aggregate by year and type.

    `citing_work_count` may be 0 where a group stands under a published version that
    does not cite itself.
    """

    year: int | None
    publication_type: str
    citing_work_count: int
    citing_group_count: int
    self_citing_work_count: int
    independent_citing_work_count: int
    unknown_relationship_work_count: int


@dataclass(frozen=True, slots=True)
class CitedTruth:
    """What is true of one asked DOI.

    Attributes:
        doi: in lower case.
        work_id: the token of the work it names; its own where no source knows it.
        citing: work ids of the distinct citing works.
        cells: ordered by year (no year last), then type.
        states: by source, ``known`` or ``not_indexed``.
        declared: by source, how many citing works (rows, for OpenCitations) the
            source declares; None where it does not know the DOI.
        identifiers: all its names, as tokens.
        notices: type and DOI of each notice; None where it is only a mark.
        texts: keys of the citing works whose full text is to be had.
    """

    doi: str
    work_id: str
    citing: frozenset[str]
    group_count: int
    cells: tuple[Cell, ...]
    states: Mapping[View, str]
    declared: Mapping[View, int | None]
    is_retracted: bool
    identifiers: frozenset[str]
    notices: frozenset[tuple[str, str | None]]
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a whole world.

    Attributes:
        cited: by asked DOI in lower case.
        rejects: by source, received records that cannot be read.
        nameless: by source, received records that name no work at all.
        relationships: by (citing work id, cited work id): ``self``, ``independent``
            or ``unknown``.
    """

    cited: Mapping[str, CitedTruth]
    rejects: Mapping[View, int]
    nameless: Mapping[View, int]
    relationships: Mapping[tuple[str, str], str]


def truth(world: World) -> Truth:
    """What a correct warehouse says after a run over all asked DOIs of the world."""
    asked = {doi.lower(): world.asked_work(doi) for doi in world.asked}
    keys = {work.key for work in asked.values() if work}
    found = _found(world, keys)
    known = _Known(world, keys, _listed_by(found))
    return Truth(
        cited={
            doi: _cited_truth(known, doi, work, found[work.key])
            if work
            else _unknown(doi)
            for doi, work in asked.items()
        },
        rejects=_strays(world, "reject", crossref=len(world.broken_in_lists)),
        nameless=_strays(world, "absent"),
        relationships={
            (work_id(world.works[one]), work_id(world.works[key])): relationship(
                world.works[one], world.works[key]
            )
            for key, citing in found.items()
            for one in citing
        },
    )


def _strays(world: World, fate: str, crossref: int = 0) -> dict[View, int]:
    counts: dict[View, int] = dict.fromkeys(VIEWS, 0)
    counts["crossref"] = crossref
    for stray in world.strays:
        if stray.fate == fate:
            counts[stray.view] += 1
    return counts


@dataclass(frozen=True)
class _Known:
    """A world with what a run can learn of it."""

    world: World
    asked: set[str]
    listed_by: Mapping[str, set[View]]

    @property
    def met(self) -> Set[str]:
        """Keys of the works that some answer is about."""
        return self.asked | self.listed_by.keys()

    def place(self, work: Work) -> Place:
        """Year and type of a work, as those that describe it have them."""
        views = describing(
            work,
            self.listed_by.get(work.key, set()),
            is_asked=work.key in self.asked,
        )
        return (published_year(work, views), publication_type(work, views))


def relationship(citing: Work, cited: Work) -> str:
    """``self`` where a person signed both, ``unknown`` where one has no authors."""
    if not citing.authors or not cited.authors:
        return "unknown"
    shared = _people(citing) & _people(cited)
    return "self" if shared else "independent"


def _people(work: Work) -> set[str]:
    return {author.who for author in work.authors if isinstance(author, Person)}


def _found(world: World, asked_keys: set[str]) -> dict[str, dict[str, frozenset[View]]]:
    """Cited key to the keys of its citing works, each with the sources that list it.

    Crossref and DataCite list no citing works; their records' reference lists are read
    for works that are described anyway: the asked ones and all that were listed.
    """
    edges = [edge for edge in world.citations if edge.cited in asked_keys]
    listed = {(e.citing, e.cited): e.known_to & LISTING for e in edges}
    described = asked_keys | {citing for (citing, _), by in listed.items() if by}
    return {
        key: {
            edge.citing: listed[edge.citing, key]
            for edge in edges
            if edge.cited == key != edge.citing
            and (listed[edge.citing, key] or edge.citing in described)
        }
        for key in asked_keys
    }


def _listed_by(
    found: Mapping[str, Mapping[str, frozenset[View]]],
) -> dict[str, set[View]]:
    """Citing key to the sources that list it as citing any of the asked works."""
    listed: dict[str, set[View]] = {}
    for citing in found.values():
        for key, by in citing.items():
            listed.setdefault(key, set()).update(by)
    return listed


def _cited_truth(
    known: _Known, doi: str, work: Work, found: Mapping[str, frozenset[View]]
) -> CitedTruth:
    world = known.world
    citing = [world.works[key] for key in sorted(found)]
    heads = version_heads(world, known.met)
    groups = {heads.get(one.key, one.key) for one in citing}
    states = {view: _state(world, work, view) for view in VIEWS}
    return CitedTruth(
        doi=doi,
        work_id=work_id(work),
        citing=frozenset(work_id(one) for one in citing),
        group_count=len(groups),
        cells=_cells(known, citing, [world.works[key] for key in groups], work),
        states=states,
        declared={
            view: declared_count(world, work, view) if state == "known" else None
            for view, state in states.items()
        },
        is_retracted=work.is_retracted,
        identifiers=frozenset(all_tokens(work)),
        notices=_notices(world, work),
        texts=frozenset(one.key for one in citing if full_text(world, one) is not None),
    )


def _notices(world: World, work: Work) -> frozenset[tuple[str, str | None]]:
    """Each notice once, whoever repeats it; a bare mark only where nobody says more."""
    told = {
        (update.type, world.works[update.other].dois[0]) for update in work.updated_by
    }
    if work.is_retracted and not any(kind == "retraction" for kind, _ in told):
        return frozenset({*told, ("retraction", None)})
    return frozenset(told)


def _unknown(doi: str) -> CitedTruth:
    return CitedTruth(
        doi=doi,
        work_id=f"doi:{doi}",
        citing=frozenset(),
        group_count=0,
        cells=(),
        states=dict.fromkeys(VIEWS, "not_indexed"),
        declared=dict.fromkeys(VIEWS),
        is_retracted=False,
        identifiers=frozenset({f"doi:{doi}"}),
        notices=frozenset(),
        texts=frozenset(),
    )


def _state(world: World, work: Work, view: View) -> str:
    # Only registries know an alias: others tell of it if the prime is asked about.
    is_reached = view in {"crossref", "datacite", "opencitations"} or (
        work.dois[0] in map(str.lower, world.asked)
    )
    return "known" if view in work.known_to and is_reached else "not_indexed"


def declared_count(world: World, work: Work, view: View) -> int:
    """How many works (rows, for OpenCitations) the source says cite this one."""
    if view == "opencitations":
        return len(citation_rows(world, work))
    return len(world.citing(view, work.key)) + len(world.stray_records(view, work.key))


def _cells(
    known: _Known, citing: list[Work], groups: list[Work], cited: Work
) -> tuple[Cell, ...]:
    works = Counter(known.place(one) for one in citing)
    of_kind = Counter((known.place(one), relationship(one, cited)) for one in citing)
    heads = Counter(known.place(one) for one in groups)
    return tuple(
        Cell(
            year=place[0],
            publication_type=place[1],
            citing_work_count=works[place],
            citing_group_count=heads[place],
            self_citing_work_count=of_kind[place, "self"],
            independent_citing_work_count=of_kind[place, "independent"],
            unknown_relationship_work_count=of_kind[place, "unknown"],
        )
        for place in sorted(works | heads, key=_order)
    )


def _order(place: Place) -> tuple[bool, int, str]:
    year, publication_type = place
    return (year is None, year or 0, publication_type)
