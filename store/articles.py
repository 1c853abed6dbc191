"""The articles: kept once, with all that was read out of them, in one transaction."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec
from msgspec import Struct

from news.article import Article
from news.reading import Reading
from store.moments import moment, ticks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from store.meetings import Meetings
    from store.people import People
    from store.quotes import Quotes
    from store.sqlite import Engine

FEWEST_LETTERS = 20
"""Letters that a text needs to say anything; the shortest news in brief have more than twice as many."""

State = Literal["new", "known", "updated", "refused"]


class Kept(Struct, frozen=True):
    """What became of an article that was given to be kept; `story` is 0 and `reason` a sentence where refused."""

    id: int
    story: int
    url: str
    state: State
    reason: str | None = None


class Listed(Struct, frozen=True):
    """An article without its text. `moment` is when it was published, or kept where that is unknown."""

    id: int
    story: int
    title: str
    url: str
    site: str | None
    language: str | None
    moment: datetime
    kept: datetime


class Title(Struct, frozen=True):
    """A title that an article has had since a moment."""

    title: str
    since: datetime


class Change(Struct, frozen=True):
    """The last alteration of an article's text; `gone` where it was removed."""

    number: int
    article: int
    gone: bool


class Coverage(Struct, frozen=True):
    """What the archive holds: how many articles, published from when to when, the last one kept, and of which sites."""

    count: int
    first: datetime | None
    last: datetime | None
    newest: datetime | None
    sites: tuple[tuple[str, int], ...]


class Placing(Protocol):
    """What finds the story of an article. Called inside the transaction that keeps it."""

    def place(self, article: Article, reading: Reading) -> int:
        """Id of the story that the article tells, a new one where nobody told it before."""

    def displace(self, article: int) -> None:
        """Nothing; takes an article out of its story."""


Watcher = "Callable[[Kept, Article, Reading, datetime], None]"

_LISTED = "id, story, title, url, site, language, moment, kept"


class Articles:
    """The articles of the archive."""

    def __init__(self, engine: Engine, people: People, quotes: Quotes, meetings: Meetings, stories: Placing) -> None:
        self._engine = engine
        self._people = people
        self._quotes = quotes
        self._meetings = meetings
        self._stories = stories
        self.on_kept: list[Callable[[Kept, Article, Reading, datetime], None]] = []
        """Called with each new or updated article inside the transaction that keeps it; an exception takes it back."""

    def keep(self, article: Article, reading: Reading, now: datetime, feed: int | None = None) -> Kept:
        """What became of the article: new, known (nothing altered), updated (title or text altered) or refused.

        Everything that follows from it (people, quotes, meetings, its story, the number of the change, and what
        `on_kept` writes) is one transaction: all of it is there afterwards, or nothing.
        """
        article = _mended(article)
        reason = refusal(article)
        if reason is not None:
            return Kept(article.id, 0, article.url, "refused", reason)
        with self._engine.transaction() as connection:
            old = connection.execute(
                "select digest, story, rules, kept, title, site from articles where id = ?", (article.id,)
            ).fetchone()
            digest = _digest(article.title, article.text)
            if old is not None and old[0] == digest:
                if reading.rules > old[2]:
                    self._renew(connection, article, reading)
                return Kept(article.id, old[1], article.url, "known")
            at = ticks(now)
            when = at if article.published is None else min(at, ticks(article.published))
            if old is None:
                self._add(connection, article, reading, (digest, when, at, feed))
            else:
                self._alter(connection, article, reading, (digest, when if article.published else old[3], at))
            self._read(article, reading, when)
            story = self._stories.place(article, reading)
            connection.execute("update articles set story = ? where id = ?", (story, article.id))
            _count(connection, article.id, gone=False)
            kept = Kept(article.id, story, article.url, "new" if old is None else "updated")
            for watcher in self.on_kept:
                watcher(kept, article, reading, now)
            return kept

    def knows(self, article: Article) -> Kept | None:
        """What `keep` would answer if it needed no reading (known or refused), None where a reading is needed."""
        article = _mended(article)
        reason = refusal(article)
        if reason is not None:
            return Kept(article.id, 0, article.url, "refused", reason)
        found = self._engine.row("select digest, story, rules from articles where id = ?", (article.id,))
        if found is None or found[0] != _digest(article.title, article.text) or found[2] < Reading().rules:
            return None
        return Kept(article.id, found[1], article.url, "known")

    def _add(
        self,
        connection: sqlite3.Connection,
        article: Article,
        reading: Reading,
        facts: tuple[str, int, int, int | None],
    ) -> None:
        digest, when, at, feed = facts
        connection.execute(
            "insert into articles (id, url, title, site, language, moment, kept, altered, story, feed, digest, copy, rules)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
            (
                *(article.id, article.url, article.title, article.site, article.language, when, at, at),
                *(feed, digest, _copy(article.text), reading.rules),
            ),
        )
        connection.execute(
            "insert into texts (article, article_json, reading_json) values (?, ?, ?)",
            (article.id, _json(article), _json(reading)),
        )
        connection.execute(
            "insert into titles (article, title, at) values (?, ?, ?) on conflict do nothing",
            (article.id, article.title, at),
        )
        _tally(connection, article.site, 1)

    def _alter(
        self, connection: sqlite3.Connection, article: Article, reading: Reading, facts: tuple[str, int, int]
    ) -> None:
        digest, when, at = facts
        title, site = connection.execute("select title, site from articles where id = ?", (article.id,)).fetchone()
        connection.execute(
            "update articles set url = ?, title = ?, site = ?, language = ?, moment = ?, altered = ?, digest = ?,"
            " copy = ?, rules = ? where id = ?",
            (
                *(article.url, article.title, article.site, article.language, when, at, digest),
                *(_copy(article.text), reading.rules, article.id),
            ),
        )
        connection.execute(
            "update texts set article_json = ?, reading_json = ? where article = ?",
            (_json(article), _json(reading), article.id),
        )
        if title != article.title:
            connection.execute(
                "insert into titles (article, title, at) values (?, ?, ?) on conflict do nothing",
                (article.id, article.title, at),
            )
        if site != article.site:
            _tally(connection, site, -1)
            _tally(connection, article.site, 1)

    def _read(self, article: Article, reading: Reading, when: int) -> None:
        """Puts what was read in the place of what was read before."""
        known = self._people.note(article.id, reading, when)
        self._quotes.note(article.id, reading.quotes, known, when)
        self._meetings.note(article.id, reading.meetings, known, when)

    def _renew(self, connection: sqlite3.Connection, article: Article, reading: Reading) -> None:
        (when,) = connection.execute("select moment from articles where id = ?", (article.id,)).fetchone()
        connection.execute("update texts set reading_json = ? where article = ?", (_json(reading), article.id))
        connection.execute("update articles set rules = ? where id = ?", (reading.rules, article.id))
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
        rows = self._engine.rows(
            f"select article, article_json from texts where article in ({_marks(ids)})", tuple(ids)
        )
        found = {row[0]: row[1] for row in rows}
        return tuple(msgspec.json.decode(found[id_], type=Article) for id_ in ids if id_ in found)

    def listed(self, ids: Sequence[int]) -> tuple[Listed, ...]:
        """The articles with these ids without their texts, in this order; ids that are not there are left out."""
        rows = self._engine.rows(f"select {_LISTED} from articles where id in ({_marks(ids)})", tuple(ids))
        found = {row[0]: _listed(row) for row in rows}
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
            f"select {_LISTED} from articles {condition} order by moment desc, id desc limit ?", (*values, limit)
        )
        return tuple(map(_listed, rows))

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
            self._renew(connection, stored, reading)
            return True

    def remove(self, article: int) -> bool:
        """Whether the article was there to be removed, with all that was read out of it."""
        with self._engine.transaction() as connection:
            found = connection.execute("select site, moment from articles where id = ?", (article,)).fetchone()
            if found is None:
                return False
            nothing = Reading()
            self._stories.displace(article)
            known = self._people.note(article, nothing, found[1])
            self._quotes.note(article, (), known, found[1])
            self._meetings.note(article, (), known, found[1])
            for table, column in (
                ("articles", "id"),
                ("texts", "article"),
                ("titles", "article"),
                ("saved", "article"),
            ):
                connection.execute(f"delete from {table} where {column} = ?", (article,))
            _tally(connection, found[0], -1)
            _count(connection, article, gone=True)
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
            first=None if first is None else moment(first),
            last=None if last is None else moment(last),
            newest=None if newest is None else moment(newest),
            sites=tuple((site, articles) for site, articles in sites if site),
        )


def refusal(article: Article) -> str | None:
    """Why an article cannot be kept, None if it can."""
    letters = sum(map(str.isalpha, article.text[:4000]))
    if letters == 0:
        return "There is no text in it. Give a page or a file with the article's text."
    if letters < FEWEST_LETTERS:
        return f"Its text is too short: {letters} letters, at least {FEWEST_LETTERS} are needed to be an article."
    return None


def _mended(article: Article) -> Article:
    """The article with lone surrogates, which no file can hold, replaced one by one, so that no offset moves."""
    try:
        msgspec.json.encode(article)
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(article)
        return msgspec.convert(_without_surrogates(plain), Article)
    return article


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in value)
    if isinstance(value, dict):
        return {key: _without_surrogates(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(inner) for inner in value]
    return value


def _digest(title: str, text: str) -> str:
    return blake2b(f"{title}\n\n{text}".encode(), digest_size=12).hexdigest()


def _copy(text: str) -> str:
    return blake2b(" ".join(text.split()).encode(), digest_size=12).hexdigest()


def _json(value: Struct) -> str:
    return msgspec.json.encode(value).decode()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _listed(row: tuple[int, int, str, str, str | None, str | None, int, int]) -> Listed:
    return Listed(*row[:6], moment(row[6]), moment(row[7]))


def _tally(connection: sqlite3.Connection, site: str | None, step: int) -> None:
    """Counts an article of a site; those of no site are counted under the empty name."""
    connection.execute(
        "insert into sites (site, articles) values (?, ?)"
        " on conflict (site) do update set articles = sites.articles + excluded.articles",
        (site or "", step),
    )


def _count(connection: sqlite3.Connection, article: int, *, gone: bool) -> None:
    """Gives the article the next number of a change; its older one is forgotten."""
    connection.execute("delete from changes where article = ?", (article,))
    connection.execute("insert into changes (article, gone) values (?, ?)", (article, int(gone)))
