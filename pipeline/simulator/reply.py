"""A question as it reached an API of the simulator, and the answer to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

JSON: Final = "application/json"
HTML: Final = "text/html; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Call:
    """One request.

    Attributes:
        raw_path: below the API's prefix, percent escapes as they were sent.
        raw_query: without the question mark, as it was sent.
        headers: names in lower case.
        root: the API's own URL as the client sees it, for redirects.
        body: of a POST, as it was sent.
    """

    api: str
    method: str
    raw_path: str
    raw_query: str
    headers: Mapping[str, str]
    root: str = ""
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path with its escapes undone, once."""
        return unquote(self.raw_path)

    @property
    def target(self) -> str:
        """Path and query as they were sent."""
        return f"{self.raw_path}?{self.raw_query}" if self.raw_query else self.raw_path

    @cached_property
    def params(self) -> dict[str, str]:
        """Query parameters with escapes undone; of repeated ones, the last."""
        return dict(parse_qsl(self.raw_query, keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    """One answer.

    Attributes:
        content: text, or what is sent as JSON.
        rows: the list inside `content` that faults may bend; None: no list.
    """

    status: int
    content: Any
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    rows: list[Any] | None = None

    @property
    def body(self) -> bytes:
        """The bytes to send."""
        if isinstance(self.content, str):
            return self.content.encode()
        return json.dumps(self.content, ensure_ascii=False).encode()


class Refusal(Exception):
    """Raised where an API turns a request down; carries its answer."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def whole_number(text: str) -> int | None:
    """The number written, or None."""
    return int(text) if text.isascii() and text.isdigit() else None


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())
