"""The archive keeps every answer, whole, once, through crashes."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import archive_file
from pipeline.archive import Archive
from pipeline.archive_run import RunFolder
from pipeline.errors import WarehouseError
from schemas.provenance import RawAnswer, RunManifest

RUN = "20261122T210000.000000Z-abc1"
LATER_RUN = "20261123T210000.000000Z-abc2"
AT = dt.datetime(2026, 11, 22, 21, 0, 0, 123456, tzinfo=dt.UTC)


def make_manifest(run_id: str = RUN, **changes: object) -> RunManifest:
    facts: dict[str, object] = {
        "run_id": run_id,
        "started_at": AT,
        "dois": ("10.1/a", "10.1/b"),
        "requested": {"10.1/a": "https://doi.org/10.1/A"},
        "sources": ("crossref", "openalex"),
        "version": "0.1.0",
    }
    return RunManifest(**(facts | changes))  # type: ignore[arg-type]


def make_answer(key: str = "GET /a", **changes: object) -> RawAnswer:
    body = changes.pop("body", f'{{"asked": "{key}"}}'.encode())
    assert isinstance(body, bytes)
    facts: dict[str, object] = {
        "run_id": RUN,
        "source": "crossref",
        "endpoint": "works",
        "role": "work",
        "request_key": key,
        "chain": key,
        "page": 2,
        "subjects": ("10.1/a", "10.1/b"),
        "status": 200,
        "outcome": "ok",
        "url": "https://example.org/a?b=c",
        "headers": {"content-type": "application/json", "etag": '"x"'},
        "fetched_at": AT,
        "elapsed_s": 0.25,
        "attempts": 2,
        "sha256": hashlib.sha256(body).hexdigest(),
        "body": body,
    }
    return RawAnswer(**(facts | changes))  # type: ignore[arg-type]


NOT_SENT = make_answer(
    "GET /not-sent",
    status=None,
    outcome="budget",
    headers={},
    subjects=(),
    attempts=0,
    body=b"",
    error="not asked: budget",
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive with a run that has begun."""
    archive = Archive(tmp_path)
    archive.begin(make_manifest())
    return archive


def folder_of(tmp_path: Path, run_id: str = RUN) -> Path:
    return tmp_path / "archive" / f"run_id={run_id}"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name.partition("-")[0] for path in folder.iterdir())


def fill(archive: Archive, count: int = 5) -> list[RawAnswer]:
    """Adds answers, not in the order of their keys; returns them in it."""
    answers = [make_answer(f"GET /{index:03d}") for index in range(count)]
    for answer in answers[::2] + answers[1::2]:
        archive.add(answer)
    return answers


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize("answer", [make_answer(), NOT_SENT])
def test_an_answer_comes_back_as_it_was(
    archive: Archive, tmp_path: Path, answer: RawAnswer, *, is_sealed: bool
) -> None:
    archive.add(answer)
    if is_sealed:
        archive.seal(RUN)

    for reader in (archive, Archive(tmp_path)):
        assert reader.find(RUN, answer.source, answer.request_key) == answer
        assert list(reader.answers(RUN)) == [answer]


def test_a_question_that_was_not_asked_is_not_found(archive: Archive) -> None:
    archive.add(make_answer("GET /a"))

    assert archive.find(RUN, "crossref", "GET /b") is None
    assert archive.find(RUN, "openalex", "GET /a") is None
    assert archive.find("another-run", "crossref", "GET /a") is None


def test_answers_come_by_source_and_request_key(
    archive: Archive, tmp_path: Path
) -> None:
    first = make_answer("GET /zzz", source="crossref")
    last = make_answer("GET /000", source="openalex")
    archive.add(last)
    answers = fill(archive, 7)
    archive.add(first)
    expected = [*answers, first, last]

    assert list(archive.answers(RUN)) == expected
    archive.seal(RUN)
    assert list(archive.answers(RUN)) == expected
    assert list(Archive(tmp_path).answers(RUN)) == expected


def test_sealing_leaves_one_file_and_may_be_repeated(
    archive: Archive, tmp_path: Path
) -> None:
    answers = fill(archive)
    archive.seal(RUN)
    assert names_in(folder_of(tmp_path)) == ["manifest.json", "part"]

    before = sorted(folder_of(tmp_path).iterdir())
    archive.seal(RUN)
    assert sorted(folder_of(tmp_path).iterdir()) == before

    more = make_answer("GET /999")
    archive.add(more)
    archive.seal(RUN)
    assert names_in(folder_of(tmp_path)) == ["manifest.json", "part"]
    assert list(archive.answers(RUN)) == [*answers, more]


def test_a_run_without_answers_can_be_sealed(archive: Archive, tmp_path: Path) -> None:
    archive.seal(RUN)

    assert list(archive.answers(RUN)) == []
    assert names_in(folder_of(tmp_path)) == ["manifest.json"]


def test_large_runs_are_split_into_parts_and_row_groups(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_file, "PART_BYTES", 20_000)
    monkeypatch.setattr(archive_file, "GROUP_BYTES", 5_000)
    answers = [
        make_answer(f"GET /{i:03d}", body=hashlib.shake_256(bytes([i])).digest(2_000))
        for i in range(40)
    ]
    for answer in answers:
        archive.add(answer)

    archive.seal(RUN)

    parts = list(folder_of(tmp_path).glob("part-*"))
    assert len(parts) > 3
    assert list(archive.answers(RUN)) == answers
    assert [archive.find(RUN, "crossref", a.request_key) for a in answers] == answers


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_later_answer_takes_the_place_of_an_earlier_one(
    archive: Archive, tmp_path: Path, *, is_sealed: bool
) -> None:
    later = make_answer(fetched_at=AT + dt.timedelta(hours=1), body=b"[]")
    archive.add(make_answer(status=503, outcome="server", error="HTTP 503"))
    if is_sealed:
        archive.seal(RUN)
    archive.add(later)

    assert list(archive.answers(RUN)) == [later]
    assert archive.find(RUN, "crossref", later.request_key) == later
    archive.seal(RUN)
    assert list(Archive(tmp_path).answers(RUN)) == [later]


def test_one_sql_statement_reads_it_at_any_moment(
    archive: Archive, tmp_path: Path
) -> None:
    fill(archive, 3)
    archive.begin(make_manifest(LATER_RUN))
    archive.add(make_answer(run_id=LATER_RUN))
    archive.seal(RUN)
    sql = f"""
        select run_id, source, request_key, status, outcome, headers['etag'],
            subjects[1], decode(body)
        from read_parquet('{tmp_path}/archive/*/*.parquet', hive_partitioning = false)
        order by run_id, request_key
    """  # noqa: S608 - a path of our own

    for _ in ("before", "after"):
        with duckdb.connect() as database:
            rows = database.execute(sql).fetchall()
        assert [row[0] for row in rows] == [RUN, RUN, RUN, LATER_RUN]
        assert rows[0] == (
            RUN,
            "crossref",
            "GET /000",
            200,
            "ok",
            '"x"',
            "10.1/a",
            '{"asked": "GET /000"}',
        )
        archive.seal(LATER_RUN)


def test_hive_partitioning_gives_the_same_run_ids(
    archive: Archive, tmp_path: Path
) -> None:
    fill(archive, 1)
    with duckdb.connect() as database:
        found = database.execute(
            f"select run_id from '{tmp_path}/archive/*/*.parquet'"  # noqa: S608
        ).fetchall()

    assert found == [(RUN,)]


class Crash(Exception):
    """The moment at which the process is gone."""


def crashing_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Copies of a run's home as a crash at each step of packing would leave them."""
    home = tmp_path / "whole"
    archive = Archive(home)
    archive.begin(make_manifest())
    fill(archive, 4)
    archive.seal(RUN)
    for key in ("GET /004", "GET /005"):
        archive.add(make_answer(key))
    monkeypatch.setattr(archive_file, "PART_BYTES", 1)
    monkeypatch.setattr(archive_file, "GROUP_ROWS", 2)
    replace, unlink = Path.replace, Path.unlink
    for steps in range(20):
        copy = tmp_path / f"crash-{steps}"
        shutil.copytree(home, copy)
        left = [steps]

        def step(left: list[int] = left) -> None:
            if not left[0]:
                raise Crash
            left[0] -= 1

        with monkeypatch.context() as patch:
            patch.setattr(
                Path, "replace", lambda self, to: (step(), replace(self, to))[1]
            )
            patch.setattr(
                Path, "unlink", lambda self, **kw: (step(), unlink(self, **kw))[1]
            )
            try:
                Archive(copy).seal(RUN)
            except Crash:
                is_crashed = True
            else:
                is_crashed = False
        if not is_crashed:
            return
        yield copy


def test_a_crash_while_packing_neither_loses_nor_doubles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [make_answer(f"GET /{index:03d}") for index in range(6)]
    crashes = 0

    for home in crashing_copies(tmp_path, monkeypatch):
        crashes += 1
        assert list(Archive(home).answers(RUN)) == expected
        for answer in expected:
            assert Archive(home).find(RUN, "crossref", answer.request_key) == answer
        again = Archive(home)
        again.begin(make_manifest())
        assert list(again.answers(RUN)) == expected
        again.seal(RUN)
        assert set(names_in(folder_of(home))) == {"manifest.json", "part"}
        rows = sum(1 for _ in again.answers(RUN))
        with duckdb.connect() as database:
            sql = f"select count(*) from '{home}/archive/*/*.parquet'"  # noqa: S608
            assert database.execute(sql).fetchall() == [(rows,)]

    assert crashes >= 6  # 3 parts renamed, 1 part and 2 answers removed


def test_a_crash_while_writing_leaves_nothing_to_read(
    archive: Archive, tmp_path: Path
) -> None:
    answers = fill(archive, 2)
    litter = folder_of(tmp_path) / f"{archive_file.TEMPORARY}answer-1.parquet"
    litter.write_bytes(b"PAR1 half")

    assert list(Archive(tmp_path).answers(RUN)) == answers
    Archive(tmp_path).begin(make_manifest())
    assert not litter.exists()
    assert list(Archive(tmp_path).answers(RUN)) == answers


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12))
@settings(max_examples=25, deadline=None)
def test_answers_are_the_last_ones_whatever_was_sealed_between(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    archive = Archive(home)
    archive.begin(make_manifest())
    last: dict[str, RawAnswer] = {}
    for minute, (key, is_sealed) in enumerate(steps):
        at = AT + dt.timedelta(minutes=minute)
        answer = make_answer(f"GET /{key}", fetched_at=at, body=str(minute).encode())
        archive.add(answer)
        last[answer.request_key] = answer
        if is_sealed:
            archive.seal(RUN)

    expected = [answer for _, answer in sorted(last.items())]
    assert list(archive.answers(RUN)) == expected
    assert list(Archive(home).answers(RUN)) == expected


def test_eight_threads_add_and_find(archive: Archive, tmp_path: Path) -> None:
    answers = [make_answer(f"GET /{index:03d}") for index in range(80)]

    def one(answer: RawAnswer) -> RawAnswer | None:
        archive.add(answer)
        return archive.find(RUN, answer.source, answer.request_key)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, answers)) == answers
    assert list(Archive(tmp_path).answers(RUN)) == answers


def test_an_interrupted_run_is_opened_by_names_alone(
    archive: Archive, tmp_path: Path
) -> None:
    archive.add(make_answer("GET /1"))
    (path,) = folder_of(tmp_path).glob("answer-*.parquet")
    path.write_bytes(b"damaged")

    resumed = RunFolder(folder_of(tmp_path))

    with pytest.raises(WarehouseError, match="answer-"):
        resumed.find("crossref", "GET /1")


def test_manifests_are_kept_in_the_order_of_time(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.runs() == []
    later = make_manifest(LATER_RUN)
    earlier = make_manifest(RUN)
    archive.begin(later)
    archive.begin(earlier)
    finished = later.model_copy(update={"finished_at": AT + dt.timedelta(hours=2)})
    archive.finish(finished)

    assert Archive(tmp_path).runs() == [earlier, finished]


def test_an_empty_folder_of_a_run_is_no_run(tmp_path: Path) -> None:
    folder_of(tmp_path).mkdir(parents=True)

    assert Archive(tmp_path).runs() == []


def break_manifest(folder: Path) -> Path:
    path = folder / "manifest.json"
    path.write_text('{"run_id":', encoding="utf-8")
    return path


def lose_manifest(folder: Path) -> Path:
    path = folder / "manifest.json"
    path.unlink()
    return path


def rename_folder(folder: Path) -> Path:
    other = folder.with_name(f"run_id={LATER_RUN}")
    folder.rename(other)
    return other / "manifest.json"


@pytest.mark.parametrize("spoil", [break_manifest, lose_manifest, rename_folder])
def test_a_spoilt_manifest_is_named(archive: Archive, tmp_path: Path, spoil) -> None:
    fill(archive, 1)
    path = spoil(folder_of(tmp_path))

    with pytest.raises(WarehouseError) as refused:
        archive.runs()
    assert str(path) in str(refused.value)


def cut_file(folder: Path) -> Path:
    path = next(folder.glob("part-*"))
    path.write_bytes(path.read_bytes()[:-20])
    return path


def flip_a_bit(folder: Path) -> Path:
    path = next(folder.glob("part-*"))
    content = bytearray(path.read_bytes())
    at = content.index(b"GET /000") + 4
    content[at] ^= 1
    path.write_bytes(content)
    return path


def empty_file(folder: Path) -> Path:
    path = next(folder.glob("part-*"))
    path.write_bytes(b"")
    return path


def foreign_name(folder: Path) -> Path:
    path = folder / "mine.parquet"
    shutil.copy(next(folder.glob("part-*")), path)
    return path


def foreign_columns(folder: Path) -> Path:
    path = next(folder.glob("part-*"))
    with duckdb.connect() as database:
        database.execute(f"copy (select 1 as a) to '{path}' (format parquet)")
    return path


def wrong_body(folder: Path) -> Path:
    path = next(folder.glob("part-*"))
    broken = make_answer("GET /000", body=b"other").model_copy(update={"body": b"x"})
    archive_file.write_answer(path, broken)
    return path


@pytest.mark.parametrize(
    "spoil",
    [cut_file, flip_a_bit, empty_file, foreign_name, foreign_columns, wrong_body],
)
def test_a_spoilt_or_foreign_file_is_named(
    archive: Archive, tmp_path: Path, spoil
) -> None:
    fill(archive, 1)
    archive.seal(RUN)
    path = spoil(folder_of(tmp_path))

    with pytest.raises(WarehouseError) as refused:
        list(Archive(tmp_path).answers(RUN))
    assert str(path) in str(refused.value)


def test_other_files_beside_the_answers_do_not_matter(
    archive: Archive, tmp_path: Path
) -> None:
    answers = fill(archive, 2)
    (folder_of(tmp_path) / "README.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "archive" / "notes").mkdir()

    archive.seal(RUN)

    assert list(Archive(tmp_path).answers(RUN)) == answers
    assert len(archive.runs()) == 1


@pytest.mark.parametrize("run_id", ["", "../x", "a/b", "a b", ".hidden", "x" * 101])
def test_a_run_id_that_is_no_name_of_a_folder_is_refused(
    tmp_path: Path, run_id: str
) -> None:
    with pytest.raises(WarehouseError, match="not the id of a run"):
        Archive(tmp_path).begin(make_manifest(run_id))


def test_a_run_that_was_never_begun_is_named(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    for act in (
        lambda: archive.add(make_answer()),
        lambda: archive.seal(RUN),
        lambda: archive.finish(make_manifest()),
        lambda: list(archive.answers(RUN)),
    ):
        with pytest.raises(WarehouseError, match=f"no run {RUN}"):
            act()
