"""What some files name, each DOI once, and what was wrong with the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.watch_import.entries import Broken, Entry
from pipeline.watch_import.file_text import STDIN, as_text, read_bytes
from pipeline.watch_import.formats import format_of, read_entries
from schemas.identifiers import normalise_doi
from schemas.watch import WatchFormat, WatchProblem

STDIN_NAME: Final = "standard input"
_MAX_KEY_CHARS: Final = 80


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that is to be watched; `doi` is normal, `typed` is as it stood there."""

    doi: str
    typed: str
    from_file: str | None = None


@dataclass(slots=True)
class ReadFile:
    """What one file gave: entry_count is the sum of all lengths and counts.

    Attributes:
        file: its name, as it was typed.
        candidates: those that no file before named.
        repeated: DOIs that were named before, in this file or another.
    """

    file: str
    format: WatchFormat | None = None
    candidates: list[Candidate] = field(default_factory=list)
    repeated_count: int = 0
    without_doi_count: int = 0
    broken_count: int = 0
    problems: list[WatchProblem] = field(default_factory=list)

    @property
    def entry_count(self) -> int:
        """Entries of all kinds."""
        counts = self.repeated_count + self.without_doi_count + self.broken_count
        return len(self.candidates) + counts


def read_files(
    files: Sequence[str],
    written_in: WatchFormat | None = None,
    column: str | None = None,
) -> list[ReadFile]:
    """Each file once, in their order; nothing is written anywhere.

    Args:
        files: names; ``-`` is standard input.
        written_in: the format of all of them; None: each is looked at.
        column: of tables, the heading or the number of the column with the DOI.

    Raises:
        UsageError: a file cannot be read, or has not got the column.
    """
    seen: set[str] = set()
    return [_read_file(file, written_in, column, seen) for file in dict.fromkeys(files)]


def _read_file(
    file: str, written_in: WatchFormat | None, column: str | None, seen: set[str]
) -> ReadFile:
    text = as_text(read_bytes(file))
    found = ReadFile(STDIN_NAME if file == STDIN else printed(file))
    found.format = written_in or format_of(file, text)
    for item in read_entries(text, found.format, column=column):
        if isinstance(item, Broken):
            _add_broken(found, item)
        elif item.doi is None:
            found.without_doi_count += 1
        else:
            _add_candidate(found, item, item.doi, seen)
    if not found.entry_count and not found.problems:
        _add_broken(found, Broken(None, "no DOI in it", is_file=True))
    return found


def _add_candidate(found: ReadFile, entry: Entry, typed: str, seen: set[str]) -> None:
    try:
        doi = normalise_doi(typed)
    except ValueError as err:
        _add_broken(found, Broken(entry.line, str(err), entry.key))
        return
    if doi in seen:
        found.repeated_count += 1
        return
    seen.add(doi)
    found.candidates.append(Candidate(doi, printed(typed), found.file))


def _add_broken(found: ReadFile, broken: Broken) -> None:
    if not broken.is_file:
        found.broken_count += 1
    found.problems.append(
        WatchProblem(
            file=found.file,
            line=broken.line,
            key=printed(broken.key[:_MAX_KEY_CHARS]) if broken.key else None,
            message=printed(broken.message),
        )
    )


def printed(text: str) -> str:
    """The text as UTF-8 can hold it: lone surrogates become escapes."""
    return text.encode("utf-8", "backslashreplace").decode()
