"""The shape of OpenAlex's answers.

Source: https://help.openalex.org (the work object, paging), read 2026-08-22, and works
as they came from 2022 to 2026; fields that were taken away since are still known.
"""

from typing import Final

from pipeline.shapes.base import ANY, Shape, among
from pipeline.wire.openalex_types import TYPES

_META: Final = """
. group_by meta results
meta count db_response_time_ms groups_count next_cursor page per_page
"""

_WORK: Final = """
. abstract_inverted_index abstract_inverted_index_v3 apc_list apc_paid authors_count
    authorships authorships_full awards best_oa_location biblio
    citation_normalized_percentile cited_by_api_url cited_by_count
    cited_by_percentile_year concepts content_urls corresponding_author_ids
    corresponding_institution_ids countries_distinct_count counts_by_year created_date
    datasets display_name doi fulltext_origin funders fwci grants has_content
    has_fulltext host_venue id ids indexed_in institution_assertions institutions
    institutions_distinct_count is_authors_truncated is_paratext is_retracted is_xpac
    keywords language locations locations_count mesh ngrams_url open_access
    primary_location primary_topic publication_date publication_year referenced_works
    referenced_works_count related_works relevance_score sustainable_development_goals
    title topics type type_crossref updated_date versions
apc_list currency provenance value value_usd
apc_paid currency provenance value value_usd
authorships[] affiliations author author_position countries institutions
    is_corresponding raw_affiliation_string raw_affiliation_strings raw_author_name
    raw_orcid
authorships[].affiliations[] institution_ids raw_affiliation_string
authorships[].author display_name id orcid
authorships[].institutions[] country_code display_name id lineage ror type
awards[] display_name funder_award_id funder_display_name funder_id id
best_oa_location id is_accepted is_oa is_published landing_page_url license license_id
    pdf_url raw_source_name raw_type source version
best_oa_location.source display_name host_organization host_organization_lineage
    host_organization_lineage_names host_organization_name id is_core is_in_doaj
    is_indexed_in_scopus is_oa issn issn_l type
biblio first_page issue last_page volume
citation_normalized_percentile is_in_top_10_percent is_in_top_1_percent value
cited_by_percentile_year max min
concepts[] display_name id level score wikidata
counts_by_year[] cited_by_count year
funders[] display_name id ror
grants[] award_id funder funder_display_name
ids doi mag openalex pmcid pmid
keywords[] display_name id keyword score
locations[] id is_accepted is_oa is_published landing_page_url license license_id
    pdf_url raw_source_name raw_type source version
locations[].source display_name host_organization host_organization_lineage
    host_organization_lineage_names host_organization_name id is_core is_in_doaj
    is_indexed_in_scopus is_oa issn issn_l type
mesh[] descriptor_name descriptor_ui is_major_topic qualifier_name qualifier_ui
open_access any_repository_has_fulltext is_oa oa_status oa_url
primary_location id is_accepted is_oa is_published landing_page_url license license_id
    pdf_url raw_source_name raw_type source version
primary_location.source display_name host_organization host_organization_lineage
    host_organization_lineage_names host_organization_name id is_core is_in_doaj
    is_indexed_in_scopus is_oa issn issn_l type
primary_topic display_name domain field id score subfield
primary_topic.domain display_name id
primary_topic.field display_name id
primary_topic.subfield display_name id
sustainable_development_goals[] display_name id score
topics[] count display_name domain field id score subfield
topics[].domain display_name id
topics[].field display_name id
topics[].subfield display_name id
authorships_full[] affiliations author author_position countries institutions
    is_corresponding raw_affiliation_strings raw_author_name raw_orcid
"""

_OA_STATUSES: Final = {"bronze", "closed", "diamond", "gold", "green", "hybrid"}

SHAPES: Final = (
    Shape(
        endpoints=(ANY,),
        at=("results[]", "."),
        around=_META,
        fields=_WORK,
        required=("id",),
        words={
            "type": among(TYPES),
            "open_access.oa_status": among(_OA_STATUSES),
            "authorships[].author_position": among({"first", "middle", "last"}),
        },
    ),
)
