"""The far side: the APIs that Citehouse asks, on loopback, serving an invented world.

    world.py        what is true, and which source knows which part of it
    kinds.py        what each source calls a kind of publication
    people.py       invented people; generate.py invented citing works
    sample*.py      the sample world, every trap once; large.py worlds for load tests
    truth.py        what a correct warehouse says of a world
    openalex.py, crossref.py, opencitations.py, doiorg.py   the APIs' behaviour
    *_record.py     the world in each API's words
    limits.py, faults.py   what the APIs refuse, and how they fail
    app.py, server.py      the web application and the thread that serves it

Every work, person and venue here is invented; nothing was copied from an API.
Importing this package starts nothing.
"""
