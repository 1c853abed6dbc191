"""The feeds are visited when they are due: new entries are fetched, read and kept, what fails is tried later.

Several processes may collect from one store; each feed is one's own by lease, and a lease that was lost fences off what
its former owner still reports.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, structs

from bot.fetching import text_of
from bot.web import FEEDS, Failed, Unusable
from news.errors import NewsError, PageError
from news.feed import read_feed
from news.page import read_page
from store.errors import StoreError

if TYPE_CHECKING:
    from bot.web import Web
    from news.article import Article
    from news.feed import Entry
    from store import Store
    from store.article_rows import Kept
    from store.feeds import Feed

log = logging.getLogger(__name__)

LEASE = 900.0
"""Seconds for one feed with all its new pages; a feed of 100 pages at 1.5 s apart takes 150."""
MOST = 50
"""New pages of a feed that one visit takes; the rest come with the next."""
AT_ONCE = 4
IDLE = 20.0
OLD = timedelta(days=30)
"""A feed's entry older than this is not fetched: it is an archive's, not news."""

YOUNG = 2 * 86_400.0
LOOK_AGAIN = 3 * 3_600.0
"""Seconds that a page counts as young, and between two looks at whether it was changed."""

OUR_FAULT = "a fault of ours, see the log"

Keep = Callable[["Article", datetime, int], "Kept"]


class Seen(Struct, frozen=True, array_like=True, omit_defaults=True):
    """What is known of a page that a feed lists: how it was listed, its marks for conditional requests, its times."""

    mark: str
    etag: str | None = None
    modified: str | None = None
    at: float = 0.0
    first: float = 0.0
    kept: bool = False


class Visit(Struct, frozen=True):
    """What a visit brought: entries listed, articles new, updated and known, pages refused and the reason of each."""

    entries: int = 0
    new: int = 0
    updated: int = 0
    known: int = 0
    refused: int = 0
    unchanged: bool = False
    error: str | None = None
    reasons: tuple[str, ...] = ()


def worker_name() -> str:
    """A name for this process that no other has."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{random.getrandbits(32):08x}"


@dataclass
class Collector:
    """Visits what is due. `keep` reads and keeps an article (handlers.collect.keep), in a thread."""

    store: Store
    web: Web
    keep: Keep
    worker: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def run(self) -> None:
        """Never ends but by cancelling."""
        while True:
            try:
                busy = await self.round()
            except StoreError as error:
                log.error("collecting pauses: %s", error)  # noqa: TRY400 - the sentence says it all
                busy = False
            await asyncio.sleep(0 if busy else IDLE * random.uniform(0.5, 1.0))  # noqa: S311 - keeps processes apart

    async def round(self) -> bool:
        """Whether any feed was due; those that were are visited."""
        feeds = await asyncio.to_thread(self.store.feeds.lease, self.worker, self.clock(), LEASE, AT_ONCE)
        await asyncio.gather(*(self.visit(feed) for feed in feeds))
        return bool(feeds)

    async def visit(self, feed: Feed, *, again: bool = False) -> Visit:
        """What one feed brought; its row says when it is due again. With `again`, known pages are asked for changes."""
        try:
            return await self._visited(feed, again=again)
        except asyncio.CancelledError:
            self.store.feeds.release(self.worker, feed)
            raise
        except NewsError as error:
            wait = error.retry_after if isinstance(error, Failed) else None
            await asyncio.to_thread(
                self.store.feeds.failed, self.worker, feed, self.clock(), str(error), retry_after=wait
            )
            log.info("feed %s: %s", feed.name, error)
            return Visit(error=str(error))
        except StoreError:
            raise
        except Exception:
            log.exception("feed %s can't be collected", feed.name)
            await asyncio.to_thread(self.store.feeds.failed, self.worker, feed, self.clock(), OUR_FAULT)
            return Visit(error=OUR_FAULT)

    async def _visited(self, feed: Feed, *, again: bool) -> Visit:
        """What a feed brought that could be fetched."""
        page = await self.web.fetch(feed.url, kinds=FEEDS, etag=feed.etag, modified=feed.modified, robots=False)
        seen = await asyncio.to_thread(self._recalled, feed)
        etag, modified = page.etag or feed.etag, page.modified or feed.modified
        told, reasons = Counter[str](), list[str]()
        if page.unchanged:
            entries: tuple[Entry, ...] = ()
        else:
            entries = (await asyncio.to_thread(read_feed, page.body, page.url)).entries
            if page.moved and page.moved != feed.url:  # a site that was sold moves all its addresses to a page
                await asyncio.to_thread(self.store.feeds.moved, feed.id, page.moved)
            seen = {entry.link: seen[entry.link] for entry in entries if entry.link in seen}
        before = dict(seen)
        try:
            left = await self._entries(feed, entries, seen, told, reasons)
            fresh = frozenset(link for link, page in seen.items() if page != before.get(link))
            await self._looked_at_again(feed, seen, told, fresh, again=again)
        finally:
            await asyncio.to_thread(self.store.notes.set, f"feed:{feed.id}", msgspec.json.encode(seen).decode())
        if left:
            etag = modified = None  # more is waiting: the next visit must be given the list again
        await asyncio.to_thread(
            self.store.feeds.answered,
            self.worker,
            feed,
            self.clock(),
            articles=told["new"],
            etag=etag,
            modified=modified,
        )
        return Visit(
            len(entries),
            told["new"],
            told["updated"],
            told["known"],
            told["refused"],
            unchanged=page.unchanged,
            reasons=tuple(reasons),
        )

    def _recalled(self, feed: Feed) -> dict[str, Seen]:
        """What is known of the pages that the feed listed last time."""
        noted = self.store.notes.get(f"feed:{feed.id}")
        return msgspec.json.decode(noted, type=dict[str, Seen]) if noted else {}

    async def _entries(
        self, feed: Feed, entries: tuple[Entry, ...], seen: dict[str, Seen], told: Counter[str], reasons: list[str]
    ) -> int:
        """Number of entries that are left for the next visit; the others are known, or fetched one after another."""
        tried = 0
        for entry in entries:
            link, now = entry.link, self.clock()
            if link is None or (entry.published and entry.published < now - OLD):
                told["known"] += 1
                continue
            mark = _mark(entry)
            before = seen.get(link) or await asyncio.to_thread(self._met, link, mark)
            if before and before.mark == mark:
                seen[link] = before
                told["known"] += 1
                continue
            if tried >= MOST:
                return sum(1 for other in entries if other.link and other.link not in seen)
            tried += 1
            known = structs.replace(before or Seen(mark), mark=mark)
            state, reason = await self._page(feed, link, known, seen, entry)
            told[state] += 1
            if state == "refused":
                reasons.append(f"{link}: {reason}")
        return 0

    def _met(self, link: str, mark: str) -> Seen | None:
        """What is known of a page that came another way, None if it did not."""
        if self.store.articles.by_url(link) is None:
            return None
        now = self.clock().timestamp()
        return Seen(mark, at=now, first=now, kept=True)

    async def _looked_at_again(
        self, feed: Feed, seen: dict[str, Seen], told: Counter[str], fresh: frozenset[str], *, again: bool
    ) -> None:
        """Nothing; pages of the last days are asked whether they have changed, now and then (`again`: at once)."""
        now = self.clock().timestamp()
        young = [
            link
            for link, page in seen.items()
            if page.kept and now - page.first < YOUNG and link not in fresh and (again or now - page.at > LOOK_AGAIN)
        ]
        for link in sorted(young, key=lambda link: seen[link].at)[:MOST]:
            state, _ = await self._page(feed, link, seen[link], seen, None)
            told[state] += state == "updated"

    async def _page(
        self, feed: Feed, link: str, before: Seen, seen: dict[str, Seen], entry: Entry | None
    ) -> tuple[str, str | None]:
        """What became of one page: new, updated, known or refused, and why; noted in `seen`. None holds up others."""
        now = self.clock()
        passed = structs.replace(before, at=now.timestamp(), first=before.first or now.timestamp())
        try:
            kept = await self._taken(feed, link, before, seen, entry)
        except PageError as error:
            log.info("page of %s: %s: %s", feed.name, link, error)
            if not _passing(error):
                seen[link] = passed
            return "refused", str(error)
        except StoreError:
            raise
        except Exception:
            log.exception("a page of %s can't be read: %s", feed.name, link)
            seen[link] = passed
            return "refused", OUR_FAULT
        return (kept.state, kept.reason) if kept else ("known", None)

    async def _taken(
        self, feed: Feed, link: str, before: Seen, seen: dict[str, Seen], entry: Entry | None
    ) -> Kept | None:
        """What became of a page that could be fetched and read, None if it has not changed; noted in `seen`.

        Raises: PageError where it could not.
        """
        now = self.clock()
        about = {"title": entry.title, "published": entry.published} if entry else {}
        page = await self.web.fetch(link, etag=before.etag, modified=before.modified)
        if page.unchanged:
            seen[link] = structs.replace(before, at=now.timestamp())
            return None
        found = await asyncio.to_thread(read_page, text_of(page), url=page.url, **about)  # type: ignore[arg-type]
        kept = await asyncio.to_thread(self.keep, found, now, feed.id)
        seen[link] = structs.replace(
            before, etag=page.etag, modified=page.modified, at=now.timestamp(), kept=kept.state != "refused",
            first=before.first or now.timestamp(),
        )  # fmt: skip
        return kept


def _mark(entry: Entry) -> str:
    """A few letters that are others when an entry says something else than last time."""
    words = f"{entry.title}|{entry.published}|{entry.summary}"
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _passing(error: PageError) -> bool:
    """Whether a page that failed may do better at the next visit."""
    if isinstance(error, Failed):
        return error.status >= 500 or error.status == 429
    return not isinstance(error, Unusable) and type(error).__name__ == "Unreachable"
