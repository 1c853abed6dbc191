"""An Update becomes a Request, or nothing where nobody spoke to the bot. No I/O but what is asked for by name.

In groups and channels the bot speaks only when spoken to: by one of its commands, a reply to it, or its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from telegram import Document, Message, MessageEntity
from telegram.constants import ChatType

from bot.telegram import pressed
from handlers.desk import Request

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from telegram import Chat, Update

    from handlers.desk import Place

HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\ud800-\udfff]")
"""Marks that can't be seen: zero-width space, direction marks, soft hyphen. The joiners of Persian and emoji stay."""
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
"""Full-width forms and their ASCII."""
LOOKALIKE = str.maketrans("авекмнорстухіјѕԁһցԛԝ", "abekmhopctyxijsdhgqw")
"""Cyrillic letters (and one Armenian) that look like Latin ones, for commands typed on the wrong keyboard."""
COMMAND = re.compile(r"/([^\s@/]{1,32})(?:@(\w+))?(?:\s+|$)", re.UNICODE)
LONGEST = 100_000
PLACES: dict[str, Place] = {
    ChatType.PRIVATE: "private",
    ChatType.GROUP: "group",
    ChatType.SUPERGROUP: "group",
    ChatType.CHANNEL: "channel",
}
STALE = "stale"
"""What a press is called whose button is of another version."""


class Heard(Struct, frozen=True, kw_only=True):
    """What was said, before anything was looked up: the request so far, and what it takes to complete it."""

    request: Request
    message: Message | None = None
    edited: bool = False
    file: Document | None = None
    query: str | None = None  # id of a button press
    replied_to: int | None = None  # message of ours that was replied to


def clean(text: str) -> str:
    """The text without what can't be seen, full-width letters as plain ones."""
    return CONTROL.sub(" ", HIDDEN.sub("", text.translate(WIDE)[:LONGEST])).strip()


def hear(update: Update, *, me: int, name: str, commands: Iterable[str], now: datetime) -> Heard | None:
    """What a person said to the bot; None where nobody spoke to it.

    `me` and `name` are the bot's id and user name, `commands` those it knows: in a group only these are its business.
    """
    if update.callback_query:
        return _press(update, now)
    message = update.effective_message
    if message is None or _is_noise(message, me):
        return None
    place = PLACES.get(message.chat.type)
    if place is None or not _has_content(message):
        return None
    written = message.text or message.caption or ""
    command, text = _command(clean(written), name)
    if command is None and text is None:
        return None  # for another bot
    spoken = _without_name(text or "", name)
    reply = message.reply_to_message
    ours = reply is not None and _by(reply) == me
    meant = ours or spoken != (text or "") or (command is not None and command in {known.lower() for known in commands})
    if place != "private" and not meant:
        return None
    edited = message.edit_date is not None
    request = Request(
        now=now,
        chat=message.chat.id,
        user=_by(message),
        thread=(message.message_thread_id or 0) if message.is_topic_message else 0,
        place=place,
        text=spoken,
        command=command,
        replied=_replied(reply),
        links=links(message),
        forwarded=message.forward_origin is not None,
        message=message.message_id,
        language=message.from_user.language_code if message.from_user else None,
        name=clean(message.from_user.first_name)[:64] if message.from_user else "",
        located=(message.location.latitude, message.location.longitude) if message.location else None,
    )
    return Heard(
        request=request,
        message=message,
        edited=edited,
        file=message.document,
        replied_to=reply.message_id if reply and ours else None,
    )


def links(message: Message) -> tuple[str, ...]:
    """The addresses of a message in their order, those hidden behind words included; each once."""
    found: list[str] = []
    for text, entities in ((message.text, message.entities), (message.caption, message.caption_entities)):
        for entity in sorted(entities, key=lambda one: one.offset):
            if entity.type not in {MessageEntity.URL, MessageEntity.TEXT_LINK}:
                continue
            address = entity.url if entity.type == MessageEntity.TEXT_LINK else _words(text or "", entity)
            if address:
                found.append(address if "://" in address else f"https://{address}")
    return tuple(dict.fromkeys(found))


def _words(text: str, entity: MessageEntity) -> str:
    """The words of an entity, whose place is counted in UTF-16 units; without half a letter where it cuts one."""
    units = text.encode("utf-16-le", "surrogatepass")
    start, end = max(0, entity.offset), max(0, entity.offset + entity.length)
    return units[2 * start : 2 * end].decode("utf-16-le", "ignore")


def _press(update: Update, now: datetime) -> Heard | None:
    """A button that was pressed."""
    query = update.callback_query
    assert query is not None
    message = query.message if isinstance(query.message, Message) else None
    chat: Chat | None = query.message.chat if query.message else None
    place = PLACES.get(chat.type) if chat else None
    if chat is None or place is None:
        return None
    request = Request(
        now=now,
        chat=chat.id,
        user=query.from_user.id,
        thread=(message.message_thread_id or 0) if message and message.is_topic_message else 0,
        place=place,
        press=pressed(query.data) or STALE,
        replied=_replied(message),
        message=query.message.message_id if query.message else 0,
        language=query.from_user.language_code,
        name=clean(query.from_user.first_name)[:64],
    )
    return Heard(request=request, message=message, query=query.id, replied_to=request.message)


def _command(text: str, name: str) -> tuple[str | None, str | None]:
    """(command, what stands behind it), (None, text) for plain text, (None, None) for another bot's command."""
    found = COMMAND.match(text)
    if not found:
        return None, text
    if found[2] and found[2].lower() != name.lower():
        return None, None
    command = found[1].lower()
    if not command.isascii():
        command = command.translate(LOOKALIKE)
    return command, text[found.end() :].strip()


def _without_name(text: str, name: str) -> str:
    """The text without "@bot"; the same text if it isn't named."""
    if not name or f"@{name}".lower() not in text.lower():
        return text
    return re.sub(rf"[ \t]*@{re.escape(name)}\b[:,]?", "", text, flags=re.IGNORECASE).strip()


def _by(message: Message) -> int:
    """Id of who wrote a message: a person, or a chat that speaks for itself (a channel, an anonymous admin)."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else 0


def _is_noise(message: Message, me: int) -> bool:
    """Whether nobody says something with a message: our own words, another bot's, a place that moves along."""
    by_bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    return (
        by_bot
        or _by(message) == me
        or bool(message.is_automatic_forward)
        or message.via_bot is not None
        or (message.location is not None and message.edit_date is not None)
    )


def _replied(message: Message | None) -> str | None:
    """Text of the message replied to."""
    return clean(message.text or message.caption or "") or None if message else None


def _has_content(message: Message) -> bool:
    """Whether a message says something; joins, pins, title changes and the like do not."""
    return bool(message.effective_attachment or message.text or message.caption or message.story or message.poll)
