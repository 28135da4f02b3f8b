"""``citehouse alerts``: who wants to know what a night has changed."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Final

import typer

from pipeline.cli.console import invocation, write_data, write_json, write_model
from pipeline.cli.examples import examples
from pipeline.errors import UsageError

NAME: Final = "alerts"

_EXIT_INCOMPLETE: Final = 3

_Json = Annotated[bool, typer.Option("--json", help="Print it all as JSON.")]


class Event(StrEnum):
    """What `--on` takes; `schemas.alert.AlertEvent`."""

    CITING = "citing"
    CONTRASTING = "contrasting"
    RETRACTION = "retraction"


app: Final = typer.Typer(
    help="Tell of new citing works, contrasts and retractions.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    epilog=examples(
        "citehouse alerts add thesis --tag thesis --to atom",
        "citehouse alerts add mine --doi 10.7717/peerj.4375"
        " --to 'mailtos://user:password@example.org'",
        "citehouse alerts add hook --on retraction --to json://hooks.example.org/in",
    )
)
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Letters, digits, - and _.")],
    *,
    to: Annotated[
        str,
        typer.Option(
            metavar="TARGET", help="atom: a feed file; else a URL as Apprise has them."
        ),
    ],
    on: Annotated[
        list[Event] | None,
        typer.Option("--on", help="What to tell; repeatable. Else: everything."),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="Of the watched works with this tag."),
    ] = None,
    doi: Annotated[
        list[str] | None,
        typer.Option("--doi", metavar="DOI", help="Of this work; repeatable."),
    ] = None,
) -> int:
    """Subscribe; of all cited works, if neither --tag nor --doi is given.

    Told is what is published from now on, in one message a night; never what is only
    new to the warehouse, as with a work that was just added.
    """
    import apprise
    from pydantic import ValidationError

    from pipeline.alerts.subscriptions import add_subscription, shown_target
    from pipeline.watch_import.take import tag_of
    from schemas.alert import ATOM, EVENTS, Subscription

    call = invocation(ctx)
    chosen = {one.value for one in on or Event}
    try:
        new = Subscription(
            name=name,
            target=to,
            on=tuple(one for one in EVENTS if one in chosen),
            tag=None if tag is None else tag_of(tag),
            dois=tuple(sorted({_normal(one) for one in doi or []})),
            added_at=dt.datetime.now(dt.UTC),
        )
    except ValidationError as err:
        why = err.errors(include_input=False)[0]["msg"]
        raise UsageError(f"not a subscription: {why}") from None
    if to != ATOM and apprise.Apprise.instantiate(to) is None:
        raise UsageError(
            f"not a target: {shown_target(new)} is no URL that Apprise understands;"
            " give atom, mailto://..., json://... (github.com/caronc/apprise/wiki)"
        )
    add_subscription(call.settings().home, new)
    call.say(f"{name}: {', '.join(new.on)} to {shown_target(new)}")
    call.say(f"Next: {call.command('alerts', 'test', name)}")
    return 0


@app.command("list", epilog=examples("citehouse alerts list"))
def list_(ctx: typer.Context, *, as_json: _Json = False) -> int:
    """Show the subscriptions; targets without their secrets."""
    from pipeline.alerts.subscriptions import read_subscriptions, shown_target

    found = read_subscriptions(invocation(ctx).settings().home)
    if as_json:
        write_json(
            [
                one.model_dump(mode="json") | {"target": shown_target(one)}
                for one in found
            ]
        )
        return 0
    for one in found:
        works = f"tag {one.tag}" if one.tag else ", ".join(one.dois) or "all works"
        write_data(
            f"{one.name}: {', '.join(one.on)} of {works} to {shown_target(one)}\n"
        )
    return 0


@app.command(epilog=examples("citehouse alerts remove thesis"))
def remove(ctx: typer.Context, name: str) -> int:
    """Take a subscription away; what waits for it is not sent any more."""
    from pipeline.alerts.subscriptions import remove_subscription

    call = invocation(ctx)
    remove_subscription(call.settings().home, name)
    call.say(f"{name}: removed")
    return 0


@app.command(epilog=examples("citehouse alerts test thesis"))
def test(ctx: typer.Context, name: str) -> int:
    """Send a message that says that it is a test."""
    from pipeline.alerts.sending import send_test

    call = invocation(ctx)
    send_test(call.settings().home, name)
    call.say(f"{name}: sent")
    return 0


@app.command(epilog=examples("citehouse alerts send"))
def send(ctx: typer.Context, *, as_json: _Json = False) -> int:
    """Send what waits now; every run does so at its end.

    Exit code 3: a target did not take its message.
    """
    from pipeline.alerts.sending import send_due

    call = invocation(ctx)
    report = send_due(call.settings().home)
    if as_json:
        write_model(report)
    else:
        write_data(f"{report.sent_count:,} sent, {report.waiting_count:,} waiting\n")
        for problem in report.problems:
            call.say(problem)
    return _EXIT_INCOMPLETE if report.problems else 0


@app.command(epilog=examples("citehouse alerts outbox --json"))
def outbox(ctx: typer.Context, *, as_json: _Json = False) -> int:
    """Show what was to be sent, and what has become of it."""
    from pipeline.alerts.sending import outbox as read_outbox

    found = read_outbox(invocation(ctx).settings().home)
    if as_json:
        write_json([one.model_dump(mode="json") for one in found])
        return 0
    for one in found:
        why = f" ({one.why})" if one.why and one.state != "sent" else ""
        message = one.message
        write_data(
            f"{message.made_at:%Y-%m-%d}  {message.subscription}  {one.state}{why}"
            f"  {message.title}\n"
        )
    return 0


def _normal(doi: str) -> str:
    from schemas.identifiers import normalise_doi

    try:
        return normalise_doi(doi)
    except ValueError as err:
        raise UsageError(str(err)) from err
