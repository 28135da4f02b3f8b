"""The world in OpenCitations' words: citation rows and Meta records, all strings.

Source: https://api.opencitations.net/index/v2 and /meta/v1, read in 2026.
"""

from collections.abc import Mapping
from typing import Any, Final

from pipeline.simulator.work import (
    MISSING,
    Contributor,
    DateParts,
    Organisation,
    Person,
    Work,
)
from pipeline.simulator.world import World

_MONTHS_A_YEAR: Final = 12


def citation_rows(world: World, cited: Work) -> list[Mapping[str, Any]]:
    """The rows of a work's citing list: the product of the entities on both sides."""
    rows: list[Mapping[str, Any]] = [
        row
        for citing in world.citing("opencitations", cited.key)
        for row in _rows(citing, cited)
    ]
    return [*rows, *world.stray_records("opencitations", cited.key)]


def reference_rows(world: World, citing: Work) -> list[Mapping[str, Any]]:
    """The rows of a work's reference list."""
    return [
        row
        for cited in world.cited("opencitations", citing.key)
        for row in _rows(citing, cited)
    ]


def meta_record(work: Work) -> dict[str, Any]:
    """The Meta record of a work; what is not known is an empty string."""
    record: dict[str, Any] = {
        "id": " ".join(
            [*(f"omid:br/{omid}" for omid in work.omids), *_pids(work, work.meta_ids)]
        ),
        "title": work.title,
        "author": "; ".join(_agent(author) for author in _authors(work)),
        "pub_date": iso(work.date("opencitations")),
        "issue": "",
        "volume": "",
        "venue": _venue(work),
        "type": work.kind.opencitations,
        "page": "",
        "publisher": f"{work.venue.publisher} [omid:ra/0699001]" if work.venue else "",
        "editor": "",
    }
    record.update(work.patches.get("opencitations", {}))
    return {name: value for name, value in record.items() if value is not MISSING}


def iso(parts: DateParts) -> str:
    """``2019``, ``2019-02`` or ``2019-02-14``; no date is an empty string."""
    return "-".join(f"{part:02d}" for part in parts)


def _rows(citing: Work, cited: Work) -> list[dict[str, str]]:
    created = citing.date("opencitations")
    about = {
        "creation": iso(created),
        "timespan": timespan(created, cited.date("opencitations")),
        "journal_sc": _yes(_same_or_missing(_venues(citing), _venues(cited))),
        "author_sc": _yes(_same_or_missing(_people(citing), _people(cited))),
    }
    return [
        {
            "oci": f"{one}-{other}",
            "citing": " ".join([f"omid:br/{one}", *_index_pids(citing)]),
            "cited": " ".join([f"omid:br/{other}", *_index_pids(cited)]),
            **about,
        }
        for one in citing.omids
        for other in cited.omids
    ]


def _index_pids(work: Work) -> list[str]:
    return [*_pids(work, work.index_ids), *work.index_extra]


def _pids(work: Work, schemes: tuple[str, ...]) -> list[str]:
    pids = [f"doi:{doi}" for doi in work.dois] if "doi" in schemes else []
    if "pmid" in schemes and work.pmid:
        pids.append(f"pmid:{work.pmid}")
    if "openalex" in schemes and work.openalex:
        pids.append(f"openalex:W{work.openalex}")
    return pids


def timespan(later: DateParts, earlier: DateParts) -> str:
    """From one date to the other as a duration, as precise as the vaguer of the two."""
    precision = min(len(later), len(earlier))
    if not precision:
        return ""
    months = (later[0] - earlier[0]) * _MONTHS_A_YEAR
    if precision > 1:
        months += later[1] - earlier[1]
    sign = "-" if months < 0 else ""
    years, rest = divmod(abs(months), _MONTHS_A_YEAR)
    return f"{sign}P{years}Y" + (f"{rest}M" if precision > 1 else "")


def _same_or_missing(one: set[str], other: set[str]) -> bool:
    # The service splits "" into [""], so two works without data share something.
    return bool((one or {""}) & (other or {""}))


def _people(work: Work) -> set[str]:
    return {one.who for one in _authors(work) if isinstance(one, Person)}


def _authors(work: Work) -> tuple[Contributor, ...]:
    return work.authors if work.has_meta_authors else ()


def _venues(work: Work) -> set[str]:
    return {work.venue.name} if work.venue else set()


def _yes(answer: bool) -> str:  # noqa: FBT001 - the value itself
    return "yes" if answer else "no"


def _agent(author: Contributor) -> str:
    if isinstance(author, Organisation):
        return f"{author.name} [omid:ra/0699002]"
    ids = [f"orcid:{author.orcid}"] if author.orcid else []
    # The number of an agent is its own; any that is stable will do.
    number = sum(ord(letter) * (place + 1) for place, letter in enumerate(author.who))
    return (
        f"{author.family}, {author.given} [{' '.join([*ids, f'omid:ra/0698{number}'])}]"
    )


def _venue(work: Work) -> str:
    if not work.venue:
        return ""
    issn = f"issn:{work.venue.issn} " if work.venue.issn else ""
    return f"{work.venue.name} [{issn}omid:br/0697{work.venue.number % 1000:04d}]"
