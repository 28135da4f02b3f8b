"""What is shipped: the wheel holds the whole tree, and the pins agree with the lock."""

import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("pipeline", "flows", "schemas", "warehouse")
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)(?: ; .+)?$")


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text())


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    found = [PIN.match(line) for line in lines if not line.startswith("#")]
    assert all(found), "a line of constraints.txt is not a plain pin"
    return {pin[1]: pin[2] for pin in found if pin}


def requirement(text: str) -> tuple[str, str]:
    name, specifier = re.match(r"([\w.-]+)(.*)", text).groups()  # type: ignore[union-attr]
    return name.lower(), ",".join(sorted(specifier.replace(" ", "").split(",")))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel built from the tree."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed; .ci/run builds the wheel without it")
    folder = tmp_path_factory.mktemp("wheel")
    command = ["pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", *command, "--wheel-dir", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_packages(wheel: set[str]):
    tree = {
        path.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    shipped = {name for name in wheel if name.split("/")[0] in PACKAGES}
    assert shipped == tree


def test_the_wheel_holds_no_other_top_level_name(wheel: set[str]):
    version = read_toml("pyproject.toml")["project"]["version"]
    tops = {name.split("/")[0] for name in wheel}
    assert tops == {*PACKAGES, f"citehouse-{version}.dist-info"}


def test_the_wheel_carries_the_licence(wheel: set[str]):
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
    assert "Apache License" in (ROOT / "LICENSE").read_text()


def test_constraints_are_the_versions_of_the_lock():
    locked = {
        package["name"]: package["version"]
        for package in read_toml("uv.lock")["package"]
        if package["name"] != "citehouse"
    }
    assert pins() == locked


def test_constraints_name_no_machine_and_no_registry():
    text = (ROOT / "constraints.txt").read_text()
    assert not re.search(r"/| @ |file:|--(index|find|extra|trusted)", text)


def test_the_lock_is_of_these_requirements():
    project = read_toml("pyproject.toml")["project"]
    extras = project["optional-dependencies"]
    wanted = [requirement(text) for text in project["dependencies"]]
    wanted += [requirement(text) for texts in extras.values() for text in texts]
    (own,) = (p for p in read_toml("uv.lock")["package"] if p["name"] == "citehouse")
    locked = [
        requirement(f"{one['name']}{one.get('specifier', '')}")
        for one in own["metadata"]["requires-dist"]
    ]
    assert sorted(wanted) == sorted(locked)


def test_the_bound_that_prefect_needs_reaches_plain_pip():
    dependencies = dict(
        requirement(text)
        for text in read_toml("pyproject.toml")["project"]["dependencies"]
    )
    assert "<0.151" in dependencies["fastapi"].split(",")
