"""Reading one text, and reading many in processes of their own."""

import os
import signal

import pytest

from pipeline.errors import WarehouseError
from pipeline.extraction import readers
from pipeline.extraction.readers import WORTH_A_PROCESS, Reader, read_all
from pipeline.extraction.reading import Job, read
from schemas.statement import LookedFor

ARTICLE = b"""<article><body><sec><title>Results</title>
<p>One [<xref rid="B1">1</xref>] and again [<xref rid="B1">1</xref>]. Rest.</p></sec>
</body><back><ref-list>
<ref id="B1"><element-citation><pub-id pub-id-type="doi">10.5555/a</pub-id>
</element-citation></ref>
<ref id="B2"><element-citation><article-title>Of: Bread!</article-title>
</element-citation></ref>
</ref-list></back></article>"""


def looked_for(key, *dois, pmids=(), title=None):
    return LookedFor(key, list(dois), list(pmids), [], title)


def outcomes(body, *cited):
    return {one.cited_key: one.outcome for one in read(Job(body, cited))}


def test_each_work_has_an_outcome():
    assert outcomes(
        ARTICLE,
        looked_for("other name", "10.5555/old", "10.5555/a"),
        looked_for("listed", title="Of bread"),
        looked_for("not listed", "10.5555/b"),
        looked_for("nameless"),
    ) == {
        "other name": "statements",
        "listed": "no_mention",
        "not listed": "no_reference",
        "nameless": "no_reference",
    }


def test_a_statement_is_a_row():
    ((row,),) = [
        one.statements for one in read(Job(ARTICLE, [looked_for("a", "10.5555/a")]))
    ]
    assert row["text"] == "One [1] and again [1]."
    assert (row["mention_count"], row["section"], row["location"]) == (
        2,
        "results",
        "body",
    )
    assert (row["markers"], row["ref_ids"]) == (("1", "1"), ("B1",))
    assert row["text_offset"] == 0
    assert row["after"] == "Rest."


def test_where_a_statement_stands_does_not_depend_on_who_else_is_looked_for():
    body = ARTICLE.replace(b"Rest.", b'Rest [<xref rid="B2">2</xref>].')
    bread = looked_for("bread", title="Of bread")
    alone = read(Job(body, [bread]))[-1]
    beside = read(Job(body, [looked_for("a", "10.5555/a"), bread]))[-1]
    assert alone == beside
    assert alone.statements[0]["text_offset"] > 0


def test_what_is_no_article_is_rejected_for_every_work():
    found = read(Job(b"<article>", [looked_for("a"), looked_for("b")]))
    assert [one.outcome for one in found] == ["rejected", "rejected"]
    assert "not well-formed" in found[0].why


def test_bytes_that_are_gone_are_said_to_be_gone():
    assert outcomes(None, looked_for("a", "10.5555/a")) == {"a": "gone"}


def test_many_texts_are_read_in_processes_in_their_order():
    count = WORTH_A_PROCESS + 3
    jobs = [
        (number, Job(ARTICLE, [looked_for(str(number), "10.5555/a")]))
        for number in range(count)
    ]
    found = list(read_all(jobs, count=count, processes=2))
    assert [number for number, _ in found] == list(range(count))
    assert all(one.outcome == "statements" for _, (one,) in found)
    assert [one.cited_key for _, (one,) in found] == [str(n) for n in range(count)]


def read_many(monkeypatch, is_deadly):
    """Outcomes by number, where some readers are killed over some texts."""
    plain = Reader.read

    def deadly(reader, job):
        if job.cited and is_deadly(int(job.cited[0].cited_key)):
            os.kill(reader._process.pid, signal.SIGKILL)
        return plain(reader, job)

    monkeypatch.setattr(Reader, "read", deadly)
    count = WORTH_A_PROCESS
    jobs = [(n, Job(ARTICLE, [looked_for(str(n), "10.5555/a")])) for n in range(count)]
    return {n: one for n, (one,) in read_all(jobs, count=count, processes=2)}


def test_a_text_that_its_readers_die_of_is_rejected_and_no_other(monkeypatch):
    found = read_many(monkeypatch, lambda number: number == 0)
    assert found[0].outcome == "rejected"
    assert "died" in found[0].why
    assert {one.outcome for n, one in found.items() if n} == {"statements"}


def test_a_text_is_read_again_if_its_reader_died_of_something_else(monkeypatch):
    dying = iter([True])
    found = read_many(monkeypatch, lambda number: number == 7 and next(dying, False))
    assert {one.outcome for one in found.values()} == {"statements"}


def test_readers_that_cannot_read_anything_do_not_make_texts_unreadable(monkeypatch):
    monkeypatch.setattr(readers.sys, "executable", "/bin/false")
    count = WORTH_A_PROCESS
    jobs = [(n, Job(ARTICLE, [looked_for(str(n), "10.5555/a")])) for n in range(count)]
    with pytest.raises(WarehouseError, match="end before they have read"):
        list(read_all(jobs, count=count, processes=2))


def test_a_text_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(readers, "MAX_SECONDS", 0.01)
    slow = ARTICLE.replace(b"Rest.", b"Rest is long. " * 200_000)
    reader = Reader()
    try:
        assert reader.read(Job(slow, [looked_for("a", "10.5555/a")])) is None
    finally:
        reader.end()


@pytest.mark.parametrize("processes", [0, 2])
def test_no_texts_are_no_work(processes):
    assert list(read_all([], count=0, processes=processes)) == []
