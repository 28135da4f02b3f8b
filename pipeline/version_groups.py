"""Works that are versions of each other: one version group, several works.

Links are taken in two rounds. First those between versions of one kind: two preprints,
or a DataCite concept and its versions. Then those between a preprint and what was
published of it, with a guard: a preprint that is linked to two published works, which
no link of the first round calls versions of each other, would chain the two into one
group. The first link in the order of the field precedence holds; the other one goes to
the conflict list.
"""

from collections.abc import Iterable, Mapping, Set
from typing import Final, NamedTuple

from pipeline.forest import Forest
from schemas.identifiers import split_token, token_rank
from schemas.identity import IdentityConflict, IdentityRow, VersionMember

TWO_PUBLISHED: Final = "two published versions"

_GUARDED_SCHEMES: Final = frozenset({"doi", "pmid"})
"""A published work named by a weaker identifier may be one that the group holds under
its DOI: records that share none are not matched."""


class Link(NamedTuple):
    """A record's word that two identifiers name versions of one work.

    Attributes:
        is_across: it says that one of the two is a preprint of the other.
    """

    token_a: str
    token_b: str
    row: IdentityRow
    is_across: bool


def version_groups(
    work_of: Mapping[str, str], preprints: Set[str], links: Iterable[Link]
) -> tuple[list[VersionMember], list[IdentityConflict]]:
    """Every work with its group, ordered by work_id, and the links that were refused.

    A link may lead to an identifier that names no known work: two works that are linked
    to the same one are versions of each other, but it does not become a work itself.
    The published version names its group: its year and type stand for it.

    Args:
        work_of: token to work_id.
        preprints: work_ids of preprints.
        links: strongest first; the result depends on their order, where they conflict.
    """
    groups = _Groups(work_of, preprints)
    across = []
    for link in links:
        if groups.is_across(link):
            across.append(link)
        else:
            groups.join(link)
    conflicts = groups.join_across(across)
    return groups.members(), conflicts


class _Groups:
    def __init__(self, work_of: Mapping[str, str], preprints: Set[str]) -> None:
        self._work_of = work_of
        self._preprints = preprints
        self._forest = Forest()
        self._touched: dict[str, None] = {}

    def is_across(self, link: Link) -> bool:
        one, other = self._works(link)
        if one in self._work_of and other in self._work_of:
            return (one in self._preprints) != (other in self._preprints)
        return link.is_across

    def _works(self, link: Link) -> tuple[str, str]:
        one, other = link.token_a, link.token_b
        return self._work_of.get(one, one), self._work_of.get(other, other)

    def join(self, link: Link) -> None:
        one, other = self._works(link)
        self._touched |= {one: None, other: None}
        self._forest.union(one, other)

    def join_across(self, links: Iterable[Link]) -> list[IdentityConflict]:
        # The schemes under which a group holds a published work.
        published: dict[str, set[str]] = {}
        for work in self._touched:
            self._note_published(published, work)
        conflicts = []
        for link in links:
            one, other = self._works(link)
            for work in (one, other):
                if work not in self._touched:
                    self._touched[work] = None
                    self._note_published(published, work)
            first, second = self._forest.find(one), self._forest.find(other)
            if first == second:
                continue
            held = published.get(first, set()), published.get(second, set())
            if held[0] & held[1]:
                conflicts.append(_refused(link))
                continue
            root = self._forest.union(first, second)
            published[root] = held[0] | held[1]
        return conflicts

    def _note_published(self, published: dict[str, set[str]], work: str) -> None:
        scheme, _ = split_token(work)
        if (
            scheme in _GUARDED_SCHEMES
            and work in self._work_of
            and work not in self._preprints
        ):
            published.setdefault(self._forest.find(work), set()).add(scheme)

    def members(self) -> list[VersionMember]:
        by_group: dict[str, list[str]] = {}
        for work in self._touched:
            if work in self._work_of:
                by_group.setdefault(self._forest.find(work), []).append(work)
        named: dict[str, str] = {}
        for group in by_group.values():
            name = min(
                group, key=lambda work: (work in self._preprints, token_rank(work))
            )
            named |= dict.fromkeys(group, name)
        return [
            VersionMember(work, named.get(work, work), work in self._preprints)
            for work in sorted(set(self._work_of.values()))
        ]


def _refused(link: Link) -> IdentityConflict:
    row = link.row
    return IdentityConflict(
        link.token_a, link.token_b, row.source, row.record_key, TWO_PUBLISHED
    )
