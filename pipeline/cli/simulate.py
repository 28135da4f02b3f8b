"""``citehouse simulate``: the public APIs on this machine, with an invented world."""

import shlex
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import invocation, write_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.simulator.server import Running

NAME: Final = "simulate"
EXAMPLES: Final = (
    "citehouse simulate",
    "citehouse simulate --port 9000 --latency-ms 300 --requests-per-second 10",
)

DEFAULT_PORT: Final = 8765
_HOME: Final = "citehouse-simulated"


def command(
    ctx: typer.Context,
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="On 127.0.0.1; 0 takes a free port.")
    ] = DEFAULT_PORT,
    latency_ms: Annotated[
        float, typer.Option(min=0, help="Before each answer, in milliseconds.")
    ] = 0.0,
    requests_per_second: Annotated[
        float | None,
        typer.Option(min=0.1, help="Limit of every API; default: generous limits."),
    ] = None,
) -> int:
    """Serve an invented world in place of the public APIs.

    Prints the lines that point Citehouse to it, to paste in another terminal, and runs
    until Ctrl-C.
    """
    from dataclasses import replace

    from pipeline.simulator.options import FAST
    from pipeline.simulator.sample import sample_world
    from pipeline.simulator.server import running

    call = invocation(ctx)
    options = replace(FAST, latency_ms=latency_ms)
    if requests_per_second is not None:
        options = replace(options, requests_per_second=requests_per_second)
    world = sample_world()
    with running(world, options, port=port) as simulator:
        call.say(f"Serving an invented world at {simulator.url}; Ctrl-C ends it.")
        call.say("Paste these lines in another terminal:\n")
        home = call.home or Path.cwd() / _HOME
        write_data("".join(f"{line}\n" for line in _exports(simulator, home)))
        call.say(f"\nand then: {call.program} refresh {shlex.join(world.asked)}")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        seen = len(simulator.requests)
    call.say(f"\nThe simulator has ended; it answered {seen:,} requests.")
    return 0


def _exports(simulator: "Running", home: Path) -> "Iterator[str]":
    """Shell lines; a home of its own keeps what is invented away from facts."""
    from pipeline.sources import all_sources

    built_in = all_sources()
    for name, settings in simulator.settings_overrides().items():
        prefix = f"export CITEHOUSE_{name.upper()}__"
        if name not in built_in:
            continue
        if settings.base_url is None:
            yield f"{prefix}ENABLED=false"
        else:
            yield f"{prefix}BASE_URL={settings.base_url}"
            if settings.requests_per_second:
                yield f"{prefix}REQUESTS_PER_SECOND={settings.requests_per_second:g}"
    yield f"export CITEHOUSE_HOME={shlex.quote(str(home))}"
