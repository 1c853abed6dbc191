"""How well an article answers a search: a score from 0 to 100 whose low end means "nothing found".

The share of the search that an article holds, each word by its rarity, decides; that it stands in the title, in order
and complete, decides between those that hold it all. The parts and their weights were found by coordinate ascent on
eight kinds of search over generated archives (bench/search.py).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from rapidfuzz import fuzz

from news.stem import stem
from news.terms import STOP, terms

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 40.0
"""Score from which an article is an answer; below it stands what is merely nearest."""


MOST_OF = 0.55
"""Share of three or more words that an article must hold to be an answer, far-off corrections counting for less."""

CLOSELY = 8
"""Candidates whose beginning and names are looked at as well, the best by title and rarity."""


class Sought(Struct, frozen=True):
    """One word of a search: how much it tells (its rarity), and the stems that stand for it with their weight."""

    rarity: float
    stems: dict[str, float]


class Search(Struct, frozen=True):
    """What articles are held against: the words, and the search as written and as corrected, in terms.

    `rarity` is that of all words together.
    """

    words: tuple[Sought, ...]
    written: str
    corrected: str
    rarity: float


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


def best(search: Search, candidates: Sequence[Candidate]) -> list[Match]:
    """The candidates with their scores, best first; of equal ones that of the lower id."""
    found = [(_match(search, candidate), candidate) for candidate in candidates]
    found.sort(key=lambda one: (-one[0].score, one[0].article))
    closely = [_match(search, candidate, closely=True) for _, candidate in found[:CLOSELY]]
    return sorted([*closely, *(one for one, _ in found[CLOSELY:])], key=lambda one: (-one.score, one.article))


@lru_cache(maxsize=1 << 13)
def _plain(text: str) -> tuple[str, frozenset[str], int]:
    """A text in terms without stop-words, their stems, and how many there are."""
    found = [term for term in terms(text) if term not in STOP]
    return " ".join(found), frozenset(map(stem, found)), len(found)


def _covered(search: Search, stems: frozenset[str]) -> tuple[float, int]:
    """Share of the search among `stems`, and how many of its words are there."""
    share, count = 0.0, 0
    for word in search.words:
        here = word.stems.keys() & stems
        if here:
            share += word.rarity * max(map(word.stems.__getitem__, here))
            count += 1
    return share / search.rarity, count


def _match(search: Search, candidate: Candidate, *, closely: bool = False) -> Match:
    title, stems, size = _plain(candidate.title)
    share, count = _covered(search, stems)
    whole = count == len(search.words)
    body = 0.0
    for word, held in zip(search.words, candidate.held, strict=True):
        body += word.rarity * held
    body /= search.rarity
    strength = min(1.2, candidate.weight / 0.6) + 0.8 * body + 0.1 * (0.0 not in candidate.held)
    if share:
        order = fuzz.partial_ratio(search.corrected, title)
        if search.written != search.corrected:
            order = max(order, fuzz.partial_ratio(search.written, title))
        alike = fuzz.token_set_ratio(search.corrected, title) / 100
        strength += 0.5 * max(0.0, alike - 0.7) + 2.0 * max(0.0, order / 100 - 0.6) * min(1.0, size / 3)
    if whole:
        strength += 0.25 + 0.1 * count / max(1, size)
    if closely:
        strength += 0.2 * _covered(search, stems | _plain(f"{candidate.lead} {candidate.names}")[1])[0]
    # A word that is missing cannot be made up for by others: the share held bounds the score.
    score = 100 * (1 - math.exp(-1.2 * strength * body))
    if len(candidate.held) > 1 and sum(candidate.held) < MOST_OF * len(candidate.held):
        score = min(score, LINE - 1)  # near, but no answer
    return Match(candidate.article, round(score, 2), tuple(held > 0 for held in candidate.held))
