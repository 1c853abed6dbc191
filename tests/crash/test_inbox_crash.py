"""Killed without warning while people write: every message is answered, none is lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bot.local.server import serve
from bot.local.world import World

ROOT = Path(__file__).parents[2]
MESSAGES, CHATS, KILLS = 200, 20, 2


def begin(address: str, file: Path) -> subprocess.Popen[bytes]:
    script = str(Path(__file__).with_name("inbox_bot.py"))
    return subprocess.Popen(
        [sys.executable, script, address, str(file)], cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def echoes(world: World) -> Counter[str]:
    """How often each message was answered."""
    return Counter(message["text"] for chat in range(2000, 2000 + CHATS) for message in world.said(chat))


async def crash(folder: Path) -> Counter[str]:
    """The answers of a bot that is killed twice while 200 messages come in."""
    world = World(strict=False, furnished=False)
    server = await serve(world, 0)
    bot = begin(server.address, folder / "inbox.sqlite")
    try:
        for chat in range(2000, 2000 + CHATS):
            world.person(chat)
        for number in range(MESSAGES):
            world.say(2000 + number % CHATS, f"{number}")
        for share in range(1, KILLS + 1):
            async with asyncio.timeout(40):
                while len(echoes(world)) < share * MESSAGES // (KILLS + 2):  # noqa: ASYNC110 - another process's doing
                    await asyncio.sleep(0.005)
            bot.kill()
            bot.wait()
            bot = begin(server.address, folder / "inbox.sqlite")
        async with asyncio.timeout(40):
            while len(echoes(world)) < MESSAGES:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
    finally:
        bot.kill()
        bot.wait()
        await server.close()
    return echoes(world)


def test_killed_twice_among_200_messages_every_one_is_answered(tmp_path: Path) -> None:
    answered = asyncio.run(crash(tmp_path))
    assert set(answered) == {f"echo {number}" for number in range(MESSAGES)}
    # A kill may repeat the answers in flight, one a chat at most; anything else is answered once.
    assert sum(answered.values()) - MESSAGES <= KILLS * CHATS
