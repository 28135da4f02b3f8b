"""The plan of a night as a person reads it."""

from rich.console import Group, RenderableType

from pipeline.cli.tables import (
    duration,
    heading,
    note,
    number,
    plain_table,
    plural,
    words,
)
from pipeline.sources import all_sources
from schemas.night import REASONS, NightPlan, PlannedAsking

_LOOK_UP = "has anything moved?"


def night_plan(plan: NightPlan) -> RenderableType:
    """What is asked and why, what that costs, and what stays as it is."""
    return Group(*_askings(plan), *_budgets(plan), *_stale(plan))


def _askings(plan: NightPlan) -> list[RenderableType]:
    title = "The night would ask" if plan.is_rehearsal else "The night asked"
    watched = plural(plan.watched_count, "watched work")
    if not plan.askings:
        return [heading(f"{title} nothing: {watched}, and none is due")]
    table = plain_table()
    table.add_column("source")
    table.add_column("why", overflow="fold", ratio=1)
    for name in ("works", "requests", "time"):
        table.add_column(name, justify="right")
    for one in plan.askings:
        about = "~" if one.is_estimate else ""
        table.add_row(
            words(_title(one.source)),
            words(_why(one)),
            words(f"{about}{one.doi_count:,}"),
            words(f"{about}{one.request_count:,}"),
            words(f"{about}{duration(one.seconds)}"),
        )
    requests = sum(one.request_count for one in plan.askings)
    longest = max(
        sum(one.seconds for one in plan.askings if one.source == source)
        for source in {one.source for one in plan.askings}
    )
    return [
        heading(f"{title}, about {watched}"),
        table,
        note(
            f"About {plural(requests, 'request')} and {duration(longest)}: sources are"
            " asked side by side. Requests are estimates; ~: so are the works, by the"
            " rate at which they were cited so far."
        ),
    ]


def _why(one: PlannedAsking) -> str:
    return _LOOK_UP if one.reason == "look_up" else REASONS[one.reason]


def _budgets(plan: NightPlan) -> list[RenderableType]:
    return [
        note(
            f"{_title(one.source)}: {one.planned_count:,} of a budget of"
            f" {plural(one.credit_count, 'credit')}."
        )
        for one in plan.budgets
    ]


def _stale(plan: NightPlan) -> list[RenderableType]:
    if not plan.stale:
        return []
    table = plain_table()
    table.add_column("source")
    for name in ("works left alone", "of them overdue", "oldest answer"):
        table.add_column(name, justify="right")
    for one in plan.stale:
        oldest = f"{one.oldest:%Y-%m-%d}" if one.oldest else None
        table.add_row(
            words(_title(one.source)),
            number(one.doi_count),
            number(one.owed_count, "yellow" if one.owed_count else ""),
            words(oldest),
        )
    return [
        heading("What stays as it is"),
        table,
        note(
            "overdue: a budget did not reach so far; the next night begins with them."
        ),
    ]


def _title(source: str) -> str:
    return all_sources()[source].title
