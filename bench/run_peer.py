"""One contender: what a user would run instead, or a floor that nobody can be below.

    python bench/run_peer.py NAME DIR URL OUT TARGETS

NAME: `dlt`, `dlt-tuned`, `pyalex`, `pyalex-threads`, `requests`, `pydantic`. Needs the
environment of the peers, see README.md; nothing of Citehouse is imported.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SELECT = (
    "id,doi,ids,title,type,language,publication_date,publication_year,"
    "primary_location,best_oa_location,open_access,authorships,is_authors_truncated,"
    "is_retracted,cited_by_count,referenced_works,referenced_works_count,updated_date"
)
"""As Citehouse asks: `pipeline.wire.openalex_requests.SELECT`."""

PER_PAGE = 100
THREADS = 8
"""As many as Citehouse by default: `threads` in `pipeline.settings`."""


def with_dlt(cited: list[Json], url: str, out: Path, *, is_tuned: bool) -> int:
    """The whole items into DuckDB; tuned: by way of Parquet, nested data as JSON."""
    import dlt
    from dlt.sources.rest_api import rest_api_source

    if is_tuned:
        dlt.config["data_writer.disable_compression"] = True
        dlt.config["extract.workers"] = 4

    @dlt.resource(name="targets", selected=False)
    def targets() -> Iterator[list[Json]]:
        yield [{"doi": work["doi"], "id": bare(work["id"])} for work in cited]

    pages = {"type": "cursor", "cursor_path": "meta.next_cursor"}
    source = rest_api_source(
        {
            "client": {
                "base_url": f"{url}/",
                "paginator": pages | {"cursor_param": "cursor"},
            },
            "resource_defaults": {"parallelized": True},
            "resources": [
                targets(),
                {
                    "name": "citing",
                    "include_from_parent": ["doi"],
                    "endpoint": {
                        "path": "works",
                        "data_selector": "results",
                        "params": {
                            "filter": "cites:{resources.targets.id}",
                            "per_page": PER_PAGE,
                            "cursor": "*",
                            "select": SELECT,
                        },
                    },
                },
            ],
        }
    )
    if is_tuned:
        source.max_table_nesting = 0
    pipeline = dlt.pipeline(
        "peer",
        destination=dlt.destinations.duckdb(str(out / "peer.duckdb")),
        dataset_name="openalex",
        pipelines_dir=str(out / "pipelines"),
    )
    pipeline.run(source, loader_file_format="parquet" if is_tuned else None)
    with pipeline.sql_client() as client:
        return int(client.execute_sql("select count(*) from citing")[0][0])


def with_pyalex(cited: list[Json], url: str, out: Path, *, threads: int) -> int:
    """A flat row a citing work, by pandas into DuckDB, with one aggregate table."""
    import duckdb
    import pandas as pd
    import pyalex.api
    from pyalex import Works

    # The host is written into version 0.21.
    unparse: Callable[..., str] = pyalex.api.urlunparse
    host = url.removeprefix("http://")
    pyalex.api.urlunparse = lambda parts: unparse(("http", host, *parts[2:]))

    def rows_of(target: Json) -> list[Json]:
        asked = Works().filter(cites=bare(target["id"])).select(SELECT.split(","))
        pages = asked.paginate(per_page=PER_PAGE, n_max=None)
        return [flat(target["doi"], work) for page in pages for work in page]

    if threads > 1:
        with ThreadPoolExecutor(threads) as pool:
            rows = [row for rows in pool.map(rows_of, cited) for row in rows]
    else:
        rows = [row for target in cited for row in rows_of(target)]
    frame = pd.DataFrame(rows)
    with duckdb.connect(str(out / "peer.duckdb")) as con:
        con.register("frame", frame)
        con.execute("create table citing as select * from frame")
        con.execute(
            "create table by_year_and_type as "
            "select cited, publication_year, type, count(*) from citing group by all"
        )
    return len(frame)


def flat(cited: str, work: Json) -> Json:
    """The fields of a work that its own table would hold; nested ones as texts."""
    location = work["primary_location"] or {}
    venue = location.get("source") or {}
    return {
        "cited": cited,
        **{name: work[name] for name in PLAIN},
        "pmid": work["ids"].get("pmid"),
        "journal": venue.get("display_name"),
        "issn_l": venue.get("issn_l"),
        "publisher": venue.get("host_organization_name"),
        "licence": location.get("license"),
        "oa_url": (work["open_access"] or {}).get("oa_url"),
        "authors": [one["author"]["display_name"] for one in work["authorships"]],
        "orcids": [one["author"]["orcid"] for one in work["authorships"]],
        "referenced_works": work["referenced_works"],
    }


PLAIN = (
    *("id", "doi", "title", "type", "language", "publication_date"),
    *("publication_year", "is_retracted", "cited_by_count", "referenced_works_count"),
)


def with_requests(cited: list[Json], url: str, _: Path) -> int:
    """Floor: the bodies, inflated by requests, and a look for the next cursor."""
    return sum(PER_PAGE for _ in bodies(cited, url))


def with_pydantic(cited: list[Json], url: str, _: Path) -> int:
    """Floor: the same, and each body through a typed model of the fields we use."""
    from pydantic import BaseModel

    class Venue(BaseModel):
        display_name: str | None = None
        issn_l: str | None = None
        issn: list[str] | None = None
        host_organization_name: str | None = None

    class Location(BaseModel):
        source: Venue | None = None
        license: str | None = None
        landing_page_url: str | None = None
        pdf_url: str | None = None

    class Author(BaseModel):
        id: str | None = None
        display_name: str | None = None
        orcid: str | None = None

    class Authorship(BaseModel):
        author: Author | None = None
        author_position: str | None = None

    class Work(BaseModel):
        id: str
        doi: str | None = None
        ids: dict[str, str] | None = None
        title: str | None = None
        type: str | None = None
        language: str | None = None
        publication_date: str | None = None
        publication_year: int | None = None
        primary_location: Location | None = None
        best_oa_location: Location | None = None
        authorships: list[Authorship] | None = None
        is_retracted: bool | None = None
        cited_by_count: int | None = None
        referenced_works: list[str] | None = None

    class Page(BaseModel):
        results: list[Work]

    return sum(
        len(Page.model_validate_json(body).results) for body in bodies(cited, url)
    )


def bodies(cited: list[Json], url: str) -> Iterator[bytes]:
    """The pages of each target's list, one after the other."""
    import requests

    session = requests.Session()
    for work in cited:
        cursor = "*"
        while cursor:
            asked = {
                "filter": f"cites:{bare(work['id'])}",
                "per_page": PER_PAGE,
                "cursor": cursor,
                "select": SELECT,
            }
            body = session.get(f"{url}/works", params=asked).content
            yield body
            found = body.find(b'"next_cursor":"', 0, 1000)
            cursor = body[found + 15 : found + 40].split(b'"')[0].decode()
            cursor = cursor if found >= 0 else ""


def bare(name: str) -> str:
    """``W1`` of ``https://openalex.org/W1``."""
    return name.rpartition("/")[2]


PEERS: dict[str, Callable[[list[Json], str, Path], int]] = {
    "dlt": lambda cited, url, out: with_dlt(cited, url, out, is_tuned=False),
    "dlt-tuned": lambda cited, url, out: with_dlt(cited, url, out, is_tuned=True),
    "pyalex": lambda cited, url, out: with_pyalex(cited, url, out, threads=1),
    "pyalex-threads": lambda cited, url, out: with_pyalex(
        cited, url, out, threads=THREADS
    ),
    "requests": with_requests,
    "pydantic": with_pydantic,
}


def main() -> None:
    """Run the peer on the first TARGETS works and print how many rows it has."""
    name, pages, url, out, targets = sys.argv[1:]
    cited = json.loads((Path(pages) / "cited.json").read_bytes())[: int(targets)]
    folder = Path(out)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"received {PEERS[name](cited, url, folder)}")


if __name__ == "__main__":
    main()
