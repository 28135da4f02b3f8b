"""What people have split: identifiers that no record may bring together again."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.forest import Forest
from schemas.identity import IdentityDecision, IdentityRow


class Side(NamedTuple):
    """One side of a split: the identifiers taken off, or those that stay."""

    decision_id: str
    is_taken_off: bool

    @property
    def opposite(self) -> "Side":
        """The other side of the same split."""
        return Side(self.decision_id, not self.is_taken_off)


class Splits:
    """The splits that hold, looked up by identifier.

    An identifier that appears after a split is on neither side of it: it goes with the
    record that first brings it.
    """

    def __init__(self, decisions: Iterable[IdentityDecision]) -> None:
        self._sides: dict[str, set[Side]] = {}
        for decision in decisions:
            for tokens, is_off in ((decision.tokens, True), (decision.kept, False)):
                for token in tokens:
                    side = Side(decision.decision_id, is_off)
                    self._sides.setdefault(token, set()).add(side)

    def sides(self, primes: Mapping[str, str]) -> dict[str, set[Side]]:
        """The sides of each identifier, those of an alias under its prime DOI."""
        found: dict[str, set[Side]] = {}
        for token, sides in self._sides.items():
            found.setdefault(primes.get(token, token), set()).update(sides)
        return found

    def allowed(self, aliases: Mapping[str, IdentityRow]) -> dict[str, IdentityRow]:
        """Aliases without those that would bring two sides of a split together.

        Args:
            aliases: alias to the record whose first token is its prime.
        """
        if not self._sides:
            return dict(aliases)
        forest, sides = Forest(), {token: set(of) for token, of in self._sides.items()}
        kept = {}
        for alias, row in sorted(aliases.items()):
            one, other = forest.find(alias), forest.find(row.tokens[0])
            here, there = sides.get(one, set()), sides.get(other, set())
            if any(side.opposite in there for side in here):
                continue
            sides[forest.union(one, other)] = here | there
            kept[alias] = row
        return kept
