"""What is owed to chats goes out of the outbox: claimed, marked as being sent, sent, recorded, one commit each.

After a crash nothing is lost, and at most the one message in flight is repeated: what was only claimed goes back when
its lease runs out. A send that may have been delivered is "unknown" and not tried again by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, ChatMigrated, InvalidToken, RetryAfter, TelegramError

from bot.deliver import Target, deliver, shut, unsent
from bot.pace import ALERT, TAKEN, Lanes, seconds
from store.errors import StoreError

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from handlers.notices import Outgoing
    from handlers.reply import Reply
    from store import Store
    from store.outbox import Owed

log = logging.getLogger(__name__)

LEASE = 60.0
"""Seconds that a claimed message is this courier's; half of them may pass until its turn, 20 until a send gives up."""
AT_ONCE = 24
"""Messages made ready at once, each for another chat. Only one is being sent at a time, see `SLOW`."""
SLOW = 1.0
"""Seconds after which a send that hangs lets the next one go. Until then one message at most is in doubt in a crash."""
IDLE = 2.0
NEVER = datetime.min.replace(tzinfo=UTC)
LONGEST_PAUSE = 15.0
"""Seconds between two tries while the line is down; each try is one message, so it may as well be soon."""
TOGETHER = 3
"""More than so many due in one chat become one message; of those that waited for the end of quiet hours, any two."""
WAITED = timedelta(minutes=1)

Render = Callable[[Sequence["Owed"], datetime], "Outgoing | None"]
"""The message for one owed thing, or for several that go out together; None for what needs no telling any more."""


@dataclass
class Courier:
    """Sends what is due. `render` makes the message of what is owed; it runs in a thread."""

    store: Store
    bot: ExtBot[int]
    render: Render
    worker: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    lease: float = LEASE
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _flight: asyncio.Lock = field(default_factory=asyncio.Lock)
    _line_down_until: datetime = NEVER
    _failures: int = 0

    def stop(self) -> None:
        """Nothing; `run` ends soon."""
        self._stop.set()

    async def run(self) -> None:
        """Never ends but after `stop`; then what is in flight is finished first."""
        running: set[asyncio.Task[None]] = set()
        swept = NEVER
        while not self._stop.is_set():
            try:
                if self.clock() - swept > timedelta(seconds=self.lease / 4):
                    await self._hop(self.store.outbox.sweep, self.clock())
                    swept = self.clock()
                due = await self._claim(AT_ONCE - len(running))
            except StoreError as error:
                log.error("sending pauses: %s", error)  # noqa: TRY400 - the sentence says it all
                due = ()
            except Exception:
                log.exception("a round of sending failed")
                due = ()
            for owed in due:
                task = asyncio.create_task(self._safely(owed))
                running.add(task)
                task.add_done_callback(running.discard)
            if running:
                await asyncio.wait(running, timeout=IDLE, return_when=asyncio.FIRST_COMPLETED)
            else:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), IDLE)
        if running:
            await asyncio.wait(running, timeout=8)

    async def drain(self) -> int:
        """Number of messages dealt with until nothing was due any more."""
        done = 0
        while due := await self._claim(AT_ONCE):
            await asyncio.gather(*(self._safely(owed) for owed in due))
            done += len(due)
        return done

    async def _claim(self, room: int) -> tuple[Owed, ...]:
        """What is due and this courier's now."""
        if room <= 0 or self._line_is_down():
            return ()
        found: tuple[Owed, ...] = await self._hop(self.store.outbox.claim, self.worker, self.clock(), self.lease, room)
        return found

    def _line_is_down(self) -> bool:
        """Whether a send failed a moment ago because Telegram could not be reached."""
        return self.clock() < self._line_down_until

    async def _safely(self, owed: Owed) -> None:
        """Nothing; one message is dealt with, and its failure does not stop the others."""
        try:
            await self._send(owed)
        except StoreError as error:
            log.error("message %d is left to its lease: %s", owed.id, error)  # noqa: TRY400
        except Exception:
            log.exception("message %d can't be sent", owed.id)
            with contextlib.suppress(StoreError):  # then its lease runs out
                await self._hop(self.store.outbox.dead, self.worker, owed, "a fault of ours, see the log")

    async def _send(self, owed: Owed) -> None:
        """Nothing; one message, or what is due in its chat together, is sent and the outcome recorded."""
        outbox, together = self.store.outbox, (owed,)
        rest = await self._hop(outbox.also, self.worker, owed, self.clock(), self.lease)
        if len(rest) >= TOGETHER or (rest and any(_waited(one) for one in (owed, *rest))):
            together = (owed, *rest)
        else:
            for other in rest:
                await self._hop(outbox.release, self.worker, other)
        outgoing = await self._hop(self.render, together, self.clock())
        if outgoing is None:
            for one in together:
                await self._hop(outbox.dead, self.worker, one, "nothing to tell any more")
            return
        if outgoing.later:
            for one in together:
                await self._hop(outbox.release, self.worker, one, outgoing.later)
            return
        settings = await self._hop(self.store.chats.settings, owed.chat)
        if not await self._turn(owed.chat):
            for one in together:
                await self._hop(outbox.release, self.worker, one, self.clock() + timedelta(seconds=self.lease))
            return
        target = Target(
            chat=owed.chat,
            thread=owed.thread,
            lane=TAKEN,
            silent=settings.silent,
            edit=outgoing.edit,
            reply_to=outgoing.reply_to,
        )
        async with self._flight:
            if self._line_is_down():
                for one in together:
                    await self._hop(outbox.release, self.worker, one)
                return
            mine = [o for o in together if await self._hop(outbox.sending, self.worker, o, self.clock(), self.lease)]
            if not mine:
                return
            sending = asyncio.create_task(self._sent(mine, outgoing.reply, target))
            await asyncio.wait({sending}, timeout=SLOW)
        await sending

    async def _sent(self, mine: Sequence[Owed], reply: Reply, target: Target) -> None:
        """Nothing; what is marked as being sent is sent, and the outcome recorded."""
        try:
            ids = await deliver(self.bot, reply, target)
        except TelegramError as error:
            await self._refused(mine, error)
            return
        self._failures = 0
        for one in mine:
            await self._hop(self.store.outbox.sent, self.worker, one, ids[0] if ids else None, self.clock())
        for message in ids:
            await self._hop(self.store.exchange.sent, target.chat, message, reply.context, self.clock())

    async def _turn(self, chat: int) -> bool:
        """Whether the chat's turn came, here and among all couriers, while the message was surely this courier's."""
        lanes = self.bot.rate_limiter
        if not isinstance(lanes, Lanes):
            return True
        try:
            await asyncio.wait_for(lanes.turn(ALERT, chat), self.lease / 2)
        except TimeoutError:
            return False
        shared = lanes.pacer.limits.shared(self.bot.id, chat)
        wait = await self._hop(self.store.pace.reserve, shared, self.clock())
        if wait > self.lease / 4:
            return False
        await self.pause(wait)
        return True

    async def _refused(self, mine: Sequence[Owed], error: TelegramError) -> None:
        """Nothing; what a refused or failed send means for the messages is recorded."""
        outbox, chat, now = self.store.outbox, mine[0].chat, self.clock()
        if isinstance(error, RetryAfter):
            until = now + timedelta(seconds=seconds(error) + 1)
            for one in mine:
                await self._hop(outbox.release, self.worker, one, until)
            await self._hop(outbox.hold, chat, until)
        elif isinstance(error, ChatMigrated):
            for one in mine:
                await self._hop(outbox.release, self.worker, one)
            await self._hop(self.store.chats.migrated, chat, error.new_chat_id, now)
        elif shut(error):
            await self._hop(self.store.chats.sleep, chat, error.message, now)
        elif isinstance(error, BadRequest | InvalidToken):
            log.error("message %d to chat %d was refused: %s", mine[0].id, chat, error.message)
            for one in mine:
                await self._hop(outbox.dead, self.worker, one, error.message)
        elif unsent(error):
            # The line is down, which says nothing about these messages: no attempt is counted, and all wait a little.
            if not self._line_is_down():
                self._failures += 1
                self._line_down_until = now + timedelta(seconds=min(LONGEST_PAUSE, 2.0**self._failures))
            for one in mine:
                await self._hop(outbox.release, self.worker, one)
        else:
            log.warning("whether message %d arrived is unknown: %s", mine[0].id, error.message)
            for one in mine:
                await self._hop(outbox.unknown, self.worker, one, error.message or type(error).__name__)

    async def _hop(self, work: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
        """What `work` gives, done in a thread."""
        return await asyncio.to_thread(work, *arguments)


def _waited(owed: Owed) -> bool:
    """Whether a message was to wait when it was made."""
    return owed.due - owed.created > WAITED
