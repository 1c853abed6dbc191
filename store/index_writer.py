"""Taking articles into the index and out of it, exactly: what is left equals an index made anew from what is left.

New articles stand in `live` first, a row each, so that adding one is cheap wherever the index stands; when there are
enough they become a part, and parts of like size are merged into greater ones, as in a log-structured tree (O'Neil
and others, 1996).
"""

from __future__ import annotations

from collections import Counter
from itertools import count as count_from
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from news.terms import STOP, terms
from store import postings, vocabulary
from store.postings import SPAN, Lists, Tokens

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from store.index_file import IndexFile

LIVE = 1024
"""Articles that stand a row each. A question looks through 150 terms of each: 0.1 ms a word at this size."""

STRAIGHT = 512
"""Articles at once from which they become a part without standing in `live`."""

GROWTH = 8
"""Parts of like size that are merged into one."""

CACHE = 300_000
"""Words remembered with their numbers while many articles come in, as they stand between spaces: about 45 MB."""

STEP = 256
"""Terms of each part that are merged with one article added: some milliseconds; all is done before the next merge."""

ROOM = 65_536
"""Kilobytes of the file that are held in memory once many articles come in: a tenth less time than with 8 MB."""

NEVER = -(1 << 31)
"""Moment of an article without one."""


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
            self._flush(connection, LIVE)
            while self._merge(connection) and len(pieces) >= STRAIGHT:
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
            self._flush(connection, 1)
            self._write_part(connection, first, len(pieces), weighed.lists)
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

    # Parts

    def _flush(self, connection: sqlite3.Connection, least: int) -> None:
        oldest = connection.execute("select min(doc) from live").fetchone()[0]
        if oldest is None or self._file.state("next") - oldest < least:
            return
        rows = connection.execute("select doc, terms, impacts from live order by doc").fetchall()
        first, size = rows[0][0], rows[-1][0] - rows[0][0] + 1
        terms = np.concatenate([np.frombuffer(row[1], "<u4") for row in rows]).astype(np.int64)
        impacts = np.concatenate([np.frombuffer(row[2], np.uint8) for row in rows])
        docs = np.repeat([row[0] - first for row in rows], [len(row[2]) for row in rows])
        order = np.argsort((terms << 16) | docs)
        terms, docs, impacts = terms[order], docs[order], impacts[order]
        bounds = np.flatnonzero(np.r_[True, terms[1:] != terms[:-1]])
        lists = Lists(terms[bounds], np.r_[bounds, len(terms)], docs.astype(np.uint16), impacts)
        connection.execute("delete from live")
        self._file.put_state("shape", self._file.state("shape") + 1)
        self._write_part(connection, first, size, lists)

    def _write_part(self, connection: sqlite3.Connection, first: int, size: int, lists: Lists) -> None:
        part = connection.execute(
            "insert into parts (first, size) values (?, ?) returning id", (first, size)
        ).fetchone()[0]
        bounds = lists.bounds.tolist()
        offsets, impacts = lists.offsets.astype("<u2").tobytes(), lists.impacts.tobytes()
        connection.executemany(
            "insert into postings values (?, ?, ?)",
            [
                (part, term, offsets[2 * a : 2 * b] + impacts[a:b])
                for term, a, b in zip(lists.terms.tolist(), bounds[:-1], bounds[1:], strict=True)
            ],
        )
        self._write_columns(connection, first, size)

    def _write_columns(self, connection: sqlite3.Connection, first: int, size: int) -> None:
        for block in range(first // SPAN, (first + size - 1) // SPAN + 1):
            start = max(first, block * SPAN)
            end = min(first + size, (block + 1) * SPAN)
            row = connection.execute("select moments, sites from columns where block = ?", (block,)).fetchone()
            moments = np.full(end - block * SPAN, NEVER, np.int32)
            sites = np.zeros(end - block * SPAN, np.uint16)
            if row is not None:
                old = np.frombuffer(row[0], "<i4"), np.frombuffer(row[1], "<u2")
                moments[: len(old[0])], sites[: len(old[1])] = old
            fresh = connection.execute(
                "select doc, moment, site from documents where doc >= ? and doc < ?", (start, end)
            ).fetchall()
            places = np.array([row[0] - block * SPAN for row in fresh], np.int64)
            moments[places] = [row[1] for row in fresh]
            sites[places] = [row[2] for row in fresh]
            connection.execute(
                "insert or replace into columns values (?, ?, ?)",
                (block, moments.astype("<i4").tobytes(), sites.astype("<u2").tobytes()),
            )

    def _merge(self, connection: sqlite3.Connection) -> bool:
        """Whether a step of merging parts was taken: an article added has to wait for one of them only.

        Meanwhile each term stands in the parts, or in the one that they become, so that every question finds all.
        """
        merging = connection.execute("select id, first, becomes from parts where becomes is not null").fetchall()
        if not merging:
            parts = connection.execute("select id, first, size from parts order by first desc").fetchall()
            run = _like(parts)
            if run:
                self._begin(connection, run)
            return bool(run)
        self._step(connection, {part: first for part, first, _ in merging}, merging[0][2])
        return True

    def _begin(self, connection: sqlite3.Connection, run: list[tuple[int, int, int]]) -> None:
        first, size = run[0][1], _span(run)
        merged = connection.execute(
            "insert into parts (first, size) values (?, ?) returning id", (first, size)
        ).fetchone()[0]
        connection.executemany("update parts set becomes = ? where id = ?", [(merged, part) for part, _, _ in run])
        connection.execute("update dead set part = ? where doc >= ? and doc < ?", (merged, first, first + size))

    def _step(self, connection: sqlite3.Connection, parts: dict[int, int], merged: int) -> None:
        """Nothing; moves the next terms of parts, by number with their first doc, into the one that they become."""
        read = "select term, entries from postings where part = ? order by term limit ?"
        rows = {part: connection.execute(read, (part, STEP)).fetchall() for part in parts}
        full = [held[-1][0] for held in rows.values() if len(held) == STEP]
        last = min(full, default=1 << 62)
        first, size = connection.execute("select first, size from parts where id = ?", (merged,)).fetchone()
        gone = connection.execute("select doc from dead where part = ?", (merged,)).fetchall()
        dead = np.zeros(size if gone else 0, np.bool_)
        dead[[doc - first for (doc,) in gone]] = True
        lists: dict[int, list[tuple[int, bytes]]] = {}
        for part, start in sorted(parts.items(), key=lambda one: one[1]):
            for term, blob in rows[part]:
                if term <= last:
                    lists.setdefault(term, []).append((start - first, blob))
            connection.execute("delete from postings where part = ? and term <= ?", (part, last))
        blobs = ((merged, term, postings.merged(lists[term], dead)) for term in sorted(lists))
        connection.executemany("insert into postings values (?, ?, ?)", (row for row in blobs if row[2]))
        if not full:
            connection.execute("delete from parts where becomes = ?", (merged,))
            connection.execute("delete from dead where part = ?", (merged,))
            self._file.put_state("shape", self._file.state("shape") + 1)


def _like(parts: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The newest parts of like size, oldest first, if there are GROWTH of them or they make a full one; else none."""
    run: list[tuple[int, int, int]] = []
    for part in parts:
        if run and _tier(part[2]) != _tier(run[0][2]):
            break
        run.insert(0, part)
    many = bool(run) and (len(run) >= GROWTH if _tier(parts[0][2]) == 0 else _span(run) + run[-1][2] > SPAN)
    while run and _span(run) > SPAN:
        run.pop()
    return run if many and len(run) > 1 else []


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


def _span(run: Sequence[tuple[int, int, int]]) -> int:
    """Articles from the first of a run of parts to its last."""
    return run[-1][1] + run[-1][2] - run[0][1]


def _tier(size: int) -> int:
    """Class of a part's size: 0 are those that stood in `live`, 2 the full ones."""
    return 0 if size < LIVE * GROWTH // 2 else 1 if size < SPAN // 2 else 2
