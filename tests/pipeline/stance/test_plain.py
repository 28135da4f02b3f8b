"""Which sentences say themselves that their work differs from the one they cite."""

import time

import pytest

from pipeline.stance.plain import says_it_differs
from pipeline.stance.wording import OTHER, TARGET, marked


@pytest.mark.parametrize(
    "text",
    [
        "Our results are in contrast to those of the trial [2].",
        "In contrast to the trial [2], we found no delay in any bakery.",
        "Contrary to our findings, two reports [2] saw more sleep.",
        "This is inconsistent with earlier work [2].",
        "These data do not support the claim that bread wakes, but disagree with [2].",
        "Our findings agree with [1], but differ from those of the trial [2].",
        "The discrepancy between our results and those of Lind [2] may be chance.",
    ],
)
def test_it_says_so(text):
    assert says_it_differs(marked(text, "[2]"))


@pytest.mark.parametrize(
    "text",
    [
        "Our results agree with those of the trial [2].",
        "Lind et al. [2] reported sleep in contrast to Holm, who did not.",  # not ours
        "Unlike Lind [2], we chose a scale of five points.",  # a choice, no finding
        "Our results differ from those of Holm [1]; bread is old [2].",  # another one
        "Our results differ from Holm [1] while bread stays as it was [2].",
        "We found less sleep than the trial [2].",  # it leaves the comparison to us
        "",
        "We disagree.",
    ],
)
def test_it_does_not_say_so(text):
    assert not says_it_differs(marked(text, "[2]"))


def test_works_cited_together_are_all_meant():
    text = (
        "These results contrast with the reports of Lind [1] and Holm [2], who slept."
    )
    assert says_it_differs(marked(text, "[1]"))
    assert says_it_differs(marked(text, "[2]"))


@pytest.mark.parametrize(
    "pattern", ["differ from ", "our ", f"unlike {OTHER} and ", f"{OTHER} and "]
)
def test_a_long_sentence_does_not_take_the_square_of_its_time(pattern):
    def seconds(count):
        text = f"our results differ from {pattern * count}; {TARGET}"
        start = time.process_time()
        says_it_differs(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(4_000) < 4 * 8 * max(seconds(500), 0.002)
