"""The parse aids that all sources share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from pipeline.wire.batches import batched_by_length
from pipeline.wire.body import decode_json, json_lines, looks_like_html
from pipeline.wire.items import parse_items
from pipeline.wire.text import plain_text
from schemas.provenance import Absent


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": NaN, "b": [-Infinity]}', {"a": None, "b": [None]}),
        (b'{"title": "half a \\ud83d pair"}', {"title": "half a \ufffd pair"}),
        (b'[{"\\udc00": "\\ud83d\\ude00"}]', [{"\ufffd": "\U0001f600"}]),
    ],
)
def test_json_that_sources_really_send_is_decoded(body: bytes, value: object) -> None:
    assert decode_json(body) == value


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b'{"a": ', "not JSON"),
        (b'{"a": NaN', "not JSON"),
        (b"Resource not found.", "not JSON"),
        (b'{"a": "caf\xe9"}', "not UTF-8: byte 10 of 13"),
        (b"[" * 100_000, "not JSON"),
        (b"[" * 100_000 + b"NaN", "not JSON"),
    ],
)
def test_a_body_that_is_not_json_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode_json(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html>\n<html lang=en>",
        b"  <HTML><body>502</body>",
        b"\xef\xbb\xbf<!-- x --><!DOCTYPE html>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">',
        b"<h1>Not Found</h1>",
    ],
)
def test_html_is_told_from_data(body: bytes) -> None:
    assert looks_like_html(body)


@pytest.mark.parametrize(
    "body", [b"{}", b"", b"not found", b'<?xml version="1.0"?><article/>', b"<pubmed/>"]
)
def test_data_and_plain_text_are_not_html(body: bytes) -> None:
    assert not looks_like_html(body)


def test_a_page_of_comments_alone_is_told_without_delay() -> None:
    assert not looks_like_html(b"<!--a-->" * 500)


def test_json_lines_keep_a_broken_line_in_its_place() -> None:
    assert json_lines(b'{"a": 1}\r\n\n{"a": \n{"a": 3}\n') == [
        {"a": 1},
        '{"a":',
        {"a": 3},
    ]


def test_json_lines_of_which_most_are_broken_keep_the_whole_one() -> None:
    assert json_lines(b'{"a": \n{"a": 2}\n{"a": ') == ['{"a":', {"a": 2}, '{"a":']


@pytest.mark.parametrize(
    "body",
    [
        *(b'{"a": 1}', b"", b"one\ntwo\n", b"1\n2\n3\n"),
        b'[\n{"a": 1},\n{"a": 2}\n',
        b'{\n"a": [\n{"b": 1}\n],\n"c": ',
    ],
)
def test_other_text_is_not_json_lines(body: bytes) -> None:
    assert json_lines(body) is None


class _Person(BaseModel):
    name: str
    born: int = Field(alias="birth-year")


class _Item(BaseModel):
    key: int
    people: list[_Person] = []


def _record(index: int, item: _Item) -> str | Absent:
    if item.key == 0:
        return Absent(index=index, subject="item", cause="no identifier")
    if item.key < 0:
        msg = "a key below zero"
        raise ValueError(msg)
    return f"{index}:{item.key}"


def test_one_bad_item_never_costs_its_neighbours() -> None:
    records, rejects, absent = parse_items(
        [{"key": 1}, {"key": "x"}, None, "text", {"key": -1}, {"key": 0}, {"key": 2}],
        _Item,
        _record,
    )
    assert records == ["0:1", "6:2"]
    assert [reject.index for reject in rejects] == [1, 2, 3, 4]
    assert [item.index for item in absent] == [5]
    assert rejects[3].errors[0].message == "a key below zero"
    assert rejects[3].errors[0].value == '{"key":-1}'


def test_all_errors_of_an_item_are_kept_under_the_names_of_the_api() -> None:
    raw = {"key": "x" * 300, "people": [{"name": "A", "birth-year": "?"}, {"name": 1}]}
    _, rejects, _ = parse_items([raw], _Item, _record)
    errors = {error.field: error for error in rejects[0].errors}
    assert set(errors) == {
        "key",
        "people.0.birth-year",
        "people.1.name",
        "people.1.birth-year",
    }
    assert errors["key"].value == "x" * 200
    assert errors["people.1.birth-year"].value == ""


def test_no_items_give_empty_lists() -> None:
    assert parse_items([], _Item, _record) == ([], [], [])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        (" \n\t ", None),
        ("<i></i>", "<i></i>"),
        ("Plain  title\n of two lines", "Plain title of two lines"),
        ("<i>In vivo</i> T<sub>c</sub> of H<sub>2</sub>O", "In vivo Tc of H2O"),
        ("&lt;i&gt;Foo&lt;/i&gt; &amp;amp; bar", "Foo & bar"),
        ("R&D in AT&T", "R&D in AT&T"),
        ("p<0.05 & x>3", "p<0.05 & x>3"),
        ("p &lt; 0.05 and q &gt; 1", "p < 0.05 and q > 1"),
        ("1 <2 <3 and a <b", "1 <2 <3 and a <b"),
        ("<jats:title>Results</jats:title><jats:p>We", "Results We"),
        ("Line one<br/>line two", "Line one line two"),
        (
            "<mml:math><mml:mi>x</mml:mi><mml:mo>&lt;</mml:mo>"
            '<mml:annotation encoding="tex">x<</mml:annotation></mml:math> of y',
            "x< of y",
        ),
        ("<math><mi>x</mi><mn>2</mn></math> and <svg><g>y</g></svg>", "x2 and y"),
        ("<tex-math>$x$</tex-math> alone", "$x$ alone"),
        ("a<script>b</script><table><tr><td>c</td></tr></table>", "abc"),
        ("<Untitled>", "<Untitled>"),
        ("nul\x00 and\xa0space", "nul and space"),
        ("L&#8217;\u00e9t\u00e9", "L\u2019\u00e9t\u00e9"),
    ],
)
def test_titles_come_out_as_plain_text(value: str | None, text: str | None) -> None:
    assert plain_text(value) == text


@given(st.text())
def test_plain_text_never_fails_and_is_folded(value: str) -> None:
    text = plain_text(value.encode("utf-8", "replace").decode())
    assert text is None or text == " ".join(text.split())


def test_batches_keep_both_limits_and_the_order() -> None:
    batches = list(
        batched_by_length(
            ["aa", "b", "ccccccc", "d", "e", "f"], max_count=2, max_chars=5, cost=len
        )
    )
    assert batches == [("aa", "b"), ("ccccccc",), ("d", "e"), ("f",)]


def test_no_values_make_no_batches() -> None:
    assert list(batched_by_length([], max_count=2, max_chars=5, cost=len)) == []


@given(st.lists(st.text(min_size=1, max_size=8)), st.integers(1, 5), st.integers(8, 30))
def test_batches_lose_nothing(
    values: list[str], max_count: int, max_chars: int
) -> None:
    batches = list(
        batched_by_length(values, max_count=max_count, max_chars=max_chars, cost=len)
    )
    assert [value for batch in batches for value in batch] == values
    assert all(len(batch) <= max_count for batch in batches)
    assert all(sum(map(len, batch)) <= max_chars for batch in batches)


class _Passage(BaseModel):
    paper_id: str = Field(alias="paperId")
    contexts: list[str]


@pytest.mark.parametrize(
    "item",
    [
        {"contexts": ["We build on their secret."], "paperId": None},
        {"contexts": [{"text": "We build on their secret."}], "paperId": "a"},
        {"contexts": "We build on their secret.", "paperId": "a"},
        {"contexts": ["We build on their secret."], "paperId": "refused"},
    ],
)
def test_what_is_wrong_with_a_record_is_told_without_its_private_text(
    item: object,
) -> None:
    def refuse(_: int, found: _Passage) -> Absent:
        raise ValueError(f"not an id: {found.paper_id}")

    _, (reject,), _ = parse_items([item], _Passage, refuse)
    assert reject.errors
    assert "secret" not in reject.model_dump_json()
