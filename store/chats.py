"""The chats: their settings, whether they sleep, and what was moved where."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from store import chat_rows
from store.errors import BadValue
from store.moments import moment, moment_or_none, ticks

if TYPE_CHECKING:
    from store.sqlite import Engine, Row

ChatKind = Literal["private", "group", "supergroup", "channel", "terminal"]
ChatState = Literal["active", "asleep"]


class Quiet(Struct, frozen=True):
    """Hours of silence, in minutes of the local day, 0 to 1439; over midnight where `start` is after `end`.

    Stories with `sources` independent sources or more are told all the same, none are where it is None.
    """

    start: int
    end: int
    sources: int | None = None


class Settings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a chat wants. `zone` is an IANA name, None until it was set; `language` an ISO 639-1 code."""

    language: str = "en"
    zone: str | None = None
    length: Literal["short", "normal", "long"] = "normal"
    quiet: Quiet | None = None
    paused_until: datetime | None = None
    previews: bool = True
    silent: bool = False
    quotes: bool = True
    announcements: bool = True
    managed: int | None = None  # the group or channel that commands in this private chat are for
    places: tuple[int, ...] = ()  # groups and channels that were managed from here, the latest first
    title: str = ""


class Chat(Struct, frozen=True):
    """A place to talk in. `reason` and `since` say why and from when on it sleeps."""

    id: int
    kind: ChatKind
    state: ChatState
    reason: str | None
    since: datetime | None
    created: datetime
    seen: datetime
    settings: Settings


class Chats:
    """The chats."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.default_zone: str | None = None
        """The IANA time zone of chats that have chosen none, None for UTC; set once, before the store is used."""

    def greet(self, chat: int, now: datetime, kind: ChatKind = "private", *, language: str | None = None) -> Chat:
        """The chat, entered if it is new (in its client's language, if one is given), and seen now."""
        settings = Settings(language=language) if language else Settings()
        row = self._engine.returning(
            "insert into chats (id, kind, state, created, seen, settings) values (?, ?, 'active', ?, ?, ?)"
            " on conflict (id) do update set kind = excluded.kind, seen = max(chats.seen, excluded.seen)"
            f" returning {_COLUMNS}",
            (chat, kind, ticks(now), ticks(now), msgspec.json.encode(settings).decode()),
        )
        assert row is not None
        return _chat(row)

    def get(self, chat: int) -> Chat | None:
        """The chat with this id, None if it was never heard of."""
        row = self._engine.row(f"select {_COLUMNS} from chats where id = ?", (chat,))
        return None if row is None else _chat(row)

    def settings(self, chat: int) -> Settings:
        """What the chat wants; the defaults if it never said so."""
        chosen = self._chosen(chat)
        return chosen if chosen.zone else msgspec.structs.replace(chosen, zone=self.default_zone)

    def _chosen(self, chat: int) -> Settings:
        found = self._engine.value("select settings from chats where id = ?", (chat,))
        return Settings() if found is None else msgspec.json.decode(found, type=Settings)

    def change(self, chat: int, now: datetime, **fields: object) -> Settings:
        """The settings of the chat, with these altered.

        Raises: BadValue for a setting that does not exist or a value it cannot have.
        """
        with self._engine.transaction() as connection:
            old = self.greet(chat, now).settings if self.get(chat) is None else self._chosen(chat)
            try:
                new = msgspec.convert({**msgspec.structs.asdict(old), **fields}, Settings, from_attributes=True)
                unknown = fields.keys() - set(Settings.__struct_fields__)
            except (msgspec.ValidationError, TypeError) as error:
                raise BadValue(f"That cannot be set: {error}.") from error
            if unknown:
                raise BadValue(f"There is no setting {', '.join(sorted(unknown))}.")
            connection.execute("update chats set settings = ? where id = ?", (msgspec.json.encode(new).decode(), chat))
            return new

    def sleep(self, chat: int, reason: str, now: datetime) -> bool:
        """Whether the chat was awake; nothing is sent there any more, and what was owed is given up."""
        with self._engine.transaction() as connection:
            slept = connection.execute(
                "update chats set state = 'asleep', reason = ?, since = ? where id = ? and state = 'active'",
                (reason, ticks(now), chat),
            ).rowcount
            connection.execute(
                "update outbox set state = 'dead', error = ?, lease = null, lease_until = null"
                " where chat = ? and state in ('ready', 'claimed', 'sending')",
                (f"The chat sleeps: {reason}", chat),
            )
            chat_rows.renumber(connection, chat)
            return slept == 1

    def wake(self, chat: int, now: datetime) -> datetime | None:
        """Since when the chat had slept, None if it did not; its subscriptions are awake, with nothing to catch up."""
        with self._engine.transaction() as connection:
            row = connection.execute("select since from chats where id = ? and state = 'asleep'", (chat,)).fetchone()
            if row is None:
                return None
            connection.execute(
                "update chats set state = 'active', reason = null, since = null, seen = ? where id = ?",
                (ticks(now), chat),
            )
            chat_rows.renumber(connection, chat)
            return moment(row[0])

    def ids(self, state: ChatState = "active", *, after: int | None = None, limit: int = 1000) -> tuple[int, ...]:
        """Ids of chats in a state, ascending, above `after`; for going through all of them in steps."""
        low = -(1 << 63) if after is None else after
        rows = self._engine.rows(
            "select id from chats where id > ? and state = ? order by id limit ?", (low, state, limit)
        )
        return tuple(row[0] for row in rows)

    def give_up(self, before: datetime) -> int:
        """Number of chats that have slept since before then and were forgotten for good."""
        rows = self._engine.rows("select id from chats where state = 'asleep' and since < ?", (ticks(before),))
        for (chat,) in rows:
            self.forget(chat)
        return len(rows)

    def migrated(self, old: int, new: int, now: datetime) -> bool:
        """Whether anything was moved: all that the old chat has belongs to the new one, in one transaction.

        Where both have the same thing (a subscription, an alert of one story), that of the new chat stays.
        """
        with self._engine.transaction() as connection:
            moved = chat_rows.move(connection, old, new)
            connection.execute(
                "insert into moved (old, new, at) values (?, ?, ?) on conflict (old) do update set new = excluded.new",
                (old, new, ticks(now)),
            )
            return moved

    def moved_to(self, chat: int) -> int | None:
        """Where the chat went, followed to the end; None if it is where it was."""
        found, seen = None, {chat}
        here: int | None = chat
        while here is not None:
            here = self._engine.value("select new from moved where old = ?", (here,))
            if here is None or here in seen:
                break
            found = here
            seen.add(here)
        return found

    def forget(self, chat: int) -> dict[str, int]:
        """How many rows about the chat (and the person, if it is a private one) were deleted, by table."""
        with self._engine.transaction() as connection:
            return chat_rows.forget(connection, chat)

    def export(self, chat: int) -> dict[str, object]:
        """All that is kept about the chat, as JSON would have it, under the names of the tables."""
        with self._engine.transaction() as connection:
            return chat_rows.export(connection, chat)

    def counts(self) -> dict[str, int]:
        """Number of chats in each state."""
        return dict(self._engine.rows("select state, count(*) from chats group by state"))


_COLUMNS = "id, kind, state, reason, since, created, seen, settings"


def _chat(row: Row) -> Chat:
    id_, kind, state, reason, since, created, seen, settings = row
    return Chat(
        *(id_, kind, state, reason, moment_or_none(since), moment(created), moment(seen)),
        msgspec.json.decode(settings, type=Settings),
    )
