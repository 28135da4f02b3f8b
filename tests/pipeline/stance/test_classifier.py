"""The classifier that ships: the same for everyone, in doubt mentioning."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.stance.classifier import Classifier
from pipeline.stance.rule import Linear, Rule, own_rule
from schemas.stance import StatementToJudge

MODEL = Path(__file__).parents[3] / "pipeline/stance/model"
MAX_MODEL_BYTES = 30_000_000

SENTENCES = (
    "Our results agree with those of the trial [2], and extend them to islands.",
    "In contrast to the trial [2], we found no delay in any of the twelve bakeries.",
    "Lamps are described elsewhere [2].",
    "Sleep was scored by hand [2].",
    "This confirms what was found in bakers [2].",
    "Bread is old [1].",
    "x" * 5_000,
)


@pytest.fixture(scope="module")
def classifier():
    return Classifier(threads=2)


def statements():
    return [StatementToJudge(text=text, marker="[2]") for text in SENTENCES]


def test_clear_cases_are_clear(classifier):
    agrees, differs, describes, *_ = classifier.judge(statements())
    assert agrees.stance == "supporting"
    assert differs.stance == "contrasting"
    assert describes.stance == "mentioning"


def test_probabilities_add_up_and_the_confidence_is_one_of_them(classifier):
    for one in classifier.judge(statements()):
        p = {
            "supporting": one.p_supporting,
            "mentioning": one.p_mentioning,
            "contrasting": one.p_contrasting,
        }
        assert sum(p.values()) == pytest.approx(1, abs=2e-4)
        assert one.confidence == p[one.stance]
        assert one.model_version == own_rule().version


def test_a_verdict_depends_on_the_statement_alone(classifier):
    together = classifier.judge(statements())
    assert [classifier.judge([one])[0] for one in statements()] == together
    assert classifier.judge(statements()[::-1]) == together[::-1]
    assert Classifier(threads=1).judge(statements()) == together


@pytest.mark.parametrize("text", ["", "  ", "[]", "…"])
def test_without_a_text_nothing_is_judged(classifier, text):
    (one,) = classifier.judge([StatementToJudge(text=text)])
    assert one.stance == "unclassified"
    assert one.confidence is None
    assert one.p_supporting is None


def test_nothing_gives_nothing(classifier):
    assert classifier.judge([]) == []


@pytest.mark.parametrize(
    ("p", "differs", "stance"),
    [
        ((0.6, 0.3, 0.1), False, "supporting"),
        ((0.4, 0.5, 0.1), False, "mentioning"),
        ((0.1, 0.9, 0.0), False, "mentioning"),
        ((0.1, 0.2, 0.7), True, "contrasting"),
        ((0.1, 0.3, 0.6), True, "mentioning"),
        ((0.1, 0.2, 0.7), False, "mentioning"),  # it does not say so itself
        ((0.9, 0.1, 0.0), True, "mentioning"),  # it says the opposite
    ],
)
def test_in_doubt_it_is_mentioning(p, differs, stance):
    thresholds = {"supporting": 0.5, "contrasting": 0.65}
    none = Linear((), ())
    rule = Rule("1", 72, thresholds, cues=none, cue_words=(), calibration=none)
    named = dict(zip(("supporting", "mentioning", "contrasting"), p, strict=True))
    assert rule.stance(named, differs=differs) == stance


def test_the_model_is_small_and_needs_no_torch():
    assert sum(one.stat().st_size for one in MODEL.iterdir()) < MAX_MODEL_BYTES
    asked = (
        "import sys; from pipeline.stance.classifier import Classifier; Classifier();"
        " print([one for one in ('torch', 'transformers') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def classified(lines):
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "classify"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, [json.loads(one) for one in done.stdout.splitlines()], done


def test_the_command_gives_a_line_for_a_line_in_order(classifier):
    lines = [one.model_dump_json() for one in statements()]
    code, found, _ = classified(lines)
    assert code == 0
    assert [one["stance"] for one in found] == [
        one.stance for one in classifier.judge(statements())
    ]
    assert set(found[0]) == {
        "stance",
        "p_supporting",
        "p_mentioning",
        "p_contrasting",
        "confidence",
        "model_version",
    }


def test_a_line_that_cannot_be_read_is_named_and_costs_no_other():
    code, found, done = classified(
        ['{"text": "Known [1]."}', "{}", "no json", "", '{"text": "Known [1]."}']
    )
    assert code == 3
    assert [one["stance"] for one in found] == [
        "mentioning",
        "unclassified",
        "unclassified",
        "unclassified",
        "mentioning",
    ]
    assert "line 2: text: Field required" in done.stderr
    assert "line 3: Invalid JSON" in done.stderr
