"""The messages owed: enqueued with what caused them, sent once, never lost.

    ready -> claimed -> sending -> sent
      ^         |          |----> unknown   nobody knows whether it arrived: not sent again by itself
      |         |          |----> ready     it certainly did not arrive: later, or at once
      |---------|          '----> dead      it cannot be delivered, with the reason
      lease ran out

A worker claims, marks `sending` before it calls, and records the outcome after it; each step is one commit. What was
claimed when a worker died is ready again as soon as its lease has run out. What it was sending is too, marked as a
possible repeat, because nothing may be lost: that is the one message that a crash can double. Every step asks for the
fence that the claim gave, so that a worker which lost its lease unawares cannot alter what its successor does.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from store.moments import moment, moment_or_none, span, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.sqlite import Engine, Row

OutboxState = Literal["ready", "claimed", "sending", "sent", "unknown", "dead"]

ANSWER = 0
"""Lane of what a person waits for."""

ALERT = 1
"""Lane of what is told unasked."""

MOST = 8
"""Attempts after which a message is dead; with doubling waits that is hours, not seconds."""

ALONE = ("digest", "words", "edit")
"""Beginnings of the kinds that never go out together with others: a digest, an announcement, an edit."""

REPEAT = "perhaps a repeat: the worker stopped while it was being sent"


class Owed(Struct, frozen=True, kw_only=True):
    """A message owed. `body` is JSON of whoever enqueued it, `reason` is why, in words for the person."""

    id: int
    chat: int
    thread: int
    story: int
    kind: str
    lane: int
    state: OutboxState
    due: datetime
    attempts: int
    fence: int
    article: int | None
    subscription: int | None
    reason: str
    body: str
    message: int | None
    error: str | None
    created: datetime
    sent: datetime | None


class Swept(Struct, frozen=True):
    """How many leases had run out: of messages only claimed, and of messages that may go out a second time."""

    claimed: int
    repeats: int


class Outbox:
    """What is owed to chats."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enqueue(
        self,
        chat: int,
        story: int,
        kind: str,
        body: str,
        now: datetime,
        *,
        thread: int = 0,
        lane: int = ALERT,
        due: datetime | None = None,
        article: int | None = None,
        subscription: int | None = None,
        reason: str = "",
    ) -> int | None:
        """Id of the message, None if this chat was or will be told this kind of thing of this story anyway."""
        row = self._engine.returning(
            "insert into outbox (chat, thread, story, kind, lane, state, due, article, subscription, reason, body,"
            " created) values (?, ?, ?, ?, ?, 'ready', ?, ?, ?, ?, ?, ?) on conflict do nothing returning id",
            (
                *(chat, thread, story, kind, lane, ticks(due or now)),
                *(article, subscription, reason, body, ticks(now)),
            ),
        )
        return None if row is None else int(row[0])

    def claim(
        self, worker: str, now: datetime, seconds: float, limit: int = 10, *, lane: int | None = None
    ) -> tuple[Owed, ...]:
        """What is due, in order, at most one message a chat, now this worker's for so many seconds.

        Chats that are held, or in which another message is under way, are left out; answers come before alerts.
        """
        at = ticks(now)
        with self._engine.transaction() as connection:
            first: dict[int, int] = {}
            for one in (ANSWER, ALERT) if lane is None else (lane,):
                for id_, chat in connection.execute(_DUE, (one, at, at, max(limit * 8, 64))).fetchall():
                    first.setdefault(chat, id_)
            chosen = list(first.values())[:limit]
            return tuple(self._take(worker, id_, at + span(seconds)) for id_ in chosen)

    def also(self, worker: str, owed: Owed, now: datetime, seconds: float, limit: int = 50) -> tuple[Owed, ...]:
        """What else is due in the chat and thread of a claimed message, claimed too, to go out together with it."""
        if owed.kind.startswith(ALONE):
            return ()
        with self._engine.transaction() as connection:
            if not self._holds(worker, owed, "claimed"):
                return ()
            rows = connection.execute(
                "select id from outbox where chat = ? and state = 'ready' and due <= ? and thread = ? and lane = ?"
                f"{_NOT_ALONE} order by due, id limit ?",
                (owed.chat, ticks(now), owed.thread, owed.lane, limit),
            ).fetchall()
            return tuple(self._take(worker, id_, ticks(now) + span(seconds)) for (id_,) in rows)

    def _take(self, worker: str, id_: int, until: int) -> Owed:
        row = self._engine.returning(
            "update outbox set state = 'claimed', lease = ?, lease_until = ?, fence = fence + 1 where id = ?"
            f" returning {_COLUMNS}",
            (worker, until, id_),
        )
        assert row is not None
        return _owed(row)

    def _holds(self, worker: str, owed: Owed, state: OutboxState) -> bool:
        found = self._engine.row(
            "select 1 from outbox where id = ? and lease = ? and fence = ? and state = ?",
            (owed.id, worker, owed.fence, state),
        )
        return found is not None

    def sending(self, worker: str, owed: Owed, now: datetime, seconds: float) -> bool:
        """Whether the worker may send it now; not if its lease went to another meanwhile."""
        return self._step(
            worker, owed, ("claimed",), "state = 'sending', lease_until = ?", (ticks(now) + span(seconds),)
        )

    def sent(self, worker: str, owed: Owed, message: int | None, now: datetime) -> bool:
        """Whether the outcome is recorded: it arrived, under this number."""
        return self._step(
            worker,
            owed,
            ("sending", "claimed"),
            "state = 'sent', message = ?, sent = ?, error = null, lease = null, lease_until = null",
            (message, ticks(now)),
        )

    def unknown(self, worker: str, owed: Owed, error: str) -> bool:
        """Whether the outcome is recorded: nobody knows whether it arrived, so it is not sent again by itself."""
        return self._step(
            worker,
            owed,
            ("sending",),
            "state = 'unknown', error = ?, attempts = attempts + 1, lease = null, lease_until = null",
            (error,),
        )

    def again(self, worker: str, owed: Owed, due: datetime, error: str, *, most: int = MOST) -> bool:
        """Whether it is ready again, for it certainly did not arrive; after `most` attempts it is dead instead."""
        with self._engine.transaction():
            if owed.attempts + 1 >= most:
                self.dead(worker, owed, f"given up after {most} attempts: {error}")
                return False
            return self._step(
                worker,
                owed,
                ("sending", "claimed"),
                "state = 'ready', due = ?, error = ?, attempts = attempts + 1, lease = null, lease_until = null",
                (ticks(due), error),
            )

    def release(self, worker: str, owed: Owed, due: datetime | None = None) -> bool:
        """Whether it is ready again, untried, for example because its chat has to wait."""
        return self._step(
            worker,
            owed,
            ("claimed", "sending"),
            "state = 'ready', due = ?, lease = null, lease_until = null",
            (ticks(due or owed.due),),
        )

    def dead(self, worker: str, owed: Owed, error: str) -> bool:
        """Whether the outcome is recorded: it cannot be delivered."""
        return self._step(
            worker,
            owed,
            ("sending", "claimed"),
            "state = 'dead', error = ?, attempts = attempts + 1, lease = null, lease_until = null",
            (error,),
        )

    def _step(
        self, worker: str, owed: Owed, states: Sequence[OutboxState], change: str, values: Sequence[object]
    ) -> bool:
        marks = ", ".join("?" * len(states))
        sql = f"update outbox set {change} where id = ? and lease = ? and fence = ? and state in ({marks})"
        return self._engine.write(sql, (*values, owed.id, worker, owed.fence, *states)) == 1

    def sweep(self, now: datetime) -> Swept:
        """How many leases had run out; what they held is ready again."""
        with self._engine.transaction() as connection:
            claimed, repeats = (
                connection.execute(
                    f"update outbox set state = 'ready', {change} lease = null, lease_until = null"
                    " where state = ? and lease_until < ?",
                    (*values, state, ticks(now)),
                ).rowcount
                for state, change, values in (
                    ("claimed", "", ()),
                    ("sending", "attempts = attempts + 1, error = ?,", (REPEAT,)),
                )
            )
            return Swept(claimed, repeats)

    def hold(self, chat: int, until: datetime) -> None:
        """Nothing; nothing is claimed for this chat before then."""
        with self._engine.transaction() as connection:
            connection.execute(
                "insert into pace (scope, arrival, held) values (?, 0, ?)"
                " on conflict (scope) do update set held = max(pace.held, excluded.held)",
                (f"chat:{chat}", ticks(until)),
            )
            # Moved out of the way of the claims, which would have to step over each of them every time.
            connection.execute(
                "update outbox set due = ? where chat = ? and state = 'ready' and due < ?",
                (ticks(until), chat, ticks(until)),
            )

    def get(self, id_: int) -> Owed | None:
        """The message with this id."""
        row = self._engine.row(f"select {_COLUMNS} from outbox where id = ?", (id_,))
        return None if row is None else _owed(row)

    def revise(self, id_: int, body: str, due: datetime | None = None) -> bool:
        """Whether the message was there: what it says now, for one that still waits or was edited after it was sent.

        One that waits goes out at `due` instead, where that is sooner.
        """
        sooner = "due = case when state = 'ready' then min(due, ?) else due end"
        return (
            self._engine.write(
                f"update outbox set body = ?, {sooner} where id = ?", (body, ticks(due) if due else (1 << 63) - 1, id_)
            )
            == 1
        )

    def known(self, chat: int, thread: int, kind: str) -> bool:
        """Whether this chat or forum topic was or will be told this kind of thing, of whatever story."""
        sql = "select 1 from outbox where chat = ? and thread = ? and kind = ? limit 1"
        return self._engine.row(sql, (chat, thread, kind)) is not None

    def renamed(self, story: int, other: int) -> int:
        """Number of messages that are of `story` from now on: `other` was found to be the same. None is told twice."""
        return self._engine.write("update or ignore outbox set story = ? where story = ?", (story, other))

    def hasten(self, chat: int, now: datetime) -> int:
        """Number of messages that waited for the end of the chat's quiet hours and are due now."""
        sql = "update outbox set due = ? where chat = ? and state = 'ready' and lane = ? and due > ?"
        return self._engine.write(sql, (ticks(now), chat, ALERT, ticks(now)))

    def silence(self, chat: int) -> int:
        """Number of waiting alerts forgotten, because the chat wants none now; their stories may be told later."""
        sql = "delete from outbox where chat = ? and state = 'ready' and lane = ? and subscription is not null"
        return self._engine.write(sql, (chat, ALERT))

    def of_story(self, story: int, chat: int | None = None) -> tuple[Owed, ...]:
        """What chats (or one chat) were or will be told of a story, oldest first."""
        condition, values = ("and chat = ?", (story, chat)) if chat is not None else ("", (story,))
        rows = self._engine.rows(f"select {_COLUMNS} from outbox where story = ? {condition} order by id", values)
        return tuple(map(_owed, rows))

    def by_message(self, chat: int, message: int) -> tuple[Owed, ...]:
        """What went out as this message, several where they went together: for "why did I get this?"."""
        rows = self._engine.rows(
            f"select {_COLUMNS} from outbox where chat = ? and state = 'sent' and message = ? order by id",
            (chat, message),
        )
        return tuple(map(_owed, rows))

    def listed(
        self, states: Sequence[OutboxState] = (), *, chat: int | None = None, limit: int = 20, before: int | None = None
    ) -> tuple[Owed, ...]:
        """The messages, newest first, of some states and one chat if given; `before` is the last id of a page."""
        where, values = ["1 = 1"], list[object]()
        if states:
            where.append(f"state in ({', '.join('?' * len(states))})")
            values += states
        for column, sign, value in (("chat", "=", chat), ("id", "<", before)):
            if value is not None:
                where.append(f"{column} {sign} ?")
                values.append(value)
        rows = self._engine.rows(
            f"select {_COLUMNS} from outbox where {' and '.join(where)} order by id desc limit ?", (*values, limit)
        )
        return tuple(map(_owed, rows))

    def retry(self, id_: int, now: datetime) -> bool:
        """Whether a dead or unknown message is ready once more, by the owner's wish."""
        return (
            self._engine.write(
                "update outbox set state = 'ready', due = ?, attempts = 0, error = null"
                " where id = ? and state in ('dead', 'unknown')",
                (ticks(now), id_),
            )
            == 1
        )

    def drop(self, id_: int, reason: str = "dropped by the owner") -> bool:
        """Whether a message that was not sent is given up."""
        return (
            self._engine.write(
                "update outbox set state = 'dead', error = ?, lease = null, lease_until = null"
                " where id = ? and state in ('ready', 'claimed', 'unknown')",
                (reason, id_),
            )
            == 1
        )

    def drop_for(self, subscription: int) -> int:
        """Number of waiting alerts forgotten, because the subscription that caused them is paused."""
        return self._engine.write("delete from outbox where subscription = ? and state = 'ready'", (subscription,))

    def counts(self) -> dict[str, int]:
        """Number of messages in each state."""
        return dict(self._engine.rows("select state, count(*) from outbox group by state"))

    def oldest(self) -> datetime | None:
        """When the longest waiting message fell due, None if none waits."""
        return moment_or_none(self._engine.value("select min(due) from outbox where state = 'ready'"))

    def next_due(self) -> datetime | None:
        """When the next message falls due or a lease runs out, None if nothing is under way."""
        lease = self._engine.value("select min(lease_until) from outbox where state in ('claimed', 'sending')")
        due = self._engine.value("select min(due) from outbox where state = 'ready'")
        return moment_or_none(min((at for at in (lease, due) if at is not None), default=None))

    def forget_sent(self, before: datetime) -> int:
        """Number of messages forgotten that were sent, or died, before then; they can be told again after that."""
        with self._engine.transaction() as connection:
            gone = connection.execute("delete from outbox where state = 'sent' and sent < ?", (ticks(before),)).rowcount
            gone += connection.execute(
                "delete from outbox where state in ('dead', 'unknown') and due < ?", (ticks(before),)
            ).rowcount
            return gone


_DUE = (
    "select o.id, o.chat from outbox o where o.state = 'ready' and o.lane = ? and o.due <= ?"
    " and not exists (select 1 from outbox b where b.chat = o.chat and b.state in ('claimed', 'sending'))"
    " and not exists (select 1 from pace h where h.scope = 'chat:' || o.chat and h.held > ?)"
    " order by o.due, o.id limit ?"
)

_NOT_ALONE = "".join(f" and kind not like '{kind}%'" for kind in ALONE)

_COLUMNS = (
    "id, chat, thread, story, kind, lane, state, due, attempts, fence, article, subscription, reason, body, message,"
    " error, created, sent"
)


def _owed(row: Row) -> Owed:
    facts = dict(zip(Owed.__struct_fields__, row, strict=True))
    facts["due"] = moment(facts["due"])
    facts["created"] = moment(facts["created"])
    facts["sent"] = moment_or_none(facts["sent"])
    return Owed(**facts)
