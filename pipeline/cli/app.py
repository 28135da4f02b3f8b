"""The commands in their order, the exit codes, and every error as one line.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but incomplete or not as expected;
130 as shells have it when a person stops the program.
"""

import errno
import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from pipeline.cli import (
    alerts,
    archive,
    backfill,
    badge,
    bundle,
    classify,
    correct,
    corrections,
    demo,
    diff,
    doctor,
    export,
    nightly,
    parse,
    query,
    rebuild,
    refresh,
    replay,
    report,
    search,
    simulate,
    sources,
    statements,
    trace,
    verify,
    verify_bundle,
    watch,
    web,
    works,
)
from pipeline.cli.console import (
    Invocation,
    ReaderGone,
    invocation,
    prepare_streams,
    printable,
    write_data,
    write_message,
)
from pipeline.cli.examples import examples
from pipeline.errors import CitehouseError

_EXIT_FAILED: Final = 1
_EXIT_WRONG_USE: Final = 2
_EXIT_STOPPED: Final = 130
_LONGEST_ERROR: Final = 300
_MACHINE_FAULTS: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)
"""The disk is full or closed to us: nothing to report, and the message says it all."""

_EVERYWHERE: Final = frozenset({"--quiet", "-q", "--debug"})
_EVERYWHERE_WITH_VALUE: Final = "--home"

_COMMANDS: Final = (
    demo,
    refresh,
    nightly,
    backfill,
    report,
    web,
    search,
    diff,
    query,
    export,
    badge,
    bundle,
    trace,
    sources,
    parse,
    statements,
    classify,
    correct,
    rebuild,
    verify,
    verify_bundle,
    replay,
    doctor,
    simulate,
)
_GROUPS: Final = (watch, alerts, works, corrections, archive)
_EPILOG: Final = (
    "--home, --quiet and --debug may also stand after the command. Settings come from"
    " CITEHOUSE_* in the environment or in .env; `citehouse doctor` shows them."
)


def main() -> NoReturn:
    """The program `citehouse`."""
    prepare_streams()
    code = run(sys.argv[1:], program=_as_called(sys.argv[0]))
    if code == _EXIT_STOPPED:
        # Python's own end would wait for threads that wait for a server's answer; what
        # they would still write may be lost at any point.
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(args: Sequence[str], *, program: str = "citehouse") -> int:
    """Carry out one command line and give its exit code; errors become one line.

    Args:
        args: the words after the program's name.
        program: what the reader types to call the program, for advice to paste.
    """
    call = Invocation(program=program)
    try:
        code = typer.main.get_command(_app()).main(
            _options_first(args),
            prog_name="citehouse",
            standalone_mode=False,
            obj=call,
        )
        write_data("")  # a reader who has gone is met here rather than at exit
    except ReaderGone:
        # Python flushes stdout once more at its end; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        code = _EXIT_STOPPED
    except Exception as err:  # noqa: BLE001 - the one place where all errors end
        return _explained(err, call)
    if code == _EXIT_STOPPED:
        write_message("citehouse: stopped; what was published before is untouched")
    return code if isinstance(code, int) else 0


def _app() -> typer.Typer:
    # Plain help: the drawn one costs 0.2 s at each start and says no more.
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True, epilog=_EPILOG)(_citehouse)
    for module in _COMMANDS:
        app.command(module.NAME, epilog=examples(*module.EXAMPLES))(module.command)
    for group in _GROUPS:
        app.add_typer(group.app, name=group.NAME)
    return app


def _citehouse(
    ctx: typer.Context,
    *,
    home: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the warehouse. [env: CITEHOUSE_HOME; ~/citehouse]"
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, no advice; errors only.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Log what happens; show tracebacks.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.")
    ] = False,
) -> None:
    """Citehouse, an open citation warehouse: who cites this work, when, in what?

    Give it DOIs. It asks public APIs about each work and about all that cite it, keeps
    the raw answers, checks every record, and publishes DuckDB tables by year and
    publication type. Begin with `citehouse demo`: no network, no keys.
    """
    call = invocation(ctx)
    call.home = home.expanduser() if home is not None else None
    call.quiet = quiet
    call.debug = debug
    if version:
        from importlib.metadata import version as installed_version

        write_data(f"citehouse {installed_version('citehouse')}\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        write_message(ctx.get_help())
        raise typer.Exit(_EXIT_WRONG_USE)
    _log_to_stderr(debug=debug)


def _log_to_stderr(*, debug: bool) -> None:
    import logging

    # What a run has to say stands in its report; the log is for finding faults.
    logging.basicConfig(
        level=logging.INFO if debug else logging.ERROR,
        format="%(levelname)s %(name)s: %(message)s",
    )
    if debug:
        for ours in ("pipeline", "warehouse"):
            logging.getLogger(ours).setLevel(logging.DEBUG)


def _options_first(args: Sequence[str]) -> list[str]:
    """The words with the options of every command before the command."""
    end = args.index("--") if "--" in args else len(args)
    first: list[str] = []
    rest: list[str] = []
    words = iter(args[:end])
    for word in words:
        if word in _EVERYWHERE or word.startswith(f"{_EVERYWHERE_WITH_VALUE}="):
            first.append(word)
        elif word == _EVERYWHERE_WITH_VALUE:
            first += [word, *([value] if (value := next(words, None)) else [])]
        else:
            rest.append(word)
    return [*first, *rest, *args[end:]]


def _as_called(argv0: str) -> str:
    """What a reader types to call this program: `citehouse` if that finds it."""
    called = Path(argv0)
    if called.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m pipeline"
    found = shutil.which(called.name)
    if found is not None and Path(found).resolve() == called.resolve():
        return shlex.quote(called.name)
    return shlex.quote(argv0)


def _explained(err: Exception, call: Invocation) -> int:
    """One line on stderr for any error, and its exit code."""
    from warehouse.errors import WarehouseFault

    if call.debug:
        import traceback

        traceback.print_exception(err)
    if isinstance(err, CitehouseError):
        write_message(f"citehouse: {err}")
        return err.exit_code
    if isinstance(err, WarehouseFault):
        # DuckDB shows the place in the query on lines of their own.
        lines = [line for line in str(err).splitlines() if line.strip()]
        write_message("\n".join(["citehouse: " + lines[0], *lines[1:]]))
        return _EXIT_FAILED
    # What Typer raises for wrong words has no public base class that all its versions
    # share; it is known by what it can do.
    says = getattr(err, "format_message", None)
    if says is not None:
        command = getattr(getattr(err, "ctx", None), "command_path", "citehouse")
        said = says().rstrip(".")
        write_message(f"citehouse: {said}. See `{command} --help`.")
        return _EXIT_WRONG_USE
    said = printable(str(err))[:_LONGEST_ERROR]
    if isinstance(err, OSError) and err.errno in _MACHINE_FAULTS:
        write_message(f"citehouse: {said}; what was published before is untouched")
        return _EXIT_FAILED
    where = "" if call.debug else f" The traceback is in {_kept_traceback(err)}."
    write_message(
        f"citehouse: unexpected {type(err).__name__}: {said}.{where}"
        " Please report it; what was published before is untouched."
    )
    return _EXIT_FAILED


def _kept_traceback(err: Exception) -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="citehouse-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(err, file=file)
    return file.name
