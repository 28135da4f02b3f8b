"""Citation statements: the sentences of an article that cite a work."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

SectionKind = Literal[
    "introduction", "methods", "results", "discussion", "conclusion", "other"
]
Location = Literal["body", "abstract", "table", "figure", "box", "footnote", "appendix"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CitedWork(_Frozen):
    """A work to look for in lists of references; in the normal form of each scheme.

    Attributes:
        pmid: digits.
        pmcid: with its prefix, such as PMC123.
        title: compared where a reference has no DOI.
        also: more identifiers of the same work, as tokens: ``doi:10.1/x``.
    """

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    title: str | None = None
    also: tuple[str, ...] = ()


class LookedFor(NamedTuple):
    """A cited work by its names, which `cited_key` stands for."""

    cited_key: str
    dois: list[str]
    pmids: list[str]
    pmcids: list[str]
    title: str | None


class CitationStatement(NamedTuple):
    """A sentence that cites a work.

    A tuple, as an article has a hundred of them and our own code makes them all: there
    is nothing to check, and a model would take a quarter of the time of reading it.

    Attributes:
        cited_doi: of the work; None: neither asked for nor told by the reference.
        ref_ids: of the references to this work that the sentence reaches, in order of
            mention, each once.
        section_title: titles of the sections around it, outermost first, joined by
            " > "; None: it stands in none.
        section: what kind of section that is.
        text: as printed, white space collapsed.
        before, after: the sentence before and after it in the same paragraph.
        markers: the citations of this work as printed, in order; one a mention.
        mention_count: how often the sentence cites the work, at least 1.
    """

    cited_doi: str | None
    ref_ids: tuple[str, ...]
    section_title: str | None
    section: SectionKind
    text: str
    before: str | None
    after: str | None
    markers: tuple[str, ...]
    mention_count: int
    location: Location


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an article says of the works that it cites.

    Attributes:
        doi, pmid, pmcid: of the article itself.
        licence: URL of its licence, or its name; None: it states none.
        reference_count: in its lists of references.
        citation_count: in-text citations that reach a reference; a range that was
            expanded is as many as its tagged parts.
        placed_count: those of them that stand in some sentence.
        statements: in order of the text; those of one sentence in order of mention.
        offsets: of each statement, the characters before its sentence in the paragraphs
            that cite anything: the same whatever was asked for.
        numbers: of each statement, the place from 0 of its work among those asked for;
            None: none were.
        listed: of the works asked for, by their places, those that some reference tells
            of, whether or not the text cites them; empty if none were asked for.
        left_out_count: citations in sub-articles, which are not the article.
    """

    doi: str | None
    pmid: str | None
    pmcid: str | None
    licence: str | None
    reference_count: int
    citation_count: int
    placed_count: int
    statements: tuple[CitationStatement, ...]
    offsets: tuple[int, ...]
    numbers: tuple[int | None, ...]
    listed: frozenset[int]
    left_out_count: int
