"""Parsed records on their way to the warehouse: one folder of Parquet files a batch.

The tables and their columns are `warehouse.staged.TABLES`. A folder appears under its
name only when it is whole; memory is bounded by `FLUSH_ROWS`, not by the batch.
"""

import hashlib
import json
import shutil
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.citation import CitationRecord
from schemas.dates import PartialDate
from schemas.provenance import Parsed, RawAnswer
from schemas.work import WorkRecord
from warehouse.staged import TABLES

FLUSH_ROWS: Final = 1_000
"""Rows of one table held before they are written: about 10 MB of work records, which
as Python objects weigh more than in any file."""

_REPEATED: Final = ["run_id", "source", "request_key", "raw_sha256", "publication_type"]
"""Columns with the same text in many rows. A dictionary of any other column costs as
much time as its values, and saves nothing."""

_PARTIAL: Final = ".partial"

Row = dict[str, Any]


class StageWriter:
    """Takes answers with their records and writes them as Parquet; thread safe.

    Used as a context manager. Leaving it normally makes the folder appear under its
    name; leaving it by an exception removes what was written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._partial = folder.with_name(folder.name + _PARTIAL)
        self._rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        shutil.rmtree(self._partial, ignore_errors=True)
        self._partial.mkdir(parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            for name in TABLES:
                self._flush(name)
        for writer in self._writers.values():
            writer.close()
        if kind is not None:
            shutil.rmtree(self._partial, ignore_errors=True)
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self._partial.rename(self.folder)

    def add(self, raw: RawAnswer, parsed: Parsed) -> None:
        """Take one answer and everything that was made of it."""
        with self._lock:
            self._rows["answer"].append(_answer_row(raw, parsed))
            for name, rows in _record_rows(raw, parsed).items():
                self._rows[name] += rows
            for name, waiting in self._rows.items():
                if len(waiting) >= FLUSH_ROWS:
                    self._flush(name)

    def _flush(self, name: str) -> None:
        rows, self._rows[name] = self._rows[name], []
        if not rows:
            return
        schema = TABLES[name]
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(
                self._partial / f"{name}.parquet",
                schema,
                # Read once, whole, and removed: speed counts, size hardly.
                compression="lz4",
                use_dictionary=_REPEATED,
                write_statistics=False,
            )
        self._writers[name].write_table(pa.Table.from_pylist(rows, schema=schema))


def _answer_row(raw: RawAnswer, parsed: Parsed) -> Row:
    return {
        "run_id": raw.run_id,
        "source": raw.source,
        "request_key": raw.request_key,
        "endpoint": raw.endpoint,
        "role": raw.role,
        "chain": raw.chain,
        "page": raw.page,
        "subjects": raw.subjects,
        "url": raw.url,
        "http_status": raw.status,
        "outcome": raw.outcome,
        "fetched_at": raw.fetched_at,
        "elapsed_s": raw.elapsed_s,
        "attempts": raw.attempts,
        "body_bytes": len(raw.body),
        "credits": _credits(raw),
        "raw_sha256": raw.sha256,
        "kind": parsed.kind,
        "received": parsed.received,
        "parsed": parsed.parsed_count,
        "rejected": len(parsed.rejects),
        "absent": len(parsed.absent),
        "declared_total": parsed.declared_total,
        "next_cursor": parsed.next_cursor,
        "error": raw.error,
    }


def _credits(raw: RawAnswer) -> int | None:
    """What an answer cost of a daily allowance; None: it says nothing of one.

    Source: OpenAlex's gateway sends the price of the call with every answer, also with
    a refusal, which costs nothing (ourresearch/openalex-api-proxy, read 2026-08-21).
    """
    price = raw.headers.get("x-ratelimit-credits-required", "")
    if not (price.isascii() and price.isdigit()):
        return None
    return int(price) if raw.outcome in ("ok", "soft_error", "not_found") else 0


def _record_rows(raw: RawAnswer, parsed: Parsed) -> dict[str, list[Row]]:
    subject = raw.subjects[0] if raw.subjects else ""
    return {
        "work": [_pointer(raw, work.index) | _work_row(work) for work in parsed.works],
        "citation": [
            _pointer(raw, citation.index) | _citation_row(citation)
            for citation in parsed.citations
        ],
        "agency": [
            _pointer(raw, found.index)
            | {"prefix": found.prefix, "agency": found.agency}
            for found in parsed.agencies
        ],
        "count": [
            _pointer(raw, count.index)
            | {"doi": subject, "declared_count": count.declared_count}
            for count in parsed.counts
        ],
        "identifier": [
            _pointer(raw, found.index)
            | {"record_key": found.record_key, "tokens": found.tokens}
            for found in parsed.identifiers
        ],
        "look_up": [
            _pointer(raw, found.index)
            | {name: value for name, value in vars(found).items() if name != "index"}
            for found in parsed.look_ups
        ],
        "full_text": [
            _pointer(raw, found.index)
            | {name: value for name, value in vars(found).items() if name != "index"}
            for found in parsed.full_texts
        ],
        "reject": [
            _pointer(raw, reject.index)
            | {"errors": json.dumps([error.model_dump() for error in reject.errors])}
            for reject in parsed.rejects
        ],
        "absent": [
            _pointer(raw, item.index) | {"subject": item.subject, "cause": item.cause}
            for item in parsed.absent
        ],
    }


def _pointer(raw: RawAnswer, index: int) -> Row:
    return {
        "run_id": raw.run_id,
        "source": raw.source,
        "request_key": raw.request_key,
        "record_index": index,
        "raw_sha256": raw.sha256,
        "fetched_at": raw.fetched_at,
    }


def content_hash(record: WorkRecord | CitationRecord) -> str:
    """A hash of what the record says, not of where it stood: SHA-256, hex.

    Decides between two versions of one record in one run, whichever arrived first.
    """
    row = _work_row(record) if isinstance(record, WorkRecord) else _citation_row(record)
    return str(row["content_hash"])


def _work_row(work: WorkRecord) -> Row:
    said = _said(work)
    date, authors = work.published_date, work.authors
    return _hashed(
        said
        | {
            "version_links": [vars(link) for link in work.version_links],
            "authors": None if authors is None else [vars(one) for one in authors],
            "published_date": date.iso if date else None,
            "published_date_raw": date.raw if date else None,
            "published_year": date.year if date else None,
            "notices": [vars(one) | {"date": _iso(one.date)} for one in work.notices],
        }
    )


def _citation_row(citation: CitationRecord) -> Row:
    contexts = [vars(context) for context in citation.contexts]
    return _hashed(_said(citation) | {"contexts": contexts})


def _said(record: WorkRecord | CitationRecord) -> Row:
    """The fields as they are.

    A dump would copy each list, and costs as much as all the rest of the row.
    """
    return {name: value for name, value in vars(record).items() if name != "index"}


def _hashed(row: Row) -> Row:
    return row | {"content_hash": hashlib.sha256(orjson.dumps(row)).hexdigest()}


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None
