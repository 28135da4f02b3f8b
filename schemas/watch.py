"""The watch-list: works that are asked about every night, and what changed in it."""

import unicodedata
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from schemas.identifiers import Doi

WatchFormat: TypeAlias = Literal["dois", "csv", "bibtex", "ris", "csl-json"]
"""What a file of works may be written in; `dois` is one DOI a line."""

EXIT_DONE: Final = 0
EXIT_NOTHING_USABLE: Final = 1
EXIT_SOME_BROKEN: Final = 3

_MAX_TAG_CHARS: Final = 64
"""A tag is a word or two; a longer one is a mistake with the quotation marks."""


def normalise_tag(text: str) -> str:
    """The tag with single blanks; letters stay large or small as they are typed.

    Raises:
        ValueError: no text, too much of it, or a comma or control character in it.
    """
    tag = unicodedata.normalize("NFC", " ".join(text.split()))
    if not tag or len(tag) > _MAX_TAG_CHARS or not tag.isprintable() or "," in tag:
        raise ValueError(
            f"not a tag: {text[:80]!r} (1 to {_MAX_TAG_CHARS} printable characters, "
            "no comma)"
        )
    return tag


Tag = Annotated[str, AfterValidator(normalise_tag)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WatchedWork(_Frozen):
    """A work on the watch-list.

    Attributes:
        typed: the DOI as it was typed, or stood in the file, at first.
        tags: each once, in alphabetical order.
        added_at: when it was first added, UTC.
        from_file: the file that it first came from; None: typed on the command line.
    """

    doi: Doi
    typed: str
    tags: tuple[Tag, ...] = ()
    added_at: AwareDatetime
    from_file: str | None = None


class WatchProblem(_Frozen):
    """What could not be read: a line, an entry, or a whole file.

    Attributes:
        line: counted from 1; None: the whole file.
        key: of the entry, as its file has it; None: it has none.
        message: what is wrong, and what to do where that is not plain.
    """

    file: str
    line: int | None = None
    key: str | None = None
    message: str


class WatchedFile(_Frozen):
    """What became of one file: entry_count is the sum of the other counts.

    Attributes:
        format: None: the file could not be read as anything.
        entry_count: lines, rows or entries; not those that are empty or comments.
        added_count: works that are watched since now.
        already_watched_count: works that were watched before.
        repeated_count: works that stood further up, or in a file before.
        without_doi_count: faultless entries that name no DOI.
        broken_count: entries that could not be read; each is a problem.
    """

    file: str
    format: WatchFormat | None
    entry_count: int = 0
    added_count: int = 0
    already_watched_count: int = 0
    repeated_count: int = 0
    without_doi_count: int = 0
    broken_count: int = 0


class WatchImport(_Frozen):
    """What an import did.

    Attributes:
        files: in the order in which they were named.
        problems: in the order of files and lines; also of files without any entry.
        tagged_count: works that were watched before and have got a tag.
        watched_count: works on the list now.
    """

    files: tuple[WatchedFile, ...]
    problems: tuple[WatchProblem, ...] = ()
    tagged_count: int = 0
    watched_count: int

    @property
    def exit_code(self) -> int:
        """0 all was taken, 3 some of it was broken, 1 nothing was usable."""
        if not any(file.entry_count - _useless(file) for file in self.files):
            return EXIT_NOTHING_USABLE
        return EXIT_SOME_BROKEN if self.problems else EXIT_DONE


class WatchAddition(_Frozen):
    """What `watch add` did; the counts are those of `WatchedFile`."""

    added_count: int
    already_watched_count: int
    repeated_count: int = 0
    tagged_count: int = 0
    watched_count: int


class WatchRemoval(_Frozen):
    """What `watch remove` did.

    Attributes:
        removed: DOIs that are watched no more, sorted.
        untagged: DOIs that have lost a tag and are still watched, sorted.
        not_found: DOIs that were asked for and not watched, or had not the tag; sorted.
    """

    removed: tuple[str, ...] = ()
    untagged: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    watched_count: int = Field(ge=0)


def _useless(file: WatchedFile) -> int:
    return file.without_doi_count + file.broken_count
