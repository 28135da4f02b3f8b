"""The rebuild flow: all tables again from the archive, no network."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.outcome import leave_outcome
from flows.steps import AsTasks, batch_runner
from pipeline.run import rebuild as rebuild_from_archive
from pipeline.settings import load_settings
from schemas.report import RunReport


@flow(name="rebuild", task_runner=batch_runner(), retries=0, persist_result=False)
def rebuild() -> State[None]:
    """Parse every archived answer again and publish the warehouse that follows."""
    return leave_outcome(_rebuild_all)


def _rebuild_all() -> RunReport:
    return rebuild_from_archive(load_settings(), step=AsTasks())
