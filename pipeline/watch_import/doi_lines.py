"""One DOI a line; ``#`` begins a comment."""

from pipeline.watch_import.entries import Entry, Read
from pipeline.watch_import.file_text import lines_of


def read(text: str) -> Read:
    """Each line that holds more than a comment."""
    for number, line in enumerate(lines_of(text), start=1):
        if typed := without_comment(line):
            yield Entry(number, typed)


def without_comment(line: str) -> str:
    """What a line says; nothing if it is empty or a comment.

    A DOI may hold a # but no blank, so a # that begins the line or follows a blank
    begins a comment.
    """
    text = line.strip().removeprefix("\ufeff")
    if text.startswith("#"):
        return ""
    return text.split(" #")[0].split("\t#")[0].strip()
