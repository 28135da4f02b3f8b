-- In the place of declared.sql where nobody asks how often the citing works are cited.
-- Grain: no row.
create or replace temp table declared (citing_work_id varchar, cited_by_count bigint)
