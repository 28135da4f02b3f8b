"""WHAT Citehouse knows: the records that every package shares. Pydantic, no I/O.

The way of the data is also the way through this folder:

    identifiers.py        the names a work goes by: DOI, PMID, PMCID, OpenAlex id, ...
    publication_type.py   the vocabulary of publication types, one word a kind
    dates.py              dates as precise as the source gave them, no more
    provenance.py         a raw answer, a reject, what a parse made of an answer
    work.py               what one source says of one work
    citation.py           what one source says of one citation
    report.py             what a run did, and what a report of a cited work shows
"""
