"""Who said what: every direct quotation with its speaker."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from news.article import Span

SpeakerKind = Literal["named", "described", "unknown"]


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
