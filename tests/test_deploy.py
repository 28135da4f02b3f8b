"""The units and the container file: what they call and copy is there."""

import configparser
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.cli.app import run as citehouse

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


def unit(name):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / name)
    return parser


def understood(words, capsys):
    """Whether the command line knows these words; nothing is carried out."""
    code = citehouse([*words, "--help"])
    capsys.readouterr()
    return code == 0


def test_the_service_calls_a_command_that_there_is(capsys):
    program, *words = shlex.split(
        unit("citehouse-nightly.service")["Service"]["ExecStart"]
    )
    assert program.endswith("/bin/citehouse")
    assert understood(words, capsys)


def test_the_timer_is_of_the_service():
    assert (DEPLOY / "citehouse-nightly.service").exists()
    timer = unit("citehouse-nightly.timer")["Timer"]
    assert timer["Persistent"] == "true"
    assert timer["OnCalendar"].endswith("UTC")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_timer():
    name = str(DEPLOY / "citehouse-nightly.timer")
    subprocess.run(["systemd-analyze", "verify", name], check=True)


def test_the_container_holds_what_it_copies_and_calls_a_command(capsys):
    text = (DEPLOY / "Containerfile").read_text()
    copied = [
        word
        for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE)
        for word in line.split()[:-1]
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    (command,) = re.findall(r"^CMD (.+)$", text, re.MULTILINE)
    assert understood(json.loads(command), capsys)
