"""The body in a file that was kept, compressed or not, and never without bound."""

import gzip
import zlib
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError

MAX_BYTES: Final = 500_000_000
"""No answer of any source is a tenth as long; a bomb of gzip is a thousand times."""

_GZIP_MAGIC: Final = b"\x1f\x8b"
_UNPACKED: Final = (b"", b"{", b"[", b"<")


def body_of(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """What a file holds; gzip is undone, whatever the name.

    Args:
        path: of the file.
        max_bytes: a longer body is not read to its end.

    Raises:
        UsageError: the file cannot be read, its compression is damaged, or its body is
            longer than that.
    """
    try:
        body = path.read_bytes()
        is_data = body.lstrip()[:1] in _UNPACKED  # whoever fetched it undid the gzip
        is_compressed = path.suffix == ".gz" and not is_data
        if is_compressed or body.startswith(_GZIP_MAGIC):
            with gzip.open(path) as file:
                body = file.read(max_bytes + 1)
    except FileNotFoundError as err:
        raise UsageError(f"{path}: no such file; check the path") from err
    except (EOFError, gzip.BadGzipFile, zlib.error) as err:
        raise UsageError(
            f"{path}: not a whole gzip file ({err}); fetch it again or rename it"
        ) from err
    except OSError as err:
        why = err.strerror or "not readable"
        raise UsageError(f"{path}: {why}; give the path of a readable file") from err
    if len(body) > max_bytes:
        raise UsageError(f"{path}: longer than {max_bytes // 10**6:,} MB")
    return body
