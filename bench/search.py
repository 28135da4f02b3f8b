"""The index of statements: time to write it, its size, and time to ask it.

Sentences are drawn from words by their frequency in English prose (Zipf), with a seed,
so that common and rare words are both there. Beside it, in the same run, what a user
would do without an index: DuckDB's `ilike` over the same sentences.

    python bench/search.py [--statements 1000000]
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

import duckdb

from warehouse.migrate import migrate
from warehouse.search import fts_query
from warehouse.search_index import index_of, write_index
from warehouse.sqlfile import sql_text

WORDS: Final = 60_000
LENGTH: Final = 24
"""Words of a sentence: the mean of 95,704 statements is 27, their median 24."""

BATCH: Final = 50_000
ASKED: Final = ("w3 w40", "w500 w1200", '"w10 w11"', "w2500", "w59*")


def main() -> None:
    """Write an index, ask it, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    count = parser.parse_args().statements
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        with closing(duckdb.connect(path)) as con:
            migrate(con)
            _fill(con, count)
            began, cpu = time.monotonic(), time.process_time()
            write_index(con, index_of(path), before=None)
            took_s, cpu_s = time.monotonic() - began, time.process_time() - cpu
            sizes = [each.stat().st_size / 1e6 for each in (index_of(path), path)]
            print(
                f"{count:,} statements: index written in {took_s:.1f} s,"
                f" {cpu_s:.1f} CPU s, {sizes[0]:,.0f} MB;"
                f" warehouse {sizes[1]:,.0f} MB"
            )
            _ask(con, index_of(path))


def _fill(con: duckdb.DuckDBPyConnection, count: int) -> None:
    dice = Random(1)  # noqa: S311 - sentences, not secrets
    weights = [1 / (n + 1) for n in range(WORDS)]
    words = [f"w{n}" for n in range(WORDS)]
    con.execute("create temp table said (n bigint, text varchar)")
    for first in range(0, count, BATCH):
        some = min(BATCH, count - first)
        drawn = dice.choices(words, weights, k=some * LENGTH)
        rows = [
            " ".join(drawn[at : at + LENGTH]) for at in range(0, some * LENGTH, LENGTH)
        ]
        con.execute(
            "insert into said select ? + row_number() over (), unnest(?)", [first, rows]
        )
    con.execute(
        "insert into core.citation_statement by name select"
        " md5(n::varchar) as statement_id, 'doi:10.5555/' || n as citing_work_id,"
        " 'doi:10.5555/cited' as cited_work_id, 0 as text_offset, text,"
        " 'other' as section, 'body' as location, ['1'] as markers, 1 as mention_count,"
        " ['r1'] as ref_ids, 'europepmc' as source, 'pmcid:PMC' || n as full_text_id,"
        " 'run' as run_id, 'GET' as request_key, md5(n::varchar) as raw_sha256,"
        " 1 as extractor_version from said"
    )


def _ask(con: duckdb.DuckDBPyConnection, index_path: Path) -> None:
    with closing(sqlite3.connect(index_path)) as index:
        for words in ASKED:
            asked = (fts_query(words), None)
            took = []
            for _ in range(5):
                began = time.perf_counter()
                [(found,)] = index.execute(sql_text("search/count.sql"), asked)
                index.execute(sql_text("search/find.sql"), (*asked, 20)).fetchall()
                took.append(1000 * (time.perf_counter() - began))
            like = " and ".join(f"text ilike '%{one}%'" for one in words.split())
            began = time.perf_counter()
            con.execute(
                f"select count(*) from core.citation_statement where {like}"  # noqa: S608
            ).fetchall()
            scanned = 1000 * (time.perf_counter() - began)
            median = statistics.median(took)
            print(
                f"{words:12} {found:>9,} found, median {median:7.1f} ms;"
                f" ilike over all {scanned:7.0f} ms"
            )


if __name__ == "__main__":
    main()
