"""When something happened, as precisely as the text says it, and no more."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from news.errors import DayError

DayPrecision = Literal["day", "week", "month", "quarter", "year", "interval"]


class Day(Struct, frozen=True, order=True):
    """A stretch of the calendar: `first` to `last`, both included, said with `precision`."""

    first: date
    last: date
    precision: DayPrecision = "day"


class DayMention(Struct, frozen=True):
    """A day that the text names, and where."""

    start: int
    end: int
    day: Day


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)|Q(?P<quarter>[1-4])))?", re.ASCII
)
_ACCEPTED = "accepted are 2025-04-25, 2025-W17, 2025-04, 2025-Q2, 2025 and 2025-04-24/2025-04-25"


def one_day(day: date) -> Day:
    """The one day."""
    return Day(day, day)


def week_of(day: date) -> Day:
    """The ISO week (Monday to Sunday) that holds the day."""
    monday = day - timedelta(day.weekday())
    return Day(monday, monday + timedelta(6), "week")


def month_of(year: int, month: int) -> Day:
    """The month; `month` may run over 1 to 12 (0 is the December before).

    Raises:
        ValueError: the year is not within 1 to 9999.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Day(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def quarter_of(year: int, quarter: int) -> Day:
    """The quarter; `quarter` may run over 1 to 4 (0 is the last of the year before).

    Raises:
        ValueError: the year is not within 1 to 9999.
    """
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return Day(date(year, quarter * 3 - 2, 1), month_of(year, quarter * 3).last, "quarter")


def year_of(year: int) -> Day:
    """The calendar year.

    Raises:
        ValueError: the year is not within 1 to 9999.
    """
    return Day(date(year, 1, 1), date(year, 12, 31), "year")


def interval(first: date, last: date) -> Day:
    """The days from one to the other, both included, in calendar order; one day where both are the same."""
    first, last = min(first, last), max(first, last)
    return Day(first, last, "interval") if first < last else one_day(first)


def value(day: Day) -> str:
    """The day for machines: `2025-04-25`, `2025-W17`, `2025-04`, `2025-Q2`, `2025`, `2025-04-24/2025-04-25`."""
    first = day.first
    match day.precision:
        case "day":
            return first.isoformat()
        case "week":
            year, week, _ = first.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return f"{first.year:04}-{first.month:02}"
        case "quarter":
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
        case "year":
            return f"{first.year:04}"
        case "interval":
            return f"{first.isoformat()}/{day.last.isoformat()}"


def parse(written: str) -> Day:
    """The Day that `value` writes so.

    Raises:
        DayError: it names no day, week, month, quarter, year or interval.
    """
    parts = written.strip().split("/")
    try:
        days = [_parsed(part) for part in parts]
    except ValueError:
        days = []
    if len(days) == 1:
        return days[0]
    if len(days) == 2 and days[0].precision == days[1].precision == "day" and days[0].first <= days[1].first:
        return Day(days[0].first, days[1].last, "interval")
    raise DayError(f"{written[:40]!r} is no day: {_ACCEPTED}")


def _parsed(part: str) -> Day:
    found = _VALUE.fullmatch(part)
    if found is None:
        raise ValueError(part)
    year = int(found["year"])
    if found["day"]:
        return one_day(date(year, int(found["month"]), int(found["day"])))
    if found["month"]:
        date(year, int(found["month"]), 1)
        return month_of(year, int(found["month"]))
    if found["week"]:
        return week_of(date.fromisocalendar(year, int(found["week"]), 1))
    if found["quarter"]:
        return quarter_of(year, int(found["quarter"]))
    return year_of(year)


def in_words(day: Day) -> str:
    """The day for a person: "Fri 25 Apr 2025", "week of 21 Apr 2025", "Apr 2025", "Apr to Jun 2025", "2025"."""
    first, last = day.first, day.last
    month, year = MONTHS[first.month - 1], first.year
    match day.precision:
        case "day":
            return f"{WEEKDAYS[first.weekday()]} {first.day} {month} {year}"
        case "week":
            return f"week of {first.day} {month} {year}"
        case "month":
            return f"{month} {year}"
        case "quarter":
            return f"{month} to {MONTHS[last.month - 1]} {year}"
        case "year":
            return str(year)
        case "interval":
            end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
            if (first.year, first.month) == (last.year, last.month):
                return f"{first.day} to {end}"
            return f"{first.day} {month}{'' if year == last.year else f' {year}'} to {end}"


def covers(wide: Day, narrow: Day) -> bool:
    """Whether every day of `narrow` lies in `wide`."""
    return wide.first <= narrow.first and narrow.last <= wide.last


def compatible(one: Day | None, other: Day | None) -> bool:
    """Whether both can be said of one event: one is unknown, or one lies in the other."""
    return one is None or other is None or covers(one, other) or covers(other, one)


def more_precise(one: Day | None, other: Day | None) -> Day | None:
    """The shorter stretch of the two, the first where they are as long; None where both are unknown."""
    if one is None or other is None:
        return one or other
    return other if other.last - other.first < one.last - one.first else one
