"""load, match, merge, aggregate, check, publish: from staged records to a generation.

All of it works on the next generation of the warehouse, a file that nobody reads yet;
only when every check has passed does it take the place of the published one.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.alerts.messages import fill_outbox
from pipeline.archive import Archive
from pipeline.drift import drift_of
from pipeline.errors import WarehouseError
from pipeline.identity_decisions import in_force, read_decisions
from pipeline.match import match
from pipeline.restage import restage
from pipeline.settings import Settings
from pipeline.sources import all_sources
from schemas.identity import IdentityDecision, IdentityRow, Matching
from schemas.provenance import RunManifest
from schemas.report import Observer, Progress
from warehouse.build import build
from warehouse.check import run_checks
from warehouse.connection import can_be_carried_on
from warehouse.drift import drift_sample, write_drift
from warehouse.errors import WarehouseFault
from warehouse.generation import next_generation
from warehouse.history import Publication, close, log_change, next_publication
from warehouse.identity import (
    DECISION_COLUMNS,
    JOIN_COLUMNS,
    identity_rows,
    write_identity,
)
from warehouse.load import forget_loaded, load_staged, loaded_runs


@dataclass(frozen=True)
class StagedRun:
    """A run with the folders of its staged records."""

    manifest: RunManifest
    folders: tuple[Path, ...]


def build_generation(  # noqa: PLR0913 - what it begins with, each named once
    settings: Settings,
    archive: Archive,
    staged: Sequence[StagedRun],
    observe: Observer,
    *,
    anew: bool = False,
    name: str | None = None,
    command: str | None = None,
) -> Path:
    """Load staged runs, derive every table, check, and publish; returns the file.

    Runs that are finished in the archive but not in the warehouse (a machine that
    stopped between the two) are loaded, too.

    Args:
        settings: home and memory limit.
        archive: of the same home.
        staged: runs to load, in order of time.
        observe: told of each stage.
        anew: forget what was loaded before. Where nothing is published that could be
            compared with, each run becomes a publication of its own, so that the past
            nights are there again.
        name: of the generation; None: that of the last staged run.
        command: what this is for the history; None: that of the last staged run.

    Raises:
        WarehouseError: the warehouse cannot be written, or a check has failed; what
            was published before is untouched.
    """
    decisions = read_decisions(settings.home)
    try:
        from_nothing = anew and not can_be_carried_on(settings.home)
        with next_generation(
            settings.home,
            name or staged[-1].manifest.run_id,
            memory_limit=settings.memory_limit,
            threads=settings.database_threads,
            from_nothing=from_nothing,
        ) as generation:
            con = generation.con
            if anew:
                forget_loaded(con)
            runs = [*_left_out(settings, archive, con, staged), *staged]
            nights = [[run] for run in runs] if from_nothing else [runs]
            for night in nights:
                _load(con, archive, night, observe)
                publication = _derive(con, night, decisions, observe, command=command)
                fill_outbox(con, settings.home, publication)
            observe(Progress("check", 0, None, "do the numbers add up?"))
            _check(con)
            observe(Progress("publish", 0, None, "swap"))
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err
    return generation.path


def _load(
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    archive: Archive,
    staged: Sequence[StagedRun],
    observe: Observer,
) -> None:
    for run in staged:
        observe(Progress("load", 0, None, run.manifest.run_id))
        load_staged(con, run.folders, run.manifest)
        _write_drift(con, archive, run.manifest.run_id)


def _derive(
    con: Any,  # noqa: ANN401 - as above
    staged: Sequence[StagedRun],
    decisions: Sequence[IdentityDecision],
    observe: Observer,
    *,
    command: str | None,
) -> Publication:
    """Every table from what is loaded, and what has changed in them."""
    observe(Progress("match", 0, None, "identifiers"))
    found = match(_rows(identity_rows(con)), in_force(decisions))
    _write_matching(con, found, decisions)
    observe(Progress("aggregate", 0, None, "core and mart tables"))
    publication = next_publication(
        con,
        at=_ended_at(staged),
        command=command or (staged[-1].manifest.command if staged else "works"),
        version=version("citehouse"),
    )
    log = partial(log_change, con, publication)
    written = build(con, None if publication.is_first else log)
    close(con, publication, written)
    return publication


def _ended_at(staged: Sequence[StagedRun]) -> dt.datetime | None:
    """When the newest of these runs ended; None: there is none."""
    ends = [run.manifest.finished_at for run in staged if run.manifest.finished_at]
    return max(ends, default=None)


def _write_drift(
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    archive: Archive,
    run_id: str,
) -> None:
    write_drift(con, run_id, drift_of(archive, run_id, drift_sample(con, run_id)))


def _left_out(
    settings: Settings,
    archive: Archive,
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    staged: Sequence[StagedRun],
) -> list[StagedRun]:
    here = loaded_runs(con) | {run.manifest.run_id for run in staged}
    return [
        StagedRun(
            run,
            (
                restage(
                    archive,
                    run.run_id,
                    settings.home / "staging" / run.run_id / "archived",
                    all_sources(),
                ),
            ),
        )
        for run in archive.runs()
        if run.finished_at and run.run_id not in here
    ]


def _rows(table: pa.Table) -> list[IdentityRow]:
    columns = (table.column(name).to_pylist() for name in IdentityRow._fields)
    return [
        IdentityRow(
            source,
            key,
            side,
            tuple(tokens),
            tuple(aliases),
            tuple(versions),
            preprint,
            tuple(preprints),
        )
        for source, key, side, tokens, aliases, versions, preprint, preprints in zip(
            *columns, strict=True
        )
    ]


def _write_matching(
    con: Any,  # noqa: ANN401 - as above
    found: Matching,
    decisions: Sequence[IdentityDecision],
) -> None:
    holding = {one.decision_id for one in in_force(decisions)}
    works = sorted(found.work_of.items())
    write_identity(
        con,
        tokens=pa.table(
            {
                "token": pa.array([token for token, _ in works], pa.string()),
                "work_id": pa.array([work for _, work in works], pa.string()),
            }
        ),
        groups=_table(found.members, ("work_id", "version_group_id"), "is_preprint"),
        conflicts=_table(
            found.conflicts, ("token_a", "token_b", "source", "record_key", "reason")
        ),
        joins=_table(found.joins, tuple(JOIN_COLUMNS.names)),
        decisions=pa.Table.from_pylist(
            [
                one.model_dump(exclude={"kept"})
                | {"kept_tokens": one.kept, "is_in_force": one.decision_id in holding}
                for one in decisions
            ],
            schema=DECISION_COLUMNS,
        ),
    )


def _table(
    rows: Sequence[tuple[Any, ...]], texts: tuple[str, ...], flag: str | None = None
) -> pa.Table:
    fields = [pa.field(name, pa.string()) for name in texts]
    fields += [pa.field(flag, pa.bool_())] if flag else []
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pa.table(columns, schema=pa.schema(fields))


def _check(con: Any) -> None:  # noqa: ANN401 - as above
    failures = [failure for failure in run_checks(con) if failure.level == "fail"]
    if failures:
        found = "; ".join(f"{one.name}: {one.row_count} rows" for one in failures)
        raise WarehouseError(
            f"the numbers do not add up, nothing was published: {found}. "
            "The raw answers are kept; `citehouse rebuild` tries again."
        )
