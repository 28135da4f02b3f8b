"""A source's plan, driven by canned answers: no network, no clock."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

import pytest

from pipeline.sources.base import Answer, ParseContext, Plan, Request, Source
from schemas.provenance import AnswerClass, Parsed, RawAnswer


@pytest.fixture
def next_round(request: pytest.FixtureRequest) -> Callable[..., Sequence[Request]]:
    """Answers every request of a round alike: what is asked next, nothing at the end.

    The answers are read by the source that the test module names SOURCE.
    """
    source: Source = request.module.SOURCE

    def go_on(
        plan: Plan,
        asked: Sequence[Request],
        content: bytes,
        outcome: AnswerClass = "ok",
    ) -> Sequence[Request]:
        answers = [answered(source, one, content, outcome) for one in asked]
        try:
            return plan.send(answers)
        except StopIteration:
            return []

    return go_on


def answered(
    source: Source, request: Request, content: bytes, outcome: AnswerClass
) -> Answer:
    context = ParseContext(request.endpoint, request.subjects)
    parsed = source.parse(content, context) if outcome == "ok" else Parsed(kind="error")
    raw = RawAnswer(
        run_id="run",
        source=request.source,
        endpoint=request.endpoint,
        role=request.role,
        request_key=request.key,
        chain=request.key,
        subjects=request.subjects,
        status=200,
        outcome=outcome,
        url="",
        fetched_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        elapsed_s=0.1,
        attempts=1,
        sha256=hashlib.sha256(content).hexdigest(),
        body=content,
    )
    return Answer(request, raw, parsed)
