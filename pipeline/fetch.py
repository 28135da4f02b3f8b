"""fetch: from a batch of cited DOIs to staged records, by way of the archive.

The order of the questions, the same for every batch:

1. which registration agency each DOI's prefix belongs to;
2. every source about the cited DOIs: what they are, who cites them, what they cite;
   and the same about the prime DOI where a registry calls a cited DOI an alias;
3. every source about the citing works that it has not described itself; and once more
   about those of which an answer has told another identifier, such as the DOI of a work
   that was listed by its PMID;
4. the sources of last resort about citing works that nobody has described.

Sources run side by side, each under its own limits; what they ask is in their files.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self, TypeAlias

from pipeline.archive import Archive
from pipeline.ask import Asker, Health
from pipeline.found import FoundWorks
from pipeline.http import Client
from pipeline.settings import Settings
from pipeline.sources.base import Answer, CitedDoi, CitingWork, Plan, Source
from pipeline.stage import StageWriter
from pipeline.transport.classify import RETRIED
from schemas.provenance import RunManifest
from schemas.report import Observer, Progress

AGENCIES: Final = "doiorg"
"""The source that tells registration agencies; asked before all others."""

ROUNDS: Final = 2
"""An answer may tell the DOI of a work that was listed without one; what the registry
then says of it leads no further."""

Asked: TypeAlias = dict[str, set[object]]
"""By source, the citing works that it was asked about: their DOIs, or all identifiers
of those without."""

UNKNOWN_AGENCY: Final = "Unknown"
"""What doi.org calls the agency of some old prefixes: any registry may hold them."""


class Fetcher:
    """One run's way of asking; `fetch_batch` may be called from several threads.

    Args:
        settings: threads and limits.
        sources: the enabled sources by name.
        client: the door to the network.
        archive: where answers are kept and found again.
        manifest: the run.
        staging: folder under which each batch gets a folder of its own.
        agencies: prefix to agency, as far as known from earlier runs; None: no such
            prefix.
        observe: told of every answer.
    """

    def __init__(  # noqa: PLR0913 - the collaborators of a run, each named once
        self,
        *,
        settings: Settings,
        sources: Mapping[str, Source],
        client: Client,
        archive: Archive,
        manifest: RunManifest,
        staging: Path,
        agencies: Mapping[str, str | None],
        observe: Observer,
    ) -> None:
        self._sources = [s for name, s in sources.items() if name != AGENCIES]
        self._agency_source = sources.get(AGENCIES)
        self._client = client
        self._archive = archive
        self._manifest = manifest
        self._staging = staging
        self._agencies = dict(agencies)
        self._agencies_lock = Lock()
        self._observe = observe
        self._health = Health()
        self._queueing = Lock()
        self._answered = itertools.count(1)
        self._cited = frozenset(manifest.dois)
        self._unanswered: Counter[str] = Counter()
        self._unanswered_lock = Lock()
        # A pool a source: a slow source's queue never holds up the others.
        self._pools = {
            name: ThreadPoolExecutor(
                min(settings.threads, source.concurrency), thread_name_prefix=name
            )
            for name, source in sources.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        is_stopped = kind is not None and not issubclass(kind, Exception)
        if is_stopped:
            # A person has stopped the program: who waits for a turn is sent away, and
            # nobody waits for the requests under way.
            self._client.close()
        for pool in self._pools.values():
            pool.shutdown(wait=not is_stopped, cancel_futures=True)

    @property
    def unanswered(self) -> dict[str, int]:
        """By source, the questions about citing works that got no usable answer.

        Those about cited DOIs are not among them: each has a state of its own.
        """
        with self._unanswered_lock:
            return dict(self._unanswered)

    def fetch_batch(self, dois: tuple[str, ...]) -> Path:
        """Ask everything about some cited DOIs and return the folder of their records.

        The folder holds the tables of `warehouse.staged`. Questions that failed are
        rows there, too: a source that is down never stops the batch.
        """
        found = FoundWorks()
        with StageWriter(self._staging / self._batch_name(dois)) as sink:
            asker = Asker(
                run_id=self._manifest.run_id,
                client=self._client,
                archive=self._archive,
                sink=sink,
                health=self._health,
                noted=partial(self._note, found),
            )
            self._ask_about_cited(asker, dois, self._sources)
            # Whoever lists citing works may know only the prime DOI of an alias.
            listing = [source for source in self._sources if source.lists_citing]
            self._ask_about_cited(asker, found.prime_dois(dois), listing)
            asked: Asked = {}
            for _ in range(ROUNDS):
                self._describe(asker, found, asked, is_last_resort=False)
            self._describe(asker, found, asked, is_last_resort=True)
        return sink.folder

    def _batch_name(self, dois: Sequence[str]) -> str:
        return f"batch-{self._manifest.dois.index(dois[0]):07d}"

    def _note(self, found: FoundWorks, answer: Answer) -> None:
        found.note(answer)
        for found_agency in answer.parsed.agencies:
            self._agencies[found_agency.prefix] = found_agency.agency
        is_of_citing = self._cited.isdisjoint(answer.request.subjects)
        is_failed = answer.raw.outcome in RETRIED
        if answer.raw.role == "work" and is_of_citing and is_failed:
            with self._unanswered_lock:
                self._unanswered[answer.raw.source] += 1
        self._observe(
            Progress(
                stage="fetch",
                done=next(self._answered),
                total=None,
                detail=f"{answer.raw.source}: {answer.request.endpoint}",
            )
        )

    def _ask_about_cited(
        self, asker: Asker, dois: Sequence[str], sources: Sequence[Source]
    ) -> None:
        if dois:
            self._learn_agencies(asker, dois)
            cited = [CitedDoi(doi, self._agency(doi)) for doi in dois]
            plans = {s.name: s.requests_for_cited(cited) for s in sources}
            self._carry_out(asker, plans)

    def _describe(
        self, asker: Asker, found: FoundWorks, asked: Asked, *, is_last_resort: bool
    ) -> None:
        works = found.citing_works()
        self._learn_agencies(asker, [work.doi for work in works if work.doi])
        known = [self._with_agency(work) for work in works]
        self._carry_out(
            asker,
            {
                source.name: source.requests_for_citing(_for(source, known, asked))
                for source in self._sources
                if source.requests_for_citing
                and source.is_last_resort == is_last_resort
            },
        )

    def _carry_out(self, asker: Asker, plans: Mapping[str, Plan]) -> None:
        """Carry out plans side by side; the first error in any of them is raised."""
        by_name = {source.name: source for source in self._sources}
        if not plans:
            return
        with ThreadPoolExecutor(len(plans), thread_name_prefix="plan") as drivers:
            running = [
                drivers.submit(self._drive, asker, by_name[name], plan)
                for name, plan in plans.items()
            ]
            for outcome in running:
                outcome.result()

    def _drive(self, asker: Asker, source: Source, plan: Plan) -> None:
        pool = self._pools[source.name]
        ask: Callable[..., list[Answer]] = partial(asker.ask, source)
        try:
            requests = next(plan)
            while True:
                with self._queueing:
                    # As one piece: a round that is mixed with another batch's ends
                    # as late as both, and no batch gets ahead to the next source.
                    coming = pool.map(ask, requests)
                # No name holds the answers: they are gone before the next ones come.
                requests = plan.send([_light(one) for some in coming for one in some])
        except StopIteration:
            return

    def _learn_agencies(self, asker: Asker, dois: Iterable[str]) -> None:
        source = self._agency_source
        if source is None:
            return
        with self._agencies_lock:
            unknown = {
                _prefix(doi): CitedDoi(doi)
                for doi in sorted(dois, reverse=True)
                if _prefix(doi) not in self._agencies
            }
            if unknown:
                asked = [unknown[prefix] for prefix in sorted(unknown)]
                self._drive(asker, source, source.requests_for_cited(asked))

    def _with_agency(self, work: CitingWork) -> CitingWork:
        agency = self._agency(work.doi)
        return replace(work, agency=agency) if agency else work

    def _agency(self, doi: str | None) -> str | None:
        found = self._agencies.get(_prefix(doi)) if doi else None
        return None if found == UNKNOWN_AGENCY else found


def _light(answer: Answer) -> Answer:
    """The answer without its body, which lies in the archive."""
    return replace(answer, raw=answer.raw.model_copy(update={"body": b""}))


def _for(source: Source, works: Sequence[CitingWork], asked: Asked) -> list[CitingWork]:
    """The works worth asking the source about, and notes that it was asked."""
    if source.is_last_resort:
        open_ = [work for work in works if not work.described_by]
    else:
        open_ = [work for work in works if source.name not in work.described_by]
    before = asked.setdefault(source.name, set())
    new = [work for work in open_ if (work.doi or work.tokens) not in before]
    before.update(work.doi or work.tokens for work in new)
    return new


def _prefix(doi: str) -> str:
    return doi.partition("/")[0]
