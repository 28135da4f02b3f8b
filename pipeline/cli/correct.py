"""``citehouse correct``: a person's say in the stance of a statement."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import Invocation, invocation, write_data
from pipeline.cli.progress import shown_progress
from schemas.stance import Reviewed

if TYPE_CHECKING:
    from pipeline.correct import Corrected

NAME: Final = "correct"
EXAMPLES: Final = (
    "citehouse correct 3f2a9c01 --stance contrasting --by 'Ada Ek' --why 'see table 2'",
    "citehouse corrections list",
)


def command(
    ctx: typer.Context,
    statement: Annotated[
        str,
        typer.Argument(
            metavar="STATEMENT",
            help="Its statement_id, or the first 8 characters or more.",
        ),
    ],
    *,
    stance: Annotated[Reviewed, typer.Option(help="What it is.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who says so.")],
    why: Annotated[str, typer.Option(metavar="TEXT", help="Kept with the verdict.")],
) -> int:
    """Say what the stance of a statement is; it counts at once.

    In all tables, also after rebuilds and under newer classifiers. If several people
    disagree about a statement, the classifier decides, and it is shown as disputed.
    `citehouse search --json` and `report --json` print ids of statements. Prints the id
    of the verdict to stdout; `citehouse corrections` lists, undoes and exports them.
    """
    from pipeline.correct import correct

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = correct(
            call.settings(),
            statement,
            stance=stance,
            reviewer=by,
            reason=why,
            observe=observer,
        )
    return tell(call, made)


def tell(call: Invocation, made: "Corrected") -> int:
    """The id as data, for scripts; what it has done as a message, for people."""
    from pipeline.cli.corrections_text import told

    name = made.decision.decision_id
    write_data(f"{name}\n")
    for sentence in made.taken_up:
        call.say(sentence)
    call.say("\n".join(told(made)))
    if made.undone is None:
        call.say(f"To take it back: {call.command('corrections', 'undo', name)}")
    return 0
