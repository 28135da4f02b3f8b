"""Reports sealed in a zip file, with the rows and the SQL that they come from."""

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from schemas.bundle import BundledFile, BundledReport, BundleManifest
from schemas.cited_report import CitedReport
from schemas.slice import IN_A_FILE
from schemas.table_export import SourceLicence
from warehouse.connection import reading
from warehouse.query import named
from warehouse.report.bundle_rows import ENDING, parquet, report_rows
from warehouse.report.bundle_text import bundle_licences, bundle_readme
from warehouse.report.cited import cited_report
from warehouse.report.page.render import report_file
from warehouse.sqlfile import sql_files

MANIFEST: Final = "manifest.json"
PAGE: Final = "report.html"
REPORT: Final = "report.json"
TABLES: Final = "tables"

_EARLIEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it a zip file has no dates."""

_LONGEST_SLUG: Final = 60


def bundle(
    home: Path,
    dois: Sequence[str],
    licences: Sequence[SourceLicence],
    version: str,
) -> tuple[BundleManifest, bytes]:
    """The manifest and the zip file; the same generation gives the same bytes.

    Args:
        home: of the warehouse.
        dois: normalised; several of one work give one report.
        licences: of the sources.
        version: of Citehouse.

    Raises:
        NotHeld: nobody has asked about one of them; its argument is that DOI.
        WarehouseFault: there is no warehouse, or it cannot be read.
    """
    titles = {one.source: one.title for one in licences}
    files: dict[str, bytes] = dict(_sql_files())
    reports: dict[str, BundledReport] = {}
    statements: dict[str, list[dict[str, Any]]] = {}
    abstracts: dict[str, str | None] = {}
    with reading(home) as con:
        run_id, finished_at = (
            con.execute(named("report_as_of")).fetchone() or (None,) * 2
        )
        for doi in sorted(dois):
            report = cited_report(con, doi, IN_A_FILE)
            if report.doi in reports:
                continue
            folder = _folder(report.doi)
            reports[report.doi] = BundledReport(
                doi=report.doi, asked_as=doi, folder=folder
            )
            rows = report_rows(con, report.work_id, report.doi)
            statements[report.doi] = rows["core.citation_statement"].to_pylist()
            if report.abstract:
                abstracts[report.doi] = report.abstract.licence
            for table, held in rows.items():
                files[f"{folder}/{TABLES}/{table}{ENDING}"] = parquet(held)
            for name, content in rendered(report, titles).items():
                files[f"{folder}/{name}"] = content
    in_order = tuple(reports[doi] for doi in sorted(reports))
    files["LICENCES.md"] = bundle_licences(licences, statements, abstracts).encode()
    files["README.md"] = bundle_readme(in_order, run_id, version).encode()
    manifest = BundleManifest(
        citehouse_version=version,
        run_id=run_id,
        finished_at=finished_at,
        reports=in_order,
        files=tuple(
            BundledFile(path=path, size_bytes=len(content), sha256=sha256_of(content))
            for path, content in sorted(files.items())
        ),
    )
    files[MANIFEST] = _json(manifest.model_dump(mode="json"))
    return manifest, _zipped(files, finished_at)


def rebuilt(
    con: duckdb.DuckDBPyConnection, asked_as: str, titles: Mapping[str, str]
) -> dict[str, bytes]:
    """The files of a report, computed anew; by name in its folder."""
    return rendered(cited_report(con, asked_as, IN_A_FILE), titles)


def rendered(report: CitedReport, titles: Mapping[str, str]) -> dict[str, bytes]:
    """A report as the page and as JSON, by name in its folder."""
    return {
        REPORT: _json(report.model_dump(mode="json")),
        PAGE: report_file(report, titles).encode(),
    }


def sha256_of(content: bytes) -> str:
    """Hex."""
    return hashlib.sha256(content).hexdigest()


def _sql_files() -> dict[str, bytes]:
    """The SQL that computes a report, by path in the bundle."""
    used = {f"sql/report/{path}": text for path, text in sql_files("report").items()}
    used |= {
        f"sql/queries/{path}": text
        for path, text in sql_files("queries").items()
        if path.startswith("report_")
    }
    return {path: text.encode() for path, text in used.items()}


def _folder(doi: str) -> str:
    """A name that every file system takes, another one for each DOI."""
    slug = re.sub(r"[^a-z0-9.-]+", "_", doi)[:_LONGEST_SLUG]
    return f"{slug}-{sha256_of(doi.encode())[:8]}"


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _zipped(files: Mapping[str, bytes], finished_at: datetime | None) -> bytes:
    moment = max((finished_at or _EARLIEST).astimezone(UTC), _EARLIEST)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose permissions follow
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return stream.getvalue()
