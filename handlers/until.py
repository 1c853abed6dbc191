"""Times of day and stretches that a person writes: "8.30", "22:00-07:00", "2h", "until 7:00", "weekdays"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_TIME = re.compile(r"(?<![\d:.])(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?(?![\d:.])", re.IGNORECASE)
_STRETCH = re.compile(r"^(?:for\s+)?(\d{1,4})\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)$", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
LONGEST = timedelta(days=366)
"""The longest pause; whoever wants to be silent for longer unsubscribes."""
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minutes_of(text: str) -> tuple[int, ...]:
    """The times of day in a text, as minutes since midnight, in order, each once.

    Raises:
        ValueError: a number that is no time of day; the message says which and what is accepted.
    """
    found: list[int] = []
    for m in _TIME.finditer(text):
        hour, minute = int(m[1]), int(m[2] or 0)
        if m[3]:
            hour = hour % 12 + (12 if m[3].lower() == "pm" else 0)
        if hour == 24 and minute == 0:
            hour = 0
        if hour > 23 or minute > 59:
            raise ValueError(f"{m[0].strip()} is no time of day. A time is written as 08:00, 8.30 or 8pm.")
        found.append(hour * 60 + minute)
    left = _TIME.sub(" ", text)
    strange = re.search(r"\d\S*", left)
    if strange:
        raise ValueError(f"{strange[0][:20]} is no time of day. A time is written as 08:00, 8.30 or 8pm.")
    return tuple(dict.fromkeys(found))


def clock(minute: int) -> str:
    """A minute of the day as "08:30"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def days_of(text: str) -> tuple[int, ...]:
    """The weekdays a text names, 0 for Monday; all seven where it names none."""
    lower = text.lower()
    if re.search(r"\b(?:weekdays|workdays|working days|mon(?:day)?\s*[-–]\s*fri(?:day)?)\b", lower):
        return (0, 1, 2, 3, 4)
    if re.search(r"\bweekends?\b", lower):
        return (5, 6)
    named = tuple(
        day for day, name in enumerate(WEEK) if re.search(rf"\b{name}(?:s|day|sday|nesday|rsday|urday)?s?\b", lower)
    )
    return named or tuple(range(7))


def until(text: str, now: datetime, zone: str) -> datetime | None:
    """The moment until which "2h", "until 7:00", "until Friday" or "tomorrow" lasts; None where the text names none.

    A time of day that has passed is the next day's.
    """
    words = " ".join(text.lower().removeprefix("until").removeprefix("till").split())
    m = _STRETCH.match(words)
    if m:
        return now + min(int(m[1]) * _UNITS[m[2][0]], LONGEST)
    local = now.astimezone(ZoneInfo(zone))
    if words in {"tomorrow", "morning", "tomorrow morning"}:
        return _at(local, 7 * 60, 1)
    named = [day for day in range(7) if words.startswith(WEEK[day])]
    if named:
        return _at(local, 7 * 60, (named[0] - local.weekday() - 1) % 7 + 1)
    try:
        times = minutes_of(words)
    except ValueError:
        return None
    if len(times) != 1 or re.search(r"[a-z]{3,}", words):
        return None
    passed = times[0] <= local.hour * 60 + local.minute
    return _at(local, times[0], int(passed))


def _at(local: datetime, minute: int, days: int) -> datetime:
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, time(minute // 60, minute % 60), local.tzinfo).astimezone(UTC)


def next_due(times: tuple[int, ...], days: tuple[int, ...], after: datetime, zone: str) -> datetime | None:
    """The first moment after `after` that is one of these times of day in the zone, on one of these weekdays.

    A time that a clock change leaves out happens as much later as the clock jumps; one that comes twice counts the
    first time (PEP 495, fold 0).
    """
    if not times or not days:
        return None
    here = ZoneInfo(zone)
    start = after.astimezone(here).date() - timedelta(days=1)
    due = [
        datetime.combine(start + timedelta(days=ahead), time(minute // 60, minute % 60), here).astimezone(UTC)
        for ahead in range(10)
        if (start + timedelta(days=ahead)).weekday() in days
        for minute in times
    ]
    return min((moment for moment in due if moment > after), default=None)
