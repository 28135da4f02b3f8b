"""DOIs of which a registry says that they are another DOI's work."""

from collections.abc import Iterable, Mapping

from schemas.identity import IdentityRow


def said_aliases(rows: Iterable[IdentityRow]) -> dict[str, IdentityRow]:
    """Alias DOI to the first record that says so; its first token is the prime.

    Rows in the order of the field precedence.
    """
    said: dict[str, IdentityRow] = {}
    for row in rows:
        if row.aliases and row.tokens[0].startswith("doi:"):
            for alias in row.aliases:
                if alias != row.tokens[0]:
                    said.setdefault(alias, row)
    return said


def primes_of(aliases: Mapping[str, IdentityRow]) -> dict[str, str]:
    """Alias DOI to the prime DOI at the end of its chain."""
    return {alias: _follow(alias, aliases) for alias in aliases}


def _follow(alias: str, aliases: Mapping[str, IdentityRow]) -> str:
    seen = {alias}
    while (row := aliases.get(alias)) and row.tokens[0] not in seen:
        alias = row.tokens[0]
        seen.add(alias)
    if row is None:
        return alias
    # DOIs that call each other an alias: any rule will do if it is always the same.
    return min(_circle(alias, aliases))


def _circle(alias: str, aliases: Mapping[str, IdentityRow]) -> set[str]:
    seen: set[str] = set()
    while alias not in seen:
        seen.add(alias)
        alias = aliases[alias].tokens[0]
    return seen
