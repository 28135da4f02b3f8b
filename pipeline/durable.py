"""Files that are there whole or not at all, also after a crash of the machine."""

import os
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".writing-"
"""Beginning of the names of files that are not finished; no reader looks at them."""


def put_in_place(contents: dict[Path, bytes | memoryview]) -> None:
    """Write files so that each is there whole or not at all, also after a crash."""
    for path, content in contents.items():
        unfinished = path.with_name(f"{TEMPORARY}{path.name}")
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    for folder in {path.parent for path in contents}:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
