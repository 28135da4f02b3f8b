"""A decision that cannot be published leaves no trace."""

import errno

import pytest

from pipeline import decide, deciding
from pipeline.errors import WarehouseError
from pipeline.identity_decisions import FILE
from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.options import FAST
from pipeline.simulator.server import running


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "full"), WarehouseError("no")])
def test_a_decision_that_could_not_be_published_is_forgotten(
    tmp_path, monkeypatch, fault
):
    world = large_world(cited=2, citing_each=1)
    with running(world, FAST) as simulator:
        overrides = simulator.settings_overrides()
        settings = load_settings(home=tmp_path, **overrides)
        refresh(world.asked, settings)

    def fails(*_, **__):
        raise fault

    monkeypatch.setattr(deciding, "republish", fails)
    with pytest.raises(WarehouseError):
        decide.merge(settings, *world.asked)
    assert FILE.read(tmp_path) == []

    monkeypatch.undo()
    made = decide.merge(settings, *world.asked).decision
    assert FILE.read(tmp_path) == [made]
    monkeypatch.setattr(deciding, "republish", fails)
    with pytest.raises(WarehouseError):
        decide.undo(settings, made.decision_id)
    assert FILE.read(tmp_path) == [made]
