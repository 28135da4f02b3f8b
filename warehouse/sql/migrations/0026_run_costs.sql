-- What a run cost: requests, repeats, bytes, credits and seconds, by source.

alter table staging.answer add column credits bigint;

comment on column staging.answer.credits is
'Credits of a daily allowance that it cost, as the answer says itself. Null: it has none.';

create or replace view core.fetch as -- noqa: PRS
select
    answer.run_id,
    answer.source,
    answer.request_key,
    answer.endpoint,
    answer.role,
    answer.chain,
    answer.page,
    answer.subjects,
    answer.url,
    answer.http_status,
    answer.outcome,
    answer.fetched_at,
    answer.elapsed_s,
    answer.attempts,
    answer.body_bytes,
    answer.credits,
    answer.raw_sha256,
    answer.kind,
    answer.received,
    answer.parsed,
    answer.rejected,
    answer.absent,
    answer.declared_total,
    answer.next_cursor,
    answer.error
from staging.answer as answer;

comment on view core.fetch is
'One row an answer of a source, also of requests that failed or were not sent. Grain: run_id,
source, request_key.';
comment on column core.fetch.run_id is 'Run that asked.';
comment on column core.fetch.source is 'Source that was asked.';
comment on column core.fetch.request_key is
'Method, path and parameters, without key or contact address.';
comment on column core.fetch.endpoint is 'The source''s own name of the call.';
comment on column core.fetch.role is
'What it was for: work, citing, references, count, agency, identifiers or look_up.';
comment on column core.fetch.chain is 'Request key of page 1, shared by all pages of one list.';
comment on column core.fetch.page is 'Position in its chain, from 1.';
comment on column core.fetch.subjects is 'Identifiers asked about: DOIs bare, others as tokens.';
comment on column core.fetch.url is 'Final URL, redacted.';
comment on column core.fetch.http_status is
'HTTP status; null: no answer came, or none was asked for.';
comment on column core.fetch.outcome is 'Class of the answer: ok, not_found, or a kind of failure.';
comment on column core.fetch.fetched_at is 'When the answer came, UTC.';
comment on column core.fetch.elapsed_s is 'Seconds from the first byte sent to the last byte read.';
comment on column core.fetch.attempts is 'How often it was tried; 0: not sent.';
comment on column core.fetch.body_bytes is 'Size of the body in bytes.';
comment on column core.fetch.credits is
'Credits of a daily allowance that the answer cost, as it says itself. Null: it has none.';
comment on column core.fetch.raw_sha256 is 'SHA-256 of the body, hex; the key into the archive.';
comment on column core.fetch.kind is
'What the answer was, in the source''s words; null: not recognised.';
comment on column core.fetch.received is 'Items in the answer.';
comment on column core.fetch.parsed is 'Items that became a record.';
comment on column core.fetch.rejected is 'Items that could not be used.';
comment on column core.fetch.absent is 'Items that say there is nothing.';
comment on column core.fetch.declared_total is 'Items that the source says the whole list has.';
comment on column core.fetch.next_cursor is
'Where the next page begins, as the source gave it; null: last page.';
comment on column core.fetch.error is 'Why there is no usable body; null: there is one.';

alter table core.run_source add column request_count bigint;
alter table core.run_source add column retry_count bigint;
alter table core.run_source add column received_bytes bigint;
alter table core.run_source add column credit_count bigint;
alter table core.run_source add column elapsed_s double;
alter table core.run_source add column first_at timestamp with time zone;
alter table core.run_source add column last_at timestamp with time zone;

alter table history.core_run_source add column request_count bigint;
alter table history.core_run_source add column retry_count bigint;
alter table history.core_run_source add column received_bytes bigint;
alter table history.core_run_source add column credit_count bigint;
alter table history.core_run_source add column elapsed_s double;
alter table history.core_run_source add column first_at timestamp with time zone;
alter table history.core_run_source add column last_at timestamp with time zone;

comment on column core.run_source.request_count is 'Requests that were sent, repeats among them.';
comment on column core.run_source.retry_count is 'Repeats after a failure.';
comment on column core.run_source.received_bytes is
'Size of the bodies that were kept, in bytes.';
comment on column core.run_source.credit_count is
'Credits that the answers cost. Null: the source has none.';
comment on column core.run_source.elapsed_s is
'Seconds from the first byte sent to the last byte read, summed over the answers.';
comment on column core.run_source.first_at is 'When the first answer came, UTC.';
comment on column core.run_source.last_at is 'When the last answer came, UTC.';

comment on column history.core_run_source.request_count is
'Requests that were sent, repeats among them.';
comment on column history.core_run_source.retry_count is 'Repeats after a failure.';
comment on column history.core_run_source.received_bytes is
'Size of the bodies that were kept, in bytes.';
comment on column history.core_run_source.credit_count is
'Credits that the answers cost. Null: the source has none.';
comment on column history.core_run_source.elapsed_s is
'Seconds from the first byte sent to the last byte read, summed over the answers.';
comment on column history.core_run_source.first_at is 'When the first answer came, UTC.';
comment on column history.core_run_source.last_at is 'When the last answer came, UTC.';
