-- self + independent + unknown = citing works, wherever they are counted.
-- Level: fail
with counted as (
    select
        'mart.citations_by_year_and_type' as table_name,
        cited_doi,
        citing_work_count,
        self_citing_work_count,
        independent_citing_work_count,
        unknown_relationship_work_count
    from mart.citations_by_year_and_type
    union all
    select
        'mart.tally' as table_name,
        cited_doi,
        citing_work_count,
        self_citing_work_count,
        independent_citing_work_count,
        unknown_relationship_work_count
    from mart.tally
    union all
    select
        'mart.citations_by_journal' as table_name,
        cited_doi,
        citing_work_count,
        self_citing_work_count,
        independent_citing_work_count,
        unknown_relationship_work_count
    from mart.citations_by_journal
    union all
    select
        'mart.citations_by_author' as table_name,
        cited_doi,
        citing_work_count,
        self_citing_work_count,
        independent_citing_work_count,
        unknown_relationship_work_count
    from mart.citations_by_author
)

select
    table_name,
    cited_doi,
    citing_work_count,
    self_citing_work_count,
    independent_citing_work_count,
    unknown_relationship_work_count
from counted
where
    citing_work_count
    <> self_citing_work_count + independent_citing_work_count + unknown_relationship_work_count
