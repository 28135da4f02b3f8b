"""Subscriptions: ``alerts.jsonl`` in the home, one a line; it holds secrets.

As the watch-list it is no part of any generation, and can be changed while a night
runs. Only its owner may read it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from pydantic import ValidationError

from pipeline.durable import put_in_place
from pipeline.errors import ConfigError, UsageError, WarehouseError
from schemas.alert import ATOM, Subscription

FILE_NAME: Final = "alerts.jsonl"
LOCK_NAME: Final = "alerts.lock"
_PATIENCE_S: Final = 30
_ONLY_OWNER: Final = 0o600


def read_subscriptions(home: Path) -> list[Subscription]:
    """All subscriptions, by name; none without the file.

    Raises:
        WarehouseError: the file cannot be read, or a line of it is none; says which.
    """
    path = home / FILE_NAME
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as err:
        raise WarehouseError(
            f"cannot read the subscriptions {path}: {err.strerror or err}; make it a "
            "file that you may read, or move it away"
        ) from err
    found: dict[str, Subscription] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            one = _parsed(path, number, line)
            found[one.name] = one
    return [found[name] for name in sorted(found)]


def add_subscription(home: Path, new: Subscription) -> None:
    """Put a subscription down; makes the home if it is not there.

    Raises:
        UsageError: there is one of that name.
        ConfigError, WarehouseError: the file cannot be written, or read.
    """
    with _only_change(home):
        before = read_subscriptions(home)
        if any(one.name == new.name for one in before):
            raise UsageError(
                f"there is a subscription {new.name} already; remove it first, or "
                "choose another name"
            )
        _write(home, [*before, new])


def remove_subscription(home: Path, name: str) -> None:
    """Take a subscription away; what waits for it is not sent any more.

    Raises:
        UsageError: there is none of that name.
        ConfigError, WarehouseError: as `add_subscription`.
    """
    with _only_change(home):
        before = read_subscriptions(home)
        after = [one for one in before if one.name != name]
        if len(after) == len(before):
            known = ", ".join(one.name for one in before) or "none"
            raise UsageError(f"no subscription {name}; there are: {known}")
        _write(home, after)


def shown_target(subscription: Subscription) -> str:
    """The target without its secrets: a feed, or scheme and host of a URL."""
    if subscription.target == ATOM:
        return f"feeds/{subscription.name}.atom"
    scheme, _, rest = subscription.target.partition("://")
    place = rest.rpartition("@")[2].partition("/")[0].partition("?")[0]
    # Many services carry a token where a host stands.
    is_host = "." in place or place.startswith("localhost")
    return f"{scheme}://{place}" if is_host else f"{scheme}://..."


def _parsed(path: Path, number: int, line: bytes) -> Subscription:
    try:
        return Subscription.model_validate_json(line)
    except ValidationError as err:
        # The input is not shown: it holds secrets.
        why = err.errors(include_input=False)[0]["msg"]
        raise WarehouseError(
            f"{path}, line {number} is not a subscription: {why}; mend the line or "
            "remove it"
        ) from None


@contextmanager
def _only_change(home: Path) -> Iterator[None]:
    lock = FileLock(home / LOCK_NAME)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with lock.acquire(timeout=_PATIENCE_S):
            yield
    except Timeout as err:
        raise WarehouseError(
            f"somebody else has been changing {home / FILE_NAME} for {_PATIENCE_S} s "
            f"(they hold {LOCK_NAME}): try again when they have finished"
        ) from err
    except OSError as err:
        raise ConfigError(
            f"cannot write in {home}: {err.strerror or err}; choose a folder that you "
            "may write with --home or CITEHOUSE_HOME"
        ) from err


def _write(home: Path, subscriptions: list[Subscription]) -> None:
    path = (home / FILE_NAME).resolve()
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, _ONLY_OWNER))
    ordered = sorted(subscriptions, key=lambda one: one.name)
    lines = "".join(f"{one.model_dump_json()}\n" for one in ordered)
    old = os.umask(0o077)
    try:
        put_in_place({path: lines.encode()})
    finally:
        os.umask(old)
