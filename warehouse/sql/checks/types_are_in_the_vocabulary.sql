-- A publication type is one of the fifteen.
-- Level: fail
select
    work_id,
    publication_type
from core.work
where
    publication_type not in (
        'article',
        'review',
        'preprint',
        'book',
        'book-chapter',
        'conference-paper',
        'dataset',
        'editorial',
        'letter',
        'erratum',
        'retraction',
        'dissertation',
        'report',
        'peer-review',
        'other'
    )
