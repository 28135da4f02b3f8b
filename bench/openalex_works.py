"""Works as OpenAlex sends them, of realistic size; every value is made up.

The sizes are the means of 66 answers of the public API: 5 authors with an institution
each, 35 references, and about 6 KB with `select`ed fields, 13 KB in full.
"""

from random import Random
from typing import Any, Final

AUTHORS_MEAN: Final = 5
REFERENCES_MEAN: Final = 35
ABSTRACT_WORDS: Final = 130
"""Of the sample named above, rounded."""

_SYLLABLES: Final = (
    *("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po"),
    *("ru", "sa", "te", "vi", "zo", "kar", "len", "mor", "tis"),
)
_PEOPLE: Final = 5_000
_PLACES: Final = 400

Json = dict[str, Any]


class World:
    """Makes works; the same ones from the same dice, if asked for in the same order."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._number = 4_000_000_000
        self._places = [self._place(number) for number in range(_PLACES)]
        self._people = [self._person(number) for number in range(_PEOPLE)]
        self._venues = [self._venue(number) for number in range(_PLACES)]

    def cited_work(self, number: int, citing: int) -> Json:
        """A work that `citing` others cite, and that cites none itself."""
        work = self._work(1_000_000 + number, [])
        return work | {
            "cited_by_count": citing,
            "referenced_works": [],
            "referenced_works_count": 0,
        }

    def citing_work(self, cites: list[str]) -> Json:
        """The next work, whose references begin with those named."""
        self._number += self._dice.randint(1, 9)
        return self._work(self._number, cites)

    def _work(self, number: int, cites: list[str]) -> Json:
        dice, name = self._dice, f"https://openalex.org/W{number}"
        doi = f"https://doi.org/10.5555/bench.{number}"
        year, title = dice.randint(2005, 2025), self._words(dice.randint(8, 16))
        venue = dice.choice(self._venues)
        location = {
            "is_oa": True,
            "landing_page_url": doi,
            "pdf_url": f"https://example.org/articles/{number}.pdf",
            "source": venue,
            "license": "cc-by",
            "license_id": "https://openalex.org/licenses/cc-by",
            "version": "publishedVersion",
            "is_accepted": True,
            "is_published": True,
            "raw_source_name": venue["display_name"],
        }
        references = cites + [
            f"https://openalex.org/W{dice.randint(10**9, 3 * 10**9)}"
            for _ in range(dice.randint(5, 2 * REFERENCES_MEAN - 5))
        ]
        return {
            "id": name,
            "doi": doi,
            "title": title,
            "display_name": title,
            "publication_year": year,
            "publication_date": (
                f"{year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
            ),
            "ids": {
                "openalex": name,
                "doi": doi,
                "mag": str(number),
                "pmid": f"https://pubmed.ncbi.nlm.nih.gov/{number % 10**8}",
            },
            "language": "en",
            "type": dice.choice(("article", "article", "review", "preprint")),
            "primary_location": location,
            "best_oa_location": location,
            "open_access": {
                "is_oa": True,
                "oa_status": "gold",
                "oa_url": location["pdf_url"],
                "any_repository_has_fulltext": True,
            },
            "authorships": self._byline(),
            "is_authors_truncated": False,
            "is_retracted": False,
            "cited_by_count": dice.randint(0, 90),
            "referenced_works": references,
            "referenced_works_count": len(references),
            "updated_date": "2026-11-01T03:14:15.926535",
        } | self._not_selected(name, location)

    def _not_selected(self, name: str, location: Json) -> Json:
        dice = self._dice
        topics = [self._topic() for _ in range(3)]
        return {
            "created_date": "2025-10-10",
            "indexed_in": ["crossref", "pubmed"],
            "fwci": round(dice.random() * 3, 4),
            "biblio": {"volume": "21", "issue": "4", "first_page": "1"},
            "primary_topic": topics[0],
            "topics": topics,
            "keywords": [
                {
                    "id": f"https://openalex.org/keywords/{self._words(1)}",
                    "display_name": self._words(2),
                    "score": round(dice.random(), 6),
                }
                for _ in range(8)
            ],
            "concepts": [
                {
                    "id": f"https://openalex.org/C{dice.randint(10**7, 10**9)}",
                    "wikidata": f"https://www.wikidata.org/wiki/Q{self._number}",
                    "display_name": self._words(2),
                    "level": dice.randint(0, 4),
                    "score": round(dice.random(), 6),
                }
                for _ in range(8)
            ],
            "locations": [location],
            "counts_by_year": [
                {"year": year, "cited_by_count": dice.randint(1, 20)}
                for year in range(2019, 2026)
            ],
            "abstract_inverted_index": self._abstract(),
            "cited_by_api_url": f"https://api.openalex.org/works?filter=cites:{name}",
        }

    def _byline(self) -> list[Json]:
        count = self._dice.randint(1, 2 * AUTHORS_MEAN - 1)
        people = self._dice.sample(self._people, count)
        return [
            {"author_position": _position(place, count)} | person
            for place, person in enumerate(people)
        ]

    def _abstract(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for place in range(ABSTRACT_WORDS):
            index.setdefault(self._words(1), []).append(place)
        return index

    def _topic(self) -> Json:
        return {
            "id": f"https://openalex.org/T{self._dice.randint(10000, 14000)}",
            "display_name": self._words(4),
            "score": round(self._dice.random(), 4),
            "subfield": {"id": "https://openalex.org/subfields/1308"},
            "field": {"id": "https://openalex.org/fields/13"},
            "domain": {"id": "https://openalex.org/domains/1"},
        }

    def _place(self, number: int) -> Json:
        name = f"https://openalex.org/I{100_000_000 + number}"
        return {
            "id": name,
            "display_name": f"University of {self._words(2)}",
            "ror": f"https://ror.org/0{number:06d}42",
            "country_code": "NO",
            "type": "education",
            "lineage": [name, f"https://openalex.org/I{200_000_000 + number}"],
        }

    def _person(self, number: int) -> Json:
        name, place = self._words(2).title(), self._dice.choice(self._places)
        address = f"Department of {self._words(3)}, {place['display_name']}, Norway"
        # Four in ten have an ORCID iD in the sample.
        orcid = f"https://orcid.org/0000-0002-{number:04d}-0009"
        return {
            "author": {
                "id": f"https://openalex.org/A{5_000_000_000 + number}",
                "display_name": name,
                "orcid": orcid if number % 10 < 4 else None,  # noqa: PLR2004
            },
            "institutions": [place],
            "countries": ["NO"],
            "is_corresponding": False,
            "raw_author_name": name,
            "raw_orcid": None,
            "raw_affiliation_strings": [address],
            "affiliations": [
                {"raw_affiliation_string": address, "institution_ids": [place["id"]]}
            ],
        }

    def _venue(self, number: int) -> Json:
        issn = f"{1000 + number}-{2000 + number}"
        return {
            "id": f"https://openalex.org/S{10_000_000 + number}",
            "display_name": f"Journal of {self._words(3)}",
            "issn_l": issn,
            "issn": [issn, f"{3000 + number}-{4000 + number}"],
            "is_oa": True,
            "is_in_doaj": True,
            "is_core": True,
            "host_organization": f"https://openalex.org/P{4_310_000_000 + number}",
            "host_organization_name": f"{self._words(2)} press",
            "host_organization_lineage": [f"https://openalex.org/P{4_310_000_000}"],
            "type": "journal",
        }

    def _words(self, count: int) -> str:
        draw = self._dice.choices
        return " ".join("".join(draw(_SYLLABLES, k=3)) for _ in range(count))


def _position(place: int, count: int) -> str:
    if place == 0:
        return "first"
    return "last" if place + 1 == count else "middle"
