"""The store put together: one database, one part for each kind of thing in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit

from store import errors, schema
from store.articles import Articles
from store.meetings import Meetings
from store.moments import moment_or_none
from store.people import People
from store.quotes import Quotes
from store.sqlite import WAIT, Engine

if TYPE_CHECKING:
    from types import TracebackType

    from news.article import Article
    from news.reading import Reading


class Store:
    """One database and its parts."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.meetings = Meetings(engine)
        self.people = People(engine)
        self.quotes = Quotes(engine)
        self.articles = Articles(engine, self.people, self.quotes, self.meetings, OneEach())

    def close(self) -> None:
        """Nothing; the database is closed for every thread."""
        self.engine.close()

    def backup(self, path: str) -> None:
        """Nothing; writes a consistent copy to a new file, while the store is in use.

        Raises: BadAddress where there is a file already or none can be made.
        """
        self.engine.backup(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(address: str | Path, *, wait: float = WAIT) -> Store:
    """The store at a path or a sqlite: address; made if it is not there yet, brought up to date if it is older.

    `wait` is how many seconds to wait for another program's transaction.

    Raises: BadAddress, ReadOnly, Corrupt, NotOurs, TooNew, TooOld, Locked, Full; each says what to do.
    """
    return Store(Engine(path_of(str(address)), wait=wait))


def path_of(address: str) -> str:
    """The path that an address names.

    Raises: BadAddress for anything but a path or a sqlite: address.
    """
    example = "Give a path or a sqlite: address: --database news.db or --database sqlite:////srv/news.db"
    if not address.strip() or "\0" in address:
        raise errors.BadAddress(f"No database was named. {example}")
    scheme = address.partition(":")[0].lower()
    if "://" not in address and scheme != "sqlite":
        path = address
    elif scheme != "sqlite":
        raise errors.BadAddress(f"{scheme}: databases are not supported, only SQLite is. {example}")
    else:
        parts = urlsplit(address)
        if parts.netloc or parts.query or parts.fragment:
            raise errors.BadAddress(f"{address} names more than a file. {example}")
        # As in SQLAlchemy: three slashes before a relative path, four before an absolute one.
        path = unquote(parts.path)
        path = path[1:] if address[7:].startswith("///") else path
    if path != ":memory:" and Path(path).is_dir():
        raise errors.BadAddress(f"{path} is a folder. {example}")
    return path


class OneEach:
    """Stories of one article each, for a store without a story engine."""

    def place(self, article: Article, reading: Reading) -> int:  # noqa: ARG002
        """The article's own id."""
        return article.id

    def displace(self, article: int) -> None:
        """Nothing."""
