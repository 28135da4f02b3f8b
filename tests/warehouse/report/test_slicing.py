"""Slices and facets, against counting by hand in plain Python, for any choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.cited_report import CitedReport
from schemas.slice import FACETS, NOT_KNOWN, ORDERINGS, Slice, View
from warehouse.migrate import migrate
from warehouse.report.cited import cited_report

WORLDS = 6
TYPES = ("article", "preprint", "book", None)
SECTIONS = ("introduction", "methods", "results", "discussion", "conclusion", "other")
EXAMPLES = settings(max_examples=15)
"""One takes a tenth of a second: a report is some thirty queries."""

STANCES = ("supporting", "mentioning", "contrasting", "unclassified", None)
RETRACTED = (True, False, None)


@dataclass(frozen=True)
class Said:
    """A statement of the made-up world."""

    statement_id: str
    section: str
    stance: str | None


@dataclass(frozen=True)
class Citing:
    """A citing work of the made-up world, with its values in every facet of works."""

    work_id: str
    values: dict[str, set[str]]
    is_retracted: bool | None
    said: tuple[Said, ...]


def world(con: duckdb.DuckDBPyConnection, number: int) -> list[Citing]:
    """Write a cited work and what cites it; the same for the same number."""
    dice = Random(number)  # noqa: S311 - a made-up world
    doi = f"10.5555/cited.{number}"
    con.execute(
        "insert into core.cited_doi values ($1, $1, 'doi:' || $1, '1', '1')", [doi]
    )
    con.execute("insert into core.work (work_id, doi) values ('doi:' || $1, $1)", [doi])
    con.execute("insert into mart.tally (cited_doi, state) values ($1, 'known')", [doi])
    return [
        citing_work(con, dice, number, one) for one in range(dice.choice([0, 1, 25]))
    ]


def citing_work(
    con: duckdb.DuckDBPyConnection, dice: Random, number: int, one: int
) -> Citing:
    work_id, cited = f"doi:10.5555/{number}.{one}", f"doi:10.5555/cited.{number}"
    year = dice.choice([2019, 2020, 2021, None])
    kind, retracted = dice.choice(TYPES), dice.choice(RETRACTED)
    issn, title = dice.choice([("1234-5678", "A"), (None, "B"), (None, None)])
    is_self = dice.choice([True, False, None])
    authors = dice.sample(["Ada Quill", "Bo Bird", "Cy Crow"], dice.randrange(4))
    sources = dice.sample(["crossref", "openalex", "opencitations"], dice.randint(1, 3))
    con.execute(
        "insert into core.work (work_id, publication_type, published_year,"
        " published_date, container_title, issn_l, is_retracted)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [work_id, kind, year, year and str(year), title, issn, retracted],
    )
    con.execute(
        "insert into core.citation (citing_work_id, cited_work_id, is_self_citation)"
        " values (?, ?, ?)",
        [work_id, cited, is_self],
    )
    for place, name in enumerate(authors, 1):
        con.execute(
            "insert into core.authorship (work_id, position, name, orcid, source)"
            " values (?, ?, ?, ?, 'crossref')",
            [work_id, place, name, f"0000-{name[:2]}"],
        )
    for source in sources:
        con.execute(
            "insert into core.citation_evidence by name select ? as citing_work_id,"
            " ? as cited_work_id, ? as source, [] as source_ids, now() as first_seen,"
            " now() as last_seen, '1' as run_id",
            [work_id, cited, source],
        )
    said = tuple(
        statement(con, dice, work_id, cited, place)
        for place in range(dice.randrange(4))
    )
    journal = {f"issn:{issn}"} if issn else {f"title:{title}"} if title else set()
    values = {
        "year": {str(year)} if year else set(),
        "type": {kind or "other"},
        "relationship": set()
        if is_self is None
        else {"self" if is_self else "independent"},
        "journal": journal,
        "author": {f"orcid:0000-{name[:2]}" for name in authors},
        "source": set(sources),
    }
    return Citing(work_id, values, retracted, said)


def statement(
    con: duckdb.DuckDBPyConnection, dice: Random, work_id: str, cited: str, place: int
) -> Said:
    said = Said(f"{work_id}.{place}", dice.choice(SECTIONS), dice.choice(STANCES))
    con.execute(
        "insert into core.citation_statement by name select ? as statement_id,"
        " ? as citing_work_id, ? as cited_work_id, ? as text_offset,"
        " 'It is so.' as text, ? as section, 'body' as location, [] as markers,"
        " 2 as mention_count,"
        " [] as ref_ids, 'europepmc' as source, 'x' as full_text_id, '1' as run_id,"
        " 'x' as request_key, 'x' as raw_sha256, 1 as extractor_version",
        [said.statement_id, work_id, cited, place, said.section],
    )
    if said.stance:
        con.execute(
            "insert into core.statement_stance by name select ? as statement_id,"
            " ? as stance, 0.5 as confidence, 'classifier' as decided_by,"
            " false as is_disputed, [] as reviewers",
            [said.statement_id, said.stance],
        )
    return said


@pytest.fixture(scope="module")
def worlds() -> Iterator[tuple[duckdb.DuckDBPyConnection, list[list[Citing]]]]:
    with duckdb.connect() as con:
        migrate(con)
        yield con, [world(con, number) for number in range(WORLDS)]


def some_of(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(
        st.sampled_from([*values, NOT_KNOWN, "nothing-has-this"]),
        unique=True,
        max_size=3,
    ).map(tuple)


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "section": some_of(*SECTIONS),
        "stance": some_of("supporting", "mentioning", "contrasting"),
        "year": some_of("2019", "2020", "2021"),
        "type": some_of("article", "preprint", "book", "other"),
        "relationship": some_of("self", "independent"),
        "author": some_of("orcid:0000-Ad", "orcid:0000-Bo"),
        "journal": some_of("issn:1234-5678", "title:B"),
        "source": some_of("crossref", "openalex"),
    },
)


def fits(values: set[str], chosen: tuple[str, ...]) -> bool:
    return not chosen or bool((values or {NOT_KNOWN}) & set(chosen))


def stated_fits(said: Said, chosen: dict[str, Any], *, but: str | None = None) -> bool:
    stance = {said.stance} if said.stance else set()
    return (but == "section" or fits({said.section}, chosen.get("section", ()))) and (
        but == "stance" or fits(stance, chosen.get("stance", ()))
    )


def expected_slice(
    works: list[Citing], chosen: dict[str, Any], *, but: str | None = None
) -> list[tuple[Citing, list[Said]]]:
    """The works of the slice, each with its statements, one facet not regarded."""
    by_statement = any(
        chosen.get(name) for name in ("section", "stance") if name != but
    )
    found = []
    for work in works:
        if not all(
            name == but or fits(values, chosen.get(name, ()))
            for name, values in work.values.items()
        ):
            continue
        said = [one for one in work.said if stated_fits(one, chosen, but=but)]
        if said or not by_statement:
            found.append((work, said))
    return found


def values_of(name: str, work: Citing, said: list[Said]) -> list[set[str]]:
    """The values of each unit of a facet in a work."""
    if name == "section":
        return [{one.section} for one in said]
    if name == "stance":
        return [{one.stance} if one.stance else set() for one in said]
    return [work.values[name]]


def report(worlds: Any, number: int, view: View) -> tuple[CitedReport, list[Citing]]:
    con, works = worlds
    return cited_report(con, f"10.5555/cited.{number}", view), works[number]


@EXAMPLES
@given(number=st.integers(0, WORLDS - 1), chosen=CHOICES, limit=st.integers(1, 4))
def test_every_facet_adds_up_for_any_slice(worlds, number, chosen, limit):
    view = View(slice=Slice(chosen=chosen), facet_limit=limit)
    found, works = report(worlds, number, view)
    assert [facet.name for facet in found.facets] == list(FACETS)
    for facet in found.facets:
        units = [
            values
            for work, said in expected_slice(works, chosen, but=facet.name)
            for values in values_of(facet.name, work, said)
        ]
        assert facet.population == len(units)
        assert facet.counted == sum(bool(values) for values in units)
        assert facet.counted + facet.excluded == facet.population
        assert facet.value_count == len(set().union(*units))
        shown = {value.value for value in facet.values}
        assert facet.not_shown == sum(
            bool(values) and not values & shown for values in units
        )
        if facet.is_exclusive:
            counts = [
                value.statement_count
                if facet.unit == "statement"
                else value.citing_work_count
                for value in facet.values
            ]
            assert sum(counts) + facet.not_shown == facet.counted


@EXAMPLES
@given(number=st.integers(0, WORLDS - 1), chosen=CHOICES)
def test_a_facets_number_is_what_choosing_its_value_brings(worlds, number, chosen):
    found, _ = report(worlds, number, View(slice=Slice(chosen=chosen)))
    for facet in found.facets:
        for value in facet.values[:2]:
            alone = Slice(chosen={**chosen, facet.name: (value.value,)})
            then, _ = report(worlds, number, View(slice=alone))
            assert then.slice_counts is not None
            assert then.slice_counts.statement_count == value.statement_count
            assert then.slice_counts.citing_work_count == value.citing_work_count


@EXAMPLES
@given(number=st.integers(0, WORLDS - 1), chosen=CHOICES)
def test_the_counts_of_a_slice_are_those_of_its_rows(worlds, number, chosen):
    found, works = report(
        worlds, number, View(slice=Slice(chosen=chosen), shown="works")
    )
    there = expected_slice(works, chosen)
    said = [one for _, some in there for one in some]
    counts = found.slice_counts
    assert counts is not None
    assert counts.citing_work_count == len(there) == len(found.citing_works)
    assert counts.statement_count == len(said) == len(found.statements)
    assert counts.mention_count == 2 * len(said)
    assert counts.stated_citing_work_count == sum(bool(some) for _, some in there)
    assert counts.retracted_citing_work_count == sum(
        bool(work.is_retracted) for work, _ in there
    )
    for stance in ("supporting", "mentioning", "contrasting", "unclassified"):
        number_of = getattr(counts, f"{stance}_statement_count")
        assert number_of == sum(one.stance == stance for one in said)
    assert counts.retracted_supporting_statement_count == sum(
        one.stance == "supporting" and bool(work.is_retracted)
        for work, some in there
        for one in some
    )
    assert sum(row.citing_work_count for row in found.works_by_year) == len(there)
    assert sum(row.statement_count for row in found.statements_by_year) == len(said)


@EXAMPLES
@given(
    number=st.integers(0, WORLDS - 1),
    chosen=CHOICES,
    ordering=st.sampled_from(ORDERINGS),
    shown=st.sampled_from(["works", "statements"]),
    limit=st.integers(1, 9),
)
def test_pages_hold_every_work_once_in_any_order(
    worlds, number, chosen, ordering, shown, limit
):
    whole = View(slice=Slice(chosen=chosen), ordering=ordering, shown=shown)
    all_at_once, works = report(worlds, number, whole)
    ids = [work.work_id for work in all_at_once.citing_works]
    assert set(ids) == {
        work.work_id
        for work, said in expected_slice(works, chosen)
        if said or shown == "works"
    }
    paged: list[str] = []
    while True:
        view = whole.model_copy(update={"limit": limit, "offset": len(paged)})
        some, _ = report(worlds, number, view)
        if not some.citing_works:
            break
        paged += [work.work_id for work in some.citing_works]
        assert {one.citing_work_id for one in some.statements} <= set(paged)
    assert paged == ids


def test_a_work_of_which_nothing_is_known_has_rows_but_no_counts(worlds):
    con, works = worlds
    number = next(at for at, some in enumerate(works) if some)
    con.execute(
        "update mart.tally set state = 'failed' where cited_doi = ?",
        [f"10.5555/cited.{number}"],
    )
    try:
        found, _ = report(worlds, number, View())
    finally:
        con.execute("update mart.tally set state = 'known'")
    assert found.slice_counts is None
    assert found.facets == ()
    assert found.citing_works
