"""One text on its way through the grammar of days: what was read so far, and what stands around a word."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING

from news.day import Day, DayMention
from news.day_tense import is_future
from news.text import sentences

if TYPE_CHECKING:
    import re

    from news.article import Span

Found = tuple[int, int, Day]
"""Where a mention begins and ends, and its day."""

BACK = 420
"""Characters within which "the day before" finds the day it counts from."""


class Scan:
    """Reads one text from left to right; later days may count from earlier ones."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.now = published
        self.found: list[DayMention] = []
        self.upto = 0
        self.quarter: tuple[int, Day] | None = None
        self._sentences: tuple[Span, ...] = ()
        self._starts: list[int] = []

    def left(self, pattern: re.Pattern[str], start: int, width: int = 44) -> re.Match[str] | None:
        """What `pattern` finds to end at `start`, at most `width` characters back and not in an earlier mention."""
        return pattern.search(self.text, max(self.upto, start - width), start)

    def future(self, start: int, end: int) -> bool | None:
        """Whether `text[start:end]` stands under a future verb; see `is_future`."""
        if not self._starts:
            self._sentences = sentences(self.text)
            self._starts = [first for first, _ in self._sentences]
        at = bisect_right(self._starts, start) - 1
        return is_future(self.text, self._sentences[max(0, at)], start, end)

    def whole_word(self, end: int) -> bool:
        """Whether no letter or digit follows."""
        return not self.text[end : end + 1].isalnum()

    def last(self, *precisions: str, within: int = BACK, before: int = 0, until: date | None = None) -> Day | None:
        """The last day read so far with one of the precisions, not further back than `within` characters.

        With `until`, of those that begin by then.
        """
        for mention in reversed(self.found[-8:]):
            if before - mention.end > within:
                return None
            if mention.day.precision in precisions and (until is None or mention.day.first <= until):
                return mention.day
        return None

    def spoken_of(self, start: int, within: int) -> Day | None:
        """The quarter that the text is about, if it was named within so many characters."""
        return self.quarter[1] if self.quarter and start - self.quarter[0] <= within else None

    def quarter_of_context(self, start: int) -> Day | None:
        """The quarter spoken of in the lines before, so that "a year earlier" means that of the year before."""
        return self.spoken_of(start, 900)

    def of_quarter(self, start: int, end: int, quarter: Day) -> Found:
        """The quarter found; one that is at least half over, and not long so, is the one spoken of from here on."""
        if self.now and quarter.first <= self.now - timedelta(45) and quarter.last >= self.now - timedelta(300):
            self.quarter = end, quarter
        return start, end, quarter
