"""The citing works that the sources have named so far in a batch; thread safe."""

from collections import defaultdict
from collections.abc import Iterable, Set
from threading import Lock

from pipeline.match import who_is_who
from pipeline.sources.base import Answer, CitingWork
from schemas.identifiers import sorted_tokens, split_token, token
from schemas.identity import IdentityRow


class FoundWorks:
    """Collects identifiers from answers; holds no records.

    Args:
        cited: tokens of the cited works that the run is about: who has one of them
            among its references cites it, whether or not a list of citing works says
            so.
    """

    def __init__(self, cited: Set[str] = frozenset()) -> None:
        self._cited = cited
        self._citing_too: set[str] = set()
        self._rows: set[IdentityRow] = set()
        self._citing: set[str] = set()
        self._open_texts: dict[tuple[str, str], tuple[str, str | None]] = {}
        self._work_of: dict[str, str] | None = None
        self._works: list[CitingWork] | None = None
        self._lock = Lock()

    def note(self, answer: Answer) -> None:
        """Take in who was described and, from lists of citing works, who cites."""
        described = [
            IdentityRow(
                answer.raw.source, work.record_key, "work", work.tokens, work.aliases
            )
            for work in answer.parsed.works
        ]
        named = [
            IdentityRow(
                answer.raw.source, citation.record_key, "citing", citation.citing_tokens
            )
            for citation in answer.parsed.citations
            if citation.citing_tokens
        ]
        called = [
            IdentityRow(
                answer.raw.source, found.record_key, "identifiers", found.tokens
            )
            for found in answer.parsed.identifiers
        ]
        with self._lock:
            self._work_of = self._works = None
            self._rows.update(described, named, called)
            for work in answer.parsed.works:
                if not self._cited.isdisjoint(work.references):
                    self._citing_too.add(work.tokens[0])
                if work.full_text_id:
                    text = (answer.raw.source, work.full_text_id)
                    self._open_texts[text] = (work.tokens[0], work.full_text_date)
            for citation in answer.parsed.citations:
                if not self._cited.isdisjoint(citation.cited_tokens):
                    self._citing_too.update(citation.citing_tokens[:1])
            if answer.request.role == "citing":
                self._citing.update(row.tokens[0] for row in [*described, *named])

    def note_described(
        self, known: Iterable[tuple[Iterable[str], Iterable[str]]]
    ) -> None:
        """Take in who has described a work before: need not be asked about it again.

        Args:
            known: the names of a work, and the sources.
        """
        rows = [
            IdentityRow(source, tokens[0], "work", tokens)
            for names, sources in known
            if (tokens := tuple(sorted_tokens(names)))
            for source in sources
        ]
        with self._lock:
            self._work_of = self._works = None
            self._rows.update(rows)

    def note_citing(self, known: Iterable[Iterable[str]]) -> None:
        """Take in citing works by their names, as if a list had named them."""
        rows = [
            IdentityRow("", tokens[0], "citing", tokens)
            for names in known
            if (tokens := tuple(sorted_tokens(names)))
        ]
        with self._lock:
            self._work_of = self._works = None
            self._rows.update(rows)
            self._citing.update(row.tokens[0] for row in rows)

    def prime_dois(self, dois: Iterable[str]) -> list[str]:
        """The prime DOIs of those that are an alias; sorted, none of `dois` itself."""
        asked = set(dois)
        work_of = self._who_is_who()
        works = {work_of.get(token("doi", doi), "") for doi in asked}
        primes = {split_token(work)[1] for work in works if work.startswith("doi:")}
        return sorted(primes - asked)

    def citing_works(self) -> list[CitingWork]:
        """The citing works, ordered by their strongest identifier."""
        if self._works is None:
            self._works = self._citing_works()
        return self._works

    def open_texts(self) -> dict[str, dict[str, str | None]]:
        """Whose text is open, among the citing works: by source, token to date.

        See `schemas.work.WorkRecord.full_text_id`.
        """
        work_of = self._who_is_who()
        named = self._citing | self._citing_too
        citing = {work_of[name] for name in named if name in work_of}
        found: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
        for (source, text), (name, date) in self._open_texts.items():
            if work_of[name] in citing:
                found[source][text] = date
        return dict(found)

    def _citing_works(self) -> list[CitingWork]:
        work_of = self._who_is_who()
        citing = {work_of[name] for name in self._citing}
        tokens: defaultdict[str, set[str]] = defaultdict(set)
        described_by: defaultdict[str, set[str]] = defaultdict(set)
        for name, work_id in work_of.items():
            tokens[work_id].add(name)
        for row in self._rows:
            if row.side == "work":
                described_by[work_of[row.tokens[0]]].add(row.source)
        return [
            CitingWork(
                tuple(sorted_tokens(tokens[work])), frozenset(described_by[work])
            )
            for work in sorted(citing)
        ]

    def _who_is_who(self) -> dict[str, str]:
        with self._lock:
            if self._work_of is None:
                self._work_of = who_is_who(self._rows)
            return self._work_of
