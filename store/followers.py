"""Those who follow a person, led on when that person is found to be another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from store.subscriptions import Wish

if TYPE_CHECKING:
    import sqlite3


def lead(connection: sqlite3.Connection, person: int, other: int) -> None:
    """Nothing; whoever followed `other` follows `person` from now on, and the matcher hears of it."""
    rows = connection.execute(
        "select id, kind, words, without, people, about from subscriptions where people <> '[]' and people like ?",
        (f"%{other}%",),
    ).fetchall()
    for id_, kind, words, without, people, about in rows:
        ids = msgspec.json.decode(people, type=tuple[int, ...])
        if other not in ids:
            continue
        led = tuple(dict.fromkeys(person if one == other else one for one in ids))
        texts = [msgspec.json.decode(part, type=tuple[str, ...]) for part in (words, without, about)]
        wish = Wish(kind=kind, topic="", words=texts[0], without=texts[1], about=texts[2], people=led)
        connection.execute(
            "update subscriptions set people = ?, same = ? where id = ?",
            (msgspec.json.encode(led).decode(), wish.same, id_),
        )
        connection.execute("delete from subscription_changes where subscription = ?", (id_,))
        connection.execute("insert into subscription_changes (subscription) values (?)", (id_,))
