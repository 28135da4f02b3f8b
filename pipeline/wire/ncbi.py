"""NCBI's id converter on the wire: what else an article in PubMed Central is called.

Source: https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/, read 2026-11-22, and
answers of its predecessor (``/pmc/utils/idconv/v1.0/``), in which a PMID was text and
the question was not repeated in each record.
"""

from collections.abc import Callable
from typing import Final

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from schemas.identifiers import (
    Scheme,
    normalise_doi,
    normalise_pmcid,
    normalise_pmid,
    sorted_tokens,
    token,
)
from schemas.provenance import Absent, IdentifierRecord

_READERS: Final[tuple[tuple[Scheme, Callable[[str], str]], ...]] = (
    ("doi", normalise_doi),
    ("pmid", normalise_pmid),
    ("pmcid", normalise_pmcid),
)


class WireIds(BaseModel):
    """A record: the identifiers of one article, or that there is no such article.

    The versions of an article (``PMC1.2``) have one identifier, without the number.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    requested: str | None = Field(
        default=None, validation_alias=AliasChoices("requested-id", "requested_id")
    )
    status: str | None = None
    errmsg: str | None = None


def identifier_record(index: int, wire: WireIds) -> IdentifierRecord | Absent:
    """All identifiers of one article; absent if PubMed Central has not got it.

    What does not read as an identifier is left out, if another one stands beside it.

    Raises:
        ValueError: no identifier can be read; says why for each.
    """
    if (wire.status or "").strip().lower() == "error":
        offered = (wire.requested, wire.doi, wire.pmid, wire.pmcid)
        subject = next((text for text in offered if text), f"record {index}")
        return Absent(index=index, subject=subject, cause="not found")
    found: list[str] = []
    problems: list[str] = []
    for scheme, normalise in _READERS:
        if not (text := getattr(wire, scheme)):
            continue
        try:
            found.append(token(scheme, normalise(text)))
        except ValueError as err:
            problems.append(str(err))
    if not found:
        raise ValueError("; ".join(problems) or "neither doi nor pmid nor pmcid")
    key = next((name for name in found if name.startswith("pmcid:")), found[0])
    return IdentifierRecord(
        index=index, record_key=key, tokens=tuple(sorted_tokens(found))
    )
