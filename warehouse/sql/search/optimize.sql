-- One tree instead of several: smaller, and quicker to search. SQLite.
insert into words (words) values ('optimize')
