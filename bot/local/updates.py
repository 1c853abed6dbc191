"""The queue of updates, and who may take them: getUpdates as the Bot API server does it.

Rules: Client.cpp (process_get_updates_query, do_get_updates, abort_long_poll), TQueue; an update lives 24 hours, a
callback query 150 seconds, an inline query 30, a chosen result 600 (Client.cpp, add_update_impl and its callers).
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.local.address import address
from bot.local.refusal import OTHER_POLLER, WEBHOOK_ACTIVE, Json, Refusal, bad

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.local.params import Params

DAY = 24 * 3600.0
LIFE = {"callback_query": 150.0, "inline_query": 30.0, "chosen_inline_result": 600.0}
QUIET = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to those who ask for them (Client.h, DEFAULT_ALLOWED_UPDATE_TYPES)."""
LONGEST_POLL = 50
CONFLICT_PAUSE = 3.0


@dataclass
class Queue:
    """Updates not yet confirmed, oldest first; `called` are told whenever one is added."""

    waiting: deque[tuple[float, Json]] = field(default_factory=deque)
    allowed: frozenset[str] = frozenset()
    next: int = 1
    called: list[Callable[[], None]] = field(default_factory=list)

    def push(self, kind: str, body: Json, now: float) -> int:
        """The new update's id, 0 if the bot does not want its kind."""
        if kind not in self.allowed if self.allowed else kind in QUIET:
            return 0
        number, self.next = self.next, self.next + 1
        self.waiting.append((now + LIFE.get(kind, DAY), {"update_id": number, kind: body}))
        for call in tuple(self.called):
            call()
        return number

    def take(self, offset: int, limit: int, now: float) -> list[Json]:
        """Up to `limit` updates from `offset` on; earlier ones are confirmed and forgotten.

        A negative offset keeps only that many of the newest.
        """
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while self.waiting and self.waiting[0][1]["update_id"] < offset:
            self.waiting.popleft()
        if any(until < now for until, _ in self.waiting):
            self.waiting = deque((until, update) for until, update in self.waiting if until >= now)
        return [update for _, update in list(self.waiting)[:limit]]

    def want(self, kinds: list[object] | None) -> None:
        """Remember which kinds the bot asks for; None leaves it as it was, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kind for kind in kinds if isinstance(kind, str))


@dataclass
class Poll:
    """The one getUpdates that may wait, and the server's memory of earlier ones."""

    queue: Queue
    strict: bool
    clock: Callable[[], float]
    webhook: Json = field(default_factory=dict)
    waiting: asyncio.Future[None] | None = None
    last_offset: int | None = None
    last_start: float = 0.0
    quiet_until: float = 0.0
    changed: Callable[[], None] = lambda: None  # told when the webhook is set or deleted

    def setwebhook(self, params: Params) -> bool:
        """SetWebhook: from now on updates are posted to the address (bot.local.hook does it)."""
        secret = params.text("secret_token")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        url = params.text("url")
        if url and address(url) is None and not url.startswith("http://127.0.0.1"):
            raise bad("bad webhook: invalid URL specified")
        self.webhook = {"url": url, "secret": secret, "most": params.integer("max_connections", 40)} if url else {}
        self.queue.want(params.items("allowed_updates"))
        if params.flag("drop_pending_updates"):
            self.queue.waiting.clear()
        if url:
            self.end("terminated by setWebhook request")
        self.changed()
        return True

    def deletewebhook(self, params: Params) -> bool:
        """DeleteWebhook."""
        self.webhook = {}
        if params.flag("drop_pending_updates"):
            self.queue.waiting.clear()
        self.changed()
        return True

    def getwebhookinfo(self, params: Params) -> Json:  # noqa: ARG002 - every method is called alike
        """GetWebhookInfo."""
        info: Json = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self.queue.waiting)
        failed = self.webhook.get("failed")
        return info | ({"last_error_date": int(failed[0]), "last_error_message": failed[1]} if failed else {})

    async def get(self, params: Params) -> list[Json]:
        """The updates for one getUpdates call.

        Raises:
            Refusal: 409 when a webhook is set or another poller takes over.
        """
        if self.webhook.get("url"):
            raise Refusal(409, WEBHOOK_ACTIVE)
        self.end("")
        self.queue.want(params.items("allowed_updates"))
        offset, limit, timeout = self.terms(params)
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            updates = self.queue.take(offset, limit, self.clock())
            left = deadline - asyncio.get_running_loop().time()
            if updates or left <= 0:
                return updates
            offset = max(offset, 0)
            await self.wait(left)

    def terms(self, params: Params) -> tuple[int, int, int]:
        """Offset, limit and timeout; who asks for the same again too soon is slowed down."""
        offset = params.integer("offset")
        limit = params.integer("limit", 100)
        limit = limit if 1 <= limit <= 100 else 100
        timeout = min(LONGEST_POLL, max(0, params.integer("timeout")))
        now = self.clock()
        if self.strict and offset == self.last_offset:
            timeout = max(timeout, 3) if now < self.last_start + 3 else timeout
            limit = 1 if now < self.last_start + 0.5 else limit
        self.last_offset, self.last_start = offset, now
        return offset, limit, timeout

    async def wait(self, seconds: float) -> None:
        """Return after a new update or `seconds`, whichever is first.

        Raises:
            Refusal: 409 when another poller takes over meanwhile.
        """
        waiting = self.waiting = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if self.waiting is waiting and not waiting.done():
                waiting.get_loop().call_soon_threadsafe(_finish, waiting)

        self.queue.called.append(wake)
        try:
            await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            pass
        finally:
            self.queue.called.remove(wake)
            if self.waiting is waiting:
                self.waiting = None

    def end(self, reason: str) -> None:
        """Send the waiting poller away with a 409, at once or, if one was sent away just now, three seconds later."""
        waiting, self.waiting = self.waiting, None
        if waiting is None or waiting.done() or waiting.get_loop().is_closed():
            return
        refusal = Refusal(409, reason or OTHER_POLLER)
        now = self.clock()
        if not self.strict or now >= self.quiet_until:
            waiting.set_exception(refusal)
            self.quiet_until = now + CONFLICT_PAUSE
        else:
            waiting.get_loop().call_later(CONFLICT_PAUSE, _refuse, waiting, refusal)


def _finish(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)


def _refuse(waiting: asyncio.Future[None], refusal: Refusal) -> None:
    if not waiting.done():
        waiting.set_exception(refusal)
