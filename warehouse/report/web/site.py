"""What all routes share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from warehouse.report.web.readers import Readers


@dataclass(frozen=True)
class Site:
    """The warehouse that is shown.

    Attributes:
        readers: connections to it.
        titles: names of the sources for people, by their names.
        tagged: gives the watched DOIs by tag.
    """

    readers: Readers
    home: Path
    titles: Mapping[str, str]
    tagged: Callable[[], Mapping[str, tuple[str, ...]]]


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


TheSite = Annotated[Site, Depends(_site)]
