"""What can be read out of an article, as it is kept: names, quotes, meetings, and the Reading that holds them.

These stand apart from what finds them, so that whoever only looks at what is kept need not load the rules of reading.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from news.article import Span
from news.day import Day, DayMention

RULES = 2
"""Version of the rules; a stored Reading with a lower one is out of date."""

NameKind = Literal["person", "organisation", "place"]
Gender = Literal["m", "f"]
SpeakerKind = Literal["named", "described", "unknown"]
MeetingKind = Literal["meeting", "call", "encounter"]
MeetingStatus = Literal["held", "ongoing", "planned", "cancelled", "denied", "possible"]


class Name(Struct, frozen=True):
    """One person, organisation or place of an article, under the fullest form the article prints, without titles.

    `spans` are its mentions as written, in order; `role` is the role as printed ("foreign policy adviser"), of people.
    """

    name: str
    kind: NameKind
    spans: tuple[Span, ...]
    role: str | None = None
    gender: Gender | None = None
    same: str | None = None
    """Another name of the article that it says is the same person's: of "Robert Prevost" "Leo XIV"."""


class Quote(Struct, frozen=True):
    """Words someone said, verbatim: `text[start:end] == words`, without the marks.

    `speaker` is the full name where `speaker_kind` is "named", the description ("a spokesman") where it is "described",
    None where it is unknown; `said_as` is where the text names, describes or stands in for the speaker.
    """

    words: str
    start: int
    end: int
    speaker: str | None = None
    speaker_kind: SpeakerKind = "unknown"
    said_as: Span | None = None


class Meeting(Struct, frozen=True):
    """One encounter as one article tells it; `text[start:end] == sentence` proves it."""

    people: tuple[str, ...]
    organisations: tuple[str, ...]
    delegation: tuple[str, ...]
    day: Day | None
    place: str | None
    kind: MeetingKind
    status: MeetingStatus
    sentence: str
    start: int
    end: int


class Reading(Struct, frozen=True):
    """Names, quotes, meetings, days and the briefing of one article; every span counts in `Article.text`."""

    names: tuple[Name, ...] = ()
    quotes: tuple[Quote, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    days: tuple[DayMention, ...] = ()
    brief: tuple[Span, ...] = ()
    rules: int = RULES
