"""Abstracts of the sample's cited works, each as one source sends it.

All are invented, as the works are. Some works are under a licence that lets anyone show
the abstract: OpenAlex calls moss, bakers and lanterns CC BY. Others are not: memory is
under its publisher's terms, and of rivers nobody names a licence.
"""

from collections.abc import Mapping
from typing import Any, Final

from pipeline.simulator.work import View

_TERMS: Final = "https://example.org/imaginary-press"

ABSTRACTS: Final[Mapping[str, Mapping[View, Mapping[str, Any]]]] = {
    "moss": {
        "crossref": {
            "abstract": "<jats:title>Abstract</jats:title>\n<jats:sec>"
            "<jats:title>Background</jats:title><jats:p>Counting moss by hand is slow,"
            " and two people seldom agree. We asked whether a photograph from a pocket"
            " camera is as good as a hand lens.</jats:p></jats:sec><jats:sec>"
            "<jats:title>Methods</jats:title><jats:p>Six observers counted patches of"
            " the invented <jats:italic>Bryum exemplare</jats:italic> on 120 stones in"
            " the Quiet Delta, first by hand, then from photographs.</jats:p>"
            "</jats:sec><jats:sec><jats:title>Results</jats:title><jats:p>Counts from"
            " photographs differed by less than one patch in ten"
            " (<jats:italic>p</jats:italic> &lt; 0.05), and took a third of the time."
            "</jats:p></jats:sec>",
        }
    },
    "bakers": {
        "europepmc": {
            "abstractText": "<h4>Objective</h4>To find out whether dim light after nine"
            " in the evening lengthens the sleep of bakers.<h4>Results</h4>Bakers in"
            " dim light slept 24 minutes longer than those in bright light.",
        }
    },
    "lanterns": {
        "datacite": {
            "descriptions": [
                {
                    "description": "Brightness in lux, read once a night.<br><br>"
                    "Lanterns that were out are given as 0.",
                    "descriptionType": "Abstract",
                }
            ]
        }
    },
    "memory": {
        "crossref": {
            "abstract": "<jats:p>People who walked through a doorway remembered more of"
            " an invented shopping list than people who stayed.</jats:p>",
            "license": [
                {
                    "URL": f"{_TERMS}/{name}",
                    "content-version": version,
                    "delay-in-days": 0,
                }
                for version, name in (("tdm", "mining"), ("vor", "reading"))
            ],
        }
    },
    "rivers": {
        "crossref": {"abstract": "<jats:p>What is known of small rivers.</jats:p>"}
    },
}
"""By key of the work: what the record of a source has besides; see `Work.patches`."""
