"""The people who talk to the bot: who may, who may not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from store.moments import moment, ticks

if TYPE_CHECKING:
    from store.sqlite import Engine

Access = Literal["allowed", "banned", ""]


class User(Struct, frozen=True):
    """Somebody who talked to the bot, or whom the owner let in or shut out; `access` is empty where neither."""

    id: int
    name: str
    access: Access
    seen: datetime


class Users:
    """The people who talk to the bot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def met(self, user: int, name: str, now: datetime) -> Access:
        """What the owner said of this person, who was seen now under this name."""
        row = self._engine.returning(
            "insert into users (id, name, access, seen) values (?, ?, '', ?) on conflict (id) do update set"
            " name = excluded.name, seen = max(users.seen, excluded.seen) returning access",
            (user, name, ticks(now)),
        )
        assert row is not None
        access: Access = row[0]
        return access

    def access(self, user: int) -> Access:
        """What the owner said of this person, empty if nothing."""
        found: Access | None = self._engine.value("select access from users where id = ?", (user,))
        return found or ""

    def decide(self, user: int, access: Access, now: datetime) -> None:
        """Nothing; lets a person in, shuts them out, or (empty) takes that back."""
        self._engine.write(
            "insert into users (id, name, access, seen) values (?, '', ?, ?)"
            " on conflict (id) do update set access = excluded.access",
            (user, access, ticks(now)),
        )

    def listed(self, access: Access | None = None, limit: int = 50, *, after: int = 0) -> tuple[User, ...]:
        """The people, last seen first; those of one access only, if given; `after` so many."""
        condition, values = ("where access = ?", (access,)) if access is not None else ("", ())
        rows = self._engine.rows(
            f"select id, name, access, seen from users {condition} order by seen desc, id limit ? offset ?",
            (*values, limit, after),
        )
        return tuple(User(id_, name, level, moment(seen)) for id_, name, level, seen in rows)

    def counts(self) -> dict[str, int]:
        """Number of people of each access."""
        return dict(self._engine.rows("select access, count(*) from users group by access"))
