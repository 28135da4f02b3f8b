"""Feeds: one Atom file a subscription, written anew from the outbox.

Source: RFC 4287. An entry keeps its id for ever, so that a reader shows it once however
often the file is written.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from pipeline.durable import put_in_place
from schemas.alert import AlertMessage, Subscription

FOLDER: Final = "feeds"
MAX_ENTRIES: Final = 200
"""A reader that comes once a month has missed none, if there is one a night."""

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"


def write_feed(
    home: Path, subscription: Subscription, messages: Sequence[AlertMessage]
) -> Path:
    """Write the feed of a subscription; the newest entry first.

    Args:
        home: the feed is ``feeds/NAME.atom`` in it.
        subscription: whose.
        messages: its messages, oldest first; none: a feed without entries.
    """
    folder = home / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{subscription.name}.atom"
    content = feed(subscription, messages[-MAX_ENTRIES:])
    if not path.exists() or path.read_bytes() != content:
        put_in_place({path: content})
    return path


def feed(subscription: Subscription, messages: Sequence[AlertMessage]) -> bytes:
    """The document; the same messages give the same bytes."""
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(_tag("feed"))
    newest = messages[-1].made_at if messages else subscription.added_at
    _add(root, "id", _urn(f"feed/{subscription.name}"))
    _add(root, "title", f"Citehouse: {subscription.name}")
    _add(root, "updated", _time(newest))
    _add(ET.SubElement(root, _tag("author")), "name", "Citehouse")
    _add(root, "generator", "Citehouse")
    for message in reversed(messages):
        entry = ET.SubElement(root, _tag("entry"))
        _add(entry, "id", _urn(f"message/{message.message_id}"))
        _add(entry, "title", message.title)
        _add(entry, "updated", _time(message.made_at))
        content = ET.SubElement(entry, _tag("content"), {"type": "text"})
        content.text = _printable(message.body)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _tag(name)).text = _printable(text)


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'https://citehouse.invalid/{name}')}"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _printable(text: str) -> str:
    """Without the characters that XML has no way to write."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
