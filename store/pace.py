"""When the next may go: one clock for all workers, kept in the database, and the right to be the only one at something.

The rule is GCRA (ITU-T I.371): a scope has a theoretical arrival time; a send may go while that lies less than
`burst - 1` intervals ahead, and moves it on by one interval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from store.moments import SECOND, moment, span, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.sqlite import Engine


AHEAD = 600.0
"""Seconds that no queue is long. A place further ahead was taken before the clock was set back, and counts no more."""


class Limit(Struct, frozen=True):
    """So many at once in a scope, then one an interval. `interval` is in seconds."""

    scope: str
    interval: float
    burst: int = 1


class Pace:
    """The pace of every scope, and leases by name."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reserve(self, limits: Sequence[Limit], now: datetime) -> float:
        """Seconds until it may go in every scope, 0 if now; its places are taken whatever the answer."""
        at, wait, arrivals = ticks(now), 0, []
        with self._engine.transaction() as connection:
            for limit in limits:
                row = connection.execute("select arrival, held from pace where scope = ?", (limit.scope,)).fetchone()
                arrival, held = row or (at, 0)
                arrival = at if arrival > at + span(AHEAD) else max(arrival, at)
                step = span(limit.interval)
                wait = max(wait, arrival - step * (limit.burst - 1) - at, held - at)
                arrivals.append((limit.scope, max(arrival, held) + step))
            connection.executemany(
                "insert into pace (scope, arrival) values (?, ?)"
                " on conflict (scope) do update set arrival = excluded.arrival",
                arrivals,
            )
        return wait / SECOND

    def hold(self, scope: str, until: datetime) -> None:
        """Nothing; nothing goes in this scope before then. A longer hold stays."""
        self._engine.write(
            "insert into pace (scope, arrival, held) values (?, 0, ?)"
            " on conflict (scope) do update set held = max(pace.held, excluded.held)",
            (scope, ticks(until)),
        )

    def held(self, scope: str, now: datetime) -> datetime | None:
        """Until when this scope is held, None if it is not."""
        found = self._engine.value("select held from pace where scope = ? and held > ?", (scope, ticks(now)))
        return None if found is None else moment(found)

    def lease(self, name: str, worker: str, now: datetime, seconds: float) -> int | None:
        """The fence of a lease that this worker has from now on, None while another has it. Asking again prolongs it.

        The fence is higher for every worker that comes after another, so that the work of one that lost its lease
        without noticing can be told from its successor's. A lease that ends further ahead than AHEAD and its own
        seconds was given before the clock was set back, and is free.
        """
        at = ticks(now)
        until = at + span(seconds)
        row = self._engine.returning(
            "insert into leases (name, worker, until, fence) values (?, ?, ?, 1) on conflict (name) do update set"
            " fence = leases.fence + (leases.worker <> excluded.worker), worker = excluded.worker,"
            " until = excluded.until"
            " where leases.until <= ? or leases.until > ? or leases.worker = excluded.worker returning fence",
            (name, worker, until, at, until + span(AHEAD)),
        )
        return None if row is None else int(row[0])

    def release(self, name: str, worker: str) -> bool:
        """Whether the worker had the lease, which is free now."""
        return self._engine.write("update leases set until = 0 where name = ? and worker = ?", (name, worker)) == 1

    def leased(self, name: str, now: datetime) -> str | None:
        """The worker that has the lease, None if it is free."""
        found: str | None = self._engine.value(
            "select worker from leases where name = ? and until > ?", (name, ticks(now))
        )
        return found

    def sweep(self, now: datetime) -> int:
        """Number of scopes that were forgotten because they hold nothing back any more."""
        return self._engine.write("delete from pace where arrival <= ? and held <= ?", (ticks(now), ticks(now)))
