"""What articles tell, as rows of numbers: kept, counted, and found again by their rarest words.

Laws: everything is called inside the transaction of the caller, with its connection.
"""

from __future__ import annotations

from array import array
from collections import Counter
from datetime import timedelta
from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from news.telling import ROW, Telling, marks
from store.moments import SECOND

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from store.sqlite import Row

PER_WORD = 60
"""Tellings of a period looked at for each mark, the newest: a word that more of them share tells little."""

CANDIDATES = 40
"""Tellings that are compared as a whole, those that share most."""

OF_ONE_STORY = 10
"""Of those at most from one story, so that one told by hundreds leaves room for others."""

UNCOUNTED = 48
"""Articles whose words are counted at once: an article says some hundred words, and most of them say the same."""

LOOKED_AT = 200
"""Tellings whose story is asked for at most until there are enough."""

PERIOD = 30 * 86_400 * SECOND
"""Ticks of a period of marks."""

ALL = -1
"""Stands for all articles among the counts of words."""


class Near(Struct, frozen=True):
    """Tellings that share marks with another one, those sharing most first: who they are, and their rows."""

    articles: tuple[int, ...]
    stories: tuple[int, ...]
    sources: tuple[int, ...]
    moments: tuple[int, ...]
    rows: NDArray[np.void]
    runs: tuple[bytes, ...]

    def sketch(self, place: int) -> frozenset[int]:
        """The sketch of the telling at that place."""
        return frozenset(_numbers(self.runs[place]))


def held(connection: sqlite3.Connection, words: Sequence[int]) -> tuple[dict[int, int], int]:
    """How many articles hold each of these words, and how many there are."""
    found = rows_in(connection, "select word, articles from told_counts where word in", [ALL, *words])
    counts = dict.fromkeys(words, 0) | {row[0]: row[1] for row in found}
    waiting = connection.execute("select words from told_uncounted").fetchall()
    if waiting and words:
        own = np.sort(np.fromiter(words, np.uint32, len(words)))
        said = np.frombuffer(b"".join(row[0] for row in waiting), np.uint32)
        at = np.minimum(np.searchsorted(own, said), len(own) - 1)
        more = np.bincount(at[own[at] == said], minlength=len(own))
        for place in np.nonzero(more)[0]:
            counts[int(own[place])] += int(more[place])
    return counts, counts.pop(ALL, 0) + len(waiting)


def count(connection: sqlite3.Connection, article: int, words: Iterable[int]) -> None:
    """Nothing; counts a new article's words, at once or with those of the next ones."""
    connection.execute(
        "insert into told_uncounted (article, words) values (?, ?) on conflict do nothing",
        (article, array("I", words).tobytes()),
    )
    (waiting,) = connection.execute("select count(*) from told_uncounted").fetchone()
    if waiting < UNCOUNTED:
        return
    counts: Counter[int] = Counter({ALL: waiting})
    for (blob,) in connection.execute("select words from told_uncounted"):
        counts.update(_numbers(blob))
    connection.executemany(
        "insert into told_counts values (?, ?) on conflict (word)"
        " do update set articles = articles + excluded.articles",
        sorted(counts.items()),
    )
    connection.execute("delete from told_uncounted")


def near(
    connection: sqlite3.Connection, told: Telling, when: int, reach: timedelta, *, but: int = -1, but_story: int = -1
) -> Near:
    """The tellings that share most of the rare words."""
    width = reach // timedelta(microseconds=1)
    periods = range((when + width) // PERIOD, (when - width) // PERIOD - 1, -1)
    weights = told.row["weights"][0].tolist()
    words = marks(told)
    asked = " union all ".join([_SHARED] * len(words) * len(periods))
    values = [
        value
        for period in periods
        for word, weight in zip(words, weights, strict=False)
        for value in (weight * weight, period, word, when - width, when + width)
    ]
    shared: dict[tuple[int, int], int] = {}
    for worth, moment, article in connection.execute(asked, values) if words else ():
        key = moment, article
        shared[key] = shared.get(key, 0) + worth
    shared.pop((when, but), None)
    best = nlargest(LOOKED_AT, shared, key=lambda one: (shared[one], -one[1]))
    return _chosen(connection, [one for one in best if one[1] != but], but_story)


_SHARED = (
    "select * from (select ?, moment, article from story_marks where period = ? and word = ?"
    f" and moment between ? and ? order by moment desc limit {PER_WORD})"
)


def _chosen(connection: sqlite3.Connection, best: Sequence[tuple[int, int]], but_story: int) -> Near:
    """The first of these tellings, not too many of one story."""
    found: list[Row] = []
    taken: Counter[int] = Counter({but_story: OF_ONE_STORY})
    for start in range(0, len(best), CANDIDATES):
        some = best[start : start + CANDIDATES]
        rows = connection.execute(
            f"with best (moment, article) as (values {','.join(['(?,?)'] * len(some))})"
            " select t.article, t.story, t.source, t.moment, t.telling, t.runs from best cross join told t"
            " on t.moment = best.moment and t.article = best.article",
            [value for key in some for value in key],
        ).fetchall()
        place = {key: at for at, key in enumerate(some)}
        for row in sorted(rows, key=lambda row: place[row[3], row[0]]):
            taken[row[1]] += 1
            if taken[row[1]] <= OF_ONE_STORY:
                found.append(row)
        if len(found) >= CANDIDATES:
            break
    kept = found[:CANDIDATES]
    articles, stories, sources, moments, told, runs = zip(*kept, strict=True) if kept else ((),) * 6
    return Near(articles, stories, sources, moments, np.frombuffer(b"".join(told), ROW), runs)


def kept(connection: sqlite3.Connection, article: int, moment: int) -> Telling | None:
    """What an article of that moment tells, None where it was not read as a telling."""
    row = connection.execute(
        "select telling, runs from told where moment = ? and article = ?", (moment, article)
    ).fetchone()
    return None if row is None else Telling(np.frombuffer(row[0], ROW), frozenset(_numbers(row[1])))


def put(
    connection: sqlite3.Connection, key: tuple[int, int], of: tuple[int, int], told: Telling, *, found: bool
) -> None:
    """Nothing; keeps what an article tells, by its moment and id, of a story and a source; `found` by its marks."""
    moment, article = key
    connection.execute(
        "insert into told (moment, article, story, source, telling, runs) values (?, ?, ?, ?, ?, ?)",
        (moment, article, *of, told.row.tobytes(), array("I", sorted(told.sketch)).tobytes()),
    )
    if found:
        connection.executemany(
            "insert into story_marks (period, word, moment, article) values (?, ?, ?, ?)",
            [(moment // PERIOD, word, moment, article) for word in sorted(marks(told))],
        )


def drop(connection: sqlite3.Connection, moment: int, article: int) -> None:
    """Nothing; forgets what an article told."""
    told = kept(connection, article, moment)
    if told is not None:
        connection.execute("delete from told where moment = ? and article = ?", (moment, article))
        connection.executemany(
            "delete from story_marks where period = ? and word = ? and moment = ? and article = ?",
            [(moment // PERIOD, word, moment, article) for word in marks(told)],
        )


def rows_in(connection: sqlite3.Connection, sql: str, values: Sequence[int]) -> list[Row]:
    """All rows of a query that ends with "in", for any number of values."""
    found: list[Row] = []
    for start in range(0, len(values), 500):
        some = values[start : start + 500]
        found += connection.execute(f"{sql} ({','.join('?' * len(some))})", some).fetchall()
    return found


def _numbers(blob: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(blob)
    return numbers
