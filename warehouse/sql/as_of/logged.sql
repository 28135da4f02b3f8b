-- A table as a past publication left it: what is there now, with what has gone since, less what
-- has come since. Both sides count rows that are equal.
create view ${table} as
select ${columns}
from (
    (
        select ${columns}
        from published.${table}
        union all
        select ${columns}
        from published.${log}
        where not is_added and publication_no > ${publication_no}
    )
    except all
    select ${columns}
    from published.${log}
    where is_added and publication_no > ${publication_no}
) as state
where ${of_its_runs}
