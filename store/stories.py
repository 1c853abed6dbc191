"""The stories: which articles tell one event, found as each article comes in.

Laws: `place` is called inside the transaction that keeps the article. An article stays in its story when its text
alters, and wherever the owner put it. Ids are those of the article a story began with, and stay while it has any
article.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from news.story import Reason, Related, Story, compared
from news.telling import counted, touches
from store import placing, tellings
from store.errors import NotFound
from store.moments import SECOND, moment, ticks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from news.article import Article
    from news.reading import Reading
    from store.sqlite import Engine

NEIGHBOUR, NEIGHBOUR_TITLE = 0.15, 0.2
"""Likeness from which a story is a neighbour of another, and the share of one's title that the other says at least."""

NEIGHBOURHOOD = timedelta(days=45)

LINKS = 3
"""Links of a page that are named beside its story; boxes of links name much that is only new."""

_DAY = 86_400 * SECOND


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
            return placing.place(connection, article, reading)

    def displace(self, article: int) -> None:
        """Nothing; takes an article out of its story, which ends with its last article."""
        with self._engine.transaction() as connection:
            placing.displace(connection, article)

    # The owner's word

    def merge(self, story: int, other: int) -> Story:
        """The story after it took in the articles of the other one, which they stay in.

        Raises: NotFound
        """
        with self._engine.transaction() as connection:
            self._known(connection, story)
            self._known(connection, other)
            if story != other:
                placing.move(connection, self.get(other).articles, story)
                connection.execute("update tellings set pinned = 1 where story = ?", (story,))
                placing.sum_up(connection, other)
                placing.sum_up(connection, story)
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
                rest = placing.fresh(connection, others[0])
                placing.move(connection, others, rest)
                placing.sum_up(connection, rest)
                self._renamed(rest, article)
            placing.move(connection, [article], article)
            connection.execute("update tellings set pinned = 1 where article = ?", (article,))
            placing.sum_up(connection, before.id)
            placing.sum_up(connection, article)
            return self.get(article)

    def _renamed(self, story: int, other: int) -> None:
        for watcher in self.on_renamed:
            watcher(story, other)

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
        when = self._engine.value("select moment from tellings where article = ?", (lead,))
        told = tellings.kept(connection, lead, when)
        if told is None:
            return ()
        near = tellings.near(connection, told, when, NEIGHBOURHOOD, but_story=story)
        beside = compared(told.row, near.rows)
        alike: dict[int, float] = {}
        for at, other in enumerate(near.stories):
            if max(beside.title[at], beside.others[at]) >= NEIGHBOUR_TITLE:
                alike[other] = max(alike.get(other, 0.0), float(beside.likeness[at]))
        least = max(NEIGHBOUR, max(alike.values(), default=0.0) / 2)
        best = sorted((one for one in alike if alike[one] >= least), key=lambda one: (-alike[one], one))
        return tuple(self.get(one) for one in best[:limit])

    def related(self, article: Article, limit: int = 8) -> tuple[Related, ...]:
        """What to read next: the story's other articles, then neighbouring stories, then what the page itself names.

        One article for each text of the story; of the page's links three, those that share a word with it first.
        """
        found: list[Related] = []
        story = self.of(article.id)
        if story is not None:
            found += self._named(self._others(story.id, article.id)[: limit // 2], "same story")
            found += self._named([one.lead for one in self.neighbours(story.id, 3)], "neighbouring story")
        known = {one.title.casefold() for one in found} | {article.title.casefold()}
        words = counted(article)
        links = [link for link in article.related if link.title.casefold() not in known]
        links.sort(key=lambda link: not touches(words, link.title))
        found += [Related(link.title, link.url, "named by the page") for link in links[:LINKS]]
        return tuple(found[:limit])

    def _others(self, story: int, article: int) -> list[int]:
        """The articles of a story whose texts are not this article's nor one another's, newest first."""
        rows = self._engine.rows(
            "select article, source from tellings where story = ?"
            " order by aside, source <> article, moment desc, article",
            (story,),
        )
        told: dict[int, int] = dict(rows)
        seen = {told.get(article)}
        chosen: list[int] = []
        for one, source in rows:
            if one != article and source not in seen:
                chosen.append(one)
                seen.add(source)
        return chosen

    def repeats(self, story: int) -> dict[int, int]:
        """By article of a story, the article whose text it repeats; its own id where it repeats none."""
        return dict(self._engine.rows("select article, source from tellings where story = ?", (story,)))

    def _named(self, articles: Sequence[int], reason: Reason) -> list[Related]:
        connection = self._engine.connection
        rows = tellings.rows_in(connection, "select id, title, url from articles where id in", articles)
        by_id = {row[0]: row for row in rows}
        return [Related(by_id[one][1], by_id[one][2] or None, reason, one) for one in articles if one in by_id]


def _weight(sources: int, articles: int, age: float) -> float:
    """What a story is worth telling: its independent sources, a little for more articles, half for each day of age."""
    return float((sources + 0.25 * (articles - sources)) * 0.5**age)
