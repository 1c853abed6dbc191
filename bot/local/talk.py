"""A conversation with the bot for tests and scripts: say something, wait for what comes back.

async with Talk(world) as talk:                 # the chat of YOU; Talk(world, GROUP, by=ROBIN) for others
    answer = await talk.ask("who met Putin?")   # the bot's next message
    edited = await talk.press(answer, "More")   # what the pressed button brought: an edit, a message or a notice
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from bot.local.ground import YOU

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from bot.local.refusal import Json
    from bot.local.world import How, World

PATIENCE = 10.0
"""Seconds to wait for the bot before giving up."""


class Talk:
    """One person in one chat. Use it in the bot's own event loop."""

    def __init__(self, world: World, chat: int = YOU, *, by: int | None = None, patience: float = PATIENCE) -> None:
        self.world = world
        self.chat = chat
        self.by = by
        self.patience = patience
        self.heard: asyncio.Queue[tuple[str, Json]] = asyncio.Queue()
        self._end: Callable[[], None] = lambda: None

    async def __aenter__(self) -> Self:
        self._end = self.world.listen(self._hear)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._end()

    async def ask(self, text: str, **how: Unpack[How]) -> Json:
        """The bot's next message in this chat after `text` was said."""
        self._forget()
        self.world.say(self.chat, text, **({"by": self.by} | how))
        return await self.next("message")

    async def press(self, message: Json, label: str) -> Json:
        """What the button of that label brings: the edited message, a new one, or the notice ({"text", "alert"})."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        button = next(button for row in rows for button in row if button["text"] == label)
        self._forget()
        self.world.press(self.chat, message["message_id"], button["callback_data"], by=self.by)
        first = await self.next("message", "edit", "toast")
        if "message_id" in first or first["text"]:
            return first
        return await self.next("message", "edit", "toast")

    async def next(self, *events: str) -> Json:
        """What the bot does next in this chat, of these events ("message", "edit", "toast", "action", "delete", …).

        Raises:
            TimeoutError: it does none of them in time.
        """
        async with asyncio.timeout(self.patience):
            while True:
                event, data = await self.heard.get()
                if event in events:
                    return data

    def _forget(self) -> None:
        while not self.heard.empty():
            self.heard.get_nowait()

    def _hear(self, event: str, data: Json) -> None:
        chat = data.get("chat")
        number = chat.get("id") if isinstance(chat, dict) else chat
        mine = event != "message" or data["message_id"] in self.world.chats[self.chat].mine
        if number == self.chat and mine:
            self.heard.put_nowait((event, data))
