"""Registration agencies: who has registered the DOIs with a prefix."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import Lock
from typing import Final

from pipeline.ask import Asker
from pipeline.drivers import Drivers
from pipeline.sources.base import CitedDoi, CitingWork, Source
from schemas.provenance import AgencyRecord

UNKNOWN_AGENCY: Final = "Unknown"
"""What doi.org calls the agency of some old prefixes: any registry may hold them."""


class Agencies:
    """What is known of prefixes in a run; asks for what is not. Thread safe.

    Args:
        source: that tells agencies; None: it is disabled, and nothing more is learnt.
        drivers: ask it.
        known: prefix to agency, from earlier runs; None: no such prefix.
    """

    def __init__(
        self, source: Source | None, drivers: Drivers, known: Mapping[str, str | None]
    ) -> None:
        self._source = source
        self._drivers = drivers
        self._known = dict(known)
        self._lock = Lock()

    def note(self, found: Iterable[AgencyRecord]) -> None:
        """Take in what an answer says."""
        for one in found:
            self._known[one.prefix] = one.agency

    def learn(self, asker: Asker, dois: Iterable[str]) -> None:
        """Ask about the prefixes of some DOIs that nobody has told of, each once."""
        if self._source is None:
            return
        with self._lock:
            unknown = {
                _prefix(doi): CitedDoi(doi)
                for doi in sorted(dois, reverse=True)
                if _prefix(doi) not in self._known
            }
            if unknown:
                asked = [unknown[prefix] for prefix in sorted(unknown)]
                plan = self._source.requests_for_cited(asked)
                self._drivers.drive(asker, self._source, plan)

    def of(self, doi: str | None) -> str | None:
        """The agency of a DOI; None: not known, or no DOI."""
        found = self._known.get(_prefix(doi)) if doi else None
        return None if found == UNKNOWN_AGENCY else found

    def added_to(self, work: CitingWork) -> CitingWork:
        """The same work with its agency, if it is known."""
        agency = self.of(work.doi)
        return replace(work, agency=agency) if agency else work


def _prefix(doi: str) -> str:
    return doi.partition("/")[0]
