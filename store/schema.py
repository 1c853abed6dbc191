"""The shape of the database: numbered steps, kept as SQL in store/sql, each of them one transaction.

A new step is a new file `store/sql/NNN_name.sql`. A step that has been released is never altered: databases have it.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database


@cache
def steps() -> tuple[tuple[str, str], ...]:
    """Name and SQL of every step, in order."""
    found = [file for file in files("store").joinpath("sql").iterdir() if file.name.endswith(".sql")]
    return tuple(
        (file.name.removesuffix(".sql"), file.read_text("utf-8")) for file in sorted(found, key=lambda file: file.name)
    )


def version() -> int:
    """Number of the schema that this program knows, from 1."""
    return len(steps())


def statements(sql: str) -> Iterator[str]:
    """The statements of a script, one by one; a script run whole would commit the transaction around it."""
    pending: list[str] = []
    for line in sql.splitlines():
        if not pending and (not line.strip() or line.startswith("--")):
            continue
        pending.append(line)
        if sqlite3.complete_statement("\n".join(pending)):
            yield "\n".join(pending)
            pending = []


def migrate(connection: sqlite3.Connection) -> None:
    """Nothing; takes the steps that the database lacks. The caller holds a transaction."""
    # Half a second to import and needed once in the life of a database: not worth every start.
    from sqlite_utils import Database, Migrations  # noqa: PLC0415

    migrations = Migrations("dateline")
    for name, sql in steps():
        migrations(name=name)(_step(sql))
    migrations.apply(Database(connection, recursive_triggers=False, execute_plugins=False))


class _step:  # noqa: N801 - reads as a function, and is one with a name of its own
    def __init__(self, sql: str) -> None:
        self.sql = sql
        self.__name__ = "step"

    def __call__(self, db: Database, /) -> None:
        for statement in statements(self.sql):
            db.conn.execute(statement)
