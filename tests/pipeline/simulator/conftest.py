"""A client of a running simulator, for tests of how it behaves."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from typing import Any

import pytest
import requests

from pipeline.simulator.options import FAST, Fault, Options
from pipeline.simulator.sample import sample_world
from pipeline.simulator.server import Running, running
from pipeline.simulator.world import World


class Site:
    """A client of a running simulator, one connection for all."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.session = requests.Session()  # noqa: TID251 - a client that is not ours
        self.session.trust_env = False

    def get(self, api: str, path: str, **more: Any) -> requests.Response:
        more.setdefault("timeout", 5)
        return self.session.get(f"{self.server.base_urls[api]}{path}", **more)

    def openalex(self, path: str, **more: Any) -> requests.Response:
        return self.get("openalex", path, **more)

    def crossref(self, path: str, **more: Any) -> requests.Response:
        return self.get("crossref", path, **more)

    def opencitations(self, path: str, **more: Any) -> requests.Response:
        return self.get("opencitations", path, **more)

    def doiorg(self, path: str, **more: Any) -> requests.Response:
        return self.get("doiorg", path, **more)


@contextmanager
def _opened(options: Options) -> Iterator[Site]:
    with running(sample_world(), options) as server:
        site = Site(server)
        with site.session:
            yield site


@pytest.fixture(scope="session")
def world() -> World:
    return sample_world()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The sample world with limits that no test reaches."""
    with _opened(replace(FAST, requests_per_second=5_000.0)) as site:
        yield site


@pytest.fixture
def opened() -> Callable[[Options], AbstractContextManager[Site]]:
    """Opens a simulator with options of its own."""
    return _opened


@pytest.fixture
def broken() -> Iterator[Callable[..., Site]]:
    """Opens a simulator with faults; it is closed after the test."""
    with ExitStack() as stack:

        def open_broken(*faults: Fault) -> Site:
            return stack.enter_context(_opened(replace(FAST, faults=faults)))

        yield open_broken
