"""Worlds by seed: small, each different, each with most of the traps.

A seed draws the cited works (in which sources, retracted or not, with versions, under
how many DOIs) and who cites them. What is true of the world is `truth.truth`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from pipeline.simulator import kinds
from pipeline.simulator.generate import Crop, grow, identifiers, title_of
from pipeline.simulator.large import TOPICS, letters
from pipeline.simulator.people import REPOSITORY, VENUES, orcid
from pipeline.simulator.standing import (
    AGENCIES,
    ARXIV_PREFIX,
    DATACITE_PREFIX,
    DOI_PREFIX,
)
from pipeline.simulator.work import EVERYWHERE, Person, Update, View, Work
from pipeline.simulator.world import Citation, World, as_works

_ROOM: Final = 60
"""Numbers kept for a cited work and what cites it."""

_MOST_CITING: Final = 45


def random_world(seed: int) -> World:
    """A world of six to eleven cited works, with a few hundred citing works at most."""
    dice = Random(f"seeded/{seed}")  # noqa: S311 - a world, not a secret
    profiles = [*_ALWAYS, *dice.choices(_SOMETIMES, k=dice.randint(2, 6))]
    dice.shuffle(profiles)
    draft = _Draft(seed, [], [], [])
    for place, profile in enumerate(profiles):
        profile(draft, place, dice)
    asked = [*draft.asked, f"{DOI_PREFIX}/citehouse.seed-{seed}.nobody-knows"]
    dice.shuffle(asked)
    return World(as_works(draft.works), tuple(draft.edges), tuple(asked), AGENCIES)


@dataclass(frozen=True)
class _Draft:
    """A world in the making."""

    seed: int
    works: list[Work]
    edges: list[Citation]
    asked: list[str]

    def add(self, work: Work, place: int, dice: Random) -> None:
        """Take in a cited work with a crop of works that cite it."""
        crop = Crop(
            name=f"seed-{self.seed}.{place}",
            count=dice.choice((0, 1, 4, 15, _MOST_CITING)),
            first_number=self.number(place) + 5,
            years=range(2012, 2026),
            topics=TOPICS,
            insiders=tuple(one for one in work.authors if isinstance(one, Person)),
        )
        citing, edges = grow(crop, work)
        self.works.extend([work, *citing])
        self.edges.extend(edges)
        self.asked.append(dice.choice((str.lower, str.upper))(work.dois[0]))

    def number(self, place: int) -> int:
        """Where the numbers of the n-th cited work begin."""
        return 20_000 + _ROOM * place


_Profile = Callable[[_Draft, int, Random], None]


def _plain(draft: _Draft, place: int, dice: Random) -> None:
    draft.add(_article(draft, place, dice), place, dice)


def _biomedical(draft: _Draft, place: int, dice: Random) -> None:
    article = _article(draft, place, dice)
    draft.add(_in_pubmed(article, draft.number(place)), place, dice)


def _retracted(draft: _Draft, place: int, dice: Random) -> None:
    """One, two or all of three sources say that it is retracted."""
    work = _in_pubmed(_article(draft, place, dice), draft.number(place))
    who = ("publisher", "retraction-watch")
    update = Update("retraction", f"{work.key}/notice", (2024, 2, 1), who)
    signals: list[View] = ["crossref", "openalex", "europepmc"]
    says = frozenset(dice.sample(signals, dice.randint(1, 3)))
    draft.works.append(_notice(work, draft.number(place) + 1))
    work = replace(
        work,
        is_retracted=True,
        updated_by=(update,) if "crossref" in says else (),
        retracted_in=says,
    )
    draft.add(work, place, dice)


def _moved(draft: _Draft, place: int, dice: Random) -> None:
    """A work under two DOIs, one of which redirects to the other; both are asked."""
    work = _article(draft, place, dice)
    former = f"{work.doi}.former"
    draft.add(replace(work, alias_dois=(former,)), place, dice)
    draft.asked.append(former)


def _dataset(draft: _Draft, place: int, dice: Random) -> None:
    """A dataset with a newer version; both are cited."""
    number = draft.number(place)
    first = replace(
        _article(draft, place, dice),
        kind=kinds.DATASET,
        doi=f"{DATACITE_PREFIX}/citehouse.seed-{draft.seed}.{place}",
        agency="DataCite",
        known_to=frozenset({"datacite", "openalex"}),
        omids=(),
        venue=None,
    )
    draft.add(first, place, dice)
    openalex, _ = identifiers(number + 2)
    newer = replace(
        first,
        key=f"{first.key}/v2",
        doi=f"{first.doi}.v2",
        openalex=openalex,
        relations=(("IsNewVersionOf", first.key),),
    )
    draft.works.append(newer)
    draft.asked.append(newer.dois[0])


def _preprint_and_article(draft: _Draft, place: int, dice: Random) -> None:
    """An article and its preprint on arXiv, each with citing works of its own."""
    article = _article(draft, place, dice)
    draft.add(article, place, dice)
    number = draft.number(place) + 3
    openalex, _ = identifiers(number)
    arxiv = f"9999.{number:05d}"
    preprint = replace(
        article,
        key=f"{article.key}/preprint",
        kind=kinds.PREPRINT,
        doi=f"{ARXIV_PREFIX}/arXiv.{arxiv}",
        agency="DataCite",
        arxiv=arxiv,
        openalex=openalex,
        omids=(),
        known_to=frozenset({"datacite", "openalex", "semanticscholar"}),
        venue=REPOSITORY,
        published_as=article.key,
        relations=(("IsPreprintOf", article.key),),
    )
    draft.add(preprint, place + _SECOND_CROP, dice)


_SECOND_CROP: Final = 50
"""Added to the place of a work that brings a second crop, for numbers of its own."""

_ALWAYS: Final[tuple[_Profile, ...]] = (
    _plain,
    _biomedical,
    _retracted,
    _moved,
    _dataset,
    _preprint_and_article,
)
_SOMETIMES: Final[tuple[_Profile, ...]] = (_plain, _biomedical, _retracted)


def _article(draft: _Draft, place: int, dice: Random) -> Work:
    kind = dice.choice((kinds.ARTICLE, kinds.ARTICLE, kinds.REVIEW, kinds.CHAPTER))
    openalex, omid = identifiers(draft.number(place))
    is_in_s2 = dice.random() < 0.5  # noqa: PLR2004 - a coin
    has_orcid = dice.random() < 0.7  # noqa: PLR2004 - most have one
    author = Person(
        f"{draft.seed}/{place}",
        "Vilde",
        f"Cited{letters(place)}",
        orcid(90_000 + place) if has_orcid else None,
    )
    return Work(
        key=f"cited/{place}",
        title=title_of(kind, TOPICS, dice),
        published=(2008 + place % 5, 1 + place % 12),
        kind=kind,
        doi=f"{DOI_PREFIX}/citehouse.seed-{draft.seed}.{place}",
        openalex=openalex,
        omids=(omid,),
        known_to=EVERYWHERE | ({"semanticscholar"} if is_in_s2 else set()),
        authors=(author,),
        venue=VENUES[place % len(VENUES)],
        patches={"crossref": {"abstract": f"<jats:p>On work {place}.</jats:p>"}},
    )


def _in_pubmed(work: Work, number: int) -> Work:
    return replace(
        work,
        kind=kinds.REVIEW if work.kind is kinds.REVIEW else kinds.ARTICLE,
        pmid=990_000_000 + number,
        pmcid=9_000_000 + number,
        known_to=work.known_to | {"europepmc"},
    )


def _notice(work: Work, number: int) -> Work:
    openalex, omid = identifiers(number)
    return replace(
        work,
        key=f"{work.key}/notice",
        title=f"Retraction of: {work.title}",
        published=(2024, 2, 1),
        kind=kinds.RETRACTION,
        doi=f"{work.doi}.notice",
        pmid=None,
        pmcid=None,
        openalex=openalex,
        omids=(omid,),
        known_to=EVERYWHERE,
        authors=(),
    )
