"""Keeps our own contact address and keys out of everything that is kept or shown."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit, urlunsplit

MIN_SECRET_LENGTH: Final = 6
"""Shorter texts would be found in innocent data; no service issues keys so short."""

MARK: Final = "[redacted]"

_PRIVATE_PARAMS: Final = frozenset(
    {"mailto", "email", "api_key", "apikey", "api-key", "access_token", "token"}
)


class Redactor:
    """Replaces secrets by ``[redacted]``, in any of the forms that servers echo.

    Args:
        secrets: the contact address and the API keys.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        kept = [secret for secret in secrets if len(secret) >= MIN_SECRET_LENGTH]
        forms = {
            form
            for secret in kept
            for form in (
                secret,
                quote(secret, safe=""),
                quote_plus(secret),
                escape(secret),
            )
        }
        # Longest first: a secret that contains another goes whole.
        pattern = "|".join(re.escape(form) for form in sorted(forms, key=len)[::-1])
        self._text = re.compile(pattern, re.IGNORECASE) if pattern else None
        self._bytes = re.compile(pattern.encode("utf-8"), re.IGNORECASE)
        self._lowered = [form.encode("utf-8").lower() for form in forms]
        self._cores = {_core(secret) for secret in kept}

    def text(self, text: str) -> str:
        """The text without secrets."""
        return self._text.sub(MARK, text) if self._text else text

    def body(self, body: bytes) -> bytes:
        """The bytes without secrets; the very same bytes if there are none."""
        # Hardly any body holds one, and plain search is ten times as fast as a pattern.
        lowered = body.lower()
        if not any(core in lowered for core in self._cores):
            return body
        if not any(form in lowered for form in self._lowered):
            return body
        return self._bytes.sub(MARK.encode(), body)

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, their values without secrets."""
        return {name: self.text(value) for name, value in headers.items()}

    def url(self, url: str) -> str:
        """The URL without user info, and without parameters that carry secrets."""
        parts = urlsplit(url)
        query = parts.query
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if not _is_private(name)]
        if len(kept) != len(pairs):
            query = urlencode(kept)
        host = parts.netloc.rpartition("@")[2]
        return self.text(urlunsplit((parts.scheme, host, parts.path, query, "")))


def _core(secret: str) -> bytes:
    """The longest part of a secret that is the same in all its forms, in lower case."""
    parts: list[str] = re.findall(r"[A-Za-z0-9]*", secret)
    return max(parts, key=len).lower().encode()


def _is_private(name: str) -> bool:
    return name.lower() in _PRIVATE_PARAMS
