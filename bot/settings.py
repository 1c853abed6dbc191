"""Settings from the environment and a `.env` file, checked once, every mistake said at once.

The environment wins over the file. A name means the field of `Settings` in capitals: `database` is `DATABASE`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_type_hints

import msgspec
from msgspec import Meta, Struct
from rapidfuzz import process

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_DATABASE = "data/dateline.sqlite"
SAMPLE_DATABASE = "data/samples.sqlite"


class SettingsError(ValueError):
    """Settings that cannot be used: one line for each mistake, with what is accepted and an example."""


class Secret(Struct, frozen=True):
    """A value that no log, traceback or repr may show; `reveal` is the only way to it."""

    reveal: str

    def __repr__(self) -> str:
        return "Secret(…)" if self.reveal else "Secret()"

    __str__ = __repr__


Flag = Annotated[bool, Meta(extra={"accepted": "yes or no", "example": "no"})]
Ids = Annotated[
    tuple[int, ...],
    Meta(extra={"accepted": "numbers of Telegram users, parted by commas", "example": "123456789,987654321"}),
]


class Settings(Struct, frozen=True, kw_only=True):
    """Everything that can be set. `.env.example` names each field, and a test holds the two together."""

    telegram_token: Annotated[
        Secret,
        Meta(
            extra={
                "accepted": "the token that BotFather gave, digits, a colon and 35 characters",
                "example": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
            }
        ),
    ] = Secret("")
    telegram_api: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^/\s]+(?:/\S*)?$",
            extra={"accepted": "an http or https address", "example": "https://api.telegram.org"},
        ),
    ] = "https://api.telegram.org"
    admin_ids: Ids = ()
    allowed_ids: Ids = ()
    database: Annotated[
        str, Meta(min_length=1, extra={"accepted": "a path, or the word samples", "example": OWN_DATABASE})
    ] = OWN_DATABASE
    local_port: Annotated[
        int, Meta(ge=0, le=65535, extra={"accepted": "a port, 0 for any free one", "example": "8081"})
    ] = 8081
    status_port: Annotated[int, Meta(ge=0, le=65535, extra={"accepted": "a port, 0 for none", "example": "8082"})] = 0
    heartbeat: Annotated[
        str, Meta(extra={"accepted": "the path of a file, or nothing", "example": "data/heartbeat"})
    ] = ""
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        Meta(extra={"accepted": "DEBUG, INFO, WARNING or ERROR", "example": "INFO"}),
    ] = "INFO"
    log_questions: Flag = False
    open_archive: Flag = False
    collect: Flag = True
    feed_minutes: Annotated[int, Meta(ge=1, le=1440, extra={"accepted": "minutes, 1 to 1440", "example": "15"})] = 15
    web_timeout: Annotated[int, Meta(ge=1, le=120, extra={"accepted": "seconds, 1 to 120", "example": "20"})] = 20
    web_megabytes: Annotated[int, Meta(ge=1, le=100, extra={"accepted": "megabytes, 1 to 100", "example": "8"})] = 8
    web_gap: Annotated[float, Meta(ge=0, le=60, extra={"accepted": "seconds, 0 to 60", "example": "1.5"})] = 1.5
    web_contact: Annotated[
        str,
        Meta(
            max_length=120,
            pattern=r"^[\x20-\x7e]*$",
            extra={"accepted": "an address or a mailbox in ASCII, or nothing", "example": "https://example.org/bot"},
        ),
    ] = ""
    web_allow_loopback: Flag = False
    time_zone: Annotated[
        str,
        Meta(
            pattern=r"^[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*$",
            extra={"accepted": "the name of a time zone", "example": "Europe/Rome"},
        ),
    ] = "UTC"


TYPES = get_type_hints(Settings, include_extras=True)
NAMES = {field.upper(): field for field in Settings.__struct_fields__}
FLAGS = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
MOST_ID = 1 << 52
"""Telegram's ids have at most 52 significant bits (core.telegram.org/bots/api#user, #chat)."""
SHAPE = r"^[0-9]{3,12}:[A-Za-z0-9_-]{20,64}$"
"""What a token of BotFather's looks like."""


def read_env(text: str) -> tuple[dict[str, tuple[str, int]], list[str]]:
    """The settings of a `.env` file as {NAME: (value, line)}, and one sentence for each line that cannot be read."""
    found: dict[str, tuple[str, int]] = {}
    wrong = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        bare = line.strip().removeprefix("export ").strip()
        if not bare or bare.startswith("#"):
            continue
        name, sign, value = bare.partition("=")
        name, value = name.strip(), value.strip()
        if not sign or not name.isidentifier():
            wrong.append(f".env line {number}: not understood. Accepted: NAME=value, e.g. LOG_LEVEL=INFO")
            continue
        if value[:1] in {'"', "'"}:
            closing = value.find(value[0], 1)
            value = value[1:closing] if closing > 0 else value[1:]
        else:
            value = value.split(" #", 1)[0].strip()
        found[name] = (value, number)
    return found, wrong


def load(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: naming every mistake, where it stands, what is accepted and an example.
    """
    environment = os.environ if environment is None else environment
    file = Path(".env") if file is None else file
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read ({error}). Accepted: a text file in UTF-8") from error
    lines, wrong = read_env(text)
    wrong += _misspelt(lines)
    values: dict[str, object] = {}
    for name, field in NAMES.items():
        written, where = lines.get(name, ("", 0))
        place = f".env line {where}"
        if name in environment:
            written, place = environment[name].strip(), "environment"
        if not written:
            continue
        try:
            values[field] = _value(field, written)
        except ValueError:
            extra = _extra(field)
            shown = "the value" if field == "telegram_token" else repr(written[:60])
            wrong.append(
                f"{place}: {name}: {shown} is not accepted. Accepted: {extra['accepted']}, "
                f"e.g. {name}={extra['example']}"
            )
    if wrong:
        raise SettingsError("\n".join(wrong))
    return Settings(**values)  # type: ignore[arg-type]


def _misspelt(lines: Mapping[str, tuple[str, int]]) -> list[str]:
    """One sentence for each name that is nearly a setting; others are left alone, they may belong to other programs."""
    wrong = []
    for name, (_, number) in lines.items():
        near = process.extractOne(name.upper(), list(NAMES), score_cutoff=80)
        if name not in NAMES and near:
            wrong.append(f".env line {number}: {name} is no setting. Did you mean {near[0]}?")
    return wrong


def _extra(field: str) -> dict[str, str]:
    """What is accepted for a field, and an example."""
    return next(meta.extra for meta in getattr(TYPES[field], "__metadata__", ()) if meta.extra)


def _value(field: str, written: str) -> object:
    """The checked value of a field. Raises ValueError."""
    kind = TYPES[field]
    raw: object = written
    if field == "telegram_token":
        return Secret(msgspec.convert(written, Annotated[str, Meta(pattern=SHAPE)]))
    if field.endswith("_ids"):
        raw = [
            _id(part, least=1 if field == "admin_ids" else -MOST_ID) for part in re.split(r"[,;\s]+", written) if part
        ]
    elif isinstance(getattr(Settings(), field), bool):
        raw = FLAGS.get(written.lower(), written)
    elif field == "log_level":
        raw = written.upper()
    elif field == "time_zone":
        _zone(written)
    return msgspec.convert(raw, kind, strict=isinstance(raw, bool | list))


def _id(written: str, least: int) -> int:
    """The number of a user (of a group or channel, where it may be negative). Raises ValueError for what is none."""
    found = int(written)
    if not least <= found <= MOST_ID or not found:
        raise ValueError(written)
    return found


def _zone(name: str) -> None:
    """Nothing. Raises ValueError for a zone that does not exist."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - 20 ms that most starts can do without

    try:
        ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        raise ValueError(name) from error
