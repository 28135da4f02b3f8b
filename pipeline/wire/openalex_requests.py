"""The questions that OpenAlex is asked, each in the form that it understands.

No list carries `corpus`: it is documented since August 2026, but the server's
published list of parameters does not know it, and an unknown parameter loses every
answer. A DOI outside the default corpus is found one by one, which knows no corpus;
citing works outside of it show as the difference between `cited_by_count` and the list.

Source: https://help.openalex.org and the server's published code, read 2026-08-22.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, TypeAlias
from urllib.parse import quote, quote_plus

from pipeline.sources.base import Request
from pipeline.wire.batches import batched_by_length
from pipeline.wire.look_up import LOOK_UP
from pipeline.wire.openalex_answer import NEXT, PER_PAGE, SINGLE
from schemas.identifiers import split_token

SELECT: Final = (
    "id,doi,ids,title,type,language,publication_date,publication_year,"
    "primary_location,best_oa_location,open_access,authorships,is_authors_truncated,"
    "is_retracted,cited_by_count,referenced_works,referenced_works_count,updated_date"
)
"""The same fields in every call: a work is the same record wherever it is met."""

LOOK_UP_SELECT: Final = "id,doi,ids,cited_by_count,updated_date"
"""A fiftieth of a record's size: what tells whether anything has moved."""

MAX_IDS: Final = 100
"""Values in one filter. Source: the server's MAX_IDS_IN_FILTER."""

MAX_LINE_BYTES: Final = 7500
"""Of the request line; the gateway refuses 8,190."""

# Lists are ordered by citation counts unless told otherwise, which change as one walks.
_STABLE_SORT: Final = "publication_date:desc"

# What a filter takes for its own: separators, negation, quotes, and "name:" inside of a
# value, which it mistakes for a second filter. Percent signs are decoded on the way.
_RISKY: Final = re.compile(r"""[,|"+'\s!%\\]|[a-z_]{2,}:""")

ListEndpoint: TypeAlias = Literal["citing", "references"]
_FILTER_OF: Final[dict[ListEndpoint, str]] = {
    "citing": "cites",
    "references": "cited_by",
}
ID_FILTERS: Final = {"pmid": "ids.pmid", "openalex": "ids.openalex"}


@dataclass(frozen=True, slots=True)
class Seed:
    """A cited work with its lists to come.

    Attributes:
        work: its OpenAlex id, bare.
        dois: the cited DOIs that led to it.
        sizes: declared length of each list; None: not known.
    """

    work: str
    dois: tuple[str, ...]
    sizes: dict[ListEndpoint, int | None]


def works_request(dois: tuple[str, ...]) -> Request:
    """Works by DOI, at most 100; their order and number in the answer are free."""
    return _filter_request("doi", dois, dois)


def work_request(doi: str) -> Request:
    """One work by DOI: free of credits only in exactly this form of the path."""
    return Request(
        source="openalex",
        endpoint=SINGLE,
        role="work",
        path=f"/works/doi:{quote(doi, safe='/:;()')}",
        subjects=(doi,),
        params=(("select", SELECT),),
    )


def look_up_request(dois: tuple[str, ...]) -> Request:
    """Whether anything has moved: works by DOI, at most 100, in a few fields."""
    return _looking(works_request(dois), LOOK_UP)


def single_look_up_request(doi: str) -> Request:
    """The same for one DOI, free of credits."""
    return _looking(work_request(doi), f"{LOOK_UP}-one")


def _looking(request: Request, endpoint: str) -> Request:
    params = tuple((dict(request.params) | {"select": LOOK_UP_SELECT}).items())
    is_list = request.divide is not None
    return replace(
        request,
        endpoint=endpoint,
        role="look_up",
        params=params,
        divide=look_up_request if is_list else None,
    )


def is_risky(doi: str) -> bool:
    """Whether a filter would misread the DOI, so that it must be asked for alone."""
    return _RISKY.search(doi) is not None


def list_request(endpoint: ListEndpoint, seeds: Sequence[Seed]) -> Request:
    """The first page of what cites some works, or of what they cite.

    The rows tell by their `referenced_works` (those of the seeds, for references)
    which seed they belong to. Subjects are the cited DOIs.
    """
    works = "|".join(seed.work for seed in seeds)
    by_doi: dict[str, list[Seed]] = {}
    for seed in seeds:
        for doi in seed.dois:
            by_doi.setdefault(doi, []).append(seed)
    return Request(
        source="openalex",
        endpoint=endpoint,
        role=endpoint,
        path="/works",
        subjects=tuple(by_doi),
        params=(
            ("filter", f"{_FILTER_OF[endpoint]}:{works}"),
            ("per_page", str(PER_PAGE)),
            ("cursor", "*"),
            ("sort", _STABLE_SORT),
            ("select", SELECT),
        ),
        divide=partial(_divided_list, endpoint, by_doi) if len(seeds) > 1 else None,
    )


def next_page(request: Request, cursor: str) -> Request:
    """The page behind an answer of a list that gave this cursor."""
    return Request(
        source=request.source,
        endpoint=request.endpoint.removesuffix(NEXT) + NEXT,
        role=request.role,
        path=request.path,
        subjects=request.subjects,
        params=tuple((dict(request.params) | {"cursor": cursor}).items()),
        page=request.page + 1,
        chain=request.chain or request.key,
    )


def _divided_list(
    endpoint: ListEndpoint, by_doi: dict[str, list[Seed]], dois: tuple[str, ...]
) -> Request:
    # Two works of OpenAlex may have one DOI.
    seeds = {seed.work: seed for doi in dois for seed in by_doi[doi]}
    return list_request(endpoint, list(seeds.values()))


def ids_request(scheme: str, names: tuple[str, ...]) -> Request:
    """Works by another identifier than a DOI; names are tokens of one scheme."""
    values = tuple(split_token(name)[1] for name in names)
    request = _filter_request(ID_FILTERS[scheme], values, names)
    return replace(request, endpoint="works-by-id", divide=partial(ids_request, scheme))


def _filter_request(
    name: str, values: tuple[str, ...], subjects: tuple[str, ...]
) -> Request:
    return Request(
        source="openalex",
        endpoint="works",
        role="work",
        path="/works",
        subjects=subjects,
        params=(
            ("filter", f"{name}:{'|'.join(values)}"),
            ("per_page", str(PER_PAGE)),
            ("select", SELECT),
        ),
        divide=works_request,
    )


def batches(values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The values of one filter, as many a batch as server and gateway allow."""
    frame = len(_filter_request("ids.openalex", (), ()).key) + len(" HTTP/1.1")
    return batched_by_length(
        values,
        max_count=MAX_IDS,
        max_chars=MAX_LINE_BYTES - frame,
        cost=lambda value: len(quote_plus(value)) + len(quote_plus("|")),
    )
