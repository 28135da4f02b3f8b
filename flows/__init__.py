"""WHEN it runs: the Prefect flows. No logic of their own, and the only door to Prefect.

    nightly.py    on a schedule: every cited DOI of the warehouse again
    adhoc.py      by hand: these DOIs, now
    rebuild.py    by hand: all tables again from the archive, no network
    steps.py      a stage of the pipeline as a Prefect task
    outcome.py    what a flow run leaves behind: its summary, and a state to act on

The order of the stages stands once, in `pipeline.run`; a flow passes it a `step`.
Retries stand once, too, in `pipeline.http`: a Prefect retry on top of them would
multiply the requests to public APIs, so no task and no flow has any.
"""
