"""The store put together: one database, one part for each kind of thing in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit

from store import errors, schema
from store.alerts import Alerts
from store.arrivals import Arrivals
from store.articles import Articles
from store.chats import Chats
from store.digests import Digests
from store.exchange import Exchange
from store.feeds import Feeds
from store.inbox import Inbox
from store.index import Index
from store.meetings import Meetings
from store.notes import Notes
from store.outbox import Outbox
from store.pace import Pace
from store.people import People
from store.quotes import Quotes
from store.sqlite import WAIT, Engine
from store.stories import Stories
from store.subscriptions import Subscriptions
from store.users import Users

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import TracebackType


class Store:
    """One database and its parts."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.people = People(engine)
        self.meetings = Meetings(engine, self.people)
        self.quotes = Quotes(engine, self.people)
        self.stories = Stories(engine)
        self.articles = Articles(engine, self.people, self.quotes, self.meetings, self.stories)
        self.chats = Chats(engine)
        self.users = Users(engine)
        self.exchange = Exchange(engine)
        self.feeds = Feeds(engine)
        self.inbox = Inbox(engine)
        self.outbox = Outbox(engine)
        self.pace = Pace(engine)
        self.subscriptions = Subscriptions(engine)
        self.digests = Digests(engine)
        self.notes = Notes(engine)
        self.index = Index(engine)
        self.arrivals = Arrivals(engine)
        self.alerts = Alerts(self)
        self.articles.on_kept.append(self.alerts.note)
        self.stories.on_renamed.append(self.outbox.renamed)

    def transaction(self) -> AbstractContextManager[object]:
        """What is written inside is kept together or not at all; nests."""
        return self.engine.transaction()

    def close(self) -> None:
        """Nothing; the database is closed for every thread."""
        self.index.close()
        self.engine.close()

    def backup(self, path: str) -> None:
        """Nothing; writes a consistent copy to a new file, while the store is in use.

        Raises: BadAddress where there is a file already or none can be made.
        """
        self.engine.backup(path)

    def status(self) -> dict[str, object]:
        """What is kept, in numbers, as the command `status` gives it; the version of the program is the caller's."""
        count = "select count(*) from {}"
        numbers: dict[str, object] = {
            table: self.engine.value(count.format(table))
            for table in ("stories", "quotes", "meetings", "feeds", "chats")
        }
        coverage = self.articles.coverage()
        return {
            "articles": coverage.count,
            **numbers,
            "people": self.engine.value("select count(*) from people where articles > 0"),
            "subscriptions": self.subscriptions.total(),
            "outbox": self.outbox.counts(),
            "newest": None if coverage.last is None else coverage.last.isoformat(),
            "database": self.engine.path,
            "schema": schema.version(),
        }

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
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", address)  # one letter would be a drive
    scheme = found[1].lower() if found else ""
    if not scheme:
        path = address
    elif scheme != "sqlite":
        raise errors.BadAddress(f"{scheme}: addresses name no database here, only SQLite files are used. {example}")
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
