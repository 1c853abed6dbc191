"""The rows of an article: what is listed of it, what is told of keeping it, and why it may be refused."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
from msgspec import Struct

from news.article import Article
from news.facts import Reading
from store.moments import moment

if TYPE_CHECKING:
    import sqlite3

    from store.sqlite import Row

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
    """The last alteration of an article's text or names; `gone` where it was removed."""

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


LISTED = "id, story, title, url, site, language, moment, kept"
"""Columns of `listed`."""


def refusal(article: Article) -> str | None:
    """Why an article cannot be kept, None if it can."""
    letters = sum(map(str.isalpha, article.text[:4000]))
    if letters == 0:
        return "There is no text in it. Give a page or a file with the article's text."
    if letters < FEWEST_LETTERS:
        return f"Its text is too short: {letters} letters, at least {FEWEST_LETTERS} are needed to be an article."
    return None


_Kind = TypeVar("_Kind", Article, Reading)


def mended(value: _Kind) -> _Kind:
    """The article or reading with lone surrogates, which no file can hold, replaced one by one: no offset moves."""
    try:
        msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.convert(_without_surrogates(msgspec.to_builtins(value)), type(value))
    return value


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in value)
    if isinstance(value, dict):
        return {key: _without_surrogates(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(inner) for inner in value]
    return value


def digest(article: Article) -> str:
    """What stays the same as long as title and text do."""
    return blake2b(f"{article.title}\n\n{article.text}".encode(), digest_size=12).hexdigest()


def listed(row: Row) -> Listed:
    """The columns LISTED as what they mean."""
    id_, story, title, url, site, language, published, kept = row
    return Listed(id_, story, title, url, site, language, moment(published), moment(kept))


def add(connection: sqlite3.Connection, article: Article, reading: Reading, facts: tuple[int, int, int | None]) -> None:
    """Nothing; a row for a new article, published and kept at these moments, from this feed."""
    when, at, feed = facts
    connection.execute(
        "insert into articles (id, url, title, site, language, moment, kept, altered, story, feed, digest, rules)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
        (
            *(article.id, article.url, article.title, article.site, article.language, when, at, at),
            *(feed, digest(article), reading.rules),
        ),
    )
    _tally(connection, article.site, 1)
    _write(connection, article, reading, at)


def alter(connection: sqlite3.Connection, article: Article, reading: Reading, when: int, at: int) -> None:
    """Nothing; the row of an article whose title or text altered at that moment."""
    (site,) = connection.execute("select site from articles where id = ?", (article.id,)).fetchone()
    connection.execute(
        "update articles set url = ?, title = ?, site = ?, language = ?, moment = ?, altered = ?, digest = ?,"
        " rules = ? where id = ?",
        (
            *(article.url, article.title, article.site, article.language, when, at),
            *(digest(article), reading.rules, article.id),
        ),
    )
    if site != article.site:
        _tally(connection, site, -1)
        _tally(connection, article.site, 1)
    _write(connection, article, reading, at)


def _write(connection: sqlite3.Connection, article: Article, reading: Reading, at: int) -> None:
    connection.execute(
        "insert into texts (article, article_json, reading_json) values (?, ?, ?) on conflict (article) do update set"
        " article_json = excluded.article_json, reading_json = excluded.reading_json",
        (article.id, json(article), json(reading)),
    )
    last = connection.execute(
        "select title from titles where article = ? order by at desc, title desc limit 1", (article.id,)
    ).fetchone()
    if last is None or last[0] != article.title:
        connection.execute(
            "insert into titles (article, title, at) values (?, ?, ?) on conflict do nothing",
            (article.id, article.title, at),
        )


def remove(connection: sqlite3.Connection, article: int, site: str | None) -> None:
    """Nothing; takes every row of an article away but those of what was read out of it."""
    for table, column in (("articles", "id"), ("texts", "article"), ("titles", "article"), ("saved", "article")):
        connection.execute(f"delete from {table} where {column} = ?", (article,))
    _tally(connection, site, -1)
    count(connection, article, gone=True)


def json(value: Struct) -> str:
    """The value as it stands in the database."""
    return msgspec.json.encode(value).decode()


def _tally(connection: sqlite3.Connection, site: str | None, step: int) -> None:
    """Counts an article of a site; those of no site are counted under the empty name."""
    connection.execute(
        "insert into sites (site, articles) values (?, ?)"
        " on conflict (site) do update set articles = sites.articles + excluded.articles",
        (site or "", step),
    )


def count(connection: sqlite3.Connection, article: int, *, gone: bool) -> None:
    """Nothing; gives the article the next number of a change; its older one is forgotten."""
    connection.execute("delete from changes where article = ?", (article,))
    connection.execute("insert into changes (article, gone) values (?, ?)", (article, int(gone)))
