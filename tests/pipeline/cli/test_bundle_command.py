"""Sealed reports of a real warehouse: what is in them, and what is found out."""

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

STATED = "10.5555/citehouse.moss.2008"
RETRACTED = "10.5555/citehouse.memory.2016"
ALIAS = "10.5555/citehouse.rivers.old-address"
PRIME = "10.5555/citehouse.rivers.2012"
NOBODY = "10.5555/citehouse.nobody-knows-this"
NEVER_ASKED = "10.5555/citehouse.moss.10877"


@pytest.fixture(scope="session")
def sealed(demo, shell_at, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    shell_at(folder, CITEHOUSE_HOME=str(demo.home)).data(
        "bundle", STATED, "-o", "sealed.zip"
    )
    return folder / "sealed.zip"


def held(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def resealed(files: dict[str, bytes], **changes: object) -> dict[str, bytes]:
    """The files with a manifest that fits them."""
    manifest = json.loads(files["manifest.json"]) | changes
    manifest["files"] = [
        {
            "path": path,
            "size_bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for path, content in sorted(files.items())
        if path != "manifest.json"
    ]
    return files | {"manifest.json": json.dumps(manifest).encode()}


def named(files: dict[str, bytes], ending: str) -> str:
    return next(path for path in sorted(files) if path.endswith(ending))


def test_a_bundle_holds_what_its_manifest_names(sealed: Path, shell):
    files = held(sealed)
    manifest = json.loads(files["manifest.json"])
    assert [one["path"] for one in manifest["files"]] == sorted(
        set(files) - {"manifest.json"}
    )
    (report,) = manifest["reports"]
    assert report["doi"] == STATED
    shell.data("report", STATED, "--html", "page.html")
    page = (shell.folder / "page.html").read_bytes()
    assert files[f"{report['folder']}/report.html"] == page
    assert not [path for path in files if "private" in path or "staging" in path]
    assert b"statement" in files["LICENCES.md"]


def test_the_tables_hold_the_rows_of_the_report(sealed: Path, tmp_path: Path):
    files = held(sealed)
    report = json.loads(files[named(files, "report.json")])
    path = tmp_path / "rows.parquet"
    for table, shown in (
        ("core.citation_statement", report["statements"]),
        ("core.cited_doi", [STATED]),
        ("mart.citations_by_section", report["by_section"]),
    ):
        path.write_bytes(files[named(files, f"{table}.parquet")])
        assert pq.read_table(path).num_rows == len(shown) > 0


def test_the_same_generation_gives_the_same_bytes(sealed: Path, shell):
    shell.data("bundle", STATED, "-o", "again.zip")
    assert (shell.folder / "again.zip").read_bytes() == sealed.read_bytes()


def test_reports_are_computed_anew_from_their_tables(shell):
    shell.data("bundle", STATED, RETRACTED, ALIAS, PRIME, NOBODY, "-o", "many.zip")
    manifest = json.loads(held(shell.folder / "many.zip")["manifest.json"])
    assert len(manifest["reports"]) == 4
    assert "byte for byte" in shell.data("verify-bundle", "many.zip", "--rebuild")


def test_what_is_wrong_with_the_request_is_said(shell, sealed: Path):
    never = shell("bundle", NEVER_ASKED, "-o", "never.zip")
    assert (never.returncode, "was never asked about" in never.stderr) == (2, True)
    assert shell("bundle", "no doi", "-o", "never.zip").returncode == 2
    assert not list(shell.folder.iterdir())
    shutil.copy(sealed, shell.folder / "there.zip")
    there = shell("bundle", RETRACTED, "-o", "there.zip")
    assert (there.returncode, "--force" in there.stderr) == (2, True)
    assert (shell.folder / "there.zip").read_bytes() == sealed.read_bytes()
    shell.data("bundle", RETRACTED, "-o", "there.zip", "--force")
    assert shell("verify-bundle", "gone.zip").returncode == 2
    assert shell("verify-bundle", ".").returncode == 2


@pytest.mark.parametrize(
    "ending",
    [".html", "report.json", ".parquet", ".sql", "LICENCES.md", "README.md"],
)
@pytest.mark.parametrize("how", ["longer", "changed", "gone"])
def test_a_file_that_was_tampered_with_is_named(
    sealed: Path, shell, ending: str, how: str
):
    files = held(sealed)
    path = named(files, ending)
    if how == "gone":
        del files[path]
    else:
        content = files[path]
        files[path] = content + b" " if how == "longer" else b"@" + content[1:]
    write(shell.folder / "bad.zip", files)
    done = shell("verify-bundle", "bad.zip", "--rebuild")
    assert done.returncode == 1
    assert f"{path}: " in done.stderr


def _no_manifest(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


def _broken_manifest(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b'{"format_version": 2}'


def _one_more(files: dict[str, bytes]) -> None:
    files["one-more.txt"] = b""


def _climbing(files: dict[str, bytes]) -> None:
    files["../up.txt"] = b""


def _absolute(files: dict[str, bytes]) -> None:
    files["/etc/up.txt"] = b""


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (_no_manifest, "manifest.json: missing"),
        (_broken_manifest, "manifest.json: format_version"),
        (_one_more, "one-more.txt: not in the manifest"),
        (_climbing, "../up.txt"),
        (_absolute, "/etc/up.txt"),
    ],
)
def test_a_foreign_or_hostile_zip_is_refused(
    sealed: Path, shell, spoil: Callable[[dict[str, bytes]], None], word: str
):
    files = held(sealed)
    spoil(files)
    write(shell.folder / "bad.zip", files)
    done = shell("verify-bundle", "bad.zip")
    assert done.returncode == 1
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_links_and_repeats_are_refused(sealed: Path, shell):
    bad = shell.folder / "bad.zip"
    shutil.copy(sealed, bad)
    link = zipfile.ZipInfo("link")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(bad, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "'link': a link" in shell("verify-bundle", "bad.zip").stderr
    shutil.copy(sealed, bad)
    with (
        zipfile.ZipFile(bad, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        archive.writestr("README.md", "another")
    assert "'README.md': twice" in shell("verify-bundle", "bad.zip").stderr


def test_a_bomb_is_refused_before_it_is_unpacked(sealed: Path, shell):
    files = held(sealed)
    bad = shell.folder / "bad.zip"
    write(bad, files | {"bomb": b""})
    content = bytearray(bad.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"bomb"))
    content[entry + 24 : entry + 28] = (0xF0000000).to_bytes(4, "little")
    bad.write_bytes(content)
    done = shell("verify-bundle", "bad.zip")
    assert (done.returncode, "'bomb': larger than" in done.stderr) == (1, True)


def test_what_is_no_whole_zip_is_refused(sealed: Path, shell):
    content = sealed.read_bytes()
    for wrong in (b"", b"no zip", content[:-40], content[: len(content) // 2]):
        (shell.folder / "bad.zip").write_bytes(wrong)
        done = shell("verify-bundle", "bad.zip")
        assert (done.returncode, "not a whole zip" in done.stderr) == (1, True)


@pytest.mark.parametrize(("version", "code"), [(None, 1), ("0.0.1", 3)])
def test_a_report_that_its_tables_do_not_give_is_named(
    sealed: Path, shell, version: str | None, code: int
):
    files = held(sealed)
    path = named(files, "report.json")
    files[path] += b"\n"
    changes = {"citehouse_version": version} if version else {}
    write(shell.folder / "other.zip", resealed(files, **changes))
    assert shell("verify-bundle", "other.zip").returncode == 0
    done = shell("verify-bundle", "other.zip", "--rebuild")
    assert done.returncode == code
    assert path in done.stderr
    assert (f"made with Citehouse {version}" in done.stderr) == (code == 3)


@pytest.mark.parametrize("how", ["gone", "foreign", "swapped"])
def test_tables_that_do_not_fit_are_named(sealed: Path, shell, how: str):
    files = held(sealed)
    path = named(files, "core.work.parquet")
    if how == "gone":
        del files[path]
    else:
        other = files[named(files, "core.run.parquet")]
        files[path] = b"no parquet" if how == "foreign" else other
    write(shell.folder / "other.zip", resealed(files))
    done = shell("verify-bundle", "other.zip", "--rebuild")
    assert (done.returncode, "core.work" in done.stderr) == (1, True)
    assert "unexpected" not in done.stderr
