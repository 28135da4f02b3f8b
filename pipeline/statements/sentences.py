"""Where a sentence ends in scientific prose.

A full stop after a plain word, before what may begin a sentence, ends one. Where that
is in doubt `sentencex` judges: it knows languages and their abbreviations, and is fast.
What it lacks is added here, as seen in articles: sentences that end in a bracket,
citations after the full stop, abbreviations of taxonomy and of figures, names of genes
that begin in lower case. Citations are masked before (see `blocks`), so that no dot in
"et al., 2010" is met at all.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Final

from sentencex import get_sentence_boundaries

from pipeline.statements.blocks import BREAK

_AFTER_STOP: Final = r"""
    (?P<closing> [\])"'\u201d\u2019\u00bb]* )
    (?P<cited> (?: \s* [\[(] (?= [^\])]{0,300} X )
                   [X\d,;\s\u2010-\u2015\u2212-]{1,300} [\])] )? )
    \s+
    (?= [\["'\u201c\u2018\u00ab(]* (?P<next> [^\W_] ) )
"""
"""What closes, a citation that comes late, white space, and what may begin."""

_FULL_STOP: Final = re.compile(rf"(?P<stop> [.] ) {_AFTER_STOP}", re.VERBOSE)
_OTHER_STOPS: Final = "!?\u2026"
_OTHER_STOP: Final = re.compile(
    rf"(?P<stop> [{_OTHER_STOPS}] ) {_AFTER_STOP}", re.VERBOSE
)
"""Apart, as one sign is found much faster than any of several."""

_LATE: Final = re.compile(r"([.!?])(X+(?:[,\u2010-\u2015-]X+)*)(?=\s|$)")
"""A citation glued to the full stop though it is not marked as raised: weeks.12 The."""

_BARE: Final = re.compile(
    r"[\s\[(]*(?:see|cf\.|e\.g\.,?)?[X\d\W_]*X[X\d\W_]*(?:pp?\.[\d\W_]*)?"
)
"""Nothing but citations: [1, 2]. (Voorrips, 2002). (Sade, 1797, p. 323)."""

_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*X[^()]*[^().!?]\)[.\s]*")
"""A sentence that is one bracket with a citation in it: (Raboy et al. 2000). The full
stop has come too early; in a sentence of its own it stands inside of the bracket."""

_LONGEST_BARE: Final = 300

_INNER_CAPITAL: Final = re.compile(r"[a-z]{1,5}(?:-?[A-Z]|\d)")
"""mRNA, dCas9, p53-: begins a sentence though it is in lower case."""

_NEVER_LAST: Final = frozenset(
    """
    al cca chr fig figs eq eqs eqn eqns ref refs suppl supp vs cf ca approx resp viz i.e
    e.g ie eg no nos vol vols ed eds pp dr prof mr mrs ms st sect subsp ssp var pv cv f
    tab chap ch sec extended nat proc acad j med sci int univ dept
    """.split()
)
"""What no sentence ends with, in lower case, without its dot."""

_SELDOM_LAST: Final = frozenset(
    "sp spp etc inc ltd co corp p.m a.m u.s u.k min max h hr hrs s wt v l d".split()
)
"""What may end a sentence: it does if the next word is one that begins sentences."""

_BEGINS: Final = frozenset(
    """
    a after all also although among an and another as at because before besides both but
    by compared consequently currently despite due during each even finally first for
    from furthermore given hence here however if importantly in indeed interestingly it
    its later moreover most nevertheless next no notably on one only other our overall
    previous previously recent recently second several similarly since some specifically
    still such taken that the their then there therefore these they this those though
    thus to together two under until using we what when where whereas while with yet
    """.split()
)
"""Words that begin sentences, in lower case."""

_NEXT_WORD: Final = re.compile(r"[\"'\u201c\u2018(\[]*([^\W\d_]+)")
_LONGEST_WORD: Final = 30


def sentence_starts(masked: str) -> list[int]:
    """Where the sentences of a text begin, in order; the first at 0.

    White space before a sentence belongs to the one before it, and so does a citation
    that follows the full stop.

    Args:
        masked: a text with its citations masked; empty: it has one sentence, at 0.
    """
    starts = {0}
    if ".X" in masked or "!X" in masked or "?X" in masked:
        masked = _LATE.sub(lambda found: found[1] + " " * len(found[2]), masked)
    judge = _Judge(masked)
    candidates = [_FULL_STOP.finditer(masked)]
    if any(stop in masked for stop in _OTHER_STOPS):
        candidates.append(_OTHER_STOP.finditer(masked))
    for found in chain.from_iterable(candidates):
        if _ends(masked, found, judge):
            starts.add(found.end())
    at = masked.find(BREAK)
    while at >= 0:
        starts.add(at + 1)
        at = masked.find(BREAK, at + 1)
    return _without_bare_citations(masked, sorted(starts))


def _without_bare_citations(masked: str, starts: list[int]) -> list[int]:
    """A citation that stands for itself after a full stop is that sentence's."""
    kept = starts[:1]
    ends = [*starts[1:], len(masked)]
    for start, end in zip(starts[1:], ends[1:], strict=True):
        is_bare = (
            end - start < _LONGEST_BARE
            and masked[start - 1] != BREAK
            and "X" in masked[start:end]
            and (
                _BARE.fullmatch(masked, start, end)
                or _IN_BRACKETS.fullmatch(masked, start, end)
            )
        )
        if not is_bare:
            kept.append(start)
    return kept


def sentence_at(starts: Sequence[int], place: int) -> int:
    """The index of the sentence that a place of the text belongs to."""
    return bisect_right(starts, place) - 1


class _Judge:
    """Where `sentencex` begins a sentence; it is asked when the first doubt comes."""

    def __init__(self, masked: str) -> None:
        self._masked = masked

    def begins(self, at: int) -> bool:
        """Whether it begins one here, past any white space."""
        return at in self._found

    @cached_property
    def _found(self) -> set[int]:
        masked, found = self._masked, set()
        for each in get_sentence_boundaries("en", masked):
            at = each["end_index"]
            while at < len(masked) and masked[at].isspace():
                at += 1
            found.add(at)
        return found


def _ends(masked: str, found: re.Match[str], judge: _Judge) -> bool:
    stop, closing, cited, follows = found.groups()
    if follows.islower() and not _INNER_CAPITAL.match(masked, found.start("next")):
        return False
    if stop in "!?":
        return not closing or judge.begins(found.end())
    at = found.start()
    word = _word_before(masked, at)
    if word in _NEVER_LAST:
        return False
    if word in _SELDOM_LAST or (len(word) == 1 and word.isalpha()):
        return _is_opening(masked, found.end())
    if closing and not cited:  # (Schwein.) Petch; but (as they say.) The
        return _is_opening(masked, found.end()) or judge.begins(found.end())
    return (
        _is_plain(word) or _is_opening(masked, found.end()) or judge.begins(found.end())
    )


def _word_before(masked: str, at: int) -> str:
    """The word that ends at a place, in lower case; empty: there is none."""
    before = masked[max(0, at - _LONGEST_WORD) : at]
    if not before or before[-1].isspace():
        return ""
    word = before.split()[-1]
    if "(" in word or "[" in word:
        word = word[max(word.rfind("("), word.rfind("[")) + 1 :]
    return word.lower().lstrip("\"'\u201c\u2018")


def _is_opening(masked: str, at: int) -> bool:
    """Whether a word stands there that begins sentences."""
    word = _NEXT_WORD.match(masked, at)
    return word is not None and word[1][0].isupper() and word[1].lower() in _BEGINS


def _is_plain(word: str) -> bool:
    """A word, a number, a bracket: nothing that is written with a dot of its own."""
    return (
        word[-1:] in ")]%"
        or (len(word) > _LONG_ENOUGH and "." not in word)
        or word.isdigit()
    )


_LONG_ENOUGH: Final = 3
