"""What waited for the end of quiet hours is one message; a forum that is shut altogether lets its chat sleep."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from bot.local.faults import Fault
from bot.local.refusal import bad
from bot.local.world import FORUM, YOU, World
from handlers.reply import Reply, say
from tests.bot.test_courier import NOW, delivered, owe, texts

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


def test_a_forum_that_is_shut_altogether_sleeps(tmp_path: Path) -> None:
    def prepare(store: Store, world: World) -> None:
        owe(store, FORUM, 1, "one", thread=2)
        world.faults.append(Fault("sendMessage", {"chat_id": str(FORUM)}, 9, refusal=bad("TOPIC_CLOSED")))

    _, _, store = delivered(tmp_path, prepare)
    chat = store.chats.get(FORUM)
    assert chat is not None
    assert (chat.state, chat.reason) == ("asleep", "Topic_closed")
    store.close()
