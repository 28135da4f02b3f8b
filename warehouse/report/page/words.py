"""The words of pages: names of facets and their values, numbers, marked sentences."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup, escape

from schemas.citing_side import ReportedStatement
from schemas.slice import FacetName

FACET_TITLES: Final[Mapping[FacetName, str]] = {
    "section": "Section",
    "stance": "Stance",
    "year": "Year",
    "type": "Publication type",
    "relationship": "Relationship",
    "author": "Author",
    "journal": "Journal",
    "source": "Source",
}

STANCES: Final[Mapping[str, str]] = {
    "supporting": "presents evidence that agrees with the cited finding",
    "mentioning": "everything else: background, use of a method, praise, or in doubt",
    "contrasting": "presents evidence that differs",
    "unclassified": "there is no text to judge",
}

ORDERING_TITLES: Final[Mapping[str, str]] = {
    "relevance": "Relevance",
    "newest": "Newest",
    "oldest": "Oldest",
    "confidence": "Confidence of the stance",
    "most_cited": "Most cited citing work",
}

_BRACKETS: Final = re.compile(r"\[[^\]]*\]|\([^)]*\)")
"""In which in-text citations stand."""

_CREATIVE_COMMONS: Final = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/(\d\.\d)"
)

_NOT_KNOWN: Final = "not known"
_WHOLE_PERCENT: Final = 0.995
"""From here on a share would be rounded up to all."""


def number(value: int | None) -> str:
    """``1,234``; None: ``not known``."""
    return _NOT_KNOWN if value is None else f"{value:,}"


def counted(value: int | None, one: str, many: str | None = None) -> str:
    """``1 work``, ``2 works``; None: ``not known how many works``."""
    several = many or f"{one}s"
    if value is None:
        return f"not known how many {several}"
    return f"{value:,} {one if value == 1 else several}"


def percent(share: float | None) -> str:
    """A share of 1 in whole percent, never rounded up to all; None: ``not known``."""
    if share is None:
        return _NOT_KNOWN
    return f"{100 * min(share, _WHOLE_PERCENT - 0.0001 if share < 1 else 1):.0f} %"


def spoken(name: str | None) -> str:
    """A term of ours as people write it: ``journal-article`` is `Journal article`."""
    if not name:
        return _NOT_KNOWN
    text = name.replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]


def value_label(
    facet: FacetName, value: str, label: str, titles: Mapping[str, str]
) -> str:
    """What people call a value of a facet.

    Args:
        facet: it stands in.
        value: what it is chosen by.
        label: what the citing works print.
        titles: names of the sources, by their names.
    """
    if facet == "source":
        return titles.get(value, spoken(value))
    if facet == "relationship":
        return "Self-citation" if value == "self" else spoken(value)
    if facet == "journal" and label == value:
        return value.split(":", 1)[-1]
    return label if facet in {"author", "journal", "year"} else spoken(value)


def marked(statement: ReportedStatement) -> Markup:
    """The sentence, safe to show, with its in-text citations marked.

    A marker that cannot be told from the same characters elsewhere is not marked.
    """
    text, done = statement.text, 0
    parts: list[Markup] = []
    for start, end in _places(text, statement.markers):
        if start >= done:
            parts.append(escape(text[done:start]))
            parts.append(Markup("<mark>{}</mark>").format(text[start:end]))
            done = end
    return Markup().join([*parts, escape(text[done:])])


def licence_name(licence: str | None) -> str:
    """``CC BY 4.0`` of an address of Creative Commons; others as they are given."""
    if not licence:
        return "licence not known"
    found = _CREATIVE_COMMONS.search(licence)
    if found is None:
        return licence
    kind, version = found.groups()
    if kind == "zero":
        return f"CC0 {version}"
    return f"CC {kind.upper()} {version}"


def _places(text: str, markers: Iterable[str]) -> list[tuple[int, int]]:
    """Where the markers stand: start and end, in order."""
    found: list[tuple[int, int]] = []
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    for marker in dict.fromkeys(markers):
        if not marker:
            continue
        whole = re.compile(rf"(?<![\w.]){re.escape(marker)}(?!\w|\.\d)")
        spans = [match.span() for match in whole.finditer(text)]
        inside = [
            (start, end)
            for start, end in spans
            if any(left <= start and end <= right for left, right in brackets)
        ]
        if inside or len(spans) == 1:
            found += inside or spans
    return sorted(found)
