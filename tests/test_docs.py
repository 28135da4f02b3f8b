"""The documentation: what it points to is there."""

import re
from pathlib import Path
from typing import get_args

from pipeline.settings import Settings, SourceSettings
from schemas.provenance import Source as SourceName

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get, as forges make them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text()))
    kept = (re.sub(r"[^\w\- ]", "", text.lower()) for text in headings)
    return {text.replace(" ", "-") for text in kept}


def broken_links(page: Path) -> list[str]:
    broken = []
    for target, anchor in LINK.findall(FENCE.sub("", page.read_text())):
        file = page.parent / target if target else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(f"{page.relative_to(ROOT)}: {target}#{anchor}")
    return broken


def test_every_link_leads_somewhere():
    assert [link for page in PAGES for link in broken_links(page)] == []


def test_every_page_of_the_docs_can_be_reached():
    text = "".join(page.read_text() for page in PAGES)
    folders = {"decisions"}  # linked as a folder: docs/decisions
    lost = [
        page.name
        for page in (ROOT / "docs").rglob("*.md")
        if page.name not in text and page.parent.name not in folders
    ]
    assert lost == []


def test_decisions_are_numbered_without_gaps_and_say_the_four_things():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text()
        for word in ("**Context.**", "**Choice.**", "**Price.**", "**Revisit**"):
            assert word in text, f"{page.name} lacks {word}"


def test_every_setting_stands_in_the_example():
    text = (ROOT / ".env.example").read_text()
    sources = [name for name in Settings.model_fields if name in get_args(SourceName)]
    plain = [name for name in Settings.model_fields if name not in sources]
    assert [n for n in plain if f"CITEHOUSE_{n.upper()}=" not in text] == []
    assert [n for n in sources if n.upper() not in text] == []
    fields = [f"__{name.upper()}=" for name in SourceSettings.model_fields]
    assert [name for name in fields if name not in text] == []


def test_the_example_holds_the_defaults():
    text = (ROOT / ".env.example").read_text()
    shown = dict(re.findall(r"^# CITEHOUSE_([A-Z_]+)=(\S+)$", text, re.MULTILINE))
    fields = Settings.model_fields
    for name in ("threads", "batch_size", "memory_limit", "max_response_bytes"):
        assert shown[name.upper()] == str(fields[name].default)
