"""A reading process: jobs come on stdin and answers go to stdout, both pickled.

Started by `pipeline.extraction.readers`, which alone talks to it; it ends with its
input.
"""

import pickle
import resource
import signal
import sys

from pipeline.extraction.readers import MAX_MEMORY_BYTES
from pipeline.extraction.reading import read


def main() -> None:
    """Read texts until there are no more."""
    # A person who interrupts the run interrupts its group: the run ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            job = pickle.load(jobs)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        pickle.dump(read(job), answers)
        answers.flush()


if __name__ == "__main__":
    main()
