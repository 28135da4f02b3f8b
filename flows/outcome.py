"""What a flow run leaves behind: its summary as an artifact, and a state to act on."""

import asyncio
from collections.abc import Callable
from typing import Final

from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from pipeline.summary_markdown import markdown, markdown_of_failure
from schemas.report import EXIT_DONE, RunReport

ARTIFACT_KEY: Final = "citehouse-run"


def leave_outcome(run: Callable[[], RunReport]) -> State[None]:
    """Run, leave the summary, and say how it went: Completed means exit code 0.

    A run that was published but is incomplete, or that broke an expectation, is Failed
    and says in its message what was published: Prefect names the events that alerts
    listen to after the state, and an alert on `Failed` must not miss such a night.
    An error of the run is raised as it is; the summary is left all the same.
    """
    try:
        report = run()
    except Exception as err:
        _leave(markdown_of_failure(err))
        raise
    _leave(markdown(report))
    if report.exit_code == EXIT_DONE:
        return Completed(message=f"run {report.run_id} is published")
    return Failed(message=_why_not_done(report))


def _why_not_done(report: RunReport) -> str:
    published = "published" if report.published_path else "not published"
    reasons = "; ".join((*report.expectations_broken, *report.warnings))
    return (
        f"run {report.run_id} is {published}, but {report.state} "
        f"(exit code {report.exit_code}): {reasons or 'see its summary'}"
    )


def _leave(text: str) -> None:
    # Prefect's synchronous function leaves its connection to the server open.
    asyncio.run(
        acreate_markdown_artifact(
            key=ARTIFACT_KEY, markdown=text, description="What the run did"
        )
    )
