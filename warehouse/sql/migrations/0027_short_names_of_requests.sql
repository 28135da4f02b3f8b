-- Requests go by a short name between tables: one about a hundred works is 1,200 characters long,
-- and stands in a row of each of them.

alter table staging.sighting add column request_id uhugeint;
update staging.sighting set request_id = md5_number(request_key);
comment on column staging.sighting.request_id is 'The request by the MD5 of its key.';

drop table staging.work_answer;

create table staging.work_answer (
    run_id varchar not null,
    source varchar not null,
    work_id varchar not null,
    role varchar not null,
    named varchar,
    request_id uhugeint not null,
    chain_id uhugeint not null,
    page bigint not null,
    subject_count bigint not null,
    outcome varchar not null
);

comment on table staging.work_answer is
'Which answers speak for a cited work, and by which of its identifiers: of those that name it, the
ones about the fewest. Grain: run_id, source, work_id, role, request_id, named.';
comment on column staging.work_answer.run_id is 'Run.';
comment on column staging.work_answer.source is 'Source name.';
comment on column staging.work_answer.work_id is 'Cited work.';
comment on column staging.work_answer.role is 'work, citing or count.';
comment on column staging.work_answer.named is
'Identifier of the work that was asked about: a DOI bare, another as a token.';
comment on column staging.work_answer.request_id is
'Request by the MD5 of its key; see staging.sighting.';
comment on column staging.work_answer.chain_id is 'Request of page 1, named likewise.';
comment on column staging.work_answer.page is 'Position in the chain, from 1.';
comment on column staging.work_answer.subject_count is 'Identifiers asked about together.';
comment on column staging.work_answer.outcome is 'Class of the answer.';
