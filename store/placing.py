"""Placing an article in the story that it tells, and taking it out again.

Laws: everything is called inside the transaction of the caller, with its connection.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from news import story as rules
from news.story import Compared
from news.telling import Telling, copied, counted, kind, telling
from store import tellings
from store.moments import SECOND, moment, ticks
from store.tellings import Near

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from news.article import Article
    from news.reading import Reading
    from news.story import Floats

COPY_WINDOW = timedelta(days=7)
"""How much later a text may be printed again and still be the same telling."""

COPY_LIKENESS = 0.2
"""Likeness from which two texts are looked at for runs of words in common; one that repeats another has far more."""

_DAY = 86_400 * SECOND
_IDS = (1 << 63) - 1


class _Told(Struct, frozen=True):
    """An article to be placed, with what it is compared with.

    `copies` are places of those whose text it repeats; a report made to a pattern that begins with another day is none.
    """

    article: int
    moment: int
    telling: Telling
    words: tuple[int, ...]
    near: Near
    beside: Compared
    copies: tuple[int, ...]

    @property
    def ahead(self) -> bool:
        """Whether it tells of a day to come."""
        return int(self.telling.row["day"][0]) > moment(self.moment).toordinal()


def place(connection: sqlite3.Connection, article: Article, reading: Reading) -> int:
    """Id of the story that the article tells, a new one where nobody told it before."""
    old = connection.execute("select story, moment, pinned from tellings where article = ?", (article.id,)).fetchone()
    told = _told(connection, article, reading)
    sort = kind(article.title)
    if sort == "report" and not told.copies and rules.digest(told.beside, told.near.stories):
        sort = "digest"
    if old is None:
        pinned, story = 0, 0 if sort == "digest" and not told.copies else _fitting(connection, told)
        if not told.copies:  # a text that hundreds print makes its words no less rare
            tellings.count(connection, article.id, told.words)
    else:
        story, before, pinned = old
        tellings.drop(connection, before, article.id)
        connection.execute("delete from tellings where article = ?", (article.id,))
    story = story or fresh(connection, article.id)
    source = told.near.sources[told.copies[0]] if told.copies else article.id
    tellings.put(connection, (told.moment, article.id), (story, source), told.telling, found=sort != "digest")
    connection.execute(
        "insert into tellings (story, moment, article, source, alike, pinned, aside) values (?, ?, ?, ?, 0, ?, ?)",
        (story, told.moment, article.id, source, pinned, int(sort != "report" or told.ahead)),
    )
    _one_source(connection, story, source, {told.near.sources[at] for at in told.copies})
    _tie(connection, story, told, new=old is None)
    sum_up(connection, story)
    return int(story)


def displace(connection: sqlite3.Connection, article: int) -> None:
    """Nothing; takes an article out of its story, which ends with its last article."""
    row = connection.execute("select story, moment from tellings where article = ?", (article,)).fetchone()
    if row is not None:
        story, moment = row
        connection.execute("delete from tellings where article = ?", (article,))
        tellings.drop(connection, moment, article)
        _new_source(connection, article, story)
        sum_up(connection, story)


def fresh(connection: sqlite3.Connection, article: int) -> int:
    """An id for the story that begins with an article: the article's, unless a story that it has left bears that."""
    story = article
    while connection.execute("select 1 from stories where id = ?", (story,)).fetchone() is not None:
        story = (story + 1) & _IDS
    return story


def _told(connection: sqlite3.Connection, article: Article, reading: Reading) -> _Told:
    row = connection.execute("select moment from articles where id = ?", (article.id,)).fetchone()
    when = int(row[0]) if row is not None else ticks(article.published) if article.published else 0
    words = counted(article)
    held, articles = tellings.held(connection, list(words.counts))
    told = telling(words, reading, held, articles, moment(when).date() if article.published else None)
    near = tellings.near(connection, told, when, rules.LONGEST_WINDOW, but=article.id)
    beside = rules.compared(told.row, near.rows)
    day, days = told.row["day"], near.rows["day"]
    alike = np.nonzero((beside.likeness >= COPY_LIKENESS) & ((day == days) | (day == 0) | (days == 0)))[0].tolist()
    copies = tuple(at for at in alike if copied(told.sketch, near.sketch(at)) >= rules.COPIED)
    return _Told(article.id, when, told, tuple(words.counts), near, beside, copies)


def _fitting(connection: sqlite3.Connection, told: _Told) -> int:
    """Id of the story that fits best, 0 if none fits."""
    near = told.near
    if not near.articles:
        return 0
    days: Floats = (np.array(near.moments) - told.moment) / _DAY
    alike = (told.beside.likeness - rules.apart(told.telling.row, near.rows, days)).tolist()
    of_story: dict[int, list[float]] = {}
    for story, likeness in zip(near.stories, alike, strict=True):
        of_story.setdefault(story, []).append(likeness)
    fits = {story: rules.belongs(some) - rules.NEEDED for story, some in of_story.items() if max(some) > rules.NEEDED}
    fits |= {near.stories[at]: 1.0 for at in told.copies}
    fitting = [story for story, fit in fits.items() if fit > 0]
    rows = tellings.rows_in(connection, "select id, first, last, articles from stories where id in", fitting)
    best = (0.0, 0)
    for story, first, last, articles in rows:
        gap = timedelta(microseconds=max(first - told.moment, told.moment - last, 0))
        open_for = rules.window(timedelta(microseconds=last - first), articles)
        if gap <= open_for or (fits[story] > 0.5 and gap <= COPY_WINDOW):
            best = max(best, (fits[story], -story))
    return -best[1]


def _tie(connection: sqlite3.Connection, story: int, told: _Told, *, new: bool) -> None:
    """Nothing; adds to how like each telling of a story the others are, from which its lead follows.

    The titles of two tellings count as far as the other text says what they say.
    """
    near, beside = told.near, told.beside
    same = [at for at, other in enumerate(near.stories) if other == story]
    faces = (beside.likeness + rules.FACE * beside.by_others).tolist()
    own = (beside.likeness + rules.FACE * beside.by_title).tolist()
    if new:
        connection.executemany(
            "update tellings set alike = alike + ? where story = ? and moment = ? and article = ?",
            [(faces[at], story, near.moments[at], near.articles[at]) for at in same],
        )
    total = sum(own[at] for at in same)
    if total:
        connection.execute(
            "update tellings set alike = ? where story = ? and moment = ? and article = ?",
            (total, story, told.moment, told.article),
        )


def _one_source(connection: sqlite3.Connection, story: int, source: int, others: set[int]) -> None:
    """Nothing; texts of a story that one text repeats are one source, though they did not look so before."""
    for other in others - {source}:
        _rename(connection, story, other, source)


def _rename(connection: sqlite3.Connection, story: int, old: int, new: int) -> None:
    rows = connection.execute("select moment, article from tellings where story = ? and source = ?", (story, old))
    for row in rows.fetchall():
        connection.execute("update tellings set source = ? where article = ?", (new, row[1]))
        connection.execute("update told set source = ? where moment = ? and article = ?", (new, *row))


def _new_source(connection: sqlite3.Connection, gone: int, story: int) -> None:
    """Nothing; the earliest of the texts that repeated a removed one is what the others repeat now."""
    first = connection.execute(
        "select article from tellings where story = ? and source = ? order by moment, article limit 1", (story, gone)
    ).fetchone()
    if first is not None:
        _rename(connection, story, gone, first[0])


def move(connection: sqlite3.Connection, articles: Sequence[int], to: int) -> None:
    """Nothing; makes these articles tell another story."""
    rows = tellings.rows_in(connection, "select moment, article from tellings where article in", articles)
    connection.executemany("update tellings set story = ? where article = ?", [(to, one) for _, one in rows])
    connection.executemany("update told set story = ? where moment = ? and article = ?", [(to, *row) for row in rows])
    connection.executemany("update articles set story = ? where id = ?", [(to, one) for _, one in rows])


def sum_up(connection: sqlite3.Connection, story: int) -> None:
    """Nothing; puts what is known of a story as a whole right."""
    first, last, articles, sources = connection.execute(
        "select min(moment), max(moment), count(*), count(distinct source) from tellings where story = ?", (story,)
    ).fetchone()
    if not articles:
        connection.execute("delete from stories where id = ?", (story,))
        return
    (lead,) = connection.execute(
        "select article from tellings where story = ?"
        " order by aside, source <> article, alike desc, moment, article limit 1",
        (story,),
    ).fetchone()
    connection.execute(
        "insert into stories (id, first, last, articles, sources, lead) values (?, ?, ?, ?, ?, ?)"
        " on conflict (id) do update set first = excluded.first, last = excluded.last,"
        " articles = excluded.articles, sources = excluded.sources, lead = excluded.lead",
        (story, first, last, articles, sources, lead),
    )
