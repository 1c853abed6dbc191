"""A search as a person writes it: words, "phrases", -without, by:site, from:day, to:day. Everything in it is data.

Nothing is handed on as query syntax, so no character has a meaning beyond those above, and none can break anything.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from news.day import parse
from news.errors import DayError
from news.period import period
from news.terms import terms

MAX_SEARCH = 2000
"""Characters that are read of a search; what a person types is far shorter, what is longer was pasted."""

_FILTER = re.compile(
    r"(?<!\S)(by|site|source|from|since|after|to|until|before):\s*(\"[^\"]*\"|“[^”]*”|\S+)", re.IGNORECASE
)
_QUOTED = re.compile(r"(?<!\S)(-?)[\"“„«]([^\"“”„«»]*)[\"”“»]")
_WITHOUT = re.compile(r"(?<!\S)-(?=\w)(\S+)")
_SITE = frozenset({"by", "site", "source"})
_FIRST = frozenset({"from", "since", "after"})


class SearchQuery(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is looked for. `text` are the words as written, phrases included, filters and exclusions not.

    `phrases` stand in an article word for word, `without` nowhere in it; `site` is part of the site's name; `first` and
    `last` are days of publication, both included. `recent` puts newer articles before older ones that match as well.
    """

    text: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    site: str | None = None
    first: date | None = None
    last: date | None = None
    recent: bool = False

    def __bool__(self) -> bool:
        return bool(terms(self.text) or self.site or self.first or self.last)


def parse_search(written: str, today: date) -> SearchQuery:
    """The search that `written` asks for, days seen from `today`.

    Raises:
        DayError: a from: or to: that names no day, or from: lies after to:.
    """
    text = " ".join(written[:MAX_SEARCH].split())
    site: str | None = None
    first: date | None = None
    last: date | None = None
    for found in _FILTER.finditer(text):
        name, value = found[1].lower(), found[2].strip('"“”')
        if name in _SITE:
            site = value or None
        elif name in _FIRST:
            first = _day(name, value, today, start=True)
        else:
            last = _day(name, value, today, start=False)
    if first and last and first > last:
        raise DayError(f"from:{first} lies after to:{last}. Put the earlier day first, as in: from:{last} to:{first}")
    rest = _FILTER.sub(" ", text)
    phrases = tuple(m[2].strip() for m in _QUOTED.finditer(rest) if not m[1] and len(terms(m[2])) > 1)
    without = tuple(m[2].strip() for m in _QUOTED.finditer(rest) if m[1] and terms(m[2]))
    rest = _QUOTED.sub(lambda m: "" if m[1] else m[2], rest)
    without += tuple(m[1] for m in _WITHOUT.finditer(rest) if terms(m[1]))
    return SearchQuery(
        text=" ".join(_WITHOUT.sub(" ", rest).split()),
        phrases=phrases,
        without=without,
        site=site,
        first=first,
        last=last,
    )


def _day(name: str, value: str, today: date, *, start: bool) -> date:
    """The day that a filter names: the first or last one of what it covers."""
    day, rest = _iso(value, start=start), ""
    if day is None:
        stretch, rest = period(value.replace("_", " "), today)
        day = stretch.first if start else stretch.last
    if day is None or rest.strip(" .,"):
        raise DayError(
            f"{name}:{value[:40]} names no day that exists. A day, month or year is accepted: "
            f"{name}:2025-04-25, {name}:2025-04, {name}:yesterday"
        )
    return day


def _iso(value: str, *, start: bool) -> date | None:
    try:
        day = parse(value.upper())
    except DayError:
        return None
    return day.first if start else day.last
