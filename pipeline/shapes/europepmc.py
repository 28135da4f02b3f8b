"""The shape of Europe PMC's answers.

Source: https://europepmc.org/RestfulWebService and the fields of the core record in its
reference, read 2026-11-22, and answers as they came from 2014 to 2026.
"""

from typing import Final

from pipeline.shapes.base import Shape, Words
from pipeline.wire.europepmc_types import RETRACTED, europepmc_type

_AROUND: Final = """
. citationList hitCount nextCursorMark nextPageUrl referenceList request resultList
    version
request cursorMark dataSet id offSet page pageSize query queryString resultType sort
    source synonym
"""

_CORE: Final = """
. abstractText affiliation authMan authorIdList authorList authorString
    bookOrReportDetails chemicalList citedByCount clinicalTrialNumberList
    commentCorrectionList conferenceTitle dataLinksTagsList dateOfCompletion
    dateOfCreation dateOfRevision dbCrossReferenceList doi electronicPublicationDate
    embargoDate epmcAuthMan extraDates firstIndexDate firstPublicationDate
    fullTextIdList fullTextReceivedDate fullTextUrlList grantsList hasBook hasData
    hasDbCrossReferences hasEvaluations hasFullText hasLabsLinks hasPDF hasReferences
    hasSuppl hasTMAccessionNumbers hasTextMinedTerms id inEPMC inPMC investigatorList
    isOpenAccess isPreprint issue journalInfo journalIssn journalTitle journalVolume
    keywordList language license luceneScore manuscriptId meshHeadingList nihAuthMan
    pageInfo patentDetails pmcid pmid preprintDetails pubModel pubType pubTypeList
    pubYear publicationStatus source subsetList title tmAccessionTypeList versionList
    versionNumber
authorList author
authorList.author[] affiliation authorAffiliationDetailsList authorId collectiveName
    firstName fullName initials lastName suffix
authorList.author[].authorId type value
journalInfo dateOfPublication issue journal journalIssueId monthOfPublication
    printPublicationDate volume yearOfPublication
journalInfo.journal ISOAbbreviation essn isoabbreviation issn medlineAbbreviation nlmid
    title
pubTypeList pubType
fullTextUrlList fullTextUrl
fullTextUrlList.fullTextUrl[] availability availabilityCode documentStyle site url
commentCorrectionList commentCorrection
commentCorrectionList.commentCorrection[] id note orderIn reference source type
bookOrReportDetails comprisingTitle edition extraInformation isbn10 isbn13 numberOfPages
    publisher seriesIssn seriesName yearOfPublication
"""

_ITEM: Final = """
. DOI ESSN ISBN ISSN authorString citationType citedByCount citedOrder doi edition
    editors essn externalLink id issn issue journalAbbreviation journalTitle match
    pageInfo pubYear publicationTitle publisherLoc publisherName seriesName source text
    title volume
"""


def _has_meaning(word: str) -> bool:
    return word == RETRACTED or europepmc_type([word], None)[1] != "unknown"


SHAPES: Final = (
    Shape(
        endpoints=("search",),
        at=("resultList.result[]",),
        around=_AROUND,
        fields=_CORE,
        required=("id", "source"),
        words={"pubTypeList.pubType[]": Words(_has_meaning, is_open=True)},
    ),
    Shape(
        endpoints=("citations",),
        at=("citationList.citation[]",),
        around=_AROUND,
        fields=_ITEM,
        required=("id", "source"),
    ),
    Shape(
        # A reference that was not matched to a record has no id.
        endpoints=("references",),
        at=("referenceList.reference[]",),
        around=_AROUND,
        fields=_ITEM,
    ),
)
