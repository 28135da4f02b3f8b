-- The statements with the words that were looked for, best first.
-- Grain: one row a statement. Parameter: $statement_ids, none twice.
create or replace temp table found as
select
    unnest($statement_ids) as statement_id,
    generate_subscripts($statement_ids, 1) as place
