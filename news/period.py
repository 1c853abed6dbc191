"""The stretch of time a question is about, taken out of its words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct
from rapidfuzz.distance import OSA

from news.day import Day
from news.day_grammar import days
from news.name_words import COMMON

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    *("december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_CALENDAR = re.compile(rf"\b({'|'.join((*MONTHS, *WEEKDAYS))})\b", re.IGNORECASE)
_MAY = re.compile(
    r"(?:\b(?:in|on|of|since|until|till|by|last|this|next|from|to|during|before|after|early|late|mid)\s+|\d\s*)$",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:(?:in|over|during|within|for)\s+)?(?:the\s+)?(?:last|past)\s+(\d{1,4})\s*(hours?|h|days?|d|weeks?|w|months?|years?)\b"
    r"|(?<![\w.,-])(\d{1,4})\s?(h|d|w)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:^|(?<=\s))(?P<word>since|after|from|until|till|before|up to|between|on|in|at|during|for|over|of|by"
    r"|by the end of|within|and)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?:in|over|during|within|of|from)\s+)?(?:the\s+)?(?P<which>this|last|past|current|previous|coming|next)"
    r"\s+(?P<unit>week|month|year|weekend)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 40
"""Words of a text that is looked through for slips in the names of times."""
_NAMES_OF_DAYS = ("yesterday", "tomorrow", "today")
_LONG = tuple(month for month in MONTHS if len(month) > 4)
_UNITS = ("week", "month", "year", "weekend")
_AFTER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("last", "past", "next", "this", "previous", "coming", "current"), (*_UNITS, *WEEKDAYS, *_LONG)),
    **dict.fromkeys(("on", "since", "until", "till", "before", "after", "from", "in", "of"), (*WEEKDAYS, *_LONG)),
}
"""Names of times that may stand behind a word."""
_YEAR = re.compile(r"\b[12]\d{3}\b")
_STRETCH = re.compile(r"\b(?:to|and|until|till|through)\b|[-\u2013\u2014]", re.IGNORECASE)
"""What joins the ends of a stretch that is read as one: "1 to 15 May", "May 1 to May 15, 2025"."""
_PART = re.compile(
    r"\s(?:(?:in|at|during|over)\s+)?(?:the\s+)?(?:(?P<half>first|second)\s+half|beginning|start|middle|end)\s+of\s+$",
    re.IGNORECASE,
)
"""What tells a part of the time that follows; a half alone has ends of its own."""
_UNIT_DAYS = {"h": 1, "d": 1, "w": 7, "m": 30, "y": 365}


class Period(Struct, frozen=True):
    """Days a question asks about, both ends included, None leaving one open; `words` is how it was said."""

    first: date | None = None
    last: date | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


def period(text: str, today: date) -> tuple[Period, str]:
    """The period that `text` names, seen from `today`, and the text without it; an empty Period where it names none.

    Slips in it are put right: "last wek", "on tuesdayy", "yesteday".
    """
    mended = _mended(text)
    if mended != text:
        stretch, rest = _period(mended, today)
        if stretch:
            return stretch, rest
    return _period(text, today)


def _mended(text: str) -> str:
    """The text with slips in the names of times put right, by the word before them."""
    words = text.split(" ")
    if len(words) > _MOST_WORDS:
        return text
    before = ""
    for place, word in enumerate(words):
        bare = word.lower().strip(".,;:?!")
        meant = _NAMES_OF_DAYS + _AFTER.get(before, ())
        if len(bare) > 2 and bare not in meant and bare not in COMMON:
            near = [name for name in meant if name[0] == bare[0] and OSA.distance(name, bare) <= 1 + (len(name) > 7)]
            words[place] = near[0] if near else word
        before = bare
    return " ".join(words)


def _period(text: str, today: date) -> tuple[Period, str]:
    for read in (_counted, _named, _said):
        found = read(text, today)
        if found:
            stretch, start, end = found
            rest = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
            return stretch, rest
    return Period(), text


def _counted(text: str, today: date) -> tuple[Period, int, int] | None:
    """The stretch of "the last 7 days", "24h", "past 3 weeks"."""
    m = _AGO.search(text)
    if not m:
        return None
    count, unit = int(m[1] or m[3]), (m[2] or m[4])[0].lower()
    span = (count + 23) // 24 if unit == "h" else count * _UNIT_DAYS[unit]
    try:
        first = today - timedelta(days=min(span, 36500))
    except OverflowError:
        return None
    return Period(first, today, m[0].strip()), m.start(), m.end()


def _named(text: str, today: date) -> tuple[Period, int, int] | None:
    """The stretch of "this week", "last month", "this year": calendar units, the running one up to its end."""
    m = _NAMED.search(text)
    if not m:
        return None
    back = {"this": 0, "current": 0, "coming": 1, "next": 1}.get(m["which"].lower(), -1)
    unit = m["unit"].lower()
    if not 2 <= today.year <= 9998:
        return None
    if unit == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=back)
        last = first + timedelta(days=6)
    elif unit == "weekend":
        first = today - timedelta(days=today.weekday()) + timedelta(days=5, weeks=back)
        last = first + timedelta(days=1)
    elif unit == "month":
        months = today.year * 12 + today.month - 1 + back
        first = date(months // 12, months % 12 + 1, 1)
        last = date((months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(days=1)
    else:
        first, last = date(today.year + back, 1, 1), date(today.year + back, 12, 31)
    return Period(first, last, m[0].strip()), m.start(), m.end()


def _said(text: str, today: date) -> tuple[Period, int, int] | None:
    """Days as an article would name them, in any case of letters, with since, until, before and after."""
    proper = _capitals(text)
    found = list(days(proper, today))
    if not found:
        return None
    first_mention, last_mention = found[0], found[-1]
    lead = _LEAD.search(proper, 0, first_mention.start)
    word = lead["word"].lower() if lead else ""
    start = lead.start() if lead else first_mention.start
    one = first_mention.day
    whole = (
        word == "from"
        and one.precision == "interval"
        and _STRETCH.search(proper, first_mention.start, first_mention.end)
    )
    if word in {"since", "after", "from"} and len(found) == 1 and not whole:
        after = one.last + timedelta(days=1) if word == "after" else one.first
        return Period(after, None, proper[start : first_mention.end]), start, first_mention.end
    if word in {"until", "till", "before", "up to"}:
        end = one.first - timedelta(days=1) if word == "before" else one.last
        return Period(None, end, proper[start : first_mention.end]), start, first_mention.end
    between = proper[first_mention.end : last_mention.start]
    if len(found) > 1 and re.fullmatch(r"\s*(?:to|and|until|till|[-–—])\s*(?:the\s+)?", between):
        lead_end = re.search(r"\bbetween\s+$", proper[:start] + proper[start : first_mention.start])
        start = min(start, lead_end.start()) if lead_end else start
        ends = proper[first_mention.start : first_mention.end], proper[last_mention.start : last_mention.end]
        both = _spread(_of_that_year(one, *ends, last_mention.day, today), last_mention.day)
        return Period(both.first, both.last, proper[start : last_mention.end]), start, last_mention.end
    if part := _PART.search(proper, 0, first_mention.start):
        start, one = part.start() + 1, _half(one, part["half"])
    return Period(one.first, one.last, proper[start : first_mention.end]), start, first_mention.end


def _half(whole: Day, which: str | None) -> Day:
    """The first or second half of a month, a year or any other stretch; the whole where neither is asked for."""
    if not which:
        return whole
    middle = whole.first + (whole.last - whole.first) // 2
    if whole.precision == "month":
        middle = whole.first.replace(day=15)
    elif whole.precision == "year":
        middle = whole.first.replace(month=6, day=30)
    if which.lower() == "first":
        return Day(whole.first, middle, "interval")
    return Day(min(middle + timedelta(days=1), whole.last), whole.last, "interval")


def _of_that_year(one: Day, words: str, last_words: str, last: Day, today: date) -> Day:
    """The first end of a stretch in the year that its last end names: "1 May to 15 May 2025".

    "November to March 2025" began a year before.
    """
    year = _YEAR.search(last_words)
    if not year or _YEAR.search(words):
        return one
    for back in (0, 1):
        dated = f"{words} {int(year[0]) - back}"
        told = list(days(dated, today))
        if len(told) == 1 and (told[0].start, told[0].end) == (0, len(dated)) and told[0].day.first <= last.last:
            return told[0].day
    return one


def _spread(a: Day, b: Day) -> Day:
    return Day(min(a.first, b.first), max(a.last, b.last), "interval")


def _capitals(text: str) -> str:
    """The text with months and weekdays written large, of equal length; "may" only where it is surely the month."""

    def large(m: re.Match[str]) -> str:
        word = m[0]
        if word.lower() in {"may", "mar", "march", "sun", "sat", "dec", "jan"} and word[0].islower():
            follows_number = re.match(r"\s+\d", text[m.end() :])
            if not (_MAY.search(text[: m.start()]) or follows_number):
                return word
        return word.capitalize()

    return _CALENDAR.sub(large, text)
