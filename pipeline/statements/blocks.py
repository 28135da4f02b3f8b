"""From markup to text: paragraphs, cells and titles, with where they cite what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pipeline.statements.article import Element
from pipeline.statements.references import References

BLOCKS: Final = frozenset(
    {
        "attrib",
        "caption",
        "def",
        "disp-quote",
        "label",
        "license-p",
        "list-item",
        "p",
        "product",
        "subtitle",
        "td",
        "term",
        "th",
        "title",
        "verse-line",
    }
)
"""What holds text of its own. A citation belongs to the nearest of them around it."""

_APART: Final = frozenset(
    {
        "boxed-text",
        "disp-quote",
        "fig",
        "fig-group",
        "fn",
        "fn-group",
        "media",
        "p",
        "ref-list",
        "sec",
        "supplementary-material",
        "table-wrap",
        "table-wrap-group",
        "title",
    }
)
"""What may stand inside of a paragraph and is no part of its text."""

_HOLDING: Final = BLOCKS | _APART
"""Where text is read from: a citation that stands in none of the first is in these."""

_BREAKING: Final = frozenset({"break", "def-list", "list", "speech", "verse-group"})
"""What ends a sentence of the paragraph that it stands in."""

_SILENT: Final = frozenset(
    {"annotation", "graphic", "inline-graphic", "inline-media", "tex-math"}
)
"""What is not read as text: formulas are there a second time, in TeX."""

_NOT_OF_IT: Final = _APART | _SILENT

BREAK: Final = "\u2029"
"""PARAGRAPH SEPARATOR: ends a sentence; one place long, as all that is masked."""


class Mention(NamedTuple):
    """A place in a text that is tagged as a citation.

    Attributes:
        start, end: in the text of its block.
        places: of the references that it names, in order.
        is_raised: it stands in superscript.
    """

    start: int
    end: int
    places: tuple[int, ...]
    is_raised: bool


@dataclass
class Block:
    """The text of a paragraph, a cell or a title.

    Attributes:
        element: where it comes from.
        text: as it stands there, white space and all; `BREAK` where a list stood.
        masked: of the same length, for finding sentences: each citation is a row of X,
            or of blanks if it is raised, so that no dot in it ends a sentence.
        mentions: in order.
    """

    element: Element
    text: str = ""
    masked: str = ""
    mentions: list[Mention] = field(default_factory=list)


class Citations:
    """The citations of an article: cross-references that name one of its references.

    By their rid, whatever their ref-type says.

    Args:
        xrefs: all cross-references of the article, in order.
    """

    def __init__(self, xrefs: Iterable[Element], references: References) -> None:
        self._named = {
            xref: places
            for xref in xrefs
            if (places := references.named(xref.get("rid")))
        }

    def __len__(self) -> int:
        return len(self._named)

    def blocks(self) -> Iterator[Block]:
        """The blocks that cite something, in order of the text."""
        done = set()
        for xref in self._named:
            element = _block_around(xref)
            if element not in done:
                done.add(element)
                yield _Reader(self._named).read(element)


def left_out_count(sub_articles: Iterable[Element], references: References) -> int:
    """Citations in sub-articles, of their own references or of the article's."""
    count = 0
    for sub in sub_articles:
        own = {ref.get("id") for ref in sub.iter("ref")}
        for xref in sub.iter("xref"):
            rid = xref.get("rid") or ""
            count += bool(references.named(rid)) or not own.isdisjoint(rid.split())
    return count


def _block_around(xref: Element) -> Element:
    element = xref.getparent()
    while element.tag not in _HOLDING:
        parent = element.getparent()
        if parent is None or parent.tag == "article":
            break
        element = parent
    return element


class _Reader:
    """Puts the text of an element together."""

    def __init__(self, named: Mapping[Element, tuple[int, ...]]) -> None:
        self._named = named
        self._text: list[str] = []
        self._masks: list[tuple[int, int, str]] = []
        self._length = 0
        self._mentions: list[Mention] = []

    def read(self, element: Element) -> Block:
        """The text of a block."""
        self._inside(element, is_raised=False)
        text = "".join(self._text)
        return Block(element, text, _masked(text, self._masks), self._mentions)

    def _inside(self, element: Element, *, is_raised: bool) -> None:
        is_citing = is_raised and element.find("xref") is not None
        if text := element.text:
            self._put(text, " " if is_citing else "")
        for child in element:
            tag = child.tag
            if tag == "xref" and (places := self._named.get(child)):
                self._cite(child, places, is_raised=is_raised)
            elif tag in _BREAKING:
                self._put(BREAK)
            elif tag not in _NOT_OF_IT:
                self._inside(child, is_raised=is_raised or tag == "sup")
            if tail := child.tail:
                self._put(tail, " " if is_citing else "")

    def _put(self, text: str, mask: str = "") -> None:
        start = self._length
        self._text.append(text)
        self._length += len(text)
        if mask:
            self._masks.append((start, self._length, mask))

    def _cite(self, xref: Element, places: tuple[int, ...], *, is_raised: bool) -> None:
        if len(xref):
            text = "".join(xref.itertext())
            is_raised = is_raised or _is_only_raised(xref)
        else:
            text = xref.text or ""
        start = self._length
        self._put(text, " " if is_raised else "X")
        self._mentions.append(Mention(start, self._length, places, is_raised))


def _masked(text: str, masks: Iterable[tuple[int, int, str]]) -> str:
    """A text with a sign in the place of all that stands from start to end."""
    pieces: list[str] = []
    at = 0
    for start, end, sign in masks:
        pieces += text[at:start], sign * (end - start)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _is_only_raised(xref: Element) -> bool:
    """Whether all of its text stands in a sup of its own."""
    return len(xref) == 1 and xref[0].tag == "sup" and not (xref.text or "").strip()
