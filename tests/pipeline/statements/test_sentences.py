"""Where sentences end, in prose as it is in articles."""

import pytest

from pipeline.statements.sentences import sentence_starts

WHOLE = [
    "Roots were measured (Fig. 2) in E. coli and S. Typhimurium.",
    "It was seen by Moss et al. [XX] and by Reed et al. (XXXX).",
    "We used approx. 3.5 mg, i.e. Half of it, vs. Ten before.",
    "Spores of F. oxysporum f. sp. lycopersici and X. axonopodis pv. glycines grew.",
    "Values of 11.1 ± 1.04 cm (Supplementary Figs. S1A,B) were found.",
    "Software (v. 1.9.1) by Dr. Reed of Univ. X was used, cf. Eq. 3.",
    "The disease caused by Gibberella zeae (Schwein.) Petch was rare.",
    "A gene on Chr. 2A was found.",
    "Sorghum bicolor L. Moench is a cereal.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_is_not_cut(text):
    assert sentence_starts(text) == [0]


CUT = [
    ("Rain fell. ", "Snow fell."),
    ("Rain fell (in this study). ", "Snow fell."),
    ("Rain fell (S3 Fig). ", "Similar snow fell."),
    ("Rain fell [XX]. ", "Snow fell."),
    ("Rain fell. [XX] ", "Snow fell."),
    ("Rain fell. [XX, XX] ", "Snow fell."),
    ("Rain fell. [XX]. ", "Snow fell."),
    ("Rain fell. (Moss et al. XXXX; Reed XXXX). ", "Snow fell."),
    ("Rain fell.   ", "Snow fell."),
    ("Rain fell.XX ", "Snow fell."),
    ("Rain fell.XX,XX ", "Snow fell."),
    ("Did rain fall? ", "Snow fell."),
    ("It holds P. infestans and others sp. ", "The snow fell."),
    ("It is vitamin C. ", "However, snow fell."),
    ("It was “slow.” ", "Snow fell."),
    ("RNA was read. ", "mRNA levels rose."),
    ("RNA was read. ", "p53-dependent levels rose."),
    ("It was 5%. ", "In all, snow fell."),
    ("It fell in 2010. ", "Snow fell."),
    ("Rain fell. ", "XXXXXXXX saw snow."),
    ("Rain fell in the U.S. ", "The snow did not."),
]


@pytest.mark.parametrize(("first", "second"), CUT)
def test_a_sentence_ends(first, second):
    assert sentence_starts(first + second) == [0, len(first)]


def test_a_citation_that_begins_a_sentence_is_part_of_it():
    assert sentence_starts("Rain fell. [XX] showed that snow fell.") == [0]


def test_nothing_is_one_sentence():
    assert sentence_starts("") == [0]


@pytest.mark.parametrize(
    "text", ["[" + "X" * 200_000, "X. " * 50_000, "(. [X" * 40_000]
)
@pytest.mark.timeout(30)
def test_a_text_that_was_made_to_be_slow_is_not(text):
    assert sentence_starts(text)[0] == 0
