"""What a person sees and can do on the chat page, with a small bot that knows every kind of message."""

from __future__ import annotations

import struct
import zlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    BotCommand,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, InlineQueryHandler, MessageHandler, filters

from bot.local.request import LocalRequest
from bot.local.world import CHANNEL, GROUP, YOU, World
from tests.e2e.browser import PHONE, Open

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from playwright.sync_api import Route
    from telegram import Message
    from telegram.ext import ContextTypes

    Context = ContextTypes.DEFAULT_TYPE

pytestmark = pytest.mark.browser

LONG = "The delegations read the draft line by line and agreed on most of it. " * 8
BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("More", callback_data="more"), InlineKeyboardButton("Why?", callback_data="why")],
        [
            InlineKeyboardButton("Read", url="https://example.com/a"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("words")),
        ],
    ]
)


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes(width) for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def hello(message: Message) -> None:
    await message.reply_html("<b>Hello</b>, ask away.", reply_markup=BUTTONS)


async def quote(message: Message) -> None:
    await message.reply_html(f"<blockquote expandable>{LONG}</blockquote>after")


async def hostile(message: Message) -> None:
    await message.reply_text("<img src=x onerror=document.title='owned'> <script>document.title='owned'</script>")


async def picture(message: Message) -> None:
    await message.reply_photo(png(600, 300), caption="Meetings in May")


async def document(message: Message) -> None:
    await message.reply_document(b"a,b\n1,2\n", filename="meetings.csv")


async def question(message: Message) -> None:
    await message.reply_text("Which city?", reply_markup=ForceReply())


ANSWERS: dict[str, Callable[[Message], Awaitable[None]]] = {
    "/start": hello,
    "quote": quote,
    "hostile": hostile,
    "picture": picture,
    "document": document,
    "where": question,
}


async def on_message(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    if update.edited_message:
        await message.reply_text(f"Now you say: {message.text}")
    elif message.document:
        kept = bytes(await (await message.document.get_file()).download_as_bytearray())
        await message.reply_text(f"{message.document.file_name}: {len(kept)} bytes")
    elif message.location:
        await message.reply_text(f"At {message.location.latitude:.1f}")
    elif message.text in ANSWERS:
        await ANSWERS[message.text](message)
    elif message.reply_to_message:
        await message.reply_text(f"In reply to “{message.reply_to_message.text}”: {message.text}", do_quote=True)
    else:
        who = message.from_user.first_name if message.from_user else "channel"
        await message.reply_text(f"{who} said {message.text}")


async def on_press(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "why":
        await query.answer("Because you asked.", show_alert=True)
    else:
        await query.answer("Here is more")
        await query.edit_message_text("All there is", reply_markup=None)


async def on_inline(update: Update, context: Context) -> None:
    query = update.inline_query
    assert query is not None
    content = InputTextMessageContent(f"<b>Story</b> of {query.query}", parse_mode="HTML")
    await query.answer([InlineQueryResultArticle("1", f"About {query.query}", content, description="two sources")])


@asynccontextmanager
async def talkative(world: World) -> AsyncIterator[None]:
    request = LocalRequest(world)
    app: Any = ApplicationBuilder().token(world.token).request(request).get_updates_request(LocalRequest(world)).build()
    app.add_handler(MessageHandler(filters.ALL, on_message))
    app.add_handler(CallbackQueryHandler(on_press))
    app.add_handler(InlineQueryHandler(on_inline))
    async with app:
        commands = [BotCommand("brief", "The news in short"), BotCommand("said", "Who said what")]
        await app.bot.set_my_commands(commands)
        await app.bot.set_my_description("Knows every kind of message.")
        await app.start()
        await app.updater.start_polling(poll_interval=0, timeout=5, allowed_updates=Update.ALL_TYPES)
        yield
        await app.updater.stop()
        await app.stop()


def test_a_newcomer_reads_what_the_bot_is_for_and_presses_start(stage: Open) -> None:
    with stage(talkative) as desk:
        assert "Knows every kind of message." in desk.page.inner_text(".welcome")
        assert "Hello, ask away." in desk.start().inner_text()
        assert desk.page.is_visible("#text")


def test_what_belongs_to_the_chat_before_cannot_be_pressed_while_the_next_one_is_fetched(stage: Open) -> None:
    with stage(talkative) as desk:
        held: list[Route] = []
        desk.page.route("**/sim/history", lambda route: held.append(route))  # noqa: PLW0108 - Playwright wants a Python function
        desk.page.locator(".chat", has_text="Newsroom").click()
        desk.page.locator("#log[aria-busy=true]").wait_for()
        assert desk.page.locator("#footer").evaluate("footer => footer.inert")
        for route in held:
            route.continue_()
        desk.page.locator("#log[aria-busy=false]").wait_for()
        assert "Ada said /brief" in desk.ask("/brief").inner_text()


def test_a_pressed_button_edits_its_message_and_shows_the_notice(stage: Open) -> None:
    with stage(talkative) as desk:
        answer = desk.start()
        desk.press("More")
        answer.get_by_text("All there is").wait_for()
        assert "edited" in answer.inner_text()
        assert answer.locator(".press").count() == 0
        assert desk.page.inner_text("#toast") == "Here is more"


def test_an_alert_is_a_dialog_that_waits_to_be_read(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        desk.press("Why?")
        desk.page.get_by_text("Because you asked.").wait_for()
        desk.page.keyboard.press("Enter")
        desk.page.locator("#notice").wait_for(state="hidden")


def test_markup_in_an_answer_is_shown_as_written_and_never_run(stage: Open) -> None:
    with stage(talkative) as desk:
        answer = desk.ask("hostile")
        assert "<script>document.title='owned'</script>" in answer.inner_text()
        assert answer.locator("img, script").count() == 0
        assert "owned" not in desk.page.title()


def test_a_long_quotation_opens_and_closes(stage: Open) -> None:
    with stage(talkative) as desk:
        answer = desk.ask("quote")
        words = answer.locator("blockquote .words")
        closed = words.bounding_box()
        answer.get_by_role("button", name="Show more").click()
        opened = words.bounding_box()
        assert closed
        assert opened
        assert opened["height"] > 1.5 * closed["height"]
        answer.get_by_role("button", name="Show less").click()


def test_a_picture_opens_in_full(stage: Open) -> None:
    with stage(talkative) as desk:
        answer = desk.ask("picture")
        assert answer.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 600
        answer.locator(".photo").click()
        desk.page.locator("#viewer img").wait_for()
        desk.page.keyboard.press("Escape")


def test_a_document_can_be_downloaded(stage: Open) -> None:
    with stage(talkative) as desk:
        answer = desk.ask("document")
        with desk.page.expect_download() as download:
            answer.locator("a.file").click()
        assert download.value.suggested_filename == "meetings.csv"


def test_a_file_from_the_machine_reaches_the_bot(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        before = desk.answers.count()
        desk.page.set_input_files("#picker", {"name": "page.html", "mimeType": "text/html", "buffer": b"<p>hi</p>"})
        desk.answers.nth(before).get_by_text("page.html: 9 bytes").wait_for()


def test_a_slash_lists_the_commands_and_enter_sends_one(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        desk.page.fill("#text", "/sa")
        assert desk.page.locator(".choice").all_inner_texts() == ["/\n/said\nWho said what"]
        before = desk.answers.count()
        desk.page.press("#text", "Enter")
        desk.answers.nth(before).get_by_text("Ada said /said").wait_for()


def test_an_inline_query_offers_results_and_sends_the_chosen_one(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        desk.page.fill("#text", f"@{desk.world.bot['username']} envoy")
        desk.page.locator(".choice", has_text="About envoy").click()
        desk.page.locator(".message.mine", has_text="Story of envoy").wait_for()


def test_an_inline_query_that_is_sent_as_a_message_opens_nothing_over_the_chat(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        before = desk.answers.count()
        desk.page.fill("#text", f"@{desk.world.bot['username']} envoy")
        desk.page.press("#text", "Enter")
        desk.answers.nth(before).wait_for()
        desk.page.wait_for_timeout(700)
        assert desk.page.locator("#panel").is_hidden()
        assert desk.page.locator(".choice").count() == 0


def test_a_reply_tells_the_bot_what_it_answers(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start().locator(".words").dblclick()
        answer = desk.ask("and in March?")
        assert "In reply to “Hello, ask away.”: and in March?" in answer.inner_text()


def test_a_bot_that_wants_an_answer_opens_the_reply(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.ask("where")
        desk.page.locator("#quoting", has_text="Which city?").wait_for()
        assert "In reply to “Which city?”: Oslo" in desk.ask("Oslo").inner_text()


def test_the_last_question_can_be_edited_with_the_arrow_key(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.ask("who met Putim?")
        desk.page.press("#text", "ArrowUp")
        assert "Now you say: who met Putin?" in desk.ask("who met Putin?").inner_text()


def test_messages_can_be_reached_and_answered_with_the_keyboard_alone(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.ask("first")
        desk.page.focus("#log")
        for key in ("ArrowUp", "ArrowUp", "Enter"):
            desk.page.keyboard.press(key)
        desk.page.keyboard.press("Enter")
        desk.page.locator("#quoting", has_text="first").wait_for()
        desk.page.keyboard.press("Escape")
        desk.page.locator("#quoting").wait_for(state="hidden")
        desk.page.keyboard.type("/brief")
        desk.page.keyboard.press("Enter")
        desk.page.locator(".message", has_text="Ada said /brief").wait_for()


def test_a_group_is_written_to_as_its_owner_or_as_a_plain_member(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.open("Newsroom")
        assert "Ada said /brief" in desk.ask("/brief").inner_text()
        desk.page.click("#as")
        desk.page.get_by_role("menuitem", name="Robin").click()
        desk.page.locator("#status", has_text="Robin, member").wait_for()
        desk.say("/said")
        desk.page.locator(".message", has_text="Robin said /said").wait_for()


def test_a_topic_of_a_forum_shows_its_own_messages_only(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.open("World desk")
        desk.ask("/brief")
        desk.page.get_by_role("tab", name="Economy").click()
        assert desk.messages.count() == 0
        assert "Ada said /said" in desk.ask("/said").inner_text()
        desk.page.get_by_role("tab", name="General").click()
        assert "/said" not in desk.page.inner_text("#log")


def test_an_alert_to_another_chat_counts_as_unread(stage: Open) -> None:
    with stage(talkative) as desk:
        message = {"from": dict(desk.world.bot), "text": "A new meeting"}
        desk.do(desk.world.post, desk.world.chats[GROUP], message, mine=True)
        row = desk.page.locator(".chat", has_text="Newsroom")
        row.locator("em", has_text="1").wait_for()
        row.click()
        desk.page.locator(".message", has_text="A new meeting").wait_for()
        assert row.locator("em").count() == 0


def test_a_blocked_bot_can_be_started_again(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        desk.page.click("#more-button")
        desk.page.get_by_role("menuitem", name="Block the bot").click()
        desk.page.locator("#start", has_text="Unblock").wait_for()
        assert desk.world.chats[YOU].bot == "kicked"
        assert "Hello" in desk.start().inner_text()


def test_a_post_of_a_channel_can_be_forwarded_to_the_bot(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        desk.do(desk.world.say, CHANNEL, "Ministers met in Oslo")
        desk.open("The Wire")
        desk.page.locator(".message .words", has_text="Ministers met").first.click(button="right")
        desk.page.get_by_role("menuitem", name="Forward to Dateline").click()
        desk.page.locator(".message.mine", has_text="Forwarded from The Wire").wait_for()


def test_a_location_can_be_shared(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.start()
        desk.page.click("#more-button")
        desk.page.get_by_role("menuitem", name="Share a location").click()
        desk.answers.get_by_text("At 52.5").wait_for()


def test_a_reload_shows_the_conversation_again(stage: Open) -> None:
    with stage(talkative) as desk:
        desk.ask("good morning")
        shown = desk.messages.all_inner_texts()
        desk.page.reload()
        desk.page.wait_for_selector("body[data-ready]")
        assert desk.messages.all_inner_texts() == shown


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_nothing_is_wider_than_the_screen(stage: Open, dark: bool) -> None:
    with stage(talkative, size=PHONE, dark=dark) as desk:
        desk.ask("quote")
        desk.ask("picture")
        desk.ask("x" * 300)
        edges = "[...document.querySelectorAll('body *')].map(node => node.getBoundingClientRect().right)"
        assert max(desk.page.evaluate(edges)) <= PHONE[0] + 1
        desk.page.click("#back")
        desk.page.locator(".chat", has_text="Newsroom").wait_for()
