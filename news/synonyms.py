"""Words that tell the same news, from hand-kept tables: what "talks", "the Kremlin" or "French" may be told by.

The tables are data/synonyms.txt and data/countries.txt. A word of the question stays the first choice; what stands here
counts a little less.
"""

from __future__ import annotations

from functools import cache

from news.lists import entries, sections
from news.stem import stem
from news.terms import terms

SAME = 0.7
"""Weight of a word of the same group of data/synonyms.txt."""

SPELLED = 0.95
"""Weight of another spelling of the same word."""

DEMONYM = 0.8
"""Weight of a country for its people's name, and the other way round."""

SEAT = 0.5
"""Weight of a capital or seat of power for the country, and the other way round."""


@cache
def _table() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for line in entries("synonyms", "words"):
        _tie(found, [word.strip() for word in line.split("|")], SAME)
    for line in entries("synonyms", "spellings"):
        _tie(found, [word.strip() for word in line.split("|")], SPELLED)
    for line in sections("countries").get("", ()):
        names, capitals, demonyms, seats, *_ = [*line.split("|"), "", "", ""]
        people = [*_one_word(names), *_one_word(demonyms)]
        _tie(found, people, DEMONYM)
        for seat in (*_one_word(capitals)[:1], *_one_word(seats)):
            for name in people[:1]:
                _tie(found, [seat, name], SEAT)
    return found


def _one_word(field: str) -> list[str]:
    """The names of a field that are one word, as terms."""
    return [found[0] for name in field.split(",") if len(found := terms(name)) == 1]


def _tie(table: dict[str, dict[str, float]], words: list[str], weight: float) -> None:
    for word in words:
        for other in words:
            if stem(word) != stem(other):
                near = table.setdefault(word, {})
                near[other] = max(near.get(other, 0.0), weight)


@cache
def _by_stem() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for word, others in _table().items():
        near = found.setdefault(stem(word), {})
        for other, weight in others.items():
            near[other] = max(near.get(other, 0.0), weight)
    return found


def near_words(word: str) -> tuple[tuple[str, float], ...]:
    """The words that may stand for a term, with their weight (0 to 1), in a fixed order; inflected forms share them."""
    found = _by_stem().get(stem(word), {})
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0]))[:8])
