"""`citehouse web` over HTTP: pages, charts, JSON, and what it refuses."""

import csv
import io
import json
import shutil
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import duckdb
import httpx
import pytest
from lxml import html

from schemas.cited_report import CitedReport

BAKERS = "10.5555/citehouse.bakers.2015"
UNCITED = "10.5555/citehouse.queues.2025"
NOBODY = "10.5555/citehouse.nobody-knows-this"
MANY_VALUES = "&".join(f"year={year}" for year in range(101))
OLD_RIVERS = "10.5555/citehouse.rivers.old-address"
LONG_LIST = [f"10.5555/citehouse.never-asked.{number:05}" for number in range(4_999)]


@pytest.fixture(scope="module")
def get(site: str) -> Callable[..., httpx.Response]:
    """Gets a page; the parameters of its address as keyword arguments."""

    def ask(path: str, **parameters: object) -> httpx.Response:
        return httpx.get(f"{site}{path}", params=parameters or None, timeout=60)

    return ask


def text_of(found: httpx.Response) -> str:
    return " ".join(html.fromstring(found.text).text_content().split())


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Who cites this work"),
        (f"/works/{BAKERS}", "Evening light and sleep in night-shift bakers"),
        (f"/works/{BAKERS}?show=works&order=most_cited", "71 citing works"),
        (f"/works/{UNCITED}", "Nobody cites it, as far as the sources know"),
        (f"/works/{NOBODY}", "not known"),
        ("/find?q=Évening LIGHT bakers", "Evening light and sleep"),
        ("/find?q=no such words", "None of the works"),
        ("/collections", "By a list of DOIs"),
        ("/sql", "mart.citations_by_year_and_type"),
        ("/api", "/api/tallies"),
    ],
)
def test_pages_answer_and_say_what_they_are(get, path, words):
    found = get(path)
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("text/html")
    assert words in text_of(found)


def test_a_doi_in_the_search_leads_to_its_report(get):
    found = get("/find", q=f" https://doi.org/{BAKERS.upper()} ")
    assert found.status_code == 307
    assert found.headers["location"] == f"/works/{BAKERS}"


def test_another_doi_of_a_work_shows_that_work(get):
    assert "Small rivers, large questions" in text_of(get(f"/works/{OLD_RIVERS}"))


def test_what_is_not_known_is_not_0_on_the_page(get):
    page = html.fromstring(get(f"/works/{NOBODY}").text)
    figures = [
        " ".join(one.text_content().split()) for one in page.find_class("figure")
    ]
    assert "0" not in figures
    assert figures[0] == "not known"


def test_every_number_of_a_tally_leads_to_its_rows(get):
    page = html.fromstring(get(f"/works/{BAKERS}").text)
    for label in ("Supporting", "Contrasting", "Mentioning"):
        [tally] = [
            one
            for one in page.find_class("tally")
            if one.find("dt").text_content().strip() == label
        ]
        [link] = tally.iterlinks()
        there = html.fromstring(get(link[2]).text)
        shown = int(tally.find_class("figure")[0].text_content())
        status = there.xpath("//p[@role='status']")[0].text_content()
        assert status.startswith(f"{shown} statement")


def test_facets_combine_and_their_numbers_come_true(get):
    page = html.fromstring(get(f"/works/{BAKERS}", section="results").text)
    for link in page.xpath("//aside//ul[@aria-label='Stance']//a"):
        promised = int(link.find_class("count")[0].text.strip())
        there = html.fromstring(get(link.get("href")).text)
        assert len(there.find_class("said")) == promised


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/works/10.5555/never-asked", 404, "citehouse refresh 10.5555/never-asked"),
        ("/works/nonsense", 400, "nonsense"),
        (f"/works/{BAKERS}?order=sideways", 400, "none of relevance"),
        (f"/works/{BAKERS}?show=all", 400, "neither statements nor works"),
        (f"/works/{BAKERS}?page=0", 400, "no page number"),
        (f"/works/{BAKERS}?page=99999999999999999999", 400, "no page number"),
        (f"/works/{BAKERS}?page=9999", 200, "There is no such page"),
        (f"/works/{BAKERS}?q=---", 400, "no word to look for"),
        (f"/works/{BAKERS}?q={'long ' * 200}", 400, "at most 500 characters"),
        (
            f"/works/{BAKERS}?{MANY_VALUES}",
            400,
            "at most 100 values",
        ),
        (f"/works/{BAKERS}?q=light%00bakers", 200, "Words: light"),
        (f"/works/{BAKERS}?year=99999999999999999999", 200, "Nothing has all"),
        (f"/works/{BAKERS}?relationship=cousin", 200, "Nothing has all"),
        (f"/charts/pie-light/{BAKERS}", 404, "no chart"),
        ("/collections?tag=nobody-has-this", 404, "no watched work"),
        ("/static/../app.py", 404, ""),
        ("/static/passwd", 404, "no file"),
        ("/nowhere", 404, ""),
    ],
)
def test_what_cannot_be_shown_says_why_on_a_page(get, path, status, words):
    found = get(path)
    assert found.status_code == status
    assert words in text_of(found)


def test_the_report_as_json_is_the_published_schema(get):
    found = get(f"/api/works/{BAKERS}", stance="supporting", limit=200)
    report = CitedReport.model_validate_json(found.content)
    assert report.slice_counts is not None
    assert report.slice_counts.statement_count == len(report.statements) == 4
    assert report.statement_count == 28


def test_tallies_of_many_works_come_in_one_call(get, site: str):
    asked = [BAKERS, "10.5555/never-asked", NOBODY]
    found = get("/api/tallies", doi=asked).json()
    assert [one["cited_doi"] for one in found["tallies"]] == [BAKERS, NOBODY]
    assert found["unknown"] == ["10.5555/never-asked"]
    assert found["tallies"][1]["citing_work_count"] is None
    assert httpx.post(f"{site}/api/tallies", json={"dois": asked}).json() == found
    many = {"dois": [f"10.5555/{n}" for n in range(501)]}
    assert httpx.post(f"{site}/api/tallies", json=many).status_code == 422


def test_aggregates_sum_up_to_the_tally(get):
    rows = get(f"/api/aggregates/year_and_type/{BAKERS}").json()
    assert sum(row["citing_work_count"] for row in rows) == 71
    assert get(f"/api/aggregates/moon/{BAKERS}").status_code == 422


@pytest.mark.parametrize("by", ["year", "type", "section", "journal", "author"])
def test_every_aggregate_has_rows(get, by):
    assert get(f"/api/aggregates/{by}/{BAKERS}").json()


def test_the_openapi_description_tells_of_every_json_route(get):
    described = get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/works/{doi}",
        "/api/tallies",
        "/api/aggregates/{by}/{doi}",
        "/api/query",
        "/cite/{form}/{doi}",
        "/badge/{doi}",
        "/rows/{what}/{doi}",
    }


def test_citations_and_badge_are_files(get):
    found = get(f"/cite/bibtex/{BAKERS}")
    assert found.headers["content-type"].startswith("application/x-bibtex")
    assert "Evening light and sleep in night-shift bakers" in found.text
    items = get(f"/cite/csl-json/{BAKERS}", what="citing-works").json()
    assert len(items) == 71
    assert get(f"/cite/word/{BAKERS}").status_code == 422
    assert get("/cite/ris/10.5555/never-asked").status_code == 404
    badge = get(f"/badge/{BAKERS}")
    assert badge.headers["content-type"] == "image/svg+xml"
    assert "71" in badge.text


@pytest.mark.parametrize("name", ["works", "stances", "sections"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_are_svg_without_anything_from_elsewhere(get, name, theme):
    found = get(f"/charts/{name}-{theme}/{BAKERS}")
    assert found.headers["content-type"] == "image/svg+xml"
    drawn = html.fromstring(found.content)
    assert drawn.xpath("//*[local-name()='path']")
    assert not drawn.xpath("//@href[starts-with(., 'http')]")


@pytest.mark.parametrize(
    "path",
    ["/", f"/works/{BAKERS}", "/api/tallies?doi=x", f"/badge/{BAKERS}", "/nowhere"],
)
def test_head_answers_as_get_does_without_the_body(site: str, path):
    plain = {"accept-encoding": "identity"}
    whole = httpx.get(f"{site}{path}", headers=plain, timeout=60)
    head = httpx.head(f"{site}{path}", headers=plain, timeout=60)
    assert head.status_code == whole.status_code
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.content == b""
    posted = httpx.post(f"{site}/", timeout=60)
    assert posted.status_code == 405


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"section": "results"},
        {"stance": "supporting", "order": "oldest"},
        {"q": "survey", "page": "2"},
        {"year": "0"},
    ],
)
def test_all_rows_of_a_slice_are_a_file(get, chosen):
    page = get(f"/api/works/{BAKERS}", **chosen, limit=200).json()
    found = get(f"/rows/statements/{BAKERS}", **chosen)
    assert found.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert len(rows) == page["slice_counts"]["statement_count"]
    assert [(one["statement_id"], one["text"]) for one in rows] == [
        (one["statement_id"], one["text"]) for one in page["statements"]
    ]
    assert [json.loads(one["markers"]) for one in rows] == [
        one["markers"] for one in page["statements"]
    ]
    works = get(f"/rows/citing-works/{BAKERS}", **chosen)
    listed = list(csv.DictReader(io.StringIO(works.text)))
    assert len(listed) == page["slice_counts"]["citing_work_count"]
    assert not rows or "None" not in found.text + works.text


def test_the_page_leads_to_the_rows_of_its_slice(get):
    page = get(f"/works/{BAKERS}", stance="supporting")
    (link,) = html.fromstring(page.text).xpath("//a[contains(@href, '/rows/')]/@href")
    rows = list(csv.DictReader(io.StringIO(get(link).text)))
    assert {one["stance"] for one in rows} == {"supporting"}


def test_a_collection_counts_a_work_that_cites_two_once(get):
    page = get(
        "/collections", dois=f"{BAKERS}, 10.5555/citehouse.moss.2008 10.5555/x y"
    )
    shown = text_of(page)
    assert "Not a DOI: y" in shown
    assert (
        "Never asked about in this warehouse, so not counted here: 10.5555/x" in shown
    )
    both = {"dois": [BAKERS, "10.5555/citehouse.moss.2008"]}
    tallies = httpx.post(
        f"{page.url.copy_with(path='/api/tallies', query=None)}", json=both
    )
    separate = sum(one["citing_work_count"] for one in tallies.json()["tallies"])
    assert f"{separate:,} citations" in shown
    assert get("/collection-chart/light", dois=BAKERS).status_code == 200


def test_a_long_list_of_dois_is_a_collection(site: str):
    def ask(*dois: str) -> tuple[int, str]:
        query = urlencode({"dois": "\r\n".join(dois)})  # longer than httpx sends
        host = urlsplit(site).netloc
        with closing(HTTPConnection(host, timeout=60)) as asking:
            asking.request("GET", f"/collections?{query}")
            found = asking.getresponse()
            return found.status, found.read().decode()

    status, shown = ask(BAKERS, *LONG_LIST)
    assert status == 200
    assert "and 4989 more" in shown
    status, shown = ask("10.5555/x", BAKERS, *LONG_LIST)
    assert status == 400
    assert "at most 5,000 DOIs" in shown


def test_a_tag_with_too_many_works_is_refused_not_cut(
    demo, tmp_path: Path, shell_at, serve
):
    home = tmp_path / "home"
    shutil.copytree(demo.home, home, symlinks=True)
    (tmp_path / "dois.txt").write_text(
        "\n".join(["10.5555/x", "10.5555/y", *LONG_LIST])
    )
    shell = shell_at(tmp_path)
    done = shell("--home", str(home), "watch", "import", "dois.txt", "--tag", "all")
    assert done.returncode == 0, done.stderr
    with serve(home) as address:
        found = httpx.get(f"{address}/collections", params={"tag": "all"}, timeout=60)
        (home / "watch-list.jsonl").write_text("no work\n")
        broken = httpx.get(f"{address}/collections", timeout=60)
    assert found.status_code == 400
    assert "5,001" in text_of(found)
    assert broken.status_code == 503
    assert "line 1 is not a watched work" in text_of(broken)


def test_works_that_nobody_cites_come_before_those_not_known(get):
    page = get("/collections", dois=f"{NOBODY} {UNCITED}")
    rows = html.fromstring(page.text).xpath("//tbody/tr/th/a/@href")
    assert rows == [f"/works/{UNCITED}", f"/works/{NOBODY}"]


def test_pages_allow_no_script_of_others_and_no_frame(get):
    for path in ("/", f"/works/{BAKERS}", "/api/tallies?doi=x", "/nowhere"):
        policy = get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_nobody_reads_it_by_a_name_of_their_own(site: str):
    found = httpx.get(site, headers={"Host": "evil.example"})
    assert found.status_code == 400


def test_nothing_can_be_written(site: str):
    for method in ("PUT", "DELETE", "PATCH", "POST"):
        assert httpx.request(method, f"{site}/works/{BAKERS}").status_code == 405


def test_the_next_generation_is_shown_without_a_restart(
    demo, tmp_path: Path, shell_at, serve
):
    home = tmp_path / "home"
    shutil.copytree(demo.home, home, symlinks=True)
    with serve(home) as address:
        before = httpx.get(f"{address}/works/{BAKERS}").text
        done = shell_at(tmp_path)("--home", str(home), "rebuild")
        assert done.returncode == 0, done.stderr
        after = httpx.get(f"{address}/works/{BAKERS}")
        assert after.status_code == 200
        shutil.rmtree(home / "generations")
        assert httpx.get(f"{address}/works/{BAKERS}").status_code == 503
    assert "Cited by" in before


def test_requests_under_way_meet_no_fault_while_generations_are_swapped(
    demo, tmp_path: Path, shell_at, serve
):
    home = tmp_path / "home"
    shutil.copytree(demo.home, home, symlinks=True)
    paths = [f"/works/{BAKERS}", f"/cite/ris/{BAKERS}", f"/badge/{BAKERS}", "/"]
    done = threading.Event()
    with serve(home) as address, ThreadPoolExecutor(8) as pool:

        def ask(path: str) -> set[int]:
            seen = set()
            while not done.is_set():
                seen.add(httpx.get(f"{address}{path}", timeout=60).status_code)
            return seen

        asking = [pool.submit(ask, path) for path in [*paths, *paths]]
        for _ in range(2):
            swapped = shell_at(tmp_path)("--home", str(home), "rebuild")
            assert swapped.returncode == 0, swapped.stderr
        done.set()
        assert set().union(*(one.result() for one in asking)) == {200}


def test_a_busy_port_and_a_missing_warehouse_are_said(demo, tmp_path: Path, shell_at):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = shell_at(tmp_path)("--home", str(demo.home), "web", "--port", port)
    assert done.returncode == 2
    assert "another --port" in done.stderr
    done = shell_at(tmp_path)("--home", "nowhere", "web")
    assert done.returncode == 1
    assert "no warehouse" in done.stderr


def test_the_report_file_needs_nothing_from_anywhere(demo, tmp_path: Path, shell_at):
    shell = shell_at(tmp_path, CITEHOUSE_HOME=str(demo.home))
    shell.data("report", BAKERS, "--html", "report.html")
    page = html.parse(tmp_path / "report.html").getroot()
    loaded = page.xpath("//link/@href | //script/@src | //img/@src | //source/@srcset")
    assert loaded
    assert all(address.startswith("data:") for address in loaded)
    assert not page.xpath("//script")
    assert len(page.find_class("said")) == 28
    assert len(page.find_class("work")) == 71
    done = shell("report", BAKERS, "--html", "no/such/folder/report.html")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_the_facets_of_the_whole_are_the_marts(demo, get):
    with duckdb.connect(demo.home / "citehouse.duckdb", read_only=True) as con:

        def counted(table: str, column: str, doi: str) -> dict[str | None, int]:
            sql = (
                f"select {column}::varchar, sum(citing_work_count)"  # noqa: S608
                f" from mart.citations_by_{table}"
                " where cited_doi = ? and citing_work_count > 0 group by all"
            )
            return dict(con.execute(sql, [doi]).fetchall())

        tallies = "select * from mart.tally where state = 'known'"
        for row in con.sql(tallies).to_arrow_table().to_pylist():
            doi = row["cited_doi"]
            found = get(f"/api/works/{quote(doi)}").json()
            facets = {one["name"]: one for one in found["facets"]}
            for name, table, column in (
                ("year", "year", "citing_year"),
                ("type", "type", "publication_type"),
                ("author", "author", "author_key"),
            ):
                expected = counted(table, column, doi)
                without = expected.pop(None, 0)
                # the mart of authors has no row for works without any
                assert facets[name]["excluded"] == without or name == "author"
                assert facets[name]["value_count"] == len(expected)
                shown = {
                    value["value"]: value["citing_work_count"]
                    for value in facets[name]["values"]
                }
                assert shown.items() <= expected.items()
            sliced = found["slice_counts"]
            for name in sliced.keys() & row.keys():
                assert sliced[name] == row[name], (doi, name)
