"""The open full texts of a world's works, in JATS, and what they say of others.

Which sentences an article has about a work follows from the names of the two, so that
what a correct warehouse holds can be worked out without reading any text.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pipeline.simulator.sample_texts import sample_text
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"

_SECTIONS: Final = (
    ("introduction", "Introduction"),
    ("methods", "Materials and methods"),
    ("results", "Results"),
    ("discussion", "Discussion"),
)
_SENTENCES: Final = (
    "Others have asked the same question before {cite}.",
    "Our figures agree with those of an earlier survey {cite}, as far as they go.",
    "Unlike an earlier survey {cite}, we found no such difference.",
    "The instrument was set up as described by its makers {cite}.",
    "What counts as evening was settled long ago {cite}.",
)
_TWICE: Final = (
    "Two parts of one report {cite} differ, and the second {cite} is the better one."
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an article about a work.

    Attributes:
        section: kind of section in which it stands.
        text: as printed, with the citation as ``[{number}]``.
    """

    section: str
    text: str
    mention_count: int


def is_open(work: Work) -> bool:
    """Whether Europe PMC calls the work open access."""
    if "europepmc" not in work.known_to or not work.pmcid:
        return False
    return work.pmcid % 4 == 0 or sample_text(work.key) is not None


def is_withheld(work: Work) -> bool:
    """Whether the text of an open work is not to be had all the same."""
    return bool(work.pmcid and work.pmcid % 32 == 0 and not sample_text(work.key))


def said_of(citing: Work, cited: Work, number: int) -> list[Said]:
    """What an article that was not written by hand says of a work, in order.

    None to three sentences; with none, the work is in the list of references only.

    Args:
        citing: whose text it is.
        cited: the work.
        number: its place in the list of references, from 1.
    """
    dice = zlib.crc32(f"{citing.key} {cited.key}".encode())
    cite = f"[{number}]"
    found = [
        Said(
            _SECTIONS[(dice >> (4 * turn)) % len(_SECTIONS)][0],
            _SENTENCES[(dice >> (4 * turn + 2)) % len(_SENTENCES)].format(cite=cite),
            1,
        )
        for turn in range(dice % 3)
    ]
    if dice % 7 == 0:
        found.append(Said("discussion", _TWICE.format(cite=cite), 2))
    order = [kind for kind, _ in _SECTIONS]
    return sorted(found, key=lambda one: order.index(one.section))


def references(world: World, work: Work) -> list[Work]:
    """The works in its list of references, in order."""
    keys = sorted({edge.cited for edge in world.citations_of(work.key)})
    return [world.works[key] for key in keys]


def full_text(world: World, work: Work) -> str | None:
    """The article; None: it is not open, or withheld."""
    if not is_open(work) or is_withheld(work):
        return None
    return sample_text(work.key) or _article(work, references(world, work))


def _article(work: Work, cited: Sequence[Work]) -> str:
    said = [
        one
        for number, each in enumerate(cited, start=1)
        for one in said_of(work, each, number)
    ]
    sections = "".join(
        f"<sec><title>{title}</title><p>{_paragraph(said, kind)}</p></sec>"
        for kind, title in _SECTIONS
    )
    listed = "".join(
        _reference(number, each) for number, each in enumerate(cited, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<article article-type="research-article" xml:lang="en"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<front><article-meta>{_ids(work)}<title-group><article-title>"
        f"{escape(work.title)}</article-title></title-group>"
        f'<permissions><license xlink:href="{LICENCE}"/></permissions>'
        f"</article-meta></front><body>{sections}</body>"
        f"<back><ref-list>{listed}</ref-list></back></article>\n"
    )


def _ids(work: Work) -> str:
    given = {"pmc": work.pmcid, "pmid": work.pmid, "doi": work.doi}
    return "".join(
        f"<article-id pub-id-type={quoteattr(kind)}>{escape(str(value))}</article-id>"
        for kind, value in given.items()
        if value
    )


def _paragraph(said: Sequence[Said], section: str) -> str:
    opening = "This is told in the plainest words that there are."
    return " ".join([opening, *_marked_up(said, section)])


def _marked_up(said: Sequence[Said], section: str) -> Iterator[str]:
    for one in said:
        if one.section == section:
            number = one.text.partition("[")[2].partition("]")[0]
            xref = f'[<xref ref-type="bibr" rid="B{number}">{number}</xref>]'
            yield one.text.replace(f"[{number}]", xref)


def _reference(number: int, work: Work) -> str:
    names = {"doi": work.doi, "pmid": None if work.doi else work.pmid}
    ids = "".join(
        f'<pub-id pub-id-type="{kind}">{escape(str(value))}</pub-id>'
        for kind, value in names.items()
        if value
    )
    return (
        f'<ref id="B{number}"><label>{number}</label><element-citation>'
        f"<article-title>{escape(work.title)}</article-title>{ids}"
        "</element-citation></ref>"
    )
