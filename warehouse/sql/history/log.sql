-- Log what goes from a table and what comes, before it is done.
insert into ${log} by name
select
    $publication_no as publication_no,
    false as is_added,
    going.* -- noqa: AM04
from going
union all by name
select
    $publication_no as publication_no,
    true as is_added,
    coming.* -- noqa: AM04
from coming
where ${is_logged}
