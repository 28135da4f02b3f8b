"""A decision of any kind: written down and published at once, or not at all."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from pipeline.decision_file import DecisionFile
from pipeline.decision_log import taken_up
from pipeline.home import faults_of_the_disk, only_run_on_published
from pipeline.run import publish_left_out, republish
from pipeline.settings import Settings
from schemas.decision import Decision
from schemas.report import Observer


class Made(Protocol):
    """What was decided, with what its maker wants to know of it."""

    @property
    def decision(self) -> Decision:
        """The line that was written."""


AnyMade = TypeVar("AnyMade", bound=Made)


def carry_out(
    settings: Settings,
    file: DecisionFile[Any],
    write: Callable[[], AnyMade],
    *,
    command: str,
    observe: Observer,
) -> tuple[AnyMade, tuple[str, ...]]:
    """Write a decision down and publish what follows from it.

    Args:
        settings: home and memory limit.
        file: of this kind of decision.
        write: appends the decision to the file; called with the lock of the run.
        command: what this is for the history.
        observe: told of each stage.

    Returns:
        What `write` gave; and sentences on decisions of before that nobody had
        published yet.

    Raises:
        WarehouseError: the home is in use, or the result could not be published; then
            the decision is as if it had not been.
    """
    home = settings.home
    with only_run_on_published(home), faults_of_the_disk(home):
        publish_left_out(settings, observe=observe)  # before it: it is no part of that
        made = write()
        name = made.decision.decision_id
        try:
            others = taken_up(home, but=name)
            republish(settings, f"decision-{name}", command=command, observe=observe)
        except BaseException:
            file.forget_last(home)
            raise
    return made, others
