"""Whether a bundle is whole, and whether its reports can be computed anew."""

import hashlib
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import duckdb
from pydantic import ValidationError

from schemas.bundle import BundledReport, BundleManifest
from warehouse.errors import NotHeld, WarehouseFault
from warehouse.report.bundle import MANIFEST, TABLES, rebuilt, sha256_of
from warehouse.report.bundle_rows import ENDING, filled

_MOST_FILES: Final = 20_000
_LARGEST_FILE: Final = 1 << 30
_LARGEST_SUM: Final = 4 << 30
_LARGEST_MANIFEST: Final = 16 << 20
_CHUNK: Final = 1 << 20
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
_FOREIGN_SIGNS: Final = frozenset(":\\\0")
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises for bytes that are no zip, or a broken one."""


@dataclass(frozen=True)
class Checked:
    """What was found; the manifest is None if it cannot be read."""

    manifest: BundleManifest | None
    faults: tuple[str, ...]


def check_bundle(path: Path) -> Checked:
    """What is wrong with a bundle: what, and in which file; nothing if it is whole.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _check(archive)
    except _UNREADABLE as err:
        return Checked(None, (f"not a whole zip file: {err}",))


def rebuild_differences(
    path: Path, manifest: BundleManifest, titles: Mapping[str, str]
) -> list[str]:
    """The files that this version computes differently; each with what is known.

    Args:
        path: of a bundle in which `check_bundle` found nothing.
        manifest: of it.
        titles: names of the sources for people, by their names.
    """
    sealed = {one.path: one.sha256 for one in manifest.files}
    different: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for report in manifest.reports:
            try:
                with filled(_tables(archive, report, sealed)) as con:
                    files = rebuilt(con, report.asked_as, titles)
            except NotHeld:
                different.append(f"{report.folder}: its tables lack {report.asked_as}")
            except (WarehouseFault, duckdb.Error, ValidationError) as err:
                different.append(f"{report.folder}: {err}")
            else:
                names = {f"{report.folder}/{name}": one for name, one in files.items()}
                different += [
                    name
                    for name, content in sorted(names.items())
                    if sealed.get(name) != sha256_of(content)
                ]
    return different


def _tables(
    archive: zipfile.ZipFile, report: BundledReport, sealed: Mapping[str, str]
) -> dict[str, bytes]:
    """Parquet by table; the sizes were checked before."""
    start = f"{report.folder}/{TABLES}/"
    return {
        path.removeprefix(start).removesuffix(ENDING): archive.read(path)
        for path in sealed
        if path.startswith(start) and path.endswith(ENDING)
    }


def _check(archive: zipfile.ZipFile) -> Checked:
    entries = archive.infolist()
    if faults := tuple(_hostile(entries)):
        return Checked(None, faults)
    by_path = {entry.filename: entry for entry in entries}
    if MANIFEST not in by_path:
        return Checked(None, (f"{MANIFEST}: missing; not a bundle of Citehouse",))
    if by_path[MANIFEST].file_size > _LARGEST_MANIFEST:
        return Checked(None, (f"{MANIFEST}: too large",))
    try:
        manifest = BundleManifest.model_validate_json(archive.read(MANIFEST))
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return Checked(None, (f"{MANIFEST}: {where or 'text'}: {first['msg']}",))
    except _UNREADABLE as err:
        return Checked(None, (f"{MANIFEST}: cannot be read: {err}",))
    return Checked(manifest, tuple(_unlike(archive, by_path, manifest)))


def _hostile(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Entries that no bundle has and that may do harm where they are unpacked."""
    if len(entries) > _MOST_FILES:
        yield f"{len(entries)} files: more than {_MOST_FILES}"
        return
    if sum(entry.file_size for entry in entries) > _LARGEST_SUM:
        yield f"unpacked larger than {_LARGEST_SUM} bytes"
    counts = Counter(entry.filename for entry in entries)
    yield from (f"{name!r}: twice" for name, count in counts.items() if count > 1)
    for entry in entries:
        if fault := _fault(entry):
            yield f"{entry.orig_filename!r}: {fault}"


def _fault(entry: zipfile.ZipInfo) -> str | None:
    """What makes an entry one that no bundle has; None: nothing."""
    name = entry.orig_filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name:
        return "not a plain path inside the bundle"
    if set(name) & _FOREIGN_SIGNS:
        return "not a path that every system reads alike"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "a link or something else that is no file"
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
        return "encrypted, or packed in an unknown way"
    if entry.file_size > _LARGEST_FILE:
        return f"larger than {_LARGEST_FILE} bytes"
    return None


def _unlike(
    archive: zipfile.ZipFile,
    by_path: Mapping[str, zipfile.ZipInfo],
    manifest: BundleManifest,
) -> Iterator[str]:
    """What is not as the manifest says."""
    sealed = {one.path: one for one in manifest.files}
    if len(sealed) < len(manifest.files):
        yield f"{MANIFEST}: names a file twice"
    for path in sorted(set(by_path) - set(sealed) - {MANIFEST}):
        yield f"{path}: not in the manifest"
    for path, one in sorted(sealed.items()):
        if path not in by_path:
            yield f"{path}: missing"
        elif by_path[path].file_size != one.size_bytes:
            size = by_path[path].file_size
            yield f"{path}: {size} bytes instead of {one.size_bytes}"
        else:
            try:
                if _sha256(archive, path) != one.sha256:
                    yield f"{path}: its SHA-256 is another than in the manifest"
            except _UNREADABLE as err:
                yield f"{path}: cannot be read: {err}"


def _sha256(archive: zipfile.ZipFile, path: str) -> str:
    """Hex; zipfile gives no more bytes than the entry says it has."""
    digest = hashlib.sha256()
    with archive.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
