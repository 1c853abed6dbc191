"""An article from an address, for whoever waits for it in a thread: a handler, the command line."""

from __future__ import annotations

import asyncio
import codecs
from threading import Thread
from typing import TYPE_CHECKING

from bot.web import MEGABYTE, Limits, Page, Unreachable, Web, reading_agent
from news.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime
    from typing import Any, TypeVar

    from bot.settings import Settings
    from news.article import Article

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


def from_threads(web: Web, loop: asyncio.AbstractEventLoop, seconds: float) -> Callable[[str], Article]:
    """`Desk.fetch` for handlers that run in threads beside the loop."""

    def fetch(url: str) -> Article:
        work = asyncio.run_coroutine_threadsafe(article(web, url), loop)
        try:
            return work.result(seconds)
        except TimeoutError as error:
            work.cancel()
            raise Unreachable("The page took too long. Try again later") from error

    return fetch


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
