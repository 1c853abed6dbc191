"""Asking for updates goes on through whatever Telegram answers, and loses nothing meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram.error import InvalidToken
from telegram.ext import ExtBot

from bot.inbox import Inbox
from bot.local.faults import Fault, down, failing, lost, slow_down
from bot.local.refusal import OTHER_POLLER, Refusal
from bot.local.request import LocalRequest
from bot.local.world import YOU, World
from bot.polling import Poller
from store import open_store
from tests.bot.scene import until

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Update


def heard(folder: Path, fault: Fault) -> list[str]:
    """Texts of the updates that reach the bot through a disturbance."""

    async def scene() -> list[str]:
        world = World(strict=False)
        wire = LocalRequest(world)
        with open_store(folder / "a.sqlite") as store:
            inbox = Inbox(store)
            async with ExtBot[None](world.token, request=wire, get_updates_request=wire) as bot:
                poller = Poller(bot, inbox)  # type: ignore[arg-type]
                world.say(YOU, "one")
                world.faults.append(fault)
                task = asyncio.create_task(poller.run())
                await until(lambda: inbox.qsize() == 1)
                world.say(YOU, "two")
                await until(lambda: inbox.qsize() == 2)
                assert poller.last is not None
                assert not poller.rival
                task.cancel()
                await asyncio.wait({task})
            updates: list[Update] = [inbox.get_nowait() for _ in range(inbox.qsize())]
            inbox.close()
            return [update.message.text or "" for update in updates if update.message]

    return asyncio.run(scene())


@pytest.mark.parametrize(
    "fault",
    [
        slow_down(1, method="getUpdates"),
        down(method="getUpdates"),
        failing(502, method="getUpdates"),
        lost(method="getUpdates"),
        Fault("getUpdates", refusal=Refusal(409, OTHER_POLLER)),
    ],
    ids=["429", "line down", "bad gateway", "answer lost", "another poller"],
)
def test_polling_goes_on_and_each_update_comes_once(
    tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.polling.CONFLICT_PAUSE", 0.01)
    assert heard(tmp_path, fault) == ["one", "two"]


def test_an_update_that_cannot_be_read_holds_up_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    poll = {"id": "1", "question": "which?", "options": [{"text": "this", "voter_count": 0}]}  # as of an older Bot API

    async def scene() -> list[str]:
        world = World(strict=False)
        wire = LocalRequest(world)
        with open_store(tmp_path / "a.sqlite") as store:
            inbox = Inbox(store)
            async with ExtBot[None](world.token, request=wire, get_updates_request=wire) as bot:
                poller = Poller(bot, inbox)  # type: ignore[arg-type]
                world.say(YOU, "one")
                world.write(YOU, {"poll": poll})
                world.say(YOU, "two")
                task = asyncio.create_task(poller.run())
                await until(lambda: inbox.qsize() == 2)
                world.say(YOU, "three")
                await until(lambda: inbox.qsize() == 3)
                task.cancel()
                await asyncio.wait({task})
            updates: list[Update] = [inbox.get_nowait() for _ in range(inbox.qsize())]
            inbox.close()
            return [update.message.text or "" for update in updates if update.message]

    assert asyncio.run(scene()) == ["one", "two", "three"]
    assert "passed over" in caplog.text


def test_an_update_that_nobody_can_keep_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, taken = Inbox.put, iter([True])

    async def fails_once(inbox: Inbox, update: object) -> None:
        if next(taken, False):
            raise RuntimeError("a fault of ours")
        await keep(inbox, update)

    async def scene() -> list[str]:
        world = World(strict=False)
        wire = LocalRequest(world)
        with open_store(tmp_path / "a.sqlite") as store:
            inbox = Inbox(store)
            async with ExtBot[None](world.token, request=wire, get_updates_request=wire) as bot:
                for text in ("one", "two"):
                    world.say(YOU, text)
                task = asyncio.create_task(Poller(bot, inbox).run())  # type: ignore[arg-type]
                update = await asyncio.wait_for(inbox.get(), 5)
                task.cancel()
                await asyncio.wait({task})
            inbox.close()
            return [update.message.text]

    monkeypatch.setattr(Inbox, "put", fails_once)
    assert asyncio.run(scene()) == ["two"]


def test_a_token_that_was_withdrawn_ends_polling(tmp_path: Path) -> None:
    with pytest.raises(InvalidToken):
        heard_until_refused(tmp_path)


def heard_until_refused(folder: Path) -> None:
    """Nothing; polls with a token that Telegram knows no more."""

    async def scene() -> None:
        world = World(strict=False)
        wire = LocalRequest(world)
        with open_store(folder / "a.sqlite") as store:
            inbox = Inbox(store)
            async with ExtBot[None](world.token, request=wire, get_updates_request=wire) as bot:
                world.token = "1:another-one-since-this-morning"
                try:
                    await asyncio.wait_for(Poller(bot, inbox).run(), 5)  # type: ignore[arg-type]
                finally:
                    inbox.close()

    asyncio.run(scene())
