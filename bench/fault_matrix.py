"""One fault after another while alerts go out: what comes, what is lost, what comes twice, who else has to wait.

The same faults for our courier and for a program that sends with python-telegram-bot's own job queue and limiter.
`./run bench delivery faults` prints the table.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
from telegram.ext import ApplicationBuilder, ExtBot

from bot.courier import Courier
from bot.local.chats import Chat
from bot.local.faults import Fault, failing, lost, slow_down, unparsable
from bot.local.request import LocalRequest
from bot.local.server import serve
from bot.local.world import TOKEN, World
from bot.pace import Lanes, Limits
from handlers import notices
from handlers.desk import Desk
from handlers.reply import Reply, say
from store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from telegram.ext import CallbackContext

    from store import Store

ROOT = Path(__file__).resolve().parent.parent
FIRST = 10_000
COUNT = 300
PACE = 60
"""Messages a second, so that a table takes six minutes; Telegram allows about 30."""
WORSE = range(0, COUNT, 10)
"""Those alerts that a fault of single chats hits: every tenth."""
OUTAGE = 60.0
BAD = unparsable().refusal


@dataclass
class Scene:
    """A Telegram with a chat for each alert, and when each alert came."""

    world: World
    chats: dict[int, int] = field(default_factory=dict)  # number of the alert: its chat
    came: list[tuple[str, float]] = field(default_factory=list)
    begun: float = 0.0
    cut: bool = False  # whether the line is down from the first alert on

    def listen(self) -> None:
        """Nothing; what comes is noted from now on."""
        self.begun = time.perf_counter()
        if self.cut:
            self.world.down = True
            asyncio.get_running_loop().call_later(OUTAGE, setattr, self.world, "down", False)
        self.world.listen(self._note)

    def _note(self, event: str, data: Any) -> None:  # noqa: ANN401 - as the world tells it
        if event == "message" and str(data.get("text", "")).startswith("alert "):
            self.came.append((data["text"], time.perf_counter() - self.begun))

    def slowest(self) -> str:
        """Seconds after which 95 in 100 alerts to chats that nothing was wrong with had come, "never" for none."""
        spared = sorted(at for text, at in self.came if int(text.split()[1]) not in WORSE)
        return f"{spared[int(len(spared) * 0.95)]:.1f} s" if spared else "never"


def _scene(count: int = COUNT) -> Scene:
    scene = Scene(World(strict=False, furnished=False))
    for number in range(count):
        scene.chats[number] = scene.world.person(FIRST + number).id
    return scene


def _each(make: Callable[[int], Fault]) -> Callable[[Scene], None]:
    """A fault of its own for every tenth chat."""
    return lambda scene: scene.world.faults.extend(make(scene.chats[number]) for number in WORSE)


def _all(fault: Callable[[], Fault]) -> Callable[[Scene], None]:
    return lambda scene: scene.world.faults.append(fault())


def _blocked(scene: Scene) -> None:
    for number in WORSE:
        scene.world.block(scene.chats[number])


def _groups_move(scene: Scene) -> None:
    """Every tenth chat is a group that became a supergroup, which nobody has heard of yet."""
    for number in WORSE:
        group = scene.world.add(Chat(-5000 - number, "group", f"Group {number}"))
        scene.chats[number] = group.id
        scene.world.person(1001)
        scene.world.upgrade(group.id)


def _cut(scene: Scene) -> None:
    scene.cut = True


FAULTS: dict[str, Callable[[Scene], None]] = {
    "none": lambda _: None,
    "429 four times over, every tenth chat": _each(lambda chat: slow_down(1, chat=chat, times=4)),
    "403, every tenth chat": _blocked,
    "group became supergroup, every tenth": _groups_move,
    "400 on markup, 20 times": _all(lambda: Fault("sendMessage", {"parse_mode": "HTML"}, 20, refusal=BAD)),
    "502, 20 times": _all(lambda: failing(502, method="sendMessage", times=20)),
    "delivered, answer lost, 20 times": _all(lambda: lost(method="sendMessage", times=20)),
    f"line down for {OUTAGE:.0f} seconds": _cut,
}


async def courier(fault: Callable[[Scene], None], count: int = COUNT) -> tuple[Scene, str, int]:
    """The scene after our courier had nothing left to do, the states of what was owed, how many await the owner."""
    scene = _scene(count)
    fault(scene)
    wire, lanes = LocalRequest(scene.world), Lanes(Limits(per_second=PACE, chat_gap=0.001, group_gap=0.001))
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/a.sqlite") as store:
        owe(store, scene.chats)
        async with ExtBot(TOKEN, request=wire, get_updates_request=wire, rate_limiter=lanes) as bot:
            worker = Courier(store, bot, partial(notices.render, Desk(store=store)), "bench")
            scene.listen()
            task = asyncio.create_task(worker.run())
            await until_done(store)
            worker.stop()
            await task
        counts = store.outbox.counts()
        came = {text for text, _ in scene.came}
        stuck = store.outbox.listed(("unknown",), limit=count)
        waiting = sum(f"alert {one.kind.split(':')[1]}" not in came for one in stuck)
        return scene, ", ".join(f"{state} {number}" for state, number in sorted(counts.items())), waiting


def owe(store: Store, chats: dict[int, int]) -> None:
    """Nothing; each chat is owed its alert."""
    now = datetime.now(UTC)
    with store.transaction():
        for number, chat in chats.items():
            store.chats.greet(chat, now, "private" if chat > 0 else "group")
            body = msgspec.json.encode(Reply(blocks=(say(f"alert {number}"),))).decode()
            store.outbox.enqueue(chat, 1, f"words:{number}", body, now)


async def until_done(store: Store) -> None:
    """Nothing, once nothing is owed any more."""
    while any(store.outbox.counts().get(state) for state in ("ready", "claimed", "sending")):  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def peer(fault: Callable[[Scene], None], count: int = COUNT) -> tuple[Scene, str, int]:
    """The scene after python-telegram-bot's job queue had run every job, and how many jobs failed."""
    scene = _scene(count)
    fault(scene)
    wire = LocalRequest(scene.world)
    done: Counter[str] = Counter()
    async with _jobs(wire, done) as queue:
        scene.listen()
        queue(scene.chats)
        while done.total() < count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return scene, ", ".join(f"{state} {number}" for state, number in sorted(done.items())), 0


@asynccontextmanager
async def _jobs(
    wire: Any,  # noqa: ANN401 - any transport, or None for HTTP
    done: Counter[str],
    address: str = "",
) -> AsyncIterator[Callable[[dict[int, int]], None]]:
    """What puts a job for each alert into the job queue of a running application."""
    from telegram.ext import AIORateLimiter, JobQueue  # noqa: PLC0415 - extras that only this needs

    limiter = AIORateLimiter(overall_max_rate=PACE, overall_time_period=1, max_retries=3)
    builder: Any = ApplicationBuilder().token(TOKEN).rate_limiter(limiter).job_queue(JobQueue()).updater(None)
    if wire is not None:
        builder = builder.request(wire).get_updates_request(wire)
    if address:
        builder = builder.base_url(f"{address}/bot")
    app = builder.build()

    async def send(context: CallbackContext[Any, Any, Any, Any]) -> None:
        assert context.job is not None
        number, chat = cast("tuple[int, int]", context.job.data)
        try:
            await context.bot.send_message(chat, f"alert {number}", parse_mode="HTML")
            done["sent"] += 1
        except Exception:  # noqa: BLE001 - whatever it is, the job is over
            done["failed"] += 1

    def queue(chats: dict[int, int]) -> None:
        assert app.job_queue is not None
        for number, chat in chats.items():
            app.job_queue.run_once(send, 0, data=(number, chat), job_kwargs={"misfire_grace_time": None})

    await app.initialize()
    await app.start()
    try:
        yield queue
    finally:
        await app.stop()
        await app.shutdown()


def row(name: str, who: str, outcome: tuple[Scene, str, int], unreachable: int) -> str:
    """One line of the table."""
    scene, states, waiting = outcome
    times = Counter(text for text, _ in scene.came)
    missing = len(scene.chats) - unreachable - len(times) - waiting
    twice = sum(times.values()) - len(times)
    return f"| {name} | {who} | {len(times)} | {waiting} | {missing} | {twice} | {scene.slowest()} | {states} |"


def table() -> None:
    """Prints what each fault does to us and to the peer."""
    print(f"\n{COUNT} alerts to as many chats, {PACE} a second allowed, one fault at a time\n")
    print("| fault | sent by | came | for the owner | lost | twice | 95 of 100 others after | at the end |")
    print("|---|---|---:|---:|---:|---:|---:|---|")
    for name, fault in FAULTS.items():
        unreachable = len(WORSE) if fault is _blocked else 0
        for who, run in (("Dateline", courier), ("PTB job queue", peer)):
            if who != "Dateline" and not installed():
                continue
            print(row(name, who, asyncio.run(run(fault)), unreachable), flush=True)


def installed() -> bool:
    """Whether the peer's extras are there."""
    try:
        from telegram.ext import AIORateLimiter, JobQueue  # noqa: PLC0415

        AIORateLimiter()
        JobQueue()
    except (ImportError, RuntimeError):
        return False
    return True


# ---------------------------------------------------------------------------------------------- the peer, killed


async def peer_process(address: str, count: int) -> None:
    """A program with its alerts in a job queue, until it is killed."""
    done: Counter[str] = Counter()
    async with _jobs(None, done, address) as queue:
        queue({number: FIRST + number for number in range(count)})
        await asyncio.Event().wait()


async def peer_killed(alerts: int) -> int:
    """How many of so many alerts a job queue has sent when its program is killed after a third of them."""
    scene = _scene(alerts)
    scene.listen()
    server = await serve(scene.world, 0)
    command = [sys.executable, "-m", "bench.delivery", "peer", server.address, str(alerts)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=DEVNULL, stderr=DEVNULL)
    try:
        async with asyncio.timeout(120):
            while len(scene.came) < alerts // 3:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        process.kill()
        await process.wait()
        await asyncio.sleep(0.2)
        await server.close()
    return len({text for text, _ in scene.came})
