"""One event told by several articles: how alike two tellings are, and how alike they must be to be one story.

A telling is a vector of the rarer words of an article (the title and its beginning count more, because news tells the
event first and the background later) with weights by TF-IDF, its names, and a sketch of its runs of words. Everything
here is arithmetic over those; store/stories.py keeps them.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal
from zlib import crc32

from msgspec import Struct

from news.lists import section, sections
from news.stem import stem
from news.terms import STOP, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from news.article import Article
    from news.reading import Reading

WORDS = 64
"""Words of a telling's vector, the weightiest ones; more add little and cost time."""

NAMES = 24
"""Words of names of a telling, those of the most mentioned."""

MARKS = 12
"""Words by which a telling is found again: its weightiest."""

SKETCH = 128
"""Runs of words that a sketch keeps at most."""

SAMPLED = 8
"""One run of words in so many is kept, by its hash, so that two sketches keep the same ones (Manber, 1994)."""

RUN = 5
"""Words of a run."""

READ = 20_000
"""Characters of a text that are looked at; the longest reports of an agency are shorter."""

BEGINNING, MIDDLE = 100, 500
"""Words that count twice, and words that count at all: what follows is background as a rule."""

COPIED = 0.6
"""Share of the shorter sketch from which two texts are one source: a wire text, cut or with a line of the outlet's."""

WINDOW = timedelta(hours=72)
"""How long after its last telling a story may be told on."""

LONGEST_WINDOW = timedelta(days=14)
"""The same, for one that has run for long."""

STRANGERS = 0.6
"""What is left of the likeness of two tellings without a name in common: two events of one kind."""

SHARP = 1.4
"""Exponent of a word's rarity: what tells one event from others about the same people are its rarest words."""

_PRIOR = 300
"""Articles that stand for all of news until the archive has many itself."""

_PRIOR_RARE = 0.0003
_PRIOR_COMMON = 0.02
_PRIOR_PLACE = 0.01
"""Share of those that hold a word nobody expects, a common English one, and a country, its people or capital."""

Reason = Literal["same story", "neighbouring story", "named by the page"]


class Telling(Struct, frozen=True):
    """An article as one telling of a story.

    `weights` are by hash of the word and of length 1; `names` are by folded
    name and of length 1; `days` are the days of its meetings.
    """

    weights: dict[int, float]
    names: dict[int, float]
    sketch: frozenset[int]
    days: tuple[tuple[int, int], ...] = ()


class Story(Struct, frozen=True, kw_only=True):
    """One event. `articles` are ids, first published first; `sources` counts independent texts, from 1.

    `lead` is the telling most like all others; `first_source` the site that told it first; `people` the most named
    ones.
    """

    id: int
    title: str
    first: datetime
    last: datetime
    lead: int
    articles: tuple[int, ...]
    sources: int
    first_source: str | None = None
    people: tuple[str, ...] = ()


class Related(Struct, frozen=True):
    """An article to read next, and why: it tells the same story, a neighbouring one, or the page itself names it."""

    title: str
    url: str | None
    reason: Reason
    article: int | None = None


class Counted(Struct, frozen=True):
    """How often an article says each word, by hash of its stem, and the sketch of its text."""

    counts: dict[int, int]
    sketch: frozenset[int]


def counted(article: Article) -> Counted:
    """The words of an article, those of its title and beginning counted more; no stop-words."""
    found = terms(article.text[:READ])
    counts: dict[int, int] = {}
    for some, weight in ((terms(article.title), 3), (found[:BEGINNING], 2), (found[BEGINNING:MIDDLE], 1)):
        for term in some:
            word = _root(term)
            if word:
                counts[word] = counts.get(word, 0) + weight
    return Counted(counts, sketch(found))


@lru_cache(maxsize=1 << 15)
def _root(term: str) -> int:
    """The hash of a term's stem, 0 for one that tells nothing."""
    return 0 if term in STOP or len(term) < 2 else _hash(stem(term))


def _hash(text: str) -> int:
    return crc32(text.encode())


def rarity(word: int, articles: int, held: int) -> float:
    """How much a word tells, from 0: more the fewer articles hold it; some words are expected everywhere."""
    expected = _PRIOR * _expected().get(word, _PRIOR_RARE)
    return max(0.0, math.log((articles + _PRIOR) / (held + expected + 0.5)))


@cache
def _expected() -> dict[int, float]:
    """Share of all of news that holds a word, by its hash. Made at first use: a question can do without it."""
    places = terms(" ".join(sections("countries").get("", ())))
    found = {_hash(stem(place)): _PRIOR_PLACE for place in places}
    return found | {_hash(stem(word)): _PRIOR_COMMON for word in section("common_words", "")}


def telling(words: Counted, reading: Reading, held: Mapping[int, int], articles: int) -> Telling:
    """The telling that an article is, `held` being how many of all `articles` hold each word."""
    weighed = {
        word: (1 + math.log(n)) * rarity(word, articles, held.get(word, 0)) ** SHARP for word, n in words.counts.items()
    }
    kept = sorted(weighed.items(), key=lambda one: (-one[1], one[0]))[:WORDS]
    named: dict[int, float] = {}
    for name in reading.names:
        weight = math.sqrt(len(name.spans)) * (1.0 if name.kind != "place" else 0.5)
        for word in filter(None, map(_root, terms(name.name))):
            told = weight * rarity(word, articles, held.get(word, 0))
            named[word] = max(told, named.get(word, 0.0))
    names = sorted(named.items(), key=lambda one: (-one[1], one[0]))[:NAMES]
    days = {
        (meeting.day.first.toordinal(), meeting.day.last.toordinal()) for meeting in reading.meetings if meeting.day
    }
    return Telling(_unit(kept), _unit(names), words.sketch, tuple(sorted(days)))


def _unit(weights: Sequence[tuple[int, float]]) -> dict[int, float]:
    length = math.sqrt(sum(weight * weight for _, weight in weights)) or 1.0
    return {word: weight / length for word, weight in weights}


def marks(telling: Telling) -> tuple[int, ...]:
    """The words by which a telling is found again, weightiest first."""
    return tuple(islice(telling.weights, MARKS))


def sketch(found: Sequence[str]) -> frozenset[int]:
    """Hashes of some runs of the terms of a text, the same of any two texts that share them; all where they are few."""
    runs = {_hash(" ".join(found[start : start + RUN])) for start in range(max(1, len(found) - RUN + 1))}
    sampled = {run for run in runs if run % SAMPLED == 0} if len(runs) > 8 * SAMPLED else runs
    return frozenset(sorted(sampled)[:SKETCH])


def copied(one: frozenset[int], other: frozenset[int]) -> float:
    """Share, 0 to 1, of the shorter text's runs of words that the other has as well."""
    common = len(one & other)
    if not common:
        return 0.0
    less, more = sorted((one, other), key=len)
    if len(less) < 3:
        return float(less == more)
    if len(more) > 4 * len(less):
        return 0.0
    sampled = frozenset(run for run in less if run % SAMPLED == 0)
    if len(sampled) >= 3 and len(sampled) < len(less) and all(run % SAMPLED == 0 for run in more):
        return len(sampled & more) / len(sampled)
    return common / len(less)


def likeness(one: Telling, other: Telling) -> float:
    """How alike two tellings are, 0 to 1: words, and names where both have some."""
    words = _cosine(one.weights, other.weights)
    if not one.names or not other.names:
        return words
    names = _cosine(one.names, other.names)
    if not names and min(len(one.names), len(other.names)) >= 3:
        return STRANGERS * words
    return 0.8 * words + 0.2 * names


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def other_meeting(one: Telling, other: Telling) -> bool:
    """Whether both tell of meetings on days that are known, and of none on a day in common."""
    if not one.days or not other.days or any(first != last for first, last in (*one.days, *other.days)):
        return False
    return not set(one.days) & set(other.days)


def window(ran: timedelta, articles: int) -> timedelta:
    """How long after its last telling a story may be told on, which has run for so long with so many articles."""
    if articles < 5 or ran < WINDOW / 2:
        return WINDOW
    return min(LONGEST_WINDOW, WINDOW + ran / 2)


def needed(gap: timedelta) -> float:
    """The likeness that makes one story of two tellings so far apart: the longer, the more."""
    days = abs(gap) / timedelta(days=1)
    return 0.23 + 0.05 * days


def belongs(alike: Iterable[float]) -> float:
    """How well a telling fits a story whose tellings it is so much like: by the best, and the mean of the best five."""
    best = sorted(alike, reverse=True)[:5]
    return 0.6 * best[0] + 0.4 * sum(best) / len(best) if best else 0.0
