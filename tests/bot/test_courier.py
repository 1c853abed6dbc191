"""What is owed goes out once; every way of failing has the outcome that loses nothing and repeats nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from telegram.ext import ExtBot

from bot.courier import Courier
from bot.local.faults import Fault, blocked, down, failing, lost, moved, slow_down, unparsable
from bot.local.request import LocalRequest
from bot.local.world import FORUM, GROUP, ROBIN, YOU, World
from bot.pace import Lanes, Limits
from handlers.notices import Outgoing
from handlers.reply import Gap, Reply, say
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from store import Store
    from store.outbox import Owed

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)


def owe(store: Store, chat: int, story: int, text: str, *, thread: int = 0) -> None:
    store.chats.greet(chat, NOW)
    body = msgspec.json.encode(Reply(blocks=(say(text),))).decode()
    assert store.outbox.enqueue(chat, story, "alert", body, NOW, thread=thread, reason="Oslo")


def as_kept(together: Sequence[Owed], _now: datetime) -> Outgoing:
    """The replies of the bodies, several as one."""
    replies = [msgspec.json.decode(owed.body, type=Reply) for owed in together]
    blocks = [block for reply in replies for block in (*reply.blocks, Gap())]
    return Outgoing(Reply(blocks=tuple(blocks)))


def delivered(
    folder: Path, prepare: Callable[[Store, World], None], *, rounds: int = 1, later: timedelta = timedelta(hours=1)
) -> tuple[World, dict[str, int], Store]:
    """The local Telegram, the outbox's counts and the store after a courier has gone its rounds, each `later`."""

    async def scene() -> tuple[World, dict[str, int], Store]:
        store = open_store(folder / "a.sqlite")
        world = World(strict=False)
        prepare(store, world)
        lanes = Lanes(Limits(per_second=1000, chat_gap=0.001, group_gap=0.001))
        async with ExtBot(
            world.token, request=LocalRequest(world), get_updates_request=LocalRequest(world), rate_limiter=lanes
        ) as bot:
            now = NOW
            courier = Courier(store, bot, as_kept, "me", lambda: now)
            for _ in range(rounds):
                await courier.drain()
                now += later
        return world, store.outbox.counts(), store

    return asyncio.run(scene())


def texts(world: World, chat: int = YOU) -> list[str]:
    return [message["text"] for message in world.said(chat)]


def test_what_is_owed_is_sent_once_and_recorded(tmp_path: Path) -> None:
    def prepare(store: Store, _world: World) -> None:
        owe(store, YOU, 1, "one")
        owe(store, ROBIN, 1, "one")

    world, counts, store = delivered(tmp_path, prepare, rounds=2)
    assert texts(world) == texts(world, ROBIN) == ["one"]
    assert counts == {"sent": 2}
    (owed, *_) = store.outbox.listed(chat=YOU)
    assert owed.message == world.said(YOU)[0]["message_id"]
    store.close()


def test_more_than_three_due_in_a_chat_go_as_one_message(tmp_path: Path) -> None:
    def prepare(store: Store, _world: World) -> None:
        for story in range(5):
            owe(store, YOU, story, f"story {story}")
        for story in range(3):
            owe(store, ROBIN, story, f"story {story}")

    world, counts, store = delivered(tmp_path, prepare)
    assert texts(world) == ["\n\n".join(f"story {story}" for story in range(5))]
    assert texts(world, ROBIN) == ["story 0", "story 1", "story 2"]
    assert counts == {"sent": 8}
    store.close()


@pytest.mark.parametrize(
    ("fault", "standing", "counts"),
    [
        (slow_down(1, chat=YOU), ["one"], {"sent": 1}),
        (down(method="sendMessage"), ["one"], {"sent": 1}),
        (unparsable(), ["one"], {"sent": 1}),
        (lost(method="sendMessage"), ["one"], {"unknown": 1}),
        (failing(502, method="sendMessage"), [], {"unknown": 1}),
        (blocked(chat=YOU), [], {"dead": 1}),
    ],
    ids=["429", "never left", "markup", "answer lost", "bad gateway", "blocked"],
)
def test_each_failure_has_its_outcome_and_nothing_is_repeated(
    tmp_path: Path, fault: Fault, standing: list[str], counts: dict[str, int]
) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, YOU, 1, "one")
        world.faults.append(fault)

    world, found, store = delivered(tmp_path, prepare, rounds=3)
    assert texts(world) == standing
    assert found == counts
    store.close()


def test_a_send_that_hangs_does_not_hold_up_the_others(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        for chat in (YOU, *range(3000, 3010)):
            world.person(chat)
            owe(store, chat, 1, "one")
        world.faults.append(Fault("sendMessage", {"chat_id": str(YOU)}, delay=1.5))

    world, counts, store = delivered(tmp_path, prepare)
    numbers = [world.said(chat)[0]["message_id"] for chat in (YOU, *range(3000, 3010))]
    assert numbers[0] == max(numbers)
    assert counts == {"sent": 11}
    store.close()


def test_a_refusal_for_flood_holds_its_chat_and_no_other(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, YOU, 1, "one")
        owe(store, ROBIN, 1, "one")
        world.faults.append(slow_down(30, chat=YOU))

    world, counts, store = delivered(tmp_path, prepare, rounds=2, later=timedelta(seconds=10))
    assert texts(world) == []
    assert texts(world, ROBIN) == ["one"]
    assert counts == {"ready": 1, "sent": 1}
    store.close()


def test_a_chat_that_cannot_be_written_to_sleeps_and_the_others_are_served(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        for chat in (YOU, ROBIN, 4242):
            owe(store, chat, 1, "one")
        world.block(YOU)

    world, counts, store = delivered(tmp_path, prepare)
    assert texts(world, ROBIN) == ["one"]
    assert counts == {"dead": 2, "sent": 1}
    assert [store.chats.get(chat).state for chat in (YOU, ROBIN, 4242)] == ["asleep", "active", "asleep"]  # type: ignore[union-attr]
    store.close()


def test_a_group_that_moved_gets_its_message_in_the_new_chat_once(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, GROUP, 1, "one")
        world.upgrade(GROUP)

    world, counts, store = delivered(tmp_path, prepare, rounds=2)
    new = store.chats.moved_to(GROUP)
    assert new is not None
    assert texts(world, new) == ["one"]
    assert counts == {"sent": 1}
    store.close()


def test_a_closed_topic_falls_back_to_the_general_one(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, FORUM, 1, "one", thread=2)
        world.delete_topic(FORUM, 2)

    world, counts, store = delivered(tmp_path, prepare)
    assert texts(world, FORUM) == ["one"]
    assert counts == {"sent": 1}
    store.close()


def test_a_line_that_stays_down_loses_nothing(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        for story in range(3):
            owe(store, YOU, story, f"story {story}")
        world.faults.append(down(method="sendMessage", times=7))

    world, counts, store = delivered(tmp_path, prepare, rounds=12)
    assert sorted(texts(world)) == ["story 0", "story 1", "story 2"]
    assert counts == {"sent": 3}
    store.close()


def test_what_was_claimed_by_a_courier_that_died_goes_out_after_its_lease(tmp_path: Path) -> None:
    def prepare(store: Store, _world: World) -> None:
        owe(store, YOU, 1, "one")
        assert store.outbox.claim("dead", NOW, 120)

    world, counts, store = delivered(tmp_path, prepare, rounds=1)
    assert (texts(world), counts) == ([], {"claimed": 1})
    store.close()

    async def later() -> dict[str, int]:
        with open_store(tmp_path / "a.sqlite") as again:
            wire = LocalRequest(world)
            async with ExtBot(world.token, request=wire, get_updates_request=wire, rate_limiter=Lanes()) as bot:
                courier = Courier(again, bot, as_kept, "me", lambda: NOW + timedelta(seconds=300))
                task = asyncio.create_task(courier.run())
                async with asyncio.timeout(5):
                    while again.outbox.counts() != {"sent": 1}:  # noqa: ASYNC110
                        await asyncio.sleep(0.01)
                courier.stop()
                await task
            return again.outbox.counts()

    assert asyncio.run(later()) == {"sent": 1}
    assert texts(world) == ["one"]


def test_a_moved_fault_without_a_new_chat_is_not_fatal(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, GROUP, 1, "one")
        world.faults.append(moved(-1009, chat=GROUP))

    world, counts, store = delivered(tmp_path, prepare, rounds=2)
    assert counts == {"dead": 1}
    assert texts(world, GROUP) == []
    store.close()
