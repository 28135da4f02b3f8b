-- By year and type, by year, by type and by journal sum up to the tally; groups, too. Where the
-- tally is not 0 none of them may be without rows.
-- Level: fail
with facet as (
    select
        'mart.citations_by_year_and_type' as table_name,
        cited_doi,
        sum(citing_work_count) as citing_work_count,
        sum(citing_group_count) as citing_group_count
    from mart.citations_by_year_and_type
    group by cited_doi
    union all
    select
        'mart.citations_by_year' as table_name,
        cited_doi,
        sum(citing_work_count) as citing_work_count,
        sum(citing_group_count) as citing_group_count
    from mart.citations_by_year
    group by cited_doi
    union all
    select
        'mart.citations_by_type' as table_name,
        cited_doi,
        sum(citing_work_count) as citing_work_count,
        sum(citing_group_count) as citing_group_count
    from mart.citations_by_type
    group by cited_doi
    union all
    select
        'mart.citations_by_journal' as table_name,
        cited_doi,
        sum(citing_work_count) as citing_work_count,
        null as citing_group_count
    from mart.citations_by_journal
    group by cited_doi
),

expected as (
    select
        tables.table_name,
        tally.cited_doi
    from mart.tally as tally
    cross join (
        values
        ('mart.citations_by_year_and_type'),
        ('mart.citations_by_year'),
        ('mart.citations_by_type'),
        ('mart.citations_by_journal')
    ) as tables (table_name)
    where tally.citing_work_count > 0
    union
    select
        table_name,
        cited_doi
    from facet
)

select
    expected.table_name,
    expected.cited_doi,
    facet.citing_work_count,
    tally.citing_work_count as tally_work_count,
    facet.citing_group_count,
    tally.citing_group_count as tally_group_count
from expected
left join facet
    on expected.table_name = facet.table_name and expected.cited_doi = facet.cited_doi
left join mart.tally as tally on expected.cited_doi = tally.cited_doi
where
    facet.citing_work_count is distinct from tally.citing_work_count
    or coalesce(facet.citing_group_count, tally.citing_group_count)
    is distinct from tally.citing_group_count
