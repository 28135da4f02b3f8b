-- Every source that tells of a notice, and how many of the citing works are retracted.

alter table core.notice add column sources varchar[];

comment on column core.notice.sources is
'All sources that say so, by name; of a retraction also those that only mark the work.';

alter table mart.tally add column retracted_citing_work_count bigint;

comment on column mart.tally.retracted_citing_work_count is
'Of citing_work_count, the works that some source calls retracted. Null: not known.';
