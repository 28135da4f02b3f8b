"""``python -m pipeline``: the same as ``citehouse``."""

from pipeline.cli import main

main()
