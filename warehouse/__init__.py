"""WHERE the data rests: the only package that imports DuckDB.

generation.py      the next generation of the file, and how it takes the live place
migrate.py         the tables, by sql/migrations
load.py            staged records into `staging` tables
identity.py        what matching reads, and what it decided
build.py           core and mart tables, by sql/models, each from those it reads
check.py           what must hold before publishing, by sql/checks
connection.py      how readers open the published file
query.py           questions, by sql/queries or by anyone's SQL
report/            what the published warehouse has to tell
dictionary.py      docs/warehouse.md, from the comments on tables and columns
"""
