"""The running program: Telegram, the collector, the courier and the upkeep in one loop, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, NetworkError, TelegramError

import handlers
from bot import status
from bot.app import App, announce, build
from bot.cli_ask import shared
from bot.collector import Collector, worker_name
from bot.courier import Courier
from bot.elsewhere import Lookup
from bot.fetching import FromThreads, web_of
from bot.front import Front
from bot.inbox import Inbox
from bot.incidents import recording
from bot.local import request as local_request
from bot.local.server import serve as serve_local
from bot.local.world import YOU, World
from bot.pace import Lanes
from bot.polling import Poller
from bot.upkeep import Upkeep
from handlers import notices
from handlers.collect import keep
from handlers.desk import Desk
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.local.server import Server
    from bot.settings import Settings
    from bot.web import Web
    from store import Store

log = logging.getLogger(__name__)

GRACE = 8.0
"""Seconds for what is under way when the program is told to stop; Docker kills after 10."""
FETCH_MARGIN = 30.0
INDEXING = 15.0
"""Seconds between two looks whether the index has fallen behind, which it does only after a crash or damage."""
INDEXED = 512
"""Changes taken in at once; a stop waits for them, and somebody who adds a page."""
RETRY = (1.0, 2.0, 5.0, 10.0, 30.0)


class StartError(RuntimeError):
    """The bot can't start; the message says why and what helps."""


@dataclass
class Service:
    """One bot on one store. `world` is the local Telegram where there is no token."""

    settings: Settings
    store: Store
    version: str
    world: World | None = None

    async def run(self, ready: Any = None) -> None:  # noqa: ANN401 - a callable of the address or None
        """Nothing, when it was told to stop and everything has ended. `ready` is called with the local page's address.

        Raises:
            StartError: with a sentence.
        """
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows
                loop.add_signal_handler(name, stop.set)
        async with AsyncExitStack() as stack:
            web = await stack.enter_async_context(web_of(self.settings, self.version))
            lookup = Lookup(loop)
            front = self._front(web, lookup)
            stack.callback(front.pool.shutdown, wait=False, cancel_futures=True)
            stack.enter_context(recording(self.store.notes))
            inbox = Inbox(self.store)
            stack.callback(inbox.close)
            server = await self._local(stack)
            app = self._app(front, inbox)
            lookup.bot = app.bot
            await _initialized(app, stop)
            if self.world is None:  # the local Telegram has no t.me, and one owner
                front.desk.settings.update(
                    bot=app.bot.username, inline=app.bot.supports_inline_queries, owned=bool(front.owners)
                )
            poller = await stack.enter_async_context(answering(app, inbox))
            await announce(app.bot, handlers.COMMANDS, front, always=self.world is not None)
            await stack.enter_async_context(self._beside(app, front, web))
            await self._watched(stack, app, poller)
            log.info("ready as @%s", app.bot.username)
            if ready:
                ready(server.address if server else None)
            await _until(stop, poller)
            log.info("stopping")

    def _front(self, web: Web, lookup: Lookup) -> Front:
        """What answers."""
        way = FromThreads(web, lookup.loop, self.settings.web_timeout + FETCH_MARGIN)
        told = shared(self.settings, self.version)
        desk = Desk(store=self.store, fetch=way.fetch, look=way.look, settings=told, chat_of=lookup.find)
        names = {name for command in handlers.COMMANDS for name in (command.name, *command.aliases)}
        owners = {YOU} if self.world else set(self.settings.admin_ids)
        return Front(desk, self.settings, handlers.answer, frozenset(names), frozenset(owners))

    async def _local(self, stack: AsyncExitStack) -> Server | None:
        """The chat page of the local Telegram, None where there is a real one."""
        if self.world is None:
            return None
        try:
            server = await serve_local(self.world, self.settings.local_port, memory=self._remembered)
        except OSError as error:
            raise StartError(
                f"port {self.settings.local_port} is taken ({error.strerror}). "
                "Take another one: ./run run --port 8090, or LOCAL_PORT=0"
            ) from error
        stack.push_async_callback(server.close)
        self.world.number_on()
        return server

    @property
    def _remembered(self) -> Path | None:
        """Where the chats of the local Telegram are kept: beside the archive that their buttons lead into."""
        path = self.store.engine.path
        return None if path == ":memory:" else Path(f"{path}.chat")

    def _app(self, front: Front, inbox: Inbox) -> App:
        """The application, on Telegram or the local one."""
        if self.world is None:
            return build(self.settings, front, inbox)
        return build(
            self.settings, front, inbox, request=local_request.LocalRequest(self.world), token=self.world.token
        )

    @asynccontextmanager
    async def _beside(self, app: App, front: Front, web: Web) -> AsyncIterator[None]:
        """The loops beside the answering run inside; the courier finishes what is in flight."""
        worker = worker_name()
        courier = Courier(self.store, app.bot, partial(notices.render, front.desk), worker)
        upkeep = Upkeep(front.desk, app.bot, front.owners, worker)
        tasks = [
            asyncio.create_task(upkeep.run(), name="upkeep"),
            asyncio.create_task(_indexing(self.store), name="indexing"),
        ]
        if self.settings.collect:
            collector = Collector(self.store, web, lambda found, now, feed: keep(self.store, found, now, feed), worker)
            tasks.append(asyncio.create_task(collector.run(), name="collector"))
        sending = asyncio.create_task(courier.run(), name="courier")
        for task in (*tasks, sending):
            task.add_done_callback(_ended)
        try:
            yield
        finally:
            courier.stop()
            for task in tasks:
                task.cancel()
            await asyncio.wait([*tasks, sending], timeout=GRACE)

    async def _watched(self, stack: AsyncExitStack, app: App, poller: Poller) -> None:
        """Nothing; health is told on a port and by a file, where that is set."""
        limiter = app.bot.rate_limiter

        def probe() -> dict[str, Any]:
            refused = limiter.refused if isinstance(limiter, Lanes) else 0
            return status.health(self.store, poller.last, refused, rival=poller.rival)

        if self.settings.status_port:
            try:
                server = await status.serve(self.settings.status_port, probe)
            except OSError as error:
                raise StartError(
                    f"port {self.settings.status_port} (STATUS_PORT) is taken: {error.strerror}"
                ) from error
            stack.callback(server.close)
        if self.settings.heartbeat:
            task = asyncio.create_task(status.beat(Path(self.settings.heartbeat), probe))
            stack.callback(task.cancel)


async def _indexing(store: Store) -> None:
    """Never ends but by cancelling; the index follows what was kept while nobody followed, or is made after damage."""
    while True:
        try:
            while taken := await asyncio.to_thread(store.index.follow, INDEXED):
                log.info("%d changes were taken into the search index", taken)
        except StoreError as error:
            log.warning("the search index waits: %s", error)
        except Exception:
            log.exception("the search index can't follow")
        await asyncio.sleep(INDEXING)


@asynccontextmanager
async def answering(app: App, inbox: Inbox) -> AsyncIterator[Poller]:
    """The bot hears and answers inside. At the end what runs has 8 seconds; what has not begun stays in the inbox."""
    try:
        again = await inbox.replay(app.bot)
        if again:
            log.info("%d updates are left from last time", again)
        await app.start()
        poller = Poller(app.bot, inbox)
        polling = poller.task = asyncio.create_task(poller.run(), name="polling")
        polling.add_done_callback(_ended)
        try:
            yield poller
        finally:
            inbox.stopping = True
            polling.cancel()
            await asyncio.wait({polling})
            try:
                await asyncio.wait_for(app.stop(), GRACE)
            except TimeoutError:
                log.warning("some answers were not finished; they come at the next start")
    finally:
        with contextlib.suppress(TelegramError, RuntimeError):
            await app.shutdown()


async def _until(stop: asyncio.Event, poller: Poller) -> None:
    """Nothing, when the program is told to stop.

    Raises:
        StartError: polling has ended by itself, which it does where the token is withdrawn.
    """
    assert poller.task is not None
    told = asyncio.create_task(stop.wait())
    await asyncio.wait({told, poller.task}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not stop.is_set():
        raise StartError(
            "Telegram does not know this token any more. Ask https://t.me/BotFather for a new one (/token)"
        )


async def _initialized(app: App, stop: asyncio.Event) -> None:
    """Nothing, once Telegram has been reached, however long that takes.

    Raises:
        StartError: the token is wrong.
    """
    pauses = iter(RETRY)
    while not stop.is_set():
        try:
            await app.initialize()
            await app.bot.delete_webhook()  # an earlier program's would keep everything from us
        except InvalidToken as error:
            raise StartError(
                "Telegram does not know this token. Ask https://t.me/BotFather for it (/token) and put it into .env as "
                "TELEGRAM_TOKEN, or leave it out to run on this machine alone."
            ) from error
        except NetworkError as error:
            pause = next(pauses, RETRY[-1])
            log.warning("Telegram cannot be reached (%s); trying again in %.0f s", error.message, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
        else:
            return
    raise StartError("stopped before Telegram was reached")


def _ended(task: asyncio.Task[None]) -> None:
    """Nothing; a loop that ended by a fault is told of."""
    if not task.cancelled() and task.exception():
        log.critical("the %s has stopped", task.get_name(), exc_info=task.exception())
