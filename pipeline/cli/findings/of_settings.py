"""What is installed, and what the settings say."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.cli.console import printable
from pipeline.cli.findings.finding import Finding
from pipeline.night.budget import budget_of
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.sources.base import Source


def versions() -> Iterator[Finding]:
    """Of Citehouse, Python and the packages that matter most."""
    found = [f"Citehouse {version('citehouse')}", f"Python {platform.python_version()}"]
    missing = []
    for package in ("duckdb", "pyarrow", "prefect"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    yield Finding(subject="versions", state="ok", found=", ".join(found))
    if missing:
        yield Finding(
            subject="packages",
            state="broken",
            found=f"not installed: {', '.join(missing)}",
            advice="install Citehouse anew into its own environment",
        )


def settings_findings(settings: Settings) -> Iterator[Finding]:
    """In general, and of each source; neither a key nor an address is shown."""
    dotenv = "with" if Path(".env").is_file() else "without"
    yield Finding(
        subject="settings",
        state="ok",
        found=(
            f"from the environment, {dotenv} a .env in this folder;"
            f" {settings.threads} threads, batches of {settings.batch_size},"
            f" DuckDB up to {settings.memory_limit}"
        ),
    )
    if settings.mailto:
        yield Finding(subject="contact", state="ok", found="CITEHOUSE_MAILTO is set")
    else:
        yield Finding(
            subject="contact",
            state="note",
            found="CITEHOUSE_MAILTO is not set",
            advice="set it to your e-mail address: Crossref serves such callers better",
        )
    for name, source in all_sources().items():
        yield _source_settings(source, settings, name)


def _source_settings(source: Source, settings: Settings, name: str) -> Finding:
    given = settings.of(name)
    if not given.enabled:
        return Finding(
            subject=name,
            state="note",
            found="switched off",
            advice=f"unset CITEHOUSE_{name.upper()}__ENABLED to use it",
        )
    if not given.is_on(needs_key=source.needs_key):
        return Finding(
            subject=name,
            state="note",
            found="off: no key",
            advice=f"set CITEHOUSE_{name.upper()}__API_KEY to use it",
        )
    said = ["on"]
    if source.key_header is not None:
        said.append("key set" if given.api_key else "no key")
    if given.base_url:
        said.append(f"asked at {printable(given.base_url)}")
    if given.requests_per_second:
        said.append(f"at most {given.requests_per_second:g} requests a second")
    if (budget := budget_of(source, settings)) is not None:
        unit = "credits" if source.daily_credits else "requests"
        said.append(f"at most {budget:,} {unit} a night")
    return Finding(subject=name, state="ok", found=", ".join(said))
