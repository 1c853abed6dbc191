"""When the next message may go: two lanes, so that a person's answer never waits behind alerts.

Telegram's limits are rough (30 messages a second in all, one a second in a chat with short bursts, 20 a minute in a
group), so the numbers here stay below them and a 429 is obeyed first: it holds its own chat and no other. Virtual
clocks (GCRA) reserve the slots; a waiting message costs one timer. Several processes on one token share these limits
through the store (`Limits.shared`): an alert waits for its place there, an answer only takes one.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from store.pace import Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

ANSWER, ALERT = 0, 1
TAKEN = 2
"""Says that the message has had its turn already (`Lanes.turn`)."""
FREE = frozenset({"getupdates", "answercallbackquery", "answerinlinequery", "sendchataction", "sendmessagedraft"})
"""Calls with a chat that count against no limit of messages."""

CREDIT = 0.05
"""Seconds that a late timer may be caught up with, so that the pace does not drop below what is allowed."""

TOGETHER = 3
"""Messages that processes may send at the same moment; late timers would otherwise slow all of them down."""

Chat = int | str


class Limits(Struct, frozen=True):
    """Messages a second in all, seconds between two in a chat (a group), how many may go at once there.

    In a group that makes at most 3 + 60 / 3.6 in any minute, below 20. While answers wait, every `share`-th message is
    still an alert, so a flood of questions can't starve them.
    """

    per_second: float = 28
    chat_gap: float = 1.0
    chat_burst: int = 3
    group_gap: float = 3.6
    group_burst: int = 4
    share: int = 8
    tries: int = 3

    def of(self, chat: Chat) -> tuple[float, int]:
        """Gap in seconds and burst of a chat; groups and channels have negative ids or names."""
        if isinstance(chat, str) or chat < 0:
            return self.group_gap, self.group_burst
        return self.chat_gap, self.chat_burst

    def shared(self, bot: int, chat: int) -> tuple[Limit, ...]:
        """What a message counts against in the store, where every process with this bot's token sees it."""
        gap, burst = self.of(chat)
        return Limit(f"bot:{bot}", 1 / self.per_second, TOGETHER), Limit(f"chat:{chat}", gap, burst)


class Pacer:
    """Decides who goes next. No I/O and no clock of its own: `take(now)` gives a ticket or the seconds to wait."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._waiting: tuple[dict[Chat, deque[int]], dict[Chat, deque[int]]] = ({}, {})
        self._open: tuple[list[tuple[int, Chat]], list[tuple[int, Chat]]] = ([], [])
        self._held: list[tuple[float, int, int, Chat]] = []
        self._next = 0.0
        self._chats: dict[Chat, float] = {}
        self._since_alert = 0

    def put(self, lane: int, chat: Chat, ticket: int) -> None:
        """Nothing; the ticket waits. Tickets rise, and a chat's tickets of one lane go in their order."""
        queue = self._waiting[lane].setdefault(chat, deque())
        queue.append(ticket)
        if len(queue) == 1:
            heapq.heappush(self._open[lane], (ticket, chat))

    def drop(self, lane: int, chat: Chat, ticket: int) -> None:
        """Nothing; a ticket nobody waits for any more is forgotten."""
        queue = self._waiting[lane].get(chat)
        if queue and ticket in queue:
            queue.remove(ticket)

    def hold(self, chat: Chat, until: float) -> None:
        """Nothing; the chat gets no message before `until`."""
        gap, burst = self.limits.of(chat)
        self._chats[chat] = max(self._chats.get(chat, 0.0), until + (burst - 1) * gap)

    def take(self, now: float) -> tuple[int | None, float]:
        """(ticket, 0) of the message that goes now, or (None, seconds until it is worth asking again; 60 at most)."""
        if self._next > now:
            return None, self._next - now
        while self._held and self._held[0][0] <= now:
            _, ticket, lane, chat = heapq.heappop(self._held)
            heapq.heappush(self._open[lane], (ticket, chat))
        alerts_first = self._since_alert >= self.limits.share - 1
        for lane in (ALERT, ANSWER) if alerts_first else (ANSWER, ALERT):
            first = self._first(lane, now)
            if first is not None:
                self._since_alert = 0 if lane == ALERT else self._since_alert + 1
                return first, 0.0
        return None, min(60.0, self._held[0][0] - now) if self._held else 60.0

    def _first(self, lane: int, now: float) -> int | None:
        """The first ticket of a lane whose chat may get a message, charged to its chat."""
        heap = self._open[lane]
        while heap:
            _, chat = heapq.heappop(heap)
            queue = self._waiting[lane].get(chat)
            if not queue:
                self._waiting[lane].pop(chat, None)
                continue
            ready = self._ready(chat)
            if ready > now:
                heapq.heappush(self._held, (ready, queue[0], lane, chat))
                continue
            ticket = queue.popleft()
            self._charge(chat, now)
            if queue:
                heapq.heappush(heap, (queue[0], chat))
            else:
                del self._waiting[lane][chat]
            return ticket
        return None

    def _ready(self, chat: Chat) -> float:
        """When the chat may get its next message."""
        gap, burst = self.limits.of(chat)
        return self._chats.get(chat, 0.0) - (burst - 1) * gap

    def _charge(self, chat: Chat, now: float) -> None:
        """Nothing; one message is booked."""
        gap, _ = self.limits.of(chat)
        self._chats[chat] = max(self._chats.get(chat, 0.0), now) + gap
        self._next = max(self._next, now - CREDIT) + 1 / self.limits.per_second
        if len(self._chats) > 8192:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}


class Lanes(BaseRateLimiter[int]):
    """PTB's limiter: `rate_limit_args` is ANSWER (default), ALERT, or TAKEN where the turn was waited for before.

    A 429 was surely not delivered: an answer waits and goes again, an alert is given back to its courier, which knows
    a better time. Nothing else is ever tried again here: a timeout may hide a message that was delivered.
    """

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.pacer = Pacer(limits)
        self.refused = 0
        """Number of 429s so far."""
        self._clock = clock
        self._tickets = itertools.count()
        self._turns: dict[int, asyncio.Future[None]] = {}
        self._news = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing; whoever still waits is told that no turn will come."""
        if self._runner:
            self._runner.cancel()
            self._runner = None
        for turn in self._turns.values():
            turn.cancel()
        self._turns.clear()

    async def process_request(  # noqa: PLR0917 - PTB's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:  # noqa: ANN401
        """What Telegram answered, after the message had its turn."""
        chat = _chat(data.get("chat_id"))
        if chat is None or endpoint.lower() in FREE:
            return await callback(*args, **kwargs)
        lane = ANSWER if rate_limit_args is None else rate_limit_args
        for last in (*(False for _ in range(self.pacer.limits.tries)), True):
            if lane != TAKEN:
                await self.turn(lane, chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refusal:
                self.refused += 1
                wait = seconds(refusal)
                self.pacer.hold(chat, self._clock() + wait + 0.1)
                if last or lane != ANSWER or wait > 60:
                    raise
        raise AssertionError("unreachable")

    async def turn(self, lane: int, chat: Chat) -> None:
        """Nothing, when it is this message's turn."""
        ticket = next(self._tickets)
        turn = asyncio.get_running_loop().create_future()
        self._turns[ticket] = turn
        self.pacer.put(lane, chat, ticket)
        self._news.set()
        if self._runner is None:
            self._runner = asyncio.create_task(self._run())
        try:
            await turn
        except asyncio.CancelledError:
            self._turns.pop(ticket, None)
            self.pacer.drop(lane, chat, ticket)
            raise

    async def _run(self) -> None:
        """Gives turns while anyone waits."""
        while self._turns:
            self._news.clear()
            ticket, wait = self.pacer.take(self._clock())
            if ticket is None:
                try:
                    await asyncio.wait_for(self._news.wait(), wait)
                except TimeoutError:
                    continue
            elif (turn := self._turns.pop(ticket, None)) and not turn.done():
                turn.set_result(None)
                await asyncio.sleep(0)
        self._runner = None


def seconds(refusal: RetryAfter) -> float:
    """Seconds that Telegram asks to wait; PTB gives a number or a timedelta, by its environment."""
    wait: int | timedelta = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _chat(value: object) -> Chat | None:
    """The chat a call goes to, as a number where it is one."""
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    return value if isinstance(value, int | str) else None
