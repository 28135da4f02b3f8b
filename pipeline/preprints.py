"""Which works are preprints, by what records say and by the prefixes of DOIs."""

from collections.abc import Mapping, Sequence
from typing import Final

from schemas.identifiers import split_token
from schemas.identity import IdentityRow

ONLY_PREPRINTS: Final = frozenset(
    {"10.1101", "10.64898", "10.21203", "10.2139", "10.20944", "10.48550"}
)
"""Prefixes under which nothing but preprints is registered (bioRxiv and medRxiv old and
new, Research Square, SSRN, Preprints.org, arXiv). Asked only where no record says."""


def preprint_dois(rows: Sequence[IdentityRow], primes: Mapping[str, str]) -> set[str]:
    """DOIs of preprints: the first record that describes a DOI decides."""
    decided: dict[str, bool] = {}
    for row in rows:
        doi = primes.get(row.tokens[0], row.tokens[0])
        if (
            row.side == "work"
            and row.is_preprint is not None
            and doi.startswith("doi:")
        ):
            decided.setdefault(doi, row.is_preprint)
    return {doi for doi, is_preprint in decided.items() if is_preprint} | {
        token
        for row in rows
        for token in row.tokens
        if token not in decided and _has_preprint_prefix(token)
    }


def _has_preprint_prefix(token: str) -> bool:
    scheme, value = split_token(token)
    return scheme == "doi" and value.partition("/")[0] in ONLY_PREPRINTS


def preprint_works(
    rows: Sequence[IdentityRow], work_of: Mapping[str, str], dois: set[str]
) -> set[str]:
    """The works that are preprints: by their DOI, else the first record that says.

    A work that no record describes is one if a published work calls it its preprint.

    Args:
        rows: in the order of the field precedence.
        work_of: token to work.
        dois: of preprints, by `preprint_dois`.
    """
    decided: dict[str, bool] = {}
    for row in rows:
        if row.is_preprint is not None:
            decided.setdefault(work_of[row.tokens[0]], row.is_preprint)
    called = {
        work_of[token]: True
        for row in rows
        if row.is_preprint is False
        for token in row.preprint_tokens
        if token in work_of
    }
    decided |= {doi: True for doi in dois if work_of.get(doi) == doi}
    return {work for work, is_one in (called | decided).items() if is_one}
