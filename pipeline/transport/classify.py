"""What an answer means: every answer falls into exactly one class.

A source's own error forms come first, then one table for all of them. Pure: no clock,
no network, no counting of tries.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

from pipeline.sources.base import Source
from schemas.provenance import AnswerClass

_BY_STATUS: Final[Mapping[int, AnswerClass]] = {
    401: "auth",
    403: "block",
    404: "not_found",
    407: "auth",
    408: "server",
    410: "not_found",
    429: "rate",
}

_BY_HUNDRED: Final[Mapping[int, AnswerClass]] = {4: "client", 5: "server"}
_SUCCESS: Final = range(200, 300)

RETRIED: Final[frozenset[AnswerClass]] = frozenset({"rate", "server", "soft_error"})
"""Classes after which the same question may have a better answer."""


def classify(
    source: Source,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    media_types: tuple[str, ...] = (),
) -> tuple[AnswerClass, str | None]:
    """The class of an answer, and why there is no usable body; None if there is.

    Only the outside is looked at: whether a body that passes as ``ok`` is whole is for
    the source's own check.

    Args:
        source: whose answer it is; its `recognise` is asked first.
        status: as it came, also one that HTTP does not know.
        headers: names in lower case.
        body: decompressed.
        media_types: of a usable answer, any of; empty: those of the source.
    """
    recognised = source.recognise and source.recognise(status, headers, body)
    if recognised == "ok":
        return "ok", None
    if recognised == "auth":
        return "auth", _key_refused(source, status)
    if recognised:
        return recognised, f"{status_line(status)}: {recognised}, says {source.title}"
    if status in _SUCCESS:
        wanted = media_types or source.required_content
        return _success(wanted, status, headers, body)
    outcome = _by_status(status)
    return outcome, (
        _key_refused(source, status) if outcome == "auth" else status_line(status)
    )


def status_line(status: int) -> str:
    """``HTTP 503 Service Unavailable``; the number alone if it has no name."""
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def media_type(headers: Mapping[str, str]) -> str:
    """``application/json``, without parameters, in lower case; empty if not said."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _success(
    wanted: Sequence[str], status: int, headers: Mapping[str, str], body: bytes
) -> tuple[AnswerClass, str | None]:
    if not body.strip():
        return "soft_error", f"{status_line(status)} with an empty body"
    given = media_type(headers)
    if given not in wanted:
        return "soft_error", (
            f"{status_line(status)} with {given[:60] or 'no media type'} "
            f"in place of {' or '.join(wanted)}"
        )
    return "ok", None


def _key_refused(source: Source, status: int) -> str:
    if source.key_header is None:
        return status_line(status)
    return (
        f"{status_line(status)}: it does not accept the key, correct "
        f"CITEHOUSE_{source.name.upper()}__API_KEY or leave it out"
    )


def _by_status(status: int) -> AnswerClass:
    # What is left are redirects that lead nowhere and numbers outside HTTP: no answers.
    by_hundred = _BY_HUNDRED.get(status // 100, "soft_error")
    return _BY_STATUS.get(status, by_hundred)
