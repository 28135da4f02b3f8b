"""Words that give a stance away, and where they stand: what a small network overlooks.

Patterns for the marked sentence in lower case (see `pipeline.stance.wording`). What
each is worth was learned; a change here needs the model trained anew.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.stance.wording import OTHER, TARGET

CUES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # agreement
        r"consistent with|in line with|in (?:good |close |full )?agreement|agrees? with"
        r"|accord(?:ance|s)|concord|in keeping|corroborat|confirm|support(?:s|ed"
        r"|ing)?\b"
        r"|similar(?:ly)? (?:to|results?|findings?)|similar|comparable|compatible|echo"
        r"|parallel|likewise|also (?:found|reported|showed|observed)|same"
        r"|as (?:reported|shown|described|previously)|replicat|coincid|match",
        # contrast
        r"in contrast|contrary|unlike|differ(?:s|ed|ent|ence)?\b|disagree|inconsisten"
        r"|discrepan|contradict|conflict|oppos|however|although|whereas|while|but\b"
        r"|on the other hand|nevertheless|despite|contrast",
        # negation
        r"not (?:consistent|in agreement|in line|similar|support|confirm|agree)"
        r"|fail(?:ed|s)? to|could not|did not"
        r"|no (?:significant )?(?:difference|effect|association|evidence|benefit)"
        r"|neither|nor\b|not\b|without|lack of",
        # the citing work
        r"\bour (?:results?|findings?|data|study|trial|observations?|patients|group)"
        r"|\bwe (?:found|observed|showed|also|report|did)|this (?:study|trial|finding"
        r"|result)"
        r"|these (?:results|findings|data)|the present|current study|in the present"
        r"|here\b"
        r"|\bour\b|\bwe\b",
        # other works
        r"previous(?:ly)?|prior|earlier|other (?:studies|trials|authors|investigators"
        r"|reports)"
        r"|et al|colleagues|recent(?:ly)?|literature|reported|a study|studies"
        r"|meta-analysis"
        r"|review",
        # comparison
        r"higher|lower|greater|larger|smaller|better|worse|more than|less than|compared"
        r"|reduced|increased|decreased",
        # method
        r"\bused\b|according to|method|measured|using|assessed|scale|questionnaire"
        r"|protocol"
        r"|defined|described (?:by|previously|elsewhere)|calculated|criteria",
        # background
        r"is known|may|might|can\b|could|prevalence|worldwide|common|recommend"
        r"|guideline"
        r"|important|associated|role|suggest|hypothes|possible|likely",
    )
)

_BOUND: Final = re.compile(r"[;,]| whereas | but | while | although ")
"""Between two clauses."""

_FIGURES: Final = re.compile(r"\d%|p ?[<=]")
_LONG: Final = 300
"""Letters; so that most sentences are shorter than 1."""

_EARLY: Final = 40
_NEAR: Final = 60
_MANY: Final = 3


def features(marked: str, words: Sequence[str]) -> list[float]:
    """What of all this a sentence has: some numbers, mostly 0 or 1, in a fixed order.

    Args:
        marked: the sentence with its citations as tokens.
        words: parts of words to look for besides.
    """
    text = marked.lower()
    at = max(0, text.find(TARGET))
    left, right = _clause(text, at)
    found = [
        at / max(1, len(text)),
        at == 0,
        len(text) / _LONG,
        text.count(OTHER),
        bool(_FIGURES.search(text)),
        not text[at + len(TARGET) :].strip(" .,;"),
    ]
    before: list[bool] = []
    for cue in CUES:
        places = [match.start() for match in cue.finditer(text)]
        found += [
            min(_MANY, len(places)),
            any(place < at for place in places),
            any(place >= at for place in places),
            any(left <= place < right for place in places),
            any(place < _EARLY for place in places),
            any(abs(place - at) < _NEAR for place in places),
        ]
        found += [bool(places) and other for other in before]
        before.append(bool(places))
    return [float(one) for one in [*found, *(word in text for word in words)]]


def _clause(text: str, at: int) -> tuple[int, int]:
    """Beginning and end of the clause in which the citation stands."""
    bounds = [match.start() for match in _BOUND.finditer(text)]
    left = max((bound for bound in bounds if bound < at), default=0)
    right = min((bound for bound in bounds if bound > at), default=len(text))
    return left, right
