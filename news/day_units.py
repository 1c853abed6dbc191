"""Days that are counted: "yesterday", "two weeks ago", "last month", "the third quarter", "the day before"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from news.day import Day, interval, month_of, one_day, quarter_of, week_of, year_of
from news.day_patterns import (
    COUNT_LEFT,
    COUNT_RIGHT,
    DAY_BEFORE,
    DURING,
    NEAR,
    NUMBERS,
    ORDINALS,
    QUARTER_FOLLOWS,
    QUARTER_LEFT,
    QUARTER_RIGHT,
    SEASON_RIGHT,
    SEASONS,
    STEP,
    UNIT_LEFT,
    YEAR_EARLIER,
)

if TYPE_CHECKING:
    from news.day_scan import Found, Scan

_THE = re.compile(r"\b[Tt]he\s+$")


def read_near(scan: Scan, start: int, end: int) -> Found | None:
    """The day of "today", "yesterday", "tomorrow"."""
    if scan.now is None or not scan.whole_word(end):
        return None
    return start, end, one_day(scan.now + timedelta(NEAR[scan.text[start:end].lower()]))


def _ago(scan: Scan, unit: str, start: int, end: int) -> Found | None:
    """The day of "three days ago", "a week earlier", "two months later"."""
    right = COUNT_RIGHT.match(scan.text, end)
    left = right and scan.left(COUNT_LEFT, start, 20)
    if not right or not left or scan.now is None:
        return None
    count = left["count"].lower()
    number = NUMBERS[count] if count in NUMBERS else int(count)
    way = right["way"]
    base = scan.now
    if (
        way in {"earlier", "before", "later"} and (said := _counted_from(scan, way, start)) and unit in {"day", "week"}
    ) or (way in {"earlier", "before"} and unit == "year" and (said := scan.last("year", within=80, before=start))):
        base = said.first
    if way == "later":
        kinds = {"day": ("day",), "week": ("day", "week"), "month": ("day", "month")}.get(
            unit, ("day", "month", "year")
        )
        told_before = scan.last(*kinds, before=start)
        if told_before is None:
            return None
        base = told_before.first
    if unit == "year" and number == 1 and (told := scan.quarter_of_context(start)):
        return left.start(), right.end(), quarter_of(told.first.year - 1, (told.first.month + 2) // 3)
    number = number if way == "later" or way.endswith("now") else -number
    return left.start(), right.end(), _moved(base, unit, number)


def _counted_from(scan: Scan, way: str, start: int) -> Day | None:
    """The day that "two days earlier" counts from: the last one told, of those that have come where it looks back."""
    said = scan.last("day", before=start)
    if said is None or way == "later" or scan.now is None or said.first <= scan.now:
        return said
    return scan.last("day", before=start, until=scan.now) or said


def read_unit(scan: Scan, start: int, end: int) -> Found | None:
    """What is counted in weeks, months, years: "two weeks ago", "this month", "the end of the year"."""
    text, now = scan.text, scan.now
    unit = text[start:end].lower()
    if now is None:
        return None
    if found := _ago(scan, unit, start, end):
        return found
    if unit == "year" and (earlier := YEAR_EARLIER.match(text, end)):
        return _year_earlier(scan, earlier, start)
    if not scan.whole_word(end) or (unit == "year" and QUARTER_FOLLOWS.match(text, end)):
        return None
    left = scan.left(UNIT_LEFT, start, 40)
    if left is None:
        return None
    step = left["step"].lower().split()[-1]
    if step in {"past", "last"} and scan.left(DURING, left.start(), 12) and left.group().lower().startswith("the "):
        return None
    day = _stepped(scan, unit, step, left["edge"], start)
    return None if day is None else (left.start(), end, day)


def _stepped(scan: Scan, unit: str, step: str, edge: str | None, start: int) -> Day | None:
    """The day of "last week", "this year", "that day", "the following month", "the end of the year"."""
    assert scan.now is not None
    if step in {"same", "that", "following", "previous", "preceding"} or (step == "next" and unit == "day"):
        said = scan.last("day", "month" if unit != "day" else "day", "year" if unit == "year" else "day", before=start)
        return None if said is None else _moved(said.first, unit, STEP.get(step, 0))
    if unit == "day":
        return None
    if step in {"the", "full", "fiscal"}:
        return _moved(scan.now, unit, 0) if (edge or step != "the") and unit in {"year", "month", "week"} else None
    return _moved(scan.now, unit, STEP.get(step, 0))


def _year_earlier(scan: Scan, earlier: re.Match[str], start: int) -> Found | None:
    assert scan.now is not None
    told = scan.quarter_of_context(start)
    if earlier["ordinal"]:
        return start, earlier.end(), quarter_of(scan.now.year - 1, ORDINALS[earlier["ordinal"]])
    if told is None and earlier["quarter"] == "quarter":
        told = quarter_of(scan.now.year, (scan.now.month + 2) // 3 - 1)
    if told is not None:
        return start, earlier.end(), quarter_of(told.first.year - 1, (told.first.month + 2) // 3)
    return start, earlier.end(), year_of(scan.now.year - 1)


def read_quarter(scan: Scan, start: int, end: int) -> Found | None:
    """The quarter of "the third quarter of 2024", "last quarter"."""
    text, now = scan.text, scan.now
    if text[end : end + 1] not in {"", "s"} and text[end : end + 1].isalnum():
        return None
    left = scan.left(QUARTER_LEFT, start, 40)
    right = QUARTER_RIGHT.match(text, end)
    assert right is not None
    if left is None:
        return _quarter_meant(scan, start, end)
    number = ORDINALS[left["ordinal"].lower()]
    year = left["year"] or right["year"]
    if year and year.isdigit():
        return left.start(), right.end(), quarter_of(int(year), number)
    if now is None:
        return None
    step = left["year"].split()[0].lower() if left["year"] else right["step"]
    if step:
        return scan.of_quarter(left.start(), right.end(), quarter_of(now.year + STEP[step], number))
    if right["ago"]:
        return left.start(), right.end(), quarter_of(now.year - 1, number)
    ahead = number > (now.month + 2) // 3 and scan.future(left.start(), end) is not True
    return scan.of_quarter(left.start(), end, quarter_of(now.year - ahead, number))


def _quarter_meant(scan: Scan, start: int, end: int) -> Found | None:
    """The day of "last quarter", "the quarter" (the one spoken of)."""
    left = scan.left(UNIT_LEFT, start, 40)
    if left is None or scan.now is None:
        return None
    step = left["step"].lower().split()[-1]
    current = quarter_of(scan.now.year, (scan.now.month + 2) // 3)
    if step in {"the", "latest", "same", "that", "fiscal", "full"}:
        told = scan.spoken_of(start, 3000)
        return None if told is None else (left.start(), end, told)
    return left.start(), end, _moved(current.first, "quarter", STEP.get(step, 0))


def read_period(scan: Scan, start: int, end: int) -> Found | None:
    """The day of "the latest period": the quarter spoken of."""
    left = scan.left(UNIT_LEFT, start, 24)
    told = scan.spoken_of(start, 3000)
    return (left.start(), end, told) if left and told and left["step"] in {"latest", "same"} else None


def read_short_quarter(scan: Scan, start: int, end: int) -> Found | None:
    """The quarter of "Q2 2025"."""
    right = QUARTER_RIGHT.match(scan.text, end)
    if right is None or not scan.whole_word(end) or not right["year"]:
        return None
    return start, right.end(), quarter_of(int(right["year"]), int(scan.text[end - 1]))


def read_day(scan: Scan, start: int, end: int) -> Found | None:
    """The day of "the day before", "the day after tomorrow", and all that counts days."""
    text = scan.text
    right = DAY_BEFORE.match(text, end)
    left = right and _THE.search(text, max(scan.upto, start - 5), start)
    if not right or not left or scan.now is None:
        return read_unit(scan, start, end)
    step = 1 if right["way"] == "after" else -1
    if right["near"]:
        return left.start(), right.end(), one_day(scan.now + timedelta(step + NEAR[right["near"]]))
    said = scan.last("day", before=start)
    return None if said is None else (left.start(), right.end(), one_day(said.first + timedelta(step)))


def read_part_of_day(scan: Scan, start: int, end: int) -> Found | None:
    """The day of "last night", "this morning", "the next morning"."""
    left = scan.left(UNIT_LEFT, start, 24)
    if left is None or scan.now is None or not scan.whole_word(end):
        return None
    step = left["step"].lower().split()[-1]
    if step == "this" or (step == "last" and scan.text[start:end].lower() == "night"):
        return left.start(), end, one_day(scan.now - timedelta(step == "last"))
    if step not in {"next", "following", "same", "that"}:
        return None
    said = scan.last("day", before=start)
    return None if said is None else (left.start(), end, one_day(said.first + timedelta(STEP.get(step, 0))))


def read_weekend(scan: Scan, start: int, end: int) -> Found | None:
    """The Saturday and Sunday of "last weekend", "over the weekend"."""
    left = scan.left(UNIT_LEFT, start, 40)
    if left is None or scan.now is None or not scan.whole_word(end):
        return None
    step = left["step"].lower().split()[-1]
    saturday = scan.now + timedelta(5 - scan.now.weekday())
    weeks = STEP.get(step, 0)
    if step in {"the", "past"}:
        weeks = 0 if scan.now.weekday() > 4 or scan.future(start, end) else -1
    return left.start(), end, interval(saturday + timedelta(7 * weeks), saturday + timedelta(7 * weeks + 1))


def read_season(scan: Scan, start: int, end: int) -> Found | None:
    """The day of "last summer", "the spring of 2024": three whole months, of the northern half of the world."""
    month = SEASONS[scan.text[start:end].lower()]
    if not scan.whole_word(end):
        return None
    if said := SEASON_RIGHT.match(scan.text, end):
        return start, said.end(), _season_of(int(said["year"]), month)
    left = scan.left(UNIT_LEFT, start, 40)
    if (
        left is None
        or scan.now is None
        or left["step"].lower().split()[-1] not in {"last", "next", "this", "past", "coming"}
    ):
        return None
    step = left["step"].lower().split()[-1]
    season = _season_of(scan.now.year, month)
    year = scan.now.year
    if step in {"last", "past"} and season.last >= scan.now:
        year -= 1
    elif step in {"next", "coming"} and season.first <= scan.now:
        year += 1
    return left.start(), end, _season_of(year, month)


def _season_of(year: int, month: int) -> Day:
    return interval(date(year, month, 1), month_of(year, month + 2).last)


def _moved(base: date, unit: str, steps: int) -> Day:
    """The day, week, month, quarter, year or decade that lies `steps` from the one of `base`."""
    match unit:
        case "day":
            return one_day(base + timedelta(steps))
        case "week":
            return week_of(base + timedelta(7 * steps))
        case "fortnight":
            return week_of(base + timedelta(14 * steps))
        case "month":
            months = base.year * 12 + base.month - 1 + steps
            return month_of(months // 12, months % 12 + 1)
        case "quarter":
            quarters = base.year * 4 + (base.month - 1) // 3 + steps
            return quarter_of(quarters // 4, quarters % 4 + 1)
        case "decade":
            return year_of(base.year + 10 * steps)
        case _:
            return year_of(base.year + steps)
