"""report: what a run did, read back from what it published."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from pipeline.errors import WarehouseError
from pipeline.health import broken_expectations, stalls
from pipeline.http import Client
from pipeline.sources.base import Source
from schemas.drift import Drift
from schemas.health import StatesOfSource
from schemas.provenance import RunManifest
from schemas.report import CitedSummary, RunReport, SourceSummary
from warehouse.connection import open_readonly
from warehouse.errors import WarehouseFault
from warehouse.report.drift import new_drift
from warehouse.report.health import health_facts
from warehouse.report.run import RunFacts, run_facts

MIN_RECEIVED_TO_JUDGE: Final = 100
"""Below so many records the share of rejected ones says nothing about a source."""

FAILURES: Final[Mapping[str, str]] = {
    "ambiguous-empty": "it sent an empty list of works that it declares",
    "auth": "it does not accept the key",
    "block": "it has shut this address out",
    "budget": "its allowance for the day is spent",
    "client": "it refused the question",
    "not asked": "it was not asked all there is to ask",
    "other work": "it lists what cites another work, of which this may be an alias",
    "out of reach": "it lists only a part of the works that it declares",
    "plan": "the plan of the key does not include the call",
    "rate": "it asked for more patience than a run has",
    "repeated": "its list has works twice in the place of others",
    "server": "it was ill or could not be reached",
    "shrank": "its list became shorter while it was read",
    "soft_error": "it sent an error or half an answer as a success",
    "truncated": "its list is shorter than it declares",
}
"""The causes in `core.source_count` of the state failed, in words."""

MAX_DRIFT_SHOWN: Final = 3
"""Findings in the one line of a run's report; the rest is counted."""

_ELSEWHERE: Final = ("registered with ", "prefix not registered")
"""How the cause begins where a registry cannot have the work."""


@dataclass(frozen=True)
class Asking:
    """What only the door to the network knows of a run.

    Attributes:
        stopped: source to why it was not asked further.
        warnings: sentences for a person.
        unanswered: source to how many questions about citing works failed; those of
            sources that were stopped are not counted.
    """

    stopped: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    unanswered: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, client: Client, unanswered: Mapping[str, int]) -> Self:
        """Taken from a client whose run is over."""
        stopped = dict(client.stopped)
        others = {name: n for name, n in unanswered.items() if name not in stopped}
        return cls(stopped, tuple(client.warnings), others)


def run_report(
    home: Path,
    published: Path,
    manifest: RunManifest,
    asking: Asking,
    sources: Mapping[str, Source],
) -> RunReport:
    """The report of a run that has been published.

    Raises:
        WarehouseError: the published warehouse cannot be read.
    """
    try:
        with open_readonly(home) as con:
            facts = run_facts(con, manifest.run_id)
            drifted = new_drift(con, manifest.run_id)
            health = health_facts(con, manifest.run_id)
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err
    rows = [_named(row, sources, asking) for row in facts.sources]
    # Of the few works that a night asks about, a source need not know most.
    is_night = manifest.command == "nightly"
    return RunReport(
        run_id=manifest.run_id,
        started_at=manifest.started_at,
        finished_at=manifest.finished_at or manifest.started_at,
        state="complete" if _is_complete(facts, asking) else "incomplete",
        home=home,
        published_path=published,
        sources=tuple(rows),
        cited=tuple(
            row.model_copy(
                update={
                    "requested_as": manifest.requested.get(row.cited_doi, row.cited_doi)
                }
            )
            for row in facts.cited
        ),
        full_texts=facts.full_texts,
        full_text_citations=facts.full_text_citations,
        rejects=facts.rejects,
        reject_counts=facts.reject_counts,
        warnings=(
            *_failures(rows, facts.cited),
            *_unanswered(asking, sources),
            *_owed(manifest, sources),
            *asking.warnings,
            *_drifted(drifted, sources),
        ),
        expectations_broken=(
            *broken_expectations(
                stalls(health.nights) if is_night else (),
                health.states if is_night else _states(rows, facts.cited),
                health.held,
                sources,
            ),
            *_too_many_rejected(rows, sources),
        ),
        plan=manifest.plan,
    )


def _named(
    row: SourceSummary, sources: Mapping[str, Source], asking: Asking
) -> SourceSummary:
    source = sources.get(row.source)
    return row.model_copy(
        update={
            "title": source.title if source else row.source,
            "stopped_reason": asking.stopped.get(row.source),
        }
    )


def _is_complete(facts: RunFacts, asking: Asking) -> bool:
    is_answered = not asking.stopped and not asking.unanswered
    return is_answered and not any(row.failed for row in facts.sources)


def _unanswered(asking: Asking, sources: Mapping[str, Source]) -> Iterator[str]:
    for name, count in sorted(asking.unanswered.items()):
        were = "question was" if count == 1 else "questions were"
        yield (
            f"{sources[name].title}: {count:,} {were} not answered about citing works; "
            "their types and dates are what others say. The next run asks again."
        )


def _owed(manifest: RunManifest, sources: Mapping[str, Source]) -> Iterator[str]:
    """What a night's budget did not reach, in words; none of a run without one."""
    for name, dois in sorted(manifest.owed.items()):
        yield (
            f"{sources[name].title}: its budget did not reach {len(dois):,} of the "
            "works that are due; the next night begins with them."
        )


def _drifted(found: Sequence[Drift], sources: Mapping[str, Source]) -> Iterator[str]:
    """One line of what no earlier run has seen; none if there is nothing."""
    if not found:
        return
    named = []
    for one in found[:MAX_DRIFT_SHOWN]:
        source = sources.get(one.source)
        title = source.title if source else one.source
        named.append(f"{title}: {one.kind.replace('_', ' ')} {one.name}")
    if more := len(found) - len(named):
        named.append(f"and {more:,} more")
    yield (
        f"New in the shape of the answers: {'; '.join(named)}. "
        "`citehouse sources --drift` lists all."
    )


def _failures(
    rows: Sequence[SourceSummary], cited: Sequence[CitedSummary]
) -> Iterator[str]:
    """For each source that failed on some DOIs, on how many and why."""
    for row in rows:
        counts = [
            work.sources[row.source] for work in cited if row.source in work.sources
        ]
        causes = Counter(each.cause or "" for each in counts if each.state == "failed")
        if causes:
            why = "; ".join(FAILURES.get(cause, cause) for cause in sorted(causes))
            yield (
                f"{row.title} failed on {causes.total():,} of {row.asked:,} cited "
                f"DOIs: {why or 'no reason given'}. The next run asks again."
            )


def _states(
    rows: Sequence[SourceSummary], cited: Sequence[CitedSummary]
) -> Iterator[StatesOfSource]:
    """Of how many of the run's DOIs each source has a record."""
    # Nobody expects a registry to know what another one has registered.
    elsewhere = Counter(
        name
        for one in cited
        for name, count in one.sources.items()
        if count.cause and count.cause.startswith(_ELSEWHERE)
    )
    for row in rows:
        asked = row.asked - elsewhere[row.source]
        yield StatesOfSource(row.source, asked, row.known, row.failed)


def _too_many_rejected(
    rows: Sequence[SourceSummary], sources: Mapping[str, Source]
) -> Iterator[str]:
    for row in rows:
        source = sources.get(row.source)
        if source is None or row.received < MIN_RECEIVED_TO_JUDGE:
            continue
        most = source.expect.max_rejected_share
        if row.rejected > most * row.received:
            yield (
                f"{source.title}: {row.rejected} of {row.received} records were "
                f"rejected; at most {most:.0%} are expected"
            )
