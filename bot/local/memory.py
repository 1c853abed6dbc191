"""The local Telegram's memory: what it knows is kept in a file and is there again at the next start.

Telegram remembers a bot's commands, its messages and who blocked it, whether the bot runs or not; so must this one, or
a restarted bot would edit messages that nobody has. The file is written whole and put in place at once, so that a kill
in between leaves the one before.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from bot.local.chats import Chat, File, Person
from bot.local.refusal import Json

if TYPE_CHECKING:
    from pathlib import Path

    from bot.local.ground import Ground

log = logging.getLogger(__name__)

VERSION = 1
MESSAGES = 300
FILES = 5 << 20
"""Messages a chat and bytes of files that are kept; the newest."""
PAUSE = 1.0
"""Seconds between two writings, at least."""


class Known(msgspec.Struct, frozen=True):
    """What is written."""

    version: int
    bot: int
    people: list[Person]
    chats: list[Chat]
    files: list[File]
    commands: list[tuple[str, str, list[Json]]]
    about: dict[str, Any]
    menu: Json
    numbers: dict[str, int]
    update: int
    waiting: list[tuple[float, Json]]
    inline: dict[str, tuple[int, int]]


class Memory:
    """Keeps a world in a file while it lives."""

    def __init__(self, world: Ground, path: Path) -> None:
        self.world = world
        self.path = path
        self.changed = asyncio.Event()
        recall(world, path)
        self._end = world.listen(lambda *_: self.changed.set())
        self._task = asyncio.get_running_loop().create_task(self._keep())

    async def close(self) -> None:
        """Write what is left."""
        self._end()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await asyncio.to_thread(put, self.path, written(self.world))

    async def _keep(self) -> None:
        while True:
            await self.changed.wait()
            self.changed.clear()
            await asyncio.to_thread(put, self.path, written(self.world))
            await asyncio.sleep(PAUSE)


def written(world: Ground) -> bytes:
    """What the world knows, as JSON."""
    room, files = FILES, []
    for file in reversed(world.files.values()):
        room -= len(file.data)
        if room < 0:
            break
        files.append(file)
    known = Known(
        version=VERSION,
        bot=world.bot["id"],
        people=list(world.people.values()),
        chats=[_newest(chat) for chat in world.chats.values()],
        files=files[::-1],
        commands=[(scope, language, commands) for (scope, language), commands in world.commands.items()],
        about=world.about,
        menu=world.menu,
        numbers=world.numbers,
        update=world.queue.next,
        waiting=list(world.queue.waiting),
        inline=world.inline_messages,
    )
    return msgspec.json.encode(known)


def put(path: Path, data: bytes) -> None:
    """Put the bytes in the file's place; a disk that does not take them is logged, the chat goes on."""
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        os.replace(fresh, path)  # noqa: PTH105 - Path.replace says less about being atomic
    except OSError as error:
        log.warning("the local chat was not kept: %s", error)


def recall(world: Ground, path: Path) -> bool:
    """Whether the world now knows what the file says; a file that can't be used is left out and said so."""
    try:
        known = msgspec.json.decode(path.read_bytes(), type=Known)
    except FileNotFoundError:
        return False
    except (OSError, msgspec.DecodeError) as error:
        log.warning("the local chat starts anew, %s can't be used: %s", path, error)
        return False
    if (known.version, known.bot) != (VERSION, world.bot["id"]):
        log.warning("the local chat starts anew, %s is of another version or bot", path)
        return False
    world.people.update((person.id, person) for person in known.people)
    world.chats.update((chat.id, chat) for chat in known.chats)
    world.files.update((file.id, file) for file in known.files)
    world.commands.update(((scope, language), commands) for scope, language, commands in known.commands)
    world.about.update(known.about)
    world.menu = known.menu
    world.numbers.update(known.numbers)
    world.queue.next = max(world.queue.next, known.update)
    world.queue.waiting = deque(known.waiting)
    world.inline_messages.update(known.inline)
    return True


def _newest(chat: Chat) -> Chat:
    """The chat with its newest messages only."""
    kept = dict(list(chat.messages.items())[-MESSAGES:])
    keyboards = {number: markup for number, markup in chat.keyboards.items() if number in kept}
    return replace(chat, messages=kept, keyboards=keyboards, mine=chat.mine & kept.keys())
