"""``citehouse search``: words in the statements of the warehouse."""

from typing import Annotated, Final

import typer

from pipeline.cli.console import draw, invocation, write_model
from pipeline.errors import UsageError

NAME: Final = "search"
EXAMPLES: Final = (
    "citehouse search blue lamps",
    "citehouse search '\"no effect\" -mice' --cited 10.7717/peerj.4375",
    "citehouse search 'replicat*' --limit 1000 --json | jq .statements",
)


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help='All of them must be there; "in quotation marks" one after the other.',
        ),
    ],
    *,
    cited: Annotated[
        str | None,
        typer.Option(metavar="DOI", help="Only statements about this work."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the statements as JSON.")
    ] = False,
) -> int:
    """Find citation statements by their words, best first.

    In any form and case: `supports` finds `supported`. A word with * at its end stands
    for all that begin so. Reads the published warehouse and asks no source.
    """
    from schemas.identifiers import normalise_doi
    from warehouse.errors import NotHeld
    from warehouse.search import search_statements

    call = invocation(ctx)
    home = call.settings().home
    try:
        doi = normalise_doi(cited) if cited else None
        found = search_statements(home, " ".join(words), cited_doi=doi, limit=limit)
    except NotHeld as err:
        raise UsageError(
            f"{err} was never asked about in {home}; run"
            f" `{call.command('refresh', str(err))}` first"
        ) from err
    except ValueError as err:
        raise UsageError(str(err)) from err
    if as_json:
        write_model(found)
        return 0
    from pipeline.cli.statement_text import found_statements

    draw(found_statements(found))
    return 0
