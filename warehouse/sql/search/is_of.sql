-- Which statements the index is of. SQLite.
select value from fingerprint
