"""Every answer falls into exactly one class."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.base import CitedDoi, Expectation, Limit, Plan, Source
from pipeline.transport.classify import classify
from schemas.provenance import AnswerClass, Parsed

JSON = {"content-type": "application/json; charset=utf-8"}
HTML = {"content-type": "text/html"}
PAGE = b"<html><title>Not Found</title></html>"


def _recognise(
    status: int, headers: Mapping[str, str], body: bytes
) -> AnswerClass | None:
    """An API that tells a spent budget and a missing plan by the same status."""
    if status == 429 and headers.get("x-left") == "0":
        return "budget"
    if status == 429 and b"Plan upgrade required" in body:
        return "plan"
    if status == 403 and headers.get("content-type") == "text/plain":
        return "auth"
    return None


def _plan(_cited: object) -> Plan:
    yield ()


def _parse(_body: bytes, _context: object) -> Parsed:
    return Parsed(kind=None)


def make_source(**changes: object) -> Source:
    facts: dict[str, object] = {
        "name": "crossref",
        "title": "Fake",
        "docs_url": "https://example.org",
        "licence": "CC0",
        "checked_on": dt.date(2026, 11, 22),
        "base_url": "https://example.org",
        "limits": {"list": Limit(10)},
        "concurrency": 4,
        "requests_for_cited": _plan,
        "parse": _parse,
        "expect": Expectation(0.5, 0.1),
    }
    return Source(**(facts | changes))  # type: ignore[arg-type]


SOURCE = make_source()
PARTICULAR = make_source(recognise=_recognise)


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (200, JSON, b"[]", "ok"),
        (201, {"content-type": "APPLICATION/JSON"}, b"{}", "ok"),
        (200, JSON, b"", "soft_error"),
        (200, JSON, b" \n", "soft_error"),
        (204, {}, b"", "soft_error"),
        (200, HTML, PAGE, "soft_error"),
        (200, {}, b"{}", "soft_error"),
        (302, {"location": "file:///etc/passwd"}, b"", "soft_error"),
        (404, HTML, PAGE, "not_found"),
        (404, {"content-type": "text/plain"}, b"Resource not found.", "not_found"),
        (404, JSON, b'{"error":"x"}', "not_found"),
        (404, {}, b"", "not_found"),
        (410, HTML, PAGE, "not_found"),
        (429, HTML, PAGE, "rate"),
        (401, JSON, b"{}", "auth"),
        (407, HTML, PAGE, "auth"),
        (403, HTML, PAGE, "block"),
        (400, JSON, b"{}", "client"),
        (413, {}, b"", "client"),
        (414, HTML, PAGE, "client"),
        (422, JSON, b"{}", "client"),
        (408, {}, b"", "server"),
        (500, JSON, b"{}", "server"),
        (502, HTML, PAGE, "server"),
        (503, HTML, PAGE, "server"),
        (504, HTML, PAGE, "server"),
    ],
)
def test_general_table(
    status: int, headers: dict[str, str], body: bytes, expected: str
) -> None:
    outcome, reason = classify(SOURCE, status, headers, body)

    assert outcome == expected
    assert (reason is None) == (expected == "ok")


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (429, JSON | {"x-left": "0"}, b"{}", "budget"),
        (429, JSON, b'{"error":"Plan upgrade required"}', "plan"),
        (429, JSON | {"x-left": "7"}, b"{}", "rate"),
        (403, {"content-type": "text/plain"}, b"Invalid token", "auth"),
        (403, HTML, PAGE, "block"),
        (200, JSON, b"{}", "ok"),
    ],
)
def test_a_sources_own_error_forms_come_before_the_table(
    status: int, headers: dict[str, str], body: bytes, expected: str
) -> None:
    assert classify(PARTICULAR, status, headers, body)[0] == expected


def test_media_types_are_those_of_the_source() -> None:
    jats = make_source(required_content=("application/xml", "text/xml"))

    assert classify(jats, 200, {"content-type": "text/xml"}, b"<a/>")[0] == "ok"
    outcome, reason = classify(jats, 200, JSON, b"{}")
    assert outcome == "soft_error"
    assert reason is not None
    assert "application/json in place of application/xml or text/xml" in reason


def test_the_reason_holds_nothing_of_the_body() -> None:
    reasons = [
        classify(
            PARTICULAR,
            status,
            JSON,
            json.dumps({"m": "Plan upgrade required"}).encode(),
        )[1]
        for status in (400, 404, 429, 500)
    ]

    assert all(reason and "upgrade" not in reason for reason in reasons)


@given(
    status=st.integers(100, 999),
    content_type=st.one_of(
        st.none(),
        st.sampled_from(["application/json", "text/html; charset=utf-8", ";", "json"]),
        st.text(max_size=30),
    ),
    body=st.one_of(st.binary(max_size=200), st.sampled_from([b"[]", b"null", b"\xff"])),
    source=st.sampled_from([SOURCE, PARTICULAR]),
)
def test_every_answer_falls_into_exactly_one_class(
    status: int, content_type: str | None, body: bytes, source: Source
) -> None:
    headers = {} if content_type is None else {"content-type": content_type}

    outcome, reason = classify(source, status, headers, body)

    assert outcome in get_args(AnswerClass)
    assert (reason is None) == (outcome == "ok")
    assert outcome != "ok" or (200 <= status < 300 and body.strip())


def test_the_fake_source_is_like_a_real_one() -> None:
    assert list(SOURCE.requests_for_cited([CitedDoi("10.1/x")])) == [()]
