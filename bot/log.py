"""Log lines on standard error, with every token masked, whoever wrote the line."""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

TOKEN = re.compile(r"(?<!\d)\d{3,12}:[A-Za-z0-9_-]{20,}")
"""A bot token as it stands in addresses and tracebacks: digits, colon, 35 characters."""

QUIET = ("httpx", "httpcore", "hpack", "telegram", "tornado.access", "asyncio")
"""Libraries whose INFO lines hold addresses with the token in them, or say too much."""


class Masking(logging.Formatter):
    """Formats as usual, then masks tokens; tracebacks and arguments are covered because the finished line is."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", datefmt="%Y-%m-%dT%H:%M:%S")
        self._secrets = tuple(secret for secret in secrets if len(secret) >= 8)

    def format(self, record: logging.LogRecord) -> str:
        """The finished line without any token."""
        line = TOKEN.sub("<token>", super().format(record))
        for secret in self._secrets:
            line = line.replace(secret, "<token>")
        return line


def discreet(record: logging.LogRecord) -> bool:
    """True; a line in which python-telegram-bot shows whole updates, people's words in them, says what failed alone."""
    if record.name.startswith("telegram") and str(record.msg).startswith("Error while parsing updates"):
        record.msg, record.args, record.exc_info, record.exc_text = "an update can't be parsed", (), None, None
    return True


def configure(level: str = "INFO", secrets: tuple[str, ...] = (), stream: TextIO | None = None) -> logging.Handler:
    """The one handler of the root logger; those that stood before are taken away."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Masking(secrets))
    handler.addFilter(discreet)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    return handler
