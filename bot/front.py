"""One update, from what was said to the answer in the chat: heard, completed, answered in a thread, sent, recorded."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs
from telegram.constants import ChatAction, ChatMemberStatus
from telegram.error import TelegramError

from bot import incoming, inline, life
from bot.deliver import Target, deliver
from bot.incoming import Heard, hear
from bot.pace import Lanes
from bot.throttle import Throttle
from handlers import notices
from handlers.desk import Attachment
from handlers.reply import Reply, say
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update
    from telegram.ext import ExtBot

    from bot.settings import Settings
    from handlers.desk import Desk, Request
    from store.pace import Limit
    from store.users import Access

log = logging.getLogger(__name__)

T = TypeVar("T")

WORKERS = 8
"""Answers being worked out at once, each in a thread of its own."""
SHOW_TYPING = 0.4
LONGEST = 60.0
SAID = 60.0
"""Seconds for which a refusal need not be said again."""
WAITED = timedelta(minutes=10)
"""Age of a message from which it waited while the bot was away."""
ANSWERED_LATE = 3
"""Messages of a chat that are answered of those which waited; more would be a flood."""
DOUBLE = 1.5
"""Seconds in which a second tap of a button that brought a message is not meant."""
TOAST = 200
LARGEST = 20
"""Megabytes of a file that Telegram hands out to bots."""
ADMINS = frozenset({ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER})


@dataclass
class Front:
    """Everything that answering an update takes. `answer` is `handlers.answer`; `commands` are the names it knows."""

    desk: Desk
    settings: Settings
    answer: Callable[[Request, Desk], Reply]
    commands: frozenset[str]
    owners: frozenset[int]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    throttle: Throttle = field(default_factory=Throttle)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(WORKERS, "answer"))
    albums: set[str] = field(default_factory=set)
    waited: dict[int, tuple[float, int]] = field(default_factory=dict)
    taps: dict[tuple[int, int, str], float] = field(default_factory=dict)
    admins: dict[tuple[int, int], tuple[float, bool]] = field(default_factory=dict)

    async def on_update(self, bot: ExtBot[int], update: Update) -> None:
        """Nothing; whatever the update asks for has been done.

        Raises:
            TelegramError: as Telegram said it, for bot.app's error handler.
        """
        if update.inline_query:
            await inline.answer(bot, update.inline_query, self)
            return
        if await life.lived(bot, update, self):
            return
        heard = hear(update, me=bot.id, name=bot.username, commands=self.commands, now=self.clock())
        if heard is None:
            return
        if heard.query:
            await self._press(bot, heard)
        else:
            await self._message(bot, heard)

    async def _message(self, bot: ExtBot[int], heard: Heard) -> None:
        """Nothing; the message is answered, or the answer to its earlier wording is edited."""
        request = heard.request
        if self._is_more_of_an_album(heard):
            return
        edit: int | None = None
        if heard.edited:
            edit = await self.hop(self.desk.store.exchange.answered, request.chat, request.message)
        access = await self.hop(self._enter, heard)
        refusal = self._refusal(request, access)
        refusal = self._too_late(heard) if refusal is None else refusal
        if refusal == "":
            return
        if refusal is None:
            request, refusal = await self._completed(bot, heard)
        reply = Reply(blocks=(say(refusal),)) if refusal else await self._answered(bot, request)
        target = Target(
            chat=request.chat,
            thread=request.thread,
            reply_to=request.message if request.place == "group" else None,
            edit=edit,
        )
        await self._send(bot, request, reply, target)

    async def _press(self, bot: ExtBot[int], heard: Heard) -> None:
        """Nothing; the button is answered with a notice, an edit or a message; a double tap with one message alone."""
        request = heard.request
        tap = (request.chat, request.message, request.press or "")
        now = asyncio.get_running_loop().time()
        again = now - self.taps.get(tap, -DOUBLE) < DOUBLE
        reply = Reply(toast="Here it is already.") if again else await self._pressed(bot, heard)
        try:
            await bot.answer_callback_query(heard.query or "", text=(reply.toast or "")[:TOAST] or None)
        except TelegramError as refusal:
            log.info("the notice of a press was not shown: %s", refusal.message)
        if not reply.blocks and not reply.picture and not reply.document:
            return
        target = Target(
            chat=request.chat,
            thread=request.thread,
            edit=request.message if reply.edit else None,
            reply_to=None if reply.edit or request.place != "group" else request.message,
        )
        await self._send(bot, request, reply, target)
        if not reply.edit:
            if len(self.taps) > 1000:
                self.taps.clear()
            self.taps[tap] = asyncio.get_running_loop().time()

    async def _pressed(self, bot: ExtBot[int], heard: Heard) -> Reply:
        """What a press is answered with."""
        request = heard.request
        if request.press == incoming.STALE:
            return Reply(toast="This list is old. Ask again, and you get a fresh one.")
        access = await self.hop(self.desk.store.users.access, request.user)
        refusal = self._refusal(request, access)
        if refusal:
            return Reply(toast=refusal)
        request = await self._with_rights(bot, request)
        asker = heard.message.reply_to_message if heard.message and request.place == "group" else None
        if asker and asker.from_user and asker.from_user.id != request.user and not request.admin:
            return Reply(toast="This answer belongs to someone else. Ask your own with /ask")
        if request.place == "channel" and not request.admin:
            return Reply(toast="What I say here is said to everybody. Ask me in private.")
        return await self._answered(bot, await self._with_context(request, heard.replied_to))

    async def _with_rights(self, bot: ExtBot[int], request: Request) -> Request:
        """The request with what its person may do here: everything in private, where owners are known; else by rank."""
        if request.place == "private":
            return structs.replace(request, owner=request.user in self.owners, admin=True)
        return structs.replace(request, owner=False, admin=await self.is_admin(bot, request.chat, request.user))

    def _is_more_of_an_album(self, heard: Heard) -> bool:
        """Whether a message is another picture of an album that was answered already, without words of its own."""
        album = heard.message.media_group_id if heard.message else None
        if not album or heard.edited:
            return False
        known = album in self.albums
        if len(self.albums) > 1000:
            self.albums.clear()
        self.albums.add(album)
        return known and not heard.request.text

    def _too_late(self, heard: Heard) -> str | None:
        """What is said instead of an answer to all but the first few of many messages that waited; "" for nothing."""
        if heard.message is None or heard.edited or heard.request.now - heard.message.date < WAITED:
            return None
        chat, now = heard.request.chat, heard.request.now.timestamp()
        until, many = self.waited.get(chat, (0.0, 0))
        many = many + 1 if now < until else 1
        if len(self.waited) > 1000:
            self.waited.clear()
        self.waited[chat] = (now + SAID, many)
        if many <= ANSWERED_LATE:
            return None
        words = "I was away, and you wrote more than this meanwhile. What still matters, please say again."
        return words if many == ANSWERED_LATE + 1 else ""

    def _enter(self, heard: Heard) -> Access:
        """What the owner said of this person; the chat is known from now on, and awake again if it slept."""
        request, store = heard.request, self.desk.store
        kind = life.KINDS.get(heard.message.chat.type, "private") if heard.message else "private"
        store.chats.greet(request.chat, request.now, kind)
        since = store.chats.wake(request.chat, request.now)
        if since:
            log.info("chat %d is awake again", request.chat)
            notices.back(self.desk, request.chat, since, request.now)
        return store.users.met(request.user, request.name, request.now) if request.user > 0 else ""

    def refused(self, who: int, chat: int, access: Access) -> str:
        """Why a person gets no answers at all, nothing if they do: banned, or not on the list."""
        if who in self.owners:
            return ""
        if access == "banned":
            return "The owner of this bot does not want to answer you."
        guests = self.settings.allowed_ids
        if guests and access != "allowed" and not {who, chat} & set(guests):
            return f"This bot is for its owner's guests. Ask the owner to add your number: {who}"
        return ""

    def _refusal(self, request: Request, access: Access) -> str | None:
        """Why a request gets no answer, None if it does; empty where the same was said a moment ago."""
        who, now = request.user or request.chat, request.now.timestamp()
        words, wait = self.refused(who, request.chat, access), SAID
        if not words and who not in self.owners and (wait := self.throttle.wait(who, now)):
            words = f"That was a lot at once. Ask again in {wait:.0f} s; what you write until then is not answered."
        if not words:
            return None
        return words if request.press or self.throttle.tell(who, now, wait) else ""

    async def _completed(self, bot: ExtBot[int], heard: Heard) -> tuple[Request, str | None]:
        """The request with everything it takes: context, rights, the file; or what is wrong with the file."""
        request = heard.request
        message = heard.message
        # Plain words settle nothing, so nobody has to be asked about them.
        known = request.place == "private" or request.command is not None
        request = await self._with_rights(bot, request) if known else structs.replace(request, admin=False)
        request = await self._with_context(request, heard.replied_to)
        if heard.file is None or message is None:
            return request, None
        most = min(self.settings.web_megabytes, LARGEST)
        if (heard.file.file_size or 0) > most * 1_000_000:
            return request, (
                f"This file is larger than {most} MB. Accepted: a smaller one, as HTML, text or JSON, or a link to the "
                "page."
            )
        try:
            data = bytes(await (await bot.get_file(heard.file.file_id)).download_as_bytearray())
        except TelegramError as error:
            log.warning("a file can't be had: %s", error.message)
            return request, "Telegram did not hand out this file. Send it again, or send a link to the page."
        name, kind = incoming.clean(heard.file.file_name or "file"), heard.file.mime_type or ""
        return structs.replace(request, attachment=Attachment(name, kind, data)), None

    async def _with_context(self, request: Request, replied_to: int | None) -> Request:
        """The request with the question that the message replied to was an answer to."""
        if not replied_to:
            return request
        context = await self.hop(self.desk.store.exchange.context_of, request.chat, replied_to)
        return structs.replace(request, context=context)

    async def _answered(self, bot: ExtBot[int], request: Request) -> Reply:
        """The handler's reply; "typing…" is shown when it takes a moment, a plain word said when it takes too long."""
        if self.settings.log_questions:
            log.info("chat %d asks %r", request.chat, request.press or (request.command, request.text[:200]))
        typing = asyncio.create_task(_type(bot, request))
        try:
            return await asyncio.wait_for(self.hop(self.answer, request, self.desk), LONGEST)
        except TimeoutError:
            log.warning("an answer took more than %d s", LONGEST)
            return Reply(blocks=(say("This took too long. Ask for less at once, e.g. /brief today"),))
        finally:
            typing.cancel()

    async def _send(self, bot: ExtBot[int], request: Request, reply: Reply, target: Target) -> None:
        """Nothing; the reply is sent and recorded, a group that moved is followed, a chat that is gone put to sleep."""
        ids = await life.kept(self, request.chat, lambda chat: deliver(bot, reply, structs.replace(target, chat=chat)))
        lanes = bot.rate_limiter
        shared = lanes.pacer.limits.shared(bot.id, request.chat) if isinstance(lanes, Lanes) else ()
        if ids and reply.kind != "forgotten":
            try:
                await self.hop(self._record, request, ids, reply.context, shared)
            except StoreError as error:  # the answer stands; only a reply to it will not be understood
                log.error("an answer could not be recorded: %s", error)  # noqa: TRY400 - the sentence says it all

    def _record(self, request: Request, sent: tuple[int, ...], context: int | None, shared: tuple[Limit, ...]) -> None:
        """Nothing; what was sent is known as the answer to what was asked, and to all who send in this pace."""
        asked = None if request.press else request.message or None
        for message in sent:
            self.desk.store.exchange.sent(request.chat, message, context, request.now, asked=asked)
            self.desk.store.pace.reserve(shared, self.clock())

    async def is_admin(self, bot: ExtBot[int], chat: int, user: int) -> bool:
        """Whether a user may settle things in a group; asked at most once a minute."""
        if user == chat:
            return True
        now = asyncio.get_running_loop().time()
        until, admin = self.admins.get((chat, user), (0.0, False))
        if until > now:
            return admin
        try:
            member = await bot.get_chat_member(chat, user)
            admin = member.status in ADMINS
        except TelegramError as error:
            log.info("cannot tell who is admin in chat %d: %s", chat, error.message)
            admin = False
        if len(self.admins) > 1000:
            self.admins.clear()
        self.admins[chat, user] = (now + 60, admin)
        return admin

    async def hop(self, work: Callable[..., T], *arguments: object) -> T:
        """What `work` gives, done in one of the answering threads."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, work, *arguments)


async def _type(bot: ExtBot[int], request: Request) -> None:
    """Shows "typing…" from 0.4 s on, until cancelled."""
    await asyncio.sleep(SHOW_TYPING)
    for _ in range(12):
        try:
            await bot.send_chat_action(request.chat, ChatAction.TYPING, message_thread_id=request.thread or None)
        except TelegramError:
            return
        await asyncio.sleep(4.5)
