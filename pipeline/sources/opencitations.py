"""OpenCitations: open citations (Index v2), and what its Meta knows of the works.

API     https://api.opencitations.net/index/v2 and /meta/v1
Licence CC0
Limit   180 requests a minute for each address, over both; no headers tell what is left
Checked 2026-11-22

An empty list of citations says little: the server answers ``[]`` to an identifier it
does not know, to a work that nothing cites, and when its own look-up fails. So three
questions are asked of each cited DOI: its Meta record, the list, and the count. Zero is
known only where Meta holds the DOI and the count is 0; a count above 0 beside an empty
list is a failed list. The count may be below the number of rows: it counts citing works
once that have several OMIDs.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from pipeline.sources.base import (
    CitedDoi,
    CitingWork,
    Expectation,
    Limit,
    Night,
    ParseContext,
    Plan,
    Request,
    Source,
)
from pipeline.wire.batches import batched_by_length
from pipeline.wire.body import decode_json, looks_like_html
from pipeline.wire.items import parse_items
from pipeline.wire.opencitations import (
    CountRow,
    IndexRow,
    citation_record,
    count_record,
    csv_rows,
)
from pipeline.wire.opencitations_meta import (
    FormerRow,
    MetaRow,
    former_record,
    work_record,
)
from schemas.citation import CitationRecord
from schemas.identifiers import sorted_tokens, split_token
from schemas.provenance import AnswerClass, CountRecord, Parsed, Role
from schemas.work import WorkRecord

NAME: Final = "opencitations"

META_BATCH: Final = 10
"""14 identifiers succeed and 15 are an error 500 (opencitations-client 0.1.0)."""

_META_PATH_CHARS: Final = 1_500
_SEPARATOR: Final = "__"
_BREAKS_QUERY: Final = frozenset("'\"\\")
"""Put unescaped into a query by the server; alone, they cost no neighbour."""

_META_SCHEMES: Final = frozenset({"doi", "omid", "openalex", "pmid", "pmcid"})

_KINDS: Final = {
    "metadata": "works",
    "citations": "citations",
    "references": "citations",
    "citation-count": "count",
}


def requests_for_cited(cited: Sequence[CitedDoi]) -> Plan:
    """One round: Meta in batches, and for each DOI the list and the count."""
    dois = sorted({one.doi for one in cited})
    if dois:
        yield [
            *_metadata_requests(dois),
            *(_index_request("citations", "citing", doi) for doi in dois),
            *(_index_request("citation-count", "count", doi) for doi in dois),
        ]


def requests_for_citing(works: Sequence[CitingWork]) -> Plan:
    """One round: Meta in batches, by DOI where it can be asked, else by another name.

    A work is left out if Meta can be asked about none of its identifiers.
    """
    subjects = {
        subject
        for work in works
        if NAME not in work.described_by and (subject := _askable(work.tokens))
    }
    if requests := [*_metadata_requests(sorted(subjects))]:
        yield requests


def recognise(
    status: int, headers: Mapping[str, str], body: bytes
) -> AnswerClass | None:
    """A bad token is a 403 in plain text; a 404 of an operation is a bad question."""
    content_type = headers.get("content-type", "").lower()
    if status == 403 and not looks_like_html(body) and "html" not in content_type:  # noqa: PLR2004 - HTTP
        return "auth"
    if status == 404 and b"operation" in body[:500].lower():  # noqa: PLR2004 - HTTP
        return "client"
    return None


def parse(body: bytes, context: ParseContext) -> Parsed:
    """Citations, Meta records or a count.

    Reads Index v2, Meta v1, Index v1 (bare DOIs; its own metadata) and the CSV dumps.
    An empty list that stands alone is ``empty``: it may be the answer to anything.
    Answers of the SPARQL end points are a kind that is not handled.
    """
    if looks_like_html(body):
        return _error("an HTML page instead of JSON")
    try:
        rows = csv_rows(body)
        value = decode_json(body) if rows is None else rows
    except ValueError as err:
        return _error(str(err))
    if isinstance(value, str):
        return _error(f"the server says: {value[:200]}")
    if not isinstance(value, list):
        return _error("not a list") if context.endpoint else Parsed(kind=None)
    return _parse_rows(value, context.endpoint)


def _parse_rows(rows: list[object], endpoint: str | None) -> Parsed:
    kind = _KINDS.get(endpoint) if endpoint else _kind_of(rows)
    works: list[WorkRecord] = []
    citations: list[CitationRecord] = []
    counts: list[CountRecord] = []
    if kind == "works":
        works, rejects, absent = parse_items(rows, MetaRow, work_record)
    elif kind == "v1-metadata":
        works, rejects, absent = parse_items(rows, FormerRow, former_record)
    elif kind == "citations":
        citations, rejects, absent = parse_items(rows, IndexRow, citation_record)
    elif kind == "count":
        counts, rejects, absent = parse_items(rows, CountRow, count_record)
    else:
        return Parsed(kind=kind)
    return Parsed(
        kind=kind,
        received=len(rows),
        works=tuple(works),
        citations=tuple(citations),
        counts=tuple(counts),
        rejects=tuple(rejects),
        absent=tuple(absent),
    )


def _kind_of(rows: list[object]) -> str | None:
    """What a list is that stands alone; an empty one may be the answer to anything."""
    if not rows:
        return "empty"
    columns = next((set(row) for row in rows if isinstance(row, dict)), set())
    if "oci" in columns or {"citing", "cited"} <= columns:
        return "citations"
    if "count" in columns:
        return "count"
    if {"doi", "source_title", "citation_count"} <= columns:
        return "v1-metadata"
    return "works" if {"id", "title", "type"} <= columns else None


def _error(why: str) -> Parsed:
    return Parsed(kind="error", soft_error=why)


def _metadata_requests(subjects: Sequence[str]) -> Iterator[Request]:
    """Meta requests for bare DOIs and tokens.

    DOIs that hold the separator are left out: Meta would read them as two identifiers.
    """
    askable = [subject for subject in subjects if _SEPARATOR not in subject]
    plain = [subject for subject in askable if not _goes_alone(subject)]
    for batch in batched_by_length(
        plain,
        max_count=META_BATCH,
        max_chars=_META_PATH_CHARS,
        cost=lambda subject: len(_pid(subject)) + len(_SEPARATOR),
    ):
        yield _metadata_request(batch)
    for subject in askable:
        if _goes_alone(subject):
            yield _metadata_request((subject,))


def _goes_alone(subject: str) -> bool:
    # One underscore at the end would move the separator behind it by a character.
    return bool(_BREAKS_QUERY & set(subject)) or subject.endswith("_")


def _index_request(endpoint: str, role: Role, doi: str) -> Request:
    path = f"/index/v2/{endpoint}/{_pid(doi)}"
    return Request(
        source=NAME, endpoint=endpoint, role=role, path=path, subjects=(doi,)
    )


def _metadata_request(subjects: tuple[str, ...]) -> Request:
    pids = _SEPARATOR.join(_pid(subject) for subject in subjects)
    return Request(
        source=NAME,
        endpoint="metadata",
        role="work",
        path=f"/meta/v1/metadata/{pids}",
        subjects=subjects,
        divide=_metadata_request,
    )


def _pid(subject: str) -> str:
    """A bare DOI or a token, as it stands in a path."""
    scheme, value = ("doi", subject) if subject[:3] == "10." else split_token(subject)
    return f"{scheme}:{quote(value, safe='/')}"


def _askable(tokens: Sequence[str]) -> str | None:
    """The best identifier to ask Meta by; DOIs come bare, others as tokens."""
    known = [found for found in tokens if split_token(found)[0] in _META_SCHEMES]
    safe = [
        found
        for found in known
        if _SEPARATOR not in found and not _BREAKS_QUERY & set(found)
    ]
    best = next(iter(sorted_tokens(safe or known)), None)
    return best.removeprefix("doi:") if best else None


SOURCE: Final = Source(
    name=NAME,
    title="OpenCitations",
    docs_url="https://api.opencitations.net/index/v2",
    licence="CC0 1.0",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://api.opencitations.net",
    # A little below 180, so that no difference between two clocks goes above it.
    limits={"list": Limit(requests=170, per_s=60.0)},
    concurrency=4,
    requests_for_cited=requests_for_cited,
    requests_for_citing=requests_for_citing,
    is_last_resort=True,
    parse=parse,
    recognise=recognise,
    # Raw, without "Bearer"; it only feeds the provider's usage statistics.
    key_header=("authorization", "{}"),
    expect=Expectation(min_known_share=0.5, max_rejected_share=0.01),
    night=Night(
        # A list and a count a work, at 170 a minute: 100,000 works in 28 nights are 42
        # minutes a night. Its index grows by dumps, some weeks apart.
        round_nights=28,
        requests=lambda citing: 2 + 1 / META_BATCH,  # noqa: ARG005 - a list is one page
    ),
)
