"""What can go wrong between a bot and Telegram, one thing at a time, on order.

A test (or the chat page) hands the world some of these; each fires on the calls it fits, `times` times.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.local.refusal import Refusal, bad, forbidden, migrated, too_many


@dataclass
class Fault:
    """One disturbance: which calls (`method`, "*" for all but getUpdates; `match` on parameters), and what happens.

    `delay` seconds pass first. Then `refusal` is answered, or with `down` nothing arrives, or with `lost` the call is
    carried out and the answer is lost; with neither, the call goes through, late.
    """

    method: str = "*"
    match: dict[str, str] = field(default_factory=dict)
    times: int = 1
    delay: float = 0.0
    refusal: Refusal | None = None
    down: bool = False
    lost: bool = False

    def fits(self, method: str, given: dict[str, str]) -> bool:
        """Whether this call is disturbed."""
        named = method == self.method.lower() or (self.method == "*" and method != "getupdates")
        return self.times > 0 and named and all(given.get(key) == str(value) for key, value in self.match.items())


def slow_down(seconds: int, *, method: str = "*", chat: int | None = None, times: int = 1) -> Fault:
    """A 429 with retry_after."""
    return Fault(method, _in(chat), times, refusal=too_many(seconds))


def blocked(*, chat: int, times: int = 1) -> Fault:
    """A 403 as of a person who blocked the bot (World.block does it for good)."""
    return Fault("*", _in(chat), times, refusal=forbidden("bot was blocked by the user"))


def moved(to: int, *, chat: int, times: int = 1) -> Fault:
    """A 400 as of a group that became supergroup `to` (World.upgrade does it for good)."""
    return Fault("*", _in(chat), times, refusal=migrated(to))


def unparsable(*, method: str = "sendMessage", times: int = 1) -> Fault:
    """A 400 about markup."""
    return Fault(method, {}, times, refusal=bad("can't parse entities: Unexpected end tag at byte offset 0"))


def failing(code: int = 502, *, method: str = "*", times: int = 1) -> Fault:
    """A failure on Telegram's side."""
    return Fault(method, {}, times, refusal=Refusal(code))


def late(seconds: float, *, method: str = "*", times: int = 1) -> Fault:
    """The call goes through after `seconds`."""
    return Fault(method, {}, times, delay=seconds)


def lost(*, method: str = "*", chat: int | None = None, times: int = 1) -> Fault:
    """Carried out, but the answer never comes back."""
    return Fault(method, _in(chat), times, lost=True)


def down(*, method: str = "*", times: int = 1) -> Fault:
    """The line is dead for `times` calls (World.down does it until it is set back)."""
    return Fault(method, {}, times, down=True)


def _in(chat: int | None) -> dict[str, str]:
    return {} if chat is None else {"chat_id": str(chat)}
