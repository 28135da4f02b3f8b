"""The shape of doi.org's answers about registration agencies.

Source: https://www.doi.org/the-identifier/resources/factsheets/
doi-resolution-documentation, read 2026-11-22.
"""

from typing import Final

from pipeline.shapes.base import ANY, Shape

SHAPES: Final = (
    Shape(endpoints=(ANY,), at=(".",), fields=". DOI RA status", required=("DOI",)),
)
