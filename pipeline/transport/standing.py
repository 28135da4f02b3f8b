"""How a client stands with its sources: who is left alone, and why."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.sources.base import Source
from schemas.provenance import AnswerClass


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a source is no longer asked, and the class of answers that says so."""

    outcome: AnswerClass
    reason: str


class Standing:
    """Kept for the life of a client; thread safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: dict[str, Stop] = {}
        self._warnings: dict[str, str] = {}
        self._taken: set[str] = set()

    @property
    def stops(self) -> dict[str, Stop]:
        """The sources that are left alone, in the order in which it happened."""
        with self._lock:
            return dict(self._stops)

    @property
    def warnings(self) -> list[str]:
        """Each once, in the order of the sources' names."""
        with self._lock:
            return [text for _, text in sorted(self._warnings.items())]

    def stop(self, source: str, outcome: AnswerClass, reason: str) -> None:
        """Leave a source alone from now on; the first reason stays."""
        with self._lock:
            self._stops.setdefault(source, Stop(outcome, reason))

    def stop_of(self, source: str) -> Stop | None:
        """Why this source must not be asked; None: it may be."""
        return self._stops.get(source)

    def with_key(self, source: Source, outcome: AnswerClass) -> AnswerClass:
        """The class of an answer, in the light of what the source took our key for.

        A key that it has given a good answer to is not wrong: where the source is known
        to refuse good keys now and then, such a refusal is a matter of pace.
        """
        with self._lock:
            if outcome in ("ok", "not_found"):
                self._taken.add(source.name)
            is_refusal = outcome == "auth" and source.refuses_good_keys
            return "rate" if is_refusal and source.name in self._taken else outcome

    def note_pool(self, source: str, headers: Mapping[str, str]) -> None:
        """Remember that a source treats us as unknown although we gave our address.

        Crossref serves whoever it takes for anonymous from a pool at a third of the
        speed, and says so in this header only.
        """
        pool = headers.get("x-api-pool", "").lower()
        if pool.startswith("public"):
            with self._lock:
                self._warnings[source] = (
                    f"{source}: served from its public pool, at a lower limit, "
                    "although a contact address is set: check CITEHOUSE_MAILTO"
                )
