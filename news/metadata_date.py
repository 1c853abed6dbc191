"""When an article was published, and how precisely its page says so."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from news.address import day_in
from news.lists import entries
from news.metadata import strings
from news.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from news.article import Precision
    from news.metadata import Metadata

Moment = tuple[datetime, "Precision"]

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[\sT]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(am|pm|a\.m|p\.m)?", re.IGNORECASE)
_MONTHS = {name: number for number, line in enumerate(entries("months", ""), 1) for name in line.split()}
_NAMES = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.|\u00ba)?[\s-]*(?:de\s+|di\s+)?({_NAMES})\.?,?[\s-]*(?:de\s+|del\s+)?(\d{{4}})"
)
_MONTH_FIRST = re.compile(rf"\b({_NAMES})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})")
_YEAR_NAMED = re.compile(rf"\b(\d{{4}})\.?\s*(?:m\.\s*|\. gada\s*)?({_NAMES})\s+(\d{{1,2}})\b")
"""As in Hungarian and Lithuanian: "2025. aprilis 22.", "2025 m. balandzio 22 d."."""
_VIETNAMESE = re.compile(r"\b(\d{1,2}) thang (\d{1,2}),? (?:nam )?(\d{4})\b")
_PUBLISHED_ON = re.compile(r"^.*?\bupdated\b.*?(\b(?:posted|published)\b)")
"""What stands before the day of publication in a line that tells of a change first."""
_YEAR_FIRST = re.compile(r"(\d{4})\s*[\u5e74\ub144/.-]\s*(\d{1,2})\s*[\u6708\uc6d4/.-]\s*(\d{1,2})")
_NUMBERS = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|(?<=[./])\d\d)\b(?![.:/]\d)")
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "og:published_time",
    "parsely-pub-date", "sailthru.date", "publishdate", "publication_date", "pubdate", "published_time",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date",
    "date", "last-modified-date", "bt:pubdate", "cxenseparse:publishtime", "ptime", "originalpublicationdate",
    "rnews:datepublished", "vr:published_time", "iso-8601-publish-date", "creation_date",
)  # fmt: skip
"""Metas that say when an article was published, the commonest first."""
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0}
_EARLIEST, _LATEST = 1990, 2100


def moment(text: str) -> Moment | None:
    """The moment a machine's timestamp names, aware UTC; "day" where it has no time of day. None where it is none."""
    text = text.strip()
    found = _ISO.match(text)
    if found is not None:
        return _from_iso(found)
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, UTC), "minute"
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - mail's dates are rare, its modules slow to load

    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        written = day_written(text)
        return None if written is None else midnight(written)
    return _safe(when if when.tzinfo else when.replace(tzinfo=UTC))


def _from_iso(found: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        when = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=_zone(zone)
        )
    except ValueError:
        return None
    if hour is None or (when.hour == when.minute == when.second == 0):
        return midnight(when.date())
    return _safe(when)


def _zone(text: str | None) -> timezone:
    """The time zone of an ISO timestamp; UTC where it names none."""
    if not text or text.upper() in _ZONES:
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        return UTC
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _safe(when: datetime) -> Moment | None:
    try:
        when = when.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return (when, "minute") if _EARLIEST <= when.year <= _LATEST else None


def midnight(day: date) -> Moment | None:
    """A day as a moment: its midnight in UTC, with precision "day"; None before the web was and after 2100."""
    return (datetime(day.year, day.month, day.day, tzinfo=UTC), "day") if _EARLIEST <= day.year <= _LATEST else None


def day_written(text: str) -> date | None:
    """The first whole date in a line, as people write it in the languages of months.txt; None where there is none."""
    line = fold(text[:400])
    line = _PUBLISHED_ON.sub(r"\1", line)
    for pattern, order in ((_DAY_FIRST, (2, 1, 0)), (_MONTH_FIRST, (2, 0, 1)), (_YEAR_NAMED, (0, 1, 2))):
        found = pattern.search(line)
        if found is not None:
            parts = [found.group(place + 1) for place in order]
            return _day(int(parts[0]), _MONTHS[parts[1]], int(parts[2]))
    vietnamese = _VIETNAMESE.search(line)
    if vietnamese is not None:
        return _day(*map(int, reversed(vietnamese.groups())))
    found = _YEAR_FIRST.search(text[:400])
    if found is not None:
        return _day(*map(int, found.groups()))
    found = _NUMBERS.search(line)
    if found is None:
        return None
    first, mark, second, year = found.groups()
    month_first = int(second) > 12 or (mark == "/" and int(first) <= 12 and "am" in line.split()[-1:])
    return _day(
        int(year) + (2000 if len(year) == 2 else 0),
        int(first if month_first else second),
        int(second if month_first else first),
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def published(
    metadata: Metadata, times: Iterable[str], lines: Iterable[str], captions: Iterable[str], urls: Iterable[str]
) -> Moment | None:
    """When a page was published: by structured data, metas, `<time>`, address, lines of dates, captions, in this order.

    A page that gives a day first and the minute of the same day later has the minute.
    """
    best: Moment | None = None
    for text in _witnesses(metadata, times):
        found = moment(text)
        if found is None:
            continue
        if best is None:
            best = found
        if best[1] == "minute":
            break
        if found[1] == "minute" and abs(found[0] - best[0]) < timedelta(hours=36):
            return found
    if best is not None:
        return best
    days = [day for day in map(day_in, urls) if day is not None]
    days += [day for day in map(day_written, lines) if day is not None]
    days += [day for day in map(day_written, captions) if day is not None]
    return midnight(days[0]) if days else None


def _witnesses(metadata: Metadata, times: Iterable[str]) -> Iterator[str]:
    yield from strings(metadata.article.get("datePublished"))
    yield from metadata.every(*_PUBLISHED)
    yield from strings(metadata.article.get("dateCreated"))
    yield from strings(metadata.article.get("uploadDate"))
    yield from times
    yield from strings(metadata.article.get("dateModified"))
    yield from metadata.every("article:modified_time", "og:updated_time", "datemodified")
