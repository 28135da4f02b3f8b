-- Editorial notices on a work.
-- Grain: one row a notice, oldest first, without a date last. Parameter: $work_id.
-- Reads: core.notice
select
    notice.type,
    notice.notice_doi,
    notice.notice_date,
    notice.asserted_by,
    notice.source,
    notice.sources
from core.notice as notice
where notice.work_id = $work_id
order by
    notice.notice_date nulls last,
    notice.type,
    notice.notice_doi
