"""The engine: one SQLite file, a connection for each thread, transactions that nest.

Laws: any method may raise a StoreError and may be called from any thread. The file holds moments as whole microseconds
since 1970. What a `transaction` wrote is there after a crash of the process once it has ended (write-ahead log,
synchronous NORMAL: https://www.sqlite.org/pragma.html#pragma_synchronous); an exception inside takes all of it back.
"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import errors, schema
from store.errors import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FLOOR = (3, 37, 0)
"""Oldest SQLite that will do: RETURNING came with 3.35, `unixepoch` and STRICT with 3.37/3.38; Debian 12 has 3.40."""

APPLICATION = 0x444C4E45
"""`DLNE`: marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id)."""

WAIT = 10.0
"""Seconds to wait for another program's transaction before `Locked`; the longest of ours is below one."""

Row = tuple[Any, ...]


class Engine:
    """One database file."""

    def __init__(self, path: str, *, wait: float = WAIT) -> None:
        self.path = path
        self.wait = wait
        self.closed = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._file = path
        if path == ":memory:":
            # Connections of several threads cannot share a true memory database without its table locks.
            self._folder = tempfile.TemporaryDirectory(prefix="dateline-")
            self._file = str(Path(self._folder.name) / "memory.db")
        self._local = threading.local()
        self._open: dict[threading.Thread, sqlite3.Connection] = {}
        self._guard = threading.Lock()
        if sqlite3.sqlite_version_info < FLOOR:
            floor = ".".join(map(str, FLOOR))
            raise errors.TooOld(f"SQLite {sqlite3.sqlite_version} is too old; {floor} or newer is needed.")
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        with translated(self.path):
            connection = self.connection
            application, version, tables = (
                connection.execute(sql).fetchone()[0]
                for sql in ("pragma application_id", "pragma user_version", "select count(*) from sqlite_master")
            )
            if application != APPLICATION and (application or tables):
                raise errors.NotOurs(
                    f"{self.path} is the database of another program and was left alone. "
                    "Name another file, or one that does not exist yet: --database news.db"
                )
            if version != schema.version():
                self._migrate()

    def _migrate(self) -> None:
        """Brings the file to this program's schema: all steps or none.

        Raises: TooNew where a newer program has been here.
        """
        with self.transaction():
            connection = self.connection
            (version,) = connection.execute("pragma user_version").fetchone()
            if version > schema.version():
                raise errors.TooNew(
                    f"{self.path} was made by a newer Dateline (its schema is {version}, this one knows "
                    f"{schema.version()}). Start the newer program, or name another file: --database news.db"
                )
            schema.migrate(connection)
            connection.execute(f"pragma application_id = {APPLICATION}")
            connection.execute(f"pragma user_version = {schema.version()}")

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for reading; write in `transaction`."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    def _connect(self) -> sqlite3.Connection:
        if self.closed:
            raise errors.Closed(f"The database {self.path} was closed already.")
        with translated(self.path):
            connection = self._opened()
        with self._guard:
            for thread in [thread for thread in self._open if not thread.is_alive()]:
                self._open.pop(thread).close()
            self._open[threading.current_thread()] = connection
        return connection

    def _opened(self) -> sqlite3.Connection:
        # Each thread keeps to its own; only `close` touches those of others.
        connection = sqlite3.connect(self._file, timeout=self.wait, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            connection.execute("pragma cache_size = -8000")  # 8 MB a thread; the system keeps the rest
            connection.execute("pragma temp_store = memory")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection, inside a transaction that holds the right to write; a savepoint inside another one."""
        with translated(self.path):
            connection = self.connection
            nested = connection.in_transaction
            connection.execute("savepoint inner_step" if nested else "begin immediate")
            try:
                yield connection
                connection.execute("release inner_step" if nested else "commit")
            except BaseException:
                _undo(connection, nested=nested)
                raise

    @contextmanager
    def _statement(self) -> Iterator[sqlite3.Connection]:
        """The connection for one writing statement, which is whole in itself and needs no savepoint around it."""
        if self.closed or not self.connection.in_transaction:
            with self.transaction() as connection:
                yield connection
        else:
            with translated(self.path):
                yield self.connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with translated(self.path):
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, None if there is none."""
        with translated(self.path):
            found: Row | None = self.connection.execute(sql, values).fetchone()
            return found

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401 - as wide as SQL is
        """The first column of the first row, None if there is none."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def write(self, sql: str, values: Sequence[object] = ()) -> int:
        """Number of rows that one statement altered, in a transaction of its own or the one around it."""
        with self._statement() as connection:
            return connection.execute(sql, values).rowcount

    def returning(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row that a writing statement returns, None if it returns none, in a transaction as `write`."""
        with self._statement() as connection:
            found = connection.execute(sql, values).fetchall()
            return found[0] if found else None

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Nothing; runs one statement for each row, in one transaction."""
        with self.transaction() as connection:
            connection.executemany(sql, rows)

    def backup(self, path: str) -> None:
        """Nothing; writes a consistent, compact copy to a file that must not exist yet, while others read and write."""
        if Path(path).exists():
            raise errors.BadAddress(f"{path} exists already; a backup goes to a new file: ./run backup copy.sqlite")
        with translated(path):
            self.connection.execute("vacuum into ?", (path,))

    def interrupt(self) -> None:
        """Nothing; stops the queries that run now, in every thread: they raise Interrupted."""
        with self._guard:
            for connection in self._open.values():
                connection.interrupt()

    def close(self) -> None:
        """Nothing; closes every connection. Closing twice is fine."""
        self.closed = True
        with self._guard:
            for connection in self._open.values():
                with suppress(sqlite3.Error):
                    connection.close()
            self._open.clear()
        self._local = threading.local()
        if self._folder is not None:
            self._folder.cleanup()


def _undo(connection: sqlite3.Connection, *, nested: bool) -> None:
    """Takes a transaction back without hiding the error that is the reason for it."""
    with suppress(sqlite3.Error):
        # Some errors (a full disk, for one) have ended the transaction already.
        if connection.in_transaction:
            if nested:
                connection.execute("rollback to inner_step")
                connection.execute("release inner_step")
            else:
                connection.execute("rollback")
