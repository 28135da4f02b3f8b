"""Many values in few requests, limited by number and by length."""

from collections.abc import Callable, Iterator, Sequence


def batched_by_length(
    values: Sequence[str],
    *,
    max_count: int,
    max_chars: int,
    cost: Callable[[str], int],
) -> Iterator[tuple[str, ...]]:
    """The values in order, in batches as large as both limits allow.

    A value that costs more than `max_chars` by itself stands alone: the server decides.
    No values, no batches.

    Args:
        values: what is asked for.
        max_count: values a batch at most.
        max_chars: total cost of a batch at most.
        cost: characters that a value takes in the request line, escaped and with its
            separator.
    """
    batch: list[str] = []
    used = 0
    for value in values:
        price = cost(value)
        if batch and (len(batch) >= max_count or used + price > max_chars):
            yield tuple(batch)
            batch, used = [], 0
        batch.append(value)
        used += price
    if batch:
        yield tuple(batch)
