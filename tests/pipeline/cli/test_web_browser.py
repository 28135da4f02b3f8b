"""The pages in a real browser: filters, search, order, pages, keyboard, phone, dark."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from schemas.cited_report import CitedReport, ReportedNotice
from schemas.slice import View
from warehouse.report.page.render import report_file

BAKERS = "/works/10.5555/citehouse.bakers.2015"
MOSS = "/works/10.5555/citehouse.moss.2008"
PAGES = ("/", BAKERS, f"{BAKERS}?show=works", "/find?q=light", "/collections",
         "/collections?dois=10.5555/citehouse.bakers.2015", "/sql?q=from+mart.tally",
         "/api", "/works/10.5555/never-asked",
         "/works/10.5555/citehouse.nobody-knows-this")  # fmt: skip
PHONE = {"width": 390, "height": 844}
WORST = ("serious", "critical")
HOSTILE = (
    "<script>document.title='taken'</script>"
    "<img src=x onerror=\"document.title='taken'\">"
    "<math><mi>x</mi></math> \u202e\u05d0\u05d1 \u0639\u0631\u202c & 'quotes' \"too\" "
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if "CITEHOUSE_TESTS_NEED_A_BROWSER" in os.environ:  # noqa: TID251 - set by CI
            pytest.fail("there is no chromium")
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-background-networking", "--disable-sync"],
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that fails its test if a script fails, or asks anybody else."""
    with browser.new_context(base_url=site) as context:
        opened = context.new_page()
        wrong: list[str] = []
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda said: wrong.append(said.text)
                  if said.type == "error" else None)  # fmt: skip
        opened.on("request", lambda asked: wrong.append(asked.url)
                  if not asked.url.startswith((site, "data:")) else None)  # fmt: skip
        yield opened
        assert wrong == []


def test_two_facets_search_order_page_follow_and_come_back(page: Page):
    page.goto("/")
    page.get_by_role("searchbox").fill("evening light bakers")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=re.compile("Evening light and sleep")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Evening light")

    filters = page.get_by_role("complementary", name="Filters")
    filters.get_by_role("link", name=re.compile(r"^Results")).click()
    expect(page.get_by_role("status")).to_contain_text("7 statements")
    filters.get_by_role("link", name=re.compile(r"^Supporting")).click()
    expect(page.get_by_role("status")).to_contain_text("1 statement in 1 citing work")
    expect(page.locator(".chips li")).to_have_count(3)
    there = page.url
    assert "section=results" in there
    assert "stance=supporting" in there

    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("status")).to_contain_text("28 statements")
    page.go_back()
    assert page.url == there
    expect(page.get_by_role("status")).to_contain_text("1 statement in 1 citing work")


def test_words_are_looked_for_in_the_statements(page: Page):
    page.goto(BAKERS)
    page.keyboard.press("/")
    page.keyboard.type("lamps")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("statements")
    texts = page.locator(".said blockquote").all_inner_texts()
    assert texts
    assert all("lamp" in text.lower() for text in texts)


def test_another_order_and_the_next_page(page: Page):
    page.goto(f"{MOSS}?show=works")
    page.get_by_label("Order by").select_option("oldest")
    page.wait_for_url("**order=oldest**")
    first = page.locator(".work h3").first.inner_text()
    page.get_by_role("link", name="Page 2 →").click()
    page.wait_for_url("**page=2**")
    expect(page.get_by_role("status")).to_contain_text("works 21 to 40")
    assert page.locator(".work h3").first.inner_text() != first
    page.get_by_role("link", name="← Page 1").click()
    expect(page.locator(".work h3").first).to_have_text(first)


def test_the_order_can_be_changed_without_a_script(browser: Browser, site: str):
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{MOSS}?show=works")
        page.get_by_label("Order by").select_option("oldest")
        page.get_by_role("button", name="Apply").click()
        assert "order=oldest" in page.url


def test_what_stands_around_a_statement_is_shown_on_demand(page: Page):
    page.goto(BAKERS)
    around = page.locator(".said .around").first
    expect(around).to_be_hidden()
    page.get_by_text("What stands before and after").first.click()
    expect(around).to_be_visible()


def test_the_keyboard_reaches_the_content_and_the_filters(page: Page):
    page.goto(BAKERS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    link = page.get_by_role("link", name=re.compile(r"^Supporting"))
    link.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**stance=supporting**")


@pytest.mark.parametrize(
    ("scheme", "path"), [*(("light", path) for path in PAGES), ("dark", BAKERS)]
)
def test_axe_finds_nothing_serious(browser: Browser, site: str, scheme, path):
    with browser.new_context(base_url=site, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(path)
        found = Axe().run(page).response["violations"]
    worst = [one for one in found if one["impact"] in WORST]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in worst] == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(browser: Browser, site: str, path):
    with browser.new_context(base_url=site, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_dark_paper_is_dark_and_its_charts_are_the_dark_ones(
    browser: Browser, site: str
):
    with browser.new_context(base_url=site, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(BAKERS)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert sum(map(int, re.findall(r"\d+", paper))) < 150
        chart = page.locator("figure img").first
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_js_property("complete", value=True)
        assert "-dark/" in chart.evaluate("image => image.currentSrc")


def test_a_hostile_report_is_shown_as_text_and_runs_nothing(
    browser: Browser, tmp_path: Path
):
    text = HOSTILE + "x" * 10_000
    report = CitedReport(
        doi="10.5555/<script>", asked_as="10.5555/x", requested_as="x", title=text,
        authors=(HOSTILE,), container_title=HOSTILE, oa_url="javascript:alert(1)",
        licence=HOSTILE, state="known", notices=(ReportedNotice(type=HOSTILE,
        source=HOSTILE, notice_doi='"><script>'),), view=View(),
    )  # fmt: skip
    file = tmp_path / "report.html"
    file.write_text(report_file(report, {}), encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(file.as_uri())
        assert page.title().startswith("<script>")
        assert page.locator("script").count() == 0
        assert page.locator("h1").inner_text().endswith("x" * 100)
        assert page.get_by_role("link", name="Full text").get_attribute("href") == "#"
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"]  # type: ignore[index]
