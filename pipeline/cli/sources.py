"""``citehouse sources``: what is asked, under which rules."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pipeline.cli.console import draw, invocation, write_json

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.settings import Settings, SourceSettings
    from pipeline.sources.base import Source

NAME: Final = "sources"
EXAMPLES: Final = (
    "citehouse sources",
    "citehouse sources --json",
    "citehouse sources --drift",
)


def command(
    ctx: typer.Context,
    *,
    drift: Annotated[
        bool,
        typer.Option(
            "--drift", help="Show what has changed in the shape of their answers."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the facts as JSON.")
    ] = False,
) -> int:
    """Show the sources with their licences and limits.

    With --drift: fields, words and gaps in their answers, as sampled in each run, that
    their documentation as it was read does not have.
    """
    if drift:
        from pipeline.cli.drift import show_drift

        return show_drift(invocation(ctx), as_json=as_json)
    from pipeline.sources import all_sources

    settings = invocation(ctx).settings()
    facts = [_facts(source, settings) for source in all_sources().values()]
    if as_json:
        write_json(facts)
    else:
        draw(_table(facts))
    return 0


def _facts(source: "Source", settings: "Settings") -> dict[str, Any]:
    given = settings.of(source.name)
    return {
        "name": source.name,
        "title": source.title,
        "enabled": given.is_on(needs_key=source.needs_key),
        "off": _why_off(source, given),
        "gives": _gives(source),
        "base_url": given.base_url or source.base_url,
        "docs_url": source.docs_url,
        "licence": source.licence,
        "checked_on": source.checked_on.isoformat(),
        "takes_key": source.key_header is not None,
        "has_key": given.api_key is not None,
        "requests_per_second": given.requests_per_second,
        "concurrency": source.concurrency,
        "limits": [
            {"lane": lane, "requests": limit.requests, "per_s": limit.per_s}
            for lane, limit in sorted(source.limits.items())
        ],
    }


def _why_off(source: "Source", given: "SourceSettings") -> str | None:
    if not given.enabled:
        return "off"
    is_on = given.is_on(needs_key=source.needs_key)
    return None if is_on else "off: no key"


def _gives(source: "Source") -> list[str]:
    if source.service:
        return [source.service]
    gives = []
    if source.lists_citing:
        gives.append("lists citing works")
    if source.counts_citing:
        gives.append("declares their number")
    if source.requests_for_citing is not None:
        gives.append("describes citing works")
    return gives


def _table(facts: list[dict[str, Any]]) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    from pipeline.cli.tables import note, plain_table, words

    parts: list[RenderableType] = []
    for fact in facts:
        title = words(fact["title"], "bold")
        if fact["off"]:
            title.append(f" ({fact['off']})", style="yellow")
        table = plain_table(header=False)
        table.add_column(style="dim")
        table.add_column(overflow="fold")
        for label, value in (
            ("gives", ", ".join(fact["gives"])),
            ("limits", _limits_in_words(fact)),
            ("key", _key_in_words(fact)),
            ("licence", fact["licence"]),
            ("docs", f"{fact['docs_url']} (read {fact['checked_on']})"),
            ("asked at", fact["base_url"]),
        ):
            table.add_row(f"  {label}", words(value))
        parts += [title, table, Text()]
    return Group(*parts, note("Settings: CITEHOUSE_<SOURCE>__ENABLED, __API_KEY, ..."))


def _limits_in_words(fact: dict[str, Any]) -> str:
    limits = [
        f"{limit['lane']} {limit['requests']:g} "
        + ("a second" if limit["per_s"] == 1 else f"in {limit['per_s']:g} s")
        for limit in fact["limits"]
    ]
    limits.append(f"{fact['concurrency']} at once")
    if fact["requests_per_second"] is not None:
        limits.append(f"you set {fact['requests_per_second']:g} a second")
    return ", ".join(limits)


def _key_in_words(fact: dict[str, Any]) -> str:
    if not fact["takes_key"]:
        return "takes none"
    name = f"CITEHOUSE_{fact['name'].upper()}__API_KEY"
    return "set" if fact["has_key"] else f"not set ({name})"
