"""The names a work goes by, each in one normal form.

A *token* is an identifier with its scheme in front, ``doi:10.1234/abc``: what records
of different sources meet by (see `pipeline.match`). Tokens are compared as text, so
everything here returns lower-case text except where a scheme is case-sensitive.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Annotated, Final, Literal
from urllib.parse import unquote

from pydantic import AfterValidator

Scheme = Literal["doi", "pmid", "pmcid", "arxiv", "openalex", "s2", "omid", "epmc"]

SCHEMES: Final[tuple[Scheme, ...]] = (
    "doi",
    "pmid",
    "pmcid",
    "arxiv",
    "openalex",
    "s2",
    "omid",
    "epmc",
)
"""Strongest first: a work is named by its first identifier in this order."""

_RANK: Final[dict[str, int]] = {name: rank for rank, name in enumerate(SCHEMES)}

DOI_PATTERN: Final = re.compile(
    r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f\ud800-\udfff]+"
)
"""Source: ISO 26324 and Crossref's "DOIs and matching regular expressions" (2015),
widened by sub-prefixes (``10.1000.10/x``), which the DOI handbook allows."""

_MAX_DOI_CHARS: Final = 2048
"""Source: Crossref's deposit schema; no other agency allows more."""

_DOI_LABEL: Final = re.compile(
    r"^(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:\s*|info:doi/)", re.IGNORECASE
)
_OPENALEX: Final = re.compile(
    r"^(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W[0-9]+)$", re.IGNORECASE
)
_ORCID: Final = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", re.IGNORECASE)
_ORCID_CHARS: Final = 19
# Bounded, and from the first digit on: else long rows of digits take a long time.
_PMCID: Final = re.compile(r"(?<![0-9])([0-9]{1,12})(?:\.[0-9]{1,4})?/?$")
_PMID: Final = re.compile(r"(?<![0-9])([0-9]{1,12})/?$")

_ARXIV: Final = re.compile(
    r"(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)?(?:arxiv:\s*)?"
    r"(?:([0-9]{4}\.[0-9]{4,5})|([a-z-]{2,20})(?:\.[a-z-]{2,20})?(/[0-9]{7}))"
    r"(?:v[0-9]{1,3})?(?:\.pdf)?"
)
"""Source: https://info.arxiv.org/help/arxiv_identifier.html: since 2007 ``0704.0001``,
before ``math.GT/0309136``, of which the class is not part of the name."""

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""What copying from a page or a file leaves in a text."""

_ESCAPED: Final = re.compile(
    r"&(lt|gt|amp);|%(28|29|2f|3a|3b|3c|3e|5b|5d)", re.IGNORECASE
)
_UNESCAPED: Final = {"lt": "<", "gt": ">", "amp": "&"}
"""The signs of SICI DOIs, which reference lists hold as ``&lt;`` and ``%5B``. A percent
sign (``%25``) is not one of them: it may be meant."""

_TRAILING: Final = ".,;:"
_BRACKETS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}


def normalise_doi(text: str) -> str:
    """The DOI in lower case, without label, resolver or sentence punctuation.

    Percent escapes are undone at most once, and only where the text is a URL or does
    not match as it stands; those of the signs of SICI DOIs always, and so are their
    HTML entities. A closing bracket goes only if nothing opened it, so that
    ``10.1890/0012-9615(1999)069[0569:EDILSA]2.0.CO;2`` stays whole. Normalising twice
    changes nothing.

    Raises:
        ValueError: the text holds no DOI, more than one, or control characters.
    """
    if len(text) > _MAX_DOI_CHARS:
        raise ValueError(f"not a DOI: {text[:200]!r}... (longer than any)")
    bare = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()
    was_url = False
    while label := _DOI_LABEL.match(bare):
        was_url = was_url or "doi.org" in label.group().lower()
        bare = bare[label.end() :].strip()
    if "%" in bare and (was_url or not DOI_PATTERN.fullmatch(bare)):
        bare = _decoded(bare)
    bare = _trim(_unescaped(bare))
    if not DOI_PATTERN.fullmatch(bare):
        raise ValueError(f"not a DOI: {text[:200]!r} (expected 10.PREFIX/SUFFIX)")
    # Some letters change their normal form when lowered; fold until nothing moves.
    return unicodedata.normalize("NFC", bare.lower())


def _decoded(text: str) -> str:
    try:
        return _INVISIBLE.sub("", unquote(text, errors="strict"))
    except UnicodeDecodeError:  # then these are no escapes
        return text


def _unescaped(text: str) -> str:
    before = None
    while before != text and (
        "&" in text or "%" in text
    ):  # sources escape twice: ``&amp;lt;``
        before, text = text, _ESCAPED.sub(_sign, text)
    return text


def _sign(found: re.Match[str]) -> str:
    name, code = found.groups()
    return _UNESCAPED[name.lower()] if name else chr(int(code, 16))


def _trim(doi: str) -> str:
    while doi:
        last = doi[-1]
        opened = _BRACKETS.get(last)
        if last in _TRAILING or (opened and doi.count(last) > doi.count(opened)):
            doi = doi[:-1]
        else:
            break
    return doi


def normalise_orcid(text: str) -> str:
    """The bare ORCID iD, ``0000-0002-1825-0097``.

    Raises:
        ValueError: no ORCID iD at the end of the text.
    """
    end = text.strip()[-_ORCID_CHARS:]
    if not _ORCID.fullmatch(end):
        raise ValueError(f"not an ORCID iD: {text[:60]!r}")
    return end.upper()


def normalise_openalex(text: str) -> str:
    """The bare OpenAlex work id, ``W2741809807``.

    Raises:
        ValueError: not an OpenAlex work id.
    """
    found = _OPENALEX.match(text.strip())
    if not found:
        raise ValueError(f"not an OpenAlex work id: {text[:60]!r}")
    return found.group(1).upper()


def normalise_pmid(text: str | int) -> str:
    """The PMID as digits without leading zeros, from an integer, digits or a URL.

    Raises:
        ValueError: no digits at the end, or only zeros.
    """
    found = _PMID.search(str(text).strip())
    digits = found.group(1).lstrip("0") if found else ""
    if not digits:
        raise ValueError(f"not a PMID: {str(text)[:60]!r}")
    return digits


def normalise_pmcid(text: str | int) -> str:
    """The PMCID with its prefix, ``PMC3531190``; a version suffix is dropped.

    Raises:
        ValueError: no digits at the end, or only zeros.
    """
    found = _PMCID.search(str(text).strip())
    digits = found.group(1).lstrip("0") if found else ""
    if not digits:
        raise ValueError(f"not a PMCID: {str(text)[:60]!r}")
    return f"PMC{digits}"


def normalise_arxiv(text: str) -> str:
    """The bare arXiv identifier, ``2101.00001`` or ``math/0309136``, without version.

    Raises:
        ValueError: not an arXiv identifier.
    """
    found = _ARXIV.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(f"not an arXiv identifier: {text[:60]!r}")
    number, archive, rest = found.groups()
    return number or f"{archive}{rest}"


_NORMALISERS: Final[dict[str, Callable[[str], str]]] = {
    "arxiv": normalise_arxiv,
    "openalex": normalise_openalex,
    "pmid": normalise_pmid,
    "pmcid": normalise_pmcid,
}

Doi = Annotated[str, AfterValidator(normalise_doi)]
Orcid = Annotated[str, AfterValidator(normalise_orcid)]


def token(scheme: Scheme, value: str) -> str:
    """``scheme:value``, the text that records are matched by; value is normal."""
    return f"{scheme}:{value}"


def read_token(text: str) -> str:
    """The token of an identifier as a person writes it.

    Takes a DOI in any notation, an OpenAlex id, or ``scheme:value`` of any scheme.

    Raises:
        ValueError: it is none of these; says what it may be.
    """
    scheme, _, value = text.strip().partition(":")
    scheme = scheme.lower()
    if scheme in _NORMALISERS:
        return f"{scheme}:{_NORMALISERS[scheme](value)}"
    if scheme in SCHEMES and scheme != "doi" and value:
        return f"{scheme}:{value}"
    for other, normalise in (("doi", normalise_doi), ("openalex", normalise_openalex)):
        with suppress(ValueError):
            return f"{other}:{normalise(text)}"
    raise ValueError(
        f"not an identifier: {text[:60]!r}; write a DOI, or scheme:value with one of "
        + ", ".join(SCHEMES)
    )


def split_token(text: str) -> tuple[str, str]:
    """The scheme and the value of a token."""
    scheme, _, value = text.partition(":")
    return scheme, value


def token_rank(text: str) -> tuple[int, str]:
    """Sort key of tokens: strongest scheme first, then the value as text."""
    scheme, _, value = text.partition(":")
    return (_RANK.get(scheme, len(_RANK)), value)


def sorted_tokens(tokens: Iterable[str]) -> list[str]:
    """Each token once, strongest first."""
    return sorted(set(tokens), key=token_rank)
