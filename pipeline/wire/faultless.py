"""The quick way through a body that is just as its model says.

A wire model finds every error in a body, and mends what may be mended. Most bodies have
nothing to find, and for these the same model, made into a msgspec structure, takes a
fifth of the time: what it does not name is skipped in the text and never becomes a
value of Python. Nothing is coerced on this way; whatever is not exactly of its type
sends the body back to the model, item by item.
"""

from collections.abc import Callable, Collection
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeVar, Union, cast, get_args, get_origin

import msgspec
from annotated_types import Ge, Le
from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

M = TypeVar("M", bound=BaseModel)

_PLAIN: Final = frozenset({str, int, bool, object, NoneType})


def faultless_reader(
    model: type[M], *, widening: Collection[Callable[..., object]] = ()
) -> Callable[[bytes], M | None]:
    """A function that reads a body, or gives None if the model must look at it.

    What it gives has the attributes of the model, with the same values that the model
    would have read, but is not one: it cannot be dumped or validated again.

    Args:
        model: has only plain fields: no validators besides `widening`.
        widening: functions of ``BeforeValidator`` that leave each value of the field's
            own type as it is, and so have no say on this way.

    Raises:
        TypeError: the model has something that this way would pass over.
    """
    decoder = msgspec.json.Decoder(_Structures(widening).of_model(model))

    def read(body: bytes) -> M | None:
        try:
            return cast("M", decoder.decode(body))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None

    return read


class _Structures:
    """Models as msgspec structures, each made once."""

    def __init__(self, widening: Collection[Callable[..., object]]) -> None:
        self._widening = widening
        self._made: dict[type[BaseModel], type[msgspec.Struct]] = {}

    def of_model(self, model: type[BaseModel]) -> type[msgspec.Struct]:
        if model not in self._made:
            rules = model.__pydantic_decorators__
            if rules.validators or rules.field_validators or rules.model_validators:
                raise TypeError(f"{model.__name__} has validators of its own")
            fields = model.model_fields.items()
            self._made[model] = msgspec.defstruct(
                model.__name__,
                [self._field(name, field) for name, field in fields],
                rename={n: str(f.alias) for n, f in fields if f.alias},
                frozen=True,
                kw_only=True,
                gc=False,  # JSON has no circles
            )
        return self._made[model]

    def _field(self, name: str, field: FieldInfo) -> tuple[Any, ...]:
        kind = self._annotated(field.annotation, field.metadata)
        if field.is_required():
            return name, kind
        if field.default is not None:
            raise TypeError(f"{name}: a default other than None")
        return name, kind, None

    def _of(self, kind: Any) -> Any:  # noqa: ANN401 - a type is of no type
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._annotated(parts[0], list(parts[1:]))
        if origin in (Union, UnionType):
            return Union[tuple(map(self._of, parts))]  # noqa: UP007 - made while running
        if origin in (list, dict):
            return origin[tuple(map(self._of, parts))]
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self.of_model(kind)
        if kind not in _PLAIN:
            raise TypeError(f"{kind} is not a plain type")
        return Any if kind is object else kind

    def _annotated(self, kind: Any, rules: list[Any]) -> Any:  # noqa: ANN401
        bounds: dict[str, Any] = {}
        flat = [
            one
            for rule in rules
            for one in (rule.metadata if isinstance(rule, FieldInfo) else [rule])
        ]
        for rule in flat:
            if isinstance(rule, Ge):
                bounds["ge"] = rule.ge
            elif isinstance(rule, Le):
                bounds["le"] = rule.le
            elif not (
                isinstance(rule, BeforeValidator) and rule.func in self._widening
            ):
                raise TypeError(f"a rule that msgspec does not know: {rule!r}")
        made = self._of(kind)
        return Annotated[made, msgspec.Meta(**bounds)] if bounds else made
