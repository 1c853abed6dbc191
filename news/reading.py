"""All that is read out of an article, by one pipeline that gives the same in any process."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from news.brief import brief
from news.day import DayMention
from news.day_grammar import days
from news.facts import RULES, Quote, Reading
from news.language import language_of
from news.marks import pieces

if TYPE_CHECKING:
    from news.article import Article

__all__ = ["RULES", "DayMention", "Reading", "read"]

_READ = "en"
"""The language whose grammar is known here."""
_BEGIN = 3000
"""Characters of a text whose small words are counted."""
_TELLING = 800
"""Characters of a text in English by which it is known as such; a longer one of no known language is none."""


_SPOKEN = re.compile(r"\S+(?:\s+\S+){2,}|\S{8,}", re.DOTALL)
"""Three words, or eight signs of a script that parts none: less in marks is a title or a word used with distance."""


def read(article: Article) -> Reading:
    """What is read out of the article; the same for the same article, in any process.

    Of a text in another language than English the quotations are told by their marks, without a speaker, and the days
    that are written out in full; rules for English would make nonsense of its names and meetings.
    """
    text = article.text
    if not _is_read(article.language, text):
        return Reading(quotes=_marked(text), days=days(text, None), brief=brief(text, article.title))
    return _read_english(article)


def _is_read(language: str | None, text: str) -> bool:
    """Whether a text is in English, as far as it says or can be told; of one full of its small words it is plain."""
    if not language:
        begin = text[:_BEGIN]
        least = len(begin) // 500
        if begin.count(" the ") > 2 * least > 2 and begin.count(" of ") + begin.count(" and ") > 2 * least:
            return True
        language = language_of(text) or (_READ if len(text) < _TELLING else None)
    return language == _READ


def _read_english(article: Article) -> Reading:
    """What the rules for English read; they take longer to load than to use, and only such articles need them."""
    from news.meeting import meetings  # noqa: PLC0415
    from news.person import names  # noqa: PLC0415
    from news.quote import quotes  # noqa: PLC0415

    text = article.text
    published = article.published.astimezone(UTC).date() if article.published else None
    found = names(text)
    said = quotes(text, found)
    named_days = days(text, published)
    met = meetings(text, found.names, said, named_days, published)
    return Reading(found.names, said, met, named_days, brief(text, article.title, found))


def _marked(text: str) -> tuple[Quote, ...]:
    """The quotations by their marks alone, each without a speaker."""
    found = ((text[piece.start : piece.end], piece) for piece in pieces(text))
    return tuple(Quote(words, piece.start, piece.end) for words, piece in found if _SPOKEN.fullmatch(words))
