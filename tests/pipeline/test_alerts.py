"""Alerts: who asked is told, once, of what is news."""

import datetime as dt
import json
import random
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.alerts.sending import outbox, send_due, send_test
from pipeline.alerts.subscriptions import (
    add_subscription,
    read_subscriptions,
    remove_subscription,
    shown_target,
)
from pipeline.cli.app import run as citehouse
from pipeline.errors import UsageError, WarehouseError
from pipeline.run import nightly, refresh
from pipeline.settings import load_settings
from pipeline.simulator.nights import nights
from pipeline.simulator.options import FAST
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from schemas.alert import ATOM, Subscription

EARLY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
WORLD = random_world(5)
ENTRY = "{http://www.w3.org/2005/Atom}entry"


class Receiver:
    """A web server that takes messages, slowly, and remembers their ids."""

    def __init__(self):
        self.ids, self.bodies = [], []
        self.status, self.delay_s = 200, 0.0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if receiver.status == 200:
                    receiver.ids.append(self.headers["Idempotency-Key"])
                    receiver.bodies.append(json.loads(body))
                time.sleep(receiver.delay_s)
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.target = f"json://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def receiver():
    found = Receiver()
    yield found
    found.server.shutdown()
    found.server.server_close()


def subscription(name, target, **more):
    return Subscription(name=name, target=target, added_at=EARLY, **more)


def live(home, subscriptions, count=5):
    """Some nights in a home; what happened in them."""
    events = []
    for one in subscriptions:
        add_subscription(home, one)
    with running(WORLD, FAST) as simulator:
        settings = load_settings(
            home=home, mailto="tests@example.org", **simulator.settings_overrides()
        )
        for night in nights(WORLD, count, seed=5):
            simulator.show(night.world)
            moment = dt.datetime.combine(night.day, dt.time(2), dt.UTC)
            ask = nightly if night.number else refresh
            ask(WORLD.asked, settings, now=lambda moment=moment: moment)
            events += night.events
    return events


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A home with messages that nobody has taken yet."""
    home = tmp_path_factory.mktemp("alerts")
    live(home, [subscription("hook", "json://127.0.0.1:9/closed")])
    return home


@pytest.fixture
def home(lived, tmp_path):
    """A copy of it, in which nothing was tried."""
    (tmp_path / "generations").mkdir()
    published = (lived / "citehouse.duckdb").resolve()
    (tmp_path / "generations" / "w.duckdb").write_bytes(published.read_bytes())
    (tmp_path / "citehouse.duckdb").symlink_to("generations/w.duckdb")
    return tmp_path


def test_news_are_told_once_and_the_first_night_is_none(home, receiver):
    add_subscription(home, subscription("hook", receiver.target))
    report = send_due(home)
    assert report.sent_count == len(receiver.ids) > 0
    assert send_due(home).sent_count == 0
    assert max(Counter(receiver.ids).values()) == 1
    assert all(entry.message.publication_no > 1 for entry in outbox(home))
    assert {entry.state for entry in outbox(home)} == {"sent"}
    assert any("new citing work" in body["title"] for body in receiver.bodies)


def test_a_target_that_fails_is_tried_again(home, receiver):
    add_subscription(home, subscription("hook", receiver.target))
    receiver.status = 500
    failed = send_due(home)
    assert failed.sent_count == 0
    assert failed.problems == (
        f"alerts: hook: json://127.0.0.1:{receiver.server.server_port} did not take "
        "the message; tried again next time",
    )
    receiver.status = 200
    assert send_due(home).sent_count == failed.waiting_count


def test_after_ten_failures_a_message_is_given_up(home, receiver):
    add_subscription(home, subscription("hook", receiver.target))
    receiver.status = 500
    for _ in range(10):
        assert send_due(home).waiting_count
    assert send_due(home).waiting_count == 0
    assert {entry.state for entry in outbox(home)} == {"given up"}


SENDER = """
import sys
from pathlib import Path
from pipeline.alerts.sending import send_due
send_due(Path(sys.argv[1]))
"""


def test_a_sender_that_is_killed_loses_nothing_and_repeats_only_with_the_same_id(
    home, receiver
):
    add_subscription(home, subscription("hook", receiver.target))
    receiver.delay_s = 0.05
    dice = random.Random(7)  # noqa: S311 - moments, not a secret
    due = len(outbox(home))
    for _ in range(6):
        sender = subprocess.Popen([sys.executable, "-c", SENDER, str(home)])
        time.sleep(dice.uniform(0.3, 1.6))
        sender.send_signal(signal.SIGKILL)
        sender.wait()
    receiver.delay_s = 0.0
    send_due(home)
    # A kill between handing over and writing it down repeats that one, with its id.
    assert len(set(receiver.ids)) == due
    assert len(receiver.ids) - due <= 6
    assert {entry.state for entry in outbox(home)} == {"sent"}


def test_a_feed_has_each_message_once_however_often_it_is_written(home):
    add_subscription(home, subscription("hook", ATOM))
    send_due(home)
    first = (home / "feeds" / "hook.atom").read_bytes()
    send_due(home)
    assert (home / "feeds" / "hook.atom").read_bytes() == first
    root = ET.fromstring(first)  # noqa: S314 - our own
    ids = [entry.findtext(f"{ENTRY[:-5]}id") for entry in root.iter(ENTRY)]
    assert len(ids) == len(set(ids)) == len(outbox(home))
    for place in (root, *root.iter(ENTRY)):
        for required in ("id", "title", "updated"):  # RFC 4287, 4.1.1 and 4.1.2
            assert place.findtext(f"{ENTRY[:-5]}{required}")


def test_a_subscription_hears_only_of_its_works_and_events(tmp_path):
    watched = WORLD.asked[0].lower()
    live(
        tmp_path,
        [
            subscription("one", ATOM, dois=(watched,)),
            subscription("retractions", ATOM, on=("retraction",)),
            subscription("all", ATOM),
        ],
        count=4,
    )
    every = [entry.message for entry in outbox(tmp_path)]
    bodies = [one.body for one in every if one.subscription == "one"]
    first_lines = {
        line.split(" ")[0]
        for body in bodies
        for line in body.splitlines()
        if not line.startswith("  ")
    }
    assert first_lines <= {watched}
    retractions = [one.title for one in every if one.subscription == "retractions"]
    assert not any("citing" in title for title in retractions)
    assert [one for one in every if one.subscription == "all"]


def test_who_subscribes_today_is_not_told_of_the_past(tmp_path):
    late = subscription("late", ATOM).model_copy(
        update={"added_at": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)}
    )
    live(tmp_path, [late], count=3)
    assert outbox(tmp_path) == []


def test_targets_are_shown_without_their_secrets(tmp_path, capsys):
    secret = "mailtos://someone:hunter2@mail.example.org"  # noqa: S105
    words = ["--home", str(tmp_path), "alerts"]
    assert citehouse([*words, "add", "mine", "--to", secret]) == 0
    assert citehouse([*words, "list"]) == 0
    assert citehouse([*words, "list", "--json"]) == 0
    shown = capsys.readouterr()
    assert "hunter2" not in shown.out + shown.err
    assert "mailtos://mail.example.org" in shown.out
    (one,) = read_subscriptions(tmp_path)
    assert one.target == secret
    assert (tmp_path / "alerts.jsonl").stat().st_mode & 0o077 == 0
    token = subscription("x", "slack://T1/abcdef/123")
    assert shown_target(token) == "slack://..."


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["add", "a b", "--to", "atom"], "not a subscription"),
        (["add", "a", "--to", "nonsense"], "no URL that Apprise understands"),
        (["add", "a", "--to", "atom", "--doi", "x"], "not a DOI"),
        (["remove", "nobody"], "no subscription nobody; there are: none"),
        (["test", "nobody"], "no subscription nobody"),
    ],
)
def test_wrong_use_says_what_next(words, says, tmp_path, capsys):
    assert citehouse(["--home", str(tmp_path), "alerts", *words]) == 2
    assert says in capsys.readouterr().err


def test_a_test_message_says_that_it_is_one(tmp_path, receiver):
    add_subscription(tmp_path, subscription("hook", receiver.target))
    send_test(tmp_path, "hook")
    assert receiver.bodies[0]["title"] == "Citehouse: a test"


def test_a_name_is_given_once(tmp_path):
    add_subscription(tmp_path, subscription("hook", ATOM))
    with pytest.raises(UsageError, match="there is a subscription hook already"):
        add_subscription(tmp_path, subscription("hook", ATOM))
    remove_subscription(tmp_path, "hook")
    assert read_subscriptions(tmp_path) == []


def test_a_damaged_file_names_its_line_and_no_secret(tmp_path):
    (tmp_path / "alerts.jsonl").write_text('{"name": "a", "target": "hunter2"}\n')
    with pytest.raises(WarehouseError, match=r"line 1 is not a subscription") as err:
        read_subscriptions(tmp_path)
    assert "hunter2" not in str(err.value)
