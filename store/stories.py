"""The stories: which articles tell one event, found as each article comes in.

Laws: `place` is called inside the transaction that keeps the article. An article stays in its story when its text
alters, and wherever the owner put it. Ids are those of the article a story began with, and stay while it has any
article.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from news import story as rules
from news.story import Reason, Related, Story, Telling
from store.errors import NotFound
from store.moments import SECOND, moment, ticks
from store.telling_code import packed, unpacked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from news.article import Article
    from news.reading import Reading
    from store.sqlite import Engine, Row

PER_WORD = 150
"""Tellings looked at for each mark, the newest: a word that more of them share tells little."""

CANDIDATES = 40
"""Tellings that are compared as a whole, those that share most."""

COPY_WINDOW = timedelta(days=7)
"""How much later a text may be printed again and still be the same telling."""

OTHER_MEETING = 0.4
"""What is taken from the likeness of two tellings of meetings on different days: they share most of their words."""

NEIGHBOUR = 0.12
"""Likeness from which a story is a neighbour of another."""

NEIGHBOURHOOD = timedelta(days=45)

_DAY = 86_400 * SECOND


class _Near(Struct, frozen=True):
    """A telling that shares marks with another one."""

    article: int
    story: int
    source: int
    moment: int
    telling: Telling


class Stories:
    """The stories of the archive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.on_renamed: list[Callable[[int, int], object]] = []
        """Called with the id that a story has from now on and the one it had, inside the transaction that does it."""

    # Placing

    def place(self, article: Article, reading: Reading) -> int:
        """Id of the story that the article tells, a new one where nobody told it before."""
        with self._engine.transaction() as connection:
            when = _moment_of(connection, article)
            old = connection.execute("select story, pinned from tellings where article = ?", (article.id,)).fetchone()
            told = self._telling(connection, article, reading, new=old is None)
            near = self._near(connection, told, when, rules.LONGEST_WINDOW, but=article.id)
            story = old[0] if old is not None else self._story_of(connection, told, when, near)
            copied = (one for one in near if rules.copied(told.sketch, one.telling.sketch) >= rules.COPIED)
            source = next((one.source for one in copied), 0)
            self._put(connection, _Near(article.id, story or article.id, source or article.id, when, told))
            self._tie(connection, story, told, article.id, near)
            self._sum_up(connection, story or article.id)
            return story or article.id

    def displace(self, article: int) -> None:
        """Nothing; takes an article out of its story, which ends with its last article."""
        with self._engine.transaction() as connection:
            row = connection.execute("select story from tellings where article = ?", (article,)).fetchone()
            if row is not None:
                connection.execute("delete from tellings where article = ?", (article,))
                connection.execute("delete from story_marks where article = ?", (article,))
                self._new_source(connection, article, row[0])
                self._sum_up(connection, row[0])

    def _telling(self, connection: sqlite3.Connection, article: Article, reading: Reading, *, new: bool) -> Telling:
        counted = rules.counted(article)
        words = list(counted.counts)
        found = _in(connection, "select word, articles from told_words where word in", words)
        held: dict[int, int] = {row[0]: row[1] for row in found}
        total = connection.execute("select articles from told_words where word = -1").fetchone()
        if new:
            connection.executemany(
                "insert into told_words values (?, 1)"
                " on conflict (word) do update set articles = told_words.articles + 1",
                [(word,) for word in (-1, *words)],
            )
        return rules.telling(counted, reading, held, total[0] if total else 0)

    def _near(
        self, connection: sqlite3.Connection, told: Telling, when: int, reach: timedelta, *, but: int = -1
    ) -> list[_Near]:
        """The tellings that share most of the rare words, those sharing most first."""
        width = ticks_of(reach)
        shared: dict[int, float] = {}
        for word in rules.marks(told):
            rows = connection.execute(
                "select article from story_marks where word = ? and moment between ? and ?"
                " order by moment desc limit ?",
                (word, when - width, when + width, PER_WORD),
            )
            for (article,) in rows:
                if article != but:
                    shared[article] = shared.get(article, 0.0) + told.weights[word] ** 2
        best = sorted(shared, key=lambda article: (-shared[article], article))[:CANDIDATES]
        found = _in(connection, "select article, story, source, moment, telling from tellings where article in", best)
        by_id = {row[0]: _Near(row[0], row[1], row[2], row[3], unpacked(row[4])) for row in found}
        return [by_id[article] for article in best if article in by_id]

    def _story_of(self, connection: sqlite3.Connection, told: Telling, when: int, near: Sequence[_Near]) -> int:
        """Id of the story that fits best, 0 if none fits."""
        by_story: dict[int, list[_Near]] = {}
        for one in near:
            by_story.setdefault(one.story, []).append(one)
        rows = _in(connection, "select id, first, last, articles from stories where id in", list(by_story))
        best = (0.0, 0)
        for story, first, last, articles in rows:
            gap = timedelta(microseconds=max(first - when, when - last, 0))
            open_for = rules.window(timedelta(microseconds=last - first), articles)
            fit = _fit(told, by_story[story], gap)
            if fit > 0 and (gap <= open_for or (fit > 0.5 and gap <= COPY_WINDOW)):
                best = max(best, (fit, -story))
        return -best[1]

    def _put(self, connection: sqlite3.Connection, one: _Near) -> None:
        article, when = one.article, one.moment
        row = connection.execute("select pinned from tellings where article = ?", (article,)).fetchone()
        connection.execute("delete from story_marks where article = ?", (article,))
        connection.execute("delete from tellings where article = ?", (article,))
        connection.execute(
            "insert into tellings (article, story, source, moment, alike, pinned, telling)"
            " values (?, ?, ?, ?, 0, ?, ?)",
            (article, one.story, one.source, when, row[0] if row else 0, packed(one.telling)),
        )
        connection.executemany(
            "insert into story_marks (word, moment, article) values (?, ?, ?)",
            [(word, when, article) for word in rules.marks(one.telling)],
        )

    def _tie(
        self, connection: sqlite3.Connection, story: int, told: Telling, article: int, near: Iterable[_Near]
    ) -> None:
        """Nothing; adds to how like each telling of a story the others are, from which its lead follows."""
        alike = [(rules.likeness(told, one.telling), one.article) for one in near if one.story == story]
        connection.executemany("update tellings set alike = alike + ? where article = ?", alike)
        total = sum(value for value, _ in alike)
        connection.execute("update tellings set alike = ? where article = ?", (total, article))

    def _new_source(self, connection: sqlite3.Connection, gone: int, story: int) -> None:
        """Nothing; the earliest of the texts that repeated a removed one is what the others repeat now."""
        rows = connection.execute(
            "select article from tellings where story = ? and source = ? order by moment, article", (story, gone)
        ).fetchall()
        if rows:
            connection.executemany(
                "update tellings set source = ? where article = ?", [(rows[0][0], one) for (one,) in rows]
            )

    def _sum_up(self, connection: sqlite3.Connection, story: int) -> None:
        """Nothing; puts what is known of a story as a whole right."""
        first, last, articles, sources = connection.execute(
            "select min(moment), max(moment), count(*), count(distinct source) from tellings where story = ?", (story,)
        ).fetchone()
        if not articles:
            connection.execute("delete from stories where id = ?", (story,))
            return
        (lead,) = connection.execute(
            "select article from tellings where story = ? order by alike desc, moment, article limit 1", (story,)
        ).fetchone()
        connection.execute(
            "insert into stories (id, first, last, articles, sources, lead) values (?, ?, ?, ?, ?, ?)"
            " on conflict (id) do update set first = excluded.first, last = excluded.last,"
            " articles = excluded.articles, sources = excluded.sources, lead = excluded.lead",
            (story, first, last, articles, sources, lead),
        )

    # The owner's word

    def merge(self, story: int, other: int) -> Story:
        """The story after it took in the articles of the other one, which they stay in.

        Raises: NotFound
        """
        with self._engine.transaction() as connection:
            self._known(connection, story)
            self._known(connection, other)
            if story != other:
                self._move(connection, self.get(other).articles, story)
                connection.execute("update tellings set pinned = 1 where story = ?", (story,))
                self._sum_up(connection, other)
                self._sum_up(connection, story)
                self._renamed(story, other)
            return self.get(story)

    def split(self, article: int) -> Story:
        """The story that an article becomes on its own, taken out of the one it was in, where it stays.

        Raises: NotFound
        """
        with self._engine.transaction() as connection:
            before = self.of(article)
            if before is None:
                raise NotFound(f"No article {article} is in any story.")
            others = [one for one in before.articles if one != article]
            if before.id == article and others:
                # The story bears this article's id: the others go on under that of the next one.
                self._move(connection, others, others[0])
                self._sum_up(connection, others[0])
                self._renamed(others[0], article)
            self._move(connection, [article], article)
            connection.execute("update tellings set pinned = 1 where article = ?", (article,))
            self._sum_up(connection, before.id)
            self._sum_up(connection, article)
            return self.get(article)

    def _renamed(self, story: int, other: int) -> None:
        for watcher in self.on_renamed:
            watcher(story, other)

    def _move(self, connection: sqlite3.Connection, articles: Sequence[int], to: int) -> None:
        connection.executemany("update tellings set story = ? where article = ?", [(to, one) for one in articles])
        connection.executemany("update articles set story = ? where id = ?", [(to, one) for one in articles])

    def _known(self, connection: sqlite3.Connection, story: int) -> None:
        if connection.execute("select 1 from stories where id = ?", (story,)).fetchone() is None:
            raise NotFound(f"There is no story {story}.")

    # Reading

    def get(self, story: int) -> Story:
        """A story.

        Raises: NotFound
        """
        row = self._engine.row("select id, first, last, sources, lead from stories where id = ?", (story,))
        if row is None:
            raise NotFound(f"There is no story {story}.")
        return self._story(row)

    def _story(self, row: tuple[int, int, int, int, int]) -> Story:
        id_, first, last, sources, lead = row
        articles = self._engine.rows(
            "select t.article, a.title, a.site from tellings t left join articles a on a.id = t.article"
            " where t.story = ? order by t.moment, t.article",
            (id_,),
        )
        titles = {article: title or "" for article, title, _ in articles}
        people = self._engine.rows(
            "select p.name, sum(m.count) as said from tellings t join mentions m on m.article = t.article"
            " join people p on p.id = m.person where t.story = ?"
            " group by p.id, p.name order by said desc, p.name limit 8",
            (id_,),
        )
        return Story(
            id=id_,
            title=titles.get(lead, ""),
            first=moment(first),
            last=moment(last),
            lead=lead,
            articles=tuple(titles),
            sources=sources,
            first_source=articles[0][2] if articles else None,
            people=tuple(name for name, _ in people),
        )

    def of(self, article: int) -> Story | None:
        """The story that an article tells, None for an article that is not there."""
        story = self._engine.value("select story from tellings where article = ?", (article,))
        return None if story is None else self.get(story)

    def latest(self, limit: int = 10, before: int | None = None) -> tuple[Story, ...]:
        """The stories told last, newest first; `before` is the id of the last one of the page before this one."""
        edge = self._engine.value("select last from stories where id = ?", (before,)) if before is not None else None
        condition, values = ("where (last, id) < (?, ?)", (edge, before)) if edge is not None else ("", ())
        rows = self._engine.rows(
            f"select id, first, last, sources, lead from stories {condition} order by last desc, id desc limit ?",
            (*values, limit),
        )
        return tuple(map(self._story, rows))

    def top(self, limit: int, now: datetime, since: datetime) -> tuple[Story, ...]:
        """The stories told since a moment, best first: many independent sources and new ones before few and old ones.

        The weight of a story halves with every day since it was last told.
        """
        rows = self._engine.rows(
            "select id, first, last, sources, lead, articles from stories where last >= ? and last <= ?"
            " order by last desc, id desc limit 1000",
            (ticks(since), ticks(now)),
        )
        at = ticks(now)
        rows.sort(key=lambda row: (-_weight(row[3], row[5], (at - row[2]) / _DAY), row[0]))
        return tuple(self._story(row[:5]) for row in rows[:limit])

    def neighbours(self, story: int, limit: int = 5) -> tuple[Story, ...]:
        """The stories most like one, best first: what came before, what followed, what else is told of the same people.

        Raises: NotFound
        """
        lead = self.get(story).lead
        connection = self._engine.connection
        row = connection.execute("select telling, moment from tellings where article = ?", (lead,)).fetchone()
        told = unpacked(row[0])
        alike: dict[int, float] = {}
        for one in self._near(connection, told, row[1], NEIGHBOURHOOD):
            if one.story != story:
                alike[one.story] = max(alike.get(one.story, 0.0), rules.likeness(told, one.telling))
        best = sorted((one for one in alike if alike[one] >= NEIGHBOUR), key=lambda one: (-alike[one], one))
        return tuple(self.get(one) for one in best[:limit])

    def related(self, article: Article, limit: int = 8) -> tuple[Related, ...]:
        """What to read next: the story's other articles, then neighbouring stories, then what the page itself names."""
        found: list[Related] = []
        story = self.of(article.id)
        if story is not None:
            same = [one for one in reversed(story.articles) if one != article.id]
            found += self._named(same[: limit // 2], "same story")
            found += self._named([one.lead for one in self.neighbours(story.id, 3)], "neighbouring story")
        known = {one.title.casefold() for one in found} | {article.title.casefold()}
        found += [
            Related(link.title, link.url, "named by the page")
            for link in article.related
            if link.title.casefold() not in known
        ]
        return tuple(found[:limit])

    def _named(self, articles: Sequence[int], reason: Reason) -> list[Related]:
        connection = self._engine.connection
        rows = _in(connection, "select id, title, url from articles where id in", articles)
        by_id = {row[0]: row for row in rows}
        return [Related(by_id[one][1], by_id[one][2] or None, reason, one) for one in articles if one in by_id]


def _fit(told: Telling, near: Sequence[_Near], gap: timedelta) -> float:
    """How much more alike a telling and a story's tellings are than they must be; 1 for a text told before."""
    if any(rules.copied(told.sketch, one.telling.sketch) >= rules.COPIED for one in near):
        return 1.0
    alike = [rules.likeness(told, one.telling) - OTHER_MEETING * rules.other_meeting(told, one.telling) for one in near]
    return rules.belongs(alike) - rules.needed(gap)


def _weight(sources: int, articles: int, age: float) -> float:
    """What a story is worth telling: its independent sources, a little for more articles, half for each day of age."""
    return float((sources + 0.25 * (articles - sources)) * 0.5**age)


def _moment_of(connection: sqlite3.Connection, article: Article) -> int:
    row = connection.execute("select moment from articles where id = ?", (article.id,)).fetchone()
    if row is not None:
        return int(row[0])
    return ticks(article.published) if article.published else 0


def ticks_of(stretch: timedelta) -> int:
    """Microseconds of a stretch of time."""
    return stretch // timedelta(microseconds=1)


def _in(connection: sqlite3.Connection, sql: str, values: Sequence[int]) -> list[Row]:
    """All rows of a query that ends with "in", for any number of values."""
    found: list[Row] = []
    for start in range(0, len(values), 500):
        some = values[start : start + 500]
        found += connection.execute(f"{sql} ({','.join('?' * len(some))})", some).fetchall()
    return found
