"""The badge: right numbers, right words, and a picture that shows them."""

import re

import pytest
from lxml import etree

from schemas.cited_report import CitedReport
from schemas.citing_side import CitingCounts
from warehouse.report.badge import badge_svg

SVG = "{http://www.w3.org/2000/svg}"
COUNTS = CitingCounts(
    citing_work_count=1074,
    supporting_statement_count=4,
    mentioning_statement_count=168,
    contrasting_statement_count=1,
)
REPORT = CitedReport(
    doi='10.1/a<b>&"c',
    asked_as="10.1/x",
    requested_as="10.1/x",
    state="known",
    counts=COUNTS,
    full_text_citing_work_count=40,
)


def words(svg: str) -> list[str | None]:
    return [text.text for text in etree.fromstring(svg).iter(f"{SVG}text")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_it_has_the_tallies():
    assert words(badge_svg(REPORT)) == [
        "cited by 1,074",
        "4 supporting",
        "168 mentioning",
        "1 contrasting",
    ]


def test_what_is_not_known_is_never_0():
    unknown = REPORT.model_copy(update={"state": "failed", "counts": CitingCounts()})
    assert words(badge_svg(unknown)) == [
        "cited by: not known",
        "supporting: not known",
        "mentioning: not known",
        "contrasting: not known",
    ]


def test_without_a_text_that_was_read_no_statement_is_known():
    zero = COUNTS.model_copy(update={"supporting_statement_count": 0})
    unread = REPORT.model_copy(
        update={"counts": zero, "full_text_citing_work_count": 0}
    )
    assert words(badge_svg(unread))[1] == "supporting: not known"


def test_a_work_that_nobody_cites_has_0():
    none = CitingCounts(**dict.fromkeys(CitingCounts.model_fields, 0))
    uncited = REPORT.model_copy(
        update={"counts": none, "full_text_citing_work_count": 0}
    )
    assert words(badge_svg(uncited))[:2] == ["cited by 0", "0 supporting"]


def test_a_retracted_work_says_so_first():
    retracted = REPORT.model_copy(update={"is_retracted": True})
    assert words(badge_svg(retracted))[0] == "retracted"


def test_it_can_be_read_aloud():
    svg = etree.fromstring(badge_svg(REPORT))
    assert svg.attrib["role"] == "img"
    said = (
        '10.1/a<b>&"c: cited by 1,074 · 4 supporting · 168 mentioning · 1 contrasting'
    )
    assert svg.findtext(f"{SVG}title") == svg.attrib["aria-label"] == said


def test_segments_stand_side_by_side_with_their_texts_inside():
    svg = etree.fromstring(badge_svg(REPORT))
    group = svg.find(f"{SVG}g")
    assert group is not None
    right = 0.0
    for box, text in zip(group[::2], group[1::2], strict=True):
        left, width = float(box.attrib["x"]), float(box.attrib["width"])
        assert left == pytest.approx(right)
        start, length = float(text.attrib["x"]), float(text.attrib["textLength"])
        assert left < start < start + length < left + width
        right = left + width
    assert right == pytest.approx(float(svg.attrib["width"]))


def test_white_on_every_colour_can_be_read():
    colours = set(re.findall(r'fill="(#\w{6})"', badge_svg(REPORT))) - {"#ffffff"}
    assert len(colours) == 4
    for colour in colours:
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_it_loads_nothing():
    svg = badge_svg(REPORT)
    assert svg.count("http") == 1  # the name of SVG itself
    assert not re.search(r"href|url\(|@import|<script|<image", svg)
