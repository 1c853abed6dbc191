"""Webhook delivery: updates are posted to the bot's address, one in flight per chat or user, until it says 2xx.

Rules: WebhookActor.cpp. Any other answer is tried again after a pause that doubles up to a minute, Retry-After is
honoured; a JSON answer that names a method is carried out.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bot.local.params import Params
from bot.local.refusal import Json, NetworkDown, ReplyLost
from bot.local.wire import call

if TYPE_CHECKING:
    from bot.local.ground import Ground

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
LONGEST_WISH = 3600.0
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Hook:
    """Posts a world's updates for as long as a webhook is set. Works in the event loop it was made in."""

    def __init__(self, world: Ground) -> None:
        self.world = world
        self.loop = asyncio.get_running_loop()
        self.busy: set[tuple[str, int]] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        self.client = AsyncHTTPClient(force_instance=True)
        world.queue.called.append(self.deliver)
        world.poll.changed = self.deliver

    def close(self) -> None:
        """Deliver nothing more."""
        self.world.queue.called.remove(self.deliver)
        for task in tuple(self.tasks):
            task.cancel()
        self.client.close()

    def deliver(self) -> None:
        """Start posting what may go now."""
        hook, queue = self.world.poll.webhook, self.world.queue
        if not hook:
            return
        for entry in tuple(queue.waiting):
            lane = _lane(entry[1])
            if lane in self.busy or len(self.busy) >= hook["most"]:
                continue
            self.busy.add(lane)
            queue.waiting.remove(entry)
            task = self.loop.create_task(self.post(hook, entry, lane))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def post(self, hook: Json, entry: tuple[float, Json], lane: tuple[str, int]) -> None:
        """Post one update until it is taken, too old, or the webhook has changed; then it goes back to the queue."""
        until, update = entry
        pause = FIRST_PAUSE
        while self.world.clock() < until:
            if self.world.poll.webhook is not hook:
                self.world.queue.waiting.appendleft(entry)
                break
            wait = await self.once(hook, update)
            if wait is None:
                break
            await asyncio.sleep(wait or pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        self.busy.discard(lane)
        self.deliver()

    async def once(self, hook: Json, update: Json) -> float | None:
        """None if the bot took the update, else the seconds it asks to wait, 0 if it does not say."""
        headers = {"Content-Type": "application/json"} | ({SECRET: hook["secret"]} if hook["secret"] else {})
        request = HTTPRequest(hook["url"], "POST", headers, json.dumps(update), request_timeout=60)
        try:
            response = await self.client.fetch(request, raise_error=False)
        except OSError as error:
            hook["failed"] = (self.world.clock(), f"Connection failed: {error}")
            return 0.0
        if 200 <= response.code < 300:
            await self.reply(response.body)
            return None
        hook["failed"] = (self.world.clock(), f"Wrong response from the webhook: {response.code} {response.reason}")
        wish = response.headers.get("Retry-After", "")
        return min(LONGEST_WISH, float(wish)) if wish.isdigit() else 0.0

    async def reply(self, body: bytes) -> None:
        """Carry out the method that an answer may name."""
        try:
            values = json.loads(body) if body[:1] == b"{" else {}
            if isinstance(values.get("method"), str):
                await call(self.world, values.pop("method"), Params(values))
        except (ValueError, NetworkDown, ReplyLost):
            return


def _lane(update: Json) -> tuple[str, int]:
    """Of updates with the same lane one is in flight at a time: a chat's messages, a user's presses and queries."""
    kind, body = next((kind, body) for kind, body in update.items() if kind != "update_id")
    return (kind, body["chat"]["id"] if "chat" in body else body["from"]["id"])
