"""What is wrong with a call by the Bot API's documentation, as aiogram's generated models hold it."""

from __future__ import annotations

import inspect
import json
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel


@cache
def models() -> dict[str, type[BaseModel]]:
    """The models of all methods, by their names in lower case."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic's, at import
        from aiogram import methods  # noqa: PLC0415
        from aiogram.methods.base import TelegramMethod  # noqa: PLC0415

    found: list[Any] = [one for _, one in inspect.getmembers(methods, inspect.isclass)]
    return {
        one.__api_method__.lower(): one
        for one in found
        if issubclass(one, TelegramMethod) and one is not TelegramMethod
    }


def mistakes(method: str, params: dict[str, Any]) -> list[str]:
    """Unknown parameters and fields, wrong types, missing values; nothing if the call is right."""
    from pydantic import ValidationError  # noqa: PLC0415

    model = models().get(method.lower())
    if model is None:
        return [f"{method}: no such method"]
    names = {field.alias or name for name, field in model.model_fields.items()}
    found = [f"{method}: unknown parameter {name}" for name in params if name not in names]
    try:
        made = model.model_validate({name: decoded(value) for name, value in params.items()})
    except ValidationError as error:
        return [*found, *(f"{method}.{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:4])]
    return [*found, *unknown(made, method)]


def decoded(value: object) -> object:
    """The value as it was before it went into a form; files as the id of one."""
    if not isinstance(value, str):
        return value
    if value.startswith("<file "):
        return "file_id"
    if value[:1] in ("{", "["):
        return json.loads(value)
    return value


def unknown(model: BaseModel, path: str) -> Iterator[str]:
    """The fields in a call that no model knows, at any depth."""
    for name in model.model_extra or {}:
        yield f"{path}: unknown field {name}"
    for name in type(model).model_fields:
        for part in parts(getattr(model, name)):
            yield from unknown(part, f"{path}.{name}")


def parts(value: object) -> Iterator[BaseModel]:
    """The models in a value, in lists of lists too."""
    from pydantic import BaseModel  # noqa: PLC0415

    if isinstance(value, BaseModel):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from parts(one)
