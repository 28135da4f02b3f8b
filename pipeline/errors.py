"""The errors of Citehouse, grouped by what the caller does next.

    CitehouseError
    ├── UsageError          the request is wrong: fix the command or the file    exit 2
    ├── ConfigError         the settings are wrong: fix the environment          exit 2
    ├── SourceUnavailable   a source cannot be used now: run again later         exit 3
    └── WarehouseError      the warehouse cannot be used or does not add up      exit 1

A record that does not validate is not an error but a `schemas.provenance.Reject`.
A message says what, which, and what next; it holds no key, address or payload.
"""


class CitehouseError(Exception):
    """Whatever Citehouse raises on purpose."""

    exit_code = 1


class UsageError(CitehouseError):
    """The request cannot be carried out as it was put."""

    exit_code = 2


class ConfigError(CitehouseError):
    """A setting is missing, unreadable or contradicts another."""

    exit_code = 2


class SourceUnavailable(CitehouseError):
    """A source could not be asked, or would not answer."""

    exit_code = 3


class WarehouseError(CitehouseError):
    """The warehouse is missing, locked, damaged, or its numbers do not add up."""

    exit_code = 1
