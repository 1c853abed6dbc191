"""The days that a text names: "on Friday", "25 April", "late 2023", "the day before", "the third quarter".

What a day says depends on when the article was published and on the tense around it. Rules and their limits follow
TimeML (Saurí et al. 2006, TimeML Annotation Guidelines 1.2.1) as far as `Day` can say it; durations, repetitions and
"recently" give nothing. A bare weekday is the nearest past such day, the day of publication included; it is the next
one only under a future verb.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from news import day_dates, day_units
from news.day import DayMention
from news.day_patterns import ANCHOR, CENTURIES, FEAST_WORDS, MONTH, NEAR, SEASONS, UNITS, WEEKDAYS
from news.day_scan import Found, Scan

if TYPE_CHECKING:
    from datetime import date

_LEAD = re.compile(r"(?:[Oo]n|[Ii]n)\s+")
_Read = Callable[[Scan, int, int], Found | None]


def days(text: str, published: date | None) -> tuple[DayMention, ...]:
    """The days that the text names, in order; without `published` those alone that name their year."""
    scan = Scan(text, published)
    for anchor in ANCHOR.finditer(text):
        start, end = anchor.span()
        if start >= scan.upto and not (start and text[start - 1].isalnum()):
            _look(scan, start, end)
    return tuple(scan.found)


def _look(scan: Scan, start: int, end: int) -> None:
    """Reads the mention around the anchor word, if it is one."""
    try:
        found = _reader(scan.text[start:end])(scan, start, end)
    except (ValueError, OverflowError):  # 31 June, the year 0
        return
    if found is not None:
        first = max(found[0], scan.upto)
        lead = _LEAD.match(scan.text, first)
        scan.found.append(DayMention(lead.end() if lead else first, found[1], found[2]))
        scan.upto = found[1]


def _reader(word: str) -> _Read:
    if word[0].isdigit():
        return day_dates.read_year if word in CENTURIES else day_dates.read_numeric
    return _READERS[word if word in FEAST_WORDS else word.lower() if word.lower() in UNITS else word.capitalize()]


_READERS: dict[str, _Read] = {
    **dict.fromkeys(WEEKDAYS, day_dates.read_weekday),
    **dict.fromkeys(MONTH.split("|"), day_dates.read_month),
    **dict.fromkeys(FEAST_WORDS, day_dates.read_feast),
    **dict.fromkeys(NEAR, day_units.read_near),
    **dict.fromkeys(SEASONS, day_units.read_season),
    **dict.fromkeys(("morning", "afternoon", "evening", "night"), day_units.read_part_of_day),
    **dict.fromkeys(("week", "month", "year", "decade"), day_units.read_unit),
    **dict.fromkeys(("Q1", "Q2", "Q3", "Q4"), day_units.read_short_quarter),
    "fortnight": day_units.read_unit,
    "nineteen": day_dates.read_year_in_words,
    "quarter": day_units.read_quarter,
    "period": day_units.read_period,
    "weekend": day_units.read_weekend,
    "day": day_units.read_day,
}
