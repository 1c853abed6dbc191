"""Groups, channels and coming back, from end to end: who may settle what, where the bot speaks, what is left."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import handlers
from bot.elsewhere import Lookup
from bot.local.chats import Chat
from bot.local.faults import failing
from bot.local.world import CHANNEL, FORUM, GROUP, ROBIN, YOU
from tests.bot.scene import Scene, play, until

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.desk import Desk, Request
    from handlers.reply import Reply

NAMES = tuple(name for command in handlers.COMMANDS for name in (command.name, *command.aliases))


def _looking(stage: Scene) -> None:
    """Lets the desk look at chats, as the running program does."""
    lookup = Lookup(asyncio.get_running_loop(), stage.app.bot)
    object.__setattr__(stage.front.desk, "chat_of", lookup.find)


def answer(request: Request, desk: Desk) -> Reply:
    return handlers.answer(request, desk)


async def _press(stage: Scene, label: str, chat: int = YOU, by: int = YOU) -> None:
    """Presses the newest button with this label."""
    for message in reversed(stage.world.said(chat)):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button["text"].startswith(label):
                    stage.world.press(chat, message["message_id"], button["callback_data"], by=by)
                    await stage.settle()
                    return
    raise AssertionError(f"no button {label}")


def test_a_channel_is_managed_by_who_is_admin_there_with_the_bot(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        _looking(stage)
        said = []
        for text, by in (("/channel @the_wire", ROBIN), ("/channel @nobody_here", YOU), ("/channel @the_wire", YOU)):
            await stage.say(text, by)
            said.append(stage.texts(by)[-1])
        stage.world.bot_becomes(CHANNEL, "member")
        await stage.settle()
        await stage.say("/channel @the_wire", ROBIN)
        return [*said, stage.texts(ROBIN)[-1]]

    robin, nobody, mine, lacking = play(tmp_path, scene, answer, commands=NAMES)
    assert "You are no admin of The Wire" in robin
    assert "I cannot see @nobody_here" in nobody
    assert "You manage The Wire from here now" in mine
    assert "I am not an admin who may post in The Wire" in lacking
    assert "You are no admin of The Wire" in lacking


def test_commands_in_private_are_for_the_channel_until_one_switches_back(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> tuple[int, int]:
        _looking(stage)
        await stage.say("/channel @the_wire")
        await stage.say("/subscribe copper strike")
        await _press(stage, "Follow")
        await _press(stage, "for: The Wire")
        await _press(stage, "This chat")
        await stage.say("/subscribe fish market")
        await _press(stage, "Follow")
        return stage.store.subscriptions.count(CHANNEL), stage.store.subscriptions.count(YOU)

    assert play(tmp_path, scene, answer, commands=NAMES) == (1, 1)


def test_telegram_not_answering_is_said_and_nothing_is_switched(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> str:
        _looking(stage)
        stage.world.faults.append(failing(502, method="getChat", times=5))
        await stage.say("/channel @the_wire")
        return stage.texts()[-1]

    assert "Telegram did not say who is admin there" in play(tmp_path, scene, answer, commands=NAMES)


def test_in_a_group_members_look_and_admins_settle_anonymous_ones_too(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        said = []
        for by, anonymous in ((ROBIN, False), (YOU, True)):
            await stage.say("/digest 08:00", FORUM, by=by, thread=2, anonymous=anonymous)
            said.append(stage.texts(FORUM)[-1])
        assert stage.store.digests.get(FORUM, 2) is not None
        assert stage.store.digests.get(FORUM, 3) is None
        return said

    refused, done = play(tmp_path, scene, answer, commands=NAMES)
    assert "Only admins" in refused
    assert "A digest at 08:00" in done


def test_commands_for_other_bots_and_talk_among_people_are_left_alone(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        for text in ("/topics@another_bot", "did Putin meet Witkoff?", "/unknown_command", "ok"):
            await stage.say(text, GROUP)
        return stage.texts(GROUP)

    assert play(tmp_path, scene, answer, commands=NAMES) == []


def test_whoever_makes_the_bot_an_admin_is_offered_to_manage_that(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> tuple[int, ...]:
        await stage.say("/topics")
        stage.world.add(Chat(-1009, "channel", "Dispatch", bot="left", members={YOU: "creator"}))
        stage.world.add_bot(-1009, admin=True)
        await stage.settle()
        (owed,) = stage.store.outbox.listed(chat=YOU)
        assert "Dispatch" in owed.body
        return stage.store.chats.settings(YOU).places

    assert play(tmp_path, scene, answer, commands=NAMES) == (-1009,)


def test_who_blocked_the_bot_and_comes_back_is_told_so_once(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        await stage.say("/subscribe copper strike")
        await _press(stage, "Follow")
        stage.world.block(YOU)
        await stage.settle()
        assert stage.store.chats.ids("asleep") == (YOU,)
        for text in ("/topics", "/topics"):
            await stage.say(text)
        return [owed.body for owed in stage.store.outbox.listed(chat=YOU)]

    (told,) = play(tmp_path, scene, answer, commands=NAMES)
    assert "Good to be back" in told
    assert "1 topic you follow" in told


def test_after_forgetting_no_row_names_the_chat(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> dict[str, object]:
        await stage.say("/subscribe copper strike")
        await _press(stage, "Follow")
        await stage.say("/digest 08:00")
        await stage.say("/timezone Rome")
        await stage.say("/forgetme forget me")
        await until(lambda: "Forgotten." in stage.texts()[-1])
        await stage.settle()
        return stage.store.chats.export(YOU)

    assert play(tmp_path, scene, answer, commands=NAMES) == {}
