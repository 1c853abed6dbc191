"""What waited for the end of quiet hours is one message; a forum that is shut altogether lets its chat sleep."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from telegram.ext import ExtBot

from bot.courier import Courier
from bot.local.faults import Fault, down, slow_down
from bot.local.refusal import bad
from bot.local.request import LocalRequest
from bot.local.world import FORUM, YOU, World
from bot.pace import Lanes, Limits
from handlers.reply import Reply, say
from store import open_store
from tests.bot.test_courier import NOW, as_kept, delivered, owe, texts

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store

NIGHT = timedelta(hours=8)


def owe_after_quiet(store: Store, story: int, text: str) -> None:
    store.chats.greet(YOU, NOW)
    body = msgspec.json.encode(Reply(blocks=(say(text),))).decode()
    store.outbox.enqueue(YOU, story, "story", body, NOW - NIGHT, due=NOW)


def test_two_that_waited_for_the_morning_are_one_message(tmp_path: Path) -> None:
    def prepare(store: Store, _world: World) -> None:
        owe_after_quiet(store, 1, "one")
        owe_after_quiet(store, 2, "two")

    world, counts, store = delivered(tmp_path, prepare, rounds=2)
    assert texts(world) == ["one\n\ntwo"]
    assert counts == {"sent": 2}
    store.close()


def test_two_that_are_due_as_they_come_are_two_messages(tmp_path: Path) -> None:
    def prepare(store: Store, _world: World) -> None:
        owe(store, YOU, 1, "one")
        owe(store, YOU, 2, "two")

    world, _, store = delivered(tmp_path, prepare, rounds=2)
    assert texts(world) == ["one", "two"]
    store.close()


@pytest.mark.parametrize("kind", ["digest:4", "words:4", "edit:2"])
def test_a_digest_an_announcement_and_an_edit_go_alone(tmp_path: Path, kind: str) -> None:
    def prepare(store: Store, _world: World) -> None:
        for story in range(4):
            owe(store, YOU, story, f"alert {story}")
        body = msgspec.json.encode(Reply(blocks=(say("alone"),))).decode()
        store.outbox.enqueue(YOU, 0, kind, body, NOW)

    world, counts, store = delivered(tmp_path, prepare, rounds=3)
    assert texts(world) == ["alert 0\n\nalert 1\n\nalert 2\n\nalert 3", "alone"]
    assert counts == {"sent": 5}
    store.close()


PASSES = Fault("sendMessage")


@pytest.mark.parametrize(
    ("fault", "arrived", "counts"),
    [
        (slow_down(1, method="sendMessage"), ["0", "1", "2"], {"sent": 1}),
        (slow_down(300, method="sendMessage"), ["0"], {"unknown": 1}),
        (down(method="sendMessage"), ["0"], {"unknown": 1}),
    ],
    ids=["a short flood", "a long flood", "the line breaks"],
)
def test_the_beginning_of_a_long_alert_never_comes_twice(
    tmp_path: Path, fault: Fault, arrived: list[str], counts: dict[str, int]
) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, YOU, 1, "\n\n".join(f"{number} " + "word " * 700 for number in range(3)))
        world.faults += [replace(PASSES), fault]

    world, found, store = delivered(tmp_path, prepare, rounds=3)
    assert [text[0] for text in texts(world)] == arrived
    assert found == counts
    store.close()


def test_couriers_on_one_token_share_its_pace(tmp_path: Path) -> None:
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(round(seconds, 3))

    async def scene() -> None:
        world = World(strict=False)
        wire = LocalRequest(world)
        with open_store(tmp_path / "a.sqlite") as store:
            for story, worker in enumerate(("one", "two")):
                for number in range(4):
                    chat = world.person(5000 + number).id
                    owe(store, chat, story, worker)
                lanes = Lanes(Limits(per_second=20, chat_gap=0.001))
                async with ExtBot(world.token, request=wire, get_updates_request=wire, rate_limiter=lanes) as bot:
                    await Courier(store, bot, as_kept, worker, lambda: NOW, pause=pause).drain()

    asyncio.run(scene())
    assert sorted(waited) == [0, 0, 0, 0.05, 0.1, 0.15, 0.2, 0.25]


def test_a_forum_that_is_shut_altogether_sleeps(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, FORUM, 1, "one", thread=2)
        world.faults.append(Fault("sendMessage", {"chat_id": str(FORUM)}, 9, refusal=bad("TOPIC_CLOSED")))

    _, _, store = delivered(tmp_path, prepare)
    chat = store.chats.get(FORUM)
    assert chat is not None
    assert (chat.state, chat.reason) == ("asleep", "Topic_closed")
    store.close()
