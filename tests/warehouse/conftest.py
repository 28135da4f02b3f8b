"""A small world of answers, staged as a run stages them and loaded into a database."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipeline.match import match
from pipeline.stage import StageWriter
from schemas.citation import CitationRecord
from schemas.dates import partial_date
from schemas.full_text import FullTextRecord
from schemas.identity import IdentityConflict, IdentityRow
from schemas.provenance import (
    Absent,
    AgencyRecord,
    CountRecord,
    Parsed,
    RawAnswer,
    RecordError,
    Reject,
    RunManifest,
)
from schemas.work import Author, Notice, VersionLink, WorkRecord
from warehouse.build import Filling, build
from warehouse.check import run_checks
from warehouse.extraction import (
    READS,
    add_extracted,
    count_texts_to_read,
    texts_to_read,
)
from warehouse.identity import identity_rows, write_identity
from warehouse.load import load_staged
from warehouse.migrate import migrate

START = dt.datetime(2026, 11, 1, 3, 0, tzinfo=dt.UTC)
SOURCES = ("crossref", "doiorg", "openalex", "opencitations")

Item = (
    WorkRecord
    | CitationRecord
    | CountRecord
    | AgencyRecord
    | Reject
    | Absent
    | FullTextRecord
)


def make_work(key: str, *more_tokens: str, **fields: Any) -> WorkRecord:
    """A work record of which only the key need be said."""
    given = {"publication_type": "article", "type_rule": "table", "index": 0} | fields
    tokens = given.pop("tokens", (key, *more_tokens))
    return WorkRecord(record_key=key, tokens=tokens, **given)


def make_citation(citing: str, cited: str, **fields: Any) -> CitationRecord:
    """A citation record between two identifiers; more of them after a space."""
    key = fields.pop("record_key", f"oci:{citing}-{cited}")
    return CitationRecord(
        index=0,
        record_key=key,
        citing_tokens=tuple(citing.split()),
        cited_tokens=tuple(cited.split()),
        **fields,
    )


def make_author(position: int, name: str, **more: Any) -> Author:
    return Author(position=position, name=name, **more)


def make_link(relation: str, other: str) -> VersionLink:
    return VersionLink(relation=relation, token=other)


def make_reject(field_name: str = "title") -> Reject:
    error = RecordError(field=field_name, message="not a text", value="7")
    return Reject(index=0, errors=(error,))


@dataclass
class Run:
    """The answers of one run; each `answer` is one row of the archive."""

    folder: Path
    run_id: str
    dois: tuple[str, ...]
    sources: tuple[str, ...] = SOURCES
    started_at: dt.datetime = START
    finished: bool = True
    answers: list[tuple[RawAnswer, Parsed]] = field(default_factory=list)

    @property
    def manifest(self) -> RunManifest:
        end = self.started_at + dt.timedelta(hours=1)
        return RunManifest(
            run_id=self.run_id,
            started_at=self.started_at,
            finished_at=end if self.finished else None,
            dois=self.dois,
            sources=self.sources,
            version="0",
        )

    def answer(
        self,
        source: str,
        role: str,
        subjects: str | Sequence[str],
        *items: Item,
        outcome: str = "ok",
        page: int = 1,
        key: str | None = None,
        **parsed: Any,
    ) -> None:
        """One answer with its items in order; pages of one list share a `key`."""
        named = (subjects,) if isinstance(subjects, str) else tuple(subjects)
        chain = key or f"GET /{role}/{'|'.join(named)}"
        placed = [item.model_copy(update={"index": n}) for n, item in enumerate(items)]
        made = Parsed(
            kind="items" if outcome == "ok" else "error",
            received=len(items),
            **{name: _only(placed, type_) for name, type_ in _LISTS.items()},
            **parsed,
        )
        body = f"{source} {chain} {page} {made.model_dump_json()}".encode()
        raw = RawAnswer(
            run_id=self.run_id,
            source=source,
            endpoint=role,
            role=role,
            request_key=chain if page == 1 else f"{chain}&page={page}",
            chain=chain,
            page=page,
            subjects=named,
            status=200 if outcome == "ok" else 500,
            outcome=outcome,
            url="http://localhost/x",
            fetched_at=self.started_at + dt.timedelta(seconds=len(self.answers)),
            elapsed_s=0.1,
            attempts=1,
            sha256=hashlib.sha256(body).hexdigest(),
            body=body,
        )
        self.answers.append((raw, made))

    def stage(self, answers: Sequence[int] | None = None, name: str = "all") -> Path:
        """A staged folder with all answers, or with those at some positions."""
        folder = self.folder / self.run_id / name
        chosen = range(len(self.answers)) if answers is None else answers
        with StageWriter(folder) as sink:
            for position in chosen:
                sink.add(*self.answers[position])
        return folder


_LISTS = {
    "works": WorkRecord,
    "citations": CitationRecord,
    "counts": CountRecord,
    "agencies": AgencyRecord,
    "rejects": Reject,
    "absent": Absent,
    "full_texts": FullTextRecord,
}


def _only(items: Sequence[Item], type_: type) -> tuple[Item, ...]:
    return tuple(item for item in items if isinstance(item, type_))


def identify(con: duckdb.DuckDBPyConnection) -> None:
    """The match stage on what is loaded."""
    table = identity_rows(con)
    columns = [table.column(name).to_pylist() for name in IdentityRow._fields]
    rows = [
        IdentityRow(*row[:3], *map(tuple, row[3:6]), row[6], tuple(row[7]))
        for row in zip(*columns, strict=True)
    ]
    found = match(rows)
    text = pa.string()
    write_identity(
        con,
        tokens=pa.table(
            {
                "token": pa.array(found.work_of.keys(), text),
                "work_id": pa.array(found.work_of.values(), text),
            }
        ),
        groups=pa.table(
            {
                "work_id": pa.array([m.work_id for m in found.members], text),
                "version_group_id": pa.array(
                    [m.version_group_id for m in found.members], text
                ),
                "is_preprint": pa.array(
                    [m.is_preprint for m in found.members], pa.bool_()
                ),
            }
        ),
        conflicts=pa.table(
            {
                name: pa.array([getattr(c, name) for c in found.conflicts], text)
                for name in IdentityConflict._fields
            }
        ),
    )


def find_nobody(con: duckdb.DuckDBPyConnection) -> None:
    """Reads full texts as if no work stood in any list of references."""
    count_texts_to_read(con, 1, [])
    rows = [
        {
            "run_id": text.run_id,
            "raw_sha256": text.raw_sha256,
            "cited_key": one.cited_key,
            "extractor_version": 1,
            "outcome": "no_reference",
            "why": None,
        }
        for text in texts_to_read(con)
        for one in text.cited
    ]
    add_extracted(con, {"extraction": rows})


class World:
    """Runs to be filled with answers, and the database they are loaded into."""

    def __init__(self, folder: Path, con: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self.con = con
        self._runs: list[Run] = []

    def run(self, *dois: str, run_id: str | None = None, **fields: Any) -> Run:
        """A new run that asks about DOIs; later runs have later times."""
        number = len(self._runs)
        run = Run(
            folder=self.folder,
            run_id=run_id or f"run-{number + 1}",
            dois=dois,
            started_at=START + dt.timedelta(days=number),
            **fields,
        )
        self._runs.append(run)
        return run

    @property
    def runs(self) -> list[Run]:
        return self._runs

    def load(self) -> None:
        for run in self._runs:
            load_staged(self.con, [run.stage()], run.manifest)

    def identify(self) -> None:
        identify(self.con)

    def derive(self) -> None:
        """Match, and build all tables from what is loaded."""
        self.identify()
        nobody = Filling(frozenset({"staging.extraction"}), READS, find_nobody)
        build(self.con, fillings=[nobody])

    def build(self) -> None:
        """Load every run, match, build all tables, and check them."""
        self.load()
        self.derive()
        broken = [one for one in run_checks(self.con) if one.level == "fail"]
        assert not broken

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()

    def row(self, sql: str) -> tuple[Any, ...]:
        (only,) = self.rows(sql)
        return only

    def records(self, sql: str) -> list[dict[str, Any]]:
        """Rows as dictionaries."""
        answer = self.con.execute(sql)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A migrated database in memory."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("set timezone = 'UTC'")
        migrate(connection)
        yield connection


@pytest.fixture
def world(tmp_path: Path, con: duckdb.DuckDBPyConnection) -> World:
    return World(tmp_path / "staging", con)


@pytest.fixture(scope="session")
def make_world(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], World]]:
    """Makes further worlds, each with a database of its own."""
    opened = []

    def make() -> World:
        connection = duckdb.connect(config={"threads": 2})
        connection.execute("set timezone = 'UTC'")
        migrate(connection)
        opened.append(connection)
        return World(tmp_path_factory.mktemp("world"), connection)

    yield make
    for connection in opened:
        connection.close()


@pytest.fixture
def work() -> Callable[..., WorkRecord]:
    return make_work


@pytest.fixture
def citation() -> Callable[..., CitationRecord]:
    return make_citation


@pytest.fixture
def author() -> Callable[..., Author]:
    return make_author


@pytest.fixture
def version_link() -> Callable[..., VersionLink]:
    return make_link


@pytest.fixture
def reject() -> Callable[..., Reject]:
    return make_reject


@pytest.fixture(scope="session")
def full_world() -> Callable[[World], World]:
    """Fills a world with two runs that have a bit of everything."""
    return fill


def fill(world: World) -> World:
    """Two cited works, a preprint pair, duplicates, a reject, a failure; two runs."""
    first = world.run("10.1/a", "10.1/b")
    first.answer(
        "doiorg", "agency", "10.1/a", AgencyRecord(prefix="10.1", agency="Crossref")
    )
    cited = make_work(
        "openalex:W1",
        tokens=("doi:10.1/a", "openalex:W1"),
        cited_by_count=4,
        authors=(make_author(1, "Ann Doe", orcid="0000-0002-1825-0097"),),
    )
    first.answer("openalex", "work", ("10.1/a", "10.1/b"), cited)
    first.answer("openalex", "work", "10.1/b", outcome="not_found")
    first.answer(
        "crossref",
        "work",
        ("10.1/a", "10.1/b"),
        make_work(
            "doi:10.1/a",
            title="A",
            cited_by_count=9,
            published_date=partial_date([2001, 2]),
            notices=(Notice(type="correction", doi="10.1/n", asserted_by="publisher"),),
        ),
    )
    citing = [
        make_work(
            "openalex:W2",
            tokens=("doi:10.1/c", "openalex:W2"),
            references=("openalex:W1",),
            published_date=partial_date([2003]),
            authors=(make_author(1, "A. Doe", orcid="0000-0002-1825-0097"),),
        ),
        make_work(
            "openalex:W3",
            references=("openalex:W1",),
            publication_type="preprint",
            type_rule="preprint",
            tokens=("doi:10.1101/p", "openalex:W3"),
            version_links=(make_link("is-preprint-of", "doi:10.1/c"),),
        ),
        make_work(
            "openalex:W4",
            references=("openalex:W1", "openalex:W2"),
            publication_type="review",
            container_title="J",
            issn_l="1234-5678",
            authors=(make_author(1, "Zoe Roe"),),
        ),
    ]
    first.answer(
        "openalex",
        "citing",
        "openalex:W1",
        *citing[:2],
        key="L",
        declared_total=4,
        next_cursor="n",
    )
    first.answer(
        "openalex",
        "citing",
        "openalex:W1",
        citing[2],
        make_reject(),
        key="L",
        page=2,
        declared_total=4,
    )
    first.answer("opencitations", "work", ("10.1/a", "10.1/b"))
    first.answer(
        "opencitations",
        "citing",
        "10.1/a",
        make_citation("doi:10.1/c openalex:W2", "doi:10.1/a"),
        make_citation("doi:10.1/c", "doi:10.1/a", record_key="oci:again"),
        make_citation("omid:br/9", "doi:10.1/a"),
        Absent(index=0, subject="oci:x", cause="no identifier"),
    )
    first.answer("opencitations", "count", "10.1/a", CountRecord(declared_count=3))
    first.answer("opencitations", "citing", "10.1/b")
    first.answer("opencitations", "count", "10.1/b", CountRecord(declared_count=0))

    second = world.run("10.1/a")
    second.answer("openalex", "work", "10.1/a", outcome="budget")
    second.answer("openalex", "citing", "openalex:W1", outcome="budget")
    second.answer(
        "crossref",
        "work",
        "10.1/a",
        make_work("doi:10.1/a", title="A!", cited_by_count=9),
    )
    return world
