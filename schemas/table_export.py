"""Tables of a warehouse that were written to files: the manifest beside them."""

from pydantic import AwareDatetime, BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExportedTable(_Frozen):
    """One file.

    Attributes:
        table: `schema.name`.
        row_count: rows without a header.
        sha256: of the file, hex.
        comment: what a row is; None: the warehouse does not say.
    """

    table: str
    file: str
    row_count: int
    size_bytes: int
    sha256: str
    comment: str | None = None


class SourceLicence(_Frozen):
    """Under which terms a source gives what the tables hold of it."""

    source: str
    title: str
    licence: str


class StatementLicence(_Frozen):
    """Statements by the licence of their articles; None: the article states none."""

    licence: str | None
    statement_count: int


class TableExport(_Frozen):
    """All files of one export, from one generation.

    Attributes:
        run_id: the newest run in the warehouse; None if there is none.
        tables: by name.
        source_licences: by source.
        statement_licences: most statements first.
    """

    format: str
    run_id: str | None
    finished_at: AwareDatetime | None
    tables: tuple[ExportedTable, ...]
    source_licences: tuple[SourceLicence, ...]
    statement_licences: tuple[StatementLicence, ...]
