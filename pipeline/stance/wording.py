"""The sentence as the network reads it: which citation is meant, and what fits."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

TARGET: Final = "[unused1]"
OTHER: Final = "[unused2]"
"""Tokens that BERT's vocabulary keeps free: the citation meant, and any other. What a
citation prints, a number or a name, says nothing of the stance."""

_DASH: Final = "\u2010\u2013-"
"""Hyphen, en dash and, last in its class, hyphen-minus: inside of a range."""

_NUMBER: Final = r"\d{1,3}[a-z]?"
_MOST: Final = 60
"""Numbers in one citation, so that no text takes time by the square of its length."""

_CITATION: Final = re.compile(
    rf"\[\s*{_NUMBER}(?:\s*\]?\s*[,;{_DASH}]\s*\[?\s*{_NUMBER}){{0,{_MOST}}}\s*\]"
    r"|\([^()]{0,120}?\b(?:19|20)\d\d[a-z]?[^()]{0,120}?\)"
)
"""Numbers in brackets, or a year in parentheses with what stands around it."""

_RAISED: Final = re.compile(
    rf"(?<=[^\s\d])\d{{1,3}}(?:[,{_DASH}]\d{{1,3}}){{0,{_MOST}}}(?!\d|[.]\d)"
)
"""Numbers that cling to a word or to a full stop: they were raised in print."""

_Span = tuple[int, int]


def marked(text: str, marker: str | None) -> str:
    """The sentence with its citations as tokens.

    Args:
        text: the sentence.
        marker: the citation that is meant, or a part of it: the 2 of ``[1, 2]``. None,
            or one that does not stand there: none is told from the others.
    """
    text = _squeezed(text)
    around = [found.span() for found in _CITATION.finditer(text)]
    named = _squeezed(marker or "")
    meant = _meant(text, named, around) if named else None
    cited = dict.fromkeys(around, OTHER)
    if meant:
        cited = {
            span: name
            for span, name in cited.items()
            if span[1] <= meant[0] or span[0] >= meant[1]
        } | {meant: TARGET}
    said, at = [], 0
    for (start, end), name in sorted(cited.items()):
        said += [text[at:start], name]
        at = end
    return _squeezed(" ".join([*said, text[at:]]))


def _meant(text: str, marker: str, around: Sequence[_Span]) -> _Span | None:
    """Where the whole citation stands that a marker belongs to; None: nowhere."""
    places = [
        found.span()
        for found in re.finditer(re.escape(marker), text)
        if not _is_inside_number(text, *found.span())
    ]
    raised = [found.span() for found in _RAISED.finditer(text)]
    for spans in (around, raised):
        for start, end in spans:
            next_place = bisect_left(places, (start, start))
            if next_place < len(places) and places[next_place][1] <= end:
                return start, end
    return places[-1] if places else None


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _is_inside_number(text: str, start: int, end: int) -> bool:
    """Whether digits go on before or after it: the 3 of 30, or of 1.3."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    is_begun = text[start].isdigit() and re.search(r"\d[.]?$", before)
    goes_on = text[end - 1].isdigit() and re.match(r"[.]?\d", after)
    return bool(is_begun or goes_on)


def window(
    ids: Sequence[int], *, target: int, end: int, longest: int, head: int = 16
) -> list[int]:
    """Of a sentence that is too long, its beginning and what is around the citation.

    Args:
        ids: its tokens, the last of which ends it.
        target: the token of the citation that is meant.
        end: the token that ends a sentence.
        longest: so many tokens fit.
        head: so many of the beginning are kept in any case.
    """
    if len(ids) <= longest:
        return list(ids)
    at = ids.index(target) if target in ids else 0
    if at < longest - 8:  # it is among the first ones, with a few words after it
        return [*ids[: longest - 1], end]
    body = longest - head - 1
    # three quarters of the rest stand before the citation, one after it
    start = min(max(head, at - body * 3 // 4), len(ids) - 1 - body)
    return [*ids[:head], *ids[start : start + body], end]
