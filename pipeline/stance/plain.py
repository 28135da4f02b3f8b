"""Sentences that say themselves that their work differs from the one they cite.

"Our results are in contrast to those of [1]": no figure is compared, no word weighed,
and no other work stands between the word and the citation. Such a sentence needs less
of the network's consent than any other.
"""

import re
from typing import Final

from pipeline.stance.wording import OTHER, TARGET

_OURS: Final = re.compile(
    r"\b(?:our|this|these|(?:the )?(?:present|current))"
    r" (?:\w+ )?(?:results?|findings?|data|stud(?:y|ies)|trial|observations?|work"
    r"|analys[ei]s|experiments?|values?|fact)\b"
    r"|\bours\b|\bwe (?:\w+ )?(?:found|find|observed?|did not|could not|failed|detected"
    r"|noted|saw|show|showed|report|reported)\b"
    r"|(?:^|however , |however, |but )this (?:is|was|contrasts|differs|contradicts"
    r"|disagrees)\b"
)
"""What the citing work has found: not what it uses or chooses."""

_DIFFERS: Final = (
    r"(?:in (?:\w+ )?contrast (?:to|with)|contrary to|contrast(?:s|ed|ing)? (?:to|with)"
    r"|unlike|differ(?:s|ed|ent)? (?:\w+ )?(?:from|to|than)"
    r"|inconsistent with|not (?:\w+ )?(?:consistent with"
    r"|in (?:line|agreement|accord\w*|keeping) with|supported|confirmed"
    r"|(?:confirm|support|agree|replicate)\b)|contradict\w*|disagree\w*"
    r"|conflict\w* with|at (?:odds|variance) with|opposite (?:to|of)"
    r"|in (?:disagreement|conflict|contradiction|opposition) (?:with|to)"
    r"|discrepan\w* (?:between|with|from))"
)

_PAST_NO_OTHER: Final = rf"(?:(?!{re.escape(OTHER)})[^;]){{0,200}}?"
_AND_OTHERS: Final = (
    rf"(?:{re.escape(OTHER)} ?(?:,|and|&|or)(?:(?!{re.escape(OTHER)})[^;.]){{0,60}}?)"
)
_SAYS: Final = re.compile(
    rf"{_DIFFERS}{_PAST_NO_OTHER}{_AND_OTHERS}{{0,3}}{re.escape(TARGET)}"
)


def says_it_differs(marked: str) -> bool:
    """Whether a marked sentence says that the citing work differs from the one meant.

    Args:
        marked: the sentence with its citations as tokens, see
            `pipeline.stance.wording.marked`.
    """
    text = marked.lower()
    return bool(_SAYS.search(text) and _OURS.search(text))
