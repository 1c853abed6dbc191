"""Taking articles into the index and out of it, exactly: what is left equals an index made anew from what is left.

New articles stand in `live` first, a row each, so that adding one is cheap wherever the index stands; many at once, or
when there are enough, become a part (`store.index_parts`).
"""

from __future__ import annotations

from collections import Counter
from itertools import count as count_from
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from news.terms import STOP, terms
from store import postings, vocabulary
from store.index_parts import Parts
from store.postings import Lists, Tokens

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from store.index_file import IndexFile

STRAIGHT = 512
"""Articles at once from which they become a part without standing in `live`."""

CACHE = 300_000
"""Words remembered with their numbers while many articles come in, as they stand between spaces: about 45 MB."""

ROOM = 65_536
"""Kilobytes of the file that are held in memory once many articles come in: a tenth less time than with 8 MB."""


class Piece(Struct, frozen=True):
    """What the index takes of an article. `moment` is in minutes since 1970, NEVER where unknown."""

    article: int
    title: str
    text: str
    site: str
    moment: int
    lead: str
    names: str


class _Numbers(dict[str, int]):
    """The number of the word that stands between two spaces, NONE for no word; below 0 of `several` words.

    One that is met for the first time gets a place in `several` until `settle` says what it holds.
    """

    def __init__(self) -> None:
        self.fresh: list[str] = []
        self.several: dict[int, list[int]] = {}
        self._place = 0
        self._passing: list[int] = []

    def __missing__(self, run: str) -> int:
        self._place -= 1
        self.fresh.append(run)
        self[run] = self._place
        return self._place

    def settle(self, run: str, words: list[int]) -> None:
        """Nothing; takes the words of a run that was new."""
        place = self[run]
        self.several[place] = words
        if len(words) < 2:
            self._passing.append(place)
            self[run] = words[0] if words else postings.NONE

    def tidy(self) -> None:
        """Nothing; nobody has a place any more of a run that is one word."""
        for place in self._passing:
            del self.several[place]
        self._passing, self.fresh = [], []


class Writer:
    """Alters one index file. One thread at a time; every call inside a transaction of the file."""

    def __init__(self, file: IndexFile) -> None:
        self._file = file
        self._parts = Parts(file)
        self._numbers = _Numbers()
        self._roots = np.zeros(1024, np.int64)
        self._settled: set[int] = set()
        self._edition = -1

    def apply(self, pieces: Sequence[Piece], gone: Iterable[int]) -> None:
        """Nothing; takes in `pieces` (at most 8192), in place of what the index holds of them, and takes out `gone`."""
        connection = self._file.connection
        if len(pieces) >= STRAIGHT:
            connection.execute(f"pragma cache_size = -{ROOM}")
        edition = self._file.state("edition")
        if edition != self._edition:
            self._settled.clear()  # another process wrote, and may have taken words out
        try:
            removed = [doc for article in gone for doc in self._take_out(connection, article)]
            removed += [doc for piece in pieces for doc in self._take_out(connection, piece.article)]
            self._count_removed(connection, removed)
            if pieces:
                self._add(connection, pieces)
            if removed or len(pieces) >= STRAIGHT:
                self._file.put_state("shape", self._file.state("shape") + 1)
            self._file.put_state("articles", self._file.state("articles") + len(pieces) - len(removed))
            self._file.put_state("edition", edition + 1)
            self._parts.flush(connection)
            while self._parts.merge(connection) and len(pieces) >= STRAIGHT:
                pass
        except BaseException:
            self._forget()  # numbers of words that the transaction takes back
            raise
        self._edition = edition + 1
        if len(self._numbers) > CACHE:
            self._numbers = _Numbers()
        if len(self._settled) > CACHE:
            self._settled.clear()

    def _forget(self) -> None:
        self._numbers = _Numbers()
        self._settled.clear()

    # Out

    def _take_out(self, connection: sqlite3.Connection, article: int) -> list[bytes]:
        row = connection.execute("select doc, words from documents where article = ?", (article,)).fetchone()
        if row is None:
            return []
        doc, words = row
        connection.execute("delete from documents where doc = ?", (doc,))
        if not connection.execute("delete from live where doc = ?", (doc,)).rowcount:
            connection.execute("insert into dead (doc) values (?)", (doc,))
        return [words]

    def _count_removed(self, connection: sqlite3.Connection, removed: Sequence[bytes]) -> None:
        words: Counter[int] = Counter()
        titles: Counter[int] = Counter()
        stems: Counter[int] = Counter()
        for blob in removed:
            held = postings.unpacked(blob)
            words.update(value >> 1 for value in held)
            titles.update(value >> 1 for value in held if value & 1)
            stem_of = "select stem from words where id = ?"
            stems.update({connection.execute(stem_of, (value >> 1,)).fetchone()[0] for value in held})
        self._settled.difference_update(words)
        vocabulary.count(connection, [(word, -n, -titles[word]) for word, n in words.items()])
        connection.executemany(
            "update terms set documents = documents - ? where id = ?", [(n, term) for term, n in stems.items()]
        )

    # In

    def _add(self, connection: sqlite3.Connection, pieces: Sequence[Piece]) -> None:
        weighed = postings.weigh(self._tokens(connection, pieces), len(pieces))
        first = self._file.state("next")
        self._file.put_state("next", first + len(pieces))
        sites = {name: self._site(connection, name) for name in {piece.site for piece in pieces}}
        blobs = postings.packed(weighed.held, weighed.edges)
        connection.executemany(
            "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    doc,
                    one.article,
                    sites[one.site],
                    one.moment,
                    one.title,
                    _plain(one),
                    *stems,
                    one.lead,
                    one.names,
                    blob,
                )
                for doc, one, *stems, blob in zip(
                    count_from(first), pieces, weighed.titled, weighed.leading, blobs, strict=False
                )
            ],
        )
        counts = zip(weighed.words.tolist(), weighed.documents.tolist(), weighed.titles.tolist(), strict=True)
        vocabulary.add(connection, list(counts), self._settled)
        sizes = np.diff(weighed.lists.bounds)
        connection.executemany(
            "update terms set documents = documents + ? where id = ?",
            list(zip(sizes.tolist(), weighed.lists.terms.tolist(), strict=True)),
        )
        if len(pieces) >= STRAIGHT:
            self._parts.flush(connection, 1)
            self._parts.write(connection, first, len(pieces), weighed.lists)
        else:
            self._stand(connection, first, len(pieces), weighed.lists)

    def _tokens(self, connection: sqlite3.Connection, pieces: Sequence[Piece]) -> Tokens:
        """The words of articles, field by field."""
        number = self._numbers.__getitem__
        words: list[int] = []
        fields: list[int] = []
        sizes: list[int] = []
        for place, piece in enumerate(pieces):
            title, text, names = (list(map(number, part.split())) for part in (piece.title, piece.text, piece.names))
            beginning = list(map(number, _beginning(piece)))
            for kind, field in enumerate((text, names, title, beginning)):
                words += field
                sizes.append(len(field))
                fields.append(place << 2 | kind)
        self._learn(connection)
        return self._opened(np.array(words, np.int64), np.repeat(np.array(fields, np.int64), sizes))

    def _learn(self, connection: sqlite3.Connection) -> None:
        """Nothing; numbers the words that were met for the first time."""
        parts = {run: terms(run) for run in self._numbers.fresh}
        numbers = vocabulary.learn(connection, sorted({term for found in parts.values() for term in found}))
        last = max((word for word, _ in numbers.values()), default=0)
        if last >= len(self._roots):
            self._roots = np.r_[self._roots, np.zeros(last + 1, np.int64)]
        for term, (word, root) in numbers.items():
            self._roots[word] = -root if term in STOP else root
        for run, found in parts.items():
            self._numbers.settle(run, [numbers[term][0] for term in found])

    def _opened(self, words: NDArray[np.int64], fields: NDArray[np.int64]) -> Tokens:
        """The tokens, with those that stand for several words, or were new, replaced by their words."""
        places = (words < 0).nonzero()[0]
        several = [self._numbers.several[number] for number in words[places].tolist()]
        words[places] = postings.NONE
        more = np.array([word for found in several for word in found], np.int64)
        beside = np.repeat(fields[places], [len(found) for found in several])
        self._numbers.tidy()
        return Tokens(np.concatenate((words, more)), np.concatenate((fields, beside)), self._roots)

    def _site(self, connection: sqlite3.Connection, name: str) -> int:
        row = connection.execute("select id from sites where name = ?", (name,)).fetchone()
        if row is None:
            row = connection.execute("insert into sites (name) values (?) returning id", (name,)).fetchone()
        return int(row[0])

    def _stand(self, connection: sqlite3.Connection, first: int, size: int, lists: Lists) -> None:
        order = np.argsort(lists.offsets, kind="stable")
        terms = np.repeat(lists.terms, np.diff(lists.bounds))[order].astype("<u4")
        impacts = lists.impacts[order]
        edges = np.searchsorted(lists.offsets[order], np.arange(size + 1)).tolist()
        connection.executemany(
            "insert into live values (?, ?, ?)",
            [
                (first + n, terms[edges[n] : edges[n + 1]].tobytes(), impacts[edges[n] : edges[n + 1]].tobytes())
                for n in range(size)
            ],
        )


def _plain(piece: Piece) -> str:
    """The title in terms, without stop-words."""
    return " ".join([term for term in terms(piece.title) if term not in STOP])


def _beginning(piece: Piece) -> list[str]:
    """What stands between the spaces of an article's beginning, so far as it stands in its title or text."""
    lead, text = piece.lead.split(), piece.text
    if text.startswith(piece.lead):
        end = len(piece.lead)
        cut = len(text) > end and not (text[end].isspace() or piece.lead[-1:].isspace())
        return lead[: len(lead) - cut]
    held = {*piece.title.split(), *text.split()}
    return [run for run in lead if run in held]
