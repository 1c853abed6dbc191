"""The articles: kept once, with all that was read out of them, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from news.article import Article
from news.facts import RULES, Reading
from store import article_rows as rows_of
from store.article_rows import LISTED, Change, Coverage, Kept, Listed, Title, listed, mended, refusal
from store.moments import moment, moment_or_none, ticks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from store.meetings import Meetings
    from store.people import People
    from store.quotes import Quotes
    from store.sqlite import Engine

__all__ = ["Articles", "Change", "Coverage", "Kept", "Listed", "Placing", "Title", "refusal"]


class Placing(Protocol):
    """What finds the story of an article. Called inside the transaction that keeps it."""

    def place(self, article: Article, reading: Reading) -> int:
        """Id of the story that the article tells, a new one where nobody told it before."""

    def displace(self, article: int) -> None:
        """Nothing; takes an article out of its story."""


class Articles:
    """The articles of the archive."""

    def __init__(self, engine: Engine, people: People, quotes: Quotes, meetings: Meetings, stories: Placing) -> None:
        self._engine = engine
        self._people = people
        self._quotes = quotes
        self._meetings = meetings
        self._stories = stories
        self.on_kept: list[Callable[[Kept, Article, Reading, datetime], object]] = []
        """Called with each new or updated article inside the transaction that keeps it; an exception takes it back."""

    def keep(self, article: Article, reading: Reading, now: datetime, feed: int | None = None) -> Kept:
        """What became of the article: new, known (nothing altered), updated (title or text altered) or refused.

        Everything that follows from it (people, quotes, meetings, its story, the number of the change, and what
        `on_kept` writes) is one transaction: all of it is there afterwards, or nothing.
        """
        article, reading = mended(article), mended(reading)
        reason = refusal(article)
        if reason is not None:
            return Kept(article.id, 0, article.url, "refused", reason)
        with self._engine.transaction() as connection:
            old = connection.execute(
                "select digest, story, rules, kept from articles where id = ?", (article.id,)
            ).fetchone()
            if old is not None and old[0] == rows_of.digest(article):
                if reading.rules > old[2]:
                    self._renew(connection, article, reading)
                return Kept(article.id, old[1], article.url, "known")
            at = ticks(now)
            when = min(at, ticks(article.published)) if article.published else old[3] if old else at
            if old is None:
                rows_of.add(connection, article, reading, (when, at, feed))
            else:
                rows_of.alter(connection, article, reading, when, at)
            story = self._stories.place(article, reading)
            self._read(article, reading, when)
            connection.execute("update articles set story = ? where id = ?", (story, article.id))
            rows_of.count(connection, article.id, gone=False)
            kept = Kept(article.id, story, article.url, "new" if old is None else "updated")
            for watcher in self.on_kept:
                watcher(kept, article, reading, now)
            return kept

    def knows(self, article: Article) -> Kept | None:
        """What `keep` would answer if it needed no reading (known or refused), None where a reading is needed."""
        article = mended(article)
        reason = refusal(article)
        if reason is not None:
            return Kept(article.id, 0, article.url, "refused", reason)
        found = self._engine.row("select digest, story, rules from articles where id = ?", (article.id,))
        if found is None or found[0] != rows_of.digest(article) or found[2] < RULES:
            return None
        return Kept(article.id, found[1], article.url, "known")

    def _read(self, article: Article, reading: Reading, when: int) -> None:
        """Puts what was read in the place of what was read before."""
        known = self._people.note(article.id, reading, when)
        self._quotes.note(article.id, reading.quotes, known, when)
        self._meetings.note(article.id, reading.meetings, known, when)

    def _renew(self, connection: sqlite3.Connection, article: Article, reading: Reading) -> None:
        (when,) = connection.execute("select moment from articles where id = ?", (article.id,)).fetchone()
        old = self.reading(article.id)
        if old is None or old.names != reading.names:
            rows_of.count(connection, article.id, gone=False)  # the index keeps names too
        connection.execute("update texts set reading_json = ? where article = ?", (rows_of.json(reading), article.id))
        connection.execute("update articles set rules = ? where id = ?", (reading.rules, article.id))
        self._stories.place(article, reading)  # it stays in its story, and is found by its new names and days
        self._read(article, reading, when)

    def get(self, article: int) -> Article | None:
        """The article with this id."""
        found = self._engine.value("select article_json from texts where article = ?", (article,))
        return None if found is None else msgspec.json.decode(found, type=Article)

    def by_url(self, url: str) -> Article | None:
        """The article at a canonical address; none has the empty one."""
        found = self._engine.value("select id from articles where url = ?", (url,)) if url else None
        return None if found is None else self.get(found)

    def many(self, ids: Sequence[int]) -> tuple[Article, ...]:
        """The articles with these ids, in this order; ids that are not there are left out."""
        if not ids:
            return ()
        rows = self._engine.rows(
            f"select article, article_json from texts where article in ({', '.join('?' * len(ids))})", tuple(ids)
        )
        found = {row[0]: row[1] for row in rows}
        return tuple(msgspec.json.decode(found[id_], type=Article) for id_ in ids if id_ in found)

    def listed(self, ids: Sequence[int]) -> tuple[Listed, ...]:
        """The articles with these ids without their texts, in this order; ids that are not there are left out."""
        if not ids:
            return ()
        rows = self._engine.rows(f"select {LISTED} from articles where id in ({', '.join('?' * len(ids))})", tuple(ids))
        found = {row[0]: listed(row) for row in rows}
        return tuple(found[id_] for id_ in ids if id_ in found)

    def latest(
        self,
        limit: int = 10,
        *,
        before: int | None = None,
        site: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[Listed, ...]:
        """The newest articles, newest first; `before` is the id of the last one of the page before this one."""
        where: list[str] = []
        values: list[object] = []
        if site is not None:
            where.append("site = ?")
            values.append(site)
        if since is not None:
            where.append("moment >= ?")
            values.append(ticks(since))
        if until is not None:
            where.append("moment < ?")
            values.append(ticks(until))
        edge = self._engine.value("select moment from articles where id = ?", (before,)) if before is not None else None
        if edge is not None:
            where.append("(moment, id) < (?, ?)")
            values += (edge, before)
        condition = f"where {' and '.join(where)}" if where else ""
        rows = self._engine.rows(
            f"select {LISTED} from articles {condition} order by moment desc, id desc limit ?", (*values, limit)
        )
        return tuple(map(listed, rows))

    def reading(self, article: int) -> Reading | None:
        """What was read out of an article."""
        found = self._engine.value("select reading_json from texts where article = ?", (article,))
        return None if found is None else msgspec.json.decode(found, type=Reading)

    def titles(self, article: int) -> tuple[Title, ...]:
        """Every title that an article has had, the first one first."""
        rows = self._engine.rows("select title, at from titles where article = ? order by at, title", (article,))
        return tuple(Title(title, moment(at)) for title, at in rows)

    def outdated(self, rules: int, after: int = -1, limit: int = 100) -> tuple[int, ...]:
        """Ids above `after`, ascending, of articles whose reading was made with older rules than these."""
        rows = self._engine.rows(
            "select id from articles where id > ? and rules < ? order by id limit ?", (after, rules, limit)
        )
        return tuple(row[0] for row in rows)

    def outdated_count(self, rules: int) -> int:
        """Number of articles whose reading was made with older rules than these."""
        return int(self._engine.value("select count(*) from articles where rules < ?", (rules,)))

    def reread(self, article: int, reading: Reading) -> bool:
        """Whether the article was there to be given a new reading; its text and story stay."""
        with self._engine.transaction() as connection:
            stored = self.get(article)
            if stored is None:
                return False
            self._renew(connection, stored, mended(reading))
            return True

    def remove(self, article: int) -> bool:
        """Whether the article was there to be removed, with all that was read out of it."""
        with self._engine.transaction() as connection:
            found = connection.execute("select site, moment from articles where id = ?", (article,)).fetchone()
            if found is None:
                return False
            stored = self.get(article)
            assert stored is not None
            self._stories.displace(article)
            self._read(stored, Reading(), found[1])
            rows_of.remove(connection, article, found[0])
            return True

    def changes(self, after: int = 0, limit: int = 1000) -> tuple[Change, ...]:
        """What altered after the change with this number, oldest first; of each article the last change only."""
        rows = self._engine.rows(
            "select number, article, gone from changes where number > ? order by number limit ?", (after, limit)
        )
        return tuple(Change(number, article, bool(gone)) for number, article, gone in rows)

    def last_change(self) -> int:
        """Number of the newest change, 0 if there was none."""
        return int(self._engine.value("select coalesce(max(number), 0) from changes"))

    def coverage(self) -> Coverage:
        """What the archive holds; sites with most articles first."""
        sites = self._engine.rows("select site, articles from sites where articles > 0 order by articles desc, site")
        first = self._engine.value("select min(moment) from articles")
        last = self._engine.value("select max(moment) from articles")
        newest = self._engine.value("select max(altered) from articles")
        return Coverage(
            count=sum(row[1] for row in sites),
            first=moment_or_none(first),
            last=moment_or_none(last),
            newest=moment_or_none(newest),
            sites=tuple((site, articles) for site, articles in sites if site),
        )
