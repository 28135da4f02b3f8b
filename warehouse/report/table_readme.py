"""The README beside exported tables: what each file is, and who may do what with it."""

from collections.abc import Iterator
from typing import Final

from schemas.table_export import TableExport

_HEAD: Final = """\
# Tables of a citation warehouse

Written by Citehouse{as_of}, as {format}. `manifest.json` has the
same for programs, with the SHA-256 of each file. Null (in csv an empty cell) means "not
known", never 0. Lists and structs are JSON text in csv.
"""

_LICENCES: Final = """\
## Licences

The data is the sources':
"""

_STATEMENTS: Final = """\
Each sentence in `core.citation_statement` is under the licence of its article, in the
column `licence`. Whoever passes sentences on keeps to it, and names the article. Here:
"""

_PRIVATE: Final = """\
**The tables of the schema private hold text of others that is not to be passed on**:
passages of Semantic Scholar, by its API licence, item by item CC BY-NC or ODC-BY, with
attribution.
"""


def table_readme(done: TableExport) -> str:
    """The README as Markdown."""
    return "\n".join(_parts(done))


def _parts(done: TableExport) -> Iterator[str]:
    as_of = f" from the warehouse of run {done.run_id}" if done.run_id else ""
    yield _HEAD.format(as_of=as_of, format=done.format)
    yield "| file | rows | what a row is |\n|---|---|---|"
    for table in done.tables:
        about = (table.comment or "").replace("|", r"\|").replace("\n", " ")
        yield f"| {table.file} | {table.row_count} | {about} |"
    yield ""
    yield _LICENCES
    for one in done.source_licences:
        yield f"- {one.title} (`{one.source}`): {one.licence}"
    yield ""
    if done.statement_licences:
        yield _STATEMENTS
        for stated in done.statement_licences:
            name = stated.licence or "none stated"
            yield f"- {name}: {stated.statement_count}"
        yield ""
    if any(table.table.startswith("private.") for table in done.tables):
        yield _PRIVATE
