"""Who met whom, where, on which day, and whether it happened."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from news.day import Day

MeetingKind = Literal["meeting", "call", "encounter"]
MeetingStatus = Literal["held", "ongoing", "planned", "cancelled", "denied", "possible"]


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
