"""Abstracts as plain text with their paragraphs."""

import html
import re
from collections.abc import Iterator
from typing import Final

import orjson

from pipeline.wire.text import bare_text

_BLOCK: Final = re.compile(
    r"<(?P<close>/?)(?:[a-z]\w*:)?(?P<name>title|h[1-6]|p|div|sec|section|list|list-item"
    r"|[uo]l|li|d[ltd]|table|tr|blockquote|disp-quote)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
"""Tags that begin or end a paragraph, in JATS or in HTML."""

_HEADING: Final = re.compile(r"title|h[1-6]", re.IGNORECASE)
_BREAK: Final = r"<(?:[a-z]\w*:)?br(?:eak)?\b[^<>]*>"
_TWO_BREAKS: Final = re.compile(rf"(?:{_BREAK}\s*){{2,}}", re.IGNORECASE)
_CELL: Final = re.compile(r"</?(?:[a-z]\w*:)?t[dh]\b[^<>]*>", re.IGNORECASE)
_BLANK_LINE: Final = re.compile(r"\n\s*\n")
_LINE_IN_CAPITALS: Final = re.compile(
    r"\s*([A-Z][A-Z &/,-]{2,60}):?[ \t]*\n(.+)", re.DOTALL
)
"""How PubMed heads a paragraph where there are no tags."""

_OWN_NAME: Final = re.compile(r"abstract\s*(?::\s*|\.\s+)", re.IGNORECASE)
"""Where it is not marked as a heading."""

_MAX_WORDS: Final = 100_000
"""No abstract has as many; OpenAlex has whole books under this name."""


def abstract_text(value: str | None) -> str | None:
    """An abstract without tags and entities, an empty line between its paragraphs.

    A heading stands before its paragraph, ``Methods: We asked 12 people.``; that an
    abstract is headed "Abstract" is left out. None for None and for an abstract with
    nothing in it.
    """
    if not value:
        return None
    text = _TWO_BREAKS.sub("<p>", html.unescape(value))
    parts = _tagged(text) if _BLOCK.search(text) else _untagged(text)
    return _without_own_name("\n\n".join(_headed(parts))) or None


def abstract_of_index(index: object) -> str | None:
    """The abstract that OpenAlex sends as an index: each word with its places.

    Former answers have the index in another, or as JSON in a text. None for None, and
    for what is no such index: that must not cost the work.

    Source: https://docs.openalex.org (abstract_inverted_index), read in 2026.
    """
    if isinstance(index, str):
        try:
            index = orjson.loads(index)
        except orjson.JSONDecodeError:
            return None
    if isinstance(index, dict) and isinstance(index.get("InvertedIndex"), dict):
        index = index["InvertedIndex"]
    if not isinstance(index, dict):
        return None
    placed = [
        (place, word)
        for word, places in index.items()
        if isinstance(word, str) and isinstance(places, list)
        for place in places
        if isinstance(place, int)
    ]
    if len(placed) > _MAX_WORDS:
        return None
    return abstract_text(" ".join(word for _, word in sorted(placed)))


def _tagged(text: str) -> Iterator[tuple[bool, str]]:
    """Headings (True) and paragraphs in their order; some have nothing in them."""
    start, is_heading = 0, False
    for tag in _BLOCK.finditer(text):
        yield is_heading, _bare(text[start : tag.start()])
        start = tag.end()
        opens = not tag["close"] and not tag.group().endswith("/>")
        is_heading = opens and bool(_HEADING.fullmatch(tag["name"]))
    yield is_heading, _bare(text[start:])


def _untagged(text: str) -> Iterator[tuple[bool, str]]:
    for part in _BLANK_LINE.split(text):
        headed = _LINE_IN_CAPITALS.fullmatch(part)
        if headed:
            yield True, _bare(headed[1])
        yield False, _bare(headed[2] if headed else part)


def _bare(text: str) -> str:
    return bare_text(_CELL.sub(" ", text))


def _headed(parts: Iterator[tuple[bool, str]]) -> Iterator[str]:
    """Paragraphs, each behind its heading; a heading without one stands alone."""
    heading = ""
    for is_heading, text in parts:
        if not text:
            continue
        if is_heading:
            if heading:
                yield heading
            bare = text.rstrip(" :.")
            heading = "" if bare.casefold() == "abstract" else bare
        else:
            yield _behind(heading, text) if heading else text
            heading = ""
    if heading:
        yield heading


def _behind(heading: str, text: str) -> str:
    return f"{heading} {text}" if heading.endswith(("?", "!")) else f"{heading}: {text}"


def _without_own_name(text: str) -> str:
    named = _OWN_NAME.match(text)
    return text[named.end() :] if named else text
