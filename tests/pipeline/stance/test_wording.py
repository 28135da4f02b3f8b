"""Which citation of a sentence is meant, and what of a long one is read."""

import time

import pytest

from pipeline.stance.wording import marked, window


@pytest.mark.parametrize(
    ("text", "marker", "read"),
    [
        ("As seen [1, 2] and not [3].", "2", "As seen [unused1] and not [unused2] ."),
        ("As seen [1, 2] and not [3].", "[3]", "As seen [unused2] and not [unused1] ."),
        (
            "30 mice slept3 3.3 h.",
            "3",
            "30 mice slept [unused1] 3.3 h.",
        ),
        ("It sleeps.3,4 It wakes.", "4", "It sleeps. [unused1] It wakes."),
        ("Quill (2015) and (Smith, 2010).", "2015", "Quill [unused1] and [unused2] ."),
        ("Seen [1\u20133].", "1\u20133", "Seen [unused1] ."),
        (
            "Seen [ 12,16-21] , not [ 12].",
            "[ 12,16-21]",
            "Seen [unused1] , not [unused2] .",
        ),
        ("Seen [1] and [2].", None, "Seen [unused2] and [unused2] ."),
        ("Seen [1].", "9", "Seen [unused2] ."),
        ("Seen  nowhere.", "", "Seen nowhere."),
        ("Seen [1].", "  ", "Seen [unused2] ."),
        ("", "1", ""),
    ],
)
def test_the_citation_that_is_meant_is_told_from_the_others(text, marker, read):
    assert marked(text, marker) == read


def test_a_text_that_was_made_to_be_slow_is_not():
    count = 30_000
    slow = ("[1" + " " * count, "(" * count, "[1," * count, "1" * count)
    began = time.process_time()
    for text in (*slow, "(2015) " * count + "x 1 " * count):
        marked(text, "1")
    assert time.process_time() - began < 20  # minutes, if it were quadratic


def windowed(ids, target=-1):
    return window(ids, target=target, end=99, longest=12, head=3)


def test_a_short_sentence_is_read_whole():
    assert windowed([1, 2, 99]) == [1, 2, 99]


def test_of_a_long_sentence_the_beginning_is_read_if_the_citation_is_there():
    assert windowed([1, 2, 50, *range(100, 120), 99], target=50) == [
        *[1, 2, 50],
        *range(100, 108),
        99,
    ]


@pytest.mark.parametrize("place", [10, 20, 29])
def test_of_a_long_sentence_the_citation_is_read_with_what_is_around_it(place):
    ids = [*range(100, 130), 99]
    ids[place] = 50
    found = windowed(ids, target=50)
    assert len(found) == 12
    assert found[:3] == [100, 101, 102]
    assert 50 in found
    assert found[-1] == 99
