"""The cited DOIs of a run: what was typed, brought to its normal form."""

from collections.abc import Iterable

from pipeline.errors import UsageError
from schemas.identifiers import normalise_doi

SHOWN = 5


def normalise_all(typed: Iterable[str]) -> dict[str, str]:
    """Normal DOI to the text it was typed as, sorted; each DOI once, first text kept.

    Raises:
        UsageError: some text is not a DOI, naming the first few; or there is none.
    """
    found: dict[str, str] = {}
    wrong: list[str] = []
    for text in typed:
        try:
            found.setdefault(normalise_doi(text), text.strip())
        except ValueError as err:
            wrong.append(str(err))
    if wrong:
        more = f" (and {len(wrong) - SHOWN} more)" if len(wrong) > SHOWN else ""
        raise UsageError("; ".join(wrong[:SHOWN]) + more)
    if not found:
        raise UsageError("no DOI given: name at least one, such as 10.5555/12345678")
    return dict(sorted(found.items()))
