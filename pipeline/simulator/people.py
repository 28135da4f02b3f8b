"""Invented people and venues.

Names are put together from syllables; ORCID iDs are of a range that is not issued.
"""

from functools import cache
from random import Random
from typing import Final

from pipeline.simulator.work import Person, Venue

_GIVEN: Final = tuple(
    """
    Ada Brun Celia Dario Edda Falk Gitte Hugo Ilse Jarno Katya Ludo Mira Nils Oona
    Piet Quentin Rosa Søren Tova Ulla Vito Wanda Xaver Ynez Zora Anaïs Bébhinn
    """.split()
)
_FIRST: Final = tuple(
    """
    Ash Birk Crane Dun Elm Fern Gar Hasel Iver Jor Kest Lark Mossel Nord Oster Pell
    Quar Rowan Stav Tarn Under Vesper Wilm Yarr Zell
    """.split()
)
_LAST: Final = tuple(
    """
    by dal ell fort gaard holt ine kamp low mark nes ova pont quist rød stein thorpe
    vik wyn ström
    """.split()
)

VENUES: Final = tuple(
    Venue(name, 9_900_000_100 + n, issn)
    for n, (name, issn) in enumerate(
        (
            ("Annals of Imagined Ecology", "9990-0012"),
            ("Invented Bryology Letters", "9990-0020"),
            ("Journal of Supposed Field Methods", "9990-0039"),
            ("Proceedings of the Unbuilt Academy", "9990-0047"),
            ("Fictional Forestry Quarterly", "9990-0055"),
            ("Journal of Invented Medicine", "9990-0063"),
            ("Make-Believe Sleep Research", "9990-0071"),
            ("Archive of Unlikely Hydrology", "9990-008X"),
            ("Supposition in Statistics", "9990-0098"),
            ("Pretend Informatics", "9990-0101"),
        )
    )
)
REPOSITORY: Final = Venue(
    "Imaginary Preprints",
    9_900_000_190,
    kind="repository",
    publisher="Imaginary Library",
)


def orcid(number: int) -> str:
    """The ORCID iD of a small number, check digit and all.

    Source: ISO 7064 MOD 11-2, as ORCID's documentation describes it.
    """
    digits = f"{number:015d}"
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    text = digits + ("X" if check == 10 else str(check))  # noqa: PLR2004 - X stands for ten
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def openalex_author_id(person: Person) -> str:
    """The id that OpenAlex gives a person: one a person, whatever the byline says."""
    number = Random(f"author/{person.who}").randrange(10**8)  # noqa: S311 - not a secret
    return f"A99{number:08d}"


@cache
def crowd(size: int = 600) -> tuple[Person, ...]:
    """People who cite but are never cited; two in five carry an ORCID iD."""
    people: dict[str, Person] = {}
    dice = Random("crowd")  # noqa: S311 - a world must be the same every time
    while len(people) < size:
        family = dice.choice(_FIRST) + dice.choice(_LAST)
        given = dice.choice(_GIVEN)
        number = len(people) + 1
        who = f"{given} {family}"
        has_orcid = dice.random() < 0.4  # noqa: PLR2004 - two in five
        people.setdefault(
            who,
            Person(who, given, family, orcid(50_000 + number) if has_orcid else None),
        )
    return tuple(people.values())
