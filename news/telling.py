"""An article as one telling of a story: its rarer words, its names, its days, in a row of numbers.

The title and the beginning of a text count more, because news tells the event first and the background later; words
are weighed by TF-IDF. Rows of many tellings lie one behind the other, so that numpy compares one with all of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from news.lists import entries, section, sections
from news.stem import stem
from news.terms import STOP, raw_terms, terms, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from news.article import Article
    from news.reading import Reading

WORDS = 64
"""Words of a telling, the weightiest ones; more add little and cost time."""

NAMES = 16
"""Words of names of a telling, those of the most mentioned."""

MARKS = 12
"""Words by which a telling is found again: its weightiest."""

MET = 4
"""Days of meetings of a telling; who tells of more is telling a history."""

ROW = np.dtype(
    [
        ("words", "<u4", (WORDS,)),  # hashes, weightiest first, 0 where there are fewer
        ("weights", "u1", (WORDS,)),  # a vector of length 255
        ("title", "<u8"),  # a bit for each word that the title holds
        ("names", "<u4", (NAMES,)),  # hashes, 0 where there are fewer
        ("day", "<i4"),  # the day the text begins with, by its ordinal; 0 for none
        ("met", "<i4", (MET,)),  # days of its meetings, 0 where there are fewer or one is not sure
    ]
)

SKETCH = 128
"""Runs of words that a sketch keeps at most."""

SAMPLED = 8
"""One run of words in so many is kept, by its hash, so that two sketches keep the same ones (Manber, 1994)."""

RUN = 5
"""Words of a run."""

READ = 20_000
"""Characters of a text that are looked at; the longest reports of an agency are shorter."""

BEGINNING, MIDDLE = 100, 300
"""Words that count twice, and words that count at all: what follows is background as a rule."""

DAY_WITHIN = 500
"""Characters of a text in which the day of its event stands: in the first or second sentence as a rule."""

DAYS_AWAY = 10
"""Days between an event and its telling; a day farther off is one of history or of plans."""

SHARP = 1.4
"""Exponent of a word's rarity: what tells one event from others about the same people are its rarest words."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_PRIOR = 300
"""Articles that stand for all of news until the archive has many itself."""

_PRIOR_RARE = 0.0003
_PRIOR_COMMON = 0.02
_PRIOR_PLACE = 0.01
_PRIOR_SMALL = 0.1
"""Share of those that hold a word nobody expects, a common English one, a country, its people or capital, and a small
word of another language."""

Kind = Literal["digest", "aside", "report"]


class Counted(Struct, frozen=True):
    """How often an article says each word, by hash of its stem, those of its title, and the sketch of its text."""

    counts: dict[int, int]
    title: frozenset[int]
    sketch: frozenset[int]


class Telling(Struct, frozen=True):
    """An article as one telling of a story: a row (an array of one ROW), and the sketch of its text."""

    row: NDArray[np.void]
    sketch: frozenset[int]


def counted(article: Article) -> Counted:
    """The words of an article, those of its title and beginning counted more; no stop-words."""
    known = _known_words(article.text[:READ])
    title = [root for _, root in _known_words(article.title) if root]
    counts = Counter([root for _, root in known[:MIDDLE] if root])
    counts.update([root for _, root in known[:BEGINNING] if root])
    for root in title:
        counts[root] += 3
    return Counted(counts, frozenset(title), _sketch([word for word, _ in known]))


def _known_words(text: str) -> list[tuple[int, int]]:
    """For each term of a text its hash, and that of its stem, 0 for one that tells nothing."""
    return [known for raw in raw_terms(text) for known in _known(raw)]


@lru_cache(maxsize=1 << 15)
def _known(raw: str) -> tuple[tuple[int, int], ...]:
    found = terms_of(raw)
    if len(found) > 1:  # of a script without spaces, in which a sign alone says little: pairs of signs
        found = tuple(map("".join, pairwise(found)))
    return tuple((_hash(term), 0 if term in STOP or len(term) < 2 else _hash(stem(term))) for term in found)


def _hash(text: str) -> int:
    return crc32(text.encode())


def telling(counted: Counted, reading: Reading, held: Mapping[int, int], articles: int, told: date | None) -> Telling:
    """The telling that an article of that day is, `held` being how many of all `articles` hold each word."""
    row = np.zeros(1, ROW)
    words = np.fromiter(counted.counts, np.uint32, len(counted.counts))
    said = np.fromiter(counted.counts.values(), np.float64, len(words))
    weights = (1 + np.log(said)) * _rarity(counted.counts, held, articles) ** SHARP
    best = np.lexsort((words, -weights))[:WORDS]
    length = math.sqrt(float((weights[best] ** 2).sum())) or 1.0
    row["words"][0, : len(best)] = words[best]
    row["weights"][0, : len(best)] = np.rint(255 * weights[best] / length)
    row["title"] = sum(1 << bit for bit, word in enumerate(words[best].tolist()) if word in counted.title)
    names = _names(reading, held, articles)
    row["names"][0, : len(names)] = names
    row["day"] = _day(reading, told)
    met = _met(reading)
    row["met"][0, : len(met)] = met
    return Telling(row, counted.sketch)


def _rarity(words: Iterable[int], held: Mapping[int, int], articles: int) -> NDArray[np.float64]:
    """How much each word tells, from 0: more the fewer articles hold it; some words are expected everywhere."""
    expected = _expected()
    holding = [held.get(word, 0) + expected.get(word, _PRIOR * _PRIOR_RARE) for word in words]
    return np.maximum(0.0, np.log((articles + _PRIOR) / (np.array(holding, np.float64) + 0.5)))


@cache
def _expected() -> dict[int, float]:
    """Articles of the prior ones that hold a word, by its hash. Made at first use: a question can do without it."""
    shares = (
        (_PRIOR_SMALL, (word for words in sections("languages").values() for line in words for word in line.split())),
        (_PRIOR_PLACE, terms(" ".join(sections("countries").get("", ())))),
        (_PRIOR_COMMON, (*section("common_words", ""), *DAYS)),
    )
    return {_hash(stem(term)): _PRIOR * share for share, words in shares for word in words for term in terms(word)}


def _names(reading: Reading, held: Mapping[int, int], articles: int) -> list[int]:
    """Words of the names, those that tell most first."""
    named: dict[int, float] = {}
    for name in reading.names:
        weight = math.sqrt(len(name.spans)) * (1.0 if name.kind != "place" else 0.5)
        for _, word in _known_words(name.name):
            if word:
                named[word] = max(weight, named.get(word, 0.0))
    if len(named) <= NAMES:
        return list(named)
    words = list(named)
    told = np.array(list(named.values()), np.float64) * _rarity(words, held, articles)
    return [words[n] for n in np.argsort(-told, kind="stable")[:NAMES].tolist()]


def _day(reading: Reading, told: date | None) -> int:
    """The ordinal of the day that the text begins with, which is that of its event; 0 where it begins with none."""
    for mention in reading.days:
        if mention.start > DAY_WITHIN:
            break
        day = mention.day
        if day.precision == "day" and (told is None or abs((day.first - told).days) <= DAYS_AWAY):
            return day.first.toordinal()
    return 0


def _met(reading: Reading) -> list[int]:
    """Days of its meetings; none where one of them is not sure to the day."""
    days = {meeting.day for meeting in reading.meetings if meeting.day}
    if len(days) > MET or any(day.first != day.last for day in days):
        return []
    return sorted(day.first.toordinal() for day in days)


def touches(counted: Counted, title: str) -> bool:
    """Whether an article says a word of a title, other than those that are expected everywhere."""
    return any(root in counted.counts and root not in _expected() for _, root in _known_words(title) if root)


def marks(telling: Telling) -> list[int]:
    """The words by which a telling is found again, weightiest first."""
    row = telling.row[0]
    return [word for word in row["words"][:MARKS].tolist() if word]


def _sketch(words: Sequence[int]) -> frozenset[int]:
    """Hashes of some runs of the words of a text, the same of any two texts that share them; all where few are."""
    found = np.array([*words, *[0] * (RUN - len(words))], np.uint64)
    runs = np.zeros(len(found) - RUN + 1, np.uint64)
    for place in range(RUN):
        # Multiplying by an odd number and adding keeps the order of words; the upper half is what is mixed well.
        runs = (runs + found[place : place + len(runs)]) * np.uint64(0x9E3779B97F4A7C15)
    runs >>= np.uint64(32)
    sampled = runs[runs % SAMPLED == 0] if len(runs) > 8 * SAMPLED else runs
    return frozenset(np.sort(sampled)[:SKETCH].tolist())


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


_QUOTES = ('"', "“", "‘", "'", "„", "«", "»")
_PARTS = re.compile(r"\s*(?::|\||–|—|·| - |\(|\))\s*")


def kind(title: str) -> Kind:
    """What a title says of its text: a digest of many stories, an aside (opinion, question, quotation) or a report."""
    folded = " ".join(title.replace("’", "'").split()).casefold()
    padded = f" {folded} "
    if any(f" {phrase} " in padded or (phrase[-1] == ":" and phrase in padded) for phrase in _phrases("digest")):
        return "digest"
    if (
        "?" in folded
        or folded.startswith(_QUOTES)
        or any(part in _phrases("aside") for part in _PARTS.split(folded) if part != folded)
    ):
        return "aside"
    return "aside" if any(folded.startswith(f"{phrase} ") for phrase in _phrases("aside beginning")) else "report"


@cache
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(entries("telling_kinds", kind))
