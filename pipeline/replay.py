"""replay: rejected records, read again by today's parsers.

Only answers that hold rejects are read. If they now give more records and are otherwise
what they were, these answers are loaded again in the place of the old ones: the tables
are then those of a clean load. If today's parsers read the other records of these
answers differently as well, by their keys or by any field, a part of the archive would
stand beside the rest in two readings; so everything is read again, as `rebuild` does.
What an upgrade reads differently in answers without rejects only `rebuild` finds.
"""

import shutil
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive import Archive
from pipeline.archive_keeping import pruned_runs
from pipeline.ask import reparse
from pipeline.decision_log import taken_up
from pipeline.errors import WarehouseError
from pipeline.generation import StagedRun, build_generation
from pipeline.home import faults_of_the_disk, only_run_on_published, staging_folder
from pipeline.restage import restage
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.stage import StageWriter, content_hash
from schemas.provenance import Parsed, RawAnswer
from schemas.replay import ReplayReport
from schemas.report import Observer, Progress, RejectCount
from warehouse.report.rejected import (
    AnswerFacts,
    LoadedRecord,
    RejectedAnswer,
    rejected_answers,
)


def replay(settings: Settings, *, observe: Observer) -> ReplayReport:
    """Read rejected records again and publish what has become of them.

    No reject, or none that reads better today: nothing is published.

    Raises:
        ConfigError: the home cannot be written.
        WarehouseError: nothing has been published yet; the archive lacks an answer, is
            in use or damaged; or the numbers do not add up.
    """
    home = settings.home
    with only_run_on_published(home), faults_of_the_disk(home):
        archive = Archive(home)
        rejected = rejected_answers(home)
        pruned = {run.run_id for run in pruned_runs(home)}
        again = [_read(archive, was) for was in rejected if was.run_id not in pruned]
        path = None
        decisions: tuple[str, ...] = ()
        is_rebuilt = not all(one.is_otherwise_the_same for one in again)
        if is_rebuilt or any(one.is_to_load for one in again):
            staged = _staged(archive, again, staging_folder(home), whole=is_rebuilt)
            decisions = taken_up(home)
            observe(Progress("load", 0, None, "answers that read better"))
            path = build_generation(
                settings, archive, staged, observe, anew=is_rebuilt, command="replay"
            )
            shutil.rmtree(staging_folder(home), ignore_errors=True)
    report = _report(again, path, is_rebuilt=is_rebuilt)
    left_out = len(rejected) - len(again)
    warnings = (*decisions, _gone(left_out)) if left_out else decisions
    return report.model_copy(update={"warnings": warnings})


def _gone(answer_count: int) -> str:
    answers = "1 answer" if answer_count == 1 else f"{answer_count:,} answers"
    return f"{answers} with rejected records cannot be read again: pruned"


@dataclass(frozen=True)
class _Again:
    """An answer with rejects, and how it reads today."""

    was: RejectedAnswer
    raw: RawAnswer
    parsed: Parsed

    @property
    def rejected(self) -> set[int]:
        return {reject.index for reject in self.parsed.rejects}

    @property
    def gained(self) -> int:
        """Rejected records that are none today."""
        return len(self.was.rejected - self.rejected)

    @property
    def is_otherwise_the_same(self) -> bool:
        """Whether all that was loaded before would be loaded as it stands."""
        today = _records(self.parsed, self.raw)
        is_same = all(
            _is_same(record, today.get(place))
            for place, record in self.was.loaded.items()
        )
        return is_same and self.rejected <= self.was.rejected

    @property
    def is_to_load(self) -> bool:
        """Whether the tables of this answer would be others after loading it again."""
        return bool(self.gained) or self.was.facts != _facts(self.parsed)


def _read(archive: Archive, was: RejectedAnswer) -> _Again:
    raw = archive.find(was.run_id, was.source, was.request_key)
    source = all_sources().get(was.source)
    if raw is None or source is None:
        raise WarehouseError(
            f"replay: the archive has no answer of {was.source} to "
            f"{was.request_key[:100]} in run {was.run_id}, or the source is not known "
            "to this version; restore the archive from a backup"
        )
    return _Again(was, raw, reparse(source, raw))


def _records(parsed: Parsed, raw: RawAnswer) -> dict[int, LoadedRecord]:
    """Place in the answer to what would be loaded of the record."""
    subject = raw.subjects[0] if raw.subjects else ""
    return {
        **{
            work.index: LoadedRecord(
                work.record_key, work.cited_by_count, content_hash(work)
            )
            for work in parsed.works
        },
        **{
            one.index: LoadedRecord(one.record_key, None, content_hash(one))
            for one in parsed.citations
        },
        **{
            one.index: LoadedRecord(one.record_key, None, " ".join(one.tokens))
            for one in parsed.identifiers
        },
        **{
            one.index: LoadedRecord(one.record_key, None, " ".join(one.tokens))
            for one in parsed.full_texts
        },
        **{
            one.index: LoadedRecord(one.prefix, None, one.agency or "")
            for one in parsed.agencies
        },
        **{
            one.index: LoadedRecord(
                one.record_key, one.declared_count, one.changed_at or ""
            )
            for one in parsed.look_ups
        },
        **{
            one.index: LoadedRecord(subject, one.declared_count, None)
            for one in parsed.counts
        },
    }


def _is_same(was: LoadedRecord, today: LoadedRecord | None) -> bool:
    if was.said is None and today is not None:
        today = today._replace(said=None)  # another version stands: nothing to compare
    return was == today


def _facts(parsed: Parsed) -> AnswerFacts:
    return AnswerFacts(
        parsed.received, len(parsed.absent), parsed.declared_total, parsed.next_cursor
    )


def _staged(
    archive: Archive, again: Sequence[_Again], staging: Path, *, whole: bool
) -> list[StagedRun]:
    runs = {run.run_id: run for run in archive.runs() if run.finished_at}
    if whole:
        return [
            StagedRun(run, (restage(archive, run_id, staging / run_id, all_sources()),))
            for run_id, run in runs.items()
        ]
    by_run: defaultdict[str, list[_Again]] = defaultdict(list)
    for one in again:
        if one.is_to_load:
            by_run[one.was.run_id].append(one)
    staged = []
    for run_id, answers in sorted(by_run.items()):
        with StageWriter(staging / run_id / "replayed") as sink:
            for one in answers:
                sink.add(one.raw, one.parsed)
        staged.append(StagedRun(runs[run_id], (sink.folder,)))
    return staged


def _report(
    again: Sequence[_Again], path: Path | None, *, is_rebuilt: bool
) -> ReplayReport:
    reasons = Counter(
        (one.was.source, _reason(reject.errors[0].field, reject.errors[0].message))
        for one in again
        for reject in one.parsed.rejects
    )
    return ReplayReport(
        tried=sum(len(one.was.rejected) for one in again),
        loaded=sum(one.gained for one in again),
        is_rebuilt=is_rebuilt,
        published_path=path,
        still_rejected=tuple(
            RejectCount(source=source, reason=reason, record_count=count)
            for (source, reason), count in sorted(
                reasons.items(), key=lambda item: (-item[1], item[0])
            )
        ),
    )


def _reason(field: str, message: str) -> str:
    return f"{field}: {message}" if field else message
