"""What has to be done now and then: digests that are due, old rows forgotten, the owner told of errors and silence."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.deliver import Target, deliver
from bot.pace import ALERT
from handlers import digest
from handlers.reply import Gap, Reply, Text, bold, say
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram.ext import ExtBot

    from handlers.desk import Desk
    from handlers.reply import Block
    from store import Store
    from store.notes import Incident

log = logging.getLogger(__name__)

ROUND = 20.0
SWEEP = timedelta(hours=6)
TELL = timedelta(hours=1)
ASLEEP = timedelta(days=90)
QUESTIONS = timedelta(days=7)
DELIVERED = timedelta(days=60)
SILENT = timedelta(hours=9)


@dataclass
class Upkeep:
    """The rounds of one process; where several share a store, only the one with the lease makes them."""

    desk: Desk
    bot: ExtBot[int]
    owners: frozenset[int]
    worker: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    begun: datetime | None = None

    @property
    def store(self) -> Store:
        """Where all is kept."""
        return self.desk.store

    async def run(self) -> None:
        """Never ends but by cancelling."""
        while True:
            await asyncio.sleep(ROUND)
            try:
                await self.round()
            except (StoreError, TelegramError) as error:
                log.warning("upkeep waits: %s", error)
            except Exception:
                log.exception("a round of upkeep failed")

    async def round(self) -> None:
        """Nothing; what is due has been done."""
        now = self.clock()
        self.begun = self.begun or now
        owed = await asyncio.to_thread(digest.due, self.desk, self.worker, now)
        if owed:
            log.info("%d digests are due", owed)
        if await asyncio.to_thread(self.store.pace.lease, "upkeep", self.worker, now, ROUND * 3) is None:
            return
        if await asyncio.to_thread(self._due, "upkeep:swept", now, SWEEP):
            await asyncio.to_thread(self.sweep, now)
        telling = bool(self.owners) and await asyncio.to_thread(self._due, "upkeep:told", now, TELL)
        if telling:
            await self._tell(now)

    def _due(self, name: str, now: datetime, every: timedelta) -> bool:
        """Whether something was last done so long ago; if so it counts as done now."""
        last = self.store.notes.get(name)
        if last and timedelta(0) <= now - datetime.fromisoformat(last) < every:  # not if the clock was set back
            return False
        self.store.notes.set(name, now.isoformat())
        return True

    def sweep(self, now: datetime) -> int:
        """Number of rows forgotten that nobody needs any more."""
        store = self.store
        gone = store.inbox.sweep(now) + store.pace.sweep(now) + store.exchange.sweep(now - QUESTIONS)
        gone += store.outbox.forget_sent(now - DELIVERED) + store.notes.sweep(now - timedelta(days=30))
        gone += store.arrivals.sweep(now - DELIVERED) + store.subscriptions.sweep(now)
        return gone + store.chats.give_up(now - ASLEEP)

    async def _tell(self, now: datetime) -> None:
        """Nothing; owners hear what went wrong in the last hour, in one message, and that nothing new came in."""
        incidents = await asyncio.to_thread(self.store.notes.untold)
        blocks = [*_faults(incidents)]
        if await asyncio.to_thread(self._newly_silent, now):
            failing = [feed.name for feed in await asyncio.to_thread(self.store.feeds.all) if feed.health == "failing"]
            blocks += [say(bold("No new article for 9 hours. "), f"Failing: {', '.join(failing[:10]) or 'no feed'}")]
        if not blocks:
            return
        told = False
        for owner in sorted(self.owners):
            try:
                await deliver(self.bot, Reply(blocks=tuple(blocks)), Target(chat=owner, lane=ALERT, silent=True))
                told = True
            except TelegramError as error:
                log.warning("owner %d was not told: %s", owner, error.message)
        for incident in incidents if told else ():
            await asyncio.to_thread(self.store.notes.told, incident)

    def _newly_silent(self, now: datetime) -> bool:
        """Whether no feed has brought anything for long, and that was not told yet.

        Not in the first hour: after a long stop the feeds are looked at first.
        """
        if self.begun is None or now - self.begun < TELL:
            return False
        silent = self.store.feeds.silent_since(now - SILENT)
        told = self.store.notes.get("upkeep:silent") == "told"
        if silent != told:
            self.store.notes.set("upkeep:silent", "told" if silent else "")
        return silent and not told


def _faults(incidents: tuple[Incident, ...]) -> list[Block]:
    """A line for each kind of error."""
    if not incidents:
        return []
    lines: list[Block] = [say(bold("Errors since the last hour"))]
    lines += [say(f"{one.count - one.told}× ", Text(one.text[:200], "code")) for one in incidents[:10]]
    return [*lines, Gap()]
