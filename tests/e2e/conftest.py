"""Fixtures for tests that look at the chat page as a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.browser import DESK, Desk, Open, Stage, chat_page, chromium, program, window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from playwright.sync_api import Browser

    from bot.local.world import World


@pytest.fixture(scope="module")  # while it lives, this thread counts as inside an event loop: no longer than needed
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def stage(browser: Browser) -> Open:
    def opened(
        bot: Callable[[World], AbstractAsyncContextManager[object]],
        world: World | None = None,
        *,
        size: tuple[int, int] = DESK,
        dark: bool = False,
    ) -> AbstractContextManager[Stage]:
        return chat_page(browser, bot, world, size, dark=dark)

    return opened


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole program on its samples, one for all tests of a module."""
    with program(tmp_path_factory.mktemp("program")) as address:
        yield address


@pytest.fixture
def desk(browser: Browser, running: str) -> Iterator[Desk]:
    """The program's chat page, as a person sees it."""
    with window(browser) as page:
        opened = Desk(running, page)
        yield opened
        assert not opened.errors, opened.errors
