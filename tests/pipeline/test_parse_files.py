"""Recorded answers in files, and the table over all that lie beside the project."""

import gzip
import json
import sys
from collections import Counter

import pytest

from pipeline.errors import UsageError
from pipeline.parse_files import parse_file
from pipeline.sources import all_sources
from pipeline.sources.doiorg import SOURCE as DOIORG

FOLDERS = {"doiorg": ("doi-ra", "doi-cn")}
"""Folders of recorded answers, where they are not called like the source."""

AGENCY = (
    b'[{"DOI": "10.1108", "RA": "Crossref"}, {"DOI": "foo", "status": "Invalid DOI"}]'
)


def test_a_file_is_one_line_of_json_with_its_counts(tmp_path):
    file = tmp_path / "ra.json"
    file.write_bytes(AGENCY)

    line = parse_file(DOIORG, file).model_dump_json()

    assert "\n" not in line
    assert json.loads(line) == {
        "file": str(file),
        "kind": "agencies",
        "received": 2,
        "parsed": 1,
        "rejected": [
            {
                "index": 1,
                "errors": [
                    {
                        "field": "",
                        "message": "Invalid DOI",
                        "value": '{"DOI":"foo","status":"Invalid DOI"}',
                    }
                ],
            }
        ],
        "absent": 0,
    }


@pytest.mark.parametrize("name", ["ra.json.gz", "ra.json"])
def test_a_compressed_file_is_read_whatever_its_name(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(gzip.compress(AGENCY, mtime=0))

    assert parse_file(DOIORG, file).received == 2


def test_a_kind_that_is_not_handled_has_no_kind_and_no_items(tmp_path):
    file = tmp_path / "citation.bib"
    file.write_text("@article{x}")

    found = parse_file(DOIORG, file)

    assert (found.kind, found.received, found.parsed, found.absent) == (None, 0, 0, 0)


def test_an_empty_file_is_an_error_answer_and_no_crash(tmp_path):
    file = tmp_path / "empty.json"
    file.touch()

    assert parse_file(DOIORG, file).kind == "error"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.json: no such file"):
        parse_file(DOIORG, tmp_path / "none.json")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UsageError, match="directory"):
        parse_file(DOIORG, tmp_path)


def test_a_file_that_was_unpacked_and_kept_its_name_is_read(tmp_path):
    file = tmp_path / "ra.json.gz"
    file.write_bytes(AGENCY)

    assert parse_file(DOIORG, file).received == 2


@pytest.mark.parametrize(
    "body", [b"not gzip", gzip.compress(AGENCY, mtime=0)[:-9], b"\x1f\x8b"]
)
def test_a_damaged_gzip_file_is_named(tmp_path, body):
    file = tmp_path / "ra.json.gz"
    file.write_bytes(body)

    with pytest.raises(UsageError, match=r"ra\.json\.gz: not a whole gzip file"):
        parse_file(DOIORG, file)


def recorded_files(recorded, source_name):
    folders = FOLDERS.get(source_name, (source_name,))
    return sorted(
        file
        for folder in folders
        for file in (recorded / folder).rglob("*")
        if file.is_file()
    )


def tabulate(rows):
    head = ("source", "kind", "files", "received", "parsed", "rejected", "absent")
    widths = (15, 20, 6, 9, 9, 9, 7)
    return "\n".join(
        " ".join(
            str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)
        )
        for row in (head, *rows)
    )


@pytest.mark.shared
def test_recorded_answers_of_every_source_parse_and_nothing_vanishes(shared, capsys):
    counts: dict[tuple[str, str], Counter[str]] = {}
    reasons: Counter[tuple[str, str]] = Counter()
    for name, source in all_sources().items():
        for file in recorded_files(shared / "recorded", name):
            found = parse_file(source, file)
            assert found.received == found.parsed + len(found.rejected) + found.absent
            counts.setdefault((name, str(found.kind)), Counter()).update(
                files=1,
                received=found.received,
                parsed=found.parsed,
                rejected=len(found.rejected),
                absent=found.absent,
            )
            reasons.update(
                (name, f"{error.field}: {error.message[:80]}")
                for reject in found.rejected
                for error in reject.errors
            )
    columns = ("files", "received", "parsed", "rejected", "absent")
    rows = [
        (*key, *(counts[key][column] for column in columns)) for key in sorted(counts)
    ]
    why = [f"{name}: {n} rejected: {why}" for (name, why), n in reasons.most_common()]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", tabulate(rows), *why, ""]))

    per_source: dict[str, Counter[str]] = {}
    for (name, _), count in counts.items():
        per_source.setdefault(name, Counter()).update(count)
    assert per_source, "no source has recorded answers"
    for name, count in per_source.items():
        records = count["parsed"] + count["rejected"]
        assert count["parsed"] >= 0.99 * records, f"{name}: {count}"
        assert count["parsed"] > 0, f"{name}: {count}"
