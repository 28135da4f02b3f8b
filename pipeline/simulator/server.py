"""The simulator on loopback, served from a thread while a block runs."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.settings import SourceSettings
from pipeline.simulator.app import Simulator
from pipeline.simulator.limits import Meter, Seen
from pipeline.simulator.options import APIS, FAST, Options
from pipeline.simulator.world import World

if TYPE_CHECKING:
    import uvicorn


@dataclass(frozen=True)
class Running:
    """A simulator that is being served.

    Attributes:
        url: of the server, without a slash at the end.
        app: the application that is served.
    """

    url: str
    app: Simulator
    options: Options

    @property
    def world(self) -> World:
        """What is true now."""
        return self.app.world

    @property
    def meter(self) -> Meter:
        """Counts of requests, rates and refusals, since the beginning."""
        return self.app.meter

    def show(self, world: World, stalled: Mapping[str, World] | None = None) -> None:
        """From the next request on, another world: a night has passed.

        Args:
            world: what is true now.
            stalled: the world that a source still shows, by its name.
        """
        self.app.world, self.app.stalled = world, dict(stalled or {})

    def new_day(self) -> None:
        """Give every daily allowance back."""
        self.app.budget.renew()

    @property
    def base_urls(self) -> dict[str, str]:
        """Source name to the base URL to ask instead of the real one."""
        return {api: f"{self.url}/{api}" for api in APIS}

    @property
    def requests(self) -> list[Seen]:
        """Every request so far, in order of arrival."""
        return self.meter.requests

    def settings_overrides(self) -> dict[str, SourceSettings]:
        """Arguments for `load_settings`: every source is asked here.

        With a rate of the simulator's own, that rate; else the real figures hold.
        """
        return {
            name: SourceSettings(
                base_url=url, requests_per_second=self.options.rate(name)
            )
            for name, url in self.base_urls.items()
        }


@contextmanager
def running(
    world: World, options: Options = FAST, *, port: int = 0
) -> Iterator[Running]:
    """Serves a world from a thread until the block ends; port 0 takes a free one.

    Raises:
        ConfigError: the port cannot be listened on.
    """
    import uvicorn  # noqa: PLC0415 - costs a tenth of a second

    app = Simulator(world, options)
    listening = _listen("127.0.0.1", port)
    server = uvicorn.Server(_config(app))
    thread = threading.Thread(
        target=server.run, args=([listening],), name="simulator", daemon=True
    )
    thread.start()
    # The socket listens already: requests that come early wait in its queue.
    try:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        yield Running(url, app, options)
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        listening = socket.create_server((host, port), backlog=256)
    except (OSError, OverflowError) as err:
        raise ConfigError(
            f"simulator: cannot listen on {host}:{port} ({err}); choose another port"
        ) from err
    # Accepted connections inherit it. Without it, a body waits 40 ms behind its headers
    # for an acknowledgement that the client delays.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _config(app: Simulator) -> "uvicorn.Config":
    import uvicorn  # noqa: PLC0415 - as above

    return uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        ws="none",
    )
