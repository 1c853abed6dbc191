"""When something happened, as precisely as the text says it, and no more."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

DayPrecision = Literal["day", "week", "month", "quarter", "year", "interval"]


class Day(Struct, frozen=True, order=True):
    """A stretch of the calendar: `first` to `last`, both included, said with `precision`."""

    first: date
    last: date
    precision: DayPrecision = "day"
