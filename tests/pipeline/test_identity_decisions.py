"""The file of decisions: what is written stays, what was torn is not believed."""

import json

import pytest

from pipeline.decision_file import in_force
from pipeline.errors import UsageError, WarehouseError
from pipeline.identity_decisions import FILE, append_decision


def test_without_a_file_there_are_no_decisions(tmp_path):
    assert FILE.read(tmp_path) == []


def test_a_torn_last_line_is_left_out_and_overwritten(tmp_path):
    first = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/b"])
    with (tmp_path / FILE.name).open("ab") as file:
        file.write(b'{"decision_id": "d2", "act')
    assert FILE.read(tmp_path) == [first]

    second = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/c"])
    assert second.decision_id == "d2"
    assert FILE.read(tmp_path) == [first, second]


def test_a_broken_line_before_the_last_is_named(tmp_path):
    (tmp_path / FILE.name).write_text("nonsense\n")

    with pytest.raises(WarehouseError, match="line 1"):
        FILE.read(tmp_path)


def test_decisions_that_cannot_be_read_are_named_with_the_reason(tmp_path):
    (tmp_path / FILE.name).mkdir()

    with pytest.raises(WarehouseError, match=f"{FILE.name}: Is a directory"):
        FILE.read(tmp_path)


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_decisions_that_are_no_utf8_are_named_by_their_line(tmp_path, end):
    (tmp_path / FILE.name).write_bytes('{"decision_id": "d1"}'.encode("utf-16") + end)

    with pytest.raises(WarehouseError, match=r"line 1 .*not UTF-8"):
        FILE.read(tmp_path)


def test_a_last_line_that_somebody_else_wrote_is_named(tmp_path):
    append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/b"])
    with (tmp_path / FILE.name).open("a") as file:
        file.write("merge doi:10.1/a doi:10.1/c")

    with pytest.raises(WarehouseError, match="line 2 is not a decision"):
        FILE.read(tmp_path)


def test_a_decision_is_undone_once(tmp_path):
    made = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/b"])
    append_decision(tmp_path, "undo", undoes=made.decision_id)

    assert in_force(FILE.read(tmp_path)) == []
    with pytest.raises(UsageError, match="d1"):
        append_decision(tmp_path, "undo", undoes=made.decision_id)


def line(**fields):
    whole = {"decided_at": "2026-01-01T00:00:00Z", **fields}
    return json.dumps(whole).encode()


MERGE = {
    "decision_id": "d1",
    "action": "merge",
    "tokens": ["doi:10.1/a", "doi:10.1/b"],
}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({**MERGE, "tokens": []}, "two works"),
        ({**MERGE, "tokens": ["doi:10.1/a", "doi:10.1/a"]}, "two works"),
        ({**MERGE, "tokens": ["doi:10.1/a", "b"]}, "not an identifier: 'b'"),
        ({**MERGE, "action": "split"}, "stay"),
        ({**MERGE, "undoes": "d1"}, "undo"),
        ({**MERGE, "action": "undo", "tokens": []}, "undo"),
    ],
)
def test_a_line_that_decides_nothing_is_named(tmp_path, fields, says):
    (tmp_path / FILE.name).write_bytes(line(**fields) + b"\n")

    with pytest.raises(WarehouseError, match="line 1") as failed:
        FILE.read(tmp_path)
    assert says in str(failed.value)


def test_two_decisions_of_one_number_are_named(tmp_path):
    (tmp_path / FILE.name).write_bytes(2 * (line(**MERGE) + b"\n"))

    with pytest.raises(WarehouseError, match="line 2: there is a decision d1"):
        FILE.read(tmp_path)


def test_a_whole_last_line_counts_without_its_end(tmp_path):
    (tmp_path / FILE.name).write_bytes(line(**MERGE))
    (carried,) = FILE.read(tmp_path)

    own = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/c"])

    assert own.decision_id == "d2"
    assert FILE.read(tmp_path) == [carried, own]


def test_what_could_not_be_published_is_forgotten(tmp_path):
    first = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/b"])
    append_decision(tmp_path, "undo", undoes=first.decision_id)

    FILE.forget_last(tmp_path)
    assert FILE.read(tmp_path) == [first]
    FILE.forget_last(tmp_path)
    assert FILE.read(tmp_path) == []
