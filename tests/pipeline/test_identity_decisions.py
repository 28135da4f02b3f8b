"""The file of decisions: what is written stays, what was torn is not believed."""

import pytest

from pipeline.errors import UsageError, WarehouseError
from pipeline.identity_decisions import (
    FILE_NAME,
    append_decision,
    in_force,
    read_decisions,
)


def test_without_a_file_there_are_no_decisions(tmp_path):
    assert read_decisions(tmp_path) == []


def test_a_torn_last_line_is_left_out_and_overwritten(tmp_path):
    first = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/b"])
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(b'{"decision_id": "d2", "act')
    assert read_decisions(tmp_path) == [first]

    second = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/c"])
    assert second.decision_id == "d2"
    assert read_decisions(tmp_path) == [first, second]


def test_a_broken_line_before_the_last_is_named(tmp_path):
    (tmp_path / FILE_NAME).write_text("nonsense\n")

    with pytest.raises(WarehouseError, match="line 1"):
        read_decisions(tmp_path)


def test_a_decision_is_undone_once(tmp_path):
    made = append_decision(tmp_path, "merge", tokens=["doi:10.1/a", "doi:10.1/b"])
    append_decision(tmp_path, "undo", undoes=made.decision_id)

    assert in_force(read_decisions(tmp_path)) == []
    with pytest.raises(UsageError, match="d1"):
        append_decision(tmp_path, "undo", undoes=made.decision_id)
