-- Passages that cite, which are not ours to publish; and what is derived of them, which is.

create schema private;

create table private.citation_context (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    source varchar not null,
    record_key varchar not null,
    context_index bigint not null,
    text varchar not null,
    intents varchar[] not null,
    licence varchar not null,
    attribution varchar not null,
    run_id varchar not null,
    request_key varchar not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null
);

comment on table private.citation_context is
'PRIVATE, not for export or display to others. One row a passage that cites, as a source cut it
out. The text is third-party text, under the licence that the row names: Semantic Scholar gives it
under the licence of its API, item by item CC BY-NC or ODC-BY, to access and display with
attribution, not to pass on. Never counted as statements. Grain: citing_work_id, cited_work_id,
source, record_key, context_index.';
comment on column private.citation_context.citing_work_id is 'Citing work.';
comment on column private.citation_context.cited_work_id is 'Cited work.';
comment on column private.citation_context.source is 'Source that cut the passage out.';
comment on column private.citation_context.record_key is 'Its citation record.';
comment on column private.citation_context.context_index is 'Place in the record, from 0.';
comment on column private.citation_context.text is
'The passage, third-party text: private, see licence.';
comment on column private.citation_context.intents is
'Why this passage cites, in the words of the source, sorted. Empty: it does not say.';
comment on column private.citation_context.licence is 'Terms under which the text is held.';
comment on column private.citation_context.attribution is 'Who must be named beside it.';
comment on column private.citation_context.run_id is 'Run that received this version.';
comment on column private.citation_context.request_key is 'Request; see core.fetch.';
comment on column private.citation_context.raw_sha256 is 'Hash of the raw answer.';
comment on column private.citation_context.fetched_at is 'When it was received, UTC.';

create table core.citation_intent (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    source varchar not null,
    intents varchar[] not null,
    is_influential boolean,
    context_count bigint not null,
    attribution varchar not null
);

comment on table core.citation_intent is
'Why one work cites another, in the words of a source: facts derived of passages that are kept
private. Sources that say nothing of it have no row. Passages are no statements: none of this is
counted anywhere. Grain: citing_work_id, cited_work_id, source.';
comment on column core.citation_intent.citing_work_id is 'Citing work.';
comment on column core.citation_intent.cited_work_id is 'Cited work.';
comment on column core.citation_intent.source is 'Source that says so.';
comment on column core.citation_intent.intents is
'Over all passages, sorted; Semantic Scholar: background, methodology, result. Empty: no reason
given.';
comment on column core.citation_intent.is_influential is
'The judgement of the source: the cited work has a marked influence. Null: it has none.';
comment on column core.citation_intent.context_count is
'Different passages that the source has cut out; not a number of citations in the text.';
comment on column core.citation_intent.attribution is
'Who must be named where this is shown.';
