"""Pages that come in: read, kept, indexed; and what a person who sent a link, a file or a text is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from handlers import story
from handlers.reply import Block, Gap, Reply, bold, say
from handlers.turn import Turn, remember
from handlers.wording import link, shortened
from news.address import canonical
from news.errors import NewsError, NotAnArticle
from news.question import MAX_QUESTION, Question
from news.search_query import SearchQuery
from news.terms import telling, terms

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Attachment, Desk, Request
    from news.article import Article
    from news.story import Story
    from store import Store
    from store.article_rows import Kept

MAX_LINKS = 3
"""Links of one message that are fetched."""
MAX_FILE = 10_000_000
"""Bytes of a file that is read; Telegram gives bots files up to 20 MB, and no page of news comes near."""

MAX_PASTED = 20_000
"""Characters of a pasted text that are compared with what is kept."""
FEW = 8
"""Telling words that a text needs for one story with it to be seen."""
LINES = 6
"""Lines of a pasted text that are searched for."""
SAME_STORY = 0.3
"""Share of the telling words of the shorter text from which two texts tell one story: of the samples' articles half
of those in one story reach it, and one pair in 200 of those in two."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”]+", re.IGNORECASE)
_STATES = {
    "new": "Kept.",
    "known": "Already kept.",
    "updated": "Updated: the text had changed.",
    "refused": "Not kept:",
}


def keep(store: Store, article: Article, now: datetime, feed: int | None = None) -> Kept:
    """What became of an article; one that is known word for word is not read again."""
    known = store.articles.knows(article)
    if known is not None:
        return known
    from news.reading import read  # noqa: PLC0415 - questions do without the rules of reading

    kept = store.articles.keep(article, read(article), now, feed)
    store.index.follow()
    return kept


def links_of(request: Request) -> tuple[str, ...]:
    """The addresses in a message: those its entities carry, then those in its words."""
    found = (*request.links, *(m[0].rstrip(".,;:!?)]»") for m in _ADDRESS.finditer(request.text)))
    return tuple(dict.fromkeys(address for address in found if address.lower().startswith(("http://", "https://"))))


def add(request: Request, desk: Desk) -> Reply:
    """What became of the links, the file or the text that was sent, each with its story."""
    links = links_of(request)
    if request.attachment:
        return _file(request, desk, request.attachment)
    if links:
        replies = [_linked(request, desk, address) for address in links[:MAX_LINKS]]
        return replies[0] if len(replies) == 1 else _together(replies)
    if request.text.strip():
        return _text(request, desk)
    return Reply(
        blocks=(
            say("What shall I add? Send a link, forward a post or send a file, as in: /add https://example.org/news"),
        ),
        ask=True,
        kind="add",
    )


def pasted(request: Request, desk: Desk) -> Reply:
    """The story that a text tells, where the archive has it; kept if it is long and forwarded by one who may add."""
    if request.forwarded and len(request.text) > MAX_QUESTION and _may_add(request, desk):
        return _text(request, desk)
    text = request.text[:MAX_PASTED]
    found = told_in(desk.store, text, request.now)
    if found is None:
        words = "I keep no story that this text tells."
        how = "send" if request.forwarded else "forward it or send"
        more = f" To keep it, {how}: /add and the text." if _may_add(request, desk) else ""
        return Reply(blocks=(say(bold("Nothing found"), f": {words}{more}"),), kind="search")
    question = Question(kind="story", story=found.id, text=shortened(found.title, 60))
    turn = Turn(question, request, desk, remember(request, desk, question))
    return Reply(
        blocks=(say("This text tells of a story that I keep:"), Gap(), *story.card(turn, found)),
        buttons=story.buttons(turn, found),
        context=turn.context,
        kind="search",
        facts={"stories": [story.facts(found)]},
    )


def told_in(store: Store, text: str, now: datetime) -> Story | None:
    """The kept story that a text shares most of its telling words with, None where it shares too few."""
    own = telling(terms(text))
    near: dict[int, None] = {}
    lines = [line for line in text.splitlines() if len(line.split()) > 3][:LINES] or [text]
    for line in lines:
        hits = store.index.search(SearchQuery(text=line[:300]), now, limit=5)
        near.update(dict.fromkeys(hit.article for hit in (*hits.hits, *hits.nearest)))
    best, share = 0, 0.0
    for article in store.articles.many(list(near)):
        other = set(telling(terms(f"{article.title} {article.text}")))
        common = len(other.intersection(own)) / max(FEW, min(len(other), len(own)))
        if common > share:
            best, share = article.id, common
    return store.stories.of(best) if share >= SAME_STORY else None


def _linked(request: Request, desk: Desk, address: str) -> Reply:
    """A link: its story if it is known, else it is fetched, cleaned and kept."""
    stored = desk.store.articles.by_url(canonical(address))
    if stored is not None:
        return _kept(request, desk, stored, desk.store.articles.knows(stored))
    if not _may_add(request, desk):
        return _refused(address, "only the owner of this bot adds pages. Ask about anything that is kept.")
    if desk.fetch is None:
        return _refused(address, "there is no way to the web here. Send the page as a file.")
    try:
        article = desk.fetch(address)
        return _kept(request, desk, article, keep(desk.store, article, request.now))
    except NewsError as error:
        return _refused(address, str(error))


def _may_add(request: Request, desk: Desk) -> bool:
    return request.owner or bool(desk.settings.get("open_archive", False)) or request.place == "terminal"


def _file(request: Request, desk: Desk, attachment: Attachment) -> Reply:
    if not _may_add(request, desk):
        return _refused(attachment.name, "only the owner of this bot adds pages.")
    if len(attachment.data) > MAX_FILE:
        return _refused(attachment.name, f"it has more than {MAX_FILE // 1_000_000} MB.")
    try:
        from news.page import read_page  # noqa: PLC0415 - see keep

        article = read_page(attachment.data)
        return _kept(request, desk, article, keep(desk.store, article, request.now))
    except NewsError as error:
        back = " Topics of an /export file are taken back by sending it with /import as its caption."
        known = attachment.name.lower().endswith((".json", ".opml"))
        return _refused(attachment.name, str(error) + (back if known else ""))


def _text(request: Request, desk: Desk) -> Reply:
    if not _may_add(request, desk):
        return _refused("this text", "only the owner of this bot adds pages.")
    try:
        from news.lines import read_text  # noqa: PLC0415 - see keep

        article = read_text(request.text)
        if len(article.text.split()) < 20:
            raise NotAnArticle("a few words are no article. Send a link, a file, or the whole text.")
        return _kept(request, desk, article, keep(desk.store, article, request.now))
    except NewsError as error:
        return _refused("this text", str(error))


def _kept(request: Request, desk: Desk, article: Article, kept: Kept | None) -> Reply:
    """What became of an article, and the story it belongs to."""
    state = kept.state if kept else "known"
    reason = f" {kept.reason}" if kept and kept.reason else ""
    blocks: list[Block] = [say(bold(_STATES[state]), reason)]
    found = desk.store.stories.of(article.id) if state != "refused" else None
    if found is None:
        blocks.append(say(link(article.title, article.url)))
        return Reply(blocks=tuple(blocks), kind="add", facts=_facts(article, state))
    question = Question(kind="story", story=found.id, text=found.title)
    turn = Turn(question, request, desk, remember(request, desk, question))
    return Reply(
        blocks=(*blocks, Gap(), *story.card(turn, found)),
        buttons=story.buttons(turn, found),
        context=turn.context,
        kind="add",
        facts=_facts(article, state),
    )


def _facts(article: Article, state: str) -> dict[str, object]:
    return {
        "articles": [{"article": article.id, "url": article.url, "title": article.title, "score": 100}],
        "state": state,
    }


def _refused(what: str, why: str) -> Reply:
    reason = why[:1].upper() + why[1:]
    return Reply(blocks=(say(bold("Not kept"), f": {what[:120]}"), say(reason)), kind="add", facts={"state": "refused"})


def _together(replies: list[Reply]) -> Reply:
    blocks: list[Block] = []
    for reply in replies:
        blocks += [*([Gap()] if blocks else []), *reply.blocks]
    return structs.replace(replies[0], blocks=tuple(blocks))
