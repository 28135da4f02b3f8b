"""OpenCitations Index on the wire: citations and counts, as JSON or in the CSV dumps.

Source: https://api.opencitations.net/index/v2 and the server's own code
(github.com/opencitations/oc_api), read 2026-11-22.
"""

import csv
import io
import re
from collections.abc import Callable
from typing import Annotated, Final

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.wire.items import no_flag
from schemas.citation import CitationRecord
from schemas.identifiers import (
    Scheme,
    normalise_arxiv,
    normalise_doi,
    normalise_openalex,
    normalise_pmcid,
    normalise_pmid,
    sorted_tokens,
    token,
)
from schemas.provenance import Absent, CountRecord

_INDEX_NAME: Final = re.compile(r"\[?[A-Za-z][A-Za-z ]{0,40}\]?\s{0,3}=>\s*")
"""The first versions of the API named the index before each value: ``coci => 10.1/x``.
Source: the field descriptions of Index v1 and v2; no recorded v2 answer has them."""

_OCI: Final = re.compile(r"\d+-\d+")
_OMID_IN_OCI: Final = re.compile(r"06[1-9]*0\d+")
"""The number of an OMID; the OCIs of v1 were made of encoded DOIs, from ``020`` on."""

_OMID: Final = re.compile(r"(?:br/)?(06\d+)")
_LONGEST_CELL_CHARS: Final = 2**27
_FLAGS: Final = {"yes": True, "no": False}


def _normalise_omid(text: str) -> str:
    found = _OMID.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not an OMID of a work: {text[:60]!r}")
    return f"br/{found.group(1)}"


_READERS: Final[dict[str, tuple[Scheme, Callable[[str], str]]]] = {
    "doi": ("doi", normalise_doi),
    "pmid": ("pmid", normalise_pmid),
    "pmcid": ("pmcid", normalise_pmcid),
    "arxiv": ("arxiv", normalise_arxiv),
    "openalex": ("openalex", normalise_openalex),
    "omid": ("omid", _normalise_omid),
    "meta": ("omid", _normalise_omid),  # what OMIDs were called until 2023
}


def read_pids(cell: object) -> tuple[str, ...]:
    """The tokens of a cell of identifiers, strongest first, each once.

    A cell holds identifiers of one work set apart by spaces, perhaps several DOIs; a
    bare DOI is read as one. Other schemes (ISBN, Wikidata) are left out, and so is an
    identifier that is not valid, if another one stands beside it. No identifiers, an
    empty tuple.

    Raises:
        ValueError: there are identifiers and none is valid; says why for each.
    """
    if cell is not None and not isinstance(cell, str):
        raise ValueError("identifiers must be text")
    tokens: list[str] = []
    wrong: list[str] = []
    for pid in _without_index_names(cell or "").split():
        scheme, _, value = ("doi", "", pid) if pid[:3] == "10." else pid.partition(":")
        if reader := _READERS.get(scheme.lower()):
            name, normalise = reader
            try:
                tokens.append(token(name, normalise(value)))
            except ValueError as err:
                wrong.append(str(err))
    if wrong and not tokens:
        raise ValueError("; ".join(wrong))
    return tuple(sorted_tokens(tokens))


def _without_index_names(text: str) -> str:
    return _INDEX_NAME.sub(" ", text) if "=>" in text else text


def _said(value: object) -> object:
    # Of several indexes that say the same, the first is as good as any.
    if isinstance(value, str):
        return _without_index_names(value).split("; ")[0].strip() or None
    return value


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    said = _said(value)
    return _FLAGS.get(said.lower()) if isinstance(said, str) else None


def _oci(value: object) -> object:
    said = _said(value)
    bare = said.lower().removeprefix("oci:") if isinstance(said, str) else said
    if isinstance(bare, str) and not _OCI.fullmatch(bare):
        raise ValueError("not an OCI (expected digits-digits)")
    return bare


Pids = Annotated[tuple[str, ...], BeforeValidator(read_pids)]
"""A cell of identifiers as tokens; see `read_pids`."""

Said = Annotated[str | None, BeforeValidator(_said)]
"""A text, of which the empty one says nothing."""


Count = Annotated[int, Field(ge=0, le=10**12), BeforeValidator(no_flag)]
"""A number of works; what is larger is no number of works, and no column holds it."""


class IndexRow(BaseModel):
    """A citation of the Index; in the CSV dumps the OCI's column is called ``id``."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    oci: Annotated[str, BeforeValidator(_oci)] = Field(
        validation_alias=AliasChoices("oci", "id")
    )
    citing: Pids
    cited: Pids
    creation: Said = None
    timespan: Said = None
    author_sc: Annotated[bool | None, BeforeValidator(_flag)] = None
    journal_sc: Annotated[bool | None, BeforeValidator(_flag)] = None


class CountRow(BaseModel):
    """The one row of a count, a number in text."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    count: Count


def citation_record(index: int, row: IndexRow) -> CitationRecord | Absent:
    """A citation; absent if the citing work has no identifier.

    The server leaves the cited side empty where it knows no metadata of it; since
    version 2 the OCI itself is made of the two OMIDs, so the cited one is read there.
    A work that cites itself is kept: who reads may judge it.

    Raises:
        ValueError: the cited work has no identifier either way.
    """
    if not row.citing:
        return Absent(index=index, subject=f"oci:{row.oci}", cause="no identifier")
    return CitationRecord(
        index=index,
        record_key=f"oci:{row.oci}",
        citing_tokens=row.citing,
        cited_tokens=row.cited or _cited_in_oci(row.oci),
        created=row.creation,
        timespan=row.timespan,
        author_self_citation=row.author_sc,
        journal_self_citation=row.journal_sc,
    )


def count_record(index: int, row: CountRow) -> CountRecord:
    """The number of citations that the source declares."""
    return CountRecord(index=index, declared_count=row.count)


def csv_rows(body: bytes) -> list[object] | None:
    """The rows of a CSV dump, each a mapping of column name to text.

    None if the first line is not that of a dump of citations or of Meta records.

    Raises:
        ValueError: the header is that of a dump, and the rest cannot be read as one.
    """
    header = body[:1024].split(b"\n", 1)[0].decode("utf-8-sig", errors="replace")
    columns = {name.strip().strip('"') for name in header.split(",")}
    if not ({"citing", "cited"} <= columns or {"id", "title", "type"} <= columns):
        return None
    # A cell may name thousands of authors; the module's own bound is 128 KiB.
    csv.field_size_limit(_LONGEST_CELL_CHARS)
    try:
        text = io.StringIO(body.decode("utf-8-sig"), newline="")
        return list(csv.DictReader(text, restkey="more"))
    except (UnicodeDecodeError, csv.Error) as err:
        raise ValueError(f"not readable as CSV: {err}") from err


def _cited_in_oci(oci: str) -> tuple[str, ...]:
    cited = oci.partition("-")[2]
    if not _OMID_IN_OCI.fullmatch(cited):
        raise ValueError("cited: no identifier")
    return (token("omid", f"br/{cited}"),)
