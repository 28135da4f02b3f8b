"""A server of the pages that `openalex_pages.py` wrote, on this machine only.

The bodies are compressed beforehand, so it costs little; what it costs is not counted:
it is a process of its own.

    python bench/openalex_server.py DIR [--full] [--port 8701]

`--full` answers with every field, whatever was `select`ed.
"""

import argparse
import gzip
import json
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from openalex_pages import PER_PAGE, bare

DOI_RESOLVER = "https://doi.org/"


class Handler(BaseHTTPRequestHandler):
    """Answers /works and /works/doi:..., as OpenAlex does."""

    protocol_version = "HTTP/1.1"
    # One packet an answer: small ones would wait for the reader's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def __init__(self, pages: Path, by_doi: dict[str, Any], *rest: Any) -> None:  # noqa: ANN401
        self._pages = pages
        self._by_doi = by_doi
        super().__init__(*rest)

    def do_GET(self) -> None:
        """Answer one question; 404 for what there is not."""
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        name, _, value = query.get("filter", "").partition(":")
        if asked.path.startswith("/works/"):
            doi = unquote(asked.path).partition("doi:")[2]
            self._send_value(self._by_doi.get(doi))
        elif name == "cites":
            cursor = query.get("cursor", "*")
            page = int(cursor.removeprefix("page")) if cursor != "*" else 0
            self._send_file(self._pages / bare(value) / f"{page}.json.gz")
        elif name == "doi":
            dois = [doi.removeprefix(DOI_RESOLVER) for doi in value.split("|")]
            works = [self._by_doi[doi] for doi in dois if doi in self._by_doi]
            meta = {"count": len(works), "per_page": PER_PAGE, "next_cursor": None}
            self._send_value({"meta": meta, "results": works, "group_by": []})
        else:
            self._send_value(None)

    def _send_value(self, value: object) -> None:
        body = gzip.compress(json.dumps(value or {"error": "not found"}).encode())
        self._send(200 if value else 404, body)

    def _send_file(self, path: Path) -> None:
        if path.is_file():
            self._send(200, path.read_bytes())
        else:
            self._send_value(None)

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def server(folder: Path, *, full: bool, port: int = 0) -> ThreadingHTTPServer:
    """A server that is bound and not yet serving; port 0: any free one."""
    cited = json.loads((folder / "cited.json").read_bytes())
    by_doi = {work["doi"].removeprefix(DOI_RESOLVER): work for work in cited}
    pages = folder / ("full" if full else "select")
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, pages, by_doi))


def main() -> None:
    """Serve until stopped; the first line printed is the address."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    with server(asked.folder, full=asked.full, port=asked.port) as serving:
        print(f"http://127.0.0.1:{serving.server_address[1]}", flush=True)
        serving.serve_forever()


if __name__ == "__main__":
    main()
