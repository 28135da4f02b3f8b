"""All that the doctor looks at, in order."""

from collections.abc import Iterator

from pipeline.cli.console import Invocation, printable
from pipeline.cli.findings.finding import Finding
from pipeline.cli.findings.of_home import home_findings, warehouse_findings
from pipeline.cli.findings.of_settings import settings_findings, versions
from pipeline.cli.findings.of_sources import source_findings
from pipeline.cli.findings.of_work import work_findings
from pipeline.errors import CitehouseError


def examine(call: Invocation, *, online: bool) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    found = list(versions())
    try:
        settings = call.settings()
    except CitehouseError as err:
        broken = Finding(
            subject="settings",
            state="broken",
            found=str(err),
            advice="correct the environment or .env",
        )
        return [*found, broken]
    home = settings.home
    found += _looked("settings", settings_findings(settings))
    found += _looked("home", home_findings(home))
    found += _looked("warehouse", warehouse_findings(call, home))
    found += _looked("home", work_findings(call, home))
    if online:
        found += _looked("sources", source_findings(settings))
    return found


def _looked(subject: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """What was found; where looking itself fails, that is the last finding."""
    try:
        yield from findings
    except Exception as err:  # noqa: BLE001 - whatever keeps a doctor from looking
        yield Finding(
            subject=subject,
            state="broken",
            found=printable(f"cannot be looked at: {type(err).__name__}: {err}"),
            advice="make it readable for you, or restore it from a backup",
        )
