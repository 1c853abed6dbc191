"""The edges and the wiring: Telegram, the web, the command line, the loops."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot then gives waits as timedelta, without a warning
