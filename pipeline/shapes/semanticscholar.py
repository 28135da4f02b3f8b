"""The shape of Semantic Scholar's answers.

Source: https://api.semanticscholar.org/api-docs/graph, read 2026-11-22. A source sends
no field that was not asked for, `paperId` and those of a list's frame excepted.
"""

from typing import Final

from pipeline.shapes.base import ANY, Shape, among
from pipeline.wire.semanticscholar_types import TYPES

_PAPER: Final = """
. abstract authors citationCount citationStyles citations corpusId embedding externalIds
    fieldsOfStudy influentialCitationCount isOpenAccess journal matchScore openAccessPdf
    paperId publicationDate publicationTypes publicationVenue referenceCount references
    s2FieldsOfStudy textAvailability title tldr url venue year
authors[] affiliations aliases authorId citationCount externalIds hIndex homepage name
    paperCount url
citationStyles bibtex
externalIds ACL ArXiv CorpusId DBLP DOI MAG PubMed PubMedCentral
journal name pages volume
openAccessPdf disclaimer license status url
publicationVenue alternate_issns alternate_names alternate_urls id issn name type url
s2FieldsOfStudy[] category source
tldr model text
"""

_EDGE: Final = """
. contexts contextsWithIntent intents isInfluential {side}
contextsWithIntent[] context intents
{side} abstract authors citationCount citationStyles corpusId externalIds fieldsOfStudy
    influentialCitationCount isOpenAccess journal openAccessPdf paperId publicationDate
    publicationTypes publicationVenue referenceCount s2FieldsOfStudy title url venue
    year
{side}.authors[] authorId name
{side}.externalIds ACL ArXiv CorpusId DBLP DOI MAG PubMed PubMedCentral
"""

_LIST: Final = """
. citedPaperInfo citingPaperInfo data next offset
"""

_INTENTS: Final = among({"background", "methodology", "result"})


def _list(endpoint: str, side: str) -> Shape:
    return Shape(
        endpoints=(endpoint,),
        at=("data[]",),
        around=_LIST,
        fields=_EDGE.format(side=side),
        required=(side,),
        words={"intents": _INTENTS, "contextsWithIntent[].intents": _INTENTS},
    )


SHAPES: Final = (
    _list("citations", "citingPaper"),
    _list("references", "citedPaper"),
    Shape(
        endpoints=(ANY,),
        at=(".",),
        fields=_PAPER,
        required=("paperId",),
        words={"publicationTypes": among(TYPES)},
    ),
)
