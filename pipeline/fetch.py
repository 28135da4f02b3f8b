"""fetch: from a batch of cited DOIs to staged records, by way of the archive.

The order of the questions, the same for every batch:

1. which registration agency each DOI's prefix belongs to;
2. every source about the cited DOIs: what they are, who cites them, what they cite;
   and the same about the prime DOI where a registry calls a cited DOI an alias;
3. every source about the citing works that it has not described itself; and once more
   about those of which an answer has told another identifier, such as the DOI of a work
   that was listed by its PMID;
4. the sources of last resort about citing works that nobody has described;
5. the open full texts of citing works, if they are new or have changed.

Sources run side by side, each under its own limits; what they ask is in their files.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

from pipeline.agencies import Agencies
from pipeline.archive import Archive
from pipeline.ask import Asker, Health
from pipeline.drivers import Drivers
from pipeline.found import FoundWorks
from pipeline.http import Client
from pipeline.settings import Settings
from pipeline.sources.base import Answer, CitedDoi, KnownDoi, Source
from pipeline.stage import StageWriter
from pipeline.transport.classify import RETRIED
from pipeline.worth_asking import Asked, worth_describing, worth_reading
from schemas.identifiers import token
from schemas.night import WITHOUT_REFERENCES
from schemas.provenance import RunManifest
from schemas.report import Observer, Progress
from warehouse.full_texts import HeldTexts
from warehouse.night import Described

AGENCIES: Final = "doiorg"
"""The source that tells registration agencies; asked before all others."""

ROUNDS: Final = 2
"""An answer may tell the DOI of a work that was listed without one; what the registry
then says of it leads no further."""


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
        described: who has described which citing works lately, and need not do so
            again; None: everything is asked.
        texts: the full texts that need not be fetched again; None: there are none.
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
        described: Described | None = None,
        texts: HeldTexts | None = None,
    ) -> None:
        self._sources = [s for name, s in sources.items() if name != AGENCIES]
        self._client = client
        self._archive = archive
        self._manifest = manifest
        self._staging = staging
        self._observe = observe
        self._described = described
        self._texts = texts
        self._with_full_text = settings.full_text
        self._looked: list[Path] = []
        self._health = Health()
        self._answered = itertools.count(1)
        self._take(manifest)
        self._unanswered: Counter[str] = Counter()
        self._unanswered_lock = Lock()
        self._drivers = Drivers(sources, settings.threads)
        self._agencies = Agencies(sources.get(AGENCIES), self._drivers, agencies)

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
        self._drivers.close(is_waiting=not is_stopped)

    @property
    def unanswered(self) -> dict[str, int]:
        """By source, the questions about citing works that got no usable answer.

        Those about cited DOIs are not among them: each has a state of its own.
        """
        with self._unanswered_lock:
            return dict(self._unanswered)

    @property
    def spent(self) -> dict[str, int]:
        """By source, the credits that were spent so far in this run."""
        return {s.name: self._client.allowance(s).spent for s in self._sources}

    @property
    def looked(self) -> list[Path]:
        """The folders with what was asked before there was a plan."""
        return list(self._looked)

    def agencies_of(self, dois: Sequence[str]) -> dict[str, str | None]:
        """The registration agency of each DOI; None: not known. Asks if need be."""
        name = f"agencies-{len(self._looked)}"
        with self._asking(name, FoundWorks()) as (asker, folder):
            self._agencies.learn(asker, dois)
        self._looked.append(folder)
        return {doi: self._agencies.of(doi) for doi in dois}

    def look_up(
        self, known: Mapping[str, Sequence[KnownDoi]], noted: Callable[[Answer], None]
    ) -> None:
        """Ask sources whether anything has moved, all side by side.

        Args:
            known: by source, the DOIs.
            noted: told of every answer; called from several threads.
        """
        plans = {
            source.name: source.night.look_up(known[source.name])
            for source in self._sources
            if source.night and source.night.look_up and known.get(source.name)
        }
        name = f"look-ups-{len(self._looked)}"
        with self._asking(name, FoundWorks(), noted) as (asker, folder):
            self._drivers.carry_out(asker, plans)
        self._looked.append(folder)

    def adopt(self, manifest: RunManifest) -> None:
        """From now on ask by a plan that was made in the meantime, of the same run."""
        self._manifest = manifest
        self._take(manifest)

    def _take(self, manifest: RunManifest) -> None:
        self._cited = frozenset(manifest.dois)
        self._cited_tokens = frozenset(token("doi", doi) for doi in manifest.dois)

    def fetch_batch(self, dois: tuple[str, ...]) -> Path:
        """Ask everything about some cited DOIs and return the folder of their records.

        The folder holds the tables of `warehouse.staged`. Questions that failed are
        rows there, too: a source that is down never stops the batch.
        """
        found = FoundWorks(self._cited_tokens)
        if self._described:
            found.note_described(self._described.citing(dois))
            found.note_citing(self._described.unanswered(dois))
        with self._asking(self._batch_name(dois), found) as (asker, folder):
            wanted = {
                source.name: [
                    doi for doi in dois if source.name in self._manifest.sources_of(doi)
                ]
                for source in self._sources
            }
            self._ask_about_cited(asker, wanted)
            # Whoever lists citing works may know only the prime DOI of an alias.
            primes = {
                source.name: found.prime_dois(wanted[source.name])
                for source in self._sources
                if source.lists_citing
            }
            self._ask_about_cited(asker, primes)
            asked: Asked = {}
            for _ in range(ROUNDS):
                self._describe(asker, found, asked, is_last_resort=False)
            self._describe(asker, found, asked, is_last_resort=True)
            if self._with_full_text:
                self._read(asker, found, dois)
        return folder

    @contextmanager
    def _asking(
        self,
        name: str,
        found: FoundWorks,
        noted: Callable[[Answer], None] | None = None,
    ) -> Iterator[tuple[Asker, Path]]:
        """Somebody to ask, and the folder in which the records will be."""
        with StageWriter(self._staging / name) as sink:
            asker = Asker(
                run_id=self._manifest.run_id,
                client=self._client,
                archive=self._archive,
                sink=sink,
                health=self._health,
                noted=partial(self._note, found, noted),
            )
            yield asker, sink.folder

    def _batch_name(self, dois: Sequence[str]) -> str:
        return f"batch-{self._manifest.dois.index(dois[0]):07d}"

    def _note(
        self,
        found: FoundWorks,
        noted: Callable[[Answer], None] | None,
        answer: Answer,
    ) -> None:
        found.note(answer)
        if noted:
            noted(answer)
        self._agencies.note(answer.parsed.agencies)
        is_of_citing = self._cited.isdisjoint(answer.request.subjects)
        is_failed = answer.raw.outcome in RETRIED
        if answer.raw.role in ("work", "full_text") and is_of_citing and is_failed:
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
        self, asker: Asker, wanted: Mapping[str, Sequence[str]]
    ) -> None:
        """Ask each source about its own DOIs."""
        dois = {doi for some in wanted.values() for doi in some}
        if not dois:
            return
        self._agencies.learn(asker, dois)
        plans = {
            source.name: source.requests_for_cited(
                [self._cited_doi(doi, source.name) for doi in wanted[source.name]]
            )
            for source in self._sources
            if wanted.get(source.name)
        }
        self._drivers.carry_out(asker, plans)

    def _cited_doi(self, doi: str, source: str) -> CitedDoi:
        reason = self._manifest.asked.get(doi, {}).get(source)
        with_references = reason not in WITHOUT_REFERENCES
        return CitedDoi(doi, self._agencies.of(doi), with_references=with_references)

    def _read(self, asker: Asker, found: FoundWorks, dois: Sequence[str]) -> None:
        """Ask for the open texts of the citing works."""
        plans = {}
        for source in self._sources:
            if due := worth_reading(source, found, self._texts, dois):
                plans[source.name] = due
        self._drivers.carry_out(asker, plans)

    def _describe(
        self, asker: Asker, found: FoundWorks, asked: Asked, *, is_last_resort: bool
    ) -> None:
        works = found.citing_works()
        self._agencies.learn(asker, [work.doi for work in works if work.doi])
        known = [self._agencies.added_to(work) for work in works]
        self._drivers.carry_out(
            asker,
            {
                source.name: source.requests_for_citing(
                    worth_describing(source, known, asked)
                )
                for source in self._sources
                if source.requests_for_citing
                and source.is_last_resort == is_last_resort
            },
        )
