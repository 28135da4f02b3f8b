"""What a correct warehouse says of a world, worked out from the world alone.

Nothing here calls Citehouse: these are the expectations that its stages are held to.
All DOIs of the world are taken to be asked about in one run.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.simulator.opencitations_record import citation_rows
from pipeline.simulator.world import VIEWS, Person, View, Work, World

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
    """

    doi: str
    work_id: str
    citing: frozenset[str]
    group_count: int
    cells: tuple[Cell, ...]
    states: Mapping[View, str]
    declared: Mapping[View, int | None]
    is_retracted: bool


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
    citing = _citing_keys(world, [work.key for work in asked.values() if work])
    return Truth(
        cited={
            doi: _cited_truth(world, doi, work, citing) if work else _unknown(doi)
            for doi, work in asked.items()
        },
        rejects=_strays(world, "reject", crossref=len(world.broken_in_lists)),
        nameless=_strays(world, "absent"),
        relationships={
            (work_id(world.works[one]), work_id(world.works[key])): relationship(
                world.works[one], world.works[key]
            )
            for key, keys in citing.items()
            for one in keys
        },
    )


def _strays(world: World, fate: str, crossref: int = 0) -> dict[View, int]:
    counts: dict[View, int] = {"crossref": crossref, "openalex": 0, "opencitations": 0}
    for stray in world.strays:
        if stray.fate == fate:
            counts[stray.view] += 1
    return counts


def work_id(work: Work) -> str:
    """The strongest identifier of a work that any source lets be known."""
    if work.doi:
        return f"doi:{work.dois[0]}"
    if work.pmid:
        return f"pmid:{work.pmid}"
    if work.openalex:
        return f"openalex:W{work.openalex}"
    return f"omid:br/{min(work.omids)}"


def publication_type(work: Work) -> str:
    """The type of a work: what the sources that describe it can tell.

    Crossref has no word for reviews, editorials and letters; where it files a work
    elsewhere than OpenAlex does, Crossref wins. OpenCitations is asked last.
    """
    kind = work.kind
    if "openalex" in work.known_to:
        alone = None if "crossref" in work.known_to else kind.alone_openalex
        return alone or kind.counts_as
    if "crossref" in work.known_to:
        return kind.alone_crossref or kind.counts_as
    return kind.alone_opencitations or kind.counts_as


def published_year(work: Work) -> int | None:
    """The first year that a source gives: Crossref, OpenAlex, then OpenCitations."""
    dates = [work.date(view) for view in VIEWS if view in work.known_to]
    return next((parts[0] for parts in dates if parts), None)


def relationship(citing: Work, cited: Work) -> str:
    """``self`` where a person signed both, ``unknown`` where one has no authors."""
    if not citing.authors or not cited.authors:
        return "unknown"
    shared = _people(citing) & _people(cited)
    return "self" if shared else "independent"


def _people(work: Work) -> set[str]:
    return {author.who for author in work.authors if isinstance(author, Person)}


def _citing_keys(world: World, asked_keys: list[str]) -> dict[str, set[str]]:
    """Cited key to the keys of its citing works, as far as they can be found.

    Only OpenAlex and OpenCitations list citing works. Crossref's reference lists are
    read for works that are described anyway: the asked ones and all that were listed.
    """
    keys = set(asked_keys)
    edges = [edge for edge in world.citations if edge.cited in keys]
    listed = {
        (edge.citing, edge.cited)
        for edge in edges
        if edge.known_to & {"openalex", "opencitations"}
    }
    described = keys | {citing for citing, _ in listed}
    found = listed | {
        (edge.citing, edge.cited)
        for edge in edges
        if "crossref" in edge.known_to and edge.citing in described
    }
    return {
        key: {citing for citing, cited in found if cited == key and citing != key}
        for key in keys
    }


def _cited_truth(
    world: World, doi: str, work: Work, citing_keys: Mapping[str, set[str]]
) -> CitedTruth:
    citing = [world.works[key] for key in sorted(citing_keys[work.key])]
    groups = {one.published_as or one.key for one in citing}
    return CitedTruth(
        doi=doi,
        work_id=work_id(work),
        citing=frozenset(work_id(one) for one in citing),
        group_count=len(groups),
        cells=_cells(citing, [world.works[key] for key in groups], work),
        states={view: _state(world, work, view) for view in VIEWS},
        declared={
            view: declared_count(world, work, view)
            if _state(world, work, view) == "known"
            else None
            for view in VIEWS
        },
        is_retracted=work.is_retracted,
    )


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
    )


def _state(world: World, work: Work, view: View) -> str:
    # OpenAlex holds only prime DOIs: it tells of an alias if the prime is asked about.
    is_reached = view != "openalex" or work.dois[0] in map(str.lower, world.asked)
    return "known" if view in work.known_to and is_reached else "not_indexed"


def declared_count(world: World, work: Work, view: View) -> int:
    """How many works (rows, for OpenCitations) the source says cite this one."""
    if view == "opencitations":
        return len(citation_rows(world, work))
    return len(world.citing(view, work.key)) + len(world.stray_records(view, work.key))


def _cells(citing: list[Work], groups: list[Work], cited: Work) -> tuple[Cell, ...]:
    works = Counter(_place(one) for one in citing)
    of_kind = Counter((_place(one), relationship(one, cited)) for one in citing)
    heads = Counter(_place(one) for one in groups)
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


def _place(work: Work) -> Place:
    return (published_year(work), publication_type(work))


def _order(place: Place) -> tuple[bool, int, str]:
    year, publication_type = place
    return (year is None, year or 0, publication_type)
