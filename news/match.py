"""How well an article answers a search: a score from 0 to 100 whose low end means "nothing found".

The share of the search that an article holds, each word by its rarity, decides; that it stands in the title, in order
and complete, decides between those that hold it all. The parts and their weights were found by coordinate ascent on
eight kinds of search over generated archives (bench/search.py).
"""

from __future__ import annotations

import math
from array import array
from operator import mul
from typing import TYPE_CHECKING

from msgspec import Struct
from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 40.0
"""Score from which an article is an answer; below it stands what is merely nearest."""


MOST_OF = 0.55
"""Share of two or more words that an article must hold to be an answer, far-off corrections counting for less."""

IN_ORDER, ALIKE = 0.6, 0.7
"""Likeness to a title, 0 to 1, that chance brings about: rapidfuzz's partial_ratio, its token_set_ratio."""

CLOSELY = 8
"""Candidates whose beginning and names are looked at as well, the best by title and rarity."""


class Search(Struct, frozen=True):
    """What articles are held against: the words, and the search as written and as corrected, in terms.

    `rarities` say how much each word tells; `stems` are those that stand for a word: its place, and their weight.
    """

    rarities: tuple[float, ...]
    stems: dict[int, tuple[tuple[int, float], ...]]
    written: str
    corrected: str

    @property
    def rarity(self) -> float:
        """That of all words together."""
        return sum(self.rarities) or 1.0


class Candidate(Struct, frozen=True):
    """An article that may answer.

    `title` is in terms without stop-words, `titled` their stems, `leading` those of its beginning and names. `held` is,
    by word of the search, the best weight with which the article holds it; `weight` the sum of its BM25 weights, as a
    share of the rarity of the whole search.
    """

    article: int
    title: str
    titled: array[int]
    leading: array[int]
    held: list[float]
    weight: float


class Match(Struct, frozen=True):
    """An article that answers, with its score (0 to 100) and, by word of the search, whether it holds it."""

    article: int
    score: float
    held: tuple[bool, ...]


def best(search: Search, candidates: Sequence[Candidate]) -> list[Match]:
    """The candidates with their scores, best first; of equal ones that of the lower id."""
    rarity = sum(search.rarities) or 1.0
    stems = frozenset(search.stems)
    found = []
    for candidate in candidates:
        here = stems.intersection(candidate.titled)
        body = sum(map(mul, search.rarities, candidate.held)) / rarity
        strength = min(1.2, candidate.weight / 0.6) + 0.8 * body + 0.1 * (0.0 not in candidate.held)
        if here:
            strength += _titled(search, candidate.title, here)
        found.append((_score(strength, body, candidate.held), strength, body, here, candidate))
    found.sort(key=lambda one: (-one[0], one[4].article))
    scored = [(score, one) for score, _, _, _, one in found[CLOSELY:]]
    for _, strength, body, here, one in found[:CLOSELY]:
        share = _covered(search, here.union(stems.intersection(one.leading)))[0] / rarity
        scored.append((_score(strength + 0.2 * share, body, one.held), one))
    scored.sort(key=lambda one: (-one[0], one[1].article))
    return [Match(one.article, score, tuple([held > 0 for held in one.held])) for score, one in scored]


def _covered(search: Search, stems: frozenset[int]) -> tuple[float, int]:
    """The rarity of the words of the search among `stems`, and how many they are."""
    weights: dict[int, float] = {}
    for stem in stems:
        for place, weight in search.stems[stem]:
            weights[place] = max(weight, weights.get(place, 0.0))
    return sum([search.rarities[place] * weight for place, weight in weights.items()]), len(weights)


def _titled(search: Search, title: str, here: frozenset[int]) -> float:
    """What a title adds that holds these stems of the search: in order, all alike, whole."""
    size = title.count(" ") + 1
    share, count = _covered(search, here)
    strength = 0.0
    if share:
        order = fuzz.partial_ratio(search.corrected, title, score_cutoff=100 * IN_ORDER)
        if search.written != search.corrected:
            order = max(order, fuzz.partial_ratio(search.written, title, score_cutoff=100 * IN_ORDER))
        alike = fuzz.token_set_ratio(search.corrected, title, score_cutoff=100 * ALIKE)
        strength += 0.5 * max(0.0, alike / 100 - ALIKE)
        strength += 2.0 * max(0.0, order / 100 - IN_ORDER) * min(1.0, size / 3)
    if count == len(search.rarities):
        strength += 0.25 + 0.1 * count / size
    return strength


def _score(strength: float, body: float, held: Sequence[float]) -> float:
    # A word that is missing cannot be made up for by others: the share held bounds the score.
    score = 100 * (1 - math.exp(-1.2 * strength * body))
    if len(held) > 1 and sum(held) < MOST_OF * len(held):
        score = min(score, LINE - 1)  # near, but no answer
    return round(score, 2)
