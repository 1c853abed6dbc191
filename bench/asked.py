"""How long people wait for whole answers (heard, worked out, sent) while alerts go out at the pace allowed.

`./run bench delivery asked` prints it: the program on its samples, with a courier that has 450 alerts to send and a
local Telegram that keeps to Telegram's flood limits.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import handlers
from bench.fault_matrix import FIRST, owe, until_done
from bot import samples
from bot.app import build
from bot.courier import Courier
from bot.front import Front
from bot.inbox import Inbox
from bot.local.request import LocalRequest
from bot.local.world import World
from bot.service import answering
from bot.settings import Settings
from handlers import notices
from handlers.desk import Desk
from store import open_store

if TYPE_CHECKING:
    from store import Store

ALERTS = 450
ASKING = 5_000
"""The first of those who ask; each asks once, so that nobody meets a limit of their own."""
QUESTIONS = (
    "who met Putin?",
    "what did Trump say about tariffs?",
    "brief me on Ukraine",
    "/latest",
    "who is Merz?",
    "/subscribe minerals deal",
    "/topics",
)
EVERY = 0.25
"""Seconds between two questions."""


async def _waits(store: Store, alerts: int, *, seconds: float) -> tuple[list[float], float]:
    """Seconds that each answer took, and how long all alerts took."""
    world = World(strict=True, furnished=False)
    for number in range(alerts):
        world.person(FIRST + number)
    came: dict[int, float] = {}

    def note(event: str, data: Any) -> None:  # noqa: ANN401 - as the world tells it
        if event == "message" and data.get("from", {}).get("is_bot"):
            came.setdefault(data["chat"]["id"], time.perf_counter())

    world.listen(note)
    desk = Desk(store)
    names = frozenset(name for command in handlers.COMMANDS for name in (command.name, *command.aliases))
    front, inbox = Front(desk, Settings(), handlers.answer, names, frozenset()), Inbox(store)
    app = build(Settings(), front, inbox, request=LocalRequest(world), token=world.token)
    await app.initialize()
    asked: dict[int, float] = {}
    async with answering(app, inbox):
        courier = Courier(store, app.bot, partial(notices.render, desk), "bench")
        if alerts:
            owe(store, {number: FIRST + number for number in range(alerts)})
        sending, begun = asyncio.create_task(courier.run()), time.perf_counter()
        done = asyncio.create_task(until_done(store) if alerts else asyncio.sleep(seconds))
        while not done.done():
            person = world.person(ASKING + len(asked)).id
            asked[person] = time.perf_counter()
            world.say(person, QUESTIONS[len(asked) % len(QUESTIONS)])
            await asyncio.sleep(EVERY)
        took = time.perf_counter() - begun
        await asyncio.sleep(1)
        courier.stop()
        await sending
    front.pool.shutdown()
    inbox.close()
    return [came[person] - at for person, at in asked.items() if person in came], took


def table() -> None:
    """Prints the waits with and without alerts beside them."""
    print("\n| meanwhile | answers | p50 | p95 | longest | alerts a second |\n|---|---:|---:|---:|---:|---:|")
    for alerts in (0, ALERTS):
        with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/news.sqlite") as store:
            samples.load(store, datetime.now(UTC))
            waits, took = asyncio.run(_waits(store, alerts, seconds=12))
        waits.sort()
        p95 = waits[min(len(waits) - 1, int(len(waits) * 0.95))]
        name, rate = (f"{alerts} alerts go out", f"{alerts / took:.1f}") if alerts else ("nothing else", "–")
        middle = statistics.median(waits)
        print(f"| {name} | {len(waits)} | {middle:.3f} s | {p95:.3f} s | {waits[-1]:.3f} s | {rate} |", flush=True)
