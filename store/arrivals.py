"""What has come in and not been told in a digest yet. Taking is one transaction with what it is taken for.

Laws: an arrival is told to a digest once, whatever the clock does and whenever the program is stopped; what is looked
at by `pending` stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from store.moments import ticks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.sqlite import Engine

MOST = 2000
"""Arrivals that one digest looks at; the newest count, a chat cannot read more."""


class Pending(Struct, frozen=True):
    """What a digest has to tell: stories with their new articles, in order of arrival; `upto` the last arrival."""

    stories: tuple[tuple[int, tuple[int, ...]], ...] = ()
    upto: int = 0


class Arrivals:
    """The order in which articles came."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, article: int, story: int, now: datetime) -> int:
        """Number of the article's arrival; an updated article keeps the one it had."""
        with self._engine.transaction() as connection:
            connection.execute(
                "insert into arrivals (article, story, at) values (?, ?, ?)"
                " on conflict (article) do update set story = excluded.story",
                (article, story, ticks(now)),
            )
            row = connection.execute("select number from arrivals where article = ?", (article,)).fetchone()
            return int(row[0])

    def match(self, subscription: int, arrival: int) -> None:
        """Nothing; the arrival is told in the next digest of the subscription's chat, unless one has told it."""
        self._engine.write(
            "insert into matches (subscription, arrival) values (?, ?) on conflict do nothing", (subscription, arrival)
        )

    def newest(self) -> int:
        """Number of the last arrival, 0 if there was none."""
        return int(self._engine.value("select coalesce(max(number), 0) from arrivals"))

    def pending(self, subscriptions: Sequence[int]) -> Pending:
        """What was noted for these subscriptions and not taken yet, in the stories where the articles are now."""
        marks = ", ".join("?" * len(subscriptions))
        rows = self._engine.rows(
            "select distinct a.number, r.story, a.article from matches m join arrivals a on a.number = m.arrival"
            f" join articles r on r.id = a.article where m.subscription in ({marks}) and m.told = 0"
            " order by a.number desc limit ?",
            (*subscriptions, MOST),
        )
        return _grouped(rows, self.newest())

    def since(self, number: int) -> Pending:
        """Everything that came after an arrival."""
        rows = self._engine.rows(
            "select a.number, coalesce(r.story, a.story), a.article from arrivals a"
            " left join articles r on r.id = a.article where a.number > ? order by a.number desc limit ?",
            (number, MOST),
        )
        return _grouped(rows, self.newest())

    def told_upto(self, chat: int, thread: int) -> int:
        """Up to which arrival the chat's digests have told of everything."""
        found = self._engine.value("select upto from digests where chat = ? and thread = ?", (chat, thread))
        return int(found or 0)

    def take(self, chat: int, thread: int, subscriptions: Sequence[int], upto: int) -> None:
        """Nothing; what came up to there counts as told. To be called in the transaction that enqueues the digest."""
        with self._engine.transaction() as connection:
            for subscription in subscriptions:
                connection.execute(
                    "update matches set told = 1 where subscription = ? and arrival <= ? and told = 0",
                    (subscription, upto),
                )
            connection.execute(
                "update digests set upto = max(upto, ?) where chat = ? and thread = ?", (upto, chat, thread)
            )

    def sweep(self, before: datetime) -> int:
        """Number of old arrivals forgotten, with the matches of them."""
        with self._engine.transaction() as connection:
            edge = ticks(before)
            connection.execute("delete from matches where subscription not in (select id from subscriptions)")
            connection.execute(
                "delete from matches where arrival in (select number from arrivals where at < ?)", (edge,)
            )
            return connection.execute("delete from arrivals where at < ?", (edge,)).rowcount


def _grouped(rows: Sequence[tuple[int, int, int]], upto: int) -> Pending:
    stories: dict[int, list[int]] = {}
    for _, story, article in reversed(rows):
        stories.setdefault(story, []).append(article)
    return Pending(tuple((story, tuple(articles)) for story, articles in stories.items()), upto)
