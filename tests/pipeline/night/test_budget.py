"""What a night pays for: what each work costs, and what comes first."""

from types import SimpleNamespace

import pytest

from pipeline.night.budget import USUAL_REFERENCES, price_of
from pipeline.night.nightly import with_plan
from pipeline.night.plan import Due
from pipeline.running import new_manifest, utc_now
from pipeline.sources import all_sources
from schemas.night import NightPlan

NIGHT = all_sources()["openalex"].night


def mark(citing, references):
    return SimpleNamespace(declared_count=citing, reference_count=references)


@pytest.mark.parametrize(
    ("known", "reason", "price"),
    [
        (mark(0, 0), "moved", 0.01 + 0.01),
        (mark(250, 40), "moved", 0.01 + 2.5),
        (mark(250, 40), "round", 0.01 + 2.5 + 0.4),
        (mark(0, 0), "round", 0.01 + 0.01 + 0.01),
        (mark(None, None), "failed", 0.02 + USUAL_REFERENCES / 100),
        (None, "new", 0.02 + USUAL_REFERENCES / 100),
    ],
)
def test_a_work_costs_its_share_of_each_question(known, reason, price):
    assert price_of(NIGHT, known, reason) == pytest.approx(price)


def test_what_has_moved_is_asked_before_what_only_has_its_turn():
    asked = {
        "10.5555/a": {"openalex": "round"},
        "10.5555/b": {"openalex": "failed", "crossref": "round"},
        "10.5555/c": {"crossref": "round"},
        "10.5555/d": {"openalex": "moved"},
    }
    plan = NightPlan(watched_count=4, askings=(), stale=(), budgets=())
    manifest = with_plan(new_manifest("nightly", {}, utc_now()), Due(asked, {}, plan))
    assert manifest.dois == ("10.5555/d", "10.5555/b", "10.5555/c", "10.5555/a")
