"""Client libraries that nobody here wrote work against the local Telegram, and check every answer by their models."""

from __future__ import annotations

import asyncio
import struct
import time
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

from bot.local import faults
from bot.local.request import LocalRequest
from bot.local.server import serve
from bot.local.talk import Talk
from bot.local.world import FORUM, GROUP, ROBIN, YOU, World
from tests.bot.local.calling import until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot
    from telegram.ext import Application, ContextTypes

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)

# python-telegram-bot, in process.


def with_bot(story: Callable[[Bot, World], Awaitable[None]], token: str = "") -> None:
    async def played() -> None:
        world = World(strict=False)
        app = application(world, token or world.token)
        async with app:
            await story(app.bot, world)

    asyncio.run(played())


def application(world: World, token: str) -> Application[Any, Any, Any, Any, Any, Any]:
    request = LocalRequest(world)
    return ApplicationBuilder().token(token).request(request).get_updates_request(LocalRequest(world)).build()


def test_a_whole_exchange_goes_through_a_polling_application() -> None:
    async def on_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="v1:more")]])
        await update.effective_message.reply_html(f"<b>{update.effective_message.text}</b>", reply_markup=markup)

    async def on_press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer("ok")
        await update.callback_query.edit_message_text("more")

    async def played() -> None:
        world = World(strict=False)
        app = application(world, world.token)
        app.add_handler(MessageHandler(filters.TEXT, on_message))
        app.add_handler(CallbackQueryHandler(on_press))
        async with app:
            await app.start()
            assert app.updater
            await app.updater.start_polling(poll_interval=0, timeout=10)
            async with Talk(world) as talk:
                for number in range(20):
                    assert (await talk.ask(f"question {number}"))["text"] == f"question {number}"
                answer = await talk.ask("the last one")
                assert (await talk.press(answer, "More"))["text"] == "ok"
                assert (await talk.next("edit"))["text"] == "more"
            await app.updater.stop()
            await app.stop()
        assert not world.presses

    asyncio.run(played())


def test_a_file_goes_to_the_local_telegram_and_back_without_a_socket() -> None:
    async def story(bot: Bot, world: World) -> None:
        message = await bot.send_document(YOU, b"words", filename="a.txt", caption="<i>c</i>", parse_mode="HTML")
        assert message.document
        file = await bot.get_file(message.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"words"
        photo = await bot.send_photo(YOU, PNG)
        assert photo.photo[0].width == 640

    with_bot(story)


@pytest.mark.parametrize(
    ("fault", "kind", "cause"),
    [
        (faults.slow_down(3), RetryAfter, None),
        (faults.blocked(chat=YOU), Forbidden, None),
        (faults.moved(-100, chat=YOU), ChatMigrated, None),
        (faults.unparsable(), BadRequest, None),
        (faults.failing(502), NetworkError, None),
        (faults.down(), NetworkError, "ConnectError"),
        (faults.lost(), TimedOut, "ReadTimeout"),
    ],
)
def test_a_disturbance_is_the_error_that_http_would_bring(
    fault: faults.Fault, kind: type[Exception], cause: str | None
) -> None:
    async def story(bot: Bot, world: World) -> None:
        world.faults.append(fault)
        with pytest.raises(kind) as raised:
            await bot.send_message(YOU, "x")
        assert (type(raised.value.__cause__).__name__ if cause else None) == cause

    with_bot(story)


def test_a_wrong_token_is_an_invalid_token() -> None:
    async def story(bot: Bot, world: World) -> None:
        raise AssertionError("the application started")

    with pytest.raises(InvalidToken):
        with_bot(story, "1:wrong")


def test_a_lost_line_holds_a_poller_up_only_until_it_is_back() -> None:
    async def on_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message
        await update.effective_message.reply_text("here")

    async def played() -> None:
        world = World(strict=False)
        app = application(world, world.token)
        app.add_handler(MessageHandler(filters.TEXT, on_message))
        async with app:
            await app.start()
            assert app.updater
            world.faults.append(faults.down(method="getUpdates"))
            await app.updater.start_polling(
                poll_interval=0, timeout=10, bootstrap_retries=-1, error_callback=lambda _: None
            )
            world.say(YOU, "hello?")
            await until(lambda: world.said(YOU))
            await app.updater.stop()
            await app.stop()

    asyncio.run(played())


# aiogram, over HTTP: its pydantic models are made from the Bot API's documentation.


def test_aiogram_validates_every_answer() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic's, at import
        from aiogram import Bot as Aiogram  # noqa: PLC0415
        from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
        from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415

    async def played() -> None:
        world = World(strict=False)
        server = await serve(world)
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.address))
        bot = Aiogram(world.token, session=session)
        try:
            await contract(bot, world)
        finally:
            await bot.session.close()
            await server.close()

    asyncio.run(played())


async def contract(bot: Any, world: World) -> None:  # noqa: ANN401 - aiogram is imported late
    from aiogram import exceptions as errors  # noqa: PLC0415
    from aiogram import types as t  # noqa: PLC0415

    world.say(YOU, "hello")
    assert (await bot.get_me()).username == world.bot["username"]
    copied = t.InlineKeyboardButton(text="c", copy_text=t.CopyTextButton(text="q"))
    markup = t.InlineKeyboardMarkup(inline_keyboard=[[t.InlineKeyboardButton(text="a", callback_data="x"), copied]])
    preview = t.LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(
        YOU,
        "<b>hi</b> <a href='https://x.org'>l</a>",
        parse_mode="HTML",
        reply_markup=markup,
        link_preview_options=preview,
    )
    assert [entity.type for entity in sent.entities] == ["bold", "text_link"]
    reply = await bot.send_message(YOU, "r", reply_parameters=t.ReplyParameters(message_id=sent.message_id))
    assert reply.reply_to_message.message_id == sent.message_id
    await bot.edit_message_text("new", chat_id=YOU, message_id=sent.message_id)
    with pytest.raises(errors.TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("new", chat_id=YOU, message_id=sent.message_id)
    await bot.send_photo(YOU, t.BufferedInputFile(PNG, "p.png"), caption="<i>c</i>", parse_mode="HTML")
    document = await bot.send_document(YOU, t.BufferedInputFile(b"words", "d.txt"))
    file = await bot.get_file(document.document.file_id)
    assert (await bot.download_file(file.file_path)).read() == b"words"
    album = [t.InputMediaPhoto(media=t.BufferedInputFile(PNG, f"{n}.png")) for n in range(2)]
    assert len(await bot.send_media_group(YOU, album)) == 2
    await bot.send_chat_action(YOU, "typing")
    await bot.send_message_draft(chat_id=YOU, draft_id=3, text="part")
    await bot.set_message_reaction(YOU, sent.message_id, [t.ReactionTypeEmoji(emoji="👍")])
    await bot.copy_message(YOU, YOU, reply.message_id)
    scope = t.BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([t.BotCommand(command="brief", description="d")], scope=scope, language_code="de")
    assert [one.command for one in await bot.get_my_commands(scope=scope, language_code="de")] == ["brief"]
    await bot.set_my_description("d")
    assert (await bot.get_my_description()).description == "d"
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert (await bot.get_chat(GROUP)).title == "Newsroom"
    assert (await bot.get_chat_member(GROUP, ROBIN)).status == "member"
    assert [admin.user.id for admin in await bot.get_chat_administrators(FORUM)] == [YOU, world.bot["id"]]
    assert (await bot.create_forum_topic(FORUM, "Elections")).name == "Elections"
    assert (await bot.get_webhook_info()).url == ""
    world.ask_inline("who")
    message, query = await bot.get_updates(timeout=1)
    assert message.message.text == "hello"
    content = t.InputTextMessageContent(message_text="<b>s</b>", parse_mode="HTML")
    offer = t.InlineQueryResultArticle(id="1", title="t", input_message_content=content)
    await bot.answer_inline_query(query.inline_query.id, [offer], cache_time=0)
    with pytest.raises(errors.TelegramBadRequest, match="message is too long"):
        await bot.send_message(YOU, "x" * 4097)
    world.block(ROBIN)
    with pytest.raises(errors.TelegramForbiddenError):
        await bot.send_message(ROBIN, "x")
    world.upgrade(GROUP)
    with pytest.raises(errors.TelegramMigrateToChat):
        await bot.send_message(GROUP, "x")
    world.faults.append(faults.slow_down(2))
    with pytest.raises(errors.TelegramRetryAfter):
        await bot.send_message(YOU, "x")
    block = t.InputRichBlockParagraph(text="hello")
    await bot.send_rich_message(chat_id=YOU, rich_message=t.InputRichMessage(blocks=[block]))
    for update in await bot.get_updates(timeout=1):
        assert update.event_type


def test_every_update_is_one_that_aiogram_knows() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic's, at import
        from aiogram.types import Update as Model  # noqa: PLC0415
    world = World(strict=False)
    world.queue.allowed = frozenset({"message", "edited_message", "my_chat_member", "chat_member", "channel_post"})
    said = world.say(YOU, "hello https://example.com /start")
    world.edit(YOU, said["message_id"], "bye")
    world.send_file(YOU, "a.txt", b"x", "text/plain")
    world.locate(YOU, 1, 2)
    world.forward(YOU, "post")
    world.say(FORUM, "x", thread=2, anonymous=True)
    world.promote(GROUP, ROBIN, "administrator")
    world.block(ROBIN)
    world.close_topic(FORUM, 2)
    world.new_topic(FORUM, "More")
    world.upgrade(GROUP)
    updates = world.queue.take(0, 100, time.time())
    assert len(updates) == 12
    for update in updates:
        Model.model_validate(update)


# pyTelegramBotAPI, over HTTP, in a thread of its own since it blocks.


def test_pytelegrambotapi_works_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, at import
        import telebot  # noqa: PLC0415
        from telebot import apihelper  # noqa: PLC0415

    def use(address: str, token: str) -> None:
        bot: Any = telebot.TeleBot(token, threaded=False)
        monkeypatch.setattr(apihelper, "API_URL", address + "/bot{0}/{1}")
        monkeypatch.setattr(apihelper, "FILE_URL", address + "/file/bot{0}/{1}")
        assert bot.get_me().is_bot
        sent = bot.send_message(YOU, "<b>x</b>", parse_mode="HTML")
        assert bot.edit_message_text("y", YOU, sent.message_id).text == "y"
        assert bot.send_photo(YOU, PNG).photo[0].height == 480
        document = bot.send_document(YOU, b"123").document
        assert bot.download_file(bot.get_file(document.file_id).file_path) == b"123"
        assert bot.get_updates(timeout=0)[0].message.text == "hello"
        with pytest.raises(apihelper.ApiTelegramException, match="can't parse entities"):
            bot.send_message(YOU, "<b>x", parse_mode="HTML")
        sessions: Any = apihelper
        sessions._get_req_session(reset=True).close()

    async def played() -> None:
        world = World(strict=False)
        world.say(YOU, "hello")
        server = await serve(world)
        try:
            await asyncio.to_thread(use, server.address, world.token)
        finally:
            await server.close()

    asyncio.run(played())
