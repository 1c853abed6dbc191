"""How the desk is: for the owner, on one screen."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from handlers.reply import Block, Document, Reply, bold, say
from handlers.wording import count, moment_words

if TYPE_CHECKING:
    from handlers.desk import Desk, Request

MAX_COPY = 45_000_000
"""Bytes of a copy that is sent; the Bot API takes files of up to 50 MB."""


def status(request: Request, desk: Desk) -> Reply:
    """Counts, the newest article, the feeds that fail, what is still to be sent."""
    facts = desk.store.status()
    coverage = desk.store.articles.coverage()
    feeds = desk.store.feeds.all()
    failing = [feed.name for feed in feeds if feed.health == "failing"]
    waiting = {state: number for state, number in desk.store.outbox.counts().items() if number}
    newest = "none yet"
    if coverage.newest:
        hours = int((request.now - coverage.newest).total_seconds() / 3600)
        newest = f"{moment_words(coverage.newest)}, {count(hours, 'hour') if hours > 0 else 'less than an hour'} ago"
    blocks: list[Block] = [
        say(bold("Status")),
        say(f"{count(coverage.count, 'article')} · {count(_number(facts, 'stories'), 'story', 'stories')}"),
        say(f"{count(_number(facts, 'quotes'), 'quotation')} · {count(_number(facts, 'meetings'), 'meeting')}"),
        say(f"Last article kept: {newest}"),
        say(f"Feeds: {_feeds(len(feeds), failing)}"),
        say(f"Chats: {_number(facts, 'chats')} · subscriptions: {_number(facts, 'subscriptions')}"),
        say(
            "Outbox: "
            + (", ".join(f"{state} {number}" for state, number in waiting.items()) or "empty")
            + _oldest(desk)
        ),
        *_size(facts.get("database")),
        say(f"Version {desk.settings.get('version') or facts.get('version', '?')} · schema {facts.get('schema', '?')}"),
    ]
    return Reply(blocks=tuple(blocks), kind="status", facts=facts)


def backup(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """A consistent copy of the archive as a file, where Telegram takes one so large."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "dateline.sqlite"
        desk.store.backup(str(copy))
        size = copy.stat().st_size
        if size > MAX_COPY:
            words = f"It has {size / 1e6:,.0f} MB, more than Telegram takes. On its machine: ./run backup copy.sqlite"
            return Reply(blocks=(say(words),), kind="backup")
        return Reply(
            document=Document("dateline.sqlite", copy.read_bytes(), "The archive, as it is now."), kind="backup"
        )


def _oldest(desk: Desk) -> str:
    """Since when the oldest message waits, as words that follow."""
    oldest = desk.store.outbox.oldest()
    return f"; the oldest waits since {oldest:%H:%M} UTC of {moment_words(oldest)}" if oldest else ""


def _size(path: object) -> tuple[Block, ...]:
    """How large the archive and its index are."""
    files = [Path(f"{path}{end}") for end in ("", ".index")]
    size = sum(file.stat().st_size for file in files if file.is_file())
    return (say(f"Archive and index: {size / 1e6:,.0f} MB"),) if size else ()


def _feeds(number: int, failing: list[str]) -> str:
    """How many feeds there are, and which of them fail."""
    if failing:
        return f"{number}, failing: {', '.join(failing[:5])}"
    return f"{number}, all well" if number else "none; /sources add takes one"


def _number(facts: dict[str, object], key: str) -> int:
    value = facts.get(key, 0)
    return value if isinstance(value, int) else 0
