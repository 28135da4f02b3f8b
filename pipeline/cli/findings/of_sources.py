"""Whether each source can be reached, and whether its clock agrees with ours."""

import datetime as dt
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from pipeline.cli.console import printable
from pipeline.cli.findings.finding import SAMPLE_DOI, Finding
from pipeline.running import Clock, utc_now
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.sources.base import CitedDoi, Request, Source
from schemas.provenance import RawAnswer

if TYPE_CHECKING:
    from pipeline.http import Client

_CLOCK_AGREES: Final = dt.timedelta(minutes=5)
"""More than a slow answer; less would already put answers into the wrong night."""


def source_findings(settings: Settings, *, now: Clock = utc_now) -> Iterator[Finding]:
    """One question to each source that is on; `now` is this machine's clock."""
    from pipeline.http import Client

    with Client(settings, now=now) as client:
        for name, source in all_sources().items():
            if settings.of(name).is_on(needs_key=source.needs_key):
                yield _asked(client, source)


def _asked(client: "Client", source: Source) -> Finding:
    request = _first_question(source)
    if request is None:
        return Finding(subject=source.name, state="note", found="nothing to ask it")
    answer = client.fetch(source, request, "doctor", lambda _: None)
    if answer.outcome in ("ok", "not_found"):
        off, left = _clock_off(answer), _left(source, answer)
        return Finding(
            subject=f"{source.name} online",
            state="broken" if off else "ok",
            found=f"answered in {answer.elapsed_s:.1f} s{left}{off}",
            advice="set this machine's clock" if off else None,
        )
    return Finding(
        subject=f"{source.name} online",
        state="broken",
        found=printable(f"{answer.outcome}: {answer.error}"),
        advice=f"see {source.docs_url}; or switch it off for now",
    )


def _left(source: Source, answer: RawAnswer) -> str:
    """What the source says is left of today's allowance; nothing if it says nothing."""
    if source.daily_credits is None:  # such a header is about a second or a minute
        return ""
    left = answer.headers.get("x-ratelimit-remaining", "")
    limit = answer.headers.get("x-ratelimit-limit", "")
    if left.isdigit() and limit.isdigit():
        return f", {int(left):,} of {int(limit):,} left"
    return ""


def _clock_off(answer: RawAnswer) -> str:
    """By how much the clocks differ; nothing if they agree or the source tells none."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return ""
    off = answer.fetched_at - theirs.astimezone(dt.UTC)
    if abs(off) < _CLOCK_AGREES:
        return ""
    way = "ahead of" if off > dt.timedelta() else "behind"
    return f"; this machine's clock is {abs(off)} {way} its clock"


def _first_question(source: Source) -> Request | None:
    plan = source.requests_for_cited([CitedDoi(SAMPLE_DOI)])
    requests = next(plan, None)
    return requests[0] if requests else None
