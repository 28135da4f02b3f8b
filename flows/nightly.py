"""The nightly flow: the watched works, where something has moved."""

from functools import partial

from prefect import flow
from prefect.client.schemas.objects import State

from flows.outcome import leave_outcome
from flows.steps import AsTasks, batch_runner
from pipeline.errors import UsageError
from pipeline.run import nightly as ask_where_moved
from pipeline.settings import load_settings
from pipeline.watch_import.take import tag_of
from pipeline.watch_list import nightly_dois
from schemas.report import RunReport


@flow(name="nightly", task_runner=batch_runner(), retries=0, persist_result=False)
def nightly(tag: str | None = None) -> State[None]:
    """Ask the sources where something has moved, and publish.

    About the watch-list, or its works with a tag; where no work is watched, about
    every DOI in `core.cited_doi`.
    """
    return leave_outcome(partial(_ask, tag))


def _ask(tag: str | None) -> RunReport:
    settings = load_settings()
    dois = nightly_dois(settings.home, tag=None if tag is None else tag_of(tag))
    if not dois:
        which = "no work is watched" if tag is None else f"no work has the tag {tag!r}"
        raise UsageError(
            f"nightly: {which} in {settings.home}, and no cited DOI is to be asked "
            "about; run `citehouse watch add DOI`, or the deployment adhoc, or "
            "`citehouse refresh DOI` first"
        )
    return ask_where_moved(dois, settings, step=AsTasks())
