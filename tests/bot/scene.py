"""A whole bot on a local Telegram, without sockets: what people do goes in, what stands in the chats comes out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from bot.app import build
from bot.front import Front
from bot.inbox import Inbox
from bot.local.request import LocalRequest
from bot.local.world import YOU, World
from bot.pace import Limits
from bot.service import answering
from bot.settings import Settings
from handlers.desk import Desk
from handlers.reply import Reply, say
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.app import App
    from handlers.desk import Request
    from store import Store

T = TypeVar("T")
FAST = Limits(per_second=1000, chat_gap=0.001, group_gap=0.001)
"""So that tests don't wait for Telegram's limits, which the local one does not keep to here (strict=False)."""


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Nothing, once something is true."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for stands in the store and tells nobody
            await asyncio.sleep(0.002)


def echo(request: Request, _desk: Desk) -> Reply:
    """An answer that shows what was understood."""
    return Reply(blocks=(say(f"{request.command or request.press or 'text'}: {request.text}"),))


@dataclass
class Scene:
    """One bot and its Telegram. `heard` are the requests that reached the handlers."""

    store: Store
    world: World
    front: Front
    app: App
    inbox: Inbox
    heard: list[Request] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    async def settle(self, seconds: float = 10.0) -> None:
        """Until every update was answered."""
        counts = self.store.inbox.counts
        await until(
            lambda: not (self.world.queue.waiting or counts().get("waiting") or counts().get("working")), seconds
        )

    def texts(self, chat: int = YOU) -> list[str]:
        """What the bot has standing in a chat."""
        return [str(message.get("text", message.get("caption", ""))) for message in self.world.said(chat)]

    async def say(self, text: str, chat: int = YOU, **how: Any) -> dict[str, Any]:  # noqa: ANN401
        """The message that a person wrote, after it was answered."""
        message = self.world.say(chat, text, **how)
        await self.settle()
        return message


def play(
    folder: Path,
    scene: Callable[[Scene], Awaitable[T]],
    answer: Callable[[Request, Desk], Reply] = echo,
    settings: Settings | None = None,
    *,
    commands: tuple[str, ...] = ("ask", "brief", "help", "start"),
    owners: tuple[int, ...] = (YOU,),
) -> T:
    """What the scene gives, played on a bot that answers with `answer`."""

    async def run() -> T:
        with open_store(folder / "scene.sqlite") as store:
            world = World(strict=False)
            heard: list[Request] = []

            def listening(request: Request, desk: Desk) -> Reply:
                heard.append(request)
                return answer(request, desk)

            found = settings or Settings()
            front = Front(Desk(store=store), found, listening, frozenset(commands), frozenset(owners))
            inbox = Inbox(store)
            app = build(found, front, inbox, request=LocalRequest(world), token=world.token, limits=FAST)
            stage = Scene(store, world, front, app, inbox, heard)
            world.listen(lambda event, data: stage.toasts.append(data.get("text", "")) if event == "toast" else None)
            await app.initialize()
            async with answering(app, inbox):
                result = await scene(stage)
            front.pool.shutdown()
            inbox.close()
            return result

    return asyncio.run(run())
