"""The updates owed an answer: kept before they are confirmed, in order in each chat, given up after three tries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from store.moments import moment, ticks

if TYPE_CHECKING:
    from store.sqlite import Engine, Row

TRIES = 3
"""Times that an update is begun; one that brings the program down must not do so for ever."""

OLD = timedelta(hours=24)
"""Age from which an update is not answered any more; Telegram itself drops them then (getUpdates)."""

REMEMBERED = timedelta(hours=48)
"""How long a finished update is known again; twice what Telegram may repeat."""

InboxState = Literal["waiting", "working", "dead"]


class Received(Struct, frozen=True):
    """An update that was kept. `tries` counts how often it was begun; `reason` says why it was given up."""

    id: int
    chat: int
    at: datetime
    state: InboxState
    tries: int
    reason: str | None
    body: str


class Inbox:
    """What came in and is not answered yet."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, update: int, chat: int, body: str, now: datetime) -> bool:
        """Whether the update is new; it is kept when this returns. One that is being answered or was is not new."""
        with self._engine.transaction() as connection:
            if connection.execute("select 1 from finished where id = ?", (update,)).fetchone():
                return False
            return (
                connection.execute(
                    "insert into inbox (id, chat, at, state, body) values (?, ?, ?, 'waiting', ?)"
                    " on conflict do nothing",
                    (update, chat, ticks(now), body),
                ).rowcount
                == 1
            )

    def begin(self, update: int) -> bool:
        """Whether to answer it; counts one more try. Not if it is finished, dead or was begun three times."""
        with self._engine.transaction() as connection:
            row = connection.execute("select state, tries from inbox where id = ?", (update,)).fetchone()
            if row is None or row[0] == "dead":
                return False
            if row[1] >= TRIES:
                self._bury(update, f"begun {TRIES} times without an end")
                return False
            connection.execute("update inbox set state = 'working', tries = tries + 1 where id = ?", (update,))
            return True

    def finish(self, update: int, now: datetime) -> None:
        """Nothing; the update was answered, and a repeat of it will be known. Finishing twice is fine."""
        with self._engine.transaction() as connection:
            connection.execute("delete from inbox where id = ? and state <> 'dead'", (update,))
            connection.execute(
                "insert into finished (id, at) values (?, ?) on conflict do nothing", (update, ticks(now))
            )

    def fail(self, update: int, reason: str) -> bool:
        """Whether it may be tried again; after three tries it is dead, with the reason."""
        with self._engine.transaction() as connection:
            row = connection.execute("select tries from inbox where id = ? and state <> 'dead'", (update,)).fetchone()
            if row is None:
                return False
            if row[0] >= TRIES:
                self._bury(update, reason)
                return False
            connection.execute("update inbox set state = 'waiting', reason = ? where id = ?", (reason, update))
            return True

    def _bury(self, update: int, reason: str) -> None:
        self._engine.write("update inbox set state = 'dead', reason = ? where id = ?", (reason, update))

    def replay(self, now: datetime) -> tuple[Received, ...]:
        """What an earlier process took and did not finish, in order; what is too old or was tried too often is dead."""
        with self._engine.transaction() as connection:
            connection.execute(
                "update inbox set state = 'dead', reason = ? where state in ('waiting', 'working') and tries >= ?",
                (f"begun {TRIES} times without an end", TRIES),
            )
            connection.execute(
                "update inbox set state = 'dead', reason = 'older than a day' where state in ('waiting', 'working')"
                " and at < ?",
                (ticks(now - OLD),),
            )
            connection.execute("update inbox set state = 'waiting' where state = 'working'")
            rows = connection.execute(f"select {_COLUMNS} from inbox where state = 'waiting' order by id").fetchall()
            return tuple(map(_received, rows))

    def dead(self, limit: int = 20) -> tuple[Received, ...]:
        """What was given up, the newest first."""
        rows = self._engine.rows(
            f"select {_COLUMNS} from inbox where state = 'dead' order by id desc limit ?", (limit,)
        )
        return tuple(map(_received, rows))

    def counts(self) -> dict[str, int]:
        """Number of updates in each state."""
        return dict(self._engine.rows("select state, count(*) from inbox group by state"))

    def sweep(self, now: datetime) -> int:
        """Number of rows forgotten: finished ones after two days, dead ones after a week."""
        with self._engine.transaction() as connection:
            gone = connection.execute("delete from finished where at < ?", (ticks(now - REMEMBERED),)).rowcount
            gone += connection.execute(
                "delete from inbox where state = 'dead' and at < ?", (ticks(now - timedelta(days=7)),)
            ).rowcount
            return gone


_COLUMNS = "id, chat, at, state, tries, reason, body"


def _received(row: Row) -> Received:
    id_, chat, at, *rest = row
    return Received(id_, chat, moment(at), *rest)
