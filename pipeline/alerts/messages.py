"""What is said of a publication to each subscription: one message, many events."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

from pipeline.alerts.subscriptions import read_subscriptions
from pipeline.watch_list import watched_dois
from schemas.alert import AlertMessage, News, Subscription
from warehouse.history import Publication
from warehouse.outbox import news, put_message

MAX_SENTENCE: Final = 300
"""Characters of a statement in a line: most sentences are shorter."""

MAX_LINES: Final = 50
"""Events in a message; what is left out is counted, and `citehouse diff` shows it."""


def fill_outbox(
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    home: Path,
    publication: Publication,
) -> None:
    """Put down what is to be said of a publication in the making.

    A subscription hears of what was published after it was made, and never of the
    first publication. The same publication gives the same messages again.

    Raises:
        WarehouseError: the subscriptions or the watch-list cannot be read.
    """
    subscriptions = [
        one for one in read_subscriptions(home) if one.added_at < publication.at
    ]
    if publication.is_first or not subscriptions:
        return
    happened = news(con, publication.number)
    for subscription in subscriptions:
        wanted = _cited(home, subscription)
        some = [one for one in happened if _is_wanted(one, subscription, wanted)]
        if some:
            put_message(con, _message(subscription, publication, some))


def _cited(home: Path, subscription: Subscription) -> Collection[str] | None:
    """The cited DOIs that a subscription is about; None: all of them."""
    if subscription.tag is not None:
        tagged = watched_dois(home, tag=subscription.tag)
        return frozenset((*tagged, *subscription.dois))
    return frozenset(subscription.dois) or None


def _is_wanted(
    one: News, subscription: Subscription, wanted: Collection[str] | None
) -> bool:
    return one.event in subscription.on and (wanted is None or one.cited_doi in wanted)


def _message(
    subscription: Subscription, publication: Publication, some: Sequence[News]
) -> AlertMessage:
    change_ids = sorted(one.change_id for one in some)
    told = f"{subscription.name}\n{publication.name}"
    return AlertMessage(
        message_id=hashlib.sha256(told.encode()).hexdigest()[:32],
        publication_no=publication.number,
        subscription=subscription.name,
        change_ids=tuple(change_ids),
        title=f"Citehouse: {_counted(some)}",
        body=_body(some),
        made_at=publication.at,
    )


_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "citing": ("new citing work", "new citing works"),
    "contrasting": ("new contrasting statement", "new contrasting statements"),
    "retraction": ("retraction", "retractions"),
}


def _counted(some: Sequence[News]) -> str:
    parts = []
    for event, (single, many) in _WORDS.items():
        count = sum(one.event == event for one in some)
        if count:
            parts.append(f"{count:,} {single if count == 1 else many}")
    return ", ".join(parts)


def _body(some: Sequence[News]) -> str:
    lines: list[str] = []
    for doi, about in groupby(some[:MAX_LINES], key=lambda one: one.cited_doi):
        events = list(about)
        title = events[0].cited_title
        lines.append(f"{doi} ({title})" if title else str(doi))
        lines += [f"  - {_line(one)}" for one in events]
    if (more := len(some) - MAX_LINES) > 0:
        lines.append(f"and {more:,} more: `citehouse diff` shows them all")
    return "\n".join(lines)


def _line(one: News) -> str:
    name = f"{one.name} ({one.title})" if one.title else one.name
    said = f" [{one.source}]" if one.source else ""
    if one.event == "citing":
        return f"cited by {name}{said}"
    if one.event == "contrasting":
        sentence = shorten(one.text or "", MAX_SENTENCE, placeholder=" ...")
        return f"contrasted by {name}{said}: {sentence}"
    return f"retracted: {name if one.is_citing else 'the work itself'}{said}"
