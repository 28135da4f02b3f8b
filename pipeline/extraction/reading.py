"""One full text and the works to look for in it: what a reading process does."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from pipeline.statements.article import NoArticle
from pipeline.statements.extract import extract
from schemas.statement import CitationStatement, CitedWork, Extraction, LookedFor

Outcome = Literal["statements", "no_mention", "no_reference", "rejected", "gone"]


class Job(NamedTuple):
    """A text as its bytes, and the works to look for in it.

    Attributes:
        body: None: the archive has them no more.
    """

    body: bytes | None
    cited: Sequence[LookedFor]


class Found(NamedTuple):
    """What came of one work.

    Attributes:
        why: of a rejected text; None: of others.
        statements: rows for the warehouse, without what is the same for all of them.
    """

    cited_key: str
    outcome: Outcome
    why: str | None = None
    statements: tuple[dict[str, Any], ...] = ()


def read(job: Job) -> list[Found]:
    """What the text says of each of the works, in their order. Never raises."""
    if job.body is None:
        return [Found(one.cited_key, "gone") for one in job.cited]
    try:
        found = extract(job.body, [_work(one) for one in job.cited])
    except NoArticle as err:
        return rejected(job.cited, str(err))
    except MemoryError:
        return rejected(job.cited, "more memory needed than a reader may use")
    except Exception as err:  # noqa: BLE001 - a text never stops a run
        return rejected(job.cited, f"the reader failed: {type(err).__name__}: {err}")
    return [_found(number, one, found) for number, one in enumerate(job.cited)]


def rejected(cited: Sequence[LookedFor], why: str) -> list[Found]:
    """That the text could not be read, for each of the works."""
    return [Found(one.cited_key, "rejected", why[:500]) for one in cited]


def _work(one: LookedFor) -> CitedWork:
    return CitedWork(
        title=one.title,
        also=(
            *(f"doi:{doi}" for doi in one.dois),
            *(f"pmid:{pmid}" for pmid in one.pmids),
            *(f"pmcid:{pmcid}" for pmcid in one.pmcids),
        ),
    )


def _found(number: int, one: LookedFor, extraction: Extraction) -> Found:
    rows = tuple(
        _row(offset, statement)
        for asked, offset, statement in zip(
            extraction.numbers,
            extraction.offsets,
            extraction.statements,
            strict=True,
        )
        if asked == number
    )
    if rows:
        return Found(one.cited_key, "statements", statements=rows)
    is_listed = number in extraction.listed
    return Found(one.cited_key, "no_mention" if is_listed else "no_reference")


def _row(offset: int, statement: CitationStatement) -> dict[str, Any]:
    row = {"text_offset": offset, **statement._asdict()}
    del row["cited_doi"]
    return row
