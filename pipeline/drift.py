"""drift: notices that a source answers in another shape than it used to.

Read from the archived answers of a run when they are loaded, from a sample of fixed
size and rule, so that fetching never waits for it and a rebuild finds the same: of each
source and endpoint the `warehouse.drift.ANSWERS` usable answers whose request keys have
the smallest hashes, and of each of these the first `RECORDS` records. A count is thus
one of sampled records, and what is rare may be missed.

What is known is in `pipeline.shapes`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from pipeline.archive import Archive
from pipeline.shapes import shape_of
from pipeline.shapes.base import Shape, Tree, Words, steps
from pipeline.wire.body import decode_json
from schemas.drift import DriftFinding, DriftKind
from schemas.provenance import RawAnswer

RECORDS: Final = 50
"""Of one answer. A change of shape is in most records; what costs time is their number:
some 50 microseconds each, a quarter of what parsing a work takes."""

MAX_NAMES: Final = 100
"""Of one kind, source, endpoint and run: names that are data (an object keyed by DOIs
where a list was) would otherwise fill the table. The most frequent are kept."""

_NAME_CHARS: Final = 200

_Found = tuple[DriftKind, str]


def drift_of(
    archive: Archive, run_id: str, sample: Iterable[tuple[str, str]]
) -> list[DriftFinding]:
    """What is new in some answers of a run; empty if nothing is.

    Args:
        archive: holds the answers; one that is not there is passed over.
        run_id: the run.
        sample: source and request key of the answers to look at, in any order.

    Returns:
        By source, endpoint, kind and name.

    Raises:
        WarehouseError: a file of the archive is damaged.
    """
    found = (archive.find(run_id, *question) for question in sorted(sample))
    return drift_in(raw for raw in found if raw)


def drift_in(answers: Iterable[RawAnswer]) -> list[DriftFinding]:
    """What is new in some answers of one run; empty if nothing is.

    Bodies that are not JSON, hold no records or are of an endpoint without a shape say
    nothing. By source, endpoint, kind and name.
    """
    tallies: dict[tuple[str, str], _Tally] = {}
    for raw in answers:
        _look(raw, tallies.setdefault((raw.source, raw.endpoint), _Tally()))
    return [
        finding
        for (source, endpoint), tally in sorted(tallies.items())
        for finding in tally.findings(source, endpoint)
    ]


def lost_field(source: str, endpoint: str, body: bytes) -> str | None:
    """The required field that all records of an answer lack; None if there is none.

    None, too, for an answer without records or of an unknown shape.
    """
    shape = shape_of(source, endpoint)
    if shape is None:
        return None
    found = _records(_decoded(body), shape)
    if found is None or not found[1]:
        return None
    for path in shape.required:
        if not any(_values(record, steps(path)) for record in found[1]):
            return path
    return None


@dataclass
class _Tally:
    """What was found at one endpoint so far."""

    records: int = 0
    counts: Counter[_Found] = field(default_factory=Counter)
    examples: dict[_Found, str] = field(default_factory=dict)

    def note(self, found: Iterable[_Found], request_key: str) -> None:
        """Take the findings of one record, each once."""
        for one in set(found):
            self.counts[one] += 1
            self.examples.setdefault(one, request_key)

    def findings(self, source: str, endpoint: str) -> list[DriftFinding]:
        """By kind and name."""
        kept: Counter[DriftKind] = Counter()
        findings = []
        for one, count in sorted(self.counts.items(), key=lambda it: (-it[1], it[0])):
            kind, name = one
            kept[kind] += 1
            if kept[kind] <= MAX_NAMES:
                finding = DriftFinding(
                    source=source,
                    endpoint=endpoint,
                    kind=kind,
                    name=name,
                    record_count=count,
                    sampled_record_count=self.records,
                    request_key=self.examples[one],
                )
                findings.append(finding)
        return sorted(findings, key=lambda finding: (finding.kind, finding.name))


def _look(raw: RawAnswer, tally: _Tally) -> None:
    shape = shape_of(raw.source, raw.endpoint)
    value = _decoded(raw.body)
    if shape is None or (found := _records(value, shape)) is None:
        return
    path, records = found
    if steps(path):
        tally.note(_unknown(value, shape.envelope(path), ""), raw.request_key)
    for record in records[:RECORDS]:
        tally.records += 1
        tally.note(
            chain(
                _unknown(record, shape.record, path),
                _missing(record, shape.required, path),
                _strange(record, shape.words, path),
            ),
            raw.request_key,
        )


def _decoded(body: bytes) -> object:
    try:
        return decode_json(body)
    except ValueError:
        return None


def _records(value: object, shape: Shape) -> tuple[str, list[object]] | None:
    """Where the records stand and what they are; None: nothing stands there."""
    for at in shape.at:
        bare = at.removesuffix("[]").strip(".")
        place: object = value
        for step in steps(at):
            place = place.get(step) if isinstance(place, dict) else None
        if isinstance(place, list):
            return f"{bare}[]", [one for one in place if isinstance(one, dict)]
        if isinstance(place, dict):
            return bare, [place]
    return None


def _unknown(value: object, known: Tree, path: str) -> Iterator[_Found]:
    if isinstance(value, list):
        for item in value:
            yield from _unknown(item, known, f"{path}[]")
    elif isinstance(value, dict):
        for name, item in value.items():
            below = known.get(name)
            if below is None:
                yield "unknown_field", _named(path, name)
            elif below and isinstance(item, dict | list):
                yield from _unknown(item, below, _named(path, name))


def _missing(record: object, required: Iterable[str], path: str) -> Iterator[_Found]:
    for name in required:
        if not _values(record, steps(name)):
            yield "missing_field", _named(path, name)


def _strange(
    record: object, vocabularies: Mapping[str, Words], path: str
) -> Iterator[_Found]:
    for name, words in vocabularies.items():
        values = _values(record, steps(name))
        said = [word.strip() for word in values if isinstance(word, str)]
        strange = [word for word in said if word and not words.is_known(word.lower())]
        if not words.is_open or len(strange) == len(said):
            for word in strange:
                yield "unknown_word", f"{_named(path, name)}: {word}"[:_NAME_CHARS]


def _values(value: object, names: tuple[str, ...]) -> list[object]:
    """What stands at the end of a path, lists unfolded; nulls are nothing."""
    if isinstance(value, list):
        return [found for item in value for found in _values(item, names)]
    if not names:
        return [] if value is None else [value]
    if isinstance(value, dict):
        return _values(value.get(names[0]), names[1:])
    return []


def _named(path: str, name: str) -> str:
    return (f"{path}.{name}" if path else name)[:_NAME_CHARS]
