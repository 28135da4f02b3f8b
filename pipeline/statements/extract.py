"""All that an article says of the works that it cites, in one pass over it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from pipeline.statements.article import (
    article_of,
    licence_of,
    own_ids,
    take_parts,
)
from pipeline.statements.blocks import (
    BREAK,
    Block,
    Citations,
    left_out_count,
)
from pipeline.statements.ranges import Reached, reached
from pipeline.statements.references import References, ToldWork, references_of
from pipeline.statements.sections import Sections, Standing
from pipeline.statements.sentences import sentence_at, sentence_starts
from schemas.identifiers import normalise_doi, normalise_pmcid, normalise_pmid
from schemas.statement import CitationStatement, CitedWork, Extraction

EXTRACTOR_VERSION: Final = 1
"""Counted up when the rules change: what older ones found is then found anew."""

_NOT_TEXT: Final = re.compile(r"[\W_]+")


def extract(body: bytes, cited: Sequence[CitedWork] | None = None) -> Extraction:
    """The statements of an article about some works, or about every work it cites.

    Args:
        body: a JATS file.
        cited: the works asked for; None: all. A reference is a work's if it has its
            DOI, PMID or PMCID; one without a DOI also if it has its title.

    Raises:
        NoArticle: the bytes are no article, or hold more than is bearable.
    """
    article = article_of(body)
    parts = take_parts(article)
    references = references_of(parts.refs)
    citations = Citations(parts.xrefs, references)
    wanted = _wanted(references, cited)
    sections = Sections(article)
    statements: list[tuple[int, int | None, CitationStatement]] = []
    placed_count = before_count = 0
    for block in citations.blocks():
        placed_count += len(block.mentions)
        found = reached(block, references)
        some = [one for one in found if one.place in wanted]
        if some:
            standing = sections.standing(block.element)
            statements += (
                (before_count + start, number, statement)
                for start, number, statement in _statements(
                    block, standing, some, wanted, references
                )
            )
        before_count += len(block.text)
    ids = own_ids(article)
    return Extraction(
        doi=_normal(normalise_doi, ids.get("doi")),
        pmid=_normal(normalise_pmid, ids.get("pmid")),
        pmcid=_normal(normalise_pmcid, ids.get("pmcid") or ids.get("pmc")),
        licence=licence_of(article),
        reference_count=len(references.entries),
        citation_count=len(citations),
        placed_count=placed_count,
        statements=tuple(statement for _, _, statement in statements),
        offsets=tuple(offset for offset, _, _ in statements),
        numbers=tuple(number for _, number, _ in statements),
        listed=frozenset(
            name
            for works in wanted.values()
            for _, name in works
            if isinstance(name, int)
        ),
        left_out_count=left_out_count(parts.sub_articles, references),
    )


_Work = tuple[str | None, str | int]
"""A cited work: its DOI, and what tells it from others: its place among those asked
for, or a text."""

_Wanted = dict[int, list[_Work]]
"""Place of a reference to the works that it tells of: several, if it is 7a and 7b."""


def _wanted(references: References, cited: Sequence[CitedWork] | None) -> _Wanted:
    found: _Wanted = {}
    for entry in references.entries:
        works: list[_Work]
        if cited is None:
            dois = dict.fromkeys([work.doi for work in entry.works])
            works = [(doi, doi) for doi in dois if doi]
            works = works or [(None, f"#{entry.place}")]
        else:
            works = [
                (work.doi, number)
                for number, work in enumerate(cited)
                if any(is_same_work(work, told) for told in entry.works)
            ]
        if works:
            found[entry.place] = works
    return found


def is_same_work(asked: CitedWork, told: ToldWork) -> bool:
    """Whether a reference tells of the work that is asked for."""
    for scheme in ("doi", "pmid", "pmcid"):
        value = getattr(told, scheme)
        if value is not None and (
            value == getattr(asked, scheme) or f"{scheme}:{value}" in asked.also
        ):
            return True
    if asked.title is None or told.title is None or told.doi is not None:
        return False
    return bool(comparable(asked.title)) and comparable(asked.title) == comparable(
        told.title
    )


def comparable(title: str) -> str:
    """A title without case, signs and white space."""
    return _NOT_TEXT.sub("", title.casefold())


def _statements(
    block: Block,
    standing: Standing,
    some: Sequence[Reached],
    wanted: _Wanted,
    references: References,
) -> Iterator[tuple[int, int | None, CitationStatement]]:
    """Where each sentence begins in the block, about whom it is, and the statement."""
    entries = references.entries
    starts = sentence_starts(block.masked)
    groups: dict[tuple[int, _Work], list[Reached]] = {}
    for one in some:
        index = sentence_at(starts, one.at)
        for work in wanted[one.place]:
            groups.setdefault((index, work), []).append(one)
    texts = _Texts(block.text, starts)
    for (index, (doi, name)), group in groups.items():
        # A work that two references of one citation reach is cited once.
        markers = tuple({one.at: one.marker for one in group}.values())
        statement = CitationStatement(
            cited_doi=doi,
            ref_ids=_each_once([entries[one.place].ref_id for one in group]),
            section_title=standing.title,
            section=standing.section,
            text=texts[index] or "",
            before=texts[index - 1],
            after=texts[index + 1],
            markers=markers,
            mention_count=len(markers),
            location=standing.location,
        )
        yield starts[index], name if isinstance(name, int) else None, statement


def _each_once(ref_ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref_ids) if len(ref_ids) > 1 else ref_ids)


class _Texts(dict[int, str | None]):
    """The sentences of a text by their index; None where there is none."""

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        super().__init__({-1: None, len(starts): None})
        self._text = text.replace(BREAK, " ")
        self._bounds = [*starts, len(text)]

    def __missing__(self, index: int) -> str | None:
        start, end = self._bounds[index : index + 2]
        found = " ".join(self._text[start:end].split()) or None
        self[index] = found
        return found


def _normal(normalise: Callable[[str], str], text: str | None) -> str | None:
    if not text:
        return None
    try:
        return normalise(text)
    except ValueError:
        return None
