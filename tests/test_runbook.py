"""The runbook: each message that it quotes is one that the program has."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
QUOTED = re.findall(r"```text\n(.+?)\n```", RUNBOOK, re.DOTALL)


@pytest.fixture(scope="module")
def messages():
    """All text of the sources, with the parts of long messages put together."""
    files = [
        path
        for package in ("pipeline", "warehouse", "flows", "schemas")
        for path in (ROOT / package).rglob("*.py")
    ]
    text = "\n".join(path.read_text() for path in sorted(files))
    joined = re.sub(r"""["']\s*\n\s*f?["']""", "", text)
    return re.sub(r"\{[^{}\n]*\}", "...", joined)


def test_the_runbook_quotes_messages():
    assert len(QUOTED) > 20


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_quoted_message_is_one_that_the_program_has(quoted, messages):
    parts = [part.strip() for part in quoted.split("...") if len(part.strip()) > 3]
    assert parts
    assert [part for part in parts if part not in messages] == []
