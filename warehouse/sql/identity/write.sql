-- Replace what is known of who is who.

delete from staging.token_work;

insert into staging.token_work by name
select
    token,
    work_id
from incoming_token
order by token;

delete from staging.work_group;

insert into staging.work_group by name
select
    work_id,
    version_group_id,
    is_preprint
from incoming_group
order by work_id;

delete from core.identity_conflict;

insert into core.identity_conflict by name
select distinct
    token_a,
    token_b,
    source,
    record_key,
    reason
from incoming_conflict
order by all;

delete from core.merge_log;

insert into core.merge_log by name
select
    work_id,
    token_a,
    token_b,
    source,
    record_key,
    decided_by
from incoming_join
order by all;

delete from core.identity_decision;

insert into core.identity_decision by name
select
    decision_id,
    action,
    tokens,
    kept_tokens,
    undoes,
    reason,
    decided_at,
    is_in_force
from incoming_decision
order by decided_at, decision_id;
