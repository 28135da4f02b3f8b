"""A report sealed in a zip file: the manifest of what is in it."""

from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

FORMAT_VERSION: Final = 1


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BundledFile(_Frozen):
    """One file; `sha256` is hex."""

    path: str = Field(min_length=1, max_length=500)
    size_bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class BundledReport(_Frozen):
    """The report of one cited work.

    Attributes:
        doi: as the warehouse holds it; `asked_as` is what the reader asked for.
        folder: of its files.
    """

    doi: str
    asked_as: str
    folder: str = Field(pattern=r"^[a-z0-9._-]+$")


class BundleManifest(_Frozen):
    """All files but the manifest itself.

    Attributes:
        run_id: the newest run of the generation; None if there is none.
        finished_at: of that run; None: it is not known.
        reports, files: by DOI and by path.
    """

    format_version: Literal[1] = FORMAT_VERSION
    citehouse_version: str
    run_id: str | None
    finished_at: AwareDatetime | None
    reports: tuple[BundledReport, ...] = Field(min_length=1)
    files: tuple[BundledFile, ...]
