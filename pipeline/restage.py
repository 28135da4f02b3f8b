"""From the archive back to staged records, without the network."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.archive import Archive
from pipeline.ask import reparse
from pipeline.errors import WarehouseError
from pipeline.sources.base import Source
from pipeline.stage import StageWriter


def restage(
    archive: Archive, run_id: str, folder: Path, sources: Mapping[str, Source]
) -> Path:
    """Parse the archived answers of a run again, by today's parsers.

    Returns the folder, which holds what the run's own fetching staged.

    Raises:
        WarehouseError: the archive holds answers of a source that is not known.
    """
    with StageWriter(folder) as sink:
        for raw in archive.answers(run_id):
            source = sources.get(raw.source)
            if source is None:
                raise WarehouseError(
                    f"archive: run {run_id} holds answers of {raw.source!r}, unknown "
                    "to this version; rebuild with the version that wrote them"
                )
            sink.add(raw, reparse(source, raw))
    return folder
