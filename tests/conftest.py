"""What tests of several packages share; everything else stands beside its tests."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Let programs that tests start be interrupted, and give examples their time.

    A shell starts what runs in its background with interrupts ignored, and programs
    inherit that; a signal with a handler they find as it was made.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Each worker has a core; small warehouses are built as quickly by one thread.
    os.environ.setdefault("CITEHOUSE_DATABASE_THREADS", "1")  # noqa: TID251
    # How long an example takes says more of the machine than of the code.
    hypothesis.register_profile("citehouse", deadline=None)
    hypothesis.load_profile("citehouse")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the answers in README.md anew instead of comparing them",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Recorded answers of the real sources, beside the project if anywhere."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no recorded answers: there is no folder {folder.name} beside us")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a fresh home, untouched by anybody's `.env`."""
    return Settings(_env_file=None, home=tmp_path / "home")
