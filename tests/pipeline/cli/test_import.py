"""The command line starts light: nothing heavy is imported before it is needed."""

import subprocess
import sys

import pytest

HEAVY = ("duckdb", "pyarrow", "prefect", "requests", "starlette", "uvicorn")
MIDDLING = ("pydantic_settings", "rich", "orjson")


def modules_after(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running some code."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.__stdout__)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", [*HEAVY, *MIDDLING])
def test_importing_the_command_line_imports_nothing_heavy(
    module: str, modules_of_cli: set[str]
):
    assert "pipeline.cli.app" in modules_of_cli
    assert module not in modules_of_cli


@pytest.mark.parametrize("module", [*HEAVY, *MIDDLING])
def test_help_imports_nothing_heavy(module: str, modules_of_help: set[str]):
    assert "typer" in modules_of_help
    assert module not in modules_of_help


@pytest.fixture(scope="module")
def modules_of_cli() -> set[str]:
    return modules_after("import pipeline.cli")


@pytest.fixture(scope="module")
def modules_of_help() -> set[str]:
    return modules_after(
        "import contextlib, io, pipeline.cli.app as app\n"
        "with contextlib.redirect_stdout(io.StringIO()) as out:\n"
        "    assert app.run(['refresh', '--help']) == 0\n"
        "assert '--from' in out.getvalue()"
    )
