"""The door to the network, against real servers on loopback."""

import datetime as dt
import gzip
import hashlib
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.errors import ConfigError, SourceUnavailable
from pipeline.http import Client
from pipeline.settings import Settings, SourceSettings
from pipeline.sources.base import Expectation, Limit, Plan, Request, Source
from pipeline.transport.limiter import Lanes
from pipeline.transport.retry import MAX_SOFT_ERRORS, MAX_TRIES
from schemas.provenance import AnswerClass, Parsed, RawAnswer

JSON = "application/json"
MAILTO = "curator+nightly@library.example.org"
KEY = "k3y-That-Nobody-Else-Has"
FAST = 0.001

Headers = dict[str, str]
Step = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    """A request as the server saw it."""

    target: str
    headers: Mapping[str, str]
    at: float
    port: int
    method: str
    body: bytes


@dataclass
class FarSide:
    """A server that plays its steps in order and repeats the last one."""

    steps: list[Step]
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    def play(self, handler: BaseHTTPRequestHandler) -> None:
        headers = {name.lower(): text for name, text in handler.headers.items()}
        self.asked.append(
            Asked(
                handler.path,
                headers,
                time.monotonic(),
                handler.client_address[1],
                handler.command,
                handler.rfile.read(int(headers.get("content-length", 0))),
            )
        )
        step = self.steps[min(len(self.asked), len(self.steps)) - 1]
        step(handler)


@pytest.fixture
def serve() -> Iterator[Callable[..., FarSide]]:
    """Starts a server that plays the given steps."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(*steps: Step) -> FarSide:
        side = FarSide(list(steps))

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                side.play(self)

            def do_POST(self) -> None:
                side.play(self)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        running.append((server, thread))
        side.url = f"http://127.0.0.1:{server.server_port}"
        return side

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def says(
    status: int = 200, body: bytes = b"[1]", media: str | None = JSON, **more: str
) -> Step:
    """A whole answer; keywords are headers, ``retry_after="1"``."""

    def step(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if media:
            handler.send_header("Content-Type", media)
        for name, text in more.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return step


def stops_half_way(handler: BaseHTTPRequestHandler) -> None:
    """A body shorter than its own length."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"[1, 2")
    handler.close_connection = True


def stops_in_a_chunk(handler: BaseHTTPRequestHandler) -> None:
    """A chunked body without its last chunk."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\n[1, 2\r\n20\r\n, 3")
    handler.close_connection = True


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def drips(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for far too long."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    drip(handler, b" ")


def drips_headers(handler: BaseHTTPRequestHandler) -> None:
    """Not even the headers come to an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    drip(handler, b"X-A: b\r\n")


def drip(handler: BaseHTTPRequestHandler, drop: bytes) -> None:
    handler.close_connection = True
    for _ in range(60):
        time.sleep(0.05)
        handler.wfile.write(drop)


def _plan(_cited: object) -> Plan:
    yield ()


def _parse(_body: bytes, _context: object) -> Parsed:
    return Parsed(kind=None)


def _recognise(
    status: int, headers: Mapping[str, str], _body: bytes
) -> AnswerClass | None:
    return "budget" if status == 429 and headers.get("x-left") == "0" else None


SOURCE = Source(
    name="openalex",
    title="Fake",
    docs_url="https://example.org",
    licence="CC0",
    checked_on=dt.date(2026, 11, 22),
    base_url="http://127.0.0.1:9",
    limits={"list": Limit(500), "slow": Limit(20)},
    concurrency=8,
    requests_for_cited=_plan,
    parse=_parse,
    expect=Expectation(0.5, 0.1),
    key_header=("Authorization", "Bearer {}"),
    contact_param="mailto",
    recognise=_recognise,
)
REQUEST = Request(
    source="openalex",
    endpoint="works",
    role="work",
    path="/works/10.1002%2F%28x%29",
    subjects=("10.1002/(x)",),
    params=(("filter", "doi:10.1/a|10.1/b"), ("per_page", "2")),
)
REQUEST_PARAMS = "filter=doi%3A10.1%2Fa%7C10.1%2Fb&per_page=2"


def is_whole(_body: bytes) -> str | None:
    return None


def make_settings(side: FarSide | str, **changes: object) -> Settings:
    url = side if isinstance(side, str) else side.url
    facts: dict[str, object] = {
        "mailto": MAILTO,
        "request_deadline_s": 5,
        "openalex": SourceSettings(base_url=url, api_key=KEY),  # type: ignore[arg-type]
    }
    return Settings(_env_file=None, **(facts | changes))  # type: ignore[arg-type]


def make_client(side: FarSide | str, **changes: object) -> Client:
    return Client(make_settings(side, **changes), lanes=Lanes(), backoff_s=FAST)


def ask(
    side: FarSide | str, request: Request = REQUEST, **changes: object
) -> RawAnswer:
    with make_client(side, **changes) as client:
        return client.fetch(SOURCE, request, "run-1", is_whole)


def test_an_answer_is_kept_as_it_came(serve: Callable[..., FarSide]) -> None:
    side = serve(says(body=b'{"a": 1}', ETag='"x"', X_RateLimit_Remaining="9", Via="p"))
    before = dt.datetime.now(dt.UTC)

    answer = ask(side)

    assert (answer.status, answer.outcome, answer.error) == (200, "ok", None)
    assert answer.body == b'{"a": 1}'
    assert answer.sha256 == hashlib.sha256(b'{"a": 1}').hexdigest()
    assert answer.attempts == 1
    assert 0 < answer.elapsed_s < 5
    assert before <= answer.fetched_at <= dt.datetime.now(dt.UTC)
    assert answer.request_key == answer.chain == REQUEST.key
    assert answer.url == f"{side.url}/works/10.1002%2F%28x%29?{REQUEST_PARAMS}"
    assert set(answer.headers) == {
        "content-type",
        "date",
        "etag",
        "x-ratelimit-remaining",
    }
    assert (answer.run_id, answer.source, answer.endpoint, answer.role) == (
        "run-1",
        "openalex",
        "works",
        "work",
    )


def test_what_a_source_is_told_of_us(serve: Callable[..., FarSide]) -> None:
    side = serve(says())

    ask(side)

    seen = side.asked[0]
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    assert seen.headers["accept"] == JSON
    assert seen.headers["accept-encoding"] == "gzip"
    assert seen.headers["user-agent"].startswith("Citehouse/")
    assert (
        f"(https://github.com/citehouse/citehouse; mailto:{MAILTO})"
        in (seen.headers["user-agent"])
    )
    assert seen.target.endswith(
        f"?{REQUEST_PARAMS}&mailto=curator%2Bnightly%40library.example.org"
    )


def test_without_a_contact_address_none_is_made_up(
    serve: Callable[..., FarSide],
) -> None:
    side = serve(says())

    ask(side, mailto=None)

    assert "mailto" not in side.asked[0].target
    assert (
        side.asked[0]
        .headers["user-agent"]
        .endswith("(https://github.com/citehouse/citehouse)")
    )


def test_too_fast_waits_as_long_as_it_is_told(serve: Callable[..., FarSide]) -> None:
    side = serve(says(429, b"<html>", "text/html", retry_after="1"), says())

    answer = ask(side)

    assert (answer.outcome, answer.attempts) == ("ok", 2)
    assert side.asked[1].at - side.asked[0].at >= 1


def test_too_fast_may_name_a_date(serve: Callable[..., FarSide]) -> None:
    past = "Sun, 22 Nov 2020 21:00:00 GMT"
    side = serve(says(429, retry_after=past), says(429, retry_after="soon"), says())

    answer = ask(side)

    assert (answer.outcome, answer.attempts) == ("ok", 3)


def test_too_fast_slows_the_lane_for_everyone(serve: Callable[..., FarSide]) -> None:
    side = serve(says(429), says())
    lanes = Lanes()
    with Client(make_settings(side), lanes=lanes, backoff_s=FAST) as client:
        lane = lanes.lane(side.url, "list", Limit(500), 8)
        before = lane.requests_per_s
        client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    assert lane.requests_per_s == pytest.approx(before / 2)


def test_too_fast_for_ever_is_given_up(serve: Callable[..., FarSide]) -> None:
    side = serve(says(429))

    answer = ask(side)

    assert (answer.outcome, answer.status) == ("rate", 429)
    assert answer.attempts == len(side.asked) == MAX_TRIES
    assert answer.error == f"HTTP 429 Too Many Requests, {MAX_TRIES} tries"


def test_a_wait_of_an_hour_is_not_waited_and_the_lane_is_left_alone(
    serve: Callable[..., FarSide],
) -> None:
    side = serve(says(429, retry_after="3600"), says())
    began = time.monotonic()

    with make_client(side) as client:
        first = client.fetch(SOURCE, REQUEST, "run-1", is_whole)
        second = client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    assert time.monotonic() - began < 2
    assert (first.outcome, first.attempts) == ("rate", 1)
    assert "asks to wait 3600 s" in (first.error or "")
    assert (second.outcome, second.attempts, second.status) == ("rate", 0, None)
    assert "not asked" in (second.error or "")
    assert len(side.asked) == 1


def test_a_sick_server_is_asked_again(serve: Callable[..., FarSide]) -> None:
    side = serve(says(503, b"down", "text/plain"), says(502), says(500), says())

    with make_client(side) as client:
        answer = client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    assert (answer.outcome, answer.attempts) == ("ok", 4)
    assert len(side.asked) == 4


def test_waits_between_tries_grow(serve: Callable[..., FarSide]) -> None:
    side = serve(says(500))
    with Client(make_settings(side), lanes=Lanes(), backoff_s=0.02) as client:
        client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    times = [asked.at for asked in side.asked]
    for wait, (earlier, later) in enumerate(itertools.pairwise(times)):
        assert later - earlier >= 0.02 * 2 ** (wait + 1)


@pytest.mark.parametrize("cut", [stops_half_way, stops_in_a_chunk, hangs_up])
def test_an_answer_cut_short_is_asked_for_again(
    serve: Callable[..., FarSide], cut: Step
) -> None:
    answer = ask(serve(cut, says(body=b"[1, 2, 3]")))

    assert (answer.outcome, answer.attempts) == ("ok", 2)
    assert answer.body == b"[1, 2, 3]"


@pytest.mark.parametrize("cut", [stops_half_way, stops_in_a_chunk, hangs_up])
def test_an_answer_always_cut_short_is_a_server_failure_without_a_body(
    serve: Callable[..., FarSide], cut: Step
) -> None:
    answer = ask(serve(cut))

    assert (answer.outcome, answer.status, answer.body) == ("server", None, b"")
    assert answer.attempts == MAX_TRIES
    assert answer.error == f"cut off before the answer was whole, {MAX_TRIES} tries"


@pytest.mark.parametrize("slow", [drips, drips_headers])
def test_a_slow_drip_is_cut_at_the_deadline(
    serve: Callable[..., FarSide], slow: Step
) -> None:
    side = serve(slow, says())
    began = time.monotonic()

    answer = ask(side, request_deadline_s=0.4)

    assert (answer.outcome, answer.attempts) == ("ok", 2)
    assert 0.4 <= time.monotonic() - began < 1.5


def test_a_server_that_never_ends_is_a_server_failure(
    serve: Callable[..., FarSide],
) -> None:
    answer = ask(serve(drips), request_deadline_s=0.2)

    assert (answer.outcome, answer.status) == ("server", None)
    assert answer.error == f"no whole answer within 0.2 s, {MAX_TRIES} tries"


def test_compressed_answers_are_unpacked(serve: Callable[..., FarSide]) -> None:
    members = gzip.compress(b"[1,") + gzip.compress(b"2]")
    side = serve(says(body=members, content_encoding="gzip"))

    assert ask(side).body == b"[1,2]"


def test_a_compressed_answer_without_its_end_is_asked_for_again(
    serve: Callable[..., FarSide],
) -> None:
    whole = gzip.compress(b'{"items": "' + bytes(range(32, 120)) * 50 + b'"}')
    half = says(body=whole[: len(whole) // 2], content_encoding="gzip")
    answer = ask(serve(half, says(body=whole, content_encoding="gzip")))

    assert (answer.outcome, answer.attempts) == ("ok", 2)
    assert ask(serve(half)).outcome == "server"


@pytest.mark.parametrize(
    ("body", "encoding"), [(b"not gzip", "gzip"), (b"[1]", "br"), (b"[1]", "zstd")]
)
def test_an_answer_that_cannot_be_unpacked_is_a_soft_error(
    serve: Callable[..., FarSide], body: bytes, encoding: str
) -> None:
    answer = ask(serve(says(body=body, content_encoding=encoding)))

    assert (answer.outcome, answer.body) == ("soft_error", b"")
    assert answer.attempts == 1 + MAX_SOFT_ERRORS


@pytest.mark.parametrize(
    "step",
    [
        says(body=b"x" * 1001),
        says(body=gzip.compress(b"x" * 10_000_000), content_encoding="gzip"),
    ],
    ids=["plain", "unpacked"],
)
def test_an_answer_that_is_too_large_asks_for_a_smaller_question(
    serve: Callable[..., FarSide], step: Step
) -> None:
    side = serve(step)

    answer = ask(side, max_response_bytes=1000)

    assert (answer.outcome, answer.attempts, answer.body) == ("client", 1, b"")
    assert answer.error == "answer larger than 1,000 bytes"


@pytest.mark.parametrize("media", ["text/html", "text/plain", JSON, None])
def test_404_is_absent_in_any_form(
    serve: Callable[..., FarSide], media: str | None
) -> None:
    answer = ask(serve(says(404, b"<html>no</html>", media)))

    assert (answer.outcome, answer.status, answer.attempts) == ("not_found", 404, 1)
    assert answer.body == b"<html>no</html>"


def test_nobody_there_is_a_server_failure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"

        answer = ask(url)

    assert (answer.outcome, answer.status) == ("server", None)
    assert answer.error == f"no connection: refused or out of reach, {MAX_TRIES} tries"
    assert answer.url == f"{url}/works/10.1002%2F%28x%29?{REQUEST_PARAMS}"


def test_a_soft_error_is_tried_twice_more_and_then_stands(
    serve: Callable[..., FarSide],
) -> None:
    side = serve(says(body=b'{"errCode": 404}'))
    with make_client(side) as client:
        answer = client.fetch(
            SOURCE,
            REQUEST,
            "run-1",
            lambda body: "errCode" if b"errCode" in body else None,
        )

    assert (answer.outcome, answer.status) == ("soft_error", 200)
    assert answer.attempts == len(side.asked) == 1 + MAX_SOFT_ERRORS
    assert answer.error == "errCode, 3 tries"
    assert answer.body == b'{"errCode": 404}'


def test_half_an_answer_may_be_whole_the_second_time(
    serve: Callable[..., FarSide],
) -> None:
    side = serve(says(body=b"[]"), says(body=b"[1]"))
    with make_client(side) as client:
        answer = client.fetch(
            SOURCE, REQUEST, "run-1", lambda body: "short" if body == b"[]" else None
        )

    assert (answer.outcome, answer.attempts, answer.body) == ("ok", 2, b"[1]")


def test_a_redirect_is_followed_and_the_key_stays_at_home(
    serve: Callable[..., FarSide],
) -> None:
    away = serve(says(body=b"[2]"))
    home = serve(
        says(301, b"", location="/works/prime"),
        says(302, b"", location=f"{away.url}/other?x=1"),
    )

    answer = ask(home)

    assert (answer.outcome, answer.body, answer.attempts) == ("ok", b"[2]", 1)
    assert answer.url == f"{away.url}/other?x=1"
    assert home.asked[1].target == "/works/prime"
    assert home.asked[1].headers["authorization"] == f"Bearer {KEY}"
    assert "authorization" not in away.asked[0].headers


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "https://127.0.0.1:1/x", "http://[", ""]
)
def test_a_redirect_out_of_its_scheme_is_not_followed(
    serve: Callable[..., FarSide], target: str
) -> None:
    answer = ask(serve(says(302, b"moved", location=target)))

    assert (answer.outcome, answer.status) == ("soft_error", 302)


POST = replace(REQUEST, body='{"ids": ["DOI:10.1/ä"]}')


def test_a_question_with_a_body_is_a_post_of_json(
    serve: Callable[..., FarSide],
) -> None:
    side = serve(says(503, b""), says(body=b"[1]"))

    answer = ask(side, POST)

    assert (answer.outcome, answer.attempts, answer.body) == ("ok", 2, b"[1]")
    first, second = side.asked
    assert first.method == second.method == "POST"
    assert first.body == second.body == POST.body.encode()
    assert second.headers["content-type"] == JSON
    assert answer.request_key == POST.key != REQUEST.key


def test_the_key_of_a_post_tells_its_body_from_others() -> None:
    other = replace(POST, body='{"ids": []}')

    assert POST.key.startswith("POST /works/")
    assert POST.key != other.key


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(307, "ok"), (308, "ok"), (301, "soft_error"), (303, "soft_error")],
)
def test_a_post_goes_on_only_where_it_stays_a_post(
    serve: Callable[..., FarSide], status: int, outcome: str
) -> None:
    there = serve(says(body=b"[1]"))

    answer = ask(serve(says(status, b"", location=f"{there.url}/x")), POST)

    assert answer.outcome == outcome
    assert [(asked.method, asked.body) for asked in there.asked] == (
        [("POST", POST.body.encode())] if outcome == "ok" else []
    )


def test_redirects_come_to_an_end(serve: Callable[..., FarSide]) -> None:
    answer = ask(serve(says(302, b"", location="/again")))

    assert (answer.outcome, answer.status) == ("server", None)
    assert "redirects" in (answer.error or "")


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (says(403, b"<html>", "text/html"), "block"),
        (says(401, b"{}"), "auth"),
        (says(429, b"{}", x_left="0", retry_after="86400"), "budget"),
    ],
)
def test_a_source_that_shuts_us_out_is_not_asked_again(
    serve: Callable[..., FarSide], step: Step, outcome: AnswerClass
) -> None:
    side = serve(step, says())
    with make_client(side) as client:
        first = client.fetch(SOURCE, REQUEST, "run-1", is_whole)
        second = client.fetch(SOURCE, REQUEST, "run-1", is_whole)
        stopped = client.stopped

    assert (first.outcome, first.attempts) == (outcome, 1)
    assert (second.outcome, second.attempts, second.status) == (outcome, 0, None)
    assert second.body == b""
    assert second.error == f"not asked: {stopped['openalex']}"
    assert len(side.asked) == 1


def test_a_source_can_be_stopped_from_outside(serve: Callable[..., FarSide]) -> None:
    side = serve(says())
    with make_client(side) as client:
        client.stop("openalex", "server", f"no answer, says {MAILTO}")
        answer = client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    assert (answer.outcome, answer.attempts) == ("server", 0)
    assert answer.error == "not asked: no answer, says [redacted]"
    assert side.asked == []


def test_one_connection_serves_many_questions(
    serve: Callable[..., FarSide],
) -> None:
    packed = says(body=gzip.compress(b"[1]"), content_encoding="gzip")
    side = serve(says(), says(404), packed, says(503), says())
    with make_client(side) as client:
        for _ in range(4):
            client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    assert len(side.asked) == 5
    assert len({asked.port for asked in side.asked}) == 1


def test_keys_and_addresses_are_nowhere_in_an_answer(
    serve: Callable[..., FarSide],
) -> None:
    echo = (
        f'{{"error": "you are {MAILTO}, {MAILTO.upper()}, '
        f'mailto=curator%2Bnightly%40library.example.org with {KEY}"}}'
    ).encode()
    side = serve(says(400, echo, etag=f'"{KEY}"'))

    answer = ask(side)

    text = answer.model_dump_json().lower()
    assert "library.example.org" not in text
    assert KEY.lower() not in text
    assert answer.body == (
        b'{"error": "you are [redacted], [redacted], '
        b'mailto=[redacted] with [redacted]"}'
    )
    assert answer.sha256 == hashlib.sha256(answer.body).hexdigest()
    assert KEY not in side.asked[0].target


def test_a_redirect_that_carries_our_address_is_redacted(
    serve: Callable[..., FarSide],
) -> None:
    side = serve(says(301, b"", location=f"/prime?mailto={MAILTO}&a=1"), says())

    assert ask(side).url == f"{side.url}/prime?a=1"


def test_limits_are_learned_from_headers(serve: Callable[..., FarSide]) -> None:
    side = serve(says(x_rate_limit_limit="3", x_rate_limit_interval="1s"))
    lanes = Lanes()
    with Client(make_settings(side), lanes=lanes) as client:
        client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    lane = lanes.lane(side.url, "list", Limit(500), 8)
    assert 2.5 < lane.requests_per_s < 3


def test_the_users_ceiling_holds(serve: Callable[..., FarSide]) -> None:
    side = serve(says())
    lanes = Lanes()
    mine = SourceSettings(base_url=side.url, requests_per_second=2)
    with Client(make_settings(side, openalex=mine), lanes=lanes) as client:
        client.fetch(SOURCE, REQUEST, "run-1", is_whole)

    assert lanes.lane(side.url, "list", Limit(500), 8).requests_per_s < 2


@pytest.mark.parametrize(
    ("mailto", "pool", "warned"),
    [
        (MAILTO, "public-array", True),
        (MAILTO, "polite-array", False),
        (None, "public", False),
    ],
)
def test_losing_the_polite_pool_is_said(
    serve: Callable[..., FarSide], mailto: str | None, pool: str, *, warned: bool
) -> None:
    side = serve(says(x_api_pool=pool))
    with make_client(side, mailto=mailto) as client:
        for _ in range(2):
            client.fetch(SOURCE, REQUEST, "run-1", is_whole)
        warnings = client.warnings

    assert len(warnings) == warned
    assert all("openalex: served from its public pool" in text for text in warnings)


def test_many_threads_keep_to_one_lane(serve: Callable[..., FarSide]) -> None:
    def late(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.15)
        says()(handler)

    side = serve(late)
    slow = Request(**{**vars_of(REQUEST), "lane": "slow"})  # type: ignore[arg-type]
    began = time.monotonic()
    with make_client(side) as client, ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: client.fetch(SOURCE, slow, "run-1", is_whole), range(30))
        )
    wall_s = time.monotonic() - began

    times = sorted(asked.at for asked in side.asked)
    assert {answer.outcome for answer in answers} == {"ok"}
    assert all(
        later - earlier > 1 for earlier, later in zip(times, times[20:], strict=False)
    )
    assert wall_s < 30 * 0.15, "as if one had waited for the other"


def vars_of(request: Request) -> dict[str, object]:
    return {name: getattr(request, name) for name in request.__slots__}


def test_a_closed_client_sends_the_waiting_away(serve: Callable[..., FarSide]) -> None:
    side = serve(says(429, retry_after="60"))
    with ThreadPoolExecutor(1) as pool:
        with make_client(side) as client:
            waiting = pool.submit(client.fetch, SOURCE, REQUEST, "run-1", is_whole)
            while not side.asked:
                time.sleep(0.01)
        with pytest.raises(SourceUnavailable, match="cut short"):
            waiting.result(timeout=5)


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"mailto": "no address"}, "CITEHOUSE_MAILTO"),
        ({"mailto": "a@b\r\nX-Evil: 1"}, "CITEHOUSE_MAILTO"),
        ({"crossref": SourceSettings(base_url="localhost:80")}, "CROSSREF__BASE_URL"),
        ({"crossref": SourceSettings(base_url="ftp://x")}, "CROSSREF__BASE_URL"),
        ({"crossref": SourceSettings(base_url="http://x:y")}, "CROSSREF__BASE_URL"),
        ({"crossref": SourceSettings(base_url="http://u:p@x")}, "CROSSREF__BASE_URL"),
        ({"ncbi": SourceSettings(api_key="se cret")}, "NCBI__API_KEY"),  # type: ignore[arg-type]
    ],
)
def test_settings_that_cannot_be_used_are_named_and_not_shown(
    changes: dict[str, object], variable: str
) -> None:
    with pytest.raises(ConfigError, match=variable) as refused:
        make_client("http://127.0.0.1:9", **changes)

    assert "se cret" not in str(refused.value)
    assert "no address" not in str(refused.value)


def test_blank_settings_are_as_if_not_set(serve: Callable[..., FarSide]) -> None:
    side = serve(says())
    blank = SourceSettings(base_url=side.url + "/", api_key=" ")  # type: ignore[arg-type]

    answer = ask(side, mailto="  ", openalex=blank)

    assert answer.url.startswith(f"{side.url}/works")
    assert "authorization" not in side.asked[0].headers
    assert "mailto" not in side.asked[0].target
