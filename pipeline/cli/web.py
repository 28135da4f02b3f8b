"""``citehouse web``: the warehouse in a browser."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import invocation
from pipeline.errors import UsageError, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NAME: Final = "web"
EXAMPLES: Final = (
    "citehouse web",
    "citehouse web --port 8080",
    "citehouse web --host 0.0.0.0 --name citations.example.org",
)

DEFAULT_PORT: Final = 8642

_LONGEST_ADDRESS: Final = 512 * 1024
"""Bytes: a collection of 5,000 DOIs stands in the address, so that it can be kept."""


def command(
    ctx: typer.Context,
    *,
    host: Annotated[
        str,
        typer.Option(help="Address to listen on; the default is this machine only."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="0 takes a free port.")
    ] = DEFAULT_PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Name that browsers may call it by; may be repeated."
        ),
    ] = None,
) -> int:
    """Serve reports, collections, SQL and JSON to a browser.

    Until Ctrl-C, read only. Shows what is published, the next generation as soon as it
    is. Asks no source, and its pages load nothing from elsewhere. Whoever reaches the
    port can read: there is no login, so put a server with one in front of it before
    you open it to others.
    """
    import socket

    import uvicorn

    from pipeline.cli.report import source_titles
    from warehouse.connection import open_readonly
    from warehouse.report.web.app import LOCAL_HOSTS, create_app

    call = invocation(ctx)
    home = call.settings().home
    open_readonly(home).close()  # says what is missing before anybody looks
    app = create_app(
        home,
        titles=source_titles(),
        tagged=_tagged(home),
        hosts=(*LOCAL_HOSTS, host, *(name or ())),
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen()  # who is told the address may ask at once
        except OSError as err:
            raise UsageError(
                f"web: cannot listen on {host}, port {port} ({err.strerror}); another"
                " --port may be free"
            ) from err
        shown = f"[{host}]" if ":" in host else host
        call.say(f"Citehouse is at http://{shown}:{listening.getsockname()[1]}/")
        call.say("Ctrl-C ends it.")
        config = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            h11_max_incomplete_event_size=_LONGEST_ADDRESS,
        )
        uvicorn.Server(config).run([listening])
    return 0


def _tagged(home: "Path") -> "Callable[[], Mapping[str, tuple[str, ...]]]":
    from pipeline.watch_list import read_watch_list
    from warehouse.errors import WarehouseFault

    def tagged() -> "Mapping[str, tuple[str, ...]]":
        tags: dict[str, list[str]] = {}
        try:
            watched = read_watch_list(home)
        except WarehouseError as err:
            raise WarehouseFault(str(err)) from err
        for work in watched:
            for tag in work.tags:
                tags.setdefault(tag, []).append(work.doi)
        return {tag: tuple(tags[tag]) for tag in sorted(tags)}

    return tagged
