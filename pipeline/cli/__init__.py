"""The command line: one file a command, and the rules they share.

    app.py        the commands in their order, the exit codes, every error as one line
    console.py    data on stdout, messages on stderr
    progress.py   a bar for a person at a terminal, a few plain lines for a log file
    tables.py     how numbers, words and tables look
    summary.py    a run; cited.py one cited work; matrix.py its years and types
    grid.py       the rows of a query
    findings.py   what `doctor` looks at

A command imports what it needs when it runs: `citehouse --help` answers at once.
"""

from pipeline.cli.app import main

__all__ = ["main"]
