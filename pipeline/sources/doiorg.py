"""doi.org: which registration agency a DOI prefix belongs to.

API     https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation
Licence none stated; single facts about prefixes
Limit   no figure published and known to be strict since 2026-03: 2 requests a second
Checked 2026-11-22

Asked once for each prefix, never for each DOI. Agencies are named as doi.org does:
``Crossref``, ``DataCite``, ``mEDRA``, ``JaLC``, and for a few prefixes ``Unknown``.
Content negotiation (CSL JSON) is read where it is at hand, but not asked for.
"""

import datetime as dt
import html
import re
from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from pipeline.sources.base import (
    CitedDoi,
    Expectation,
    Limit,
    ParseContext,
    Plan,
    Request,
    Source,
)
from pipeline.wire.batches import batched_by_length
from pipeline.wire.body import decode_json, looks_like_html
from pipeline.wire.csl import CslItem, csl_record
from pipeline.wire.items import parse_items
from schemas.provenance import Absent, AgencyRecord, Parsed

NAME: Final = "doiorg"

_PREFIXES_A_REQUEST: Final = 50
_PATH_CHARS: Final = 1_000
_PREFIX: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*")
_DOES_NOT_EXIST: Final = "doi does not exist"

_TITLE: Final = re.compile(rb"<title>([^<]*)</title>", re.IGNORECASE)
_DOI_ON_PAGE: Final = re.compile(r">\s*(10(?:\.\d+)*/[^\s<]+)\s*<")


class AgencyRow(BaseModel):
    """What doi.org says of one prefix or DOI: an agency, or why it names none."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    doi: str = Field(alias="DOI")
    agency: str | None = Field(default=None, alias="RA")
    status: str | None = None


def requests_for_cited(cited: Sequence[CitedDoi]) -> Plan:
    """One round: the distinct prefixes of the DOIs whose agency is not known yet."""
    prefixes = sorted({_prefix(one.doi) for one in cited if one.agency is None})
    if prefixes:
        yield [
            _agency_request(batch)
            for batch in batched_by_length(
                prefixes,
                max_count=_PREFIXES_A_REQUEST,
                max_chars=_PATH_CHARS,
                cost=lambda prefix: len(prefix) + 1,
            )
        ]


def parse(body: bytes, context: ParseContext) -> Parsed:
    """Agencies, a CSL record, or the page that says that there is no such DOI.

    BibTeX, formatted citations and the handle API are kinds not handled.
    """
    if looks_like_html(body):
        return _parse_page(body, context)
    try:
        value = decode_json(body)
    except ValueError as err:
        # Empty, or the beginning of JSON: an answer cut short, not another kind.
        is_damaged = bool(context.endpoint) or body.strip()[:1] in b"[{"
        return _error(str(err)) if is_damaged else Parsed(kind=None)
    if isinstance(value, list):
        return _parse_agencies(value)
    if context.endpoint:
        return _error("not a list")
    is_csl = isinstance(value, dict) and "DOI" in value and "RA" not in value
    return _parse_csl(value) if is_csl else Parsed(kind=None)


def agency_record(index: int, row: AgencyRow) -> AgencyRecord | Absent:
    """The agency of a prefix; of a whole DOI, that of its prefix.

    That a whole DOI does not exist says nothing of its prefix: it is absent.

    Raises:
        ValueError: neither a prefix nor a DOI, or no agency and another status.
    """
    prefix = _prefix(row.doi)
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(row.status or "DOI: not a prefix (expected 10.NNNN)")
    if row.agency:
        return AgencyRecord(index=index, prefix=prefix, agency=row.agency)
    if (row.status or "").strip().lower() != _DOES_NOT_EXIST:
        raise ValueError(row.status or "neither an agency (RA) nor a status")
    if "/" in row.doi:
        return Absent(index=index, subject=row.doi.strip().lower(), cause="not found")
    return AgencyRecord(index=index, prefix=prefix, agency=None)


def _parse_agencies(rows: list[object]) -> Parsed:
    agencies, rejects, absent = parse_items(rows, AgencyRow, agency_record)
    return Parsed(
        kind="agencies",
        received=len(rows),
        agencies=tuple(agencies),
        rejects=tuple(rejects),
        absent=tuple(absent),
    )


def _parse_csl(item: object) -> Parsed:
    works, rejects, absent = parse_items([item], CslItem, csl_record)
    return Parsed(
        kind="csl",
        received=1,
        works=tuple(works),
        rejects=tuple(rejects),
        absent=tuple(absent),
    )


def _parse_page(body: bytes, context: ParseContext) -> Parsed:
    found = _TITLE.search(body)
    title = found.group(1).decode("utf-8", errors="replace").strip() if found else ""
    if title.lower().removeprefix("error:").strip() != "doi not found":
        return _error(f"an HTML page instead of JSON: {title[:100] or 'no title'}")
    subject = context.subjects[0] if context.subjects else _doi_on_page(body)
    absent = Absent(index=0, subject=subject, cause="not found")
    return Parsed(kind="not-found", received=1, absent=(absent,))


def _doi_on_page(body: bytes) -> str:
    found = _DOI_ON_PAGE.search(body.decode("utf-8", errors="replace"))
    return html.unescape(found.group(1)).lower() if found else ""


def _error(why: str) -> Parsed:
    return Parsed(kind="error", soft_error=why)


def _agency_request(prefixes: tuple[str, ...]) -> Request:
    return Request(
        source=NAME,
        endpoint="ra",
        role="agency",
        path=f"/ra/{','.join(prefixes)}",
        subjects=prefixes,
        divide=_agency_request,
    )


def _prefix(doi: str) -> str:
    return doi.strip().lower().partition("/")[0]


SOURCE: Final = Source(
    name=NAME,
    title="doi.org",
    docs_url="https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation",
    licence="none stated",
    checked_on=dt.date(2026, 11, 22),
    base_url="https://doi.org",
    limits={"list": Limit(requests=2)},
    concurrency=1,
    requests_for_cited=requests_for_cited,
    parse=parse,
    service="registration agencies",
    lists_citing=False,
    counts_citing=False,
    expect=Expectation(min_known_share=0.5, max_rejected_share=0.05),
)
