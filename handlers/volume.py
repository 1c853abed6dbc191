"""How much was told of somebody over time, as a line of bars that fits a message."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

BARS = 14
"""Bars at most: what stays on one line of a phone beside nothing else."""
FEW = 4
"""Articles from which a line of bars says more than their number."""
HEIGHTS = "▁▂▃▄▅▆▇█"
"""None, then more and more; Unicode block elements."""


def volume(moments: Sequence[datetime], zone: str) -> tuple[str, str] | None:
    """The bars, and what one stands for: "2 days a bar, 5 articles at most"; None for too few moments."""
    days = sorted(moment.astimezone(ZoneInfo(zone)).date() for moment in moments)
    if len(days) < FEW or days[0] == days[-1]:
        return None
    span = (days[-1] - days[0]).days + 1
    width = -(-span // BARS)
    told = Counter((day - days[0]).days // width for day in days)
    most = max(told.values())
    bars = "".join(HEIGHTS[-(-told[bar] * (len(HEIGHTS) - 1) // most)] for bar in range(-(-span // width)))
    return bars, f"{count(width, 'day')} a bar, {count(most, 'article')} at most"
