"""match: records that share a strong identifier are the same work.

A union-find over identifier tokens, with a guard. Records are taken in the order of
the field precedence, then by their keys, so the result depends on the set of records
alone. The guard refuses a union that would give one work

* two DOIs, unless the registry itself says that one is an alias of the other. Where
  one of the two is a preprint's the works become two versions of one version group;
  otherwise the pair goes to the conflict list;
* two PMIDs: always a conflict;
* identifiers that a person has split.

What a person has merged becomes one work at the end, also across two DOIs or two PMIDs;
only a split is stronger. Nothing is ever merged by title.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from pipeline.aliases import primes_of, said_aliases
from pipeline.forest import Forest
from pipeline.identity_splits import Side, Splits
from pipeline.preprints import preprint_dois, preprint_works
from pipeline.version_groups import Link, version_groups
from schemas.identifiers import token_rank
from schemas.identity import (
    IdentityConflict,
    IdentityDecision,
    IdentityJoin,
    IdentityRow,
    Matching,
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

_RANKS: Final = {source: rank for rank, source in enumerate(PRECEDENCE)}

DECISION_SIDE: Final = "decision"
"""The side of the rows that stand for people's merges."""

USER: Final = "citehouse"
"""The source of what no source said: the cited DOIs of runs, and people's decisions."""


def match(
    rows: Iterable[IdentityRow], decisions: Iterable[IdentityDecision] = ()
) -> Matching:
    """Group records into works and works into version groups.

    Order and repetition of the rows do not matter. No rows: an empty matching.

    Args:
        rows: what each record puts together.
        decisions: merges and splits that hold, oldest first. A merge of an identifier
            that no row has does nothing.
    """
    ordered = sorted(set(rows), key=_order)
    works, aliases = _put_together(ordered, list(decisions))
    return works.result(ordered, aliases)


def who_is_who(rows: Iterable[IdentityRow]) -> dict[str, str]:
    """Identifier to work, as in `match`, without all that is only to be told of it."""
    works, _ = _put_together(sorted(set(rows), key=_order), [])
    return works.work_of()


def _put_together(
    ordered: Sequence[IdentityRow], decided: Sequence[IdentityDecision]
) -> tuple["_Works", dict[str, IdentityRow]]:
    splits = Splits(one for one in decided if one.action == "split")
    aliases = splits.allowed(said_aliases(ordered))
    primes = primes_of(aliases)
    works = _Works(primes, preprint_dois(ordered, primes), splits.sides(primes))
    for row in ordered:
        works.add(row)
        for alias in row.aliases:
            if alias not in primes:  # split off its prime, or the prime itself
                works.enter(alias)
    for row in _merges(decided, ordered):
        works.add(row)
    return works, aliases


def _order(row: IdentityRow) -> tuple[object, ...]:
    rank = _RANKS.get(row.source, len(_RANKS))
    # The whole row, so that ties are broken; None and bool do not compare.
    flag = row.is_preprint
    return (rank, *row[:6], row.preprint_tokens, bool(flag), flag is None)


def _merges(
    decisions: Sequence[IdentityDecision], rows: Sequence[IdentityRow]
) -> list[IdentityRow]:
    merges = [one for one in decisions if one.action == "merge"]
    if not merges:
        return []
    asked = {token for one in merges for token in one.tokens}
    seen = asked & {
        token
        for row in rows
        for tokens in (row.tokens, row.aliases)
        for token in tokens
    }
    return [
        IdentityRow(USER, one.decision_id, DECISION_SIDE, one.tokens)
        for one in merges
        if seen.issuperset(one.tokens)
    ]


class _Works:
    """Works in the making: the forest and what the guard must know of each set."""

    def __init__(
        self, primes: dict[str, str], preprints: set[str], sides: dict[str, set[Side]]
    ) -> None:
        self._primes = primes
        self._preprints = preprints
        self._sides = sides
        self._forest = Forest()
        self._doi: dict[str, str] = {}
        self._pmid: dict[str, str] = {}
        self._versions: list[Link] = []
        self._conflicts: dict[IdentityConflict, None] = {}
        self._joins: list[tuple[str, str, IdentityRow]] = []

    def add(self, row: IdentityRow) -> None:
        """Put a record's identifiers together as far as the guard allows."""
        anchor = self.enter(row.tokens[0])
        for token in row.tokens[1:]:
            self._join(anchor, self.enter(token), row)

    def result(
        self, rows: Sequence[IdentityRow], aliases: dict[str, IdentityRow]
    ) -> Matching:
        """The works and version groups once every record is in."""
        work_of = self.work_of()
        preprints = preprint_works(rows, work_of, self._preprints)
        links = [
            Link(row.tokens[0], token, row, token in row.preprint_tokens)
            for row in rows
            for token in row.version_tokens
        ]
        members, refused = version_groups(work_of, preprints, [*links, *self._versions])
        by_alias = [
            (alias, row.tokens[0], row)
            for alias, row in sorted(aliases.items())
            if self._primes[alias] != alias
        ]
        return Matching(
            work_of=work_of,
            members=members,
            # A merge by a person may have settled what was kept apart before it.
            conflicts=[
                one
                for one in [*self._conflicts, *refused]
                if work_of[one.token_a] != work_of.get(one.token_b)
            ],
            joins=[
                _logged(work_of, one, other, row)
                for one, other, row in [*by_alias, *self._joins]
            ],
        )

    def work_of(self) -> dict[str, str]:
        """Identifier to work, with every alias."""
        find = self._forest.find
        found = {token: find(token) for token in self._forest.items()}
        return found | {
            alias: found[prime]
            for alias, prime in self._primes.items()
            if prime in found
        }

    def enter(self, token: str) -> str:
        """Take in an identifier; returns the one that stands for it."""
        token = self._primes.get(token, token)
        root = self._forest.find(token)
        if token.startswith("doi:"):
            self._doi.setdefault(root, token)
        elif token.startswith("pmid:"):
            self._pmid.setdefault(root, token)
        return token

    def _join(self, one: str, other: str, row: IdentityRow) -> None:
        first, second = self._forest.find(one), self._forest.find(other)
        if first == second:
            return
        dois = self._named(self._doi, first, second)
        pmids = self._named(self._pmid, first, second)
        is_user = row.side == DECISION_SIDE
        if self._sides and self._is_split(first, second):
            self._conflict(one, other, row, "split by a person")
        elif len(dois) > 1 and not is_user:
            self._keep_apart(one, other, dois, row)
        elif len(pmids) > 1 and not is_user:
            self._conflict(one, other, row, "two PMIDs")
        else:
            root = self._forest.union(first, second)
            self._joins.append((one, other, row))
            if dois:
                self._doi[root] = min(dois, key=self._doi_rank) if is_user else dois[0]
            if pmids:
                self._pmid[root] = min(pmids) if is_user else pmids[0]
            if self._sides:
                sides = [self._sides.pop(part, set()) for part in (first, second)]
                self._sides[root] = sides[0] | sides[1]

    @staticmethod
    def _named(names: dict[str, str], first: str, second: str) -> tuple[str, ...]:
        one, other = names.get(first), names.get(second)
        if one is None:
            return () if other is None else (other,)
        return (one,) if other is None else (one, other)

    def _doi_rank(self, doi: str) -> tuple[bool, tuple[int, str]]:
        return doi in self._preprints, token_rank(doi)

    def _is_split(self, first: str, second: str) -> bool:
        there = self._sides.get(second, set())
        return any(side.opposite in there for side in self._sides.get(first, set()))

    def _keep_apart(
        self, one: str, other: str, dois: tuple[str, ...], row: IdentityRow
    ) -> None:
        if not self._preprints.isdisjoint(dois):
            self._versions.append(Link(one, other, row, is_across=True))
        else:
            self._conflict(one, other, row, "two DOIs")

    def _conflict(self, one: str, other: str, row: IdentityRow, reason: str) -> None:
        found = IdentityConflict(one, other, row.source, row.record_key, reason)
        self._conflicts.setdefault(found)


def _logged(
    work_of: dict[str, str], one: str, other: str, row: IdentityRow
) -> IdentityJoin:
    by: Literal["record", "user"] = "user" if row.side == DECISION_SIDE else "record"
    return IdentityJoin(work_of[one], one, other, row.source, row.record_key, by)
