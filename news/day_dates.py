"""Weekdays, dates, months and years, in words and in digits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from news.day import interval, month_of, one_day, quarter_of, week_of, year_of
from news.day_patterns import (
    ALSO_NAMES,
    ALSO_WORDS,
    ATTACKS,
    DAY_LEFT,
    DAY_RIGHT,
    EVERY,
    FEAST,
    FEASTS,
    FISCAL,
    IN,
    ISO,
    MONTH_AFTER,
    MONTH_LEFT,
    MONTHS,
    NAME_AFTER,
    NAME_BEFORE,
    NO_YEAR_LEFT,
    NO_YEAR_RIGHT,
    NUMBERS,
    NUMERIC,
    OF_QUARTER,
    QUARTER_FOLLOWS,
    STEP,
    WEEK_OF,
    WEEKDAY_BEFORE,
    WEEKDAY_LEFT,
    WEEKDAY_RIGHT,
    WEEKDAYS,
    YEAR_IN_WORDS,
    YEAR_RIGHT,
    YEAR_SAID,
)

if TYPE_CHECKING:
    import re

    from news.article import Span
    from news.day_scan import Found, Scan

_LATELY, _SOON = 60, 45
"""Days: a yearless date that lies further back than the one is no future, further ahead than the other no past."""


def read_weekday(scan: Scan, start: int, end: int) -> Found | None:
    """The day of "Friday", "next Tuesday", "Monday of last week", "late Thursday"."""
    text, now = scan.text, scan.now
    if now is None or not scan.whole_word(end) or MONTH_AFTER.match(text, end):
        return None
    if scan.left(EVERY, start, 16):
        return None
    left = scan.left(WEEKDAY_LEFT, start)
    right = WEEKDAY_RIGHT.match(text, end)
    assert right is not None
    first = left.start() if left else start
    at = WEEKDAYS[text[start:end].capitalize()]
    if right["week"]:
        monday = now - timedelta(now.weekday()) + timedelta(7 * STEP[right["week"]])
        return first, right.end(), one_day(monday + timedelta(at))
    step = left["step"].lower().split()[-1] if left and left["step"] else None
    ahead = _days_ahead(scan, (at - now.weekday()) % 7, step, start, right.end())
    return first, right.end(), one_day(now + timedelta(ahead))


def _days_ahead(scan: Scan, ahead: int, step: str | None, start: int, end: int) -> int:
    """Days from publication, -7 to 7, `ahead` (0 to 6) being those to the next such weekday."""
    if step in {"last", "past", "previous"}:
        return ahead - 7
    if step in {"next", "coming", "following"}:
        return ahead or 7
    if ahead == 0:
        return 0
    future = scan.future(start, end)
    if step == "this":
        future = future is not False
    return ahead if future else ahead - 7


def read_month(scan: Scan, start: int, end: int) -> Found | None:
    """The day or month of "April 25", "3 to 5 May 2025", "late April", "May last year"."""
    text = scan.text
    name = text[start:end]
    if not scan.whole_word(end):
        return None
    month = MONTHS[name[:3].capitalize()]
    if text[end : end + 1] == "." and len(name) < 5 and name not in {"May", "June", "July"}:
        end += 1
    right = DAY_RIGHT.match(text, end)
    left = None if right else scan.left(DAY_LEFT, start, 60)
    if right and 1 <= int(right["one"]) <= 31:
        return _month_day(scan, month, start, right)
    if left and 1 <= int(left["two"]) <= 31:
        return _day_month(scan, month, left, end)
    if year := YEAR_RIGHT.match(text, end):
        edge = scan.left(MONTH_LEFT, start)
        return (edge.start() if edge else start), year.end(), month_of(int(year["year"]), month)
    return _bare_month(scan, month, start, end)


def _month_day(scan: Scan, month: int, start: int, right: re.Match[str]) -> Found | None:
    """The day of "April 25", "April 25, 2025", "April 25-27", "April 28 to May 3"."""
    before = scan.left(WEEKDAY_BEFORE, start)
    first = before.start() if before else start
    if (month, right["one"], right["year"]) == (9, "11", None) and ATTACKS.match(scan.text, right.end("one")):
        return first, right.end("one"), one_day(date(2001, 9, 11))
    year = _year_for(scan, month, int(right["one"]), right["year"], (first, right.end()))
    if year is None:
        return None
    day = date(year, month, int(right["one"]))
    if week := scan.left(WEEK_OF, first):
        return week.start(), right.end(), week_of(day)
    if right["two"] is None and right["year"] is None and (step := YEAR_SAID.match(scan.text, right.end())):
        return first, step.end(), one_day(day)
    if right["two"] is None or (right["month"] is None and int(right["two"]) <= day.day):
        return first, right.end() if right["two"] is None else right.end("one"), one_day(day)
    other = MONTHS[right["month"][:3]] if right["month"] else month
    return first, right.end(), interval(day, date(year + (other < month), other, int(right["two"])))


def _day_month(scan: Scan, month: int, left: re.Match[str], end: int) -> Found | None:
    """The day of "25 April", "25th of April 2025", "3 to 5 May"."""
    before = scan.left(WEEKDAY_BEFORE, left.start("one") if left["one"] else left.start())
    first = before.start() if before else left.start()
    said = YEAR_RIGHT.match(scan.text, end)
    end = said.end() if said else end
    year = _year_for(scan, month, int(left["two"]), said["year"] if said else None, (first, end))
    if year is None:
        return None
    day = date(year, month, int(left["two"]))
    if left["one"] and 1 <= int(left["one"]) < day.day:
        return first, end, interval(day.replace(day=int(left["one"])), day)
    return first, end, one_day(day)


def _year_for(scan: Scan, month: int, day: int, said: str | None, span: Span) -> int | None:
    """The year that a day and month without one belong to: the nearest that its tense allows."""
    if said:
        return int(said)
    if scan.now is None:
        return None
    now = scan.now
    if step := YEAR_SAID.match(scan.text, span[1]):
        return now.year + STEP[step["step"]]
    years = [y for y in (now.year - 1, now.year, now.year + 1) if 1 <= y <= 9999 and day <= month_of(y, month).last.day]
    ahead = {y: (date(y, month, day) - now).days for y in years}
    if not ahead:
        return None
    future = scan.future(*span)
    if future:
        return min(ahead, key=lambda y: (ahead[y] < -_LATELY, abs(ahead[y])))
    if future is False:
        return min(ahead, key=lambda y: (ahead[y] > _SOON, abs(ahead[y])))
    return min(ahead, key=lambda y: abs(ahead[y]))


def _bare_month(scan: Scan, month: int, start: int, end: int) -> Found | None:
    text, now = scan.text, scan.now
    name = text[start:end].rstrip(".")
    led = scan.left(IN, start, 10)
    if now is None or (not led and (name in ALSO_WORDS or NAME_BEFORE.search(text, max(0, start - 20), start))):
        return None
    if name.isupper() or (name in ALSO_NAMES and not led and NAME_AFTER.match(text, end)):
        return None
    if name in ALSO_WORDS and not text[start].isupper():
        return None
    left = scan.left(MONTH_LEFT, start)
    first = left.start() if left else start
    if said := YEAR_SAID.match(text, end):
        return first, said.end(), month_of(now.year + STEP[said["step"]], month)
    step = left["step"].lower().split()[-1] if left and left["step"] else None
    until = led is not None and led.group().strip().lower() in {"by", "until", "till", "through"}
    return (
        first,
        end,
        month_of(now.year + _years_ahead(scan, month - now.month, step, start, end, until=until), month),
    )


def _years_ahead(scan: Scan, months: int, step: str | None, start: int, end: int, *, until: bool) -> int:
    """Years, -1 to 1, between now and the month that stands `months` (-11 to 11) from now within the year."""
    if step in {"last", "past"}:
        return -1 if months >= 0 else 0
    if step in {"next", "coming"}:
        return 1 if months <= 0 else 0
    if step == "this":
        return 0
    future = until or scan.future(start, end)
    if future:
        return 1 if months < -2 else 0
    return -1 if months > (0 if future is False else 1) else 0


def read_year(scan: Scan, start: int, end: int) -> Found | None:
    """The year, or the day of an ISO date."""
    text = scan.text
    if iso := ISO.match(text, start):
        return start, iso.end(), one_day(date(int(iso["year"]), int(iso["month"]), int(iso["day"])))
    end = start + 4
    written = text[start:end]
    if len(written) < 4 or not (written.isascii() and written.isdigit()) or not scan.whole_word(end):
        return None
    if NO_YEAR_LEFT.search(text, max(0, start - 12), start) or NO_YEAR_RIGHT.match(text, end):
        return None
    year = int(written)
    if QUARTER_FOLLOWS.match(text, end):
        return None
    if (of := OF_QUARTER.match(text, end)) and (told := scan.spoken_of(start, 3000)):
        return start, of.end(), quarter_of(year, (told.first.month + 2) // 3)
    if year < 1900 and not scan.left(IN, start, 10):
        return None
    if year > (scan.now.year + 60 if scan.now else 2100):
        return None
    left = scan.left(FISCAL, start)
    return (left.start() if left else start), end, year_of(year)


def read_year_in_words(scan: Scan, start: int, end: int) -> Found | None:
    """The year of "nineteen ninety-six", as broadcasts are written down."""
    said = YEAR_IN_WORDS.match(scan.text, end)
    if said is None:
        return None
    year = 1900 + NUMBERS.get(said["tens"].lower(), 0) + (NUMBERS[said["ones"].lower()] if said["ones"] else 0)
    return start, said.end(), year_of(year)


def read_numeric(scan: Scan, start: int, _end: int) -> Found | None:
    """The day of "25.04.2025" and "4/25/2025"."""
    found = NUMERIC.match(scan.text, start)
    if found is None or (start and scan.text[start - 1] in "./-$£€"):
        return None
    year = int(found["year"])
    if year < 100:
        if found["mark"] != "/":
            return None
        year += 2000 if year < 70 else 1900
    one, two = int(found["a"]), int(found["b"])
    month_first = found["mark"] == "/" and one <= 12
    month, day = (one, two) if month_first else (two, one)
    return start, found.end(), one_day(date(year, month, day))


def read_feast(scan: Scan, start: int, _end: int) -> Found | None:
    """The day of "Christmas Eve", "Thanksgiving", "New Year's Day 2024"."""
    found = FEAST.match(scan.text, start)
    if found is None:
        return None
    name = " ".join(found["name"].lower().replace("\u2019", "'").split())
    month, day = FEASTS.get(name, (11, 25))
    year = _year_for(scan, month, day, found["year"], found.span())
    if year is None:
        return None
    if name in FEASTS:
        return start, found.end(), one_day(date(year, month, day))
    first = date(year, 11, 1)  # Thanksgiving: the fourth Thursday of November (5 U.S.C. 6103)
    return start, found.end(), one_day(first + timedelta((3 - first.weekday()) % 7 + 21))
