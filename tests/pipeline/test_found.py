"""What is found of citing works is up to date whenever it is asked for."""

import datetime as dt

from pipeline.found import FoundWorks
from pipeline.sources.base import Answer, Request
from schemas.provenance import Parsed, RawAnswer
from schemas.work import WorkRecord


def answer(source: str, *records: tuple[str, ...], aliases=(), role="citing") -> Answer:
    request = Request(source, "works", role, "/works", ("10.5555/cited",))
    raw = RawAnswer(
        run_id="r",
        source=source,
        endpoint="works",
        role=role,
        request_key=request.key,
        chain=request.key,
        subjects=request.subjects,
        status=200,
        outcome="ok",
        url="https://example.org",
        fetched_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        elapsed_s=0.1,
        attempts=1,
        sha256="0" * 64,
        body=b"",
    )
    works = tuple(
        WorkRecord(
            index=index,
            record_key=tokens[0],
            tokens=tokens,
            aliases=aliases,
            publication_type="article",
            type_rule="table",
        )
        for index, tokens in enumerate(records)
    )
    return Answer(request, raw, Parsed(kind="x", received=len(works), works=works))


def tokens_of(found: FoundWorks) -> list[tuple[str, ...]]:
    return [work.tokens for work in found.citing_works()]


def test_an_answer_after_the_first_look_counts():
    found = FoundWorks()
    found.note(answer("openalex", ("openalex:W1",), ("openalex:W2",)))
    assert tokens_of(found) == [("openalex:W1",), ("openalex:W2",)]
    found.note(answer("crossref", ("doi:10.5555/2", "openalex:W2"), role="work"))
    assert tokens_of(found) == [("doi:10.5555/2", "openalex:W2"), ("openalex:W1",)]
    described = {work.tokens[-1]: work.described_by for work in found.citing_works()}
    assert described["openalex:W2"] == {"openalex", "crossref"}


def test_an_alias_that_is_told_after_the_first_look_counts():
    found = FoundWorks()
    found.note(answer("crossref", ("doi:10.5555/cited",), role="work"))
    assert found.prime_dois(["10.5555/cited"]) == []
    prime = ("doi:10.5555/prime",)
    found.note(answer("crossref", prime, aliases=("doi:10.5555/cited",), role="work"))
    assert found.prime_dois(["10.5555/cited"]) == ["10.5555/prime"]
