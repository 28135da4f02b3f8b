"""Citing works of the sample world that are traps, each with its reason.

A work stands here because some record like it was met in the sources' real answers.
"""

from collections.abc import Mapping
from typing import Final

from pipeline.simulator import kinds
from pipeline.simulator.people import crowd, orcid
from pipeline.simulator.sample_odd_identities import (
    awkward_identities,
    odd_work,
    version_pairs,
)
from pipeline.simulator.work import MISSING, Organisation, Person, Update, View, Work

_OA_ONLY: Final[frozenset[View]] = frozenset({"openalex"})
_OC_CR: Final[frozenset[View]] = frozenset({"crossref", "opencitations"})


def odd_works(cited: Mapping[str, Work]) -> list[Work]:
    """The works; some share an author with a cited work, hence the argument."""
    return [
        *awkward_identities(),
        *version_pairs(),
        *_awkward_authors(cited),
        *_notices(),
        *_awkward_dates(),
        *_awkward_texts(),
    ]


def _awkward_authors(cited: Mapping[str, Work]) -> list[Work]:
    trial = [one for one in cited["bakers"].authors if isinstance(one, Person)]
    return [
        odd_work(
            20,
            "consortium",
            "Sleep in 120 bakeries",
            published=(2024, 6, 1),
            # The author of the cited work signs in place 111, behind OpenAlex's cut.
            authors=(*crowd()[200:310], trial[0], *crowd()[310:320]),
        ),
        odd_work(
            21,
            "namesake",
            "Pastry and posture",
            authors=(
                Person("another", trial[0].given, trial[0].family, orcid(80_021)),
                crowd()[21],
            ),
        ),
        odd_work(
            22,
            "without-orcid",
            "Evening light, five years on",
            published=(2020, 9, 2),
            authors=(
                crowd()[22],
                Person(trial[1].who, trial[1].given, trial[1].family),
            ),
        ),
        odd_work(
            25,
            "authors-lost",
            "Fences in fiction",
            published=(2013, 9),
            has_meta_authors=False,
        ),
        odd_work(23, "nobody-signed", "Notes from the night counter", authors=()),
        odd_work(
            24,
            "organisation",
            "Guidance on light for night bakers",
            authors=(Organisation("The Invented Guild of Bakers"), crowd()[24]),
            kind=kinds.REPORT,
            venue=None,
        ),
    ]


def _notices() -> list[Work]:
    return [
        odd_work(
            30,
            "retraction-notice",
            "Retraction: Walking through doorways improves recall of shopping lists",
            published=(2019, 6, 3),
            kind=kinds.RETRACTION,
            update_to=(Update("retraction", "memory", (2019, 6, 3)),),
        ),
        odd_work(
            31,
            "erratum",
            "Correction to: Evening light and sleep in night-shift bakers",
            published=(2016, 2, 1),
            kind=kinds.ERRATUM,
            update_to=(Update("correction", "bakers", (2016, 2, 1)),),
        ),
        odd_work(
            32,
            "retracted",
            "Miracle lamps",
            published=(2017, 4, 4),
            is_retracted=True,
            updated_by=(Update("retraction", "odd/retraction-of-lamps", (2018, 8, 1)),),
        ),
        odd_work(
            33,
            "retraction-of-lamps",
            "Retraction: Miracle lamps",
            published=(2018, 8, 1),
            kind=kinds.RETRACTION,
            update_to=(Update("retraction", "odd/retracted", (2018, 8, 1)),),
        ),
    ]


def _awkward_dates() -> list[Work]:
    return [
        odd_work(
            40,
            "impossible-day",
            "Fords in February",
            published=(2019, 2),
            dates={"crossref": (2019, 2, 31)},
        ),
        odd_work(
            41,
            "null-date",
            "Moss without a calendar",
            published=(2017, 1, 1),
            dates={"crossref": ()},
        ),
        odd_work(
            42,
            "cover-date-to-come",
            "Moss of the coming year",
            published=(2026, 10, 30),
            dates={"crossref": (2027, 1)},
        ),
        odd_work(
            43,
            "no-date",
            "Undated field notes on moss",
            doi=None,
            known_to=_OA_ONLY,
            omids=(),
            published=(),
            kind=kinds.REPORT,
        ),
    ]


def _awkward_texts() -> list[Work]:
    return [
        odd_work(
            50,
            "html-title",
            "Cover of <i>Nihil imaginarium</i> &amp; H<sub>2</sub>O uptake",
        ),
        odd_work(
            51,
            "mathml-title",
            'Counting with <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">'
            "<mml:msqrt><mml:mi>n</mml:mi></mml:msqrt></mml:math> photographs",
        ),
        odd_work(
            52,
            "empty-title",
            "A title only others have",
            patches={"crossref": {"title": []}},
        ),
        odd_work(
            53,
            "no-title",
            "",
            doi=None,
            known_to=_OA_ONLY,
            omids=(),
            patches={"openalex": {"title": None, "display_name": None}},
            kind=kinds.DISSERTATION,
        ),
        odd_work(
            54,
            "text-title",
            "A title that is not in a list",
            patches={
                "crossref": {
                    "title": "A title that is not in a list",
                    "subtitle": MISSING,
                }
            },
        ),
        odd_work(
            55,
            "unheard-of-crossref",
            "An essay in light",
            kind=kinds.UNHEARD_OF,
            known_to=_OC_CR,
            openalex=None,
        ),
        odd_work(
            56,
            "unheard-of-openalex",
            "A hologram of a bakery",
            kind=kinds.UNHEARD_OF,
            doi=None,
            known_to=_OA_ONLY,
            omids=(),
        ),
    ]
