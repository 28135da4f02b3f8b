"""``citehouse classify``: statements in, stances out, a line for a line."""

import sys
from itertools import islice
from typing import TYPE_CHECKING, Final

import typer

from pipeline.cli.console import invocation, write_data, write_message

if TYPE_CHECKING:
    from schemas.stance import StatementToJudge

NAME: Final = "classify"
EXAMPLES: Final = (
    "citehouse classify < statements.jsonl > stances.jsonl",
    "citehouse statements article.xml --json | jq -c '.[] | {text, section,"
    " marker: .markers[0]}' | citehouse classify",
)

LINES_AT_ONCE: Final = 1_000
"""Some seconds of work, and a few MB."""

MAX_COMPLAINTS: Final = 20


def command(ctx: typer.Context) -> int:
    """Say whether statements support, contrast or mention.

    Reads JSON lines with "text" and, if they are known, "before", "after", "section"
    and "marker" from stdin; writes for each a line with "stance", "p_supporting",
    "p_mentioning", "p_contrasting", "confidence" and "model_version". In doubt it says
    mentioning; without a text, unclassified. A line that cannot be read is
    unclassified, too, and named on stderr (exit code 3).
    """
    from pipeline.stance.classifier import Classifier
    from schemas.report import EXIT_DONE, EXIT_INCOMPLETE

    invocation(ctx)
    classifier = Classifier()
    lines = enumerate(sys.stdin, start=1)
    wrong_count = 0
    while some := list(islice(lines, LINES_AT_ONCE)):
        statements = []
        for number, line in some:
            statement, fault = _statement(line)
            statements.append(statement)
            wrong_count += fault is not None
            if fault and wrong_count <= MAX_COMPLAINTS:
                write_message(f"classify: line {number:,}: {fault}")
        verdicts = classifier.judge(statements)
        write_data("".join(f"{one.model_dump_json()}\n" for one in verdicts))
    if wrong_count > MAX_COMPLAINTS:
        write_message(f"classify: {wrong_count:,} lines in all could not be read")
    return EXIT_INCOMPLETE if wrong_count else EXIT_DONE


def _statement(line: str) -> "tuple[StatementToJudge, str | None]":
    """The statement in a line, and what is wrong with it; then it has no text."""
    from pydantic import ValidationError

    from schemas.stance import StatementToJudge

    try:
        return StatementToJudge.model_validate_json(line), None
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        fault = f"{field}: {first['msg']}" if field else str(first["msg"])
        return StatementToJudge(text=""), fault
