"""Invented citing works: many, of all kinds, known to one, two or three sources.

Everything is drawn from dice that are seeded by the work's own number, so a world is
the same in every process, and a change to one work changes no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from pipeline.simulator import kinds
from pipeline.simulator.kinds import Kind
from pipeline.simulator.known import LISTING
from pipeline.simulator.people import REPOSITORY, VENUES, crowd
from pipeline.simulator.standing import (
    AGENCIES,
    ARXIV_PREFIX,
    DOI_PREFIX,
    STANDINGS,
    Standing,
)
from pipeline.simulator.work import EVERYWHERE, DateParts, Person, Venue, Work
from pipeline.simulator.world import Citation

_PREPRINT_SHARE: Final = 0.04
"""Of the works that every source knows, so many have a preprint that cites, too."""

_AUTHORS_LOST_SHARE: Final = 0.15
"""Of the works that OpenAlex knows, OpenCitations lacks the authors of so many."""


@dataclass(frozen=True, slots=True)
class Crop:
    """An order for citing works.

    Attributes:
        name: part of the keys and DOIs of the works.
        count: how many works, preprints counted.
        first_number: of the identifiers; the crop uses `count` numbers.
        topics: what the titles are about.
        insiders: authors of the cited work; two citing works in a hundred have one.
    """

    name: str
    count: int
    first_number: int
    years: range
    topics: tuple[str, ...]
    insiders: tuple[Person, ...] = ()


def grow(crop: Crop, cited: Work) -> tuple[list[Work], list[Citation]]:
    """The citing works that a crop orders, and their citations of `cited`."""
    works: list[Work] = []
    edges: list[Citation] = []
    while len(works) < crop.count:
        number = crop.first_number + len(works)
        dice = Random(f"{crop.name}/{number}")  # noqa: S311 - a world, not a secret
        work = _citing_work(crop, cited, number, dice)
        room = crop.count - len(works)
        pair = [work]
        if room > 1 and work.known_to == EVERYWHERE and dice.random() < _PREPRINT_SHARE:
            pair.append(_preprint_of(work, number + 1, is_merged=number % 2 == 0))
        works += pair
        edges += [_citation(one, cited, dice) for one in pair]
    return works, edges


def identifiers(number: int) -> tuple[int, str]:
    """The OpenAlex number and the OMID of the n-th work of a world."""
    return 9_900_000_000 + number, f"0699{number:07d}"


def title_of(kind: Kind, topics: Sequence[str], dice: Random) -> str:
    """A title that nobody has published."""
    topic, other = dice.sample(list(topics), 2)
    place = dice.choice(_PLACES)
    return dice.choice(_TITLES.get(kind.counts_as, _TITLES["article"])).format(
        topic=topic, Topic=topic[0].upper() + topic[1:], other=other, place=place
    )


_PLACES: Final = (
    "the Outer Skerries of Nowhere",
    "an unnamed valley",
    "the Ninth Canton",
    "Lower Fernshire",
    "the Glass Marshes",
    "Port Example",
    "the Quiet Delta",
    "Upper Placeholder",
)
_TITLES: Final[dict[str, tuple[str, ...]]] = {
    "article": (
        "{Topic} and {other} in {place}",
        "Does {topic} predict {other}? Evidence from {place}",
        "A second look at {topic} in {place}",
        "How {topic} shapes {other}",
        "{Topic} after ten years: a field record from {place}",
    ),
    "review": (
        "{Topic}: a review of what {place} taught us",
        "A review of {topic} and {other}",
    ),
    "preprint": ("{Topic} in {place}: early results",),
    "dataset": ("Data on {topic} from {place}",),
    "dissertation": ("{Topic} and {other}: a thesis from {place}",),
    "letter": ("On {topic}: a reply from {place}",),
    "editorial": ("Why {topic} matters to {place}",),
    "peer-review": ("Review of: {Topic} in {place}",),
    "erratum": ("Correction to: {Topic} in {place}",),
}


def _citing_work(crop: Crop, cited: Work, number: int, dice: Random) -> Work:
    standing = _standing(cited, dice)
    kind = dice.choices(
        [kind for kind, _ in standing.kinds], [weight for _, weight in standing.kinds]
    )[0]
    openalex, omid = identifiers(number)
    doi = _doi(crop, standing, number)
    if doi and dice.random() < 0.08:  # noqa: PLR2004 - one in twelve is deposited in capitals
        doi = doi.upper()
    return Work(
        key=f"{crop.name}/{number}",
        title=title_of(kind, crop.topics, dice),
        published=_date(crop.years, dice),
        kind=kind,
        doi=doi,
        pmid=990_000_000 + number if standing.has_pmid else None,
        pmcid=9_000_000 + number if _is_in_pmc(standing, number) else None,
        arxiv=_arxiv(number) if standing.has_arxiv else None,
        openalex=openalex if "openalex" in standing.known_to else None,
        omids=_omids(omid, number, standing, dice),
        agency=AGENCIES.get(standing.prefix or ""),
        known_to=standing.known_to,
        authors=_authors(crop, dice),
        venue=venue_of(kind, dice),
        has_meta_authors="openalex" not in standing.known_to
        or dice.random() > _AUTHORS_LOST_SHARE,
        index_ids=("pmid",) if not doi else ("doi", "pmid"),
    )


def _standing(cited: Work, dice: Random) -> Standing:
    # A citation that nobody lists cannot be found.
    listed = cited.known_to & LISTING
    possible = [one for one in STANDINGS if one.known_to & listed]
    return dice.choices(possible, [one.weight for one in possible])[0]


def _doi(crop: Crop, standing: Standing, number: int) -> str | None:
    if standing.prefix == ARXIV_PREFIX:
        return f"{ARXIV_PREFIX}/arXiv.{_arxiv(number)}"
    return (
        f"{standing.prefix}/citehouse.{crop.name}.{number}" if standing.prefix else None
    )


def _arxiv(number: int) -> str:
    # The 99th month is none, so that nobody has such an identifier.
    return f"9999.{number:05d}"


def _is_in_pmc(standing: Standing, number: int) -> bool:
    return "europepmc" in standing.known_to and standing.has_pmid and number % 2 == 0


def _omids(omid: str, number: int, standing: Standing, dice: Random) -> tuple[str, ...]:
    if "opencitations" not in standing.known_to:
        return ()
    is_double = standing.prefix is not None and dice.random() < 0.03  # noqa: PLR2004 - one in 33
    return (omid, f"0698{number:07d}") if is_double else (omid,)


def _date(years: range, dice: Random) -> DateParts:
    year = dice.choices(list(years), [n + 2 for n in range(len(years))])[0]
    precision = dice.choices((1, 2, 3), (15, 25, 60))[0]
    return (year, dice.randint(1, 12), dice.randint(1, 28))[:precision]


def _authors(crop: Crop, dice: Random) -> tuple[Person, ...]:
    if dice.random() < 0.01:  # noqa: PLR2004 - one in a hundred is anonymous
        return ()
    authors = dice.sample(crowd(), dice.randint(1, 6))
    if crop.insiders and dice.random() < 0.02:  # noqa: PLR2004 - one in fifty cites itself
        authors.insert(dice.randint(0, len(authors)), dice.choice(crop.insiders))
    return tuple(authors)


def venue_of(kind: Kind, dice: Random) -> Venue | None:
    """Where a work of this kind appears; None for what stands by itself."""
    if kind.crossref == "posted-content":
        return REPOSITORY
    if kind.crossref in {"monograph", "dissertation", "report", "dataset"}:
        return None
    return dice.choice(VENUES)


def _preprint_of(work: Work, number: int, *, is_merged: bool) -> Work:
    openalex, omid = identifiers(number)
    return replace(
        work,
        key=f"{work.key}/preprint",
        doi=f"{DOI_PREFIX}/citehouse.preprint.{number}",
        kind=kinds.PREPRINT,
        published=(work.published[0] - number % 2, *work.published[1:]),
        pmid=None,
        openalex=None if is_merged else openalex,
        openalex_home=work.key if is_merged else None,
        omids=(omid,),
        known_to=frozenset({"crossref", "opencitations"}) if is_merged else EVERYWHERE,
        venue=REPOSITORY,
        published_as=work.key,
    )


def _citation(citing: Work, cited: Work, dice: Random) -> Citation:
    known = citing.known_to & cited.known_to
    if cited.doi:
        known |= citing.known_to & {"crossref", "datacite"}
    if known >= EVERYWHERE:
        # Each source misses some: a reference without DOI, a match not made.
        lost = dice.choices(
            (None, *sorted(known)), (88, *((12 / len(known),) * len(known)))
        )
        known -= set(lost)
    return Citation(citing.key, cited.key, frozenset(known))
