"""Where a block stands: its section and the kind of it; in a table, a note, a box."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.statements.article import Element, plain_text
from schemas.statement import Location, SectionKind

_LOCATIONS: Final[dict[str, Location]] = {
    "abstract": "abstract",
    "trans-abstract": "abstract",
    "table-wrap": "table",
    "table-wrap-group": "table",
    "fig": "figure",
    "fig-group": "figure",
    "boxed-text": "box",
    "fn": "footnote",
    "app": "appendix",
    "app-group": "appendix",
}
"""By the nearest of these around the block; a footnote of a table is the table's."""

_WORDS: Final[dict[SectionKind, frozenset[str]]] = {
    "introduction": frozenset(
        "introduction introductory intro background main rationale introduccion"
        " introducao einleitung".split()
    ),
    "methods": frozenset(
        "material materials method methods methodology methodologies procedure"
        " procedures experimental experiment experiments patients participants protocol"
        " protocols metodos metodologia methodes methoden materiel materiales"
        " materiais".split()
    ),
    "results": frozenset(
        "result results findings resultados resultats ergebnisse".split()
    ),
    "discussion": frozenset(
        "discussion discussions disscussion discusion discussao diskussion".split()
    ),
    "conclusion": frozenset(
        "conclusion conclusions concluding outlook perspective perspectives prospects"
        " conclusiones conclusoes conclusao finales finais schlussfolgerungen".split()
    ),
}
"""What names a part of an article, without accents, in the languages of the sample."""

_FILLING: Final = frozenset(
    "a aims analyses analysis and animals approach behind brief closing collection"
    " computational consideraciones consideracoes data description design detailed"
    " directions e et final for further future general implications in interpretation"
    " la le limitations objectives of online open or our overall overview paragraph"
    " practical prospective questions recommendations remarks scientific section star"
    " statistical strategy studies study subject subjects summary the"
    " this to und via way with work y".split()
)
"""What may stand beside it. Any other word makes the heading a topic: "Developments in
analytical methods" is no methods section."""

_WHOLE: Final[dict[str, SectionKind]] = {
    "study design": "methods",
    "design": "methods",
    "study population": "methods",
    "study area": "methods",
    "study site": "methods",
    "data collection": "methods",
    "data analysis": "methods",
    "data analyses": "methods",
    "statistical analysis": "methods",
    "statistical analyses": "methods",
    "statistics": "methods",
}
"""Headings of which no word alone says it."""

_TYPES: Final[dict[str, SectionKind]] = {
    "intro": "introduction",
    "introduction": "introduction",
    "background": "introduction",
    "methods": "methods",
    "materials": "methods",
    "materials and methods": "methods",
    "subjects": "methods",
    "cases": "results",
    "results": "results",
    "discussion": "discussion",
    "discussions": "discussion",
    "conclusions": "conclusion",
    "conclusion": "conclusion",
}
"""Of sec-type, the values that JATS and PMC name, and those that publishers use."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMERALS: Final = frozenset("i ii iii iv v vi vii viii ix x".split())
_PARENTHESIS: Final = re.compile(r"\([^)]*\)|[,:].*")


_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words}


class Standing(NamedTuple):
    """Where a block stands.

    Attributes:
        title: of the sections around it, outermost first, joined by " > "; None:
            none has a title.
    """

    title: str | None
    section: SectionKind
    location: Location


class Sections:
    """The sections of an article; looks each of them up once."""

    def __init__(self, article: Element) -> None:
        self._known: dict[Element, tuple[str | None, SectionKind | None]] = {}
        self._stand: dict[Element, Standing] = {}
        self._opening = _opening(article)

    def standing(self, element: Element) -> Standing:
        """Where a block stands."""
        parent = element.getparent()
        if element in self._opening or parent is None:
            return self._look(element)
        if parent not in self._stand:  # all that stand side by side stand alike
            self._stand[parent] = self._look(element)
        return self._stand[parent]

    def _look(self, element: Element) -> Standing:
        location: Location = "body"
        path: list[tuple[str | None, SectionKind | None]] = []
        outermost = element
        for around in element.iterancestors():
            tag = around.tag
            if tag == "sec":
                path.append(self._section(around))
            elif tag in _LOCATIONS:
                location = _nearest(location, _LOCATIONS[tag])
            if tag in ("body", "back", "front", "article"):
                break
            outermost = around
        path.reverse()
        titles = [title for title, _ in path if title]
        kinds = [kind for _, kind in path if kind]
        if kinds:
            kind = kinds[0]
        else:
            kind = (
                "introduction" if not path and outermost in self._opening else "other"
            )
        return Standing(" > ".join(titles) or None, kind, location)

    def _section(self, sec: Element) -> tuple[str | None, SectionKind | None]:
        if sec not in self._known:
            title = sec.find("title")
            text = plain_text(title) if title is not None else ""
            self._known[sec] = (text or None, kind_of(text, sec.get("sec-type")))
        return self._known[sec]


@lru_cache(maxsize=1024)
def kind_of(title: str, sec_type: str | None = None) -> SectionKind | None:
    """The kind of a section by its title, else by its sec-type; None: neither tells.

    Of two kinds in one title ("Results and Discussion") the one that is named first.
    """
    kinds: list[SectionKind] = []
    words = _words(title)
    if whole := _WHOLE.get(" ".join(words)):
        return whole
    for word in words:
        if kind := _KINDS.get(word):
            kinds.append(kind)
        elif word not in _FILLING:
            kinds.clear()
            break
    if kinds:
        return kinds[0]
    for part in (sec_type or "").casefold().split("|"):
        if part in _TYPES:
            return _TYPES[part]
    return None


def _words(title: str) -> list[str]:
    """The words of a heading, without its number, accents and asides."""
    plain = title.casefold()
    if not plain.isascii():
        plain = "".join(
            sign
            for sign in unicodedata.normalize("NFKD", plain)
            if not unicodedata.combining(sign)
        )
    return [
        word
        for word in _WORD.findall(_PARENTHESIS.sub("", plain))
        if word not in _NUMERALS
    ]


def _nearest(had: Location, found: Location) -> Location:
    """The inner one counts, but for a note: that of a table is the table's."""
    if had == "body" or (had == "footnote" and found in ("table", "figure")):
        return found
    return had


def _opening(article: Element) -> set[Element]:
    """Paragraphs before the first section of a body that has sections that are named.

    Such an article opens without a heading, as letters to Nature do.
    """
    body = article.find("body")
    if body is None:
        return set()
    sections = [child for child in body if child.tag == "sec"]
    named = {kind_of(plain_text_of(sec), sec.get("sec-type")) for sec in sections}
    if not named & {"methods", "results", "discussion"} or "introduction" in named:
        return set()
    opening = set()
    for child in body:
        if child.tag == "sec":
            break
        opening.add(child)
    return opening


def plain_text_of(sec: Element) -> str:
    """The title of a section; empty if it has none."""
    title = sec.find("title")
    return plain_text(title) if title is not None else ""
