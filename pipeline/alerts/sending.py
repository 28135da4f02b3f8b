"""Sending: each message once, also after a crash; a failure is tried again later.

Before a message leaves, ``alerts-sent.jsonl`` says that it is leaving, and afterwards
what has become of it. A machine that stops between the two leaves one message of which
nobody knows: it is sent again with the same id, by which its receiver can tell.
"""

import datetime as dt
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from pydantic import ValidationError

from pipeline.alerts.atom import write_feed
from pipeline.alerts.subscriptions import read_subscriptions, shown_target
from pipeline.errors import UsageError, WarehouseError
from schemas.alert import (
    ATOM,
    AlertMessage,
    AlertReport,
    Delivery,
    OutboxEntry,
    Subscription,
)
from warehouse.connection import open_readonly, published_file, reading
from warehouse.outbox import messages

LOG_NAME: Final = "alerts-sent.jsonl"
LOCK_NAME: Final = "alerts-send.lock"

MAX_ATTEMPTS: Final = 10
"""A target that fails ten nights in a row is not there any more."""

ID_HEADER: Final = "Idempotency-Key"
"""By which a receiver can tell a message that came twice. Source: the IETF draft
"The Idempotency-Key HTTP Header Field" (draft-ietf-httpapi-idempotency-key-header)."""


def send_due(home: Path) -> AlertReport:
    """Send what waits, and write the feeds anew.

    A target that fails costs its message, never the others; it is tried again by the
    next call. Where another process is sending, nothing is done: it sends it all.

    Raises:
        WarehouseError: the subscriptions or the log cannot be read.
        WarehouseFault: the published warehouse cannot be read.
    """
    if not read_subscriptions(home) or published_file(home) is None:
        return AlertReport()
    try:
        with FileLock(home / LOCK_NAME).acquire(timeout=0):
            return _send(home)
    except Timeout:
        return AlertReport()


def outbox(home: Path) -> list[OutboxEntry]:
    """Every message with what has become of it, oldest first.

    Raises:
        WarehouseError, WarehouseFault: as `send_due`.
    """
    subscriptions = {one.name: one for one in read_subscriptions(home)}
    tried = _tried(home)
    with reading(home) as con:
        every = messages(con)
    return [
        _entry(message, subscriptions.get(message.subscription), tried)
        for message in every
    ]


def send_test(home: Path, name: str) -> None:
    """Send a subscription a message that says that it is a test.

    Raises:
        UsageError: there is no such subscription.
        WarehouseError: it could not be sent; says why.
    """
    found = [one for one in read_subscriptions(home) if one.name == name]
    if not found:
        raise UsageError(f"no subscription {name}; `citehouse alerts list` shows all")
    now = dt.datetime.now(dt.UTC)
    test = AlertMessage(
        message_id="test",
        publication_no=0,
        subscription=name,
        change_ids=(),
        title="Citehouse: a test",
        body="This is a test. Alerts of this subscription will come here.",
        made_at=now,
    )
    if found[0].target == ATOM:
        write_feed(home, found[0], [])
    elif why := _deliver(found[0], test):
        raise WarehouseError(f"alerts: {name}: {why}")


def _send(home: Path) -> AlertReport:
    subscriptions = {one.name: one for one in read_subscriptions(home)}
    with open_readonly(home) as con:
        every = messages(con)
    tried = _tried(home)
    sent = waiting = 0
    problems: list[str] = []
    for message in every:
        subscription = subscriptions.get(message.subscription)
        entry = _entry(message, subscription, tried)
        if subscription is None or entry.state != "waiting":
            continue
        _log(home, message, "sending")
        why = _deliver(subscription, message)
        _log(home, message, "failed" if why else "sent", why)
        if why:
            waiting += 1
            problems.append(
                f"alerts: {subscription.name}: {why}; tried again next time"
            )
        else:
            sent += 1
    for subscription in subscriptions.values():
        if subscription.target == ATOM:
            own = [one for one in every if one.subscription == subscription.name]
            write_feed(home, subscription, own)
    return AlertReport(
        sent_count=sent, waiting_count=waiting, problems=tuple(dict.fromkeys(problems))
    )


def _entry(
    message: AlertMessage,
    subscription: Subscription | None,
    tried: dict[str, list[Delivery]],
) -> OutboxEntry:
    deliveries = tried.get(message.message_id, [])
    attempts = sum(one.state == "sending" for one in deliveries)
    failures = [one for one in deliveries if one.state == "failed"]
    is_feed = subscription is not None and subscription.target == ATOM
    if is_feed or any(one.state == "sent" for one in deliveries):
        state = "sent"
    elif subscription is None:
        state = "no such subscription"
    else:
        state = "given up" if attempts >= MAX_ATTEMPTS else "waiting"
    return OutboxEntry(
        message=message,
        state=state,
        attempt_count=attempts,
        why=failures[-1].why if failures else None,
    )


def _deliver(subscription: Subscription, message: AlertMessage) -> str | None:
    """Hand a message over; why that failed, without secrets, or None."""
    import apprise  # noqa: PLC0415 - costs a third of a second

    target = apprise.Apprise.instantiate(subscription.target, suppress_exceptions=True)
    where = shown_target(subscription)
    if target is None:
        return f"Apprise does not understand the target {where}"
    if isinstance(headers := getattr(target, "headers", None), dict):
        headers[ID_HEADER] = message.message_id
    body = f"{message.body}\n\nMessage {message.message_id}"
    try:
        is_sent = target.notify(title=message.title, body=body)
    except Exception as err:  # noqa: BLE001 - a hundred services, each with its own
        return f"{where} failed ({type(err).__name__})"
    return None if is_sent else f"{where} did not take the message"


def _tried(home: Path) -> dict[str, list[Delivery]]:
    """Message to what was tried, in order; a last line that was cut short is none."""
    found: defaultdict[str, list[Delivery]] = defaultdict(list)
    for number, line in enumerate(_lines(home / LOG_NAME), start=1):
        try:
            delivery = Delivery.model_validate_json(line)
        except ValidationError as err:
            raise WarehouseError(
                f"{home / LOG_NAME}, line {number} is no delivery: mend it or remove "
                "it; what it told of may be sent again"
            ) from err
        found[delivery.message_id].append(delivery)
    return found


def _lines(path: Path) -> Sequence[bytes]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    whole = content.rpartition(b"\n")[0]
    return [line for line in whole.split(b"\n") if line.strip()]


def _log(home: Path, message: AlertMessage, state: str, why: str | None = None) -> None:
    """Append a line; it is on the disk when this returns."""
    delivery = Delivery(
        message_id=message.message_id,
        state=state,
        at=dt.datetime.now(dt.UTC),
        why=why,
    )
    path = home / LOG_NAME
    _mend(path)
    with path.open("ab") as file:
        file.write(f"{delivery.model_dump_json()}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def _mend(path: Path) -> None:
    """Cut off a last line that a crash has left without its end."""
    if not path.exists():
        return
    content = path.read_bytes()
    whole = len(content.rpartition(b"\n")[0]) + 1 if b"\n" in content else 0
    if content and whole != len(content):
        os.truncate(path, whole)
