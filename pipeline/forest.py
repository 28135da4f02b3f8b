"""Disjoint sets of identifier tokens."""

from schemas.identifiers import token_rank


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
