"""How the simulator's DataCite answers: the shapes, the traps and the limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
import requests

from pipeline.simulator import kinds
from pipeline.simulator.datacite import allowance
from pipeline.simulator.options import FAST, Fault, FaultKind, Options
from pipeline.simulator.reply import Call
from pipeline.simulator.server import running
from pipeline.simulator.work import MISSING, Organisation, Person, View, Work
from pipeline.simulator.world import Citation, World, as_works
from pipeline.sources.base import CitedDoi, ParseContext, Request
from pipeline.sources.datacite import SOURCE
from schemas.provenance import Parsed

IN_DATACITE: frozenset[View] = frozenset({"datacite"})
ADA = Person("ada", "Ada", "Fox", "0000-0002-1825-0097")

NUMBERED = [
    Work(
        f"number {number}",
        f"Data set {number}",
        (2019,),
        kinds.DATASET,
        doi=f"10.5072/NUMBER.{number:04d}",
        agency="DataCite",
        known_to=IN_DATACITE,
    )
    for number in range(60)
]
ARTICLE = Work("article", "An article", (2021, 3), doi="10.5555/Article")
PREPRINT = Work(
    "preprint",
    "A preprint",
    (2020, 11, 5),
    kinds.PREPRINT,
    doi="10.48550/arXiv.2011.00001",
    arxiv="2011.00001",
    agency="DataCite",
    known_to=IN_DATACITE,
    authors=(ADA, Organisation("A Group")),
    published_as="article",
    relations=(("IsSupplementedBy", "number 1"),),
)
DATELESS = Work(
    "dateless",
    "Without a date",
    (),
    kinds.DATASET,
    doi="10.5072/a(b)<c>",
    agency="DataCite",
    known_to=IN_DATACITE,
    patches={"datacite": {"publisher": {"name": "A House"}, "titles": MISSING}},
)
WORLD = World(
    works=as_works([*NUMBERED, ARTICLE, PREPRINT, DATELESS]),
    citations=(
        Citation("preprint", "number 0", IN_DATACITE),
        Citation("preprint", "article", IN_DATACITE),
        Citation("number 1", "number 0", IN_DATACITE),
    ),
    asked=(),
    agencies={"10.5072": "DataCite", "10.48550": "DataCite", "10.5555": "Crossref"},
)


class DataCite:
    """A client of a DataCite that is not there."""

    def __init__(self, url: str, session: requests.Session) -> None:  # noqa: TID251 - as below
        self._url = url
        self._session = session

    def get(self, path: str, **more: Any) -> requests.Response:
        """The answer; no redirects, no retries."""
        return self._session.get(f"{self._url}{path}", timeout=5, **more)

    def page(self, **params: str) -> dict[str, Any]:
        """A list; underscores in names stand for brackets: page_size."""
        named = {_bracketed(name): text for name, text in params.items()}
        found: dict[str, Any] = self.get("/dois", params=named).json()
        return found


def asked(client: DataCite) -> list[tuple[Request, Parsed]]:
    """What the source asks first about all that this DataCite holds, and reads."""
    held = [CitedDoi((w.doi or "").lower()) for w in (*NUMBERED, PREPRINT, DATELESS)]
    return [
        (
            request,
            SOURCE.parse(
                client.get(request.path, params=request.params).content,
                ParseContext(request.endpoint, request.subjects),
            ),
        )
        for request in next(SOURCE.requests_for_cited(held))
    ]


def _bracketed(name: str) -> str:
    first, _, second = name.partition("_")
    return f"{first}[{second}]" if second else name


@contextmanager
def opened(options: Options) -> Iterator[DataCite]:
    with running(WORLD, options) as server, requests.Session() as session:  # noqa: TID251 - a client that is not ours
        session.trust_env = False
        yield DataCite(server.base_urls["datacite"], session)


@pytest.fixture(scope="module")
def datacite() -> Iterator[DataCite]:
    """The world above with limits that no test reaches."""
    with opened(replace(FAST, requests_per_second=5_000.0)) as client:
        yield client


def test_a_doi_is_found_in_any_case_and_any_escapes(datacite: DataCite) -> None:
    for doi in ("10.5072/Number.0007", "10.5072/A(B)<C>"):
        for path in (quote(doi, safe=""), quote(doi, safe="/")):
            answer = datacite.get(f"/dois/{path}")
            assert answer.headers["content-type"].startswith("application/json")
            data = answer.json()["data"]
            assert (data["type"], data["id"]) == ("dois", doi.lower())
            assert data["attributes"]["doi"] == doi.lower()


@pytest.mark.parametrize("doi", ["10.5072/nothing", "10.5555/article"])
def test_404_is_json_also_for_dois_of_other_agencies(
    datacite: DataCite, doi: str
) -> None:
    answer = datacite.get(f"/dois/{quote(doi, safe='')}")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["status"]) == (404, "404")


def test_a_record_is_in_the_words_of_datacite(datacite: DataCite) -> None:
    found = datacite.get("/dois/10.48550%2Farxiv.2011.00001").json()
    said = found["data"]["attributes"]
    assert said["types"]["resourceTypeGeneral"] == "Preprint"
    assert said["identifiers"][0]["identifier"] == "2011.00001"
    assert {"date": "2020-11-05", "dateType": "Issued"} in said["dates"]
    assert said["publicationYear"] == 2020
    assert [one["name"] for one in said["creators"]] == ["Fox, Ada", "A Group"]
    [orcid] = said["creators"][0]["nameIdentifiers"]
    assert orcid["nameIdentifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert [
        (one["relationType"], one["relatedIdentifier"])
        for one in said["relatedIdentifiers"]
    ] == [
        ("Cites", "10.5072/NUMBER.0000"),
        ("References", "10.5555/Article"),
        ("IsVersionOf", "10.5555/Article"),
        ("IsSupplementedBy", "10.5072/NUMBER.0001"),
    ]


def test_it_counts_who_cites_and_what_is_cited(datacite: DataCite) -> None:
    cited = datacite.get("/dois/10.5072/number.0000").json()["data"]["attributes"]
    citing = datacite.get("/dois/10.48550/arxiv.2011.00001").json()["data"]
    assert cited["citationCount"] == 2
    assert citing["attributes"]["referenceCount"] == 2


def test_patches_set_fields_and_leave_fields_out(datacite: DataCite) -> None:
    doi = quote("10.5072/a(b)<c>", safe="")
    said = datacite.get(f"/dois/{doi}").json()["data"]["attributes"]
    assert said["publisher"] == {"name": "A House"}
    assert "titles" not in said
    assert said["publicationYear"] is None
    assert [one["dateType"] for one in said["dates"]] == ["Collected"]


def test_a_query_finds_dois_in_any_case_whatever_is_escaped(
    datacite: DataCite,
) -> None:
    query = r'doi:("10.5072/NUMBER.0001" OR "10.5072\/number.0002" OR "10.5072/no")'
    page = datacite.page(query=query)
    assert [one["id"] for one in page["data"]] == [
        "10.5072/number.0001",
        "10.5072/number.0002",
    ]
    assert page["meta"]["total"] == 2
    assert datacite.page(query='doi:"10.5072/Number.0001"')["meta"]["total"] == 1


def test_ids_are_divided_at_commas(datacite: DataCite) -> None:
    page = datacite.page(ids="10.5072/NUMBER.0001,10.5072/number.0002")
    assert page["meta"]["total"] == 2


@pytest.mark.parametrize("query", ['doi:("10.5072/a" OR "b', "doi:(a)", 'doi:("a"b")'])
def test_a_query_that_cannot_be_read_is_refused(datacite: DataCite, query: str) -> None:
    answer = datacite.get("/dois", params={"query": query})
    assert (answer.status_code, answer.json()["errors"][0]["status"]) == (400, "400")


def test_a_page_holds_25_works_unless_told_otherwise(datacite: DataCite) -> None:
    query = " OR ".join(f'"{work.doi}"' for work in NUMBERED)
    usual = datacite.page(query=f"doi:({query})")
    by_ids = datacite.page(ids=",".join(work.doi or "" for work in NUMBERED))
    whole = datacite.page(query=f"doi:({query})", page_size="60")
    assert len(usual["data"]) == len(by_ids["data"]) == 25
    assert len(whole["data"]) == whole["meta"]["total"] == usual["meta"]["total"] == 60


def test_a_page_that_is_too_large_or_too_deep_is_silently_another(
    datacite: DataCite,
) -> None:
    large = datacite.page(page_size="5000")
    assert large["meta"]["totalPages"] == 1
    assert len(large["data"]) == 62
    deepest = datacite.page(page_size="1000", page_number="10")
    deeper = datacite.page(page_size="1000", page_number="11")
    assert (deeper["meta"]["page"], deeper["data"]) == (10, deepest["data"])


def test_a_walk_ends_where_there_is_no_next_page(datacite: DataCite) -> None:
    page = datacite.page(page_size="40", page_cursor="1")
    following = page["links"]["next"]
    cursor = following.partition("page%5Bcursor%5D=")[2]
    last = datacite.page(page_size="40", page_cursor=cursor)
    assert len(page["data"]) + len(last["data"]) == 62
    assert "next" not in last["links"]


def test_a_cursor_that_cannot_be_read_begins_at_the_beginning(
    datacite: DataCite,
) -> None:
    first = datacite.page(page_size="3", page_cursor="1")
    lost = datacite.page(page_size="3", page_cursor="%%%")
    assert lost["data"] == first["data"]


def test_facets_can_be_left_out(datacite: DataCite) -> None:
    plain = datacite.get("/dois", params={"disable-facets": "true"}).json()
    assert "states" in datacite.page()["meta"]
    assert "states" not in plain["meta"]


@pytest.mark.parametrize(
    ("agent", "query", "requests_allowed"),
    [
        ("tester", "", 500),
        ("tester (mailto:someone@example.org)", "", 1_000),
        ("tester", "mailto=someone@example.org", 1_000),
    ],
)
def test_who_names_a_contact_may_ask_twice_as_often(
    agent: str, query: str, requests_allowed: int
) -> None:
    call = Call("datacite", "GET", "/dois", query, {"user-agent": agent})
    allowed = allowance(call, Options())
    assert (allowed.requests, allowed.per_s) == (requests_allowed, 300)


def test_haste_is_refused_with_the_time_to_wait() -> None:
    with opened(replace(FAST, requests_per_second=1.0)) as client:
        answers = [client.get("/dois/10.5072/number.0000") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers["retry-after"] == "1"
    assert answers[1].json()["errors"][0]["status"] == "429"


def test_the_firewall_speaks_html() -> None:
    with opened(replace(FAST, faults=(Fault("block", api="datacite"),))) as client:
        answer = client.get("/dois/10.5072/number.0000")
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")


def test_a_list_that_loses_a_row_still_declares_it() -> None:
    fault = Fault("lost_row", api="datacite")
    with opened(replace(FAST, faults=(fault,))) as client:
        page = client.page(ids="10.5072/NUMBER.0001,10.5072/number.0002")
    assert (len(page["data"]), page["meta"]["total"]) == (1, 2)


def test_the_source_reads_every_record_in_two_lists_and_a_single(
    datacite: DataCite,
) -> None:
    answers = asked(datacite)
    works = {work.record_key: work for _, parsed in answers for work in parsed.works}
    assert sorted(request.endpoint for request, _ in answers) == ["doi", "dois", "dois"]
    assert [parsed.soft_error for _, parsed in answers] == [None] * 3
    assert len(works) == 62
    preprint = works["doi:10.48550/arxiv.2011.00001"]
    assert preprint.tokens[1:] == ("arxiv:2011.00001",)
    assert preprint.references == ("doi:10.5072/number.0000", "doi:10.5555/article")
    assert [link.token for link in preprint.version_links] == ["doi:10.5555/article"]
    assert preprint.authors
    assert preprint.authors[0].orcid == "0000-0002-1825-0097"
    assert works["doi:10.5072/number.0000"].cited_by_count == 2
    dateless = works["doi:10.5072/a(b)<c>"]
    assert (dateless.published_date, dateless.publisher) == (None, "A House")


@pytest.mark.parametrize("kind", ["lost_row", "short_page", "empty_list", "soft_error"])
def test_the_source_never_takes_a_part_of_a_list_for_the_whole(kind: FaultKind) -> None:
    fault = Fault(kind, api="datacite")
    with opened(replace(FAST, faults=(fault,))) as client:
        answers = asked(client)
    assert all(
        parsed.soft_error for request, parsed in answers if request.endpoint == "dois"
    )
