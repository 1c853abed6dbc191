"""What the local Telegram costs: a whole exchange with python-telegram-bot, and its HTML parser beside TDLib's.

./run bench local_telegram
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from typing import TYPE_CHECKING, Any

import tdjson
from telegram.ext import ApplicationBuilder, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.local.html import parse_html
from bot.local.request import LocalRequest
from bot.local.server import serve
from bot.local.talk import Talk
from bot.local.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update
    from telegram.request import BaseRequest

EXCHANGES = 300
ANSWER = (
    '<b><a href="https://example.com/a">A title</a></b>\n<blockquote expandable>Words &amp; more words</blockquote>\n'
    * 6
)


async def echo(update: Update, _: Any) -> None:  # noqa: ANN401
    """Answer with a briefing's worth of markup."""
    if update.effective_message:
        await update.effective_message.reply_html(ANSWER)


async def exchanges(world: World, request: Callable[[], BaseRequest], address: str = "") -> tuple[float, list[float]]:
    """Milliseconds to set up a bot, and for each question until its answer stands."""
    begin = time.perf_counter()
    builder = ApplicationBuilder().token(world.token).request(request()).get_updates_request(request())
    app: Any = (builder.base_url(f"{address}/bot") if address else builder).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    took = []
    async with app, Talk(world) as talk:
        await app.start()
        await app.updater.start_polling(poll_interval=0, timeout=10)
        await talk.ask("first")
        ready = (time.perf_counter() - begin) * 1000
        for number in range(EXCHANGES):
            begin = time.perf_counter()
            await talk.ask(f"question {number}")
            took.append((time.perf_counter() - begin) * 1000)
        await app.updater.stop()
        await app.stop()
    return ready, took


async def main() -> None:
    """Print both tables."""
    print(f"{'a question and its answer':34}{'p50 ms':>9}{'p95 ms':>9}{'first ms':>10}")
    world = World(strict=False)
    row("in process", *await exchanges(world, lambda: LocalRequest(world)))
    server = await serve(world)
    row("over HTTP on loopback", *await exchanges(world, HTTPXRequest, server.address))
    await server.close()
    print(f"\n{'parsing one answer of HTML':34}{'µs':>9}")
    print(f"{'ours':34}{each(lambda: parse_html(ANSWER)):9.0f}")
    asked = {"@type": "parseTextEntities", "text": ANSWER, "parse_mode": {"@type": "textParseModeHTML"}}
    request = json.dumps(asked).encode()
    tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')
    print(f"{'TDLib (C++, with its JSON)':34}{each(lambda: tdjson.td_execute(request)):9.0f}")


def row(name: str, ready: float, took: list[float]) -> None:
    """Print one line of the first table."""
    print(f"{name:34}{statistics.median(took):9.2f}{statistics.quantiles(took, n=20)[18]:9.2f}{ready:10.1f}")


def each(act: Callable[[], object], times: int = 500) -> float:
    """Microseconds a call takes."""
    begin = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - begin) / times * 1e6


if __name__ == "__main__":
    asyncio.run(main())
