"""A person in front of the chat page: a bot beside a local Telegram in one loop, and Chromium looking at it.

    @asynccontextmanager
    async def my_bot(world: World) -> AsyncIterator[None]:
        app = build(…, request=LocalRequest(world), token=world.token)
        …start it…
        yield
        …stop it…

    @pytest.mark.browser
    def test_a_question_is_answered(stage: Open) -> None:
        with stage(my_bot) as desk:
            answer = desk.ask("who met Putin?")
            assert "Witkoff" in answer.inner_text()

The bot's side runs in a thread with its own event loop. World is not made for two threads, so a test reaches it through
`desk.do(world.block, YOU)`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, Self, TypeVar

import pytest

from bot.local.server import serve
from bot.local.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from playwright.sync_api import Browser, Locator, Page

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = (360, 740)
DESK = (1180, 760)


class Backstage:
    """A local Telegram and a bot, in a thread of their own; `address` is the chat page."""

    def __init__(self, bot: Callable[[World], AbstractAsyncContextManager[object]], world: World) -> None:
        self.world = world
        self.address = ""
        self._bot = bot
        self._up = threading.Event()
        self._failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop
        self._end: asyncio.Event
        self._thread = threading.Thread(target=self._run, name="local telegram")

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.wait(60)
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(30)
        if self._failure is not None:
            raise self._failure

    def do(self, act: Callable[..., T], *arguments: object, **named: object) -> T:
        """What `act` returns, called in the loop's own thread."""

        async def acted() -> T:
            return act(*arguments, **named)

        return asyncio.run_coroutine_threadsafe(acted(), self._loop).result(20)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the test's thread
            self._failure = error
        finally:
            self._up.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        server = await serve(self.world)
        try:
            async with self._bot(self.world):
                self.address = server.address
                self._up.set()
                await self._end.wait()
        finally:
            await server.close()


class Desk:
    """The open chat page; `page` is Playwright's."""

    def __init__(self, address: str, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")

    @property
    def messages(self) -> Locator:
        """All messages of the open chat, oldest first."""
        return self.page.locator("#log .message")

    @property
    def answers(self) -> Locator:
        """Those not written by the person at the page."""
        return self.page.locator("#log .message:not(.mine):not(.draft)")

    def start(self) -> Locator:
        """The answer to a press of the Start button."""
        return self._answered(lambda: self.page.click("#start"))

    def say(self, text: str) -> None:
        """Type and send."""
        self.page.fill("#text", text)
        self.page.press("#text", "Enter")

    def ask(self, text: str) -> Locator:
        """The bot's next message after this was said."""
        if self.page.is_visible("#start"):
            self.start()
        return self._answered(lambda: self.say(text))

    def press(self, label: str) -> None:
        """Press the newest button with this label."""
        self.page.locator(".press", has_text=label).last.click()

    def open(self, chat: str) -> None:
        """Open a chat of the list by its name."""
        if self.page.is_visible("#back"):
            self.page.click("#back")
        self.page.locator(".chat", has_text=chat).first.click()
        self.page.locator("#name", has_text=chat).wait_for()
        self.page.locator("#log[aria-busy=false]").wait_for()

    def _answered(self, act: Callable[[], object]) -> Locator:
        before = self.answers.count()
        act()
        answer = self.answers.nth(before)
        answer.wait_for(timeout=20_000)
        return answer


class Stage(Desk):
    """The chat page with the local Telegram behind it within reach: `do(world.block, YOU)`."""

    def __init__(self, backstage: Backstage, page: Page) -> None:
        super().__init__(backstage.address, page)
        self.world = backstage.world
        self.do = backstage.do


class Open(Protocol):
    """The fixture `stage`: call it with a bot, get the page as a context manager."""

    def __call__(
        self,
        bot: Callable[[World], AbstractAsyncContextManager[object]],
        world: World | None = None,
        *,
        size: tuple[int, int] = DESK,
        dark: bool = False,
    ) -> AbstractContextManager[Stage]:
        """The chat page of a world (a furnished one without flood limits, if none is given)."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; skips the test where there is none, unless REQUIRE_BROWSER is set."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not installed (apt-get install chromium)"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - half a second that only these tests pay

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def chat_page(
    browser: Browser,
    bot: Callable[[World], AbstractAsyncContextManager[object]],
    world: World | None,
    size: tuple[int, int],
    *,
    dark: bool,
) -> Iterator[Stage]:
    """The chat page of a bot, ready to be typed into; an error in the page fails the test."""
    with Backstage(bot, world or World(strict=False)) as backstage, window(browser, size, dark=dark) as page:
        desk = Stage(backstage, page)
        yield desk
        assert not desk.errors, desk.errors


@contextmanager
def window(browser: Browser, size: tuple[int, int] = DESK, *, dark: bool = False, scale: float = 1) -> Iterator[Page]:
    """An empty page of this size."""
    width, height = size
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB", device_scale_factor=scale
    )
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def program(folder: Path, *arguments: str) -> Iterator[str]:
    """The chat page's address of the whole program, started as by a person: no token, its samples, this folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "DATABASE"))}
    environment |= {"PYTHONPATH": str(ROOT), "COLLECT": "0", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "bot", "run", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            address = next((line.strip() for line in running.stdout if "http://127.0.0.1" in line), "")
            assert address, "the program ended before it said where its page is"
            yield address
        finally:
            running.terminate()
            running.wait(20)
