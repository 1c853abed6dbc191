"""What chats follow. The matcher keeps these in memory and follows their changes by number."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from store.errors import BadValue
from store.moments import moment, moment_or_none, ticks, ticks_or_none

if TYPE_CHECKING:
    import sqlite3

    from store.sqlite import Engine, Row

UNDO = timedelta(minutes=10)
"""How long a deleted subscription can be taken back."""

SubscriptionKind = Literal["topic", "person", "met", "said"]
When = Literal["now", "daily", "weekly"]


class Wish(Struct, frozen=True, kw_only=True):
    """What is followed: every one of `words` and `people`, none of `without`; `about` are words of what was said.

    `topic` is how it is shown; `sources` is how many independent ones it takes, 1 or more.
    """

    kind: SubscriptionKind = "topic"
    topic: str
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    sources: int = 1
    when: When = "now"

    @property
    def same(self) -> str:
        """What two wishes have in common that ask for the same, however often and from whatever threshold on."""
        texts = [sorted(part) for part in (self.words, self.without, self.about)]
        return msgspec.json.encode((self.kind, texts, sorted(self.people))).decode()


class Subscription(Struct, frozen=True, kw_only=True):
    """A wish of a chat (of a forum topic in it), and when it was last told of something."""

    id: int
    chat: int
    thread: int
    user: int
    wish: Wish
    created: datetime
    paused_until: datetime | None = None
    told: datetime | None = None
    deleted: datetime | None = None


class Subscriptions:
    """What chats follow."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, chat: int, wish: Wish, now: datetime, *, thread: int = 0, user: int = 0) -> tuple[Subscription, bool]:
        """The subscription and whether it is new; the chat's own one if it follows the same already."""
        with self._engine.transaction() as connection:
            old = connection.execute(
                f"select {_COLUMNS} from subscriptions where chat = ? and thread = ? and same = ? and deleted is null",
                (chat, thread, wish.same),
            ).fetchone()
            if old is not None:
                return _subscription(old), False
            row = connection.execute(
                "insert into subscriptions (chat, thread, user_id, kind, topic, words, without, people, about, sources,"
                f" at_once, created, same) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning {_COLUMNS}",
                (chat, thread, user, *_wish_row(wish)[:8], ticks(now), wish.same),
            ).fetchall()[0]
            _count(connection, row[0])
            return _subscription(row), True

    def get(self, id_: int) -> Subscription | None:
        """The subscription with this id, a deleted one too as long as it can be taken back."""
        row = self._engine.row(f"select {_COLUMNS} from subscriptions where id = ?", (id_,))
        return None if row is None else _subscription(row)

    def of(self, chat: int, thread: int | None = None) -> tuple[Subscription, ...]:
        """What a chat (one forum topic of it) follows, the oldest first."""
        condition, values = ("and thread = ?", (chat, thread)) if thread is not None else ("", (chat,))
        rows = self._engine.rows(
            f"select {_COLUMNS} from subscriptions where chat = ? {condition} and deleted is null order by id", values
        )
        return tuple(map(_subscription, rows))

    def count(self, chat: int) -> int:
        """Number of subscriptions of a chat."""
        return int(self._engine.value("select count(*) from subscriptions where chat = ? and deleted is null", (chat,)))

    def all(self, after: int = 0, limit: int = 1000) -> tuple[Subscription, ...]:
        """Subscriptions with ids above `after`, ascending, of chats that are awake: to fill the matcher."""
        rows = self._engine.rows(f"{_AWAKE} and s.id > ? order by s.id limit ?", (after, limit))
        return tuple(map(_subscription, rows))

    def changes(self, after: int, limit: int = 1000) -> tuple[tuple[int, int, Subscription | None], ...]:
        """Number, id and what is awake of it now (None: nothing) of what altered after that."""
        rows = self._engine.rows(
            "select number, subscription from subscription_changes where number > ? order by number limit ?",
            (after, limit),
        )
        found = ((number, id_, self._engine.row(f"{_AWAKE} and s.id = ?", (id_,))) for number, id_ in rows)
        return tuple((number, id_, None if row is None else _subscription(row)) for number, id_, row in found)

    def last_change(self) -> int:
        """Number of the newest change, 0 if there was none."""
        return int(self._engine.value("select coalesce(max(number), 0) from subscription_changes"))

    def alter(self, id_: int, wish: Wish) -> bool:
        """Whether the subscription was there to follow this instead.

        Raises: BadValue if the chat follows the same elsewhere already.
        """
        with self._engine.transaction() as connection:
            row = connection.execute("select chat, thread from subscriptions where id = ?", (id_,)).fetchone()
            if row is None:
                return False
            if connection.execute(
                "select 1 from subscriptions where chat = ? and thread = ? and same = ? and deleted is null"
                " and id <> ?",
                (*row, wish.same, id_),
            ).fetchone():
                raise BadValue(f"{wish.topic} is followed here already.")
            connection.execute(
                "update subscriptions set kind = ?, topic = ?, words = ?, without = ?, people = ?, about = ?,"
                " sources = ?, at_once = ?, same = ? where id = ?",
                (*_wish_row(wish), id_),
            )
            _count(connection, id_)
            return True

    def pause(self, id_: int, until: datetime | None) -> bool:
        """Whether the subscription was there to be silent until then, or (None) to go on."""
        return self._set(id_, "paused_until = ?", (ticks_or_none(until),))

    def told(self, id_: int, now: datetime) -> bool:
        """Whether the subscription was there; it told of something now."""
        return self._engine.write("update subscriptions set told = ? where id = ?", (ticks(now), id_)) == 1

    def delete(self, id_: int, now: datetime) -> bool:
        """Whether the subscription was there to be deleted; it can be taken back for ten minutes."""
        with self._engine.transaction() as connection:
            done = self._set(id_, "deleted = ?", (ticks(now),), "and deleted is null")
            # Forgotten, not marked: another topic may still tell this chat of the same story.
            connection.execute("delete from outbox where subscription = ? and state = 'ready'", (id_,))
            return done

    def restore(self, id_: int, now: datetime) -> bool:
        """Whether a deleted subscription was there to be taken back, within ten minutes and without a second one."""
        return self._set(
            id_,
            "deleted = null",
            (),
            "and deleted >= ? and not exists (select 1 from subscriptions s where s.chat = subscriptions.chat"
            " and s.thread = subscriptions.thread and s.same = subscriptions.same and s.deleted is null)",
            (ticks(now - UNDO),),
        )

    def move(self, id_: int, chat: int, thread: int = 0) -> bool:
        """Whether the subscription is another chat's or forum topic's now; not if that one follows the same already."""
        return self._set(
            id_,
            "chat = ?, thread = ?",
            (chat, thread),
            "and not exists (select 1 from subscriptions s where s.chat = ? and s.thread = ?"
            " and s.same = subscriptions.same and s.deleted is null)",
            (chat, thread),
        )

    def _set(
        self, id_: int, change: str, values: tuple[object, ...], condition: str = "", more: tuple[object, ...] = ()
    ) -> bool:
        with self._engine.transaction() as connection:
            done = connection.execute(
                f"update subscriptions set {change} where id = ? {condition}", (*values, id_, *more)
            ).rowcount
            if done:
                _count(connection, id_)
            return done == 1

    def sweep(self, now: datetime) -> int:
        """Number of deleted subscriptions that can be taken back no more and are gone."""
        return self._engine.write("delete from subscriptions where deleted < ?", (ticks(now - UNDO),))

    def total(self) -> int:
        """Number of subscriptions of all chats."""
        return int(self._engine.value("select count(*) from subscriptions where deleted is null"))


_COLUMNS = (
    "id, chat, thread, user_id, kind, topic, words, without, people, about, sources, at_once, paused_until, created,"
    " told, deleted"
)

_AWAKE = (
    f"select {', '.join(f's.{name}' for name in _COLUMNS.split(', '))} from subscriptions s"
    " left join chats c on c.id = s.chat where s.deleted is null and coalesce(c.state, 'active') = 'active'"
)
"""Subscriptions that tell of something now: not deleted, and their chat does not sleep."""


def _wish_row(wish: Wish) -> tuple[object, ...]:
    lists = (msgspec.json.encode(part).decode() for part in (wish.words, wish.without, wish.people, wish.about))
    return (wish.kind, wish.topic, *lists, wish.sources, wish.when, wish.same)


def _subscription(row: Row) -> Subscription:
    id_, chat, thread, user, kind, topic, words, without, people, about, sources, when, paused, created, told, gone = (
        row
    )
    texts = (msgspec.json.decode(part, type=tuple[str, ...]) for part in (words, without, about))
    words, without, about = texts
    return Subscription(
        id=id_,
        chat=chat,
        thread=thread,
        user=user,
        wish=Wish(
            kind=kind,
            topic=topic,
            words=words,
            without=without,
            people=msgspec.json.decode(people, type=tuple[int, ...]),
            about=about,
            sources=sources,
            when=when,
        ),
        created=moment(created),
        paused_until=moment_or_none(paused),
        told=moment_or_none(told),
        deleted=moment_or_none(gone),
    )


def _count(connection: sqlite3.Connection, id_: int) -> None:
    """Gives the subscription the next number of a change; its older one is forgotten."""
    connection.execute("delete from subscription_changes where subscription = ?", (id_,))
    connection.execute("insert into subscription_changes (subscription) values (?)", (id_,))
