"""Which redirects are followed, and with what."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

MAX_REDIRECTS: Final = 5

_STATUSES: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"http": 80, "https": 443}


_STATUSES_OF_POST: Final = frozenset({307, 308})
"""What a POST follows as a POST, body and all (RFC 9110, 15.4)."""


def redirect_target(
    status: int, headers: Mapping[str, str], url: str, *, is_post: bool = False
) -> str | None:
    """Where an answer sends us; None: nowhere, or to where we do not go.

    Only within the same scheme: never from HTTPS to HTTP, never to a file.

    Args:
        status: of the answer.
        headers: names in lower case.
        url: that gave the answer; the target may be relative to it.
        is_post: the question was a POST.
    """
    location = headers.get("location", "").strip()
    followed = _STATUSES_OF_POST if is_post else _STATUSES
    if status not in followed or not location:
        return None
    try:
        target = urljoin(url, location)
        parts = urlsplit(target)
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    return target if has_host and parts.scheme == urlsplit(url).scheme else None


def is_same_origin(one: str, other: str) -> bool:
    """Same scheme, host and port: what a key is for."""
    return _origin(urlsplit(one)) == _origin(urlsplit(other))


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    try:
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        port = -1  # no port at all; it is the origin of nothing
    return parts.scheme, parts.hostname, port
