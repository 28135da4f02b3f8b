"""The shape of OpenCitations' answers.

Source: https://api.opencitations.net/index/v2 and /meta/v1, read 2026-11-22.
"""

from typing import Final

from pipeline.shapes.base import Shape, among

_FLAG: Final = among({"yes", "no"})

SHAPES: Final = (
    Shape(
        endpoints=("citations", "references"),
        at=(".",),
        fields=". oci citing cited creation timespan journal_sc author_sc",
        required=("oci", "citing", "cited"),
        words={"journal_sc": _FLAG, "author_sc": _FLAG},
    ),
    Shape(
        endpoints=("citation-count", "reference-count"),
        at=(".",),
        fields=". count",
        required=("count",),
    ),
    Shape(
        endpoints=("metadata",),
        at=(".",),
        fields="""
. id title author pub_date page issue volume venue type publisher editor
""",
        required=("id",),
    ),
)
