"""A Reply goes out: sent, edited in place or attached to a picture, each refusal of Telegram's met once.

Nothing here is sent twice. What surely was not delivered raises and may be tried again; what may have been is the
caller's to record as unknown (`unsent` tells the two apart).
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs
from telegram import ForceReply, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.pace import ALERT, ANSWER, TAKEN, seconds
from bot.telegram import CAPTION, Part, caption, clean, keyboard, parts, visible, web_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.ext import ExtBot

    from handlers.reply import Reply

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})
"""httpx errors that say the request never left this machine; ReadTimeout and the rest leave it open."""
GONE = ("message to edit not found", "message can't be edited", "there is no text in the message", "message_id_invalid")
SHUT = ("chat not found", "user is deactivated", "have no rights to send", "not enough rights", "chat_write_forbidden")
TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
PAUSES = (1, 2, 4, 8, 15, 30, 60, 60, 60, 60)
"""Seconds between two tries of an answer, about five minutes in all."""
SHORT = 15.0
"""Seconds that a message may be held up between two parts of it; the lease of an alert is longer."""


class PartlySent(TelegramError):
    """A reply of several messages of which the first have arrived: trying again would double these."""


class Target(Struct, frozen=True, kw_only=True):
    """Where a reply goes: the chat and its forum topic, the message it replies to or edits, its lane."""

    chat: int
    thread: int = 0
    reply_to: int | None = None
    edit: int | None = None
    lane: int = ANSWER
    silent: bool = False


async def deliver(bot: ExtBot[int], reply: Reply, target: Target) -> tuple[int, ...]:
    """Ids of the messages that now hold the reply, in order; none if it had nothing to show.

    Raises:
        Forbidden, ChatMigrated, RetryAfter, BadRequest, NetworkError: as Telegram said them; nothing was shown.
        PartlySent: some of it was.
    """
    if reply.picture or reply.document:
        return await _with_file(bot, reply, target)
    return await _with_text(bot, reply, target)


def unsent(error: Exception) -> bool:
    """Whether a failed send surely was not delivered, so that trying again can't double it."""
    if isinstance(error, RetryAfter | BadRequest | Forbidden | ChatMigrated | InvalidToken):
        return True
    return isinstance(error, NetworkError) and type(error.__cause__).__name__ in NEVER_LEFT


def shut(error: Exception) -> bool:
    """Whether a refusal says that nothing can be sent to this chat; a forum topic's only where the general is shut."""
    words = (*SHUT, *TOPIC)
    refused = isinstance(error, BadRequest) and any(word in error.message.lower() for word in words)
    return refused or isinstance(error, Forbidden)


async def _with_text(bot: ExtBot[int], reply: Reply, target: Target, *, begun: bool = False) -> tuple[int, ...]:
    """The reply as one or more text messages, the first in place of an edited one; `begun`: behind others."""
    made = parts(reply.blocks)
    ids: list[int] = []
    for number, part in enumerate(made):
        last = number == len(made) - 1
        extra: dict[str, Any] = {
            "link_preview_options": _preview(reply) if number == 0 else NO_PREVIEW,
            "reply_markup": _markup(reply) if last else None,
        }
        if number or begun:
            ids.append(await _further(partial(_send, bot, part, _follow(target), extra)))
        elif target.edit:
            ids.append(await _edit(bot, part, target, extra))
        else:
            ids.append(await _send(bot, part, target, extra))
    return tuple(ids)


async def _further(send: Callable[[], Awaitable[int]]) -> int:
    """Id of a message that belongs to one which arrived already, so that no error may have both sent again.

    Raises:
        PartlySent: it did not arrive.
    """
    try:
        try:
            return await send()
        except RetryAfter as refusal:
            if seconds(refusal) > SHORT:
                raise
            await asyncio.sleep(seconds(refusal) + 0.5)
            return await send()
    except TelegramError as error:
        raise PartlySent(f"only the beginning arrived: {error.message}") from error


async def _edit(bot: ExtBot[int], part: Part, target: Target, extra: dict[str, Any]) -> int:
    """Id of the edited message, or of a new one where the old can't be edited any more."""
    assert target.edit is not None
    if isinstance(extra["reply_markup"], ForceReply):
        extra = extra | {"reply_markup": None}

    async def edit(text: str, mode: str | None) -> int:
        where: dict[str, Any] = {"chat_id": target.chat, "message_id": target.edit, "rate_limit_args": target.lane}
        return await patiently(target, lambda: bot.edit_message_text(text, parse_mode=mode, **where, **extra))

    try:
        return await _as_html_or_plain(part, edit)
    except BadRequest as refusal:
        said = refusal.message.lower()
        if "message is not modified" in said:
            return target.edit
        if any(words in said for words in GONE):
            return await _send(bot, part, structs.replace(target, edit=None), extra)
        raise


async def _send(bot: ExtBot[int], part: Part, target: Target, extra: dict[str, Any]) -> int:
    """Id of the message sent."""

    async def aimed(where: Target) -> int:
        async def send(text: str, mode: str | None) -> int:
            return await patiently(
                where, lambda: bot.send_message(text=text, parse_mode=mode, **_whither(where), **extra)
            )

        return await _as_html_or_plain(part, send)

    return await _in_topic_or_general(target, aimed)


async def _with_file(bot: ExtBot[int], reply: Reply, target: Target) -> tuple[int, ...]:
    """The reply's picture or document, its words as caption where they fit and as a message of their own otherwise."""
    whole = caption(reply)
    own = reply.picture.caption if reply.picture else reply.document.caption if reply.document else ""
    words = " ".join(clean(own).split())
    words = words if len(words) <= CAPTION else words[: CAPTION - 1] + "…"
    part = whole or Part("", words if visible(words) else "")
    alone = whole is not None or not parts(reply.blocks)

    markup = _markup(reply) if alone else None

    async def send(where: Target) -> int:
        async def attach(text: str, mode: str | None) -> int:
            extra = _whither(where) | {"caption": text or None, "parse_mode": mode, "reply_markup": markup}
            return await patiently(where, lambda: _attach(bot, reply, extra))

        return await (_as_html_or_plain(part, attach) if whole else attach(part.text, None))

    first = await _in_topic_or_general(structs.replace(target, edit=None), send)
    if alone:
        return (first,)
    return (first, *await _with_text(bot, reply, target, begun=True))


async def _attach(bot: ExtBot[int], reply: Reply, extra: dict[str, Any]) -> Message:
    """The message that carries the file."""
    if reply.picture:
        return await bot.send_photo(photo=reply.picture.png, filename="picture.png", **extra)
    assert reply.document is not None
    return await bot.send_document(document=reply.document.data, filename=reply.document.name, **extra)


async def patiently(target: Target, send: Callable[[], Awaitable[Message | bool]]) -> int:
    """Id of the message sent. An answer that never left this machine goes again for five minutes, no alert does."""
    for wait in (*PAUSES, None):
        try:
            message = await send()
            return message.message_id if isinstance(message, Message) else target.edit or 0
        except NetworkError as error:
            if isinstance(error, BadRequest) or not unsent(error) or target.lane != ANSWER or wait is None:
                raise
            log.warning("no connection to Telegram; trying again in %d s", wait)
            await asyncio.sleep(wait)
    raise AssertionError("unreachable")


async def _as_html_or_plain(part: Part, send: Callable[[str, str | None], Awaitable[int]]) -> int:
    """What sending as HTML gives; as plain text if Telegram can't parse it, which is our fault and logged as such."""
    try:
        return await send(part.html, ParseMode.HTML)
    except BadRequest as refusal:
        if "can't parse entities" not in refusal.message.lower():
            raise
        log.error("Telegram can't parse our markup: %s", refusal.message)  # noqa: TRY400 - no frame of ours helps
        return await send(part.text, None)


async def _in_topic_or_general(target: Target, send: Callable[[Target], Awaitable[int]]) -> int:
    """What sending gives; in the group's general topic if the one meant is closed or gone."""
    try:
        return await send(target)
    except BadRequest as refusal:
        if not target.thread or not any(words in refusal.message.lower() for words in TOPIC):
            raise
        return await send(structs.replace(target, thread=0, reply_to=None))


def _follow(target: Target) -> Target:
    """Where the later parts of a reply go: same place, in reply to nothing, each waiting for a turn of its own."""
    return structs.replace(target, edit=None, reply_to=None, lane=ALERT if target.lane == TAKEN else target.lane)


def _whither(target: Target) -> dict[str, Any]:
    """The arguments of a send that say where it goes."""
    reply = ReplyParameters(target.reply_to, allow_sending_without_reply=True) if target.reply_to else None
    return {
        "chat_id": target.chat,
        "message_thread_id": target.thread or None,
        "reply_parameters": reply,
        "disable_notification": target.silent or None,
        "rate_limit_args": target.lane,
    }


def _preview(reply: Reply) -> LinkPreviewOptions:
    """The preview of the one link that may have one, small; none otherwise."""
    if reply.preview and web_address(reply.preview):
        return LinkPreviewOptions(url=reply.preview, prefer_small_media=True)
    return NO_PREVIEW


def _markup(reply: Reply) -> Any:  # noqa: ANN401 - PTB's union of keyboards
    """The buttons, or an answer field addressed to the asker, or nothing."""
    return keyboard(reply.buttons) or (ForceReply(selective=True) if reply.ask else None)
