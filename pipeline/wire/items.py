"""The items of an answer, each to a record, a reject or an absence."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from schemas.provenance import Absent, RecordError, Reject

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R")

_VALUE_CHARS: Final = 200

_PRIVATE: Final = frozenset(
    {
        "abstract",
        "abstractText",
        "abstract_inverted_index",
        "contexts",
        "contextsWithIntent",
        "descriptions",
    }
)
"""Fields with text that is not to be passed on; errors stand in public tables."""

_NOT_SHOWN: Final = "text that is kept private"


def no_flag(value: object) -> object:
    """The value, for fields that hold numbers: ``true`` is not the number 1.

    Raises:
        ValueError: it is a boolean.
    """
    if isinstance(value, bool):
        raise ValueError("a flag where a number is meant")  # noqa: TRY004 - pydantic's
    return value


def parse_items(
    raw_items: Sequence[object],
    model: type[M],
    to_record: Callable[[int, M], R | Absent],
) -> tuple[list[R], list[Reject], list[Absent]]:
    """Each raw item in exactly one of the three lists, in the order of the answer.

    An item becomes a reject with all its errors if it does not fit `model`, or with
    the message if `to_record` raises ValueError; its neighbours are not touched. The
    fields in the errors are the API's own names: ``authorships.0.author.orcid``.

    Args:
        raw_items: the items as decoded from JSON.
        model: the wire model of one item.
        to_record: called with the position from 0 and the validated item.
    """
    records: list[R] = []
    rejects: list[Reject] = []
    absences: list[Absent] = []
    for index, raw in enumerate(raw_items):
        try:
            result = to_record(index, model.model_validate(raw))
        except ValidationError as err:
            rejects.append(Reject(index=index, errors=_all_errors(err)))
        except ValueError as err:
            rejects.append(Reject(index=index, errors=(_whole_item_error(err, raw),)))
        else:
            if isinstance(result, Absent):
                absences.append(result)
            else:
                records.append(result)
    return records, rejects, absences


def _all_errors(err: ValidationError) -> tuple[RecordError, ...]:
    return tuple(
        RecordError(
            field=".".join(str(part) for part in error["loc"]),
            message=error["msg"],
            # The input of a missing field is all that stands around it: no help.
            value="" if error["type"] == "missing" else _input(error),
        )
        for error in err.errors(include_url=False, include_context=False)
    )


def _whole_item_error(err: ValueError, raw: object) -> RecordError:
    return RecordError(field="", message=str(err), value=_shown(raw))


def _input(error: ErrorDetails) -> str:
    is_private = not _PRIVATE.isdisjoint(map(str, error["loc"]))
    return _NOT_SHOWN if is_private else _shown(error["input"])


def _shown(value: object) -> str:
    if isinstance(value, dict):
        value = {
            name: _NOT_SHOWN if name in _PRIVATE else part
            for name, part in value.items()
        }
    if not isinstance(value, str):
        try:
            value = orjson.dumps(value, default=str).decode()
        except TypeError:  # numbers beyond 64 bits, hundreds of levels
            value = f"a {type(value).__name__} that cannot be shown"
    return value[:_VALUE_CHARS]
