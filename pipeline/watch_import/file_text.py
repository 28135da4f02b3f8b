"""A file as text, whatever it was exported by."""

import codecs
import sys
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError

STDIN: Final = "-"
MAX_FILE_BYTES: Final = 256 * 2**20
"""Some 350,000 entries with abstracts; more than that would want some GB of memory."""

_MARKS: Final = (
    # The mark of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(file: str) -> bytes:
    """The content of a file, or of standard input for ``-``.

    Raises:
        UsageError: it cannot be read, or is too large.
    """
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as err:  # ValueError: a NUL in its name
        reason = getattr(err, "strerror", None) or str(err)
        raise UsageError(
            f"cannot read {file}: {reason}; name files that you may read; "
            "nothing was imported"
        ) from err
    if len(content) > MAX_FILE_BYTES:
        raise UsageError(
            f"{file} has more than {MAX_FILE_BYTES // 2**20} MB: divide it; "
            "nothing was imported"
        )
    return content


def as_text(content: bytes) -> str:
    """Text with one line feed at the end of each line.

    UTF-8, or what its byte order mark says, as Excel writes it. Bytes that do not fit
    become lone surrogates, which no DOI has: they break their own entry and no other.
    """
    encoding = next(
        (name for mark, name in _MARKS if content.startswith(mark)), _unmarked(content)
    )
    if encoding.startswith("utf-8"):
        text = content.decode(encoding, "surrogateescape")
    else:
        text = content.decode(encoding, "replace").replace("\ufffd", "\udcfd")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines_of(text: str) -> list[str]:
    """The lines, without their ends; the first of them is line 1."""
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def _unmarked(content: bytes) -> str:
    # Two ASCII letters in UTF-16 have a zero byte each; UTF-8 has none at all.
    start = content[:4]
    if start[1::2] == b"\0\0":
        return "utf-16-le"
    if start[::2] == b"\0\0":
        return "utf-16-be"
    return "utf-8"
