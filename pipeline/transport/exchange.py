"""Reading one answer off the wire: in bounded time, in bounded size, and whole.

The usual timeouts count silence between two bytes, so that a server which sends one
byte a second is never too late. Here the clock covers an attempt from its first byte
sent to its last byte read, however they drip, in the headers and in the body.
"""

import io
import time
import zlib
from collections.abc import Iterator
from functools import partial
from http.client import HTTPResponse
from socket import socket
from typing import Any, Final

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from schemas.provenance import AnswerClass

ACCEPT_ENCODING: Final = "gzip"
"""What `read_body` undoes."""

_CHUNK_BYTES: Final = 64 * 1024
_GZIP: Final = 31  # zlib's word for: gzip header, largest window
_PLAIN: Final = frozenset({"", "identity"})
_GZIP_NAMES: Final = frozenset({"gzip", "x-gzip"})


_TROUBLES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (SSLError, "no safe connection: TLS failed"),
    (ProxyError, "the proxy does not let us through"),
    (NameResolutionError, "its host name is not known to this machine"),
    (NewConnectionError, "no connection: refused or out of reach"),
    (ConnectTimeoutError, "no connection in time"),  # after its own subclasses
    (ProtocolError, "cut off before the answer was whole"),
    (ConnectionError, "cut off before the answer was whole"),
)


class UnusableBody(Exception):
    """There is an answer, but its body cannot be taken.

    Attributes:
        outcome: the class that this makes of it.
    """

    outcome: AnswerClass = "server"


class Truncated(UnusableBody):
    """The answer ends before its end."""


class TooLarge(UnusableBody):
    """The answer is longer than allowed: less must be asked for at a time."""

    outcome = "client"


class NotDecodable(UnusableBody):
    """The answer is compressed in a way that was not asked for, or wrongly."""

    outcome = "soft_error"


def read_body(raw: BaseHTTPResponse, max_bytes: int) -> bytes:
    """The whole body, decompressed.

    Args:
        raw: an answer whose headers have been read and nothing else.
        max_bytes: of the body, counted after decompression, so that a small answer
            cannot grow without bound.

    Raises:
        Truncated: the compressed data stop half-way. (A body that is shorter than its
            own headers say raises urllib3's ProtocolError.)
        TooLarge: there is more than `max_bytes`.
        NotDecodable: the content encoding is unknown or the data are damaged.
    """
    encoding = raw.headers.get("content-encoding", "").strip().lower()
    if encoding in _PLAIN:
        pieces = _received(raw)
    elif encoding in _GZIP_NAMES:
        pieces = _unzipped(_received(raw))
    else:
        raise NotDecodable(f"content encoding {encoding[:40]!r} was not asked for")
    kept: list[bytes] = []
    size_bytes = 0
    for piece in pieces:
        kept.append(piece)
        size_bytes += len(piece)
        if size_bytes > max_bytes:
            raise TooLarge(f"answer larger than {max_bytes:,} bytes")
    return b"".join(kept)


def trouble(err: Exception, deadline_s: float) -> tuple[AnswerClass, str]:
    """What an error on the wire means, in words without the address that it holds.

    Args:
        err: urllib3's own, or one that carries it as its first argument.
        deadline_s: of the attempt, for the words.
    """
    cause = err
    while cause.args and isinstance(cause.args[0], Exception):
        cause = cause.args[0]
    reason = getattr(cause, "reason", None)
    cause = reason if isinstance(reason, Exception) else cause
    if isinstance(err, ValueError):
        return "client", "the question does not make a valid address"
    for kind, words in _TROUBLES:
        if isinstance(cause, kind):
            return "server", words
    if isinstance(cause, ReadTimeoutError | TimeoutError):
        return "server", f"no whole answer within {deadline_s:g} s"
    return "server", f"no connection ({type(cause).__name__})"


def _received(raw: BaseHTTPResponse) -> Iterator[bytes]:
    while piece := raw.read(_CHUNK_BYTES, decode_content=False):
        yield piece


def _unzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP)
    is_started = False
    try:
        for piece in pieces:
            is_started = True
            rest = piece
            while rest:
                if member.eof:  # a gzip file may have several members
                    member = zlib.decompressobj(_GZIP)
                yield member.decompress(rest, _CHUNK_BYTES)
                rest = member.unconsumed_tail or member.unused_data
    except zlib.error as err:
        raise NotDecodable("compressed data are damaged") from err
    if is_started and not member.eof:
        yield member.flush()
        if not member.eof:
            raise Truncated("compressed data stop half-way")


class _TimedReader(io.RawIOBase):
    """A socket's bytes, until a moment; then TimeoutError."""

    def __init__(self, connected: socket, raw: io.RawIOBase, ends_at: float) -> None:
        self._socket = connected
        self._raw = raw
        self._ends_at = ends_at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - as in io
        left_s = self._ends_at - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("deadline passed")
        self._socket.settimeout(left_s)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        super().close()
        self._raw.close()


class _TimedResponse(HTTPResponse):
    def __init__(self, connected: socket, *, ends_at: float, method: str) -> None:
        super().__init__(connected, method=method)
        raw: io.RawIOBase = self.fp.detach()
        self.fp = io.BufferedReader(_TimedReader(connected, raw, ends_at))


class _TimedHTTPConnection(HTTPConnection):
    def getresponse(self) -> Any:  # noqa: ANN401
        # urllib3 has put here what is left of the attempt's total time.
        ends_at = time.monotonic() + float(self.timeout or 0)
        self.response_class = partial(_TimedResponse, ends_at=ends_at)  # type: ignore[assignment]
        return super().getresponse()


class _TimedHTTPSConnection(HTTPSConnection):
    getresponse = _TimedHTTPConnection.getresponse


class TimedHTTPPool(HTTPConnectionPool):
    """Connections over plain HTTP that keep to the total time of `urllib3.Timeout`."""

    ConnectionCls = _TimedHTTPConnection


class TimedHTTPSPool(HTTPSConnectionPool):
    """Connections over TLS that keep to the total time of `urllib3.Timeout`."""

    ConnectionCls = _TimedHTTPSConnection


POOLS: Final = {"http": TimedHTTPPool, "https": TimedHTTPSPool}
