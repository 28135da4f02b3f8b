"""The error of this package."""


class WarehouseFault(Exception):
    """The warehouse is missing, locked or damaged, or a query is wrong.

    The message says what, which, and what to do next.
    """
