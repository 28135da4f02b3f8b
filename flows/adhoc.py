"""The ad-hoc flow: these DOIs, now."""

from functools import partial

from prefect import flow
from prefect.client.schemas.objects import State

from flows.outcome import leave_outcome
from flows.steps import AsTasks, batch_runner
from pipeline.run import refresh
from pipeline.settings import load_settings
from schemas.report import RunReport


@flow(name="adhoc", task_runner=batch_runner(), retries=0, persist_result=False)
def adhoc(dois: list[str]) -> State[None]:
    """Ask all sources about these DOIs, in any spelling, and publish.

    DOIs that are new to the warehouse stay in it: the nightly flow takes them up as
    long as no work is watched.
    """
    return leave_outcome(partial(_refresh_these, dois))


def _refresh_these(dois: list[str]) -> RunReport:
    return refresh(dois, load_settings(), step=AsTasks())
