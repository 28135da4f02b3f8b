"""The nightly flow: the watched works, or every cited DOI of the warehouse again."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.outcome import leave_outcome
from flows.steps import AsTasks, batch_runner
from pipeline.errors import UsageError
from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.watch_list import watched_dois
from schemas.report import RunReport
from warehouse.query import cited_dois


@flow(name="nightly", task_runner=batch_runner(), retries=0, persist_result=False)
def nightly() -> State[None]:
    """Ask all sources about the watch-list, and publish.

    Where no work is watched, about every DOI in `core.cited_doi`.
    """
    return leave_outcome(_refresh_watched)


def _refresh_watched() -> RunReport:
    settings = load_settings()
    dois = watched_dois(settings.home) or cited_dois(settings.home)
    if not dois:
        raise UsageError(
            f"nightly: no work is watched in {settings.home} and no cited DOI in it "
            "yet; run `citehouse watch add DOI`, or the deployment adhoc, or "
            "`citehouse refresh DOI` first"
        )
    return refresh(dois, settings, step=AsTasks())
