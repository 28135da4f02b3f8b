"""How we introduce ourselves to a source: contact, key; and how they are hidden."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final, get_args
from urllib.parse import urlencode, urlsplit

from pydantic import SecretStr

from pipeline.errors import ConfigError
from pipeline.settings import Settings
from pipeline.sources.base import Request, Source
from pipeline.transport.exchange import ACCEPT_ENCODING
from pipeline.transport.redact import Redactor
from schemas import provenance

HOME_PAGE: Final = "https://github.com/citehouse/citehouse"


class Identity:
    """Contact address, keys and addresses of the sources, checked once.

    Attributes:
        redactor: takes all of it out of what is kept or shown.

    Raises:
        ConfigError: one of them cannot be used; names the variable, never the value.
    """

    def __init__(self, settings: Settings) -> None:
        self._base_urls = dict(_base_urls(settings))
        self._keys = dict(_keys(settings))
        self.mailto = _mailto(settings)
        contact = [self.mailto] if self.mailto else []
        self.redactor = Redactor([*self._keys.values(), *contact])
        about = f"{HOME_PAGE}; mailto:{self.mailto}" if self.mailto else HOME_PAGE
        self._user_agent = f"Citehouse/{_version()} ({about})"

    def base_url(self, source: Source) -> str:
        """Where the source is asked, without a slash at the end."""
        return self._base_urls.get(source.name) or source.base_url.rstrip("/")

    def url(self, source: Source, request: Request) -> str:
        """The address to send the question to, with our contact where it is asked for.

        It is not to be kept as it is: see `redactor`.
        """
        params = request.params
        if source.contact_param and self.mailto:
            params = (*params, (source.contact_param, self.mailto))
        query = f"?{urlencode(params)}" if params else ""
        return f"{self.base_url(source)}{request.path}{query}"

    def headers(
        self,
        source: Source,
        media_types: tuple[str, ...] = (),
        *,
        with_key: bool = True,
    ) -> dict[str, str]:
        """The headers to send; a key stands here and nowhere else.

        Args:
            source: whose key is sent.
            media_types: to ask for; empty: those of the source.
            with_key: whether it is sent.
        """
        headers = {
            "User-Agent": self._user_agent,
            "Accept": ", ".join(media_types or source.required_content),
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        key = self._keys.get(source.name)
        if with_key and key and source.key_header:
            name, form = source.key_header
            headers[name] = form.format(key)
        return headers


def _mailto(settings: Settings) -> str | None:
    mailto = (settings.mailto or "").strip()
    name, _, host = mailto.rpartition("@")
    if mailto and not (name and host and _fits_a_header(mailto)):
        raise ConfigError(
            "CITEHOUSE_MAILTO is not an e-mail address (expected name@host, without "
            "spaces): correct it or leave it out"
        )
    return mailto or None


def _base_urls(settings: Settings) -> Iterator[tuple[str, str]]:
    for name in get_args(provenance.Source):
        base_url = (settings.of(name).base_url or "").strip().rstrip("/")
        if not base_url:
            continue
        if not _is_web_address(base_url):
            raise ConfigError(
                f"CITEHOUSE_{name.upper()}__BASE_URL is not a web address "
                "(expected http://... or https://..., without user name and query)"
            )
        yield name, base_url


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    extras = parts.query or parts.fragment or "@" in parts.netloc or port == 0
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return is_web and not extras and _fits_a_header(text)


def _keys(settings: Settings) -> Iterator[tuple[str, str]]:
    for name in get_args(provenance.Source):
        key = (settings.of(name).api_key or SecretStr("")).get_secret_value().strip()
        if not key:
            continue
        if not _fits_a_header(key):
            raise ConfigError(
                f"CITEHOUSE_{name.upper()}__API_KEY holds spaces or letters that no "
                "key has: copy it again"
            )
        yield name, key


def _fits_a_header(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _version() -> str:
    try:
        return version("citehouse")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"
