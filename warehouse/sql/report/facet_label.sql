-- What people call a value: what most of the citing works print, then the first in the alphabet.
-- Grain: facet, value.
-- Reads: the temporary citing and signed
create or replace temp table facet_label as
with printed as (
    select
        'journal' as facet,
        journal_key as value,
        container_title as label,
        count(*) as print_count
    from citing
    where journal_key is not null and container_title is not null
    group by
        journal_key,
        container_title
    union all
    select
        'author' as facet,
        author_key as value,
        name as label,
        count(*) as print_count
    from signed
    group by
        author_key,
        name
)

select
    facet,
    value,
    arg_min(label, (-print_count, label)) as label
from printed
group by
    facet,
    value
