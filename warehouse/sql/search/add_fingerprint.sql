-- Which statements these are. SQLite.
insert into fingerprint (value) values (?)
