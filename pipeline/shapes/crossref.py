"""The shape of Crossref's answers.

Source: https://api.crossref.org/swagger-ui and the field list of the REST API's
documentation, read 2026-11-22, and works as they came from 2015 to 2026. Relations are
keyed by their kind and are not looked into.
"""

from typing import Final

from pipeline.shapes.base import ANY, Shape, among
from pipeline.wire.crossref_types import TYPES

_AROUND: Final = """
. message message-type message-version status
message facets items items-per-page next-cursor query total-results
message.query search-terms start-index
"""

_WORK: Final = """
. DOI ISBN ISSN URL abstract accepted alias aliases alternative-id approved archive
    article-number assertion author chair cited-count citing-count clinical-trial-number
    component-number container-title container-title-short content-created
    content-domain content-updated created degree deposited description edition
    edition-number editor event free-to-read funder group-title indexed institution
    is-referenced-by-count isbn-type issn-type issue issue-title issued journal-issue
    language license link member original-title page part-number posted prefix
    proceedings-subject project published published-online published-other
    published-print publisher publisher-location reference reference-count
    references-count relation resource review reviewer score short-container-title
    short-title source special_numbering standards-body status subject subtitle subtype
    title translator type update-policy update-to updated-by version volume
accepted date-parts
approved date-parts
assertion[] URL group label name order value
assertion[].group label name
author[] ORCID affiliation authenticated-orcid family given name role sequence suffix
author[].affiliation[] acronym department id name place
author[].affiliation[].id[] asserted-by id id-type
author[].role[] role vocabulary
content-created date-parts
content-domain crossmark-restriction domain
content-updated date-parts
created date-parts date-time timestamp
deposited date-parts date-time timestamp
event acronym end location name number sponsor start
event.end date-parts
event.start date-parts
funder[] DOI award award-info doi-asserted-by id name
funder[].award-info[] award-number
funder[].id[] asserted-by id id-type
indexed date-parts date-time timestamp version
institution acronym department name place
institution[] acronym department id name place
institution[].id[] asserted-by id id-type
isbn-type[] type value
issn-type[] type value
issued date-parts
journal-issue issue published-online published-print
journal-issue.published-online date-parts
journal-issue.published-print date-parts
license[] URL content-version delay-in-days start
license[].start date-parts date-time timestamp
link[] URL content-type content-version intended-application
posted date-parts
published date-parts
published-online date-parts
published-other date-parts
published-print date-parts
reference[] DOI ISBN ISSN article-title author component doi-asserted-by edition
    first-page isbn-type issn-type issue journal-title key series-title
    standard-designator standards-body unstructured volume volume-title year
resource primary secondary
resource.primary URL
resource.secondary[] URL label
review revision-round stage type
update-to[] DOI label source type updated
update-to[].updated date-parts date-time timestamp
updated-by[] DOI label source type updated
updated-by[].updated date-parts date-time timestamp
chair[] ORCID affiliation authenticated-orcid family given name role sequence suffix
chair[].affiliation[] acronym department id name place
chair[].affiliation[].id[] asserted-by id id-type
chair[].role[] role vocabulary
editor[] ORCID affiliation authenticated-orcid family given name role sequence suffix
editor[].affiliation[] acronym department id name place
editor[].affiliation[].id[] asserted-by id id-type
editor[].role[] role vocabulary
reviewer[] ORCID affiliation authenticated-orcid family given name role sequence suffix
reviewer[].affiliation[] acronym department id name place
reviewer[].affiliation[].id[] asserted-by id id-type
reviewer[].role[] role vocabulary
translator[] ORCID affiliation authenticated-orcid family given name role sequence
    suffix
translator[].affiliation[] acronym department id name place
translator[].affiliation[].id[] asserted-by id id-type
translator[].role[] role vocabulary
free-to-read end-date start-date
free-to-read.start-date date-parts
free-to-read.end-date date-parts
standards-body acronym name
"""

_UPDATES: Final = {
    "addendum",
    "clarification",
    "correction",
    "corrigendum",
    "erratum",
    "expression_of_concern",
    "new_edition",
    "new_version",
    "partial_retraction",
    "removal",
    "retraction",
    "withdrawal",
}
"""Kinds of update. Source: https://www.crossref.org/documentation/crossmark/
version-control-corrections-and-retractions/."""

SHAPES: Final = (
    Shape(
        endpoints=(ANY,),
        at=("message.items[]", "message"),
        around=_AROUND,
        fields=_WORK,
        required=("DOI",),
        words={
            "type": among(TYPES),
            "update-to[].type": among(_UPDATES),
            "updated-by[].type": among(_UPDATES),
        },
    ),
)
