"""All that is read out of an article, by one pipeline that gives the same in any process."""

from __future__ import annotations

from msgspec import Struct

from news.article import Span
from news.day import DayMention
from news.meeting import Meeting
from news.person import Name
from news.quote import Quote

RULES = 1
"""Version of the rules; a stored Reading with a lower one is out of date."""


class Reading(Struct, frozen=True):
    """Names, quotes, meetings, days and the briefing of one article; every span counts in `Article.text`."""

    names: tuple[Name, ...] = ()
    quotes: tuple[Quote, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    days: tuple[DayMention, ...] = ()
    brief: tuple[Span, ...] = ()
    rules: int = RULES
