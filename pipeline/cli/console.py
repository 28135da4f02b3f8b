"""What goes where: data to stdout, messages to stderr, nothing else anywhere.

Rich is imported only by the functions that draw with it.
"""

import io
import os
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    import typer
    from _typeshed import ReadableBuffer
    from pydantic import BaseModel
    from rich.console import Console, RenderableType

    from pipeline.settings import Settings

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_PLAIN_WIDTH: Final = 100
"""Columns of a drawing that goes to a file or a pipe."""

_MIN_WIDTH: Final = 60
_PIECE_BYTES: Final = 2**16


class ReaderGone(Exception):
    """Whoever read our stdout has closed it, as `| head` does: not an error."""


@dataclass
class Invocation:
    """The options that every command takes, and how this program was called.

    Attributes:
        home: None: as the environment says.
        program: what a reader types to call this program again.
    """

    program: str = "citehouse"
    home: Path | None = None
    quiet: bool = False
    debug: bool = False

    def settings(self) -> "Settings":
        """The settings of this process, with `--home` if it was given.

        Raises:
            ConfigError: a setting does not fit.
        """
        from pipeline.settings import load_settings

        settings = load_settings(home=self.home)
        return settings.model_copy(update={"home": settings.home.expanduser()})

    def say(self, text: str) -> None:
        """A message for a person, on stderr; not with `--quiet`."""
        if not self.quiet:
            write_message(text)

    def command(self, *words: str) -> str:
        """A command line that can be pasted, for the same home as this call."""
        home = ["--home", str(self.home)] if self.home is not None else []
        return f"{self.program} {shlex.join([*home, *words])}"


def invocation(ctx: "typer.Context") -> Invocation:
    """The options that stand before the command."""
    return ctx.ensure_object(Invocation)


def prepare_streams() -> None:
    """Make stdout and stderr print any title, also where the locale cannot.

    Bytes on stdin that are no text make their line wrong, not the whole input.
    """
    # A parent may have closed a stream: Python then has None in its place.
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)


def printable(text: str) -> str:
    """The text on one line, without what could steer a terminal."""
    return _CONTROL.sub(" ", text).strip()


def write_data(text: str) -> None:
    """Text to stdout, as it stands.

    Raises:
        ReaderGone: stdout was closed by its reader.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as err:
        raise ReaderGone from err


def write_bytes(data: bytes) -> None:
    """Bytes to stdout.

    Raises:
        ReaderGone: stdout was closed by its reader.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as err:
        raise ReaderGone from err


class StdoutBytes(io.BytesIO):
    """Stdout as a file of bytes, written in large pieces.

    Raises:
        ReaderGone: from `write` and `flush`, when stdout was closed by its reader.
    """

    def write(self, data: "ReadableBuffer", /) -> int:
        """Take some bytes, and pass them on when there are many."""
        count = super().write(data)
        if self.tell() >= _PIECE_BYTES:
            self.flush()
        return count

    def flush(self) -> None:
        """Pass on what was taken."""
        piece = self.getvalue()
        self.seek(0)
        self.truncate()
        if piece:
            write_bytes(piece)

    def close(self) -> None:
        """Pass on what was taken; stdout itself stays open."""
        if not self.closed:
            self.flush()
        super().close()


def write_json(value: object, *, indent: bool = True) -> None:
    """A value as JSON and a line feed to stdout, UTF-8 whatever the locale."""
    import orjson

    style = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if indent else 0)
    write_bytes(orjson.dumps(value, default=str, option=style))


def write_model(model: "BaseModel") -> None:
    """A record as JSON to stdout; what is not known is null."""
    write_json(model.model_dump(mode="json"))


def write_message(text: str) -> None:
    """A line to stderr; silently dropped if nobody can read it."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        return


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at it."""
    return not stream.closed and stream.isatty()


def drawing_console(stream: TextIO) -> "Console":
    """A Rich console on a stream: colour only on terminals, `NO_COLOR` obeyed."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    width = console.width if console.is_terminal else _PLAIN_WIDTH
    console.width = max(width, _MIN_WIDTH)
    return console


def drawing_width() -> int:
    """Columns that `draw` has."""
    return drawing_console(sys.stdout).width


def draw(*drawings: "RenderableType", width: int | None = None) -> None:
    """Tables and styled text to stdout, one below the other.

    Raises:
        ReaderGone: stdout was closed by its reader.
    """
    console = drawing_console(sys.stdout)
    if width is not None:
        console.width = width
    with console.capture() as captured:
        for drawing in drawings:
            console.print(drawing)
    # Rich pads each line to the table's width; nobody needs that in a log or a diff.
    lines = captured.get().split("\n")
    write_data("\n".join(line.rstrip(" ") for line in lines))
