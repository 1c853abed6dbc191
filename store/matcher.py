"""Which subscriptions an article concerns: an inverted index in memory, by the rarest thing that each wish requires.

A wish is filed under its two rarest keys (words, or people) only, those that fewest articles hold. An article's words
and people are each looked up once; what is filed there is checked for the rest. So the cost of an article follows the
number of its distinct words and of the wishes it nearly fulfils, not the number of subscriptions. Chats that wish for
the same share one entry.

`fulfils` is the law: the index must find what it finds (tests/property/test_matcher.py).
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from msgspec import Struct

from store.subscriptions import Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.subscriptions import Subscriptions

Key = str | int
"""A word (its stem), or a person's id."""

BATCH = 10_000
"""Subscriptions read at once while the matcher is filled."""


class Told(Struct, frozen=True):
    """What an article tells, as far as wishes go.

    `words` are stems of title and text; `people` ids; `meetings` the people of each meeting; `quotes` speaker and stems
    of each quotation.
    """

    words: frozenset[str]
    people: frozenset[int] = frozenset()
    meetings: tuple[frozenset[int], ...] = ()
    quotes: tuple[tuple[int, frozenset[str]], ...] = ()


def fulfils(told: Told, wish: Wish) -> bool:
    """Whether an article concerns a wish: whole words, people by identity, nothing of what is excluded."""
    if any(word in told.words for word in wish.without) or not all(word in told.words for word in wish.words):
        return False
    people = frozenset(wish.people)
    if wish.kind == "met":
        return any(people <= sides for sides in told.meetings)
    if wish.kind == "said":
        return any(speaker in people and words.issuperset(wish.about) for speaker, words in told.quotes)
    return people <= told.people


class _Filed(Struct):
    """One wish, the subscriptions that have it, and the one or two keys it is filed under."""

    wish: Wish
    ids: array[int]
    keys: tuple[Key, Key | None]


class Matcher:
    """The subscriptions in memory. `rarity` says how many articles hold a key; fewer is better to be filed under.

    Not for several threads at once; store.alerts uses it inside the transaction that keeps an article.
    """

    def __init__(self, rarity: Callable[[Key], int] = lambda _key: 0) -> None:
        self._rarity = rarity
        self._filed: dict[Key, dict[Key | None, list[_Filed]]] = {}
        self._by_wish: dict[str, _Filed] = {}
        self._of: dict[int, _Filed] = {}
        self._change = 0
        self.thresholds: set[int] = set()
        """Ids of the subscriptions that wait for several sources."""

    def __len__(self) -> int:
        return len(self._of)

    def follow(self, subscriptions: Subscriptions) -> None:
        """Nothing; takes in what altered since the last time, everything the first time."""
        if not self._change:
            newest = subscriptions.last_change()
            if not newest:
                return
            self._fill(subscriptions)
            self._change = newest
        while changes := subscriptions.changes(self._change):
            for number, id_, subscription in changes:
                self.remove(id_)
                if subscription is not None:
                    self.add(id_, subscription.wish)
                self._change = number

    def _fill(self, subscriptions: Subscriptions) -> None:
        after = 0
        while page := subscriptions.all(after, BATCH):
            for subscription in page:
                self.add(subscription.id, subscription.wish)
            after = page[-1].id

    def add(self, id_: int, wish: Wish) -> None:
        """Nothing; the subscription is matched from now on."""
        same = wish.same
        filed = self._by_wish.get(same)
        if filed is None:
            first, *others = self._keys(wish) or (None,)
            if first is None:
                return
            filed = self._by_wish[same] = _Filed(wish, array("q"), (first, others[0] if others else None))
            self._filed.setdefault(first, {}).setdefault(filed.keys[1], []).append(filed)
        filed.ids.append(id_)
        self._of[id_] = filed
        if wish.sources > 1:
            self.thresholds.add(id_)

    def remove(self, id_: int) -> None:
        """Nothing; the subscription is matched no more."""
        filed = self._of.pop(id_, None)
        if filed is None:
            return
        self.thresholds.discard(id_)
        filed.ids.remove(id_)
        if filed.ids:
            return
        first, second = filed.keys
        del self._by_wish[filed.wish.same]
        self._filed[first][second].remove(filed)
        if not self._filed[first][second]:
            del self._filed[first][second]
        if not self._filed[first]:
            del self._filed[first]

    def _keys(self, wish: Wish) -> list[Key]:
        """What an article must hold for the wish, the rarest first; of equals the longest word."""
        people: tuple[Key, ...] = wish.people
        keys: tuple[Key, ...] = people if wish.kind in {"met", "said"} else (*people, *wish.words)
        return sorted(keys, key=lambda key: (self._rarity(key), -len(str(key)), str(key)))

    def match(self, told: Told) -> Iterator[tuple[Wish, array[int]]]:
        """The wishes that an article fulfils, each once, with the ids of the subscriptions that have it."""
        keys: frozenset[Key | None] = frozenset((*told.words, *told.people, None))
        for first in self._filed.keys() & keys:
            under = self._filed[first]
            near = (one for second in under.keys() & keys for one in under[second])
            yield from ((one.wish, one.ids) for one in near if fulfils(told, one.wish))
