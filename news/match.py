"""How well an article answers a search: a score from 0 to 100 whose low end means "nothing found".

The share of the search that an article holds, each word by its rarity, decides; that it stands in the title, in order
and complete, decides between those that hold it all. The parts and their weights were found by coordinate ascent on
eight kinds of search over generated archives (bench/search.py).
"""

from __future__ import annotations

import math
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz

from news.stem import stem
from news.terms import STOP, terms

LINE = 40.0
"""Score from which an article is an answer; below it stands what is merely nearest."""


class Sought(Struct, frozen=True):
    """One word of a search: how much it tells (its rarity), and the stems that stand for it with their weight."""

    rarity: float
    stems: dict[str, float]


class Search(Struct, frozen=True):
    """What articles are held against: the words, and the search as written and as corrected, in terms."""

    words: tuple[Sought, ...]
    written: str
    corrected: str

    @property
    def rarity(self) -> float:
        """Rarity of all words together."""
        return sum(word.rarity for word in self.words) or 1.0


class Candidate(Struct, frozen=True):
    """An article that may answer.

    `held` is, by word of the search, the best weight with which the article holds it; `weight` the sum of its BM25
    weights, as a share of the rarity of the whole search.
    """

    article: int
    title: str
    lead: str
    names: str
    held: tuple[float, ...]
    weight: float


class Match(Struct, frozen=True):
    """An article that answers, with its score (0 to 100) and, by word of the search, whether it holds it."""

    article: int
    score: float
    held: tuple[bool, ...]


@lru_cache(maxsize=4096)
def _plain(title: str) -> tuple[str, frozenset[str], int]:
    """A title in terms without stop-words, their stems, and how many there are."""
    found = [term for term in terms(title) if term not in STOP]
    return " ".join(found), frozenset(map(stem, found)), len(found)


def _covered(search: Search, stems: frozenset[str]) -> tuple[float, float, int]:
    """Share of the search among `stems`, the least weight of any of its words there, and how many are there."""
    share, least, count = 0.0, 1.0, 0
    for word in search.words:
        best = max((weight for root, weight in word.stems.items() if root in stems), default=0.0)
        share += word.rarity * best
        least = min(least, best)
        count += best > 0
    return share / search.rarity, least, count


def match(search: Search, candidate: Candidate) -> Match:
    """The article with its score."""
    title, stems, size = _plain(candidate.title)
    share, least, count = _covered(search, stems)
    body = sum(word.rarity * held for word, held in zip(search.words, candidate.held, strict=True)) / search.rarity
    alike = in_order = 0.0
    if share:
        alike = max(0.0, fuzz.token_set_ratio(search.corrected, title) / 100 - 0.7)
        order = max(fuzz.partial_ratio(search.written, title), fuzz.partial_ratio(search.corrected, title))
        in_order = max(0.0, order / 100 - 0.6)
    near = _covered(search, stems | _plain(f"{candidate.lead} {candidate.names}")[1])[0]
    strength = (
        1.0 * min(1.2, candidate.weight / 0.6)
        + 0.5 * alike
        + 2.0 * in_order * min(1.0, size / 3)
        + 0.25 * (least > 0)
        + 0.8 * body
        + 0.1 * (min(candidate.held, default=0.0) > 0)
        + 0.2 * near
        + 0.1 * (count / size if least > 0 and size else 0.0)
    )
    # A word that is missing cannot be made up for by others: the share held bounds the score.
    score = 100 * (1 - math.exp(-1.2 * strength * body))
    return Match(candidate.article, round(score, 2), tuple(held > 0 for held in candidate.held))
