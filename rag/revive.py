"""Data back from its JSON form: the inverse of `Answer.to_dict`, for any of our frozen dataclasses.

It goes by the fields and their type hints, so what a later Dateline adds needs no line here.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from index.errors import DatelineError

Thing = TypeVar("Thing")


def plain(thing: Any) -> Any:
    """Plain JSON types only; days as ISO 8601.

    >>> plain({"as_of": date(2020, 6, 9), "window": (1, 2)})
    {'as_of': '2020-06-09', 'window': [1, 2]}
    """
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {name: plain(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(one) for one in thing]
    return thing.isoformat() if isinstance(thing, date) else thing


def revive(kind: type[Thing], data: Mapping[str, Any]) -> Thing:
    """The dataclass that `plain` made `data` of.

    A field that the data lacks takes its default; what the dataclass has no field for is passed
    over.

    Raises:
        DatelineError: a field without a default is missing, or a value is of another form.
    """
    try:
        return _made(kind, data)  # type: ignore[no-any-return]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        problem = f"this is no {kind.__name__} that this Dateline can read ({error})"
        raise DatelineError(problem, "it may be from a newer one") from error


def _made(hint: Any, data: Any) -> Any:
    """`data` as what a type hint names; a hint that says nothing of JSON leaves it as it is."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return None if data is None else _made(next(h for h in inner if h is not NoneType), data)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _made(hints[name], data[name]) for name in hints if name in data})
    if origin is tuple:
        each = [inner[0]] * len(data) if inner[-1] is ... else inner
        return tuple(_made(*pair) for pair in zip(each, data, strict=True))
    if hint is date:
        return date.fromisoformat(data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}
