"""Requests are paced evenly, and the pace follows what a source says."""

import bisect
import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.sources.base import Limit
from pipeline.transport.limiter import (
    MAX_WAIT_S,
    PACING_SHARE,
    RECOVER_AFTER,
    Gate,
    Lane,
    LaneBlocked,
    Lanes,
    lanes_of_this_process,
)


def make_lane(requests: float, per_s: float = 1.0, concurrency: int = 64) -> Lane:
    return Lane(Limit(requests, per_s), Gate(concurrency))


def run(lane: Lane, count: int, threads: int, hold_s: float = 0.0) -> list[float]:
    """Times at which requests were let go, in order."""

    def one(_: int) -> float:
        with lane.slot() as granted_at:
            time.sleep(hold_s)
            return granted_at

    with ThreadPoolExecutor(threads) as pool:
        return sorted(pool.map(one, range(count)))


def most_in_any_window(times: list[float], window_s: float) -> int:
    return max(
        bisect.bisect_right(times, begin + window_s) - index
        for index, begin in enumerate(times)
    )


def test_eight_threads_stay_below_the_rate_in_every_window() -> None:
    lane = make_lane(10)
    times = run(lane, count=30, threads=8)

    assert times[-1] - times[0] >= 2.9
    assert most_in_any_window(times, 1.0) <= 10
    assert lane.requests_per_s == pytest.approx(10 * PACING_SHARE)


def test_latency_does_not_slow_a_lane_that_may_have_many_in_flight() -> None:
    began = time.monotonic()
    times = run(make_lane(20), count=20, threads=8, hold_s=0.3)
    wall_s = time.monotonic() - began

    assert most_in_any_window(times, 1.0) <= 20
    assert wall_s < 20 * 0.3, "as if one had waited for the other"


def test_there_is_no_burst_at_the_start_or_after_a_rest() -> None:
    lane = make_lane(20)
    first = run(lane, count=3, threads=3)
    time.sleep(0.3)
    second = run(lane, count=3, threads=3)

    gaps = [
        later - earlier
        for times in (first, second)
        for earlier, later in itertools.pairwise(times)
    ]
    assert min(gaps) > 0.8 * 0.05


def test_a_lane_a_name_and_address_for_the_whole_process() -> None:
    lanes = Lanes()
    lane = lanes.lane("http://a", "list", Limit(1), 1)

    assert lanes.lane("http://a", "list", Limit(1), 1) is lane
    assert lanes.lane("http://a", "single", Limit(1), 1) is not lane
    assert lanes.lane("http://b", "list", Limit(1), 1) is not lane
    assert lanes_of_this_process() is lanes_of_this_process()


def test_the_gate_caps_requests_in_flight_over_all_lanes_of_a_source() -> None:
    lanes = Lanes()
    two = [lanes.lane("http://a", name, Limit(500), 3) for name in ("list", "single")]
    inside = 0
    most = 0
    lock = threading.Lock()

    def one(index: int) -> None:
        nonlocal inside, most
        with two[index % 2].slot():
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(24)))

    assert most == 3


def test_a_lane_that_waits_keeps_no_place_from_the_others() -> None:
    lanes = Lanes()
    slow = lanes.lane("http://a", "list", Limit(1, 5), 1)
    fast = lanes.lane("http://a", "single", Limit(500), 1)
    with slow.slot():
        pass
    closing = threading.Event()

    def pause(seconds: float) -> None:
        if closing.wait(seconds):
            raise TimeoutError

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: slow.slot(pause).__enter__())
        began = time.monotonic()
        run(fast, count=5, threads=2)
        assert time.monotonic() - began < 1
        closing.set()
        with pytest.raises(TimeoutError):
            waiting.result()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-rate-limit-limit": "3", "x-rate-limit-interval": "1s"}, 3),
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"}, 50),
        ({"x-rate-limit-limit": "180", "x-rate-limit-interval": "1m"}, 3),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "2"}, 2.5),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "500ms"}, 10),
        # A day's allowance, and nonsense, are no rates.
        ({"x-ratelimit-limit": "10000", "x-ratelimit-remaining": "9"}, 10),
        ({"x-rate-limit-limit": "10000"}, 10),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"}, 10),
        ({"x-rate-limit-limit": "3", "x-rate-limit-interval": "0s"}, 10),
        ({"x-rate-limit-limit": "-3", "x-rate-limit-interval": "1s"}, 10),
        ({"x-rate-limit-limit": "many", "x-rate-limit-interval": "1 day"}, 10),
        ({}, 10),
    ],
)
def test_a_lane_learns_its_rate_from_headers(
    headers: dict[str, str], expected: float
) -> None:
    lane = make_lane(10)

    lane.learn(headers)

    assert lane.requests_per_s == pytest.approx(expected * PACING_SHARE)


def test_the_users_ceiling_holds_against_what_a_header_allows() -> None:
    lane = make_lane(10)
    lane.keep_below(2)
    lane.learn({"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"})

    assert lane.requests_per_s == pytest.approx(2 * PACING_SHARE)
    lane.keep_below(None)
    assert lane.requests_per_s == pytest.approx(50 * PACING_SHARE)


def test_a_new_rate_counts_from_the_last_request() -> None:
    lane = make_lane(1000)
    with lane.slot() as first:
        lane.learn({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"})
    with lane.slot() as second:
        pass

    assert second - first >= 1 / 5


def test_a_lane_learns_how_many_may_be_in_flight() -> None:
    lane = make_lane(500)
    lane.learn({"x-concurrency-limit": "1"})

    began = time.monotonic()
    run(lane, count=4, threads=4, hold_s=0.05)

    assert time.monotonic() - began >= 4 * 0.05


def test_too_fast_halves_the_rate_once_for_all_requests_in_flight() -> None:
    lane = make_lane(100)
    granted = [make_grant(lane) for _ in range(4)]

    for granted_at in granted:
        lane.slow_down(granted_at)
    assert lane.requests_per_s == pytest.approx(50 * PACING_SHARE)

    lane.slow_down(make_grant(lane))
    assert lane.requests_per_s == pytest.approx(25 * PACING_SHARE)


def test_a_slowed_lane_recovers_step_by_step_and_no_further_than_before() -> None:
    lane = make_lane(100)
    lane.slow_down(make_grant(lane))
    rates = []
    for _ in range(4):
        for _ in range(RECOVER_AFTER):
            lane.speed_up()
        rates.append(lane.requests_per_s / PACING_SHARE)

    assert rates == pytest.approx([62.5, 78.125, 97.65625, 100])


def test_the_rate_does_not_fall_without_end() -> None:
    lane = make_lane(320)
    for _ in range(12):
        lane.slow_down(time.monotonic())

    assert lane.requests_per_s == pytest.approx(10 * PACING_SHARE)


def make_grant(lane: Lane) -> float:
    with lane.slot() as granted_at:
        return granted_at


def test_a_held_lane_lets_nothing_go_before_its_time() -> None:
    lane = make_lane(500)
    lane.hold(0.3)
    lane.hold(0.1)
    began = time.monotonic()

    times = run(lane, count=3, threads=3)

    assert times[0] - began >= 0.29


def test_a_pause_longer_than_worth_waiting_for_is_refused_at_once() -> None:
    lane = make_lane(500)
    lane.hold(MAX_WAIT_S + 3600, "server")

    with pytest.raises(LaneBlocked) as refused, lane.slot():
        pass

    assert refused.value.outcome == "server"
    assert refused.value.wait_s == pytest.approx(MAX_WAIT_S + 3600, abs=5)
    assert "wants no request for" in str(refused.value)


def test_a_long_hold_reaches_those_who_already_wait() -> None:
    lane = make_lane(1, 60)
    make_grant(lane)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(make_grant, lane)
        lane.hold(MAX_WAIT_S + 60)
        with pytest.raises(LaneBlocked):
            waiting.result(timeout=5)
