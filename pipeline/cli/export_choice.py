"""Which cited works an export is about, and in which format it is written."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.cli.console import Invocation
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from warehouse.report.citable import Chosen

_SHOWN: Final = 5


class What(StrEnum):
    """What `--what` takes; `warehouse.report.citable.What`."""

    WORK = "work"
    CITING_WORKS = "citing-works"
    REFERENCES = "references"
    STATEMENTS = "statements"
    COUNTS = "counts"
    COUNTS_BY_YEAR_AND_TYPE = "counts-by-year-and-type"


class Format(StrEnum):
    """What `--format` takes."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


CITATIONS: Final = (Format.BIBTEX, Format.RIS, Format.CSL_JSON)
ROWS: Final = (Format.CSV, Format.JSONL, Format.PARQUET)
WORKS: Final = (What.WORK, What.CITING_WORKS, What.REFERENCES)

_ENDINGS: Final = {
    ".bib": Format.BIBTEX,
    ".ris": Format.RIS,
    ".json": Format.CSL_JSON,
    ".csv": Format.CSV,
    ".jsonl": Format.JSONL,
    ".parquet": Format.PARQUET,
}


def chosen_format(form: Format | None, what: What, output: Path | None) -> Format:
    """The format that was given, else the one that the name of the file ends with.

    Without either, BibTeX for works and csv for all else.

    Raises:
        UsageError: what is wanted cannot be written so; names the formats that can.
    """
    possible = (*CITATIONS, *ROWS) if what in WORKS else ROWS
    named = None if output is None else _ENDINGS.get(output.suffix.lower())
    found = form or named or (Format.BIBTEX if what in WORKS else Format.CSV)
    if found not in possible:
        raise UsageError(
            f"{found} holds works, and {what} are none; --format may be"
            f" {', '.join(possible[:-1])} or {possible[-1]}"
        )
    return found


def chosen_works(
    call: Invocation,
    dois: Sequence[str],
    *,
    from_file: str | None,
    tag: str | None,
    is_all: bool,
) -> "Chosen":
    """The cited works that were named, in a file, by a tag, or all there are.

    Raises:
        UsageError: none was named, a text is no DOI, or nobody has asked about it.
        WarehouseFault: there is no warehouse, or it cannot be read.
    """
    from warehouse.errors import NotHeld
    from warehouse.report.citable import choose

    home = call.settings().home
    if is_all and (dois or from_file or tag):
        raise UsageError("--all is all cited works; give it alone, or name some")
    try:
        named = None if is_all else _named(call, dois, from_file, tag)
        return choose(home, named)
    except NotHeld as err:
        missing = [str(doi) for doi in err.args]
        more = f" and {len(missing) - _SHOWN:,} more" if len(missing) > _SHOWN else ""
        were = "was" if len(missing) == 1 else "were"
        advice = call.command("refresh", *missing[:_SHOWN])
        raise UsageError(
            f"{', '.join(missing[:_SHOWN])}{more} {were} never asked about in {home};"
            f" run `{advice}` first"
        ) from err


def _named(
    call: Invocation, dois: Sequence[str], from_file: str | None, tag: str | None
) -> list[str]:
    from pipeline.cited_dois import normalise_all
    from pipeline.watch_import.take import tag_of
    from pipeline.watch_list import watched_dois

    typed = [*dois, *_lines(from_file)]
    if tag is not None:
        watched = watched_dois(call.settings().home, tag=tag_of(tag))
        if not watched:
            raise UsageError(f"no watched work carries the tag {tag!r}")
        typed += watched
    if not typed:
        where = f"no DOI in {from_file}" if from_file else "no work to export"
        raise UsageError(f"{where}; give DOIs, --from FILE, --tag TAG, or --all")
    return list(normalise_all(typed))


def _lines(from_file: str | None) -> list[str]:
    import sys

    from pipeline.watch_import.doi_lines import without_comment

    if from_file is None:
        return []
    try:
        text = (
            sys.stdin.read()
            if from_file == "-"
            else Path(from_file).read_text(encoding="utf-8-sig", errors="replace")
        )
    except OSError as err:
        reason = err.strerror or type(err).__name__
        raise UsageError(f"cannot read {from_file}: {reason}; check --from") from err
    return [typed for line in text.splitlines() if (typed := without_comment(line))]
