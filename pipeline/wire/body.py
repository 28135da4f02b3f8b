"""Bytes to JSON values, and what a body is when it is not JSON."""

import codecs
import json
import re
from typing import Final

import orjson

_HTML_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|h[1-6]|p|div|center|pre)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PROLOGUE_BYTES: Final = 4096
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MIN_LINES: Final = 2


def decode_json(body: bytes) -> object:
    """The JSON value of a body.

    A byte order mark is skipped. ``NaN`` and ``Infinity`` become null and half a
    surrogate pair becomes U+FFFD: one such value must not cost a page of records.

    Raises:
        ValueError: empty, not UTF-8, cut short, or not JSON; the message says which.
    """
    bare = body.removeprefix(codecs.BOM_UTF8)
    if not bare.strip():
        raise ValueError("the body is empty")
    try:
        return orjson.loads(bare)
    except orjson.JSONDecodeError as err:
        return _decode_leniently(bare, str(err))


def looks_like_html(body: bytes) -> bool:
    """Whether a body is an HTML page, or a piece of one; XML data is not."""
    start = body.removeprefix(codecs.BOM_UTF8)[:_HTML_PROLOGUE_BYTES]
    return _HTML_START.match(start) is not None


def json_lines(body: bytes) -> list[object] | None:
    """The values of a body that holds a JSON object on each line, blank lines left out.

    A line that is not JSON stands in its place as text, for the caller to reject.
    None if there are fewer than two lines, if not one of them is an object or most do
    not begin like one, and for what begins as an array.
    """
    lines = [
        line for line in body.removeprefix(codecs.BOM_UTF8).split(b"\n") if line.strip()
    ]
    # Of an object that is printed over many lines, only few lines begin with a brace.
    begun = sum(line.lstrip()[:1] == b"{" for line in lines)
    is_array = bool(lines) and lines[0].lstrip()[:1] == b"["
    if len(lines) < _MIN_LINES or is_array or begun * 2 <= len(lines):
        return None
    values = [_line_value(line) for line in lines]
    return values if any(isinstance(value, dict) for value in values) else None


def _line_value(line: bytes) -> object:
    try:
        return decode_json(line)
    except ValueError:
        return line.decode("utf-8", errors="replace").strip()


def _decode_leniently(bare: bytes, reason: str) -> object:
    # The standard library reads what orjson rightly refuses: constants that are not
    # JSON, and escapes of half a character. Only bodies that hold those come this way.
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError as err:
        message = f"not UTF-8: byte {err.start} of {len(bare)}"
        raise ValueError(message) from err
    message = f"not JSON: {reason}"
    has_constant = "NaN" in text or "Infinity" in text
    if not has_constant and "\\ud" not in text.lower():
        raise ValueError(message)
    try:
        return _whole_characters(json.loads(text, parse_constant=lambda _: None))
    except (ValueError, RecursionError) as err:
        raise ValueError(message) from err


def _whole_characters(value: object) -> object:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {
            _LONE_SURROGATE.sub("\ufffd", name): _whole_characters(item)
            for name, item in value.items()
        }
    return value
