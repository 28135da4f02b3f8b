"""prefect.yaml: each deployment loads, deploys, and is what the docs say it is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.settings import PREFECT_API_URL

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text())[
    "deployments"
]
QUIET = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


@pytest.fixture(scope="module")
def deployed(
    prefect_server: None,  # noqa: ARG001 - must be up
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, DeploymentResponse]]:
    """What the server holds after `prefect deploy --all`, by name."""
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name="citehouse", type="process"))
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
            cwd=ROOT,
            env={
                **{name: os.environ[name] for name in ("PATH", "HOME")},  # noqa: TID251
                **QUIET,
                "PREFECT_API_URL": PREFECT_API_URL.value(),
                "PREFECT_HOME": str(tmp_path_factory.mktemp("deployer")),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield {
            one["name"]: client.read_deployment_by_name(f"{one['name']}/{one['name']}")
            for one in DEPLOYMENTS
        }


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: one["name"])
def test_an_entrypoint_loads_the_flow_of_its_name(deployment: dict[str, Any]):
    flow = load_flow_from_entrypoint(deployment["entrypoint"])
    assert isinstance(flow, Flow)
    assert flow.name == deployment["name"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: one["name"])
def test_no_flow_retries_on_top_of_the_http_layer(deployment: dict[str, Any]):
    flow = load_flow_from_entrypoint(deployment["entrypoint"])
    assert flow.retries == 0
    assert flow.persist_result is False


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: one["name"])
def test_runs_tell_nobody_that_they_ran(deployment: dict[str, Any]):
    assert deployment["work_pool"]["job_variables"]["env"] == QUIET


@pytest.mark.prefect
@pytest.mark.parametrize("name", [one["name"] for one in DEPLOYMENTS])
def test_a_deployment_needs_no_code_to_pull(
    deployed: dict[str, DeploymentResponse], name: str
):
    assert deployed[name].entrypoint == f"flows.{name}:{name}"
    assert not deployed[name].pull_steps
    assert deployed[name].job_variables["env"] == QUIET


@pytest.mark.prefect
def test_nightly_runs_on_a_schedule_in_utc_and_never_twice_at_once(
    deployed: dict[str, DeploymentResponse],
):
    nightly = deployed["nightly"]
    (schedule,) = nightly.schedules
    assert schedule.active
    assert schedule.schedule.cron == "0 2 * * *"
    assert schedule.schedule.timezone == "UTC"
    assert nightly.global_concurrency_limit is not None
    assert nightly.global_concurrency_limit.limit == 1


@pytest.mark.prefect
def test_the_others_wait_for_a_person(deployed: dict[str, DeploymentResponse]):
    assert deployed["adhoc"].schedules == []
    assert deployed["rebuild"].schedules == []
    assert deployed["adhoc"].parameter_openapi_schema["required"] == ["dois"]
