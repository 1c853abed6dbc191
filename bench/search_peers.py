"""What is measured: our index, and what one would use instead, each told and asked in the way its manual shows."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

import tantivy
from rapidfuzz import fuzz, process

from news.search_query import SearchQuery
from news.terms import STOP, terms
from store.index import Index
from store.index_writer import Piece
from store.sqlite import Engine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from news.article import Article

NOW = datetime(2030, 1, 1, tzinfo=UTC)


class Peer(Protocol):
    """Something that finds articles."""

    name: str

    def add(self, articles: Sequence[Article], names: Sequence[str]) -> None:
        """Nothing; takes articles in."""

    def done(self) -> None:
        """Nothing; all articles were given."""

    def find(self, search: str) -> list[int]:
        """Ids of the ten best."""


class Ours:
    """The index of this project."""

    name = "Dateline"

    def __init__(self, folder: Path) -> None:
        self.engine = Engine(":memory:")
        self.index = Index(self.engine, str(folder / "dateline.index"))

    def add(self, articles: Sequence[Article], names: Sequence[str]) -> None:
        """Nothing; takes articles in."""
        self.index.take([piece(article, named) for article, named in zip(articles, names, strict=True)])

    def done(self) -> None:
        """Nothing."""

    def find(self, search: str) -> list[int]:
        """Ids of the ten best, whether above the line or not."""
        found = self.index.search(SearchQuery(text=search), NOW, 10)
        return [hit.article for hit in found.hits or found.nearest]


def piece(article: Article, named: str) -> Piece:
    """What the index takes of an article."""
    minutes = int(article.published.timestamp() // 60) if article.published else 0
    return Piece(article.id, article.title, article.text, article.site or "", minutes, article.text[:240], named)


class Fts:
    """SQLite's full-text index over titles (weighted fourfold) and texts, ranked by its bm25.

    Every word of the search is asked for, as its manual shows; `bare` leaves out stop-words by a list of ours: FTS5 has
    none.
    """

    def __init__(self, folder: Path, *, every: bool = False, bare: bool = False, twin: Fts | None = None) -> None:
        self.name = "FTS5, all words" if every else "FTS5, any word, bm25"
        self.name += ", our stop-words left out" if bare else ""
        self.glue = " " if every else " OR "
        self.bare = bare
        self.twin = twin
        self.connection: sqlite3.Connection
        if twin is not None:
            self.connection = twin.connection
            return
        self.connection = sqlite3.connect(folder / "fts.db", isolation_level=None)
        self.connection.executescript("pragma journal_mode = wal; pragma synchronous = normal")
        self.connection.execute("create virtual table words using fts5(title, text, content='')")

    def add(self, articles: Sequence[Article], names: Sequence[str]) -> None:  # noqa: ARG002
        """Nothing; takes articles in."""
        if self.twin is not None:
            return
        self.connection.execute("begin")
        rows = [(article.id, article.title, article.text) for article in articles]
        self.connection.executemany("insert into words (rowid, title, text) values (?, ?, ?)", rows)
        self.connection.execute("commit")

    def done(self) -> None:
        """Nothing; the index is one piece afterwards."""
        if self.twin is not None:
            return
        self.connection.execute("insert into words (words) values ('optimize')")

    def find(self, search: str) -> list[int]:
        """Ids of the ten best."""
        found = terms(search)
        if self.bare:
            found = [word for word in found if word not in STOP] or found
        match = self.glue.join(f'"{word}"' for word in found)
        sql = "select rowid from words where words match ? order by bm25(words, 4.0, 1.0) limit 10"
        return [row[0] for row in self.connection.execute(sql, (match,))]


class Titles:
    """rapidfuzz's token_set_ratio over every title."""

    name = "rapidfuzz, titles"

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.titles: list[str] = []

    def add(self, articles: Sequence[Article], names: Sequence[str]) -> None:  # noqa: ARG002
        """Nothing; takes articles in."""
        self.ids += [article.id for article in articles]
        self.titles += [" ".join(terms(article.title)) for article in articles]

    def done(self) -> None:
        """Nothing."""

    def find(self, search: str) -> list[int]:
        """Ids of the ten best."""
        asked = " ".join(word for word in terms(search) if word not in STOP)
        found = process.extract(asked, self.titles, scorer=fuzz.token_set_ratio, limit=10)
        return [self.ids[place] for _, _, place in found]


class Tantivy:
    """tantivy over titles (weighted fourfold) and texts, with or without its fuzzy terms."""

    def __init__(self, folder: Path, *, fuzzy: bool, twin: Tantivy | None = None) -> None:
        self.name = "tantivy, fuzzy" if fuzzy else "tantivy"
        self.fuzzy = fuzzy
        self.twin = twin
        self.index: Any = twin.index if twin else self._made(folder / "tantivy")
        self.writer: Any = None

    def _made(self, folder: Path) -> object:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        builder.add_text_field("title", tokenizer_name="en_stem")
        builder.add_text_field("text", tokenizer_name="en_stem")
        folder.mkdir()
        return tantivy.Index(builder.build(), path=str(folder))

    def add(self, articles: Sequence[Article], names: Sequence[str]) -> None:  # noqa: ARG002
        """Nothing; takes articles in."""
        if self.twin is not None:
            return
        if self.writer is None:
            self.writer = self.index.writer(256_000_000, 1)
        for article in articles:
            self.writer.add_document(tantivy.Document(id=article.id, title=article.title, text=article.text))
        self.writer.commit()

    def done(self) -> None:
        """Nothing; waits for its merges."""
        if self.writer is not None:
            self.writer.wait_merging_threads()
        self.index.reload()

    def find(self, search: str) -> list[int]:
        """Ids of the ten best."""
        asked = " ".join(word for word in terms(search) if word not in STOP)
        fuzzy = {"title": (False, 1, True), "text": (False, 1, True)} if self.fuzzy else {}
        query = self.index.parse_query(asked, ["title", "text"], {"title": 4.0}, fuzzy)
        searcher = self.index.searcher()
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, 10).hits]
