"""One question to one source, and what becomes of it.

Every answer is in the archive before anything is made of it, and a question that the
archive already answers in this run is not asked again: that is how an interrupted run
goes on. A question that is too large, or that a server keeps failing on, is divided.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from pipeline.archive import Archive
from pipeline.drift import lost_field
from pipeline.http import Client
from pipeline.sources.base import Answer, ParseContext, Request, Source
from pipeline.stage import StageWriter
from pipeline.transport.classify import RETRIED
from schemas.provenance import Absent, Parsed, RawAnswer

_LOG: Final = logging.getLogger(__name__)

DIVISIBLE: Final = frozenset({"client", "server", "soft_error"})
"""Classes of answers to which half a question may get a whole answer."""

ANSWERED: Final = frozenset({"ok", "not_found", "client"})
"""Classes that will be the same when asked again."""

MAX_FAILURES_IN_A_ROW: Final = 10
"""After so many questions without a usable answer, each tried several times, a source
is ill, and asking on would only multiply the requests."""

MIN_RECORDS_TO_JUDGE: Final = 5
"""In a shorter answer, all records may be odd without the source having changed."""

MAX_LOST_IN_A_ROW: Final = 3
"""After so many answers without one usable record, all for want of the same field, the
source has changed its shape: nothing can be made of further answers."""


@dataclass
class Health:
    """What each source has failed on in a row, questions or records; thread safe."""

    _in_a_row: Counter[str] = field(default_factory=Counter)
    _lost: dict[str, tuple[str, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, source: str, *, failed: bool) -> None:
        """Take the end of one question into account."""
        with self._lock:
            self._in_a_row[source] = self._in_a_row[source] + 1 if failed else 0

    def is_ill(self, source: str) -> bool:
        """Whether asking on is pointless in this run."""
        return self._in_a_row[source] >= MAX_FAILURES_IN_A_ROW

    def note_records(self, source: str, *, lost: str | None) -> None:
        """Take an answer with records into account.

        Args:
            source: whose answer.
            lost: the field for want of which no record could be used; None: one could,
                or there was another reason.
        """
        with self._lock:
            if self.lost_field(source):
                return
            before, count = self._lost.get(source, (lost, 0))
            if lost is None:
                self._lost.pop(source, None)
            else:
                self._lost[source] = (lost, count + 1 if lost == before else 1)

    def lost_field(self, source: str) -> str | None:
        """The field that the source has stopped to send; None: none that is needed."""
        lost, count = self._lost.get(source, ("", 0))
        return lost if count >= MAX_LOST_IN_A_ROW else None


class Asker:
    """Asks, archives, parses and stages, for one batch of one run; thread safe."""

    def __init__(
        self,
        *,
        run_id: str,
        client: Client,
        archive: Archive,
        sink: StageWriter,
        health: Health,
        noted: Callable[[Answer], None],
    ) -> None:
        self._run_id = run_id
        self._client = client
        self._archive = archive
        self._sink = sink
        self._health = health
        self._noted = noted

    def ask(self, source: Source, request: Request) -> list[Answer]:
        """The answers to a question: one, or several where it had to be divided."""
        reader = _Reader(source, ParseContext(request.endpoint, request.subjects))
        raw = self._archive.find(self._run_id, source.name, request.key)
        if raw is None or not _is_final(raw, request):
            raw = self._fetch(source, request, reader)
            self._archive.add(raw)
        if _is_divided(raw, request):
            self._sink.add(raw, _parsed(raw, reader))
            return self._ask_halves(source, request)
        answer = Answer(request, raw, _parsed(raw, reader))
        self._sink.add(raw, answer.parsed)
        self._note_records(answer)
        self._noted(answer)
        return [answer]

    def _note_records(self, answer: Answer) -> None:
        raw, parsed = answer.raw, answer.parsed
        has_records = raw.outcome in ("ok", "soft_error")
        if has_records and parsed.received >= MIN_RECORDS_TO_JUDGE:
            lost = None
            if not parsed.parsed_count:
                lost = lost_field(raw.source, raw.endpoint, raw.body)
            self._health.note_records(raw.source, lost=lost)

    def _fetch(self, source: Source, request: Request, reader: "_Reader") -> RawAnswer:
        if self._health.is_ill(source.name):
            self._client.stop(source.name, "server", "no answer to many questions")
        if lost := self._health.lost_field(source.name):
            why = f"its records lack the field {lost}, and none can be used without it"
            self._client.stop(source.name, "soft_error", why)
        raw = self._client.fetch(source, request, self._run_id, reader.soft_error)
        if not raw.attempts:
            return raw
        if request.divide and len(request.subjects) > 1 and raw.outcome in DIVISIBLE:
            # The halves speak for the subjects; this row only says that it was tried.
            # It is no sign of illness: a server may fail on batches alone, and several
            # that are divided side by side would soon be ten in a row.
            why = f"divided after: {raw.error or raw.status}"
            return raw.model_copy(update={"subjects": (), "error": why})
        self._health.note(source.name, failed=raw.outcome in RETRIED)
        return raw

    def _ask_halves(self, source: Source, request: Request) -> list[Answer]:
        divide = request.divide
        assert divide is not None  # noqa: S101 - only divisible questions are divided
        middle = len(request.subjects) // 2
        halves = (request.subjects[:middle], request.subjects[middle:])
        return [found for half in halves for found in self.ask(source, divide(half))]


def _is_final(raw: RawAnswer, request: Request) -> bool:
    """Whether an interrupted run need not ask again: a failure may have passed."""
    return raw.outcome in ANSWERED or _is_divided(raw, request)


def _is_divided(raw: RawAnswer, request: Request) -> bool:
    return bool(request.subjects) and not raw.subjects and raw.outcome in DIVISIBLE


def _parsed(raw: RawAnswer, reader: "_Reader") -> Parsed:
    if raw.outcome != "ok" and not raw.subjects:
        return Parsed(kind="error")  # divided: the halves have it all
    if raw.outcome in ("ok", "soft_error"):
        # What a soft error holds is true as far as it goes; it is only not the whole.
        return reader.read(raw.body)
    if raw.outcome == "not_found":
        return Parsed(
            kind="not-found",
            received=len(raw.subjects),
            absent=tuple(
                Absent(index=index, subject=subject, cause="not found")
                for index, subject in enumerate(raw.subjects)
            ),
        )
    return Parsed(kind="error")


def reparse(source: Source, raw: RawAnswer) -> Parsed:
    """What an archived answer holds, by today's parser."""
    reader = _Reader(source, ParseContext(raw.endpoint, raw.subjects))
    return _parsed(raw, reader)


class _Reader:
    """Reads the answers to one question; the same body is parsed once.

    A parser that fails costs its answer, which becomes a soft error, and not the run:
    the bytes are kept, and a rebuild with a mended parser reads them.
    """

    def __init__(self, source: Source, context: ParseContext) -> None:
        self._source = source
        self._context = context
        self._last: tuple[bytes, Parsed] | None = None

    def read(self, body: bytes) -> Parsed:
        if self._last is None or self._last[0] != body:
            self._last = (body, self._parse(body))
        return self._last[1]

    def soft_error(self, body: bytes) -> str | None:
        return self.read(body).soft_error

    def _parse(self, body: bytes) -> Parsed:
        try:
            return self._source.parse(body, self._context)
        except Exception as err:  # noqa: BLE001 - see above
            _LOG.exception("the parser failed", extra={"source": self._source.name})
            why = f"the parser failed: {type(err).__name__}: {err}"
            return Parsed(kind="error", soft_error=why)
