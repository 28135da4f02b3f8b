-- Take the incoming answers. The same question may have been answered twice in a run (it was
-- asked again after a failure): the last answer counts.
-- The temporary table `taken` holds the answers that now stand; the following steps replace
-- all rows that hang on them.

create or replace temp table taken as
select incoming.* -- noqa: AM04
from incoming_answer as incoming
left join staging.answer as known
    on
        incoming.run_id = known.run_id
        and incoming.source = known.source
        and incoming.request_key = known.request_key
where
    known.run_id is null
    or (incoming.fetched_at, incoming.raw_sha256) >= (known.fetched_at, known.raw_sha256)
qualify
    row_number() over (
        partition by incoming.run_id, incoming.source, incoming.request_key
        order by
            incoming.fetched_at desc,
            incoming.raw_sha256 desc,
            incoming.filename asc,
            incoming.file_row_number asc
    ) = 1;

delete from staging.answer
using taken
where
    answer.run_id = taken.run_id
    and answer.source = taken.source
    and answer.request_key = taken.request_key;

insert into staging.answer by name
select * exclude (filename, file_row_number) -- noqa: AM04
from taken;
