"""Carrying out the sources' plans: rounds of questions, all sources side by side."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Lock

from pipeline.ask import Asker
from pipeline.sources.base import Answer, Plan, Source


class Drivers:
    """A pool of threads a source: a slow source's queue never holds up the others.

    Args:
        sources: by name.
        threads: requests in flight at once to one source, below its own cap.
    """

    def __init__(self, sources: Mapping[str, Source], threads: int) -> None:
        self._sources = dict(sources)
        self._queueing = Lock()
        self._pools = {
            name: ThreadPoolExecutor(
                min(threads, source.concurrency), thread_name_prefix=name
            )
            for name, source in sources.items()
        }

    def close(self, *, is_waiting: bool) -> None:
        """Let the threads end; waits for the questions under way, or does not."""
        for pool in self._pools.values():
            pool.shutdown(wait=is_waiting, cancel_futures=True)

    def carry_out(self, asker: Asker, plans: Mapping[str, Plan]) -> None:
        """Carry out plans side by side; the first error in any of them is raised."""
        if not plans:
            return
        with ThreadPoolExecutor(len(plans), thread_name_prefix="plan") as drivers:
            running = [
                drivers.submit(self.drive, asker, self._sources[name], plan)
                for name, plan in plans.items()
            ]
            for outcome in running:
                outcome.result()

    def drive(self, asker: Asker, source: Source, plan: Plan) -> None:
        """Carry out one plan, round by round."""
        pool = self._pools[source.name]
        ask: Callable[..., list[Answer]] = partial(asker.ask, source)
        try:
            requests = next(plan)
            while True:
                with self._queueing:
                    # As one piece: a round that is mixed with another batch's ends
                    # as late as both, and no batch gets ahead to the next source.
                    coming = pool.map(ask, requests)
                # No name holds the answers: they are gone before the next ones come.
                requests = plan.send([_light(one) for some in coming for one in some])
        except StopIteration:
            return


def _light(answer: Answer) -> Answer:
    """The answer without its body, which lies in the archive."""
    return replace(answer, raw=answer.raw.model_copy(update={"body": b""}))
