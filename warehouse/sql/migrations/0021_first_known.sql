-- How the value of a field is chosen among the records of a work.

-- The first value that is known, with the record that gave it; null if none is. first_by: a
-- number, the smallest wins.
create macro core.first_known(known, source, record_key, first_by) as
arg_min(
    struct_pack(value := known, source := source, record_key := record_key),
    first_by
) filter (where known is not null);

-- The authors stay in their record: here they made the table several times as large.
alter table staging.work_choice drop column byline;
alter table staging.work_choice add column byline struct(
    author_count bigint,
    is_complete boolean,
    source varchar,
    record_key varchar
);

comment on column staging.work_choice.byline is
'Winner for the authors, by the record that has them: a complete list first, then precedence.';
