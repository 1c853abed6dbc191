"""What becomes of chats: the bot is added, blocked, thrown out; a group turns into a supergroup, with another id."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.deliver import Target, deliver, shut
from bot.incoming import PLACES, clean
from handlers import managing, notices
from handlers.desk import Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Chat, ChatMemberUpdated, Update
    from telegram.ext import ExtBot

    from bot.front import Front
    from store.chats import ChatKind

log = logging.getLogger(__name__)

KINDS: dict[str, ChatKind] = {
    ChatType.PRIVATE: "private",
    ChatType.GROUP: "group",
    ChatType.SUPERGROUP: "supergroup",
    ChatType.CHANNEL: "channel",
}
OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


async def lived(bot: ExtBot[int], update: Update, front: Front) -> bool:
    """Whether the update was about the life of a chat and nothing else; if so it is dealt with."""
    if update.my_chat_member:
        await _membership(bot, update.my_chat_member, front)
        return True
    message = update.effective_message
    if message is None:
        return False
    if message.migrate_to_chat_id:
        await moved(front, message.chat.id, message.migrate_to_chat_id)
        return True
    return bool(message.migrate_from_chat_id)


async def greet(front: Front, chat: Chat) -> None:
    """Nothing; the chat is known, and awake again if it slept."""
    kind = KINDS.get(chat.type, "private")
    await front.hop(front.desk.store.chats.greet, chat.id, front.clock(), kind)
    since = await front.hop(front.desk.store.chats.wake, chat.id, front.clock())
    if since:
        log.info("chat %d is awake again", chat.id)
        await front.hop(notices.back, front.desk, chat.id, since, front.clock())


async def _membership(bot: ExtBot[int], change: ChatMemberUpdated, front: Front) -> None:
    """Nothing; the chat sleeps from now on, or is awake and, where the bot is new, greeted."""
    chat, before, after = change.chat, change.old_chat_member.status, change.new_chat_member.status
    if after in OUT:
        word = "blocked by the person" if chat.type == ChatType.PRIVATE else "removed from the chat"
        await sleep(front, chat.id, word)
        return
    await greet(front, chat)
    if after == ChatMemberStatus.ADMINISTRATOR != before:
        request = Request(now=front.clock(), chat=change.from_user.id, user=change.from_user.id)
        await front.hop(managing.offer, request, front.desk, chat.id, clean(chat.title or "")[:64])
    place = PLACES.get(chat.type)
    if before not in OUT or place != "group" or after == ChatMemberStatus.RESTRICTED:
        return
    access = await front.hop(front.desk.store.users.access, change.from_user.id)
    if front.refused(change.from_user.id, chat.id, access):
        return
    request = Request(now=front.clock(), chat=chat.id, user=change.from_user.id, place=place, command="start")
    reply = await front.hop(front.answer, request, front.desk)
    await kept(front, chat.id, lambda where: deliver(bot, reply, Target(chat=where)))


async def sleep(front: Front, chat: int, reason: str) -> None:
    """Nothing; nothing more is sent there until it is heard of again. What it asked for stays."""
    if await front.hop(front.desk.store.chats.sleep, chat, reason, front.clock()):
        log.info("chat %d sleeps: %s", chat, reason)


async def moved(front: Front, old: int, new: int) -> None:
    """Nothing; all that the old chat had belongs to the new one."""
    await front.hop(front.desk.store.chats.migrated, old, new, front.clock())
    log.info("chat %d is chat %d now", old, new)


async def kept(front: Front, chat: int, send: Callable[[int], Awaitable[tuple[int, ...]]]) -> tuple[int, ...]:
    """What sending gives. A chat that moved is followed, once; in one that can't be written to, nothing is sent."""
    try:
        return await send(chat)
    except ChatMigrated as migration:
        await moved(front, chat, migration.new_chat_id)
        return await send(migration.new_chat_id)
    except (BadRequest, Forbidden) as refusal:
        if not shut(refusal):
            raise
        await sleep(front, chat, refusal.message)
    return ()
