"""The file that the search index lives in, beside the database: opened, checked, its shape laid down.

It is made from the articles alone. A file of another version of the rules is emptied and filled again; a damaged one
too.
"""

from __future__ import annotations

import threading
from importlib.resources import files

from store.errors import NotOurs, TooNew, translated
from store.schema import statements
from store.sqlite import Engine

APPLICATION = 0x444C4E49
"""`DLNI`: marks the file as a search index of ours."""

RULES = 3
"""Version of what stands in the index: terms, weights, tables. A file with a lower one is made anew."""


class IndexFile(Engine):
    """One index file. The laws are those of `Engine`.

    Who reads or writes it does so between `enter` and `leave`: a connection closed under a running query takes the
    process down with it, so a file that was given up with `retire` is closed by its last user.
    """

    def __init__(self, path: str) -> None:
        self._users = 0
        self._retired = False
        self._counting = threading.Lock()
        super().__init__(path)

    def enter(self) -> bool:
        """Whether the file is open, and stays so until `leave`."""
        with self._counting:
            self._users += not self._retired
            return not self._retired

    def leave(self) -> None:
        """Nothing; ends what `enter` began."""
        with self._counting:
            self._users -= 1
            last = self._retired and not self._users
        if last:
            self.close()

    def retire(self) -> None:
        """Nothing; closes the file as soon as nobody uses it any more."""
        with self._counting:
            unused = not self._retired and not self._users
            self._retired = True
        if unused:
            self.close()

    def _prepare(self) -> None:
        with translated(self.path):
            connection = self.connection
            application, version, tables = (
                connection.execute(sql).fetchone()[0]
                for sql in ("pragma application_id", "pragma user_version", "select count(*) from sqlite_master")
            )
            if application != APPLICATION and (application or tables):
                raise NotOurs(
                    f"{self.path} is no search index and was left alone; move it away, and the index is made again."
                )
            if version > RULES:
                raise TooNew(f"{self.path} was made by a newer Dateline. Start the newer program, or remove the file.")
            if version < RULES:
                self._lay_down()

    def _lay_down(self) -> None:
        with self.transaction() as connection:
            (version,) = connection.execute("pragma user_version").fetchone()
            if version == RULES:
                return
            tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
            for (table,) in tables:
                connection.execute(f'drop table "{table}"')
            for statement in statements(files("store").joinpath("index_schema.sql").read_text("utf-8")):
                connection.execute(statement)
            connection.execute(f"pragma application_id = {APPLICATION}")
            connection.execute(f"pragma user_version = {RULES}")

    def state(self, key: str) -> int:
        """A number of the index's own: 0 before it was first set."""
        return int(self.value("select value from state where key = ?", (key,)) or 0)

    def put_state(self, key: str, value: int) -> None:
        """Nothing; keeps a number of the index's own. Inside a transaction."""
        self.write(
            "insert into state values (?, ?) on conflict (key) do update set value = excluded.value", (key, value)
        )
