"""All rows about one chat, whichever table they are in: moved, exported, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from store.moments import moment

if TYPE_CHECKING:
    import sqlite3

TABLES = (*("subscriptions", "digests", "outbox", "questions", "answers", "shown", "saved", "feedback", "inbox"),)
"""Every table with a column `chat`; a test compares them with the schema."""

SCOPES = ("chat", "user")
"""What a pace may be kept for, besides things that are nobody's."""

_MOMENTS = frozenset(
    {"at", "due", "until", "created", "sent", "told", "deleted", "paused_until", "next", "mark", "seen", "since"}
)
_JSON = frozenset({"words", "without", "people", "about", "times", "days", "settings", "body"})
_INNER = frozenset({"lease", "lease_until", "fence", "same"})


def renumber(connection: sqlite3.Connection, chat: int) -> None:
    """Nothing; numbers every subscription of a chat anew, so that the matcher looks at it again."""
    connection.execute(
        "delete from subscription_changes where subscription in (select id from subscriptions where chat = ?)", (chat,)
    )
    connection.execute(
        "insert into subscription_changes (subscription) select id from subscriptions where chat = ? order by id",
        (chat,),
    )


def move(connection: sqlite3.Connection, old: int, new: int) -> bool:
    """Whether there was anything to move from one chat to another."""
    if old == new:
        return False
    moved = connection.execute(
        "insert into chats (id, kind, state, reason, since, created, seen, settings)"
        " select ?, 'supergroup', 'active', null, null, created, seen, settings from chats where id = ?"
        " on conflict (id) do update set settings = excluded.settings, state = 'active', reason = null, since = null",
        (new, old),
    ).rowcount
    connection.execute("delete from chats where id = ?", (old,))
    connection.execute(
        "delete from subscriptions where chat = ? and deleted is null and exists (select 1 from subscriptions s"
        " where s.chat = ? and s.thread = subscriptions.thread and s.same = subscriptions.same and s.deleted is null)",
        (old, new),
    )
    renumber(connection, old)
    for table in TABLES:
        moved += connection.execute(f"update or ignore {table} set chat = ? where chat = ?", (new, old)).rowcount
        connection.execute(f"delete from {table} where chat = ?", (old,))
    connection.execute("delete from pace where scope = ?", (f"chat:{old}",))
    return moved > 0


def forget(connection: sqlite3.Connection, chat: int) -> dict[str, int]:
    """How many rows were deleted, by table; a ban stays, without a name, or forgetting would lift it."""
    gone: dict[str, int] = {}
    renumber(connection, chat)
    gone["matches"] = connection.execute(
        "delete from matches where subscription in (select id from subscriptions where chat = ?)", (chat,)
    ).rowcount
    for table in TABLES:
        gone[table] = connection.execute(f"delete from {table} where chat = ?", (chat,)).rowcount
    gone["questions"] += connection.execute("delete from questions where user_id = ?", (chat,)).rowcount
    connection.execute("update subscriptions set user_id = 0 where user_id = ?", (chat,))
    gone["chats"] = connection.execute("delete from chats where id = ?", (chat,)).rowcount
    gone["moved"] = connection.execute("delete from moved where old = ? or new = ?", (chat, chat)).rowcount
    gone["users"] = connection.execute("delete from users where id = ? and access <> 'banned'", (chat,)).rowcount
    connection.execute("update users set name = '' where id = ?", (chat,))
    marks = ", ".join("?" * len(SCOPES))
    gone["pace"] = connection.execute(
        f"delete from pace where scope in ({marks})", [f"{scope}:{chat}" for scope in SCOPES]
    ).rowcount
    return {table: count for table, count in gone.items() if count}


def export(connection: sqlite3.Connection, chat: int) -> dict[str, object]:
    """The rows of a chat by table, moments in ISO 8601, without what only the machinery needs."""
    found: dict[str, object] = {}
    for table, column in (("chats", "id"), ("users", "id"), *((table, "chat") for table in TABLES)):
        cursor = connection.execute(f"select * from {table} where {column} = ?", (chat,))
        names = [description[0] for description in cursor.description]
        rows = [
            {name: _shown(name, value) for name, value in zip(names, row, strict=True) if name not in _INNER}
            for row in cursor.fetchall()
        ]
        if rows:
            found[table] = rows
    return found


def _shown(name: str, value: object) -> object:
    if isinstance(value, int) and name in _MOMENTS:
        return moment(value).isoformat()
    if isinstance(value, str) and name in _JSON:
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError:
            return value
    return value
