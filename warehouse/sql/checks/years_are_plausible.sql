-- Publication years lie between 1500 and five years from now; others are kept as given.
-- Level: warn
select
    work_id,
    published_year
from core.work
where published_year < 1500 or published_year > year(current_date) + 5
