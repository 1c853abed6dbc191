"""The parameters of a call, read as the Bot API server reads them: numbers and objects may arrive as text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.local.refusal import Json, bad


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    data: bytes
    type: str = "application/octet-stream"


class Params:
    """The parameters of one call. Every getter raises Refusal (400) for a value of the wrong kind."""

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "") or name in self.files

    def text(self, name: str, default: str = "") -> str:
        """The value as text."""
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            return json.dumps(value)
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise bad("strings must be encoded in UTF-8")
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """The value as a whole number."""
        value = self.values.get(name)
        if value in (None, ""):
            return default
        try:
            return int(float(value)) if isinstance(value, float) else int(str(value))
        except (ValueError, OverflowError):
            raise bad(f"invalid {name} specified") from None

    def real(self, name: str, default: float = 0.0) -> float:
        """The value as a number."""
        try:
            return float(self.text(name) or default)
        except ValueError:
            raise bad(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """The value as yes or no: "true", "yes" and "1" are yes (Client.cpp, to_bool)."""
        return self.text(name).lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:  # noqa: ANN401 - the value's shape is what the callers below find out
        """The value, decoded if it came as text, None if it is missing."""
        value = self.values.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def object(self, name: str) -> Json | None:
        """The value as a JSON object, None if it is missing."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad(f"object expected as {name.replace('_', ' ')}")
        return value

    def items(self, name: str) -> list[Any] | None:
        """The value as a JSON array, None if it is missing."""
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad(f"expected an Array of {name.replace('_', ' ')}")
        return value

    def upload(self, name: str) -> Upload | str | None:
        """The file sent under `name` (or where an "attach://" value points), else the text given, else None."""
        if name in self.files:
            return self.files[name]
        return self.attached(self.text(name))

    def attached(self, value: str) -> Upload | str | None:
        """The file that an "attach://name" value points at, else the text itself."""
        if value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return value or None

    def shown(self) -> dict[str, Any]:
        """The parameters for a record of the call, files by name and size."""
        files = {name: f"<file {file.name} {len(file.data)} bytes>" for name, file in self.files.items()}
        return self.values | files
