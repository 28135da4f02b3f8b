"""``citehouse watch``: the works that are asked about every night."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import (
    Invocation,
    invocation,
    write_data,
    write_json,
    write_message,
    write_model,
)
from pipeline.cli.examples import examples
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "watch"

_EXIT_NOTHING_DONE: Final = 1
_EXIT_INCOMPLETE: Final = 3
_MAX_LINES_SHOWN: Final = 20

_Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="A word of yours; repeatable."),
]
_OneTag = Annotated[
    str | None, typer.Option("--tag", metavar="TAG", help="Only works with this tag.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print it all as JSON.")]


class Format(StrEnum):
    """What `--format` takes; `schemas.watch.WatchFormat`, and a look at each file."""

    AUTO = "auto"
    DOIS = "dois"
    CSV = "csv"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


app: Final = typer.Typer(
    help="Keep the list of works that are asked about every night.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    epilog=examples(
        "citehouse watch add 10.7717/peerj.4375 --tag thesis",
        "citehouse watch add https://doi.org/10.1038/nature12373 10.7717/peerj.4375",
    )
)
def add(
    ctx: typer.Context,
    dois: Annotated[
        list[str], typer.Argument(metavar="DOI...", help="Any spelling of a DOI.")
    ],
    *,
    tag: _Tags = None,
    as_json: _Json = False,
) -> int:
    """Watch works; one that is watched already gets the tags as well."""
    from pipeline.cli.watch_text import added
    from pipeline.watch_import.take import take_dois

    call = invocation(ctx)
    home = call.settings().home
    is_new = not home.is_dir()
    done = take_dois(home, dois, tags=tag or [])
    _say_made(call, home, is_new=is_new)
    call.say(added(done))
    if as_json:
        write_model(done)
    return 0


@app.command(
    "import",
    epilog=examples(
        "citehouse watch import library.bib --tag thesis",
        "citehouse watch import works.csv --column 'Related DOI' --json > import.json",
        "cut -f1 list.tsv | citehouse watch import -",
    ),
)
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="- reads standard input."),
    ],
    *,
    tag: _Tags = None,
    written_in: Annotated[
        Format, typer.Option("--format", help="Of all files; auto looks at each.")
    ] = Format.AUTO,
    column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Of a CSV, the column with the DOI; or its number."
        ),
    ] = None,
    as_json: _Json = False,
) -> int:
    """Watch the works of files: DOIs, CSV, BibTeX, RIS, CSL-JSON.

    Every entry that is broken is named with its line, and the others are taken. Exit
    code 3: some were broken; 1: none was usable; 2: a file cannot be read at all, or
    lacks the column, and nothing was imported.
    """
    from pipeline.cli.watch_text import imported, problem_line
    from pipeline.watch_import.formats import formats_by_name
    from pipeline.watch_import.take import take_files

    call = invocation(ctx)
    home = call.settings().home
    is_new = not home.is_dir()
    chosen = formats_by_name().get(written_in.value)
    done = take_files(home, files, tags=tag or [], written_in=chosen, column=column)
    _say_made(call, home, is_new=is_new)
    for problem in done.problems[:_MAX_LINES_SHOWN]:
        write_message(f"citehouse: {problem_line(problem)}")
    if (more := len(done.problems) - _MAX_LINES_SHOWN) > 0:
        write_message(f"citehouse: and {more:,} more; --json has them all")
    for line in imported(done):
        call.say(line)
    if as_json:
        write_model(done)
    return done.exit_code


@app.command(
    "list",
    epilog=examples(
        "citehouse watch list",
        "citehouse watch list --tag thesis > thesis.txt",
        "citehouse watch list --json",
    ),
)
def list_(ctx: typer.Context, *, tag: _OneTag = None, as_json: _Json = False) -> int:
    """List the watched works, sorted by DOI, their tags as comments.

    What it prints, `watch import` and `refresh --from` read.
    """
    from pipeline.cli.watch_text import listed
    from pipeline.watch_list import read_watch_list

    call = invocation(ctx)
    wanted = _tag(tag)
    works = read_watch_list(call.settings().home, tag=wanted)
    if as_json:
        write_json([work.model_dump(mode="json") for work in works])
        return 0
    write_data("".join(f"{line}\n" for work in works for line in listed(work)))
    if not works and wanted is not None:
        call.say(f"no watched work carries the tag {wanted!r}")
    elif not works:
        call.say(f"nothing is watched; begin: {call.command('watch', 'add', 'DOI')}")
    return 0


@app.command(
    epilog=examples(
        "citehouse watch remove 10.7717/peerj.4375",
        "citehouse watch remove --tag thesis",
        "citehouse watch remove --tag thesis --tag-only 10.7717/peerj.4375",
    )
)
def remove(
    ctx: typer.Context,
    dois: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOI...", help="Any spelling of a DOI."),
    ] = None,
    *,
    tag: _OneTag = None,
    tag_only: Annotated[
        bool,
        typer.Option("--tag-only", help="Take the tag off, and go on watching."),
    ] = False,
    as_json: _Json = False,
) -> int:
    """Watch works no more: these DOIs, or all works with a tag.

    What was fetched about them stays in the warehouse. Exit code 3: some of the DOIs
    were not on the list; 1: none was.
    """
    from pipeline.cli.watch_text import removed
    from pipeline.watch_import.take import dois_of
    from pipeline.watch_list import remove_works

    call = invocation(ctx)
    wanted = _tag(tag)
    _check_removal(call, dois or [], wanted, tag_only=tag_only)
    normal = list(dois_of(dois)) if dois else []
    done = remove_works(call.settings().home, normal, tag=wanted, tag_only=tag_only)
    what = "not watched" if wanted is None else f"not watched with the tag {wanted!r}"
    for doi in done.not_found[:_MAX_LINES_SHOWN]:
        write_message(f"citehouse: {doi}: {what}")
    if (more := len(done.not_found) - _MAX_LINES_SHOWN) > 0:
        write_message(f"citehouse: and {more:,} more; --json has them all")
    if not normal and not (done.removed or done.untagged):
        write_message(f"citehouse: no watched work carries the tag {wanted!r}")
    call.say(removed(done))
    if as_json:
        write_model(done)
    if not (done.removed or done.untagged):
        return _EXIT_NOTHING_DONE
    return _EXIT_INCOMPLETE if done.not_found else 0


def _check_removal(
    call: Invocation, dois: Sequence[str], tag: str | None, *, tag_only: bool
) -> None:
    """Refuse words that could mean two things.

    Raises:
        UsageError: there is nothing to remove, or it is not plain what.
    """
    if tag_only and tag is None:
        raise UsageError("--tag-only takes a tag off: name it by --tag TAG")
    if not dois and tag is None:
        raise UsageError("nothing to remove; give DOIs, or all works with --tag TAG")
    if dois and tag is not None and not tag_only:
        off = call.command("watch", "remove", "--tag", tag, "--tag-only", *dois)
        raise UsageError(
            "DOIs and a tag: leave the tag out to remove the works; to take the tag "
            f"off them: {off}"
        )


def _tag(typed: str | None) -> str | None:
    from pipeline.watch_import.take import tag_of

    return None if typed is None else tag_of(typed)


def _say_made(call: Invocation, home: "Path", *, is_new: bool) -> None:
    if is_new and home.is_dir():
        call.say(f"Made the folder {home}.")
