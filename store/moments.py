"""Moments as whole numbers, days as ISO texts: what the database holds instead of datetimes, and exactly as precise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from news.day import Day, DayPrecision

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
SECOND = 1_000_000
"""Ticks of a second."""


def ticks(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment.

    Raises: TypeError for a naive one, which would mean another moment on another machine.
    """
    return (moment - EPOCH) // _TICK


def ticks_or_none(moment: datetime | None) -> int | None:
    """Microseconds since 1970, None for None."""
    return None if moment is None else ticks(moment)


def moment(number: int) -> datetime:
    """The aware moment in UTC, microseconds after 1970."""
    return EPOCH + number * _TICK


def moment_or_none(number: int | None) -> datetime | None:
    """The aware moment in UTC, None for None."""
    return None if number is None else moment(number)


def span(seconds: float) -> int:
    """Ticks of a stretch of time given in seconds."""
    return round(seconds * SECOND)


def day_row(day: Day | None) -> tuple[str | None, str | None, str | None]:
    """First day, last day (ISO 8601) and precision, three times None for no day."""
    return (None, None, None) if day is None else (day.first.isoformat(), day.last.isoformat(), day.precision)


def row_day(first: str | None, last: str | None, precision: DayPrecision | None) -> Day | None:
    """The day that `day_row` was made of."""
    if first is None or last is None or precision is None:
        return None
    return Day(date.fromisoformat(first), date.fromisoformat(last), precision)
