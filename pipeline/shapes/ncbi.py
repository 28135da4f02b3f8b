"""The shape of the PMC ID converter's answers.

Source: https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/, read 2026-11-22, and
answers as they came.
"""

from typing import Final

from pipeline.shapes.base import ANY, Shape

SHAPES: Final = (
    Shape(
        endpoints=(ANY,),
        at=("records[]",),
        around="""
. status responseDate response-date request warning records
""",
        fields="""
. pmid pmcid doi mid requested-id requested_id live release-date versions status
    errmsg aiid
versions[] pmcid mid current live release-date
""",
    ),
)
