"""An article from an address, for whoever waits for it in a thread: a handler, the command line."""

from __future__ import annotations

import asyncio
import codecs
from threading import Thread
from typing import TYPE_CHECKING

from bot.web import FEEDS, MEGABYTE, Limits, Page, Unreachable, Web, reading_agent
from news.errors import NewsError
from news.feed import feeds_in, read_feed
from news.page import read_page

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime
    from typing import Any, TypeVar

    from bot.settings import Settings
    from news.article import Article
    from news.feed import Feed

    T = TypeVar("T")


def web_of(settings: Settings, version: str) -> Web:
    """A client with the limits that are set."""
    limits = Limits(
        seconds=settings.web_timeout,
        size=settings.web_megabytes * MEGABYTE,
        gap=settings.web_gap,
        loopback=settings.web_allow_loopback,
    )
    return Web(reading_agent(version, settings.web_contact), limits)


def text_of(page: Page) -> bytes | str:
    """The page's text in the charset its server declares; its bytes where it declares none that exists."""
    if not page.charset:
        return page.body
    try:
        codecs.lookup(page.charset)
        return page.body.decode(page.charset, "strict")
    except (LookupError, UnicodeError):
        return page.body


async def article(
    web: Web, url: str, *, title: str | None = None, published: datetime | None = None, urgent: bool = True
) -> Article:
    """The article at an address, read out of its page in a thread.

    Raises:
        PageError: with a sentence for a person.
    """
    page = await web.fetch(url, urgent=urgent)
    return await asyncio.to_thread(read_page, text_of(page), url=page.url, title=title, published=published)


async def look(web: Web, url: str) -> tuple[Feed, str]:
    """The feed at an address, or the first one that the page there names, and its own address.

    Raises:
        NewsError: with a sentence; nothing there can be read as a feed.
    """
    page = await web.fetch(url, kinds=FEEDS, robots=False, urgent=True)
    try:
        return await asyncio.to_thread(read_feed, page.body, page.url), page.url
    except NewsError:
        named = await asyncio.to_thread(feeds_in, page.body, page.url)
        if not named or named[0] == url:
            raise
    page = await web.fetch(named[0], kinds=FEEDS, robots=False, urgent=True)
    return await asyncio.to_thread(read_feed, page.body, page.url), page.url


class FromThreads:
    """`Desk.fetch` and `Desk.look` for handlers that run in threads beside the loop."""

    def __init__(self, web: Web, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self._web = web
        self._loop = loop
        self._seconds = seconds

    def fetch(self, url: str) -> Article:
        """The article at an address. Raises PageError."""
        return self._wait(article(self._web, url))

    def look(self, url: str) -> tuple[Feed, str]:
        """The feed at or named at an address, and its own address. Raises NewsError."""
        return self._wait(look(self._web, url))

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives in time. Raises Unreachable where it takes too long."""
        done = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return done.result(self._seconds)
        except TimeoutError as error:
            done.cancel()
            raise Unreachable("The page took too long. Try again later") from error


class Beside:
    """A loop in a thread of its own, begun at first use, for programs that have none."""

    def __init__(self, settings: Settings, version: str) -> None:
        self._settings = settings
        self._version = version
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._web: Web | None = None

    def fetch(self, url: str) -> Article:
        """The article at an address. Raises PageError."""
        return self.run(self._article(url))

    def look(self, url: str) -> tuple[Feed, str]:
        """The feed at or named at an address, and its own address. Raises NewsError."""
        return self.run(self._look(url))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives, run on the loop."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = Thread(target=self._loop.run_forever, daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def web(self) -> Web:
        """The client, made at first use."""
        if self._web is None:
            self._web = await web_of(self._settings, self._version).__aenter__()
        return self._web

    async def _article(self, url: str) -> Article:
        return await article(await self.web(), url)

    async def _look(self, url: str) -> tuple[Feed, str]:
        return await look(await self.web(), url)

    def close(self) -> None:
        """Nothing; connections and loop are closed."""
        if self._loop is None:
            return
        if self._web is not None:
            self.run(self._web.__aexit__())
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join()
        self._loop.close()
        self._loop = None
