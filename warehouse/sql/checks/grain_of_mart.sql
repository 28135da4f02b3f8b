-- No two rows of a mart table have the same key.
-- Level: fail
select
    'mart.citations_by_year_and_type' as table_name,
    cast(row(cited_doi, citing_year, publication_type) as varchar) as row_key,
    count(*) as row_count
from mart.citations_by_year_and_type
group by
    cited_doi,
    citing_year,
    publication_type
having count(*) > 1
union all
select
    'mart.tally' as table_name,
    cast(cited_doi as varchar) as row_key,
    count(*) as row_count
from mart.tally
group by cited_doi
having count(*) > 1
union all
select
    'mart.ledger' as table_name,
    cast(row(cited_doi, source, run_id) as varchar) as row_key,
    count(*) as row_count
from mart.ledger
group by
    cited_doi,
    source,
    run_id
having count(*) > 1
union all
select
    'mart.citations_by_year' as table_name,
    cast(row(cited_doi, citing_year) as varchar) as row_key,
    count(*) as row_count
from mart.citations_by_year
group by
    cited_doi,
    citing_year
having count(*) > 1
union all
select
    'mart.citations_by_type' as table_name,
    cast(row(cited_doi, publication_type) as varchar) as row_key,
    count(*) as row_count
from mart.citations_by_type
group by
    cited_doi,
    publication_type
having count(*) > 1
union all
select
    'mart.citations_by_section' as table_name,
    cast(row(cited_doi, section) as varchar) as row_key,
    count(*) as row_count
from mart.citations_by_section
group by
    cited_doi,
    section
having count(*) > 1
union all
select
    'mart.citations_by_journal' as table_name,
    cast(row(cited_doi, issn_l, container_title) as varchar) as row_key,
    count(*) as row_count
from mart.citations_by_journal
group by
    cited_doi,
    issn_l,
    container_title
having count(*) > 1
union all
select
    'mart.citations_by_author' as table_name,
    cast(row(cited_doi, author_key) as varchar) as row_key,
    count(*) as row_count
from mart.citations_by_author
group by
    cited_doi,
    author_key
having count(*) > 1
