"""How the desk is: for the owner, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.reply import Block, Reply, bold, say
from handlers.wording import count, moment_words

if TYPE_CHECKING:
    from handlers.desk import Desk, Request


def status(request: Request, desk: Desk) -> Reply:
    """Counts, the newest article, the feeds that fail, what is still to be sent."""
    facts = desk.store.status()
    coverage = desk.store.articles.coverage()
    feeds = desk.store.feeds.all()
    failing = [feed.name for feed in feeds if feed.health == "failing"]
    waiting = {state: number for state, number in desk.store.outbox.counts().items() if number}
    newest = "none yet"
    if coverage.newest:
        hours = (request.now - coverage.newest).total_seconds() / 3600
        newest = f"{moment_words(coverage.newest)}, {count(int(hours), 'hour')} ago"
    blocks: list[Block] = [
        say(bold("Status")),
        say(f"{count(coverage.count, 'article')} · {count(_number(facts, 'stories'), 'story', 'stories')}"),
        say(f"{count(_number(facts, 'quotes'), 'quotation')} · {count(_number(facts, 'meetings'), 'meeting')}"),
        say(f"Last article kept: {newest}"),
        say(f"Feeds: {len(feeds)}" + (f", failing: {', '.join(failing[:5])}" if failing else ", all well")),
        say(f"Chats: {_number(facts, 'chats')} · subscriptions: {_number(facts, 'subscriptions')}"),
        say("Outbox: " + (", ".join(f"{state} {number}" for state, number in waiting.items()) or "empty")),
        say(f"Version {facts.get('version', '?')} · schema {facts.get('schema', '?')}"),
    ]
    return Reply(blocks=tuple(blocks), kind="status", facts=facts)


def _number(facts: dict[str, object], key: str) -> int:
    value = facts.get(key, 0)
    return value if isinstance(value, int) else 0
