"""Citation statements: how many articles a CPU second, beside a peer and a floor.

Each article of a folder is read into memory first; then, in the same process and in
turns, the floor (parsing alone), Citehouse (all statements of all cited works) and
pubmed_parser (its paragraphs and its references, as its users call them) go over the
same bytes. The best of three rounds counts. Also: how many of the citations stand in a
statement, and the time of one article of growing length.

    python bench/statements.py FOLDER [--peer PYTHON] [--rounds 3]
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.statements.article import article_of
from pipeline.statements.extract import extract

PEER: Final = """
import contextlib, io, json, sys, time
from pathlib import Path
import pubmed_parser
paths = sorted(Path(sys.argv[1]).glob("*.xml"))
best, failed = None, 0
for _ in range(int(sys.argv[2])):
    began, failed = time.process_time(), 0
    for path in paths:
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                pubmed_parser.parse_pubmed_paragraph(str(path), all_paragraph=True)
                pubmed_parser.parse_pubmed_references(str(path))
            except Exception:
                failed += 1
    took = time.process_time() - began
    best = took if best is None else min(best, took)
print(json.dumps([best, failed]))
"""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", help="a Python that has pubmed_parser")
    parser.add_argument("--rounds", type=int, default=3)
    words = parser.parse_args()
    bodies = [_body(path) for path in sorted(words.folder.glob("*.xml*"))]
    print(f"{len(bodies):,} articles, {sum(map(len, bodies)) / 1e6:.0f} MB")
    _coverage(bodies)
    floor = _best(words.rounds, lambda: _each(article_of, bodies))
    ours = _best(words.rounds, lambda: _each(extract, bodies))
    _line("floor: lxml alone", len(bodies), floor, ours)
    _line("Citehouse", len(bodies), ours, ours)
    if words.peer:
        took, failed = _peer(words.peer, bodies, words.rounds)
        _line(f"pubmed_parser ({failed} failed)", len(bodies), took, ours)
    _growth(max(bodies, key=len))


def _body(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def _coverage(bodies: Sequence[bytes]) -> None:
    found = [extract(body) for body in bodies]
    placed = sum(one.placed_count for one in found)
    cited = sum(one.citation_count for one in found)
    print(
        f"{sum(len(one.statements) for one in found):,} statements;"
        f" {placed:,} of {cited:,} citations stand in one ({placed / cited:.2%});"
        f" {sum(one.left_out_count for one in found):,} in sub-articles left out"
    )


def _each(read: Callable[[bytes], object], bodies: Sequence[bytes]) -> None:
    """Keeps no result, as the peer's are not kept: none pays for another's memory."""
    for body in bodies:
        read(body)


def _best(rounds: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def _peer(python: str, bodies: Sequence[bytes], rounds: int) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as folder:
        for number, body in enumerate(bodies):
            (Path(folder) / f"{number:05d}.xml").write_bytes(body)
        done = subprocess.run(  # noqa: S603 - a Python that the caller names
            [python, "-c", PEER, folder, str(rounds)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    took, failed = json.loads(done.stdout)
    return took, failed


def _line(name: str, count: int, took: float, ours: float) -> None:
    print(f"  {name:32} {count / took:7.0f} articles a CPU s, ratio {took / ours:5.2f}")


def _growth(body: bytes) -> None:
    """The longest article with its body once, twice, four and eight times."""
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False))
    inside = [etree.tostring(child) for child in root.find("body")]
    print("the longest article, repeated:")
    for times in (1, 2, 4, 8):
        for child in list(root.find("body"))[: 0 if times == 1 else None]:
            root.find("body").remove(child)
        if times > 1:
            for piece in inside * times:
                root.find("body").append(
                    etree.fromstring(piece, etree.XMLParser(resolve_entities=False))
                )
        whole = etree.tostring(root)
        took = _best(3, lambda whole=whole: extract(whole))
        print(
            f"  {len(whole) / 1e6:6.2f} MB {1000 * took:7.1f} ms"
            f" {len(whole) / 1e6 / took:6.1f} MB/s"
        )


if __name__ == "__main__":
    sys.exit(main())
