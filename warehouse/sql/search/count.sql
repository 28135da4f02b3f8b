-- How many statements have these words. SQLite. Parameters: as of find.sql, without the last.
select count(*)
from words
inner join place on words.rowid = place.place
where
    words match ?1 -- noqa: RF02
    and (?2 is null or place.cited_work_id = ?2)
