"""A temporary Prefect server for all flow tests of a session: starting one is slow."""

from collections.abc import Iterator

import pytest
from prefect.settings import (
    PREFECT_HOME,
    PREFECT_LOGGING_TO_API_ENABLED,
    PREFECT_SERVER_ANALYTICS_ENABLED,
    temporary_settings,
)
from prefect.testing.utilities import prefect_test_harness

STARTUP_TIMEOUT_S = 180  # 20 s on an idle machine, three times that on a busy one


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A server of this session's own: own database, own home, nobody told."""
    quiet = {
        PREFECT_HOME: tmp_path_factory.mktemp("prefect-home"),
        PREFECT_SERVER_ANALYTICS_ENABLED: False,
        PREFECT_LOGGING_TO_API_ENABLED: False,
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DO_NOT_TRACK", "1")
        with (
            temporary_settings(quiet),
            prefect_test_harness(server_startup_timeout=STARTUP_TIMEOUT_S),
        ):
            yield
