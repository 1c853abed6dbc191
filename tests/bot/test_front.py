"""From what a person does in Telegram to what stands in the chat, through the whole bot on a local Telegram."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.local.faults import down, lost, slow_down, unparsable
from bot.local.world import CHANNEL, GROUP, ROBIN, YOU
from bot.settings import Secret, Settings
from bot.throttle import Throttle
from handlers.links import code
from handlers.reply import Button, Document, Picture, Reply, say
from tests.bot.scene import Scene, echo, play, until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from handlers.desk import Desk, Request

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def test_a_message_is_answered(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        await stage.say("who met Putin?")
        return stage.texts()

    assert play(tmp_path, scene) == ["text: who met Putin?"]


def test_commands_are_known_in_any_case_with_name_and_look_alikes(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        for text in ("/BRIEF today", "/brief@dateline_local_bot", "/hеlр", "／brief ２４h", "/brief@other_bot x"):
            await stage.say(text)
        return stage.texts()

    assert play(tmp_path, scene) == ["brief: today", "brief:", "help:", "brief: 24h"]


def test_an_edited_question_edits_its_answer(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        message = await stage.say("who met Putn")
        stage.world.edit(YOU, message["message_id"], "who met Putin")
        await stage.settle()
        return stage.texts()

    assert play(tmp_path, scene) == ["text: who met Putin"]


def buttons(request: Request, _desk: Desk) -> Reply:
    """An answer with a button that edits it."""
    if request.press:
        return Reply(blocks=(say(f"page {request.press}"),), edit=True, toast="turned")
    return Reply(blocks=(say("page one"),), buttons=((Button("More", press="page|2"),),), context=7)


def lasting(request: Request, _desk: Desk) -> Reply:
    """An answer whose button does nothing but say so."""
    if request.press:
        return Reply(toast="pressed")
    return Reply(blocks=(say("page one"),), buttons=((Button("More", press="page|2"),),))


def test_a_button_edits_the_message_in_place_and_shows_its_notice(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> tuple[list[str], list[str]]:
        await stage.say("list")
        (answer,) = stage.world.said(YOU)
        for _ in range(2):  # the second press changes nothing, which is fine
            stage.world.press_anything(YOU, answer["message_id"], "v1|page|2")
            await stage.settle()
        return stage.texts(), stage.toasts

    assert play(tmp_path, scene, buttons) == (["page page|2"], ["turned", "turned"])


def test_a_button_of_another_version_says_so(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> tuple[list[str], str]:
        await stage.say("list")
        (answer,) = stage.world.said(YOU)
        for data in ("v0|page|2", "page", "v1|", "\u202e" * 20):
            stage.world.press_anything(YOU, answer["message_id"], data)
            await stage.settle()
        return stage.texts(), " ".join(stage.toasts)

    texts, toasts = play(tmp_path, scene, buttons)
    assert texts == ["page one"]
    assert toasts.count("This list is old") == 4


def test_a_reply_to_an_answer_brings_its_context(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[int | None]:
        await stage.say("list")
        (answer,) = stage.world.said(YOU)
        await stage.say("and in March?", reply_to=answer["message_id"])
        return [request.context for request in stage.heard]

    assert play(tmp_path, scene, buttons) == [None, 7]


def test_a_group_is_answered_only_when_it_speaks_to_the_bot(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        for text in (
            "hello all",
            "/ask who met Putin",
            "@dateline_local_bot, who is Merz?",
            "/unknown",
            "/ask@other_bot x",
        ):
            await stage.say(text, GROUP)
        (first, *_) = stage.world.said(GROUP)
        await stage.say("and Trump?", GROUP, reply_to=first["message_id"])
        replied = [message.get("reply_to_message", {}).get("text") for message in stage.world.said(GROUP)]
        assert replied == ["/ask who met Putin", "@dateline_local_bot, who is Merz?", "and Trump?"]
        return stage.texts(GROUP)

    assert play(tmp_path, scene) == ["ask: who met Putin", "text: who is Merz?", "text: and Trump?"]


def test_admins_are_told_from_members_and_anonymous_ones_are_admins(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[bool]:
        await stage.say("/brief", GROUP)
        await stage.say("/brief", GROUP, by=ROBIN)
        await stage.say("/brief", GROUP, anonymous=True)
        return [request.admin for request in stage.heard]

    assert play(tmp_path, scene) == [True, False, True]


def test_only_the_asker_or_an_admin_turns_the_pages_in_a_group(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        await stage.say("/ask list", GROUP, by=YOU)
        (answer,) = stage.world.said(GROUP)
        stage.world.press(GROUP, answer["message_id"], "v1|page|2", by=ROBIN)
        await stage.settle()
        assert stage.texts(GROUP) == ["page one"]
        stage.world.press(GROUP, answer["message_id"], "v1|page|2", by=YOU)
        await stage.settle()
        return stage.texts(GROUP)

    assert play(tmp_path, scene, buttons) == ["page page|2"]


def test_a_subscriber_who_presses_a_channels_button_is_no_admin(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> set[tuple[int, bool]]:
        await stage.say("/ask list", CHANNEL)
        (answer,) = stage.world.said(CHANNEL)
        for person in (ROBIN, YOU):
            stage.world.press(CHANNEL, answer["message_id"], "v1|page|2", by=person)
            await stage.settle()
        return {(request.user, request.admin) for request in stage.heard if request.press}

    rights = play(tmp_path, scene, lasting)
    assert (YOU, True) in rights
    assert (ROBIN, True) not in rights


def test_an_owners_press_has_an_owners_rights_in_private(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[bool]:
        for person in (YOU, ROBIN):
            await stage.say("list", person)
            stage.world.press(person, stage.world.said(person)[0]["message_id"], "v1|page|2")
            await stage.settle()
        return [request.owner for request in stage.heard if request.press]

    assert play(tmp_path, scene, lasting) == [True, False]


def test_owner_rights_exist_in_the_private_chat_alone(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[bool]:
        await stage.say("/brief")
        await stage.say("/brief", GROUP)
        await stage.say("/brief", ROBIN)
        return [request.owner for request in stage.heard]

    assert play(tmp_path, scene) == [True, False, False]


def test_markup_that_telegram_refuses_goes_as_plain_text_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.world.faults.append(unparsable())
        await stage.say("a <b> & c")
        return stage.texts()

    assert play(tmp_path, scene) == ["text: a <b> & c"]
    assert "can't parse our markup" in caplog.text
    assert "a <b>" not in caplog.text


def test_an_answer_refused_for_flood_comes_after_the_wait(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.world.faults.append(slow_down(1, method="sendMessage"))
        await stage.say("x")
        return stage.texts()

    assert play(tmp_path, scene) == ["text: x"]


def test_an_answer_that_never_left_goes_again_and_one_that_may_have_arrived_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.deliver.PAUSES", (0, 0, 0))

    async def scene(stage: Scene) -> list[str]:
        stage.world.faults.append(down(method="sendMessage", times=2))
        await stage.say("one")
        stage.world.faults.append(lost(method="sendMessage"))
        await stage.say("two")
        return stage.texts()

    assert play(tmp_path, scene) == ["text: one", "text: two"]


def test_an_answer_that_could_not_leave_stays_owed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.deliver.PAUSES", ())

    async def scene(stage: Scene) -> dict[str, int]:
        stage.world.faults.append(down(method="sendMessage", times=1))
        stage.world.say(YOU, "one")
        await until(lambda: bool(stage.heard) and not stage.store.inbox.counts().get("working"))
        return stage.store.inbox.counts()

    assert play(tmp_path, scene) == {"waiting": 1}

    async def later(stage: Scene) -> list[str]:
        await stage.settle()
        return stage.texts()

    assert play(tmp_path, later) == ["text: one"]


def test_a_chat_that_blocked_the_bot_sleeps_and_wakes_with_its_next_message(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        await stage.say("one")
        stage.world.block(YOU)
        await stage.settle()
        states = [stage.store.chats.get(YOU).state]  # type: ignore[union-attr]
        await stage.say("two")
        return [*states, stage.store.chats.get(YOU).state]  # type: ignore[union-attr]

    assert play(tmp_path, scene) == ["asleep", "active"]


def test_a_group_that_became_a_supergroup_is_followed(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> tuple[int | None, int]:
        await stage.say("/ask one", GROUP)
        new = stage.world.upgrade(GROUP)
        await stage.settle()
        await stage.say("/ask two", new)
        assert stage.texts(new)[-1] == "ask: two"
        return stage.store.chats.moved_to(GROUP), new

    moved, new = play(tmp_path, scene)
    assert moved == new


def test_the_bot_says_hello_once_to_a_group_that_it_was_added_to(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.world.kick_bot(GROUP)
        await stage.settle()
        stage.world.add_bot(GROUP)
        await stage.settle()
        return stage.texts(GROUP)

    assert play(tmp_path, scene) == ["start:"]


def test_a_channel_is_answered_when_it_gives_a_command(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        await stage.say("our news today", CHANNEL)
        await stage.say("/ask who", CHANNEL)
        return stage.texts(CHANNEL)

    assert play(tmp_path, scene) == ["ask: who"]


def test_a_fault_of_ours_is_owned_up_to_without_showing_it(tmp_path: Path) -> None:
    def broken(_request: Request, _desk: Desk) -> Reply:
        raise RuntimeError("secret inner words")

    async def scene(stage: Scene) -> list[str]:
        await stage.say("x")
        return stage.texts()

    (text,) = play(tmp_path, scene, broken)
    assert "went wrong" in text
    assert "secret" not in text


def test_who_asks_too_fast_is_told_when_to_ask_again(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.front.throttle = Throttle(gap=30, burst=2)
        for number in range(9):
            await stage.say(f"{number}", ROBIN)
        return stage.texts(ROBIN)

    *answers, last = play(tmp_path, scene)
    assert answers == ["text: 0", "text: 1"], "and the last is said once, not six times"
    assert re.search(r"Ask again in (29|30) s", last)


def test_guests_and_bans_are_kept_to(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        await stage.say("one", ROBIN)
        stage.store.users.decide(ROBIN, "allowed", stage.front.clock())
        await stage.say("two", ROBIN)
        stage.store.users.decide(ROBIN, "banned", stage.front.clock())
        await stage.say("three", ROBIN)
        await stage.say("mine")
        return [*stage.texts(ROBIN), *stage.texts()]

    stranger, guest, banned, owner = play(tmp_path, scene, settings=Settings(allowed_ids=(5,)))
    assert "guest" in stranger
    assert guest == "text: two"
    assert "does not want" in banned
    assert owner == "text: mine"


def test_a_picture_carries_its_words_as_caption_or_before_them(tmp_path: Path) -> None:
    def drawn(request: Request, _desk: Desk) -> Reply:
        words = "word " * (10 if request.text == "short" else 400)
        return Reply(blocks=(say(words),), picture=Picture(PNG, "a timeline of meetings"))

    async def scene(stage: Scene) -> list[str]:
        await stage.say("short")
        await stage.say("long")
        return stage.texts()

    short, alone, words = play(tmp_path, scene, drawn)
    assert short == ("word " * 10).strip()
    assert alone == "a timeline of meetings"
    assert words.startswith("word word")


def test_a_document_is_sent_with_its_name(tmp_path: Path) -> None:
    def exported(_request: Request, _desk: Desk) -> Reply:
        return Reply(document=Document("topics.json", b"{}", "Your topics"))

    async def scene(stage: Scene) -> tuple[str, str]:
        await stage.say("/export")
        (message,) = stage.world.said(YOU)
        return message["document"]["file_name"], message["caption"]

    assert play(tmp_path, scene, exported) == ("topics.json", "Your topics")


def test_a_file_reaches_the_handler_and_one_too_large_is_refused_with_the_limit(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.world.send_file(YOU, "page.html", b"<p>words</p>", "text/html", caption="keep this")
        await stage.settle()
        stage.world.send_file(YOU, "big.html", b"x" * 2_100_000, "text/html")
        await stage.settle()
        (request,) = stage.heard
        assert request.attachment is not None
        assert (request.attachment.name, request.attachment.data) == ("page.html", b"<p>words</p>")
        return stage.texts()

    kept, refused = play(tmp_path, scene, settings=Settings(web_megabytes=2))
    assert kept == "text: keep this"
    assert "larger than 2 MB" in refused


def test_forwards_links_and_places_are_seen(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[Request]:
        stage.world.forward(YOU, "read https://news.example/a?x=1 now")
        stage.world.locate(YOU, 41.9, 12.5)
        stage.world.write(
            YOU,
            {
                "text": "here",
                "entities": [{"type": "text_link", "offset": 0, "length": 4, "url": "https://news.example/b"}],
            },
        )
        await stage.settle()
        return stage.heard

    forward, place, hidden = play(tmp_path, scene)
    assert forward.forwarded
    assert forward.links == ("https://news.example/a?x=1",)
    assert place.located == (41.9, 12.5)
    assert hidden.links == ("https://news.example/b",)


def test_an_entity_that_cuts_a_letter_in_two_is_no_fault(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        entities = [{"type": "url", "offset": 0, "length": 1}, {"type": "url", "offset": 90, "length": 5}]
        message = stage.world.write(YOU, {"text": "😀 who met Putin?", "entities": entities})
        await stage.settle()
        assert message
        return stage.texts()

    assert play(tmp_path, scene) == ["text: 😀 who met Putin?"]


def test_inline_questions_are_answered_with_cards(tmp_path: Path) -> None:
    def found(request: Request, desk: Desk) -> Reply:
        facts: dict[str, object] = {
            "articles": [
                {"article": 1, "url": "https://news.example/a", "title": "A & B", "score": 90.0}
                | {"site": "The Wire", "day": "Fri 25 Apr 2025"},
                {"article": 2, "url": "https://www.news.example/c", "title": "C", "score": 80.0},
            ]
        }
        return echo(request, desk) if not request.text else Reply(blocks=(say("Two met."),), facts=facts)

    async def scene(stage: Scene) -> tuple[list[str], list[str], list[str], list[str]]:
        query = stage.world.ask_inline("who met")
        await stage.settle()
        answer = stage.world.inline[query]
        assert answer is not None
        contents = [card["input_message_content"] for card in answer["results"]]
        links = [entity["url"] for content in contents for entity in content.get("entities", ())]
        titles = [card["title"] for card in answer["results"]]
        notes = [card.get("description", "") for card in answer["results"]]
        return titles, [content["message_text"] for content in contents], links, notes

    titles, texts, links, notes = play(tmp_path, scene, found)
    assert titles == ["who met", "A & B", "C"]
    assert texts == ["Two met.", "A & B", "C"]
    assert links == ["https://news.example/a", "https://www.news.example/c"]
    assert notes == ["Two met.", "The Wire · Fri 25 Apr 2025", "news.example"]


def test_an_inline_answer_leads_into_the_chat_where_the_bot_has_a_name(tmp_path: Path) -> None:
    def found(request: Request, desk: Desk) -> Reply:
        return Reply(blocks=(say("Two met."),), facts={"stories": [{"story": 77, "title": "A", "score": 100}]})

    async def scene(stage: Scene) -> list[dict[str, Any]]:
        query = stage.world.ask_inline("who met")
        await stage.settle()
        answer = stage.world.inline[query]
        assert answer is not None
        return list(answer["results"])

    (plain,) = play(tmp_path, scene, found)
    assert "reply_markup" not in plain
    (tmp_path / "named").mkdir()
    named = Settings(telegram_token=Secret("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"))
    (card,) = play(tmp_path / "named", scene, found, named)
    ((button,),) = card["reply_markup"]["inline_keyboard"]
    assert button["url"] == f"https://t.me/dateline_local_bot?start={code('s', 77)}"


def test_of_many_messages_that_waited_the_first_few_are_answered_and_no_flood_comes(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.front.clock = lambda: datetime.now(UTC) + timedelta(hours=2)
        for number in range(8):
            stage.world.say(YOU, f"question {number}")
        await stage.settle()
        stage.front.clock = lambda: datetime.now(UTC)
        await stage.say("a new one")
        return stage.texts()

    texts = play(tmp_path, scene)
    assert texts[:3] == ["text: question 0", "text: question 1", "text: question 2"]
    assert texts[3].startswith("I was away, and you wrote more than this meanwhile.")
    assert texts[4:] == ["text: a new one"]


def test_a_double_tap_brings_one_message(tmp_path: Path) -> None:
    def offers(request: Request, desk: Desk) -> Reply:
        buttons = ((Button("More", press="more"),),)
        return echo(request, desk) if request.press else Reply(blocks=(say("A list"),), buttons=buttons)

    async def scene(stage: Scene) -> tuple[list[str], list[str]]:
        await stage.say("list")
        (message,) = stage.world.said(YOU)
        data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        for _ in range(3):
            stage.world.press(YOU, message["message_id"], data)
        await stage.settle()
        return stage.texts(), stage.toasts

    texts, toasts = play(tmp_path, scene, offers)
    assert texts == ["A list", "more:"]
    assert toasts.count("Here it is already.") == 2


def test_questions_stand_in_the_log_only_where_that_is_wished(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")

    async def scene(stage: Scene) -> None:
        await stage.say("my private question")

    play(tmp_path, scene)
    assert "private question" not in caplog.text
    other = tmp_path / "other"
    other.mkdir()
    play(other, scene, settings=Settings(log_questions=True))
    assert "private question" in caplog.text


def test_an_album_is_answered_once(tmp_path: Path) -> None:
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "media_group_id": "9"}

    async def scene(stage: Scene) -> list[str]:
        for _ in range(3):
            stage.world.write(YOU, dict(photo))
        await stage.settle()
        return stage.texts()

    assert play(tmp_path, scene) == ["text:"]


def test_what_nobody_says_is_left_alone(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> list[str]:
        stage.world.write(YOU, {"text": "sent from the bot's own card", "via_bot": stage.world.bot})
        moving = stage.world.locate(YOU, 41.9, 12.5)
        stage.world.edit(YOU, moving["message_id"], "")
        await stage.settle()
        return [request.command or str(request.located) for request in stage.heard]

    assert play(tmp_path, scene) == ["(41.9, 12.5)"]
