-- The words of a statement. SQLite.
insert into words (rowid, statement_text) values (?, ?)
