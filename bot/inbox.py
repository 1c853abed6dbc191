"""Updates are kept before Telegram hears that they came, and forgotten when they are answered: none is lost in a crash.

Two of python-telegram-bot's extension points do it. `Inbox.put` runs before the next getUpdates confirms what came;
`PerChat` works on many chats at once, on one chat in order, and ticks each update off. An update in flight when the
process dies is answered by the next one, three tries at most.
"""

from __future__ import annotations

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.ext import ExtBot

    from store import Store

log = logging.getLogger(__name__)

AGAIN = 60.0
"""Seconds until an update is begun again whose answer could not leave this machine."""
AT_ONCE = 1_000_000
"""Updates that may be waiting for their chat: all. With a limit here, one chat that sends many would keep all others
waiting. The threads of bot.front bound how many are worked on."""


def chat_of(update: Update) -> int:
    """The chat (or person, where there is none) whose order an update belongs to; 0 for neither."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0


class Inbox(asyncio.Queue[Any]):
    """PTB's queue of updates, with the store behind it."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self.store = store
        self.clock = clock
        self.failed: dict[int, str] = {}
        """Updates whose answer surely did not leave this machine, and why; they are begun again."""
        self.stopping = False
        self._later_tasks: set[asyncio.Task[None]] = set()
        self._thread = ThreadPoolExecutor(1, "inbox")

    async def hop(self, work: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
        """What `work` gives, done in the inbox's own thread, so that busy answers can't hold up what comes in."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    async def put(self, item: object) -> None:
        """Nothing, once the update is kept. While it can't be (a full disk), nothing is confirmed: Telegram waits."""
        if not isinstance(item, Update):
            await super().put(item)
            return
        body = item.to_json()  # the standard library's: halves of a pair of surrogates, which UTF-8 can't hold, pass
        pause = 1.0
        while True:
            try:
                new = await self.hop(self.store.inbox.keep, item.update_id, chat_of(item), body, self.clock())
                break
            except StoreError as error:
                log.critical("an update can't be kept: %s Trying again in %.0f s", error, pause)
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)
        if new:
            await super().put(item)

    async def replay(self, bot: ExtBot[int]) -> int:
        """Number of updates that an earlier process took and did not finish; they are in the queue now, in order."""
        rows = await self.hop(self.store.inbox.replay, self.clock())
        for row in rows:
            try:
                update = Update.de_json(json.loads(row.body), bot)
            except Exception:
                log.exception("update %d was kept by another version and can't be read", row.id)
                await self.hop(self.store.inbox.finish, row.id, self.clock())
                continue
            await super().put(update)
        return len(rows)

    def later(self, update: Update) -> None:
        """Nothing; an update whose answer could not leave is begun again in a while, or at the next start."""
        task = asyncio.create_task(self._later(update))
        self._later_tasks.add(task)
        task.add_done_callback(self._later_tasks.discard)

    async def _later(self, update: Update) -> None:
        await asyncio.sleep(AGAIN)
        if not self.stopping:
            await super().put(update)

    def close(self) -> None:
        """Nothing; the inbox's thread ends."""
        for task in self._later_tasks:
            task.cancel()
        self._thread.shutdown(wait=True)


class PerChat(BaseUpdateProcessor):
    """Many chats at once, each chat in order."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(AT_ONCE)
        self.inbox = inbox
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Nothing; the update is worked on in its chat's turn and ticked off. While stopping it stays in the inbox."""
        if not isinstance(update, Update):
            await coroutine
            return
        chat = chat_of(update)
        lock, waiting = self._locks.get(chat, (asyncio.Lock(), 0))
        self._locks[chat] = (lock, waiting + 1)
        try:
            async with lock:
                await self._work(update, coroutine)
        finally:
            lock, waiting = self._locks[chat]
            if waiting == 1:
                del self._locks[chat]
            else:
                self._locks[chat] = (lock, waiting - 1)

    async def _work(self, update: Update, coroutine: Awaitable[Any]) -> None:
        """Nothing; one update, begun and finished or put back."""
        inbox = self.inbox
        number = update.update_id
        if not await self._begun(update):
            if asyncio.iscoroutine(coroutine):
                coroutine.close()
            return
        await coroutine
        reason = inbox.failed.pop(number, None)
        try:
            if reason is None:
                await inbox.hop(inbox.store.inbox.finish, number, inbox.clock())
            elif await inbox.hop(inbox.store.inbox.fail, number, reason):
                inbox.later(update)
        except StoreError as error:  # the next start begins it again
            log.error("what became of update %d can't be noted: %s", number, error)  # noqa: TRY400

    async def _begun(self, update: Update) -> bool:
        """Whether to work on an update now; while the store can't tell, it is asked again later."""
        inbox = self.inbox
        if inbox.stopping:
            return False
        try:
            return bool(await inbox.hop(inbox.store.inbox.begin, update.update_id))
        except StoreError as error:
            log.error("update %d has to wait: %s", update.update_id, error)  # noqa: TRY400 - the sentence says it all
            inbox.later(update)
            return False
