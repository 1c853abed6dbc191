"""Errors are counted in the store, so that the owner hears of each kind once an hour and not of every one."""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.log import TOKEN
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.notes import Notes

LONGEST = 200


class Recorder(logging.Handler):
    """Counts lines of level ERROR and above by where they were written; no traceback, no token, nobody's words."""

    def __init__(self, notes: Notes) -> None:
        super().__init__(logging.ERROR)
        self._notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        """Nothing; one more of its kind. A store that fails is told of on standard error already."""
        text = record.getMessage()
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            text = f"{text}: {type(fault).__name__}"
        with suppress(StoreError):
            self._notes.record(
                f"{record.name}:{record.lineno}", TOKEN.sub("<token>", text)[:LONGEST], datetime.now(UTC)
            )


@contextmanager
def recording(notes: Notes) -> Iterator[None]:
    """Errors are counted inside."""
    handler = Recorder(notes)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
