"""Errors are counted in the store, so that the owner hears of each kind once an hour and not of every one."""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from queue import Full, Queue
from threading import Thread
from typing import TYPE_CHECKING

from bot.log import TOKEN
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.notes import Notes

LONGEST = 200
MOST = 1000
"""Lines that may wait to be counted; a store that is locked for long is told of on standard error anyway."""
PATIENCE = 5.0


class Recorder(logging.Handler):
    """Counts lines of level ERROR and above by where they were written; no traceback, no token, nobody's words.

    The counting is done in a thread of its own: whoever logs, the loop for one, never waits for the store.
    """

    def __init__(self, notes: Notes) -> None:
        super().__init__(logging.ERROR)
        self._notes = notes
        self._lines: Queue[tuple[str, str, datetime] | None] = Queue(MOST)
        self._thread = Thread(target=self._count, name="incidents", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Nothing; one more of its kind."""
        text = record.getMessage()
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            text = f"{text}: {type(fault).__name__}"
        with suppress(Full):
            self._lines.put_nowait(
                (f"{record.name}:{record.lineno}", TOKEN.sub("<token>", text)[:LONGEST], datetime.now(UTC))
            )

    def close(self) -> None:
        """Nothing; what waits has been counted, if the store lets it."""
        with suppress(Full):
            self._lines.put(None, timeout=PATIENCE)
        self._thread.join(PATIENCE)
        super().close()

    def _count(self) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(StoreError):
                self._notes.record(*line)


@contextmanager
def recording(notes: Notes) -> Iterator[None]:
    """Errors are counted inside."""
    handler = Recorder(notes)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
