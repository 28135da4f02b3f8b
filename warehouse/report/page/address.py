"""The address of a view: query parameters to a `View` and back."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlencode

from schemas.slice import FACETS, ORDERINGS, FacetName, Ordering, Slice, View

PAGE_SIZE: Final = 20
"""Citing works on a page: some screens of reading."""

MAX_WORDS: Final = 500
"""Characters of a search; longer ones are pasted by mistake."""

MAX_CHOSEN: Final = 100
"""Values of all facets; every link of a page carries them all."""

_LARGEST: Final = 1_000_000_000
"""Of page numbers, so that no offset passes what a database counts with."""


def view_of(parameters: Iterable[tuple[str, str]]) -> View:
    """The view that an address asks for.

    Args:
        parameters: of the query, in order; a facet may come several times. Those that
            mean nothing here are passed over.

    Raises:
        ValueError: a value is none that its parameter can have; says which.
    """
    given = list(parameters)
    single = dict(given)
    chosen: dict[FacetName, tuple[str, ...]] = {}
    for name in FACETS:
        values = [value for key, value in given if key == name and value]
        if values:
            chosen[name] = tuple(dict.fromkeys(values))
    if (count := sum(map(len, chosen.values()))) > MAX_CHOSEN:
        raise ValueError(f"at most {MAX_CHOSEN} values can be chosen, not {count}")
    words = " ".join(single.get("q", "").split()) or None
    if words and len(words) > MAX_WORDS:
        raise ValueError(f"q: at most {MAX_WORDS} characters, not {len(words)}")
    order = single.get("order") or ("relevance" if words else "newest")
    if order not in ORDERINGS:
        raise ValueError(f"order: {order!r} is none of {', '.join(ORDERINGS)}")
    show = single.get("show") or "statements"
    if show not in {"statements", "works"}:
        raise ValueError(f"show: {show!r} is neither statements nor works")
    return View(
        slice=Slice(chosen=chosen, words=words),
        shown="works" if show == "works" else "statements",
        ordering=order,
        limit=PAGE_SIZE,
        offset=PAGE_SIZE * (_page_number(single.get("page") or "1") - 1),
    )


def parameters_of(view: View) -> list[tuple[str, str]]:
    """The shortest query that `view_of` reads as this view."""
    pairs: list[tuple[str, str]] = [
        (name, value) for name in FACETS for value in view.slice.chosen.get(name, ())
    ]
    words = view.slice.words
    if words:
        pairs.append(("q", words))
    if view.ordering != ("relevance" if words else "newest"):
        pairs.append(("order", view.ordering))
    if view.shown != "statements":
        pairs.append(("show", view.shown))
    if view.offset:
        pairs.append(("page", str(view.offset // PAGE_SIZE + 1)))
    return pairs


class Links:
    """Where the page of a work leads to: the same work, sliced otherwise.

    Attributes:
        doi: of the work.
        view: that the page shows.
    """

    def __init__(self, doi: str, view: View) -> None:
        self.doi = doi
        self.view = view

    def toggled(self, facet: FacetName, value: str) -> str:
        """The page with a value of a facet chosen, or no longer chosen."""
        chosen = dict(self.view.slice.chosen)
        values = chosen.get(facet, ())
        chosen[facet] = (
            tuple(each for each in values if each != value)
            if value in values
            else (*values, value)
        )
        return self._sliced(Slice(chosen=chosen, words=self.view.slice.words))

    def only(self, facet: FacetName, value: str) -> str:
        """The statements with one value of a facet, and nothing else chosen."""
        return self._sliced(Slice(chosen={facet: (value,)}))

    def cleared(self, facet: FacetName) -> str:
        """The page with nothing chosen in a facet."""
        chosen = {k: v for k, v in self.view.slice.chosen.items() if k != facet}
        return self._sliced(Slice(chosen=chosen, words=self.view.slice.words))

    def without_words(self) -> str:
        """The page without the search."""
        ordering: Ordering = (
            "newest" if self.view.ordering == "relevance" else self.view.ordering
        )
        kept = Slice(chosen=self.view.slice.chosen)
        return self._at({"slice": kept, "ordering": ordering, "offset": 0})

    def whole(self) -> str:
        """The page with nothing chosen."""
        return f"/works/{quote(self.doi)}"

    def shown(self, what: str) -> str:
        """The page with statements, or with all citing works."""
        return self._at({"shown": what, "offset": 0})

    def page(self, number: int) -> str:
        """Another page of the same."""
        return self._at({"offset": PAGE_SIZE * (number - 1)})

    def kept(self, *dropped: str) -> list[tuple[str, str]]:
        """What a form hands on beside its own fields, of which these are some."""
        return [
            pair
            for pair in parameters_of(self.view)
            if pair[0] not in {"page", *dropped}
        ]

    def under(self, path: str) -> str:
        """Something else about the same slice: ``/api/works``, ``/charts/years``."""
        kept = self.view.model_copy(update={"offset": 0})
        return _address(f"{path}/{quote(self.doi)}", kept)

    def of_work(self, path: str) -> str:
        """Something about the work itself: ``/cite/bibtex``, ``/badge``."""
        return f"{path}/{quote(self.doi)}"

    def _sliced(self, one: Slice) -> str:
        return self._at({"slice": one, "offset": 0})

    def _at(self, changes: dict[str, object]) -> str:
        changed = self.view.model_copy(update=changes)
        return _address(self.whole(), changed)


def _address(path: str, view: View) -> str:
    query = urlencode(parameters_of(view))
    return f"{path}?{query}" if query else path


def _page_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LARGEST:
        raise ValueError(f"page: {text!r} is no page number")
    return int(text)
