"""Alerts going out while things go wrong: what is lost, what comes twice, who has to wait.

./run bench delivery                 # all of it, about seven minutes
./run bench delivery answers         # a person asks while 450 alerts go out: ours, python-telegram-bot's limiter
./run bench delivery asked           # the same with whole answers of the program
./run bench delivery crash           # 3,000 alerts, the courier killed 20 times
./run bench delivery faults          # one fault after another
Needs no network: everything runs against the local Telegram. The peer, python-telegram-bot's own limiter and job queue,
comes with the development packages.
"""

from __future__ import annotations

import asyncio
import logging
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bench import asked, fault_matrix
from bench.fault_matrix import FIRST, ROOT, until_done
from bot.courier import Courier
from bot.local.request import LocalRequest
from bot.local.server import serve
from bot.local.world import TOKEN, World
from bot.pace import Lanes, Limits
from handlers import notices
from handlers.desk import Desk
from store import open_store

if TYPE_CHECKING:
    from telegram import Bot
    from telegram.ext import BaseRateLimiter

    from store import Store

PERSON = 9_999
PEOPLE = 40
"""Those who ask meanwhile, in turn, so that none of them meets the limit of their own chat."""


def people(count: int, *, strict: bool) -> World:
    """A Telegram with so many people, and those who ask."""
    world = World(strict=strict, furnished=False)
    for number in range(count):
        world.person(FIRST + number)
    for number in range(PEOPLE):
        world.person(PERSON - number)
    return world


def owe(store: Store, count: int) -> None:
    """Nothing; each of `count` chats is owed one alert."""
    fault_matrix.owe(store, {number: FIRST + number for number in range(count)})


def received(world: World, count: int) -> Counter[str]:
    """How often each alert stands in its chat."""
    return Counter(m["text"] for number in range(count) for m in world.said(FIRST + number))


# ---------------------------------------------------------------------------------------------- answers


async def _answers(limiter: BaseRateLimiter[Any], count: int, *, ours: bool) -> tuple[float, list[float]]:
    """Seconds until all alerts were out, and the seconds that a person waited for each answer meanwhile."""
    world = people(count, strict=True)
    wire = LocalRequest(world)
    waits: list[float] = []
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/a.sqlite") as store:
        owe(store, count)
        async with ExtBot(TOKEN, request=wire, get_updates_request=wire, rate_limiter=limiter) as bot:
            start = time.perf_counter()
            courier = Courier(store, bot, partial(notices.render, Desk(store=store)), "bench")
            running = asyncio.create_task(courier.run()) if ours else None
            sending = asyncio.create_task(until_done(store) if ours else _all(bot, count))
            await asyncio.sleep(0.5)
            while not sending.done():
                began = time.perf_counter()
                await bot.send_message(PERSON - len(waits) % PEOPLE, "answer")
                waits.append(time.perf_counter() - began)
                await asyncio.sleep(0.5)
            took = time.perf_counter() - start
            courier.stop()
            await asyncio.gather(sending, *([running] if running else []))
            return took, waits


async def _all(bot: ExtBot[Any], count: int) -> None:
    """Nothing; every alert is sent, as a program without a courier does it."""
    await asyncio.gather(*(_one(bot, number) for number in range(count)))


async def _one(bot: Bot, number: int) -> None:
    try:
        await bot.send_message(FIRST + number, f"alert {number}")
    except TelegramError:
        return


def answers(count: int = 450) -> None:
    """Prints how long people wait while alerts go out."""
    limiters: dict[str, BaseRateLimiter[Any]] = {"ours": Lanes()}
    peer = limiter_of_ptb()
    if peer:
        limiters["AIORateLimiter(max_retries=3)"] = peer
    else:
        print("(aiolimiter is not installed: the peer is left out)")
    print(f"\n{count} alerts to as many chats; people ask meanwhile; Telegram takes 30 a second")
    print(f"{'limiter':<32}{'sent/s':>10}{'answer p50':>12}{'p95':>10}{'max':>10}")
    for name, limiter in limiters.items():
        took, waits = asyncio.run(_answers(limiter, count, ours=name == "ours"))
        waits.sort()
        p95 = waits[min(len(waits) - 1, int(len(waits) * 0.95))]
        rate = (count + len(waits)) / took
        print(f"{name:<32}{rate:>10.1f}{statistics.median(waits):>10.3f} s{p95:>8.3f} s{waits[-1]:>8.3f} s")


# ---------------------------------------------------------------------------------------------- crash


async def courier(address: str, file: str) -> None:
    """A courier in a process of its own, until it is killed."""
    limits = Limits(per_second=400, chat_gap=0.001)
    with open_store(file) as store:
        bot: ExtBot[int] = ExtBot(TOKEN, base_url=f"{address}/bot", rate_limiter=Lanes(limits))
        async with bot:
            worker = f"worker {time.time_ns()}"
            render = partial(notices.render, Desk(store=store))
            await Courier(store, bot, render, worker, lease=2.0).run()


def begin(address: str, file: Path) -> subprocess.Popen[bytes]:
    """A courier's process."""
    command = [sys.executable, "-m", "bench.delivery", "courier", address, str(file)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


async def crashing(folder: Path, alerts: int, kills: int, seed: int = 1) -> tuple[Counter[str], dict[str, int]]:
    """How often each alert came, and the outbox's counts, with the courier killed at random points."""
    chance = random.Random(seed)
    world = people(alerts, strict=False)
    server = await serve(world, 0)
    file = folder / "outbox.sqlite"
    with open_store(file) as store:
        owe(store, alerts)
        process = begin(server.address, file)
        try:
            for kill in range(1, kills + 1):
                await _arrived(world, alerts, alerts * kill // (kills + 1), chance)
                process.kill()
                process.wait()
                process = begin(server.address, file)
            await asyncio.wait_for(until_done(store), 120)
        finally:
            process.kill()
            process.wait()
            await server.close()
        return received(world, alerts), store.outbox.counts()


async def _arrived(world: World, alerts: int, goal: int, chance: random.Random) -> None:
    """Nothing, at a random moment after so many alerts have come."""
    while sum(received(world, alerts).values()) < goal:  # noqa: ASYNC110 - another process's doing
        await asyncio.sleep(chance.uniform(0.001, 0.02))


def crash(alerts: int = 3000, kills: int = 20) -> None:
    """Prints what killing does."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        came, counts = asyncio.run(crashing(Path(folder), alerts, kills))
    twice = sum(came.values()) - len(came)
    took = time.perf_counter() - start
    print(f"\n| {alerts:,} alerts | killed (-9) | lost | twice | at the end |\n|---|---:|---:|---:|---|")
    states = ", ".join(f"{state} {number}" for state, number in counts.items())
    print(f"| Dateline, {took:.0f} s | {kills} times | {alerts - len(came)} | {twice} | {states} |", flush=True)
    if fault_matrix.installed():
        sent = asyncio.run(fault_matrix.peer_killed(alerts))
        print(f"| PTB job queue | once | {alerts - sent} | 0 | the queue is empty after a restart |")


def limiter_of_ptb() -> BaseRateLimiter[Any] | None:
    """python-telegram-bot's own limiter with three tries, None where aiolimiter is not installed."""
    try:
        from telegram.ext import AIORateLimiter  # noqa: PLC0415

        return AIORateLimiter(max_retries=3)
    except (ImportError, RuntimeError):
        return None


def main() -> None:
    """Runs what was asked for."""
    logging.disable(logging.CRITICAL)
    match sys.argv[1:]:
        case ["courier", address, file]:
            asyncio.run(courier(address, file))
        case ["peer", address, count]:
            asyncio.run(fault_matrix.peer_process(address, int(count)))
        case []:
            answers()
            asked.table()
            fault_matrix.table()
            crash()
        case ["answers"]:
            answers()
        case ["asked"]:
            asked.table()
        case ["faults"]:
            fault_matrix.table()
        case ["crash"]:
            crash()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
