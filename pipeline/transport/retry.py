"""How long to be patient with one question: which waits, how many tries."""

from typing import Final

from urllib3 import Retry
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, ProtocolError
from urllib3.util.retry import RequestHistory

from pipeline.transport.classify import RETRIED
from pipeline.transport.limiter import MAX_WAIT_S
from schemas.provenance import AnswerClass

MAX_TRIES: Final = 5
"""With waits of about 1, 2, 4 and 8 s: outlives a restart of a server behind a load
balancer, and a dead source costs a question a quarter of a minute, not the night."""

MAX_SOFT_ERRORS: Final = 2
"""Half an answer often is the same half again; two more tries, then the item fails."""

BACKOFF_S: Final = 0.5
BACKOFF_MAX_S: Final = 30.0

_LONGEST_SAID_S: Final = 7 * 86_400  # what is told of a Retry-After, not what is waited


class GivenUp(Exception):
    """The question is not asked again; the text says why.

    Attributes:
        wait_s: how long the source wants to be left alone; 0: it did not say.
    """

    def __init__(self, why: str, wait_s: float = 0.0) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class _SoftError(HTTPError):
    """Counted apart by urllib3: neither a connection's error nor a read error."""


class Patience:
    """The tries of one question.

    urllib3's Retry counts and computes the waits; the tries themselves are made above
    the limiter by `pipeline.http`, because urllib3's own would be made below it.

    Args:
        backoff_s: first wait is twice this; it doubles each time, plus jitter.
    """

    def __init__(self, backoff_s: float = BACKOFF_S) -> None:
        self._retry = Retry(
            total=MAX_TRIES - 1,
            other=MAX_SOFT_ERRORS,
            backoff_factor=backoff_s,
            backoff_max=BACKOFF_MAX_S,
            backoff_jitter=backoff_s,
            retry_after_max=_LONGEST_SAID_S,
            # urllib3 makes the first retry at once; with one entry more it waits.
            history=(RequestHistory("GET", None, None, None, None),),
        )

    def wait_after(self, outcome: AnswerClass, retry_after: str | None) -> float:
        """Seconds to wait before the next try.

        Args:
            outcome: of the try just made.
            retry_after: the header as it came, seconds or a date; if it makes no
                sense it is as if it were not there.

        Raises:
            GivenUp: no more tries: the class is not one that a second try mends, the
                tries are used up, or the source asks for too long a wait.
        """
        if outcome not in RETRIED:
            raise GivenUp("")
        said_s = self._said(retry_after)
        if said_s > MAX_WAIT_S:
            raise GivenUp(
                f"it asks to wait {said_s:.0f} s, more than the {MAX_WAIT_S:.0f} s "
                "that a run waits: run again later",
                said_s,
            )
        failed = _SoftError() if outcome == "soft_error" else ProtocolError()
        tries = len(self._retry.history)
        try:
            self._retry = self._retry.increment("GET", error=failed)
        except MaxRetryError:
            raise GivenUp(
                f"{tries} {'try' if tries == 1 else 'tries'}", said_s
            ) from None
        return said_s or self._retry.get_backoff_time()

    def _said(self, retry_after: str | None) -> float:
        if retry_after is None:
            return 0.0
        try:
            return float(self._retry.parse_retry_after(retry_after))
        except (InvalidHeader, ValueError, OverflowError):
            return 0.0
