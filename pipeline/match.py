"""match: records that share a strong identifier are the same work.

A union-find over identifier tokens, with a guard. Records are taken in the order of
the field precedence, then by their keys, so the result depends on the set of records
alone. The guard refuses a union that would give one work

* two DOIs, unless the registry itself says that one is an alias of the other. Where
  one of the two is a preprint's the works become two versions of one version group;
  otherwise the pair goes to the conflict list;
* two PMIDs: always a conflict.

Nothing is ever merged by title.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from schemas.identifiers import split_token, token_rank
from schemas.identity import (
    IdentityConflict,
    IdentityRow,
    Matching,
    VersionMember,
)

PRECEDENCE: Final = (
    "crossref",
    "datacite",
    "europepmc",
    "openalex",
    "semanticscholar",
    "opencitations",
)
"""Who is believed first: registries, then aggregators, then what is derived of both."""

ONLY_PREPRINTS: Final = frozenset(
    {"10.1101", "10.64898", "10.21203", "10.2139", "10.20944", "10.48550"}
)
"""Prefixes under which nothing but preprints is registered (bioRxiv and medRxiv old and
new, Research Square, SSRN, Preprints.org, arXiv). Asked only where no record says."""


class Forest:
    """Disjoint sets of texts; the root of a set is its strongest token."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def items(self) -> list[str]:
        """Every text in the forest, in the order of first sight."""
        return list(self._parent)

    def find(self, item: str) -> str:
        """The root of the item's set; an unknown item becomes a set of its own."""
        parent = self._parent
        root = parent.setdefault(item, item)
        while parent[root] != root:
            root = parent[root]
        while parent[item] != root:
            parent[item], item = root, parent[item]
        return root

    def union(self, one: str, other: str) -> str:
        """Join two sets and return the root."""
        first, second = self.find(one), self.find(other)
        if token_rank(second) < token_rank(first):
            first, second = second, first
        self._parent[second] = first
        return first


def match(rows: Iterable[IdentityRow]) -> Matching:
    """Group records into works and works into version groups.

    Order and repetition of the rows do not matter. No rows: an empty matching.
    """
    ordered = sorted(set(rows), key=_order)
    primes = _prime_dois(ordered)
    works = _Works(primes, _preprint_dois(ordered, primes))
    for row in ordered:
        works.add(row)
    return works.result(ordered)


def _order(row: IdentityRow) -> tuple[object, ...]:
    known = row.source in PRECEDENCE
    rank = PRECEDENCE.index(row.source) if known else len(PRECEDENCE)
    # The whole row, so that ties are broken; None and bool do not compare.
    return (rank, *row[:-1], bool(row.is_preprint), row.is_preprint is None)


def _prime_dois(rows: Sequence[IdentityRow]) -> dict[str, str]:
    """Alias DOI to prime DOI, as the registries say, chains followed to the end."""
    direct = {
        alias: row.tokens[0]
        for row in reversed(rows)  # the first in order has the last word
        for alias in row.aliases
        if alias != row.tokens[0] and row.tokens[0].startswith("doi:")
    }
    return {alias: _follow(alias, direct) for alias in direct}


def _follow(alias: str, direct: dict[str, str]) -> str:
    seen = {alias}
    while (following := direct.get(alias)) and following not in seen:
        seen.add(following)
        alias = following
    # Two DOIs that call each other an alias: any rule will do if it is always the same.
    return min(seen) if following else alias


def _preprint_dois(rows: Sequence[IdentityRow], primes: dict[str, str]) -> set[str]:
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


class _Works:
    """Works in the making: the forest and what the guard must know of each set."""

    def __init__(self, primes: dict[str, str], preprints: set[str]) -> None:
        self._primes = primes
        self._preprints = preprints
        self._forest = Forest()
        self._doi: dict[str, str] = {}
        self._pmid: dict[str, str] = {}
        self._versions: list[tuple[str, str]] = []
        self._conflicts: dict[IdentityConflict, None] = {}

    def add(self, row: IdentityRow) -> None:
        """Put a record's identifiers together as far as the guard allows."""
        anchor = self._enter(row.tokens[0])
        for token in row.tokens[1:]:
            self._join(anchor, self._enter(token), row)

    def result(self, rows: Sequence[IdentityRow]) -> Matching:
        """The works and version groups once every record is in."""
        find = self._forest.find
        work_of = {token: find(token) for token in self._forest.items()}
        work_of |= {
            alias: work_of[prime]
            for alias, prime in self._primes.items()
            if prime in work_of
        }
        links = [
            (row.tokens[0], token)
            for row in rows
            for token in row.version_tokens
            if token in work_of
        ]
        groups = Forest()
        for one, other in [*self._versions, *links]:
            groups.union(work_of[one], work_of[other])
        return Matching(
            work_of=work_of,
            members=self._members(sorted(set(work_of.values())), groups),
            conflicts=list(self._conflicts),
        )

    def _enter(self, token: str) -> str:
        token = self._primes.get(token, token)
        root = self._forest.find(token)
        scheme, _ = split_token(token)
        if scheme == "doi":
            self._doi.setdefault(root, token)
        elif scheme == "pmid":
            self._pmid.setdefault(root, token)
        return token

    def _join(self, one: str, other: str, row: IdentityRow) -> None:
        first, second = self._forest.find(one), self._forest.find(other)
        if first == second:
            return
        dois = {self._doi[root] for root in (first, second) if root in self._doi}
        pmids = {self._pmid[root] for root in (first, second) if root in self._pmid}
        if len(dois) > 1:
            self._keep_apart(one, other, dois, row)
        elif len(pmids) > 1:
            self._conflict(one, other, row, "two PMIDs")
        else:
            root = self._forest.union(first, second)
            if dois:
                self._doi[root] = dois.pop()
            if pmids:
                self._pmid[root] = pmids.pop()

    def _keep_apart(
        self, one: str, other: str, dois: set[str], row: IdentityRow
    ) -> None:
        if dois & self._preprints:
            self._versions.append((one, other))
        else:
            self._conflict(one, other, row, "two DOIs")

    def _conflict(self, one: str, other: str, row: IdentityRow, reason: str) -> None:
        found = IdentityConflict(one, other, row.source, row.record_key, reason)
        self._conflicts.setdefault(found)

    def _members(self, work_ids: Sequence[str], groups: Forest) -> list[VersionMember]:
        by_group: dict[str, list[str]] = {}
        for work_id in work_ids:
            by_group.setdefault(groups.find(work_id), []).append(work_id)
        members = []
        for group in by_group.values():
            # The published version names the group: its year and type stand for it.
            named = min(
                group, key=lambda work: (work in self._preprints, token_rank(work))
            )
            members += [
                VersionMember(work, named, work in self._preprints) for work in group
            ]
        return sorted(members)
