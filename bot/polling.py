"""Asking Telegram for updates. What came is in the inbox before the next question confirms it."""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Update
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.pace import seconds

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.inbox import Inbox

log = logging.getLogger(__name__)

UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.EDITED_CHANNEL_POST,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)
"""Asked for by name: what Telegram sends by default leaves some out and brings others that nobody here reads."""

LONG = 25
"""Seconds that Telegram may wait for something to tell."""
LONGEST_PAUSE = 30.0
CONFLICT_PAUSE = 10.0


@dataclass
class Poller:
    """One bot's questions. `last` is when one was last answered (monotonic seconds); `rival` says why none is."""

    bot: ExtBot[int]
    inbox: Inbox
    last: float | None = None
    rival: bool = False
    task: asyncio.Task[None] | None = None
    _offset: int = 0
    _failures: int = 0

    async def run(self) -> None:
        """Never ends but by cancelling, which is safe at any moment.

        Raises:
            InvalidToken: the token was withdrawn.
        """
        while True:
            try:
                await self._ask()
            except InvalidToken:
                raise
            except RetryAfter as refusal:
                await asyncio.sleep(seconds(refusal) + 0.5)
            except Conflict:
                self.rival = True
                log.error("another program asks with this token too: stop one of the two")  # noqa: TRY400
                await asyncio.sleep(CONFLICT_PAUSE)
            except TelegramError as error:
                self._failures += 1
                pause = min(LONGEST_PAUSE, 2.0 ** (self._failures - 1))
                log.warning("asking Telegram for news failed (%s); again in %.0f s", error.message, pause)
                await asyncio.sleep(pause)
            except Exception:
                log.exception("what Telegram answered can't be taken in")
                if not await self._one_by_one():
                    await asyncio.sleep(CONFLICT_PAUSE)

    async def _ask(self) -> None:
        """Nothing; one question, and what came is kept."""
        wait = 0 if self.last is None else LONG  # the first question shows at once whether there is an answer
        updates = await self.bot.get_updates(offset=self._offset, timeout=wait, allowed_updates=UPDATES)
        self.last, self.rival, self._failures = time.monotonic(), False, 0
        for update in updates:
            await self._keep(update)

    async def _one_by_one(self) -> bool:
        """Whether what waits was taken in one at a time; what cannot be read is passed over and holds up no other."""
        asked = {"offset": self._offset, "timeout": 0, "allowed_updates": list(UPDATES)}
        try:
            with warnings.catch_warnings(category=PTBUserWarning, action="ignore"):  # it recommends what just failed
                waiting = await self.bot.do_api_request("getUpdates", api_kwargs=asked)
        except TelegramError as error:
            log.warning("asking Telegram for news failed (%s)", error.message)
            return False
        bodies = [body for body in waiting if isinstance(body, dict)] if isinstance(waiting, list | tuple) else []
        for body in bodies:
            try:
                update = Update.de_json(body, self.bot)
            except Exception:
                log.exception("update %s can't be read and is passed over", body.get("update_id"))
                self._offset = int(body["update_id"]) + 1
                continue
            await self._keep(update)
        return bool(bodies)

    async def _keep(self, update: Update) -> None:
        """Nothing; one update is kept. One that nobody can keep must not come again and again, and hold up others."""
        try:
            await self.inbox.put(update)
        except Exception:
            log.exception("update %d can't be taken in and is passed over", update.update_id)
        self._offset = update.update_id + 1
