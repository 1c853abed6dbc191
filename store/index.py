"""The search index: follows the articles by the numbers of their changes, and answers searches.

Laws: it may always be thrown away and made again from the articles; what it answers depends on the articles alone,
not on the order or the number of alterations. It is a file beside the database (`news.db.index`), altered in
transactions of its own: after a crash it goes on where it stood. Everything may be called from any thread; any method
may raise a StoreError.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.json import decode

from news.article import Article
from news.facts import Reading
from store.errors import Closed, Corrupt, NotOurs, translated
from store.index_file import IndexFile
from store.index_parts import NEVER
from store.index_reader import View, view
from store.index_search import Hits, Searching
from store.index_writer import Piece, Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from news.search_query import SearchQuery
    from store.sqlite import Engine

BATCH = 4096
"""Changes taken in with one transaction while many wait."""

LEAD = 240
"""Characters of an article's beginning that the index keeps for comparing."""

NAMES = 12
"""Names of an article that the index keeps for comparing, the most mentioned ones."""


class Index:
    """The index beside the database of `engine`, or at `path`."""

    def __init__(self, engine: Engine, path: str | None = None) -> None:
        self._engine = engine
        self.path = path or (":memory:" if engine.path == ":memory:" else f"{engine.path}.index")
        self._writing = threading.RLock()
        self._open()

    def _open(self) -> None:
        self._file = _opened(self.path)
        self._inode = self._inode_now()
        self._writer = Writer(self._file)
        self._view: tuple[IndexFile, View] | None = None

    def _inode_now(self) -> int:
        try:
            return 0 if self.path == ":memory:" else Path(self.path).stat().st_ino
        except FileNotFoundError:
            return -1

    @contextmanager
    def _current(self) -> Iterator[IndexFile]:
        """The index file, kept open inside; opened again where it was made anew, or somebody removed it."""
        if self._inode != self._inode_now():
            with self._writing:
                if self._inode != self._inode_now():
                    self._file.retire()
                    self._open()
        while not (file := self._file).enter():
            if file is self._file:
                raise Closed(f"The index {self.path} was closed already.")
        try:
            yield file
        finally:
            file.leave()

    def _throw_away(self) -> None:
        with self._writing:
            self._file.retire()
            _remove(self.path)
            self._open()

    def close(self) -> None:
        """Nothing; the index file is closed as soon as nobody uses it any more."""
        self._file.retire()

    # Following

    def behind(self) -> int:
        """Number of changes that are not taken in yet; all where the index is damaged, or another archive's."""
        try:
            with self._current() as file:
                change = 0 if self._astray(file) else file.state("change")
        except Corrupt:
            change = 0
        return int(self._engine.value("select count(*) from changes where number > ?", (change,)) or 0)

    def _astray(self, file: IndexFile) -> bool:
        """Whether the index followed another archive, or this one before an older copy of it was put in its place.

        The numbers of changes only grow, and where the last one taken in still stands, it is the same article's.
        """
        change, at = file.state("change"), file.state("article")
        newest = self._engine.value("select max(number) from changes") or 0
        there = self._engine.value("select article from changes where number = ?", (change,))
        return change > newest or (at != 0 and there is not None and there != at)

    def holding(self, root: str) -> int:
        """Number of articles that hold a word, by its stem."""
        with self._current() as file:
            return int(file.value("select documents from terms where stem = ?", (root,)) or 0)

    def follow(self, limit: int = BATCH) -> int:
        """Number of changes taken in, at most `limit` (itself at most 8192); 0 when there is nothing more to do.

        Not inside a transaction of the engine: what it wrote may yet be taken back. An index that is damaged, or
        another archive's, is made again from the beginning.
        """
        try:
            return self._follow(limit)
        except (Corrupt, NotOurs):
            self._throw_away()
            return self._follow(limit)

    def catch_up(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
        """Number of changes taken in until none was left. `progress` is told those done and all, after each batch."""
        total, done = self.behind(), 0
        while total and (step := self.follow()):
            done += step
            progress(done, max(total, done))
        return done

    def _follow(self, limit: int) -> int:
        with self._writing, self._current() as file, file.transaction():
            if self._astray(file):
                raise NotOurs(f"{self.path} is the index of another archive.")
            after = file.state("change")
            changes = self._engine.rows(
                "select number, article, gone from changes where number > ? order by number limit ?",
                (after, min(limit, BATCH * 2)),
            )
            if not changes:
                return 0
            pieces = self._pieces([article for _, article, gone in changes if not gone])
            there = {piece.article for piece in pieces}
            self._writer.apply(pieces, [article for _, article, _ in changes if article not in there])
            file.put_state("change", changes[-1][0])
            file.put_state("article", changes[-1][1])
            return len(changes)

    def take(self, pieces: Sequence[Piece], gone: Sequence[int] = ()) -> None:
        """Nothing; takes articles in (at most 8192 at once) and out without following any changes."""
        with self._writing, self._current() as file, file.transaction():
            self._writer.apply(pieces, gone)

    def _pieces(self, articles: Sequence[int]) -> list[Piece]:
        rows = self._engine.rows(
            "select a.id, a.moment, t.article_json, t.reading_json from articles a join texts t on t.article = a.id"
            f" where a.id in ({','.join('?' * len(articles))})",
            articles,
        )
        by_id = {row[0]: row for row in rows}
        return [_piece(*by_id[article]) for article in articles if article in by_id]

    # Answering

    def search(self, query: SearchQuery, now: datetime, limit: int = 10) -> Hits:
        """What answers a search, best first. A damaged index is thrown away: it answers again as it follows again."""
        try:
            return self._search(query, now, limit)
        except Corrupt:
            self._throw_away()
            return self._search(query, now, limit)

    def _search(self, query: SearchQuery, now: datetime, limit: int) -> Hits:
        with self._current() as file, _reading(file) as connection:
            before = self._view
            seen = view(connection, before[1] if before and before[0] is file else None)
            self._view = file, seen
            return Searching(connection, seen, self._texts, limit).find(query, now)

    def _texts(self, articles: Sequence[int]) -> Mapping[int, str]:
        rows = self._engine.rows(
            f"select article, article_json from texts where article in ({','.join('?' * len(articles))})", articles
        )
        found = ((row[0], decode(row[1], type=Article)) for row in rows)
        return {number: f"{article.title}\n\n{article.text}" for number, article in found}

    # Making anew

    def reindex(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
        """Number of articles indexed anew, in a file of its own that takes the old one's place when it is complete.

        The old index answers until then. Stopped in between, the next call goes on where this one stood.
        `progress` is told the changes done and their number, after each batch.
        """
        fresh = Index(self._engine, ":memory:" if self.path == ":memory:" else f"{self.path}.new")
        try:
            fresh.catch_up(progress)
        except BaseException:
            fresh.close()
            raise
        with self._writing:
            self._replace(fresh)
        return int(self._file.state("articles"))

    def _replace(self, fresh: Index) -> None:
        old = self._file
        if self.path == ":memory:":
            self._file, self._writer, self._view = fresh._file, fresh._writer, None
            old.retire()
            return
        with fresh._current() as file:
            file.connection.execute("pragma wal_checkpoint(truncate)")
        fresh.close()
        _remove(self.path, but_file=True)
        Path(fresh.path).replace(self.path)
        self._open()
        old.retire()


@contextmanager
def _reading(file: IndexFile) -> Iterator[sqlite3.Connection]:
    """This thread's connection, seeing one moment of the index throughout."""
    with translated(file.path):
        connection = file.connection
        connection.execute("begin")
        try:
            yield connection
        finally:
            if connection.in_transaction:
                connection.execute("rollback")


def _opened(path: str) -> IndexFile:
    """The index file; a damaged one is thrown away, it can be made again."""
    try:
        return IndexFile(path)
    except Corrupt:
        _remove(path)
        return IndexFile(path)


def _remove(path: str, *, but_file: bool = False) -> None:
    for ending in ("-wal", "-shm") if but_file else ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _piece(number: int, moment: int, article_json: str | bytes, reading_json: str | bytes) -> Piece:
    article = decode(article_json, type=Article)
    reading = decode(reading_json, type=Reading)
    names = sorted((name for name in reading.names if name.kind != "place"), key=lambda name: -len(name.spans))
    return Piece(
        number,
        article.title,
        article.text,
        article.site or "",
        max(NEVER + 1, min(moment // 60_000_000, (1 << 31) - 1)),
        (article.standfirst or article.text)[:LEAD],
        ", ".join(name.name for name in names[:NAMES]),
    )
