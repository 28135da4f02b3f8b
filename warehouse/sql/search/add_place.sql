-- A statement by its place in the index. SQLite.
insert into place (place, statement_id, cited_work_id) values (?, ?, ?)
