"""What the bot sends and changes, and the exact words in which Telegram says no."""

from __future__ import annotations

import json
import struct

import pytest

from bot.local.params import Upload
from bot.local.world import CHANNEL, FORUM, GROUP, ROBIN, YOU, World
from tests.bot.local.calling import Clock, answer, refused, result

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock=clock, strict=False)


def keyboard(**button: object) -> str:
    return json.dumps({"inline_keyboard": [[{"text": "x"} | button]]})


def test_a_message_comes_back_as_it_was_sent(world: World, clock: Clock) -> None:
    message = result(world, "sendMessage", chat_id=str(YOU), text=" <b>hi</b> x.org ", parse_mode="HTML")
    assert message["text"] == "hi x.org"
    assert [entity["type"] for entity in message["entities"]] == ["bold", "url"]
    assert message["chat"] == {"id": YOU, "type": "private", "first_name": "Ada", "username": "ada"}
    assert message["from"]["is_bot"]
    assert message["date"] == int(clock.now)
    assert world.said(YOU) == [message]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"chat_id": "", "text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": "777", "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "x" * 32769}, "Bad Request: text is too long"),
        (
            {"text": "<b>x</i>", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Unmatched end tag at byte offset 4",
        ),
        ({"text": "<h1>x", "parse_mode": "HTML"}, 'Bad Request: can\'t parse entities: Unsupported start tag "h1"'),
        ({"text": "x", "parse_mode": "RTF"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "Bad Request: object expected as reply markup"),
        ({"text": "x", "reply_markup": keyboard(callback_data="y" * 65)}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard(callback_data="ü" * 33)}, "Bad Request: BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": keyboard(copy_text={"text": "y" * 257})},
            "Bad Request: BUTTON_COPY_TEXT_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard()},
            "Bad Request: can't parse inline keyboard button: text buttons are",
        ),
        (
            {"text": "x", "reply_markup": keyboard(url="nonsense")},
            "Bad Request: inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "reply_parameters": '{"message_id": 999}'}, "Bad Request: message to be replied not found"),
        ({"text": "x", "message_thread_id": "9"}, "Bad Request: message thread not found"),
        ({"text": "x", "chat_id": str(FORUM), "message_thread_id": "9"}, "Bad Request: message thread not found"),
    ],
)
def test_a_message_is_refused_in_telegrams_words(world: World, values: dict[str, str], error: str) -> None:
    assert refused(world, "sendMessage", **({"chat_id": str(YOU)} | values)).startswith(error)
    assert world.said(YOU) == []


def test_4096_characters_count_after_parsing_and_not_in_utf_16(world: World) -> None:
    text = "<b>" + "😀" * 4096 + "</b>"
    assert len(result(world, "sendMessage", chat_id=YOU, text=text, parse_mode="HTML")["text"]) == 4096


def test_of_more_than_100_entities_the_first_100_stay(world: World) -> None:
    text = " ".join(f"<b>{number}</b>" for number in range(150))
    message = result(world, "sendMessage", chat_id=YOU, text=text, parse_mode="HTML")
    assert len(message["entities"]) == 100
    assert message["text"].endswith("149")


def test_a_blocked_bot_is_told_so_until_the_person_returns(world: World) -> None:
    world.block(YOU)
    assert refused(world, "sendMessage", chat_id=YOU, text="x") == "Forbidden: bot was blocked by the user"
    world.unblock(YOU)
    assert result(world, "sendMessage", chat_id=YOU, text="x")


def test_a_kicked_bot_and_a_deleted_account_are_told_apart(world: World) -> None:
    world.kick_bot(GROUP)
    assert refused(world, "sendMessage", chat_id=GROUP, text="x") == "Forbidden: bot was kicked from the group chat"
    world.deactivate(ROBIN)
    assert refused(world, "sendMessage", chat_id=ROBIN, text="x") == "Forbidden: user is deactivated"


def test_an_upgraded_group_names_its_supergroup(world: World) -> None:
    new = world.upgrade(GROUP)
    answered = answer(world, "sendMessage", chat_id=GROUP, text="x")
    assert answered["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answered["parameters"] == {"migrate_to_chat_id": new}
    assert result(world, "sendMessage", chat_id=new, text="x")["chat"]["type"] == "supergroup"


def test_a_closed_topic_takes_no_message_of_a_plain_member(world: World) -> None:
    world.add_bot(FORUM, admin=False)
    world.close_topic(FORUM, 2)
    assert refused(world, "sendMessage", chat_id=FORUM, message_thread_id=2, text="x") == "Bad Request: TOPIC_CLOSED"
    world.delete_topic(FORUM, 2)
    assert "thread not found" in refused(world, "sendMessage", chat_id=FORUM, message_thread_id=2, text="x")
    assert result(world, "sendMessage", chat_id=FORUM, message_thread_id=3, text="x")["is_topic_message"]


def test_a_channel_is_written_to_by_name(world: World) -> None:
    post = result(world, "sendMessage", chat_id="@the_wire", text="x")
    assert post["sender_chat"]["id"] == CHANNEL
    assert "from" not in post


def test_an_edit_that_changes_nothing_is_refused(world: World) -> None:
    old = result(
        world, "sendMessage", chat_id=YOU, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard(callback_data="1")
    )
    same = {"chat_id": YOU, "message_id": old["message_id"], "text": "<b>x</b>", "parse_mode": "HTML"}
    assert refused(world, "editMessageText", **same, reply_markup=keyboard(callback_data="1")) == NOT_MODIFIED
    new = result(world, "editMessageText", **same)
    assert "reply_markup" not in new
    assert "edit_date" in new
    assert result(
        world,
        "editMessageReplyMarkup",
        chat_id=YOU,
        message_id=old["message_id"],
        reply_markup=keyboard(callback_data="2"),
    )


def test_only_the_bots_own_messages_can_be_edited(world: World) -> None:
    theirs = world.say(YOU, "hello")
    edit = {"chat_id": YOU, "text": "y"}
    assert (
        refused(world, "editMessageText", **edit, message_id=theirs["message_id"])
        == "Bad Request: message can't be edited"
    )
    assert refused(world, "editMessageText", **edit, message_id=999) == "Bad Request: message to edit not found"


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("plain", {}, None),
        ("see https://a.bc/x and d.com", {}, {"url": "https://a.bc/x"}),
        ("<a href='https://a.bc'>w</a>", {}, {"url": "https://a.bc/"}),
        ("https://a.bc", {"is_disabled": True}, {"is_disabled": True}),
        (
            "https://a.bc",
            {"url": "https://d.ef", "prefer_small_media": True},
            {"url": "https://d.ef", "prefer_small_media": True},
        ),
    ],
)
def test_the_previewed_address_is_told_back(world: World, text: str, options: dict[str, object], told: object) -> None:
    given = json.dumps(options)
    message = result(world, "sendMessage", chat_id=YOU, text=text, parse_mode="HTML", link_preview_options=given)
    assert message.get("link_preview_options") == told


def test_a_message_is_copied_and_forwarded_unless_it_is_protected(world: World) -> None:
    open_one = result(world, "sendMessage", chat_id=YOU, text="x")["message_id"]
    kept = result(world, "sendMessage", chat_id=YOU, text="y", protect_content=True)["message_id"]
    way = {"chat_id": GROUP, "from_chat_id": YOU}
    assert len(result(world, "copyMessages", **way, message_ids=[open_one, open_one])) == 2
    assert result(world, "forwardMessage", **way, message_id=open_one)["forward_origin"]["type"] == "user"
    error = "Bad Request: the message can't be forwarded"
    assert refused(world, "forwardMessages", **way, message_ids=[kept]) == error
    assert refused(world, "copyMessage", **way, message_id=99) == "Bad Request: message to copy not found"


def test_a_deleted_message_is_gone(world: World) -> None:
    number = result(world, "sendMessage", chat_id=YOU, text="x")["message_id"]
    assert result(world, "deleteMessage", chat_id=YOU, message_id=number)
    assert refused(world, "deleteMessage", chat_id=YOU, message_id=number) == "Bad Request: message to delete not found"


def test_a_picture_knows_its_size_and_what_is_none_is_refused(world: World) -> None:
    photo = result(world, "sendPhoto", chat_id=YOU, photo=Upload("p.png", PNG), caption="<i>c</i>", parse_mode="HTML")
    assert (photo["photo"][0]["width"], photo["photo"][0]["height"]) == (640, 480)
    assert photo["caption_entities"][0]["type"] == "italic"
    assert refused(world, "sendPhoto", chat_id=YOU, photo=Upload("p", b"words")) == "Bad Request: IMAGE_PROCESS_FAILED"
    assert refused(world, "sendPhoto", chat_id=YOU, photo=Upload("p", b"")) == "Bad Request: file must be non-empty"
    assert refused(world, "sendPhoto", chat_id=YOU) == "Bad Request: there is no photo in the request"
    thin = PNG[:16] + struct.pack(">II", 2100, 100)
    assert refused(world, "sendPhoto", chat_id=YOU, photo=Upload("p", thin)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    long = refused(world, "sendPhoto", chat_id=YOU, photo=Upload("p.png", PNG), caption="x" * 1025)
    assert long == "Bad Request: message caption is too long"


def test_a_document_can_be_fetched_and_sent_again_by_its_id(world: World) -> None:
    sent = result(world, "sendDocument", chat_id=YOU, document=Upload("a.txt", b"abc", "text/plain"))["document"]
    assert (sent["file_name"], sent["file_size"], sent["mime_type"]) == ("a.txt", 3, "text/plain")
    assert result(world, "getFile", file_id=sent["file_id"])["file_path"].endswith("/a.txt")
    again = result(world, "sendDocument", chat_id=YOU, document=sent["file_id"])["document"]
    assert again == sent
    assert refused(world, "getFile", file_id="nothing") == "Bad Request: invalid file_id"


def test_an_album_has_two_to_ten_parts_of_one_group(world: World) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "first"}, {"type": "photo", "media": "attach://b"}]
    parts = {"a": Upload("a.png", PNG), "b": Upload("b.png", PNG)}
    album = result(world, "sendMediaGroup", chat_id=YOU, media=json.dumps(media), **parts)
    assert len({part["media_group_id"] for part in album}) == 1
    assert "2-10 expected" in refused(world, "sendMediaGroup", chat_id=YOU, media=json.dumps(media[:1]), **parts)


def test_a_press_is_answered_once_and_in_time(world: World, clock: Clock) -> None:
    message = result(world, "sendMessage", chat_id=YOU, text="x", reply_markup=keyboard(callback_data="v1:x"))
    query = world.press(YOU, message["message_id"], "v1:x")
    assert result(world, "answerCallbackQuery", callback_query_id=query, text="ok")
    assert refused(world, "answerCallbackQuery", callback_query_id=query) == TOO_OLD
    late = world.press(YOU, message["message_id"], "v1:x")
    clock.now += 60
    assert refused(world, "answerCallbackQuery", callback_query_id=late) == TOO_OLD


def test_a_button_that_is_not_there_cannot_be_pressed(world: World) -> None:
    message = result(world, "sendMessage", chat_id=YOU, text="x", reply_markup=keyboard(callback_data="v1:x"))
    with pytest.raises(KeyError, match="no such button"):
        world.press(YOU, message["message_id"], "v1:y")
    assert world.press_anything(YOU, message["message_id"], "v1:y")


@pytest.mark.parametrize(
    ("results", "error"),
    [
        ([{"id": str(number)} for number in range(51)], "RESULTS_TOO_MUCH"),
        ([{"id": "1", "type": "photo"}, {"id": "1", "type": "photo"}], "RESULT_ID_DUPLICATE"),
        ([{"id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{"id": "1", "type": "article"}], "can't parse inline query result: title must be non-empty"),
    ],
)
def test_inline_results_are_checked(world: World, results: list[dict[str, str]], error: str) -> None:
    query = world.ask_inline("putin")
    given = {"inline_query_id": query, "results": json.dumps(results)}
    assert refused(world, "answerInlineQuery", **given) == f"Bad Request: {error}"


def test_a_chosen_inline_result_is_a_message_of_the_person(world: World) -> None:
    query = world.ask_inline("putin")
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    results = json.dumps([{"type": "article", "id": "1", "title": "t", "input_message_content": content}])
    assert result(world, "answerInlineQuery", inline_query_id=query, results=results)
    assert refused(world, "answerInlineQuery", inline_query_id=query, results=results) == TOO_OLD
    message = world.choose(query, "1", YOU)
    assert message["text"] == "x"
    assert message["via_bot"]["id"] == world.bot["id"]


def article(text: str, data: str) -> dict[str, object]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": "1", "title": "t", "input_message_content": content} | {
        "reply_markup": json.loads(keyboard(callback_data=data))
    }


def test_a_message_sent_by_way_of_the_bot_is_edited_by_its_own_kind_of_id(world: World) -> None:
    query = world.ask_inline("putin")
    result(world, "answerInlineQuery", inline_query_id=query, results=json.dumps([article("one", "v1:x")]))
    message = world.choose(query, "1", GROUP)
    world.press(GROUP, message["message_id"], "v1:x", by=ROBIN)
    press = result(world, "getUpdates")[-1]["callback_query"]
    assert "message" not in press
    assert result(world, "editMessageText", inline_message_id=press["inline_message_id"], text="two") is True
    assert world.chats[GROUP].messages[message["message_id"]]["text"] == "two"
    assert refused(world, "editMessageText", inline_message_id="x", text="two") == "Bad Request: MESSAGE_ID_INVALID"


def test_a_bot_that_is_no_member_may_answer_once_when_it_is_named(world: World) -> None:
    world.kick_bot(GROUP)
    world.say(GROUP, f"@{world.bot['username']} who met whom?")
    guest = result(world, "getUpdates")[-1]["guest_message"]["guest_query_id"]
    sent = result(world, "answerGuestQuery", guest_query_id=guest, result=json.dumps(article("<b>one</b>", "v1:x")))
    last = list(world.chats[GROUP].messages.values())[-1]
    assert (last["text"], last["guest_bot_caller_user"]["id"]) == ("one", YOU)
    assert result(world, "editMessageText", inline_message_id=sent["inline_message_id"], text="two") is True
    assert refused(world, "answerGuestQuery", guest_query_id=guest, result="{}") == TOO_OLD


def test_commands_are_shown_to_those_they_are_for(world: World) -> None:
    from bot.local.profile import commands_for  # noqa: PLC0415

    def command(name: str) -> str:
        return json.dumps([{"command": name, "description": "d"}])

    everyone, admins = '{"type": "default"}', '{"type": "all_chat_administrators"}'
    result(world, "setMyCommands", commands=command("all"), scope=everyone)
    result(world, "setMyCommands", commands=command("admin"), scope=admins)
    result(world, "setMyCommands", commands=command("alle"), scope=everyone, language_code="de")
    assert [commands_for(world, GROUP, person)[0]["command"] for person in (YOU, ROBIN)] == ["admin", "all"]
    world.people[YOU].language = "de-AT"
    assert commands_for(world, YOU, YOU)[0]["command"] == "alle"
    assert refused(world, "setMyCommands", commands=command("No!")) == "Bad Request: BOT_COMMAND_INVALID"


def test_who_is_who_in_a_group(world: World) -> None:
    def standing(person: int) -> str:
        return str(result(world, "getChatMember", chat_id=GROUP, user_id=person)["status"])

    assert [standing(person) for person in (YOU, ROBIN, world.bot["id"])] == ["creator", "member", "member"]
    world.promote(GROUP, ROBIN, "administrator")
    assert len(result(world, "getChatAdministrators", chat_id=GROUP)) == 2
    assert refused(world, "getChatMember", chat_id=GROUP, user_id=5) == "Bad Request: user not found"


def test_a_method_that_does_not_exist_is_not_found(world: World) -> None:
    assert answer(world, "sendTelegram") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


def test_a_method_is_found_whatever_its_case(world: World) -> None:
    assert result(world, "GETME")["username"] == world.bot["username"]
