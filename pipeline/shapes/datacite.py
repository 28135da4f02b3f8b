"""The shape of DataCite's answers.

Source: https://support.datacite.org/docs/api and the metadata schema 4.6, read
2026-11-22, and DOIs as they came from 2018 to 2026. What a related object is called is
JSON:API's own form and is not looked into.
"""

from typing import Final

from pipeline.shapes.base import ANY, Shape, among
from pipeline.wire.datacite_types import GENERAL

_AROUND: Final = """
. data included links meta
meta affiliations certificates citations clients created downloads fieldsOfScience
    licenses linkChecksStatus page prefixes providers published registered resourceTypes
    schemaVersions states subjects total totalPages views
links first last next prev self
"""

_DOI: Final = """
. attributes id relationships type
attributes alternateIdentifiers author citationCount citationsOverTime confirm-doi
    container contentUrl contributors created creators dates description descriptions
    doi downloadCount downloadsOverTime event formats fundingReferences geoLocations id
    identifier identifiers is-active isActive landingPage language license
    metadata-version metadataVersion partCount partOfCount prefix provider
    publicationYear published publisher reason referenceCount registered
    relatedIdentifiers relatedItems resource-type-subtype rightsList schema-version
    schemaVersion sizes source state subjects suffix title titles types updated url
    version versionCount versionOfCount viewCount viewsOverTime xml
attributes.alternateIdentifiers[] alternateIdentifier alternateIdentifierType
attributes.author[] familyName givenName id name type
attributes.citationsOverTime[] total year
attributes.contributors contributorType name nameType
attributes.contributors[] affiliation contributorType familyName givenName name
    nameIdentifiers nameType
attributes.contributors[].affiliation[] name
attributes.contributors[].nameIdentifiers[] nameIdentifier nameIdentifierScheme
    schemeUri
attributes.creators[] affiliation familyName givenName name nameIdentifiers nameType
    type
attributes.creators[].affiliation[] affiliationIdentifier affiliationIdentifierScheme
    name schemeUri
attributes.creators[].nameIdentifiers nameIdentifier nameIdentifierScheme schemeUri
attributes.creators[].nameIdentifiers[] nameIdentifier nameIdentifierScheme schemeUri
attributes.dates date dateType
attributes.dates[] date dateInformation dateType
attributes.descriptions[] description descriptionType lang
attributes.downloadsOverTime[] total yearMonth
attributes.fundingReferences funderName
attributes.fundingReferences[] awardNumber awardTitle awardUri funderIdentifier
    funderIdentifierType funderName schemeUri
attributes.geoLocations[] geoLocationBox geoLocationPlace geoLocationPoint
    geoLocationPolygon
attributes.geoLocations[].geoLocationBox eastBoundLongitude northBoundLatitude
    southBoundLatitude westBoundLongitude
attributes.geoLocations[].geoLocationPoint pointLatitude pointLongitude
attributes.geoLocations[].geoLocationPolygon[] polygonPoint
attributes.geoLocations[].geoLocationPolygon[].polygonPoint pointLatitude pointLongitude
attributes.identifiers[] identifier identifierType
attributes.publisher lang name publisherIdentifier publisherIdentifierScheme schemeURI
    schemeUri
attributes.relatedIdentifiers[] relatedIdentifier relatedIdentifierType
    relatedMetadataScheme relationType resourceTypeGeneral schemeType schemeUri
attributes.relatedItems[] contributors creators firstPage issue lastPage number
    publicationYear publisher relatedItemIdentifier relatedItemType relationType titles
    volume
attributes.relatedItems[].contributors[] contributorType familyName givenName name
    nameType
attributes.relatedItems[].relatedItemIdentifier relatedItemIdentifier
    relatedItemIdentifierType
attributes.relatedItems[].titles[] title titleType
attributes.rightsList rights rightsUri
attributes.rightsList[] lang rights rightsIdentifier rightsIdentifierScheme rightsUri
    schemeUri
attributes.subjects[] classificationCode lang schemeUri subject subjectScheme valueUri
attributes.titles title
attributes.titles[] lang title titleType
attributes.types bibtex citeproc resourceType resourceTypeGeneral ris schemaOrg
attributes.viewsOverTime[] total yearMonth
relationships citations client events media partOf parts provider references
    resource-type translatedFrom translations versionOf versions
"""

SHAPES: Final = (
    Shape(
        endpoints=(ANY,),
        at=("data[]",),
        around=_AROUND,
        fields=_DOI,
        required=("attributes.doi",),
        words={"attributes.types.resourceTypeGeneral": among(GENERAL)},
    ),
)
