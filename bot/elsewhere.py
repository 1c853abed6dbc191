"""A group or channel looked at for somebody who wants to manage it from a private chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.incoming import PLACES, clean
from handlers.desk import Elsewhere
from news.errors import NewsError

if TYPE_CHECKING:
    from telegram import ChatMember
    from telegram.ext import ExtBot

    from handlers.desk import Place

KEPT = 60.0
"""Seconds that an answer is used again; somebody who was made an admin a moment ago need not wait longer."""
PATIENCE = 15.0
ADMINS = frozenset({ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER})


@dataclass
class Lookup:
    """Asks Telegram about chats, for handlers in their threads. `bot` is there once the application is built."""

    loop: asyncio.AbstractEventLoop
    bot: ExtBot[int] | None = None
    _known: dict[tuple[str, int], tuple[float, Elsewhere]] = field(default_factory=dict)

    def find(self, name: str, user: int) -> Elsewhere | None:
        """The group or channel of that "@name" or number, as far as this person is concerned; None if it can't be seen.

        Raises: NewsError where Telegram does not answer.
        """
        until, known = self._known.get((name, user), (0.0, None))
        if known and until > monotonic():
            return known
        if self.bot is None:
            return None
        asked = asyncio.run_coroutine_threadsafe(look(self.bot, name, user), self.loop)
        try:
            found = asked.result(PATIENCE)
        except (TimeoutError, TelegramError) as error:
            asked.cancel()
            raise NewsError("Telegram did not say who is admin there. Try again in a minute.") from error
        if len(self._known) > 1000:
            self._known.clear()
        if found and found.bot and found.person:
            self._known[name, user] = (monotonic() + KEPT, found)
        return found


async def look(bot: ExtBot[int], name: str, user: int) -> Elsewhere | None:
    """The group or channel, None if there is none of that name that the bot can see.

    Raises: TelegramError where Telegram does not answer.
    """
    try:
        chat = await bot.get_chat(name if name.startswith("@") else int(name))
    except (BadRequest, Forbidden):
        return None
    place = PLACES.get(chat.type)
    if place not in {"group", "channel"}:
        return None
    me, person = await _standing(bot, chat.id, bot.id), await _standing(bot, chat.id, user)
    title = clean(chat.title or "")[:64] or name
    return Elsewhere(
        id=chat.id,
        place=place,
        title=title,
        bot=me is not None and _may_write(me, place),
        person=person is not None and person.status in ADMINS,
    )


async def _standing(bot: ExtBot[int], chat: int, user: int) -> ChatMember | None:
    """What somebody is in a chat, None where that is not told."""
    try:
        return await bot.get_chat_member(chat, user)
    except (BadRequest, Forbidden):
        return None


def _may_write(me: ChatMember, place: Place) -> bool:
    """Whether the bot may write there: in a channel as an admin with that right, in a group as a member."""
    if isinstance(me, ChatMemberRestricted):
        return bool(me.is_member and me.can_send_messages)
    if place == "channel":
        return isinstance(me, ChatMemberAdministrator) and bool(me.can_post_messages)
    return me.status in ADMINS | {ChatMemberStatus.MEMBER}
