"""Telegram's flood limits, on a clock that the caller owns.

30 messages a second in all, one a second in a private chat, 20 a minute in a group (core.telegram.org/bots/faq, "How
can I avoid hitting limits?"). Telegram does not publish how many may come at once; the bursts here are our model of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

OVERALL = (30.0, 30.0)
PRIVATE = (1.0, 5.0)
GROUP = (20 / 60, 20.0)


@dataclass
class Bucket:
    """A leaky bucket: `rate` messages a second run out of it, `burst` fit in."""

    rate: float
    burst: float
    level: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more fits, 0 if it fits now."""
        self.level = max(0.0, self.level - max(0.0, now - self.at) * self.rate)
        self.at = now
        over = self.level + 1 - self.burst
        return over / self.rate if over > 0 else 0.0


@dataclass
class Limits:
    """The buckets of one bot."""

    overall: Bucket = field(default_factory=lambda: Bucket(*OVERALL))
    chats: dict[int, Bucket] = field(default_factory=dict)

    def take(self, chat: int, private: bool, now: float) -> int:
        """Whole seconds to wait before a message to `chat`, 0 if it may go (and is counted)."""
        bucket = self.chats.setdefault(chat, Bucket(*(PRIVATE if private else GROUP), at=now))
        wait = max(self.overall.wait(now), bucket.wait(now))
        if wait:
            return math.ceil(wait)
        self.overall.level += 1
        bucket.level += 1
        return 0
