"""What a shape is: the fields that a source is known to send, and the words in them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

ANY: Final = "*"
"""Endpoint of the shape that stands for all endpoints that no other one names."""

Tree = dict[str, "Tree"]
"""Field to the fields below it; one with none below is not looked into."""


@dataclass(frozen=True)
class Words:
    """What is known of the words of one field.

    Attributes:
        is_known: told a word in lower case.
        is_open: the source's list has no end, and a record may have several words: they
            are strange only if not one of them is known.
    """

    is_known: Callable[[str], bool]
    is_open: bool = False


def among(words: Collection[str]) -> Words:
    """A list that the source has written down; case does not matter."""
    known = frozenset(word.lower() for word in words)
    return Words(known.__contains__)


@dataclass(frozen=True)
class Shape:
    """The records of some endpoints of one source, as documented and as recorded.

    Paths are dotted; ``[]`` marks a list for the reader and means nothing else: a list
    of objects has the fields of its objects. Outlines have a line for each object, its
    path and then its fields; ``.`` is the outermost object, and a line that begins with
    a space goes on with the one before.

    Attributes:
        endpoints: of the source file; ``*`` for all others.
        at: where the records stand, the first path that is there; ``.``: the answer
            itself is a record, or a list of them.
        fields: outline of a record. A field without fields of its own is not looked
            into: its value is plain, or an object whose keys are data.
        around: outline of what stands around the records.
        required: fields of a record without which nothing can be made of it.
        words: path in a record to the words that are known there.
    """

    endpoints: tuple[str, ...]
    at: tuple[str, ...]
    fields: str
    around: str = ""
    required: tuple[str, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)

    @cached_property
    def record(self) -> Tree:
        """The fields of a record."""
        return outline(self.fields)

    def envelope(self, at: str) -> Tree:
        """The fields around records that stand at `at`, which is not looked into."""
        tree = outline(self.around)
        _below(tree, at).clear()
        return tree


def outline(text: str) -> Tree:
    """The fields in an outline; see `Shape`."""
    tree: Tree = {}
    for path, names in _lines(text):
        place = _below(tree, path)
        for name in names:
            place.setdefault(name.removesuffix("[]"), {})
    return tree


@cache
def steps(path: str) -> tuple[str, ...]:
    """The names along a path, outermost first; none for ``.``."""
    bare = [step.removesuffix("[]") for step in path.split(".")]
    return tuple(step for step in bare if step)


def _lines(text: str) -> Iterator[tuple[str, list[str]]]:
    path, names = "", list[str]()
    for line in text.strip("\n").splitlines():
        if line.startswith(" "):
            names += line.split()
            continue
        if path:
            yield path, names
        path, *names = line.split()
    if path:
        yield path, names


def _below(tree: Tree, path: str) -> Tree:
    for step in steps(path):
        tree = tree.setdefault(step, {})
    return tree
