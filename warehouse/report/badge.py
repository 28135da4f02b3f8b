"""The tallies of a cited work as an SVG badge.

Nothing in it is loaded from elsewhere. The colours are told apart without red and
green, each segment says its word, and white on them has a contrast of 4.5 or more.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from schemas.cited_report import CitedReport

_CITED: Final = "#374151"
_SUPPORTING: Final = "#1b7f79"
_MENTIONING: Final = "#6b7280"
_CONTRASTING: Final = "#c2410c"
_RETRACTED: Final = "#7f1d1d"
_EDGE: Final = "#9ca3af"
"""Of the outline, which is seen on light and on dark."""

_HEIGHT: Final = 20
_BASELINE: Final = 14
_PADDING: Final = 7
_FONT_SIZE: Final = 11
_FONT: Final = "Verdana, Geneva, 'DejaVu Sans', sans-serif"

_UNITS: Final = 2048
_WIDTHS: Final = {
    sign: width
    for signs, width in (
        ("il", 562),
        ("f ", 720),
        (",", 745),
        ("t", 807),
        ("r", 874),
        (":", 930),
        ("cs", 1067),
        ("ky", 1212),
        ("e", 1220),
        ("a", 1230),
        ("o", 1243),
        ("bdgp", 1276),
        ("nu", 1296),
        ("0123456789", 1302),
        ("w", 1676),
        ("m", 1992),
    )
    for sign in signs
}
"""How far each sign moves on, of 2,048 parts of the size: Verdana's."""


class _Segment(NamedTuple):
    text: str
    colour: str


def badge_svg(report: CitedReport) -> str:
    """The badge as an SVG document: cited by, supporting, mentioning, contrasting.

    What is not known is "not known", never 0; so are the statements, as long as no text
    of a citing work has been read. A retracted work says so first.
    """
    segments = tuple(_segments(report))
    title = f"{report.doi}: {' · '.join(one.text for one in segments)}"
    widths = [_text_width(one.text) + 2 * _PADDING for one in segments]
    width = round(sum(widths), 1)
    drawn: list[str] = []
    left = 0.0
    for one, wide in zip(segments, widths, strict=True):
        drawn.append(
            f'<rect x="{left:g}" width="{wide:g}" height="{_HEIGHT}"'
            f' fill="{one.colour}"/>'
            f'<text x="{left + _PADDING:g}" y="{_BASELINE}"'
            f' textLength="{wide - 2 * _PADDING:g}"'
            f' lengthAdjust="spacingAndGlyphs">{escape(one.text)}</text>'
        )
        left = round(left + wide, 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{_HEIGHT}"'
        f' viewBox="0 0 {width:g} {_HEIGHT}" role="img" aria-label={quoteattr(title)}>'
        f"<title>{escape(title)}</title>"
        f'<g fill="#ffffff" font-family="{_FONT}" font-size="{_FONT_SIZE}">'
        f"{''.join(drawn)}</g>"
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{_HEIGHT - 1}"'
        f' fill="none" stroke="{_EDGE}"/></svg>\n'
    )


def _segments(report: CitedReport) -> Iterator[_Segment]:
    counts = report.counts
    if report.is_retracted:
        yield _Segment("retracted", _RETRACTED)
    cited = counts.citing_work_count
    yield _Segment(f"cited by {_count(cited)}".replace("by not", "by: not"), _CITED)
    stances = (
        (counts.supporting_statement_count, "supporting", _SUPPORTING),
        (counts.mentioning_statement_count, "mentioning", _MENTIONING),
        (counts.contrasting_statement_count, "contrasting", _CONTRASTING),
    )
    nothing_read = bool(cited) and not report.full_text_citing_work_count
    for count, word, colour in stances:
        if count is None or nothing_read:
            yield _Segment(f"{word}: {_count(None)}", colour)
        else:
            yield _Segment(f"{_count(count)} {word}", colour)


def _count(count: int | None) -> str:
    return "not known" if count is None else f"{count:,}"


def _text_width(text: str) -> float:
    parts = sum(_WIDTHS[sign] for sign in text)
    return round(parts * _FONT_SIZE / _UNITS, 1)
