"""What was said and set before a restart is there after it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from bot.local.memory import put, recall, written
from bot.local.params import Upload
from bot.local.profile import commands_for
from bot.local.server import serve
from bot.local.world import FORUM, GROUP, YOU, World
from tests.bot.local.calling import Clock, refused, result

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def world() -> World:
    return World(clock=Clock(), strict=False)


def again(world: World, folder: Path) -> World:
    """The world after a restart."""
    put(folder / "chat.json", written(world))
    fresh = World(clock=world.clock, strict=False)
    assert recall(fresh, folder / "chat.json")
    return fresh


def test_messages_stand_and_can_be_edited(world: World, tmp_path: Path) -> None:
    markup = json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "v1:x"}]]})
    sent = result(world, "sendMessage", chat_id=YOU, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
    fresh = again(world, tmp_path)
    assert fresh.said(YOU) == [sent]
    assert fresh.press(YOU, sent["message_id"], "v1:x")
    assert result(fresh, "editMessageText", chat_id=YOU, message_id=sent["message_id"], text="y")["text"] == "y"
    assert fresh.say(YOU, "next")["message_id"] > sent["message_id"]


def test_commands_blocks_topics_files_and_updates_stay(world: World, tmp_path: Path) -> None:
    result(world, "setMyCommands", commands=json.dumps([{"command": "brief", "description": "d"}]))
    file = result(world, "sendDocument", chat_id=YOU, document=Upload("a.txt", b"abc"))["document"]["file_id"]
    world.close_topic(FORUM, 2)
    new = world.upgrade(GROUP)
    world.block(YOU)
    fresh = again(world, tmp_path)
    assert commands_for(fresh, YOU, YOU)[0]["command"] == "brief"
    assert fresh.files[file].data == b"abc"
    assert fresh.chats[FORUM].topics[2].closed
    assert fresh.chats[GROUP].migrated_to == new
    assert refused(fresh, "sendMessage", chat_id=YOU, text="x") == "Forbidden: bot was blocked by the user"
    assert result(fresh, "getUpdates") == result(world, "getUpdates")


@pytest.mark.parametrize("broken", [b"", b"{", b"{}", b'{"version": 1, "chats": 5}', b"\xff\xfe"])
def test_a_file_that_cannot_be_used_means_a_start_anew(world: World, tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "chat.json").write_bytes(broken)
    before = written(world)
    assert not recall(world, tmp_path / "chat.json")
    assert written(world) == before


def test_the_memory_of_another_bot_is_not_taken(world: World, tmp_path: Path) -> None:
    put(tmp_path / "chat.json", written(world))
    assert not recall(World("5:other", clock=world.clock), tmp_path / "chat.json")


def test_a_served_world_is_kept_while_it_lives_and_when_it_ends(tmp_path: Path) -> None:
    async def once(words: str) -> list[str]:
        world = World(strict=False)
        server = await serve(world, memory=tmp_path / "deep" / "chat.json")
        known = [message["text"] for message in world.chats[YOU].messages.values()]
        world.say(YOU, words)
        await server.close()
        return known

    assert asyncio.run(once("one")) == []
    assert asyncio.run(once("two")) == ["one"]
    assert asyncio.run(once("three")) == ["one", "two"]


def test_a_folder_that_cannot_be_written_does_not_end_the_chat(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    put(tmp_path / "file" / "chat.json", b"{}")
    assert (tmp_path / "file").read_text() == "in the way"
