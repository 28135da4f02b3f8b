"""The published schema of reports is that of the model."""

from pathlib import Path

from schemas.published import report_schema


def test_docs_have_the_schema_of_today(root: Path):
    published = (root / "docs" / "report.schema.json").read_text(encoding="utf-8")
    assert published == report_schema(), "run: just docs"
