"""The nightly flow: every cited DOI of the warehouse again."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.outcome import leave_outcome
from flows.steps import AsTasks, batch_runner
from pipeline.errors import UsageError
from pipeline.run import refresh
from pipeline.settings import load_settings
from schemas.report import RunReport
from warehouse.query import cited_dois


@flow(name="nightly", task_runner=batch_runner(), retries=0, persist_result=False)
def nightly() -> State[None]:
    """Ask all sources again about every DOI in `core.cited_doi`, and publish."""
    return leave_outcome(_refresh_all)


def _refresh_all() -> RunReport:
    settings = load_settings()
    dois = cited_dois(settings.home)
    if not dois:
        raise UsageError(
            f"nightly: no cited DOI in {settings.home} yet; "
            "run the deployment adhoc or `citehouse refresh DOI` first"
        )
    return refresh(dois, settings, step=AsTasks())
