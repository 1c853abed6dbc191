"""One event told by several articles: how alike tellings are, and how alike they must be to be one story.

Everything here is arithmetic over rows of tellings (news/telling.py); store/stories.py keeps them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from news.telling import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence


Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

COPIED = 0.6
"""Share of the shorter sketch from which two texts are one source: a wire text, cut or with a line of the outlet's."""

WINDOW = timedelta(hours=72)
"""How long after its last telling a story may be told on."""

LONGEST_WINDOW = timedelta(days=14)
"""The same, for one that has run for long."""

NEEDED = 0.23
"""Likeness that makes one story of two tellings of one day."""

TITLES = 0.15
"""What titles that share all their words add to the likeness of two tellings."""

STRANGERS = 0.6
"""What is left of the likeness of two tellings without a name in common: two events of one kind."""

OTHER_DAY, EACH_DAY, FARTHEST = 0.22, 0.04, 0.36
"""What is taken from the likeness of two tellings that begin with different days, what for each day between them, and
at most: a war, a trial or a tour is told in like words every day."""

APART = 0.05
"""What is taken for each day between two tellings of which one names no day."""

OTHER_MEETING = 0.55
"""What is taken from the likeness of two tellings of meetings on different days: they share most of their words."""

FACE = 2.0
"""How many times the words of its title count in how like the others a telling is that may be the face of its story: a
title that says what the others tell says what happened."""

DIGESTED, PASSAGE, PASSAGES_ALIKE, OWN_TITLE, THEIR_TITLE = 3, 0.12, 0.4, 0.55, 0.5
"""Stories of which a digest tells at least; how like each of them it is at least, and how alike in that they are at
most (cosine of what its words add); what share of its title they say at most, and of theirs it says at least."""

Reason = Literal["same story", "neighbouring story", "named by the page"]


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


class Compared(Struct, frozen=True):
    """One telling beside others, an entry for each of those.

    `likeness` is from 0 to 1 by words, more with like titles; `title` and `others` are the shares of the one's title
    in the other text and of the other's title in the one text, `by_title` and `by_others` what the words of that title
    add to the likeness; `parts` is what each word of the one adds.
    """

    likeness: Floats
    title: Floats
    others: Floats
    by_title: Floats
    by_others: Floats
    parts: Floats


def compared(one: NDArray[np.void], others: NDArray[np.void]) -> Compared:
    """How like each of the other tellings' rows one telling's row is."""
    order = np.argsort(one["words"][0])
    words = one["words"][0][order]
    at = np.minimum(np.searchsorted(words, others["words"]), WORDS - 1)
    same = (words[at] == others["words"]) & (others["words"] != 0)
    at = order[at]
    own = one["weights"][0] / 255.0
    theirs = others["weights"] / 255.0
    own_title, title = _bits(one)[0], _bits(others)
    held = np.where(same, own[at], 0.0)
    shared = held * theirs
    heads = own_title[at]
    whole, wholes = own[own_title].sum() or 1.0, np.maximum((theirs * title).sum(axis=1), 1e-9)
    both = np.maximum((held * heads * title).sum(axis=1) / whole, (theirs * same * heads * title).sum(axis=1) / wholes)
    parts = np.zeros((len(others), WORDS))
    rows = np.nonzero(same)
    parts[rows[0], at[rows]] = shared[rows]
    words_alike = shared.sum(axis=1)
    return Compared(
        likeness=np.where(_strangers(one, others), STRANGERS, 1.0) * words_alike + TITLES * both,
        title=(held * heads).sum(axis=1) / whole,
        others=(theirs * same * title).sum(axis=1) / wholes,
        by_title=(shared * heads).sum(axis=1),
        by_others=(shared * title).sum(axis=1),
        parts=parts,
    )


def _bits(rows: NDArray[np.void]) -> Flags:
    """Which words of each row its title holds."""
    octets = np.ascontiguousarray(rows["title"]).view(np.uint8).reshape(len(rows), 8)
    bits: Flags = np.unpackbits(octets, axis=1, bitorder="little").view(np.bool_)
    return bits


def _strangers(one: NDArray[np.void], others: NDArray[np.void]) -> Flags:
    """Whether neither of two tellings names anybody whom the other names, though both name some."""
    own, names = one["names"][0], others["names"]
    own = own[own != 0]
    if len(own) < 3:
        return np.zeros(len(others), np.bool_)
    known = (names[:, :, None] == own).any(axis=(1, 2))
    strangers: Flags = ~known & (np.count_nonzero(names, axis=1) >= 3)
    return strangers


def apart(one: NDArray[np.void], others: NDArray[np.void], days: Floats) -> Floats:
    """What is taken from the likeness of tellings of unlike days; `days` lie between their publications."""
    day, others_days = int(one["day"][0]), others["day"]
    between = np.abs(others_days - day)
    unlike = np.where(between > 0, np.minimum(FARTHEST, OTHER_DAY + EACH_DAY * between), 0.0)
    taken = np.where((others_days != 0) & (day != 0), unlike, APART * np.abs(days))
    own, met = one["met"][0], others["met"]
    if not own.any():
        return taken
    common = (met[:, :, None] == own[own != 0]).any(axis=(1, 2))
    return taken + np.where(met.any(axis=1) & ~common, OTHER_MEETING, 0.0)


def digest(beside: Compared, stories: Sequence[int]) -> bool:
    """Whether a telling is a digest: it says what the titles of unlike stories say, and they do not say its own."""
    parts: list[Floats] = []
    seen: set[int] = set()
    for at in np.argsort(-beside.likeness, kind="stable")[: 4 * DIGESTED].tolist():
        if beside.likeness[at] < PASSAGE or len(parts) == DIGESTED:
            break
        if beside.title[at] > OWN_TITLE:
            return False
        part = beside.parts[at] / (np.linalg.norm(beside.parts[at]) or 1.0)
        unlike = all(float(part @ other) < PASSAGES_ALIKE for other in parts)
        if stories[at] not in seen and unlike and beside.others[at] >= THEIR_TITLE:
            parts.append(part)
            seen.add(stories[at])
    return len(parts) >= DIGESTED


def window(ran: timedelta, articles: int) -> timedelta:
    """How long after its last telling a story may be told on, which has run for so long with so many articles."""
    if articles < 5 or ran < WINDOW / 2:
        return WINDOW
    return min(LONGEST_WINDOW, WINDOW + ran / 2)


def belongs(alike: Sequence[float]) -> float:
    """How well a telling fits a story whose tellings it is so much like: by the best, and the mean of the best five."""
    best = sorted(alike, reverse=True)[:5]
    return 0.6 * best[0] + 0.4 * sum(best) / len(best)
