"""DOIs and files of works onto the watch-list, and a report of what became of each."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.cited_dois import normalise_all
from pipeline.errors import UsageError
from pipeline.watch_import.candidates import Candidate, ReadFile, printed, read_files
from pipeline.watch_list import Added, add_works, watched_dois
from schemas.watch import (
    WatchAddition,
    WatchedFile,
    WatchFormat,
    WatchImport,
    normalise_tag,
)


def take_dois(
    home: Path, typed: Sequence[str], *, tags: Sequence[str] = ()
) -> WatchAddition:
    """Watch the works of these DOIs, in any spelling.

    Raises:
        UsageError: a DOI or a tag is none; nothing was added.
        ConfigError, WarehouseError: as `pipeline.watch_list.add_works`.
    """
    normal_tags = [tag_of(tag) for tag in tags]
    dois = dois_of(typed)
    candidates = [Candidate(doi, printed(text)) for doi, text in dois.items()]
    added = add_works(home, candidates, tags=normal_tags)
    new_count = sum(added.is_new(doi) for doi in dois)
    return WatchAddition(
        added_count=new_count,
        already_watched_count=len(dois) - new_count,
        repeated_count=len(typed) - len(dois),
        tagged_count=added.tagged_count,
        watched_count=added.watched_count,
    )


def take_files(
    home: Path,
    files: Sequence[str],
    *,
    tags: Sequence[str] = (),
    written_in: WatchFormat | None = None,
    column: str | None = None,
) -> WatchImport:
    """Watch the works that these files name; what is broken is left out and reported.

    All files are read before anything is written; if none names a work, nothing is.

    Args:
        home: the folder of the warehouse; it is made if it is not there.
        files: names; ``-`` is standard input.
        tags: for all works of all files.
        written_in: the format of all files; None: each is looked at.
        column: of tables, the heading or the number of the column with the DOI.

    Raises:
        UsageError: a file cannot be read or has not got the column, or a tag is none;
            nothing was added.
        ConfigError, WarehouseError: as `pipeline.watch_list.add_works`.
    """
    normal_tags = [tag_of(tag) for tag in tags]
    found = read_files(files, written_in, column)
    candidates = [one for file in found for one in file.candidates]
    if not candidates:
        added, watched_count = None, len(watched_dois(home))
    else:
        added = add_works(home, candidates, tags=normal_tags)
        watched_count = added.watched_count
    return WatchImport(
        files=tuple(_taken(file, added) for file in found),
        problems=tuple(problem for file in found for problem in file.problems),
        tagged_count=added.tagged_count if added else 0,
        watched_count=watched_count,
    )


def dois_of(typed: Sequence[str]) -> dict[str, str]:
    """Normal DOI to the text it was typed as, sorted, each once.

    Raises:
        UsageError: some text is not a DOI, or there is none; says what was not done.
    """
    try:
        return normalise_all(typed)
    except UsageError as err:
        raise UsageError(f"{err}; the watch-list is as it was") from err


def tag_of(typed: str) -> str:
    """The tag in its normal form.

    Raises:
        UsageError: the text is not a tag; says what was not done.
    """
    try:
        return normalise_tag(typed)
    except ValueError as err:
        raise UsageError(f"{err}; the watch-list is as it was") from err


def _taken(file: ReadFile, added: Added | None) -> WatchedFile:
    new = [one for one in file.candidates if added and added.is_new(one.doi)]
    return WatchedFile(
        file=file.file,
        format=file.format,
        entry_count=file.entry_count,
        added_count=len(new),
        already_watched_count=len(file.candidates) - len(new),
        repeated_count=file.repeated_count,
        without_doi_count=file.without_doi_count,
        broken_count=file.broken_count,
    )
