"""What a bundle says to people: what it is, and who may do what with it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from schemas.bundle import BundledReport
from schemas.table_export import SourceLicence

_README: Final = """\
# A sealed report of Citehouse

Who cites these works, when and in what, as the warehouse had it{as_of}. Made by
Citehouse {version}. Null means "not known", never 0.

{reports}

Each folder holds:

- `report.html`: the report; it opens in any browser and loads nothing.
- `report.json`: the same for programs.
- `tables/*.parquet`: the rows that it was computed from, one file a table.

`sql/` holds the queries that compute it, `LICENCES.md` who may do what with the data.
`manifest.json` names every file with its size and SHA-256.

## To verify

    citehouse verify-bundle FILE.zip
    citehouse verify-bundle FILE.zip --rebuild

The first compares every file with the manifest. The second also computes the reports
anew from the tables. The seal shows damage; it is no signature: whoever wants to know
that nobody replaced the whole file notes its SHA-256 elsewhere.

## To open the tables

    duckdb -c "from 'FOLDER/tables/core.work.parquet'"
"""


def bundle_readme(
    reports: Sequence[BundledReport], run_id: str | None, version: str
) -> str:
    """The README as Markdown."""
    return _README.format(
        as_of=f" after run {run_id}" if run_id else "",
        version=version,
        reports="\n".join(f"- `{one.folder}`: {one.doi}" for one in reports),
    )


def bundle_licences(
    sources: Sequence[SourceLicence],
    statements: Mapping[str, Sequence[Mapping[str, Any]]],
    abstracts: Mapping[str, str | None],
) -> str:
    """The licences as Markdown.

    Args:
        sources: what each source asks for.
        statements: rows of `core.citation_statement` by cited DOI.
        abstracts: licence of each abstract that is shown, by cited DOI.
    """
    return "\n".join(_licences(sources, statements, abstracts)) + "\n"


def _licences(
    sources: Sequence[SourceLicence],
    statements: Mapping[str, Sequence[Mapping[str, Any]]],
    abstracts: Mapping[str, str | None],
) -> Iterator[str]:
    yield "# Licences\n\n## Data of the sources\n"
    for one in sources:
        yield f"- {one.title} (`{one.source}`): {one.licence}"
    for doi, rows in sorted(statements.items()):
        yield f"\n## Text about {doi}\n"
        if doi in abstracts:
            yield f"- abstract of {doi}: {abstracts[doi] or 'none stated'}"
        counts = Counter((row["citing_work_id"], row["licence"] or "") for row in rows)
        for (citing, licence), count in sorted(counts.items()):
            noun = "statement" if count == 1 else "statements"
            yield f"- {count} {noun} of {citing}: {licence or 'none stated'}"
        if doi not in abstracts and not rows:
            yield "No text of others."
