"""Telegram, the store or a person makes it hard: what is owed is said once, and nobody is met with silence."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.inbox import Inbox
from bot.local.faults import Fault, down, failing, slow_down
from bot.local.refusal import bad
from bot.local.world import GROUP, ROBIN, YOU
from bot.settings import Settings
from bot.throttle import Throttle
from handlers.reply import Button, Reply, say
from store.errors import Locked
from tests.bot.scene import Scene, echo, play, until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from handlers.desk import Desk, Request

LONG = "\n\n".join(f"{number} " + "word " * 700 for number in range(3))


def with_button(request: Request, desk: Desk) -> Reply:
    """An answer with a button that says what it did."""
    if request.press:
        return Reply(toast="done")
    return (
        echo(request, desk)
        if request.command
        else Reply(blocks=(say("here"),), buttons=((Button("Mute", press="mute|1"),),))
    )


def long(request: Request, _desk: Desk) -> Reply:
    """An answer of several messages."""
    return Reply(blocks=(say(LONG),))


def test_who_is_no_guest_gets_nothing_inline_either(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[tuple[str, bool]]:
        told = []
        for person in (ROBIN, YOU):
            query = stage.world.ask_inline("who met", by=person)
            await stage.settle()
            answer = stage.world.inline[query]
            assert answer is not None
            told.append((answer["results"][0]["title"], answer["is_personal"]))
        return told

    told = play(tmp_path, scene, settings=Settings(allowed_ids=(5,)))
    assert told == [("For guests only", True), ("who met", True)]


def test_a_group_of_strangers_gets_no_hello_where_only_guests_are_answered(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        for person in (ROBIN, YOU):
            stage.world.kick_bot(GROUP)
            stage.world.add_bot(GROUP, by=person)
            await stage.settle()
            stage.toasts.append(f"{len(stage.texts(GROUP))}")
        return stage.toasts

    assert play(tmp_path, scene, settings=Settings(allowed_ids=(5,))) == ["0", "1"]


def test_one_chat_that_sends_hundreds_keeps_nobody_waiting(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        stage.front.throttle = Throttle(gap=0, burst=1000)
        stage.world.faults.append(Fault("sendMessage", {"chat_id": str(ROBIN)}, 300, delay=0.5))
        for number in range(300):
            stage.world.say(ROBIN, f"{number}")
        await asyncio.sleep(0)
        stage.world.say(YOU, "only me")
        await until(lambda: stage.texts() == ["text: only me"], 8)

    play(tmp_path, scene)


def test_a_file_that_telegram_does_not_hand_out_is_told(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> str:
        stage.world.faults.append(failing(502, method="getFile"))
        stage.world.send_file(YOU, "page.html", b"<p>words</p>")
        await stage.settle()
        return stage.texts()[-1]

    assert "Send it again" in play(tmp_path, scene)


def test_a_press_is_done_once_though_its_notice_cannot_be_shown(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str | None]:
        await stage.say("hello")
        stage.world.faults.append(down(method="answerCallbackQuery"))
        stage.world.press(YOU, stage.world.said(YOU)[-1]["message_id"], "v1|mute|1")
        await stage.settle()
        return [request.press for request in stage.heard if request.press]

    assert play(tmp_path, scene, with_button) == ["mute|1"]


def test_a_group_in_which_the_bot_may_not_write_sleeps_without_a_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(stage: Scene) -> str | None:
        refusal = bad("not enough rights to send text messages to the chat")
        stage.world.faults.append(Fault("sendMessage", {"chat_id": str(GROUP)}, refusal=refusal))
        await stage.say("/ask who?", GROUP)
        chat = stage.store.chats.get(GROUP)
        return chat.state if chat else None

    assert play(tmp_path, scene) == "asleep"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_an_answer_that_telegram_refuses_is_not_met_with_silence(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.world.faults.append(Fault("sendMessage", refusal=bad("BUTTON_URL_INVALID")))
        await stage.say("who?")
        return stage.texts()

    (text,) = play(tmp_path, scene)
    assert "went wrong" in text


def test_a_long_answer_that_is_refused_for_flood_in_the_middle_goes_on_there(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.world.faults += [Fault("sendMessage", times=1, delay=0), slow_down(1, method="sendMessage")]
        stage.world.say(YOU, "all of it")
        await stage.settle()
        return [text[:1] for text in stage.texts()]

    first, *rest = play(tmp_path, scene, long)
    assert (first, rest) == ("0", ["1", "2"])


def test_an_update_whose_turn_the_store_cannot_tell_is_begun_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.AGAIN", 0.05)

    async def scene(stage: Scene) -> list[str]:
        begin, tries = stage.store.inbox.begin, iter([True])

        def locked_once(update: int) -> bool:
            if next(tries, False):
                raise Locked("the database is in use")
            return begin(update)

        monkeypatch.setattr(stage.store.inbox, "begin", locked_once)
        await stage.say("who?")
        return stage.texts()

    assert play(tmp_path, scene) == ["text: who?"]


def test_an_answer_that_cannot_be_recorded_is_not_followed_by_an_excuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise Locked("the database is in use")

    async def scene(stage: Scene) -> list[str]:
        monkeypatch.setattr(stage.store.exchange, "sent", locked)
        await stage.say("who?")
        return stage.texts()

    assert play(tmp_path, scene) == ["text: who?"]


def test_an_answer_that_cannot_be_ticked_off_is_not_followed_by_an_excuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(*_: object) -> None:
        raise Locked("the database is in use")

    async def scene(stage: Scene) -> list[str]:
        monkeypatch.setattr(stage.store.inbox, "finish", locked)
        stage.world.say(YOU, "who?")
        await until(lambda: "can't be noted" in caplog.text)
        await stage.app.bot.get_me()
        return stage.texts()

    assert play(tmp_path, scene) == ["text: who?"]


def test_half_a_surrogate_pair_is_kept_and_answered_like_anything_else(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        await stage.say("who? \ud83d")
        return stage.texts()

    assert play(tmp_path, scene) == ["text: who?"]


def test_what_was_kept_and_cannot_be_read_does_not_keep_the_bot_from_starting(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> tuple[int, dict[str, int]]:
        stage.store.inbox.keep(1, YOU, "[]", stage.front.clock())
        other = Inbox(stage.store)
        await other.replay(stage.app.bot)
        other.close()
        return other.qsize(), stage.store.inbox.counts()

    assert play(tmp_path, scene) == (0, {})
