"""Slips in the words that questions are built with: "who mett", "tel me about", "waht did". Names are not touched."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from news.lists import entries, section
from news.name_words import COMMON

MOST_WORDS = 16
"""Words of a text that is looked through for slips; a longer one is no question by its form."""
LIST = "question_slips"
SHORTEST = 3
"""Letters of a word that may be a slip; shorter ones are a letter away from anything."""

_FIRST, _ANYWHERE = (
    {written.strip(): meant.strip() for written, _, meant in (line.partition("=") for line in entries(LIST, part))}
    for part in ("first", "anywhere")
)
_WORDS = section(LIST, "words")
_TAIL = re.compile(r"([a-z])\1+$")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def begun(words: str) -> str:
    """The words with a slip in the first one put right: "wo met Putin", "wats new"."""
    first, _, rest = words.partition(" ")
    return f"{_FIRST[first.lower()]} {rest}" if rest and first.lower() in _FIRST else words


def mended(words: str) -> str:
    """The words with those put right that are one slip from a word of the grammar; the same where none is."""
    parts = words.split()
    if len(parts) > MOST_WORDS:
        return words
    return " ".join(_mended(part) for part in parts)


def _mended(part: str) -> str:
    word = part.lower()
    if word in _ANYWHERE:
        return _ANYWHERE[word]
    if not word.isascii() or not _WORD.fullmatch(word) or word in _WORDS:
        return part
    once = _TAIL.sub(r"\1", word)
    if len(word) - len(once) > 1 or (once != word and once in _WORDS):
        return once
    if len(word) < SHORTEST or word in COMMON:
        return part
    close = [own for own in _WORDS if own[0] == word[0] and len(own) >= SHORTEST and OSA.distance(word, own) == 1]
    close.sort(key=lambda own: (sorted(own) != sorted(word), len(own) < len(word), own))
    return close[0] if close else part
