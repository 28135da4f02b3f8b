"""Settings: one frozen object, read once at the edge and passed in.

Read from the environment and from `.env` in the working directory, names in
`.env.example`. Nothing else in Citehouse looks at the environment.
"""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from pipeline.errors import ConfigError


class SourceSettings(BaseModel):
    """What a user may set of one source; None leaves the source file's own value.

    Attributes:
        base_url: another server that speaks for the source, such as a simulator.
        requests_per_second: a ceiling below the source's own limits, never above;
            with a `base_url`, the limit of that server.
        budget: the most that one run may spend: of OpenAlex credits (a list is one, a
            single work is free), of others requests.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str | None = None
    api_key: SecretStr | None = None
    requests_per_second: float | None = Field(default=None, gt=0)
    enabled: bool = True
    budget: int | None = Field(default=None, ge=0)

    def is_on(self, *, needs_key: bool) -> bool:
        """Whether the source is asked; another server needs no key of the source's."""
        has_key = bool(self.api_key and self.api_key.get_secret_value().strip())
        return self.enabled and (not needs_key or has_key or bool(self.base_url))


class Settings(BaseSettings):
    """Everything a run may depend on besides its input.

    Attributes:
        home: the folder of the warehouse and the archive.
        mailto: contact address for the User-Agent; asked for by Crossref's polite pool.
        threads: requests in flight at once to one source, below its own cap.
        batch_size: cited DOIs fetched together; bounds memory, not results. Small
            ones overlap better, large ones fill the sources' batches (50 to 100).
        memory_limit: DuckDB's cap while it builds, in DuckDB's notation.
        database_threads: DuckDB's threads while it builds; None: one a core. Below some
            100,000 works one is as quick, for a fifth less CPU time, and less memory.
        full_text: whether the open full texts of citing works are fetched.
        request_deadline_s: one request from first byte sent to last byte read.
        max_response_bytes: a longer answer is refused.
    """

    model_config = SettingsConfigDict(
        env_prefix="CITEHOUSE_",
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,  # NAME= in a .env is not set, and never the folder ""
        extra="ignore",
        frozen=True,
    )

    home: Path = Field(default_factory=lambda: Path.home() / "citehouse")
    mailto: str | None = None
    threads: int = Field(default=8, ge=1, le=64)
    batch_size: int = Field(default=25, ge=1, le=1000)
    memory_limit: str = Field(default="2GB", pattern=r"(?i)^\d+(\.\d+)? ?[KMGT]i?B$")
    database_threads: int | None = Field(default=None, ge=1, le=256)
    full_text: bool = True
    request_deadline_s: float = Field(default=120.0, gt=0)
    max_response_bytes: int = Field(default=256 * 2**20, gt=0)
    openalex: SourceSettings = SourceSettings()
    crossref: SourceSettings = SourceSettings()
    opencitations: SourceSettings = SourceSettings()
    europepmc: SourceSettings = SourceSettings()
    semanticscholar: SourceSettings = SourceSettings()
    datacite: SourceSettings = SourceSettings()
    doiorg: SourceSettings = SourceSettings()
    ncbi: SourceSettings = SourceSettings()

    def of(self, source: str) -> SourceSettings:
        """The settings of one source, by its name."""
        found: SourceSettings = getattr(self, source)
        return found


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - the fields' own types hold
    """The settings of this process; keyword arguments win over the environment.

    Raises:
        ConfigError: a value does not fit; names the variable and what it takes.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as err:
        wrong = "; ".join(
            f"CITEHOUSE_{'__'.join(str(part) for part in error['loc']).upper()}: "
            f"{error['msg']}"
            for error in err.errors(include_input=False)
        )
        raise ConfigError(f"settings: {wrong}. See .env.example.") from err
    except SettingsError as err:
        raise ConfigError(f"settings: {err}. See .env.example.") from err
    except (OSError, UnicodeDecodeError) as err:
        raise ConfigError(
            f"settings: .env cannot be read as text in UTF-8 ({type(err).__name__}):"
            " mend it or take it away"
        ) from err
