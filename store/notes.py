"""Small facts about this installation, and the errors that its owner is told of once an hour."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from store.moments import moment, ticks

if TYPE_CHECKING:
    from store.sqlite import Engine


class Incident(Struct, frozen=True):
    """An error that happened `count` times, `told` of which the owner knows."""

    fingerprint: str
    text: str
    count: int
    told: int
    first: datetime
    last: datetime


class Notes:
    """Facts by name, and incidents."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> str | None:
        """The fact of this name."""
        found: str | None = self._engine.value("select body from notes where name = ?", (name,))
        return found

    def set(self, name: str, body: str) -> None:
        """Nothing; this is the fact of this name now."""
        self._engine.write(
            "insert into notes (name, body) values (?, ?) on conflict (name) do update set body = excluded.body",
            (name, body),
        )

    def record(self, fingerprint: str, text: str, now: datetime) -> int:
        """How often this error has happened by now."""
        row = self._engine.returning(
            "insert into incidents (fingerprint, text, count, first, last) values (?, ?, 1, ?, ?)"
            " on conflict (fingerprint) do update set count = incidents.count + 1, text = excluded.text,"
            " last = excluded.last returning count",
            (fingerprint, text, ticks(now), ticks(now)),
        )
        assert row is not None
        return int(row[0])

    def untold(self, limit: int = 20) -> tuple[Incident, ...]:
        """Errors that happened since the owner was told of them last, the last one first."""
        rows = self._engine.rows(
            "select fingerprint, text, count, told, first, last from incidents where count > told"
            " order by last desc, fingerprint limit ?",
            (limit,),
        )
        return tuple(
            Incident(fingerprint, text, count, told, moment(first), moment(last))
            for fingerprint, text, count, told, first, last in rows
        )

    def told(self, incident: Incident) -> None:
        """Nothing; the owner knows of this error as often as it says."""
        self._engine.write(
            "update incidents set told = max(told, ?) where fingerprint = ?", (incident.count, incident.fingerprint)
        )

    def sweep(self, before: datetime) -> int:
        """Number of errors forgotten that have not happened since then."""
        return self._engine.write("delete from incidents where last < ?", (ticks(before),))
