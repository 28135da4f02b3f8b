-- Statements with these words, best first (BM25). SQLite.
-- Parameters: the words as FTS5 reads them; a cited work or null; how many at most.
select
    place.statement_id,
    words.rank
from words
inner join place on words.rowid = place.place
where
    words match ?1 -- noqa: RF02
    and (?2 is null or place.cited_work_id = ?2)
order by
    words.rank,
    words.rowid
limit ?3
