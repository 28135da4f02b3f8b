"""``citehouse verify-bundle``: whether a sealed report is whole."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.cli.console import invocation, printable, write_data, write_message
from pipeline.errors import UsageError

NAME: Final = "verify-bundle"
EXAMPLES: Final = (
    "citehouse verify-bundle report.zip",
    "citehouse verify-bundle report.zip --rebuild",
)

_FAILED: Final = 1
_OTHER_VERSION: Final = 3


def command(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Of `bundle`.")],
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Compute the reports anew, too.")
    ] = False,
) -> int:
    """Check every file of a sealed report.

    Compares them with its manifest; needs no warehouse.
    Exit code 1 if something is wrong, with a line for each fault. With --rebuild, 3 if
    all files are whole, but another version of Citehouse made them and this one
    computes something else.
    """
    from importlib.metadata import version

    from pipeline.cli.report import source_titles
    from pipeline.cli.tables import plural
    from warehouse.report.bundle_check import check_bundle, rebuild_differences

    invocation(ctx)
    try:
        done = check_bundle(file)
    except OSError as err:
        raise UsageError(f"cannot read {file}: {err.strerror or err}") from err
    manifest = done.manifest
    if manifest is None or done.faults:
        for fault in done.faults:
            write_message(printable(f"citehouse: {file}: {fault}"))
        return _FAILED
    files = plural(len(manifest.files) + 1, "file")
    dois = ", ".join(one.doi for one in manifest.reports)
    write_data(printable(f"{files} whole: report of {dois}") + "\n")
    if not rebuild:
        return 0
    different = rebuild_differences(file, manifest, source_titles())
    if not different:
        write_data("Computed anew from the tables: the same, byte for byte\n")
        return 0
    for one in different:
        write_message(printable(f"citehouse: computed anew, differs: {one}"))
    here = version("citehouse")
    if manifest.citehouse_version == here:
        return _FAILED
    write_message(
        printable(
            f"citehouse: made with Citehouse {manifest.citehouse_version}, this is"
            f" {here}: the files are whole, but this version computes them differently"
        )
    )
    return _OTHER_VERSION
