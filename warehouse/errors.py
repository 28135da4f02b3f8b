"""The errors of this package."""


class WarehouseFault(Exception):
    """The warehouse is missing, locked or damaged, or a query is wrong.

    The message says what, which, and what to do next.
    """


class DamagedWarehouse(WarehouseFault):
    """The published file is broken inside; only the archive can give it again."""


class NotHeld(LookupError):
    """Nobody has asked this warehouse about the DOI; its text is the DOI."""
