"""HOW a record travels: one module a stage, in the order of the data's way.

run.py             the order of the stages, once, for every door
cited_dois.py      what was asked for, in normal form
fetch.py           which questions, in which order; ask.py: one question
sources/           one file an API: its questions, its answers (wire/: their shapes)
http.py            the only door to the network (transport/: its parts)
archive.py         every answer as it came, Parquet
stage.py           parsed records on their way to the warehouse
match.py           which records are the same work
generation.py      load, match, merge, aggregate, check, publish
run_report.py      what the run did, read back from what it published
cli/               the command line; settings.py, errors.py
simulator/         the far side of the network, on loopback, for demo and tests
"""
