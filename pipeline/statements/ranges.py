"""What a citation means beyond what it names: 7-10 is also 8 and 9.

Only the ends of a range may be tagged, or one of them, or the range may be the text of
one citation. What stands between the ends is taken from the numbers of the references,
never from their order alone; a reference that is tagged itself is not counted twice.
"""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from pipeline.statements.blocks import Block, Mention
from pipeline.statements.references import References

_DASH: Final = "[-\u2010-\u2015\u2212~]"
_BETWEEN: Final = re.compile(rf"[\])\s]*{_DASH}[\[(\s]*")
"""What makes one range of two citations: [7]-[10], 7-10, [7, 9]-[10]."""

_LONGEST_BETWEEN: Final = 12
_DASHES: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~")

_DASH_ONLY: Final = re.compile(rf"\s*{_DASH}\s*")
_UNTAGGED_END: Final = re.compile(
    rf"\s*{_DASH}\s*(\d{{1,4}})(?![\d%.°]|\s*(?:%|years))"
)
_UNTAGGED_START: Final = re.compile(rf"(?<![\d.])(\d{{1,4}})\s*{_DASH}\s*$")
_NUMBERS: Final = re.compile(rf"(\d{{1,4}})(?:\s*{_DASH}\s*(\d{{1,4}}))?")
_ONLY_NUMBERS: Final = re.compile(rf"(?:[\s\[\](),;\d]|{_DASH})*")
_LOOK_BACK: Final = 12

_SAME_MENTION: Final = re.compile(
    r"[\s,;(\[]*(?:(?:et\s+al|and\s+co-?workers|and\s+colleagues)\.?)?[\s,;(\[]*"
)
"""Between the author and the year of one citation, each tagged for itself."""


class Reached(NamedTuple):
    """A reference that a text cites, and how that is printed.

    Attributes:
        at: where in the text.
        place: of the reference.
        marker: the citation as printed, a range as a whole.
    """

    at: int
    place: int
    marker: str


def reached(block: Block, references: References) -> list[Reached]:
    """Every reference that a block cites, once for each time; in order of the text."""
    found = [
        Reached(mention.start, place, _marker(block, mention))
        for mention in _each_once(block)
        for place in _named(mention, block, references)
    ]
    for first, last in _ranges(block):
        found = _marked_inside(block, first, last, found)
        found += _inside_range(block, first, last, references)
    for index, mention in enumerate(block.mentions):
        if _is_beside_a_dash(block.text, mention):
            found += _half_tagged(block, index, references)
    return sorted(found, key=itemgetter(0))


def _each_once(block: Block) -> list[Mention]:
    """The mentions; one that is tagged in two parts (author, year) as a whole."""
    whole: list[Mention] = []
    for mention in block.mentions:
        before = whole[-1] if whole else None
        if before and before.places == mention.places and before.end < mention.end:
            between = block.text[before.end : mention.start]
            if _SAME_MENTION.fullmatch(between):
                whole[-1] = before._replace(end=mention.end)
                continue
        whole.append(mention)
    return whole


def _named(mention: Mention, block: Block, references: References) -> Sequence[int]:
    """What a citation names: by its rids, and by the numbers that it prints."""
    text = block.text[mention.start : mention.end]
    if len(mention.places) > 1 or len(text) < len("1,2"):
        return tuple(dict.fromkeys(mention.places))
    own = references.number_of(mention.places[0])
    if own is None or not _ONLY_NUMBERS.fullmatch(text):
        return mention.places
    places = list(mention.places)
    printed = _NUMBERS.findall(text)
    if str(own) not in {number for pair in printed for number in pair}:
        return mention.places  # these numbers are not those of the list
    for first, last in printed:
        places += references.between(int(first), int(last or first))
        if not last:
            places += references.numbered(int(first))
    return tuple(dict.fromkeys(places))


def _ranges(block: Block) -> list[tuple[int, int]]:
    """Pairs of mentions, by index, that are the ends of a range."""
    found = []
    mentions = block.mentions
    is_filling = [_is_filling(block, mention) for mention in mentions]
    for index, mention in enumerate(mentions[:-1]):
        if is_filling[index]:
            continue
        after = index + 1
        # Empty citations and one that is nothing but the dash stand inside of it.
        while after < len(mentions) - 1 and is_filling[after]:
            after += 1
        if mentions[after].start - mention.end > _LONGEST_BETWEEN:
            continue
        between = block.text[mention.end : mentions[after].start]
        if _BETWEEN.fullmatch(between):
            found.append((index, after))
    return found


def _is_filling(block: Block, mention: Mention) -> bool:
    text = block.text[mention.start : mention.end]
    if text[:1].isalnum():
        return False
    return not text.strip() or _DASH_ONLY.fullmatch(text) is not None


def _marked_inside(
    block: Block, first: int, last: int, found: Sequence[Reached]
) -> list[Reached]:
    """Citations that print nothing of their own, as they stand inside of a range."""
    start, end = block.mentions[first], block.mentions[last]
    marker = _squeezed(block.text[start.start : end.end])
    return [
        one._replace(marker=marker)
        if start.end <= one.at <= end.start and not one.marker
        else one
        for one in found
    ]


def _inside_range(
    block: Block, first: int, last: int, references: References
) -> list[Reached]:
    start, end = block.mentions[first], block.mentions[last]
    numbers = _number(block, start, references), _number(block, end, references)
    if numbers[0] is None or numbers[1] is None:
        return []
    tagged = {place for one in block.mentions[first : last + 1] for place in one.places}
    marker = _squeezed(block.text[start.start : end.end])
    return [
        Reached(start.start, place, marker)
        for place in references.between(numbers[0], numbers[1])
        if place not in tagged
    ]


def _is_beside_a_dash(text: str, mention: Mention) -> bool:
    start, end = mention.start, mention.end
    return not _DASHES.isdisjoint(text[max(0, start - 2) : start] + text[end : end + 2])


def _half_tagged(block: Block, index: int, references: References) -> list[Reached]:
    """What an untagged end adds: [7]-10, or 7-[10]."""
    text, mention = block.text, block.mentions[index]
    back = max(0, mention.start - _LOOK_BACK)
    own = _number(block, mention, references)
    if own is None:
        return []
    if after := _UNTAGGED_END.match(text, mention.end):
        is_last = index + 1 == len(block.mentions)
        if not is_last and block.mentions[index + 1].start < after.end():
            return []
        span = mention.start, after.end()
        places = references.between(own, int(after.group(1)))
    else:
        before = _UNTAGGED_START.search(text[back : mention.start])
        if not before:
            return []
        begins = back + before.start()
        if index and begins < block.mentions[index - 1].end:
            return []
        span = begins, mention.end
        places = references.between(int(before.group(1)), own)
    marker = _squeezed(text[span[0] : span[1]])
    return [
        Reached(mention.start, place, marker)
        for place in places
        if place not in mention.places
    ]


def _number(block: Block, mention: Mention, references: References) -> int | None:
    """The number that a citation prints, if it is that of the reference it names."""
    if len(mention.places) != 1:
        return None
    digits = re.sub(r"\D", "", block.text[mention.start : mention.end])
    own = references.number_of(mention.places[0])
    return own if digits and own == int(digits[:6]) else None


def _marker(block: Block, mention: Mention) -> str:
    return _squeezed(block.text[mention.start : mention.end])


def _squeezed(text: str) -> str:
    return " ".join(text.split())
