"""Calling Citehouse as a person does: in a process and a folder of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from pipeline.simulator.sample import sample_world
from pipeline.simulator.server import running


@dataclass(frozen=True)
class Shell:
    """A folder to call Citehouse in, with no settings of the tester's own."""

    folder: Path
    variables: dict[str, str]

    def __call__(
        self, *words: str, stdin: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "pipeline", *words],
            cwd=self.folder,
            env=self.variables,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    def data(self, *words: str) -> str:
        """What a command that must succeed writes to stdout."""
        done = self(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout


def shell_in(folder: Path, **settings: str) -> Shell:
    kept = {name: os.environ[name] for name in _KEPT}  # noqa: TID251
    return Shell(folder, {**kept, **settings})


_KEPT: Final = ("PATH", "HOME", "CITEHOUSE_DATABASE_THREADS")
"""Of the tester's environment; the last is set for all tests."""


@dataclass(frozen=True)
class Demo:
    """What `citehouse demo` wrote, and the warehouse that it left."""

    stdout: str
    stderr: str
    home: Path


@pytest.fixture(scope="session")
def shell_at() -> Callable[..., Shell]:
    """Makes a shell in a folder, with settings as keyword arguments."""
    return shell_in


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("newcomer")
    done = shell_in(folder)("demo")
    assert done.returncode == 0, done.stderr
    return Demo(done.stdout, done.stderr, folder / "citehouse-demo")


@pytest.fixture
def shell(demo: Demo, tmp_path: Path) -> Shell:
    """A shell whose home is the warehouse of the demo, for reading only."""
    return shell_in(tmp_path, CITEHOUSE_HOME=str(demo.home))


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Shell]:
    """A shell with an empty home and the simulator in the place of the APIs."""
    with running(sample_world()) as server:
        bases = {
            f"CITEHOUSE_{name.upper()}__BASE_URL": url
            for name, url in server.base_urls.items()
        }
        yield shell_in(tmp_path, CITEHOUSE_HOME=str(tmp_path / "home"), **bases)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to stand in, and no settings of the tester's own."""
    for name in os.environ:  # noqa: TID251 - the tests' own environment
        if name.startswith("CITEHOUSE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CITEHOUSE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def site(demo: Demo) -> Iterator[str]:
    """The address of `citehouse web`, serving the warehouse of the demo."""
    with served(demo.home) as address:
        yield address


@pytest.fixture
def serve() -> Callable[..., AbstractContextManager[str]]:
    """Serves a home while a block runs, and gives the address."""
    return served


@contextmanager
def served(home: Path, *options: str) -> Iterator[str]:
    """`citehouse web` in a process of its own, on a free port."""
    words = ["-m", "pipeline", "--home", str(home), "web", "--port", "0", *options]
    with subprocess.Popen(
        [sys.executable, *words], stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        try:
            first = server.stderr.readline()
            assert first.startswith("Citehouse is at "), first + server.stderr.read()
            yield first.split()[-1].rstrip("/")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
