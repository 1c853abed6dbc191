"""A call to a local Telegram, as short as a test wants it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.local.params import Params, Upload
from bot.local.wire import call

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.local.refusal import Json
    from bot.local.world import World

NOON = 1_750_000_000.0


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def answer(world: World, method: str, **values: object) -> Json:
    """The whole answer, files given as Upload."""
    files = {name: value for name, value in values.items() if isinstance(value, Upload)}
    rest = {name: value for name, value in values.items() if name not in files}
    return asyncio.run(call(world, method, Params(rest, files)))[1]


def result(world: World, method: str, **values: object) -> Any:  # noqa: ANN401 - each method has its own result
    """The result of a call that is expected to be fine."""
    answered = answer(world, method, **values)
    assert answered["ok"], answered
    return answered["result"]


def refused(world: World, method: str, **values: object) -> str:
    """The description of a call that is expected to be refused."""
    answered = answer(world, method, **values)
    assert not answered["ok"], answered
    return str(answered["description"])


async def until(done: Callable[[], object]) -> None:
    """Return once it is so; fail if it is not within ten seconds."""
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110 - what is waited for is behind another client's back
            await asyncio.sleep(0.005)
