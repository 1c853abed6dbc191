"""Inline mode, "@bot witkoff putin": the answer and the articles it rests on, each ready to be put into any chat."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from msgspec import Struct, convert
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.incoming import clean
from bot.telegram import Part, parts, web_address
from handlers.desk import Request
from handlers.links import code
from handlers.reply import Anchor, Text, bold, say
from news.address import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from telegram import InlineQuery
    from telegram.ext import ExtBot

    from bot.front import Front
    from handlers.reply import Reply

log = logging.getLogger(__name__)

SECONDS = 60
PAGE = 10
SHORTEST, LONGEST = 2, 256
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Told(Struct, frozen=True):
    """An article of the facts behind a reply; `site` and `day` as people read them."""

    title: str
    url: str | None = None
    site: str | None = None
    day: str | None = None
    score: float = 0


async def answer(bot: ExtBot[int], query: InlineQuery, front: Front) -> None:
    """Nothing; the query is answered, ten results a page. Nothing personal is used, so all who may ask share them."""
    text = clean(query.query)
    access = await front.hop(front.desk.store.users.access, query.from_user.id)
    if front.refused(query.from_user.id, query.from_user.id, access):
        results = [_card("For guests only", say("This bot answers its owner's guests only."))]
    elif query.query and not SHORTEST <= len(text) <= LONGEST:
        results = [_card("How to ask", say("Type a name or a question, 2 to 256 characters, e.g. who met Putin?"))]
    else:
        reply = await front.hop(front.answer, request(text, front.clock()), front.desk)
        results = cards(reply, text, "" if front.settings.telegram_token.reveal == "" else bot.username)
    start = int(query.offset) if query.offset.isdigit() else 0
    page = results[start : start + PAGE]
    following = str(start + PAGE) if start + PAGE < len(results) else ""
    personal = bool(front.settings.allowed_ids) or access == "banned"
    try:
        await bot.answer_inline_query(query.id, page, cache_time=SECONDS, is_personal=personal, next_offset=following)
    except BadRequest as refusal:
        log.debug("an inline query was answered too late: %s", refusal.message)


def request(text: str, now: datetime) -> Request:
    """The request of nobody in particular: the question, or what is new where nothing is asked yet."""
    return Request(now=now, chat=0, place="terminal", text=text, command=None if text else "brief", admin=False)


def cards(reply: Reply, asked: str, name: str = "") -> list[InlineQueryResultArticle]:
    """The answer as a whole, with a way into the chat of the bot of that name, then each article it rests on."""
    found = [_article(told) for told in _told(reply) if told.title]
    made = parts(reply.blocks)
    if made:
        head = made[0].text.strip().split("\n", 1)
        found.insert(0, _result(asked or "What is new", head[0], made[0], _way(reply, name)))
    return found or [_card("Nothing found", say("Nothing found. Try fewer words, or a name."))]


def _told(reply: Reply) -> Iterator[Told]:
    """The articles among the facts of a reply."""
    articles = reply.facts.get("articles", ())
    if isinstance(articles, list | tuple):
        for article in articles:
            yield convert(article, Told, from_attributes=True, strict=False)


def _way(reply: Reply, name: str) -> InlineKeyboardMarkup | None:
    """The button that opens the story of an answer in the bot's own chat, None where there is none or no name."""
    stories = reply.facts.get("stories")
    if not name or not isinstance(stories, list) or not stories:
        return None
    address = f"https://t.me/{name}?start={code('s', stories[0]['story'])}"
    return InlineKeyboardMarkup.from_button(InlineKeyboardButton("Open in the news desk", url=address))


def _article(told: Told) -> InlineQueryResultArticle:
    """One article: its title, leading to its page, and below it the site and the day."""
    url = told.url or ""
    title = Anchor(told.title, url) if web_address(url) else bold(told.title)
    (part,) = parts((say(title),))[:1] or (Part("…", "…"),)
    return _result(told.title, " · ".join(filter(None, (told.site or host_of(url), told.day))), part)


def _card(title: str, block: object) -> InlineQueryResultArticle:
    """A card that says something about asking."""
    words = "".join(piece.text for piece in getattr(block, "pieces", ()) if isinstance(piece, Text))
    return _result(title, words, Part(words, words))


def _result(
    title: str, description: str, part: Part, way: InlineKeyboardMarkup | None = None
) -> InlineQueryResultArticle:
    """One result. Its id is made of what it says, so the same result is the same everywhere."""
    content = InputTextMessageContent(part.html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)
    digest = hashlib.blake2b(part.html.encode(), digest_size=16).hexdigest()
    shown = description[:200] or None
    return InlineQueryResultArticle(digest, title[:120] or "…", content, description=shown, reply_markup=way)
