"""NCBI: the id converter of PubMed Central, which says what else an article is called.

API     https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/
Licence bibliographic facts of the National Library of Medicine, free to use
Limit   3 requests a second for each address; `tool` and `email` name who asks.
        The keys of the E-utilities are not for the converter
Checked 2026-11-22

It describes no works, lists nothing and counts nothing. It is asked about cited DOIs,
and about citing works that are known by a PMID or a PMCID and not by a DOI, which the
registries can then be asked about. It knows only what is in PubMed Central: that an
article is not found says nothing of whether it has other names.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal
from urllib.parse import quote_plus

from pipeline.sources.base import (
    CitedDoi,
    CitingWork,
    Expectation,
    Limit,
    ParseContext,
    Plan,
    Request,
    Source,
)
from pipeline.wire.batches import batched_by_length
from pipeline.wire.body import decode_json, looks_like_html
from pipeline.wire.items import parse_items
from pipeline.wire.ncbi import WireIds, identifier_record
from schemas.identifiers import split_token
from schemas.provenance import Parsed

NAME: Final = "ncbi"

MAX_IDS: Final = 200
"""Identifiers a request. Source: the converter's documentation."""

_IDS_CHARS: Final = 6_000
"""Escaped; a longer URL was refused with 414, and servers draw the line at 8 kB."""

_SEPARATOR: Final = ","

_IdType = Literal["doi", "pmid", "pmcid"]


def requests_for_cited(cited: Sequence[CitedDoi]) -> Plan:
    """One round: all DOIs, but for those with a comma, which would be read as two."""
    dois = sorted({one.doi for one in cited if _SEPARATOR not in one.doi})
    if dois:
        yield [*_requests("doi", dois)]


def requests_for_citing(works: Sequence[CitingWork]) -> Plan:
    """One round: works without a DOI, by PMID, else by PMCID; never both in one."""
    pmids: set[str] = set()
    pmcids: set[str] = set()
    for work in works:
        if work.doi:
            continue
        if name := _first(work.tokens, "pmid"):
            pmids.add(name)
        elif name := _first(work.tokens, "pmcid"):
            pmcids.add(name)
    if pmids or pmcids:
        yield [
            *_requests("pmid", sorted(pmids)),
            *_requests("pmcid", sorted(pmcids)),
        ]


def parse(body: bytes, context: ParseContext) -> Parsed:
    """Identifiers of articles, one record an article.

    Answers of the E-utilities and of OAI are kinds not handled, but for the errors that
    come as a success.
    """
    if looks_like_html(body):
        return _error("an HTML page instead of JSON")
    try:
        value = decode_json(body)
    except ValueError as err:
        # Empty, or the beginning of JSON: an answer cut short, not another kind.
        is_damaged = bool(context.endpoint) or body.strip()[:1] in b"[{"
        return _error(str(err)) if is_damaged else Parsed(kind=None)
    if not isinstance(value, dict):
        return _error("not an object") if context.endpoint else Parsed(kind=None)
    if why := _failure(value):
        return _error(f"the server says: {why[:200]}")
    records = value.get("records")
    if not isinstance(records, list):
        return _error("no records in it") if context.endpoint else Parsed(kind=None)
    identifiers, rejects, absent = parse_items(records, WireIds, identifier_record)
    return Parsed(
        kind="records",
        received=len(records),
        identifiers=tuple(identifiers),
        rejects=tuple(rejects),
        absent=tuple(absent),
    )


def _failure(value: dict[str, Any]) -> str | None:
    """What went wrong with the whole question; None: nothing did."""
    search = value.get("esearchresult")
    if isinstance(search, dict) and search.get("ERROR"):
        return str(search["ERROR"])
    if str(value.get("status")).lower() == "error" and not value.get("records"):
        return str(value.get("message") or value.get("errmsg") or "no reason given")
    said = value.get("error")
    return str(said) if said and "records" not in value else None


def _error(why: str) -> Parsed:
    return Parsed(kind="error", soft_error=why)


def _first(tokens: Iterable[str], scheme: str) -> str | None:
    return next((name for name in tokens if name.startswith(f"{scheme}:")), None)


def _requests(idtype: _IdType, names: Sequence[str]) -> Iterator[Request]:
    for batch in batched_by_length(
        names, max_count=MAX_IDS, max_chars=_IDS_CHARS, cost=_cost
    ):
        yield _request(idtype, batch)


def _request(idtype: _IdType, names: tuple[str, ...]) -> Request:
    return Request(
        source=NAME,
        endpoint="articles",
        role="identifiers",
        path="/articles/",
        params=(
            ("tool", "citehouse"),
            ("idtype", idtype),
            ("ids", _SEPARATOR.join(map(_bare, names))),
            ("format", "json"),
            ("versions", "no"),
        ),
        subjects=names,
        divide=lambda fewer: _request(idtype, fewer),
    )


def _bare(name: str) -> str:
    return name if name.startswith("10.") else split_token(name)[1]


def _cost(name: str) -> int:
    return len(quote_plus(_bare(name) + _SEPARATOR))


SOURCE: Final = Source(
    name=NAME,
    title="NCBI id converter",
    docs_url="https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/",
    licence="public domain (facts of the National Library of Medicine)",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1",
    limits={"list": Limit(requests=3)},
    concurrency=2,
    contact_param="email",
    service="identifiers",
    lists_citing=False,
    counts_citing=False,
    requests_for_cited=requests_for_cited,
    requests_for_citing=requests_for_citing,
    parse=parse,
    # How many of the cited works are in PubMed Central lies with whoever asks.
    expect=Expectation(min_known_share=0.0, max_rejected_share=0.05),
)
