"""One question: archived before it is read, and read whatever the parser does."""

import datetime as dt
import hashlib

import pytest

from pipeline.archive import Archive
from pipeline.ask import Asker, Health, reparse
from pipeline.sources import all_sources
from pipeline.sources.base import Expectation, Limit, Request, Source
from pipeline.stage import StageWriter
from schemas.provenance import Absent, Parsed, RawAnswer, RunManifest

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


class OneAnswer:
    """The far side: gives every question the same body."""

    def __init__(self, body=b"{}", outcome="ok"):
        self.body, self.outcome, self.asked = body, outcome, []

    def fetch(self, source, request, run_id, check):
        self.asked.append(request.key)
        is_bad = self.outcome == "ok" and check(self.body) is not None
        return RawAnswer(
            run_id=run_id,
            source=source.name,
            endpoint=request.endpoint,
            role=request.role,
            request_key=request.key,
            chain=request.key,
            subjects=request.subjects,
            status=200,
            outcome="soft_error" if is_bad else self.outcome,
            url="http://127.0.0.1/",
            fetched_at=NOW,
            elapsed_s=0.0,
            attempts=1,
            sha256=hashlib.sha256(self.body).hexdigest(),
            body=self.body,
        )

    def stop(self, *_):
        raise AssertionError("a source was stopped")


def request(*dois):
    return Request(
        source="crossref",
        endpoint="works",
        role="work",
        path=f"/{'+'.join(dois)}",
        subjects=dois,
        divide=lambda some: request(*some),
    )


@pytest.fixture
def asker_with(tmp_path):
    archive = Archive(tmp_path)
    archive.begin(
        RunManifest(
            run_id="r1", started_at=NOW, dois=("10.5555/a",), sources=(), version="0"
        )
    )
    with StageWriter(tmp_path / "batch") as sink:

        def build(client):
            return Asker(
                run_id="r1",
                client=client,
                archive=archive,
                sink=sink,
                health=Health(),
                noted=lambda _: None,
            )

        yield build


def broken(_body, _context):
    raise KeyError("surprise")


def source(parse):
    return Source(
        name="crossref",
        title="Crossref",
        docs_url="https://example.org",
        licence="CC0-1.0",
        checked_on=NOW.date(),
        base_url="http://127.0.0.1",
        limits={"list": Limit(1)},
        concurrency=1,
        requests_for_cited=all_sources()["crossref"].requests_for_cited,
        parse=parse,
        expect=Expectation(0.5, 0.1),
    )


def test_a_parser_that_fails_costs_its_answer_and_not_the_run(asker_with):
    answers = asker_with(OneAnswer()).ask(source(broken), request("10.5555/a"))

    assert [answer.raw.outcome for answer in answers] == ["soft_error"]
    assert "KeyError" in answers[0].parsed.soft_error


def test_an_answer_is_not_asked_for_twice_in_a_run(asker_with):
    client = OneAnswer()
    asker = asker_with(client)
    for _ in range(2):
        asker.ask(source(lambda *_: Parsed(kind="works")), request("10.5555/a"))

    assert len(client.asked) == 1


def test_a_failure_is_asked_for_again_in_the_same_run(asker_with):
    client = OneAnswer(outcome="server")
    asker = asker_with(client)
    for _ in range(2):
        asker.ask(source(lambda *_: Parsed(kind="works")), request("10.5555/a"))

    assert len(client.asked) == 2


def test_a_question_that_is_too_large_is_divided_down_to_single_subjects(asker_with):
    client = OneAnswer(outcome="client")
    answers = asker_with(client).ask(
        source(lambda *_: Parsed(kind="works")),
        request("10.5555/a", "10.5555/b", "10.5555/c"),
    )

    assert sorted(answer.raw.subjects for answer in answers) == [
        ("10.5555/a",),
        ("10.5555/b",),
        ("10.5555/c",),
    ]


def test_a_divided_answer_holds_nothing_when_it_is_read_again(asker_with):
    half = Parsed(
        kind="works", received=1, absent=(Absent(index=0, subject="x", cause="y"),)
    )
    crossref = source(lambda *_: half)
    client = OneAnswer(outcome="soft_error")
    asker_with(client).ask(crossref, request("10.5555/a", "10.5555/b"))
    whole = client.fetch(crossref, request("10.5555/a", "10.5555/b"), "r1", len)

    assert reparse(crossref, whole).received == 1
    assert reparse(crossref, whole.model_copy(update={"subjects": ()})).received == 0
