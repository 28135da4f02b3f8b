"""Allowances: nothing is sent that is known to be refused."""

import threading
import time

import pytest

from pipeline.transport.allowance import Allowance, AllowanceSpent


def left(count):
    return {"x-ratelimit-remaining": str(count)}


def test_a_budget_is_spent_and_not_exceeded():
    allowance = Allowance(2, tells=False)
    for _ in range(2):
        with allowance.spending(1):
            pass
    with pytest.raises(AllowanceSpent, match="its budget for a run, 2 credits"):
        allowance.spending(1).__enter__()
    with allowance.spending(0):  # what is free always passes
        pass
    assert allowance.spent == 2


def test_what_the_source_has_left_counts_with_what_is_under_way():
    allowance = Allowance(None, tells=True)
    allowance.learn(left(2))
    with (
        allowance.spending(1),
        allowance.spending(1),
        pytest.raises(AllowanceSpent, match="2 is left"),
    ):
        allowance.spending(1).__enter__()


def test_answers_that_overtake_each_other_do_not_raise_what_is_left():
    allowance = Allowance(None, tells=True)
    allowance.learn(left(0))
    allowance.learn(left(5))
    with pytest.raises(AllowanceSpent):
        allowance.spending(1).__enter__()


def test_before_it_is_known_what_is_left_one_request_goes_alone():
    allowance = Allowance(None, tells=True)
    refused = []

    def ask():
        try:
            with allowance.spending(1):
                pass
        except AllowanceSpent as err:
            refused.append(err)

    with allowance.spending(1):
        other = threading.Thread(target=ask)
        other.start()
        time.sleep(0.05)
        assert other.is_alive()  # it waits for what the first one is told
        allowance.learn(left(0))
    other.join(timeout=5)
    assert len(refused) == 1


def test_a_server_that_does_not_tell_is_not_waited_for():
    allowance = Allowance(None, tells=True)
    allowance.learn({"content-type": "application/json"})
    with allowance.spending(1), allowance.spending(1):
        pass


def test_what_an_interrupted_run_has_spent_counts():
    allowance = Allowance(3, tells=False)
    allowance.spend_before(3)
    with pytest.raises(AllowanceSpent):
        allowance.spending(1).__enter__()
