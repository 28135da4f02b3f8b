"""What each publication changed, and why; of worlds made night by night."""

import datetime as dt
from functools import partial

import pytest

from schemas.dates import partial_date
from schemas.provenance import CountRecord
from schemas.work import Notice
from warehouse.build import build
from warehouse.history import close, log_change, next_publication
from warehouse.load import load_staged
from warehouse.report.diff import diff

OPENALEX = ("openalex",)
OPENCITATIONS = ("opencitations",)
WHY = ("kind", "reason", "is_back_fill", "citing_work_id", "source")


@pytest.fixture
def publish(world):
    """Loads the runs that are not loaded yet and closes a publication.

    Returns its changes, each without the fields that are null.
    """
    loaded = set()

    def make(command="refresh"):
        runs = [run for run in world.runs if run.run_id not in loaded]
        for run in runs:
            load_staged(world.con, [run.stage()], run.manifest)
            loaded.add(run.run_id)
        ends = [run.manifest.finished_at for run in runs]
        publication = next_publication(
            world.con, at=max(ends, default=None), command=command, version="0"
        )
        world.identify()
        log = partial(log_change, world.con, publication)
        written = build(world.con, None if publication.is_first else log)
        close(world.con, publication, written)
        rows = world.records(
            "from history.change where publication_no ="
            f" {publication.number} order by kind, work_id, citing_work_id, field"
        )
        return [{k: v for k, v in row.items() if v is not None} for row in rows]

    return make


@pytest.fixture
def lists(world, work, citation):
    """A run in which OpenCitations gives the whole list of a cited work."""

    def make(*citing, cited="10.1/a"):
        run = world.run(cited, sources=OPENCITATIONS)
        run.answer(
            "opencitations", "count", cited, CountRecord(declared_count=len(citing))
        )
        run.answer("opencitations", "work", cited, work(f"doi:{cited}"))
        rows = [citation(one, f"doi:{cited}") for one in citing]
        run.answer("opencitations", "citing", cited, *rows)
        return run

    return make


@pytest.fixture
def describes(world, work):
    """A run in which OpenAlex describes 10.1/a and, in its list, one citing work."""

    def make(cited=(), **citing):
        run = world.run("10.1/a", sources=OPENALEX)
        names = {"tokens": ("doi:10.1/a", "openalex:W1"), "cited_by_count": 1}
        run.answer(
            "openalex", "work", "10.1/a", work("openalex:W1", **names, **dict(cited))
        )
        given = {"tokens": ("doi:10.1/c", "openalex:W2")} | citing
        one = work("openalex:W2", references=("openalex:W1",), **given)
        run.answer("openalex", "citing", "openalex:W1", one, declared_total=1)
        return run

    return make


def shown(changes, *names):
    return [tuple(one.get(name) for name in names) for one in changes]


def test_the_first_publication_is_no_news_of_anything(publish, lists, world):
    lists("doi:10.1/c")
    assert publish() == []
    assert world.rows("select publication_no, run_id from history.publication") == [
        (1, "run-1")
    ]
    assert world.rows("from history.core_citation") == []


def test_a_citing_work_that_joins_a_known_list_is_new(publish, lists):
    lists("doi:10.1/c")
    publish()
    lists("doi:10.1/c", "doi:10.1/d")
    (added,) = publish()
    assert added.pop("change_id")
    assert added == {
        "publication_no": 2,
        "kind": "citation_added",
        "reason": "new",
        "is_back_fill": False,
        "cited_doi": "10.1/a",
        "cited_work_id": "doi:10.1/a",
        "citing_work_id": "doi:10.1/d",
        "source": "opencitations",
        "run_id": "run-2",
    }


def test_what_a_person_has_fetched_of_the_past_is_no_news(publish, lists):
    lists("doi:10.1/c")
    publish()
    lists("doi:10.1/c", "doi:10.1/d")
    assert shown(publish("backfill"), "kind", "is_back_fill") == [
        ("citation_added", True)
    ]


def test_a_first_look_at_a_cited_work_is_no_news(publish, lists):
    lists("doi:10.1/c")
    publish()
    lists("doi:10.1/d", cited="10.1/b")
    assert shown(publish(), *WHY) == [
        ("citation_added", "first_look", True, "doi:10.1/d", "opencitations")
    ]


def test_a_first_look_by_a_source_is_no_news(publish, lists, describes):
    lists("doi:10.1/d")
    publish()
    describes()
    added = [one for one in publish() if one["kind"] == "citation_added"]
    assert shown(added, *WHY) == [
        ("citation_added", "first_look", True, "doi:10.1/c", "openalex")
    ]


def test_a_citing_work_goes_when_it_is_withdrawn_and_may_come_back(publish, lists):
    lists("doi:10.1/c", "doi:10.1/d")
    publish()
    lists("doi:10.1/c")
    assert publish() == []  # once may be chance
    lists("doi:10.1/c")
    gone = publish()
    assert shown(gone, *WHY) == [
        ("citation_removed", "withdrawn", False, "doi:10.1/d", "opencitations")
    ]
    assert gone[0]["run_id"] == "run-3"
    lists("doi:10.1/c", "doi:10.1/d")
    assert shown(publish(), *WHY) == [
        ("citation_added", "came_back", False, "doi:10.1/d", "opencitations")
    ]


def test_works_that_become_one_are_no_new_and_no_lost_citation(
    publish, lists, world, work
):
    lists("doi:10.1/c", "pmid:7")
    publish()
    run = lists("doi:10.1/c", "pmid:7")
    both = work("doi:10.1/c", tokens=("doi:10.1/c", "pmid:7"))
    run.answer("opencitations", "work", "10.1/c", both)
    found = publish()
    edges = [one for one in found if one["kind"].startswith("citation_")]
    assert shown(edges, "kind", "reason", "citing_work_id") == [
        ("citation_removed", "works_merged", "pmid:7")
    ]
    merged = [one for one in found if one["kind"] == "work_merged"]
    assert shown(merged, "work_id", "before_value", "after_value") == [
        ("doi:10.1/c", "pmid:7", "doi:10.1/c")
    ]
    assert world.row("select count(*) from core.citation") == (1,)


@pytest.mark.parametrize(
    ("field", "before", "after", "kind"),
    [
        ("title", "A", "B", "corrected"),
        ("publication_type", "article", "review", "re_typed"),
        ("container_title", None, "J", "corrected"),
    ],
)
def test_another_value_of_a_citing_work_is_told_with_both(
    publish, describes, field, before, after, kind
):
    describes(**{field: before})
    publish()
    describes(**{field: after})
    (change,) = publish()
    assert shown(
        [change], "kind", "reason", "field", "before_value", "after_value"
    ) == [(kind, "told", field, before, after)]
    assert change["citing_work_id"] == change["work_id"] == "doi:10.1/c"
    assert change["cited_doi"] == "10.1/a"
    assert not change["is_back_fill"]


def test_another_date_is_told_and_so_is_its_year(publish, describes):
    describes(published_date=partial_date([2003]))
    publish()
    describes(published_date=partial_date([2004, 5]))
    assert shown(publish(), "kind", "field", "before_value", "after_value") == [
        ("re_dated", "published_date", "2003", "2004-05"),
        ("re_dated", "published_year", "2003", "2004"),
    ]


@pytest.mark.parametrize("side", ["cited", "citing"])
def test_a_retraction_is_told_of_cited_and_of_citing_works(publish, describes, side):
    marked = {"is_retracted": True}
    describes()
    publish()
    describes(**({"cited": marked} if side == "cited" else marked))
    work_id = {"cited": "doi:10.1/a", "citing": "doi:10.1/c"}[side]
    names = ("kind", "work_id", "source", "is_back_fill")
    assert ("retracted", work_id, "openalex", False) in shown(publish(), *names)
    describes()
    assert ("unretracted", work_id) in shown(publish(), "kind", "work_id")


def test_the_first_row_that_a_table_ever_holds_is_logged(publish, lists, world):
    lists()
    publish()
    assert world.rows("from core.citation") == []
    lists("doi:10.1/c")
    assert shown(publish(), *WHY) == [
        ("citation_added", "new", False, "doi:10.1/c", "opencitations")
    ]
    assert world.rows(
        "select publication_no, is_added, citing_work_id from history.core_citation"
    ) == [(2, True, "doi:10.1/c")]


def test_a_notice_comes_and_goes(publish, describes):
    notice = Notice(type="correction", doi="10.1/n", asserted_by="publisher")
    names = ("kind", "field", "before_value", "after_value", "work_id")
    describes()
    publish()
    describes(notices=(notice,))
    assert shown(publish(), *names) == [
        ("notice_added", "correction", None, "10.1/n", "doi:10.1/c")
    ]
    describes()
    assert shown(publish(), *names) == [
        ("notice_removed", "correction", "10.1/n", None, "doi:10.1/c")
    ]


def test_a_list_that_becomes_known_is_told_as_another_state(publish, world, lists):
    failed = world.run("10.1/a", sources=OPENCITATIONS)
    failed.answer("opencitations", "citing", "10.1/a", outcome="server")
    publish()
    lists()
    names = ("kind", "before_value", "after_value", "cited_doi", "is_back_fill")
    assert ("state_changed", "failed", "known", "10.1/a", True) in shown(
        publish(), *names
    )


def test_answers_that_are_read_anew_are_no_news(publish, describes, world):
    describes(title="A")
    publish()
    world.con.execute("update core.work set title = 'B' where title = 'A'")
    names = ("kind", "reason", "before_value", "after_value", "is_back_fill")
    assert shown(publish("rebuild"), *names) == [
        ("corrected", "reread", "B", "A", True)
    ]
    assert world.rows(
        "select publication_no, command, run_id from history.publication order by 1"
    ) == [(1, "refresh", "run-1"), (2, "rebuild", None)]


def test_a_publication_that_changes_nothing_is_none(publish, lists, world):
    lists("doi:10.1/c")
    publish()
    publish("rebuild")
    assert world.row("select count(*) from history.publication") == (1,)


def test_an_event_has_an_id_of_its_own(publish, lists, describes, world):
    lists("doi:10.1/c")
    publish()
    describes(title="A")
    publish()
    describes(title="B", publication_type="review")
    publish()
    lists("doi:10.1/d", cited="10.1/b")
    publish()
    events, ids = world.row(
        "select count(*), count(distinct change_id) from history.change"
    )
    assert events == ids > 3


def test_a_diff_since_a_run_begins_after_the_publication_that_took_it_in(
    publish, lists, world
):
    lists("doi:10.1/c")
    lists("doi:10.1/c")
    publish()  # two runs at once
    lists("doi:10.1/c", "doi:10.1/d")
    publish()
    for run_id in ("run-1", "run-2"):
        found = diff(world.con, run_id)
        assert [one.run_ids for one in found.publications] == [("run-3",)]
        assert [one.doi for one in found.changes] == ["10.1/d"]


def test_a_diff_since_the_last_publication_is_empty(publish, lists, world):
    lists("doi:10.1/c")
    publish()
    for since in ("run-1", dt.datetime(2027, 1, 1, tzinfo=dt.UTC)):
        found = diff(world.con, since)
        assert found.publications == found.changes == ()
        assert found.last.run_id == "run-1"


def test_a_diff_may_be_of_some_cited_works_only(publish, lists, world):
    lists("doi:10.1/c")
    lists("doi:10.1/c", cited="10.1/b")
    publish()
    lists("doi:10.1/c", "doi:10.1/d")
    lists("doi:10.1/c", "doi:10.1/d", cited="10.1/b")
    publish()
    assert {one.cited_doi for one in diff(world.con).changes} == {"10.1/a", "10.1/b"}
    only = diff(world.con, cited=["10.1/b"]).changes
    assert {one.cited_doi for one in only} == {"10.1/b"}
