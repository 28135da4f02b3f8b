"""Titles and names as plain text."""

import html
import re
from typing import Final

import nh3

_NOT_A_TAG: Final = re.compile(r"<(?!/?[A-Za-z!][^<>]*>)")
_BREAK: Final = re.compile(
    r"</?(?:jats:)?(?:br|p|div|li|title|sec|break)\b[^<>]*>", re.IGNORECASE
)
_TAG_NAME: Final = re.compile(r"<(/?)(?=[A-Za-z])")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f]")

# Beside a formula in MathML they hold it a second time, as TeX.
_HAS_MATHML: Final = re.compile(r"<(?:mml:)?math\b", re.IGNORECASE)
_SAID_TWICE: Final = {
    "x:annotation",
    "x:mml:annotation",
    "x:tex-math",
    "x:jats:tex-math",
}


def plain_text(value: str | None) -> str | None:
    """The text without HTML, JATS or MathML tags and entities, whitespace folded.

    Entities are undone before and after the tags go, as sources escape twice; a ``<``
    that opens no tag is kept (``p < 0.05``), and so is text that would be tags only.
    None for None and for text with nothing in it.
    """
    if value is None:
        return None
    return bare_text(value) or _folded(value) or None


def bare_text(value: str) -> str:
    """As `plain_text`, but of tags only nothing is left: an empty text."""
    return _folded(_without_markup(value) if "<" in value or "&" in value else value)


def _without_markup(value: str) -> str:
    text = _BREAK.sub(" ", html.unescape(value))
    if "<" in text:
        said_twice = _SAID_TWICE if _HAS_MATHML.search(text) else set()
        # With a strange name each tag is only a tag: the sanitiser would drop whole
        # elements of MathML and SVG, and read <title> or <table> by their own rules.
        strange = _TAG_NAME.sub(r"<\1x:", _NOT_A_TAG.sub("&lt;", text))
        text = nh3.clean(strange, tags=set(), clean_content_tags=said_twice)
    return html.unescape(text)


def _folded(text: str) -> str:
    # What is printable has no control characters, and most texts are.
    bare = text if text.isprintable() else _CONTROL.sub("", text)
    return " ".join(bare.split())
