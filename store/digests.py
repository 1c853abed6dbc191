"""The digests: at which times of day a chat gets one, when the next is due, and up to where it was told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from store.moments import moment, moment_or_none, span, ticks, ticks_or_none

if TYPE_CHECKING:
    from store.sqlite import Engine, Row


AHEAD = 8 * 86_400.0
"""Seconds that no digest is away: the longest pause between two is a week."""


class Digest(Struct, frozen=True, kw_only=True):
    """A chat's wish for digests. `times` are minutes of its local day, `days` 0 (Monday) to 6.

    `mark` is the moment of the last one; what has not been told yet is counted by store.arrivals, not by it.
    """

    chat: int
    thread: int
    times: tuple[int, ...]
    days: tuple[int, ...]
    next: datetime | None
    mark: datetime
    fence: int
    created: datetime


class Digests:
    """The digests of all chats."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def set(
        self,
        chat: int,
        times: tuple[int, ...],
        due: datetime | None,
        now: datetime,
        *,
        thread: int = 0,
        days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6),
    ) -> Digest:
        """The digest as it is now; a new one tells of nothing older than itself, an altered one keeps its mark."""
        row = self._engine.returning(
            "insert into digests (chat, thread, times, days, next, mark, created) values (?, ?, ?, ?, ?, ?, ?)"
            " on conflict (chat, thread) do update set times = excluded.times, days = excluded.days,"
            f" next = excluded.next returning {_COLUMNS}",
            (chat, thread, _json(times), _json(days), ticks_or_none(due), ticks(now), ticks(now)),
        )
        assert row is not None
        return _digest(row)

    def get(self, chat: int, thread: int = 0) -> Digest | None:
        """The digest of a chat or forum topic."""
        row = self._engine.row(f"select {_COLUMNS} from digests where chat = ? and thread = ?", (chat, thread))
        return None if row is None else _digest(row)

    def of(self, chat: int) -> tuple[Digest, ...]:
        """The digests of a chat and its forum topics."""
        rows = self._engine.rows(f"select {_COLUMNS} from digests where chat = ? order by thread", (chat,))
        return tuple(map(_digest, rows))

    def off(self, chat: int, thread: int = 0) -> bool:
        """Whether there was a digest to be ended."""
        return self._engine.write("delete from digests where chat = ? and thread = ?", (chat, thread)) == 1

    def lease(self, worker: str, now: datetime, seconds: float, limit: int = 10) -> tuple[Digest, ...]:
        """Digests that are due in chats that are awake, the longest first, this worker's for so many seconds.

        One whose time lies more than AHEAD away was put off before the clock was set back, and is due as well.
        """
        at, ahead = ticks(now), ticks(now) + span(AHEAD)
        with self._engine.transaction() as connection:
            rows = connection.execute(
                "select d.chat, d.thread from digests d left join chats c on c.id = d.chat"
                " where (d.next <= ? or d.next > ?) and coalesce(c.state, 'active') = 'active'"
                " and (d.lease_until is null or d.lease_until < ? or d.lease_until > ?)"
                " order by d.next, d.chat, d.thread limit ?",
                (at, ahead, at, ahead, limit),
            ).fetchall()
            found = [
                connection.execute(
                    "update digests set lease = ?, lease_until = ?, fence = fence + 1 where chat = ? and thread = ?"
                    f" returning {_COLUMNS}",
                    (worker, at + span(seconds), *key),
                ).fetchone()
                for key in rows
            ]
            return tuple(map(_digest, found))

    def delivered(self, worker: str, digest: Digest, mark: datetime, due: datetime | None) -> bool:
        """Whether the mark is moved up to there and the next one due then; not if the lease was lost."""
        return (
            self._engine.write(
                "update digests set mark = max(mark, ?), next = ?, lease = null, lease_until = null"
                " where chat = ? and thread = ? and lease = ? and fence = ?",
                (ticks(mark), ticks_or_none(due), digest.chat, digest.thread, worker, digest.fence),
            )
            == 1
        )

    def told(self, chat: int, mark: datetime, thread: int = 0) -> bool:
        """Whether there is a digest whose mark is now at least there: after one that was asked for."""
        return (
            self._engine.write(
                "update digests set mark = max(mark, ?) where chat = ? and thread = ?", (ticks(mark), chat, thread)
            )
            == 1
        )

    def reschedule(self, chat: int, due: datetime | None, thread: int = 0) -> bool:
        """Whether there is a digest that is due then instead, for example because the chat's zone altered."""
        return (
            self._engine.write(
                "update digests set next = ? where chat = ? and thread = ?", (ticks_or_none(due), chat, thread)
            )
            == 1
        )

    def next_due(self) -> datetime | None:
        """When the next digest of any chat is due."""
        return moment_or_none(self._engine.value("select min(next) from digests"))


_COLUMNS = "chat, thread, times, days, next, mark, fence, created"


def _json(values: tuple[int, ...]) -> str:
    return msgspec.json.encode(values).decode()


def _digest(row: Row) -> Digest:
    chat, thread, times, days, due, mark, fence, created = row
    return Digest(
        chat=chat,
        thread=thread,
        times=msgspec.json.decode(times, type=tuple[int, ...]),
        days=msgspec.json.decode(days, type=tuple[int, ...]),
        next=moment_or_none(due),
        mark=moment(mark),
        fence=fence,
        created=moment(created),
    )
