"""``citehouse statements``: the sentences of articles that cite a work."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import draw, write_data, write_message
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.statements_files import FileStatement, FileStatements
    from schemas.statement import CitedWork

NAME: Final = "statements"
EXAMPLES: Final = (
    "citehouse statements article.xml",
    "citehouse statements *.xml.gz --cited 10.1038/nature12373 --json",
)

_EXIT_FAILED: Final = 1
_EXIT_INCOMPLETE: Final = 3


def command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="JATS articles; .gz is read, too."),
    ],
    *,
    cited: Annotated[
        str | None,
        typer.Option(metavar="DOI", help="Only sentences that cite this work."),
    ] = None,
    cited_pmid: Annotated[
        str | None, typer.Option(metavar="PMID", help="The same work, by its PMID.")
    ] = None,
    cited_pmcid: Annotated[
        str | None, typer.Option(metavar="PMCID", help="The same work, by its PMCID.")
    ] = None,
    cited_title: Annotated[
        str | None,
        typer.Option(
            metavar="TITLE", help="The same work, for references without a DOI."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the statements as a JSON list.")
    ] = False,
) -> int:
    """Print each sentence that cites a work, and its place.

    Sub-articles (translations, decision letters) are left out and counted on stderr.
    Exit code 3: a file could not be read, the others were; 1: none could.
    """
    from pipeline.statements_files import statements_of

    works = _wanted(cited, cited_pmid, cited_pmcid, cited_title)
    printed = _Printed(as_json=as_json)
    read = 0
    for path in files:
        try:
            found = statements_of(path, works)
        except UsageError as err:
            write_message(f"citehouse: {err}")
            continue
        read += 1
        printed.take(found)
    printed.end()
    if not read:
        return _EXIT_FAILED
    return 0 if read == len(files) else _EXIT_INCOMPLETE


def _wanted(
    doi: str | None, pmid: str | None, pmcid: str | None, title: str | None
) -> "list[CitedWork] | None":
    from schemas.identifiers import normalise_doi, normalise_pmcid, normalise_pmid
    from schemas.statement import CitedWork

    if not (doi or pmid or pmcid or title):
        return None
    try:
        return [
            CitedWork(
                doi=normalise_doi(doi) if doi else None,
                pmid=normalise_pmid(pmid) if pmid else None,
                pmcid=normalise_pmcid(pmcid) if pmcid else None,
                title=title,
            )
        ]
    except ValueError as err:
        raise UsageError(str(err)) from err


class _Printed:
    """Prints file by file, so that a thousand articles need the memory of one."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._count = 0

    def take(self, found: "FileStatements") -> None:
        """Print the statements of a file."""
        for row in found.rows():
            if self._as_json:
                write_data(f"{',' if self._count else '['}\n{row.json()}")
            else:
                draw(_drawn(row))
            self._count += 1
        if found.found.left_out_count:
            write_message(
                f"{found.file}: left out {found.found.left_out_count:,} citations"
                " in sub-articles (translations, decision letters)"
            )

    def end(self) -> None:
        """Close the list, or say that there is nothing."""
        if self._as_json:
            write_data("\n]\n" if self._count else "[]\n")
        elif not self._count:
            write_message("no citation statements")


def _drawn(row: "FileStatement") -> "RenderableType":
    from rich.console import Group
    from rich.padding import Padding

    from pipeline.cli.tables import note, words

    return Group(
        note(" | ".join(_where(row))),
        Padding(words(row.statement.text), (0, 0, 1, 2)),
    )


def _where(row: "FileStatement") -> Iterator[str]:
    statement = row.statement
    yield row.file
    yield statement.cited_doi or ", ".join(statement.ref_ids)
    yield statement.section_title or "no section"
    if statement.section != "other":
        yield statement.section
    if statement.location != "body":
        yield statement.location
    if statement.mention_count > 1:
        yield f"{statement.mention_count} times"
