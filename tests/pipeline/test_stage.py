"""Staged records: whole folders, typed columns, bounded memory."""

import datetime as dt
import json

import pyarrow.parquet as pq
import pytest

from pipeline import stage
from pipeline.stage import StageWriter
from schemas.citation import CitationRecord
from schemas.dates import PartialDate
from schemas.full_text import FullTextRecord
from schemas.provenance import (
    Absent,
    AgencyRecord,
    CountRecord,
    IdentifierRecord,
    LookUpRecord,
    Parsed,
    RawAnswer,
    RecordError,
    Reject,
)
from schemas.work import WorkRecord
from warehouse.staged import TABLES

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def answer(**more):
    fields = {
        "run_id": "r1",
        "source": "crossref",
        "endpoint": "works",
        "role": "work",
        "request_key": "GET /works",
        "chain": "GET /works",
        "subjects": ("10.5555/a",),
        "status": 200,
        "outcome": "ok",
        "url": "http://127.0.0.1/works",
        "fetched_at": NOW,
        "elapsed_s": 0.1,
        "attempts": 1,
        "sha256": "ab",
        "body": b"{}",
    }
    return RawAnswer(**(fields | more))


def work(index=0, **more):
    fields = {
        "index": index,
        "record_key": "doi:10.5555/a",
        "tokens": ("doi:10.5555/a",),
        "publication_type": "article",
        "type_rule": "table",
    }
    return WorkRecord(**(fields | more))


def read(folder, name):
    return pq.read_table(folder / f"{name}.parquet").to_pylist()


def test_every_kind_of_item_lands_in_its_table(tmp_path):
    parsed = Parsed(
        kind="works",
        received=9,
        works=(
            work(published_date=PartialDate(year=2019, iso="2019-02", raw="2019-2-31")),
        ),
        citations=(
            CitationRecord(
                index=1,
                record_key="oci:1-2",
                citing_tokens=("omid:br/1",),
                cited_tokens=("doi:10.5555/a",),
            ),
        ),
        agencies=(AgencyRecord(index=2, prefix="10.5555", agency="Crossref"),),
        counts=(CountRecord(index=3, declared_count=4),),
        rejects=(
            Reject(
                index=4, errors=(RecordError(field="DOI", message="missing", value=""),)
            ),
        ),
        absent=(Absent(index=5, subject="10.5555/x", cause="not found"),),
        identifiers=(
            IdentifierRecord(
                index=6, record_key="pmcid:PMC1", tokens=("pmid:1", "pmcid:PMC1")
            ),
        ),
        full_texts=(
            FullTextRecord(
                index=8, record_key="pmcid:PMC1", reference_count=2, citation_count=3
            ),
        ),
        look_ups=(
            LookUpRecord(
                index=7, record_key="openalex:W1", doi="10.5555/a", declared_count=9
            ),
        ),
    )

    with StageWriter(tmp_path / "batch") as sink:
        sink.add(answer(), parsed)

    folder = tmp_path / "batch"
    assert {path.stem for path in folder.iterdir()} == set(TABLES)
    assert read(folder, "work")[0]["published_date"] == "2019-02"
    assert read(folder, "work")[0]["published_date_raw"] == "2019-2-31"
    assert read(folder, "citation")[0]["citing_tokens"] == ["omid:br/1"]
    assert read(folder, "agency")[0]["agency"] == "Crossref"
    assert read(folder, "count")[0]["doi"] == "10.5555/a"
    assert json.loads(read(folder, "reject")[0]["errors"])[0]["field"] == "DOI"
    assert read(folder, "absent")[0]["cause"] == "not found"
    assert read(folder, "answer")[0]["received"] == 9
    assert read(folder, "look_up")[0]["declared_count"] == 9
    assert all(
        row["record_index"] == index
        for index, name in enumerate(
            ["work", "citation", "agency", "count", "reject", "absent"]
        )
        for row in read(folder, name)
    )


def test_a_batch_that_fails_leaves_no_folder(tmp_path):
    def fail_half_way():
        with StageWriter(tmp_path / "batch") as sink:
            sink.add(answer(), Parsed(kind="works", received=1, works=(work(),)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()

    assert list(tmp_path.iterdir()) == []


def test_many_records_are_written_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(stage, "FLUSH_ROWS", 10)
    with StageWriter(tmp_path / "batch") as sink:
        for number in range(35):
            sink.add(answer(), Parsed(kind="works", received=1, works=(work(number),)))

    assert pq.ParquetFile(tmp_path / "batch" / "work.parquet").num_row_groups == 4
    assert len(read(tmp_path / "batch", "work")) == 35


def test_the_same_record_has_the_same_hash_wherever_it_stood(tmp_path):
    with StageWriter(tmp_path / "batch") as sink:
        sink.add(
            answer(),
            Parsed(
                kind="works", received=3, works=(work(0), work(1), work(2, title="New"))
            ),
        )

    first, second, third = (
        row["content_hash"] for row in read(tmp_path / "batch", "work")
    )
    assert first == second != third


def test_a_folder_from_an_earlier_try_is_replaced(tmp_path):
    for title in ("old", "new"):
        with StageWriter(tmp_path / "batch") as sink:
            sink.add(
                answer(), Parsed(kind="works", received=1, works=(work(title=title),))
            )

    assert [row["title"] for row in read(tmp_path / "batch", "work")] == ["new"]
