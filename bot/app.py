"""The bot put together: one function makes python-telegram-bot's Application, without any state of PTB's own."""

from __future__ import annotations

import hashlib
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat, BotCommandScopeDefault, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, TypeHandler
from telegram.request import HTTPXRequest

from bot.deliver import PartlySent, Target, deliver, unsent
from bot.inbox import Inbox, PerChat
from bot.pace import Lanes, Limits
from handlers.reply import Reply, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from telegram import BotCommandScope
    from telegram.ext import CallbackContext, ExtBot
    from telegram.request import BaseRequest

    from bot.front import Front
    from bot.settings import Settings
    from handlers.command import Command

log = logging.getLogger(__name__)

POOL = 16
KEEP_ALIVE = 75
"""Seconds that a connection is kept; httpx's own 5 would mean a new one for almost every answer of a quiet bot."""

ABOUT = "A news desk: who met whom, who said what, what is new, word for word and with the link."
"""Shown in the bot's profile; at most 120 characters."""
DESCRIPTION = (
    "Ask in plain words, typos are fine: who met Putin in April? What did Merz say about tariffs? Brief me on Ukraine. "
    "Every line of an answer is taken from an article and leads to it. Nothing is made up."
)
"""Shown before the first message; at most 512 characters."""

App = Application[Any, Any, Any, Any, Any, Any]


def build(
    settings: Settings,
    front: Front,
    inbox: Inbox,
    *,
    request: BaseRequest | None = None,
    token: str = "",
    limits: Limits | None = None,
) -> App:
    """The application. `request` replaces HTTP (the local Telegram, tests); the token is then that one's."""
    builder = (
        ApplicationBuilder()
        .token(token or settings.telegram_token.reveal)
        .base_url(settings.telegram_api.rstrip("/") + "/bot")
        .base_file_url(settings.telegram_api.rstrip("/") + "/file/bot")
        .rate_limiter(Lanes(limits))
        .update_queue(inbox)
        .concurrent_updates(PerChat(inbox))
        .request(request or _transport())
        .get_updates_request(request or HTTPXRequest(2, pool_timeout=5))
        .updater(None)
        .job_queue(None)
    )
    app: App = builder.build()

    async def on_update(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        await front.on_update(context.bot, update)

    async def on_error(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        await failed(context.bot, update, context.error, inbox)

    app.add_handler(TypeHandler(Update, on_update))
    app.add_error_handler(on_error)
    return app


def _transport() -> HTTPXRequest:
    """HTTP to Telegram, with connections that outlast the pauses of a quiet bot."""
    limits = httpx.Limits(max_connections=POOL, max_keepalive_connections=POOL, keepalive_expiry=KEEP_ALIVE)
    return HTTPXRequest(POOL, pool_timeout=5, read_timeout=20, media_write_timeout=60, httpx_kwargs={"limits": limits})


async def failed(bot: ExtBot[int], update: object, error: BaseException | None, inbox: Inbox) -> None:
    """Nothing; the failure is logged with the update's number, never its words, and the person hears one sentence."""
    number = update.update_id if isinstance(update, Update) else 0
    if isinstance(error, RetryAfter | Forbidden | NetworkError | PartlySent) and not isinstance(error, BadRequest):
        log.warning("update %d: %s", number, error.message)
        if unsent(error) and not isinstance(error, Forbidden):
            inbox.failed[number] = error.message
        return
    log.error("update %d failed", number, exc_info=error)
    chat = update.effective_chat if isinstance(update, Update) else None
    if chat is None or (isinstance(error, TelegramError) and not isinstance(error, BadRequest)):
        return
    reply = Reply(blocks=(say("Something went wrong here, not with your question. It is noted; try another wording."),))
    try:
        await deliver(bot, reply, Target(chat=chat.id))
    except TelegramError as second:
        log.warning("update %d: not even that could be said: %s", number, second.message)


async def announce(bot: ExtBot[int], commands: Iterable[Command], front: Front, *, always: bool = False) -> None:
    """Nothing; menus and description in Telegram are those of the table, set only when they changed (or `always`)."""
    listed = tuple(commands)
    scopes: list[tuple[BotCommandScope, list[BotCommand]]] = [
        (BotCommandScopeDefault(), _menu(listed, owner=False)),
        (BotCommandScopeAllGroupChats(), _menu(listed, owner=False, group=True)),
        *((BotCommandScopeChat(owner), _menu(listed, owner=True)) for owner in sorted(front.owners)),
    ]
    told: list[tuple[str, object, Callable[[], Awaitable[bool]]]] = [
        (
            f"{scope.type}:{getattr(scope, 'chat_id', '')}",
            [entry.to_dict() for entry in menu],
            partial(bot.set_my_commands, menu, scope=scope),
        )
        for scope, menu in scopes
    ]
    told += [
        ("about", ABOUT, partial(bot.set_my_short_description, ABOUT)),
        ("description", DESCRIPTION, partial(bot.set_my_description, DESCRIPTION)),
    ]
    for name, what, tell in told:
        digest = hashlib.blake2b(msgspec.json.encode(what), digest_size=8).hexdigest()
        note = f"menu:{bot.id}:{name}"
        if not always and await front.hop(front.desk.store.notes.get, note) == digest:
            continue
        try:
            await tell()
            await front.hop(front.desk.store.notes.set, note, digest)
        except TelegramError as error:
            log.warning("Telegram was not told of %s: %s", name, error.message)


def _menu(commands: tuple[Command, ...], *, owner: bool, group: bool = False) -> list[BotCommand]:
    """The commands of one menu, at most 100, names and descriptions within Telegram's limits."""
    chosen = [command for command in commands if command.menu and (owner or not command.owner)]
    if group:
        chosen = [command for command in chosen if command.name not in {"start", "export", "import", "forgetme"}]
    return [BotCommand(command.name[:32], command.summary[:256]) for command in chosen[:100]]
