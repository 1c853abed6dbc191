"""The reader as one function, for scorers that call it in this process instead of `./run read --lines`."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.machine import GivenPage, page_of, read_out
from news.reading import read


def read_line(line: dict[str, Any]) -> dict[str, Any]:
    """What `./run read --lines` answers to the line, as plain lists and dicts."""
    given = msgspec.convert(line, GivenPage)
    article = page_of(given)
    told: dict[str, Any] = msgspec.to_builtins(read_out(given.id, article, read(article)))
    return told
