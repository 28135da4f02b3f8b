"""What all citation formats say of a work, in the same words."""

import unicodedata
from typing import Final
from urllib.parse import quote

from schemas.citable_work import CitableWork

RETRACTED: Final = "Retracted"
SHORTENED: Final = "Not all authors are known"

_SAFE: Final = "/:;()._-~"
_PAGES: Final = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "arxiv": "https://arxiv.org/abs/",
    "openalex": "https://openalex.org/",
    "omid": "https://opencitations.net/meta/",
    "s2": "https://www.semanticscholar.org/paper/",
    "epmc": "https://europepmc.org/abstract/",
}
"""Where a work can be seen, by the scheme of its strongest identifier."""


def one_line(text: str | None) -> str | None:
    """The text without line breaks, tabs and control signs; None if nothing is left."""
    if text is None:
        return None
    words = " ".join(text.split())
    kept = "".join(
        sign for sign in words if unicodedata.category(sign) not in {"Cc", "Cs"}
    )
    return " ".join(kept.split()) or None


def date_parts(work: CitableWork) -> tuple[int, ...]:
    """Year, month and day, as far as they are known; empty: not even the year."""
    text = work.published_date or ""
    if not text or text.startswith("-"):  # before our era: no format has a word for it
        return ()
    return tuple(int(part) for part in text.split("-"))


def link(work: CitableWork) -> str | None:
    """The address of a page about the work; None if its identifier has none."""
    if work.doi:
        return _PAGES["doi"] + quote(work.doi, safe=_SAFE)
    scheme, _, value = work.work_id.partition(":")
    return _PAGES[scheme] + quote(value, safe=_SAFE) if scheme in _PAGES else None


def note(work: CitableWork) -> str | None:
    """What a reader must know before citing the work; None: nothing."""
    said = [RETRACTED] if work.is_retracted else []
    if is_shortened(work):
        said.append(SHORTENED)
    return "; ".join(said) or None


def is_shortened(work: CitableWork) -> bool:
    """Whether only the first authors of the byline are known."""
    return bool(work.authors) and work.author_count is None
