"""What a published warehouse has to tell.

Read only; each file answers one question with records of `schemas.report`:

    run.py      what a run did
    cited.py    all about one cited work
"""
