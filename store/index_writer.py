"""Taking articles into the index and out of it, exactly: what is left equals an index made anew from what is left.

New articles stand in `live` first, a row each, so that adding one is cheap wherever the index stands; when there are
enough they become a part, and parts of like size are merged into greater ones, as in a log-structured tree (O'Neil
and others, 1996).
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import count as count_from
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from news.terms import STOP, raw_terms, terms_of
from store import postings, vocabulary
from store.postings import SPAN, STOP_BIT, WORD_SHIFT, Tokens, Weighed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from store.index_file import IndexFile

LIVE = 1024
"""Articles that stand a row each. A question looks through 150 terms of each: 0.1 ms a word at this size."""

STRAIGHT = 512
"""Articles at once from which they become a part without standing in `live`."""

GROWTH = 8
"""Parts of like size that are merged into one."""

CACHE = 200_000
"""Words remembered with their numbers while many articles come in: about 30 MB."""

NEVER = -(1 << 31)
"""Moment of an article without one."""

ROOT = (1 << WORD_SHIFT) - 1
"""The part of a code that is the stem."""

_SEVERAL = -1

_Face = tuple[str, bytes, bytes]


class Piece(Struct, frozen=True):
    """What the index takes of an article. `moment` is in minutes since 1970, NEVER where unknown."""

    article: int
    title: str
    text: str
    site: str
    moment: int
    lead: str
    names: str


class Writer:
    """Alters one index file. One thread at a time; every call inside a transaction of the file."""

    def __init__(self, file: IndexFile) -> None:
        self._file = file
        self._codes: dict[str, int] = {}
        self._several: dict[str, list[int]] = {}
        self._settled: set[int] = set()
        self._edition = -1

    def apply(self, pieces: Sequence[Piece], gone: Iterable[int]) -> None:
        """Nothing; takes in `pieces` (at most 8192), in place of what the index holds of them, and takes out `gone`."""
        connection = self._file.connection
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
            self._flush(connection)
        except BaseException:
            self._forget()  # numbers of words that the transaction takes back
            raise
        self._edition = edition + 1
        if len(self._codes) > CACHE:
            self._forget()

    def _forget(self) -> None:
        self._codes.clear()
        self._several.clear()
        self._settled.clear()

    # Out

    def _take_out(self, connection: sqlite3.Connection, article: int) -> list[bytes]:
        row = connection.execute("select doc, words from documents where article = ?", (article,)).fetchone()
        if row is None:
            return []
        doc, words = row
        connection.execute("delete from documents where doc = ?", (doc,))
        if not connection.execute("delete from live where doc = ?", (doc,)).rowcount:
            connection.execute("insert into dead values (?)", (doc,))
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
        tokens, faces = self._tokens(connection, pieces)
        weighed = postings.weigh(tokens)
        first = self._file.state("next")
        self._file.put_state("next", first + len(pieces))
        sites = {name: self._site(connection, name) for name in {piece.site for piece in pieces}}
        blobs = postings.packed(weighed.held, weighed.edges)
        connection.executemany(
            "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (doc, one.article, sites[one.site], one.moment, one.title, *face, one.lead, one.names, blob)
                for doc, one, face, blob in zip(count_from(first), pieces, faces, blobs, strict=False)
            ],
        )
        counts = zip(weighed.words.tolist(), weighed.documents.tolist(), weighed.titles.tolist(), strict=True)
        vocabulary.add(connection, list(counts), self._settled)
        sizes = np.diff(weighed.bounds)
        connection.executemany(
            "update terms set documents = documents + ? where id = ?",
            list(zip(sizes.tolist(), weighed.terms.tolist(), strict=True)),
        )
        if len(pieces) >= STRAIGHT:
            self._flush(connection, least=1)
            self._write_part(connection, first, len(pieces), weighed)
        else:
            self._stand(connection, first, len(pieces), weighed)

    def _tokens(self, connection: sqlite3.Connection, pieces: Sequence[Piece]) -> tuple[Tokens, list[_Face]]:
        """The words of articles, and what each is compared by."""
        codes, counts, sizes, lengths = array("q"), array("q"), array("q"), array("q")
        faces: list[_Face] = []
        for piece in pieces:
            texts = [raw_terms(text) for text in (piece.title, piece.text, piece.names)]
            for text in texts:
                words = Counter(text)
                before = len(codes)
                for code, count in self._coded(connection, words):
                    codes.extend(code)
                    counts.extend(count)
                sizes.append(len(codes) - before)
                lengths.append(len(text))
            faces.append(self._face(piece, texts))
        return Tokens(*(np.frombuffer(one, np.int64) for one in (codes, counts, sizes, lengths))), faces

    def _face(self, piece: Piece, texts: Sequence[Sequence[str]]) -> _Face:
        """What an article is compared by: its title in terms, the stems of the title, those of beginning and names."""
        title, text, names = texts
        plain = " ".join(term for raw in title for term in terms_of(raw) if term not in STOP)
        held = {*title, *text}
        return plain, self._roots(title), self._roots([raw for raw in raw_terms(piece.lead) if raw in held] + [*names])

    def _roots(self, raws: Sequence[str]) -> bytes:
        """The stems of words that are known, stop-words left out."""
        codes = [self._codes[raw] for raw in raws]
        if _SEVERAL in codes:
            codes = [one for raw in raws for one in self._several.get(raw, (self._codes[raw],)) if one != _SEVERAL]
        return array("I", sorted({code & ROOT for code in codes if code < 1 << STOP_BIT})).tobytes()

    def _coded(self, connection: sqlite3.Connection, text: Counter[str]) -> Iterator[tuple[list[int], Iterable[int]]]:
        """The codes of the words of a text, and how often each stands in it."""
        known = self._codes
        try:
            codes = [known[raw] for raw in text]
        except KeyError:
            self._learn(connection, {raw for raw in text if raw not in known})
            codes = [known[raw] for raw in text]
        if _SEVERAL not in codes:
            yield codes, text.values()
            return
        yield [code for code in codes if code != _SEVERAL], [n for raw, n in text.items() if known[raw] != _SEVERAL]
        for raw, count in text.items():
            if known[raw] == _SEVERAL:
                yield self._several[raw], [count] * len(self._several[raw])

    def _learn(self, connection: sqlite3.Connection, raws: set[str]) -> None:
        """Nothing; remembers the codes of runs of letters."""
        parts = {raw: terms_of(raw) for raw in sorted(raws)}
        numbers = vocabulary.learn(connection, list(dict.fromkeys(term for found in parts.values() for term in found)))
        for raw, found in parts.items():
            codes = [_code(term, *numbers[term]) for term in found]
            if len(codes) != 1:
                self._several[raw] = codes
            self._codes[raw] = codes[0] if len(codes) == 1 else _SEVERAL

    def _site(self, connection: sqlite3.Connection, name: str) -> int:
        row = connection.execute("select id from sites where name = ?", (name,)).fetchone()
        if row is None:
            row = connection.execute("insert into sites (name) values (?) returning id", (name,)).fetchone()
        return int(row[0])

    def _stand(self, connection: sqlite3.Connection, first: int, size: int, weighed: Weighed) -> None:
        order = np.argsort(weighed.offsets, kind="stable")
        terms = np.repeat(weighed.terms, np.diff(weighed.bounds))[order].astype("<u4")
        impacts = weighed.impacts[order]
        edges = np.searchsorted(weighed.offsets[order], np.arange(size + 1)).tolist()
        connection.executemany(
            "insert into live values (?, ?, ?)",
            [
                (first + n, terms[edges[n] : edges[n + 1]].tobytes(), impacts[edges[n] : edges[n + 1]].tobytes())
                for n in range(size)
            ],
        )

    # Parts

    def _flush(self, connection: sqlite3.Connection, least: int = LIVE) -> None:
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
        empty = np.empty(0, np.int64)
        weighed = Weighed(
            terms[bounds], np.r_[bounds, len(terms)], docs.astype(np.uint16), impacts, empty, empty, empty, empty, empty
        )
        connection.execute("delete from live")
        self._file.put_state("shape", self._file.state("shape") + 1)
        self._write_part(connection, first, size, weighed)

    def _write_part(self, connection: sqlite3.Connection, first: int, size: int, weighed: Weighed) -> None:
        part = connection.execute(
            "insert into parts (first, size) values (?, ?) returning id", (first, size)
        ).fetchone()[0]
        bounds = weighed.bounds.tolist()
        offsets, impacts = weighed.offsets.astype("<u2").tobytes(), weighed.impacts.tobytes()
        connection.executemany(
            "insert into postings values (?, ?, ?)",
            [
                (part, term, offsets[2 * a : 2 * b] + impacts[a:b])
                for term, a, b in zip(weighed.terms.tolist(), bounds[:-1], bounds[1:], strict=True)
            ],
        )
        self._write_columns(connection, first, size)
        while self._merge(connection):
            pass

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
        """Whether parts were merged: the newest of like size, when there are GROWTH of them or a full one results."""
        parts = connection.execute("select id, first, size from parts order by first desc").fetchall()
        run: list[tuple[int, int, int]] = []
        for part in parts:
            if run and _tier(part[2]) != _tier(run[0][2]):
                break
            run.insert(0, part)
        many = len(run) >= GROWTH if _tier(parts[0][2]) == 0 else _span(run) + run[-1][2] > SPAN
        while run and _span(run) > SPAN:
            run.pop()
        if len(run) < 2 or not many:
            return False
        self._merge_run(connection, run)
        return True

    def _merge_run(self, connection: sqlite3.Connection, run: list[tuple[int, int, int]]) -> None:
        first, size = run[0][1], _span(run)
        lists: dict[int, list[tuple[int, bytes]]] = {}
        for part, start, _ in run:
            for term, blob in connection.execute("select term, entries from postings where part = ?", (part,)):
                lists.setdefault(term, []).append((start - first, blob))
        gone = connection.execute("select doc from dead where doc >= ? and doc < ?", (first, first + size)).fetchall()
        dead = np.zeros(size if gone else 0, np.bool_)
        dead[[doc - first for (doc,) in gone]] = True
        merged = connection.execute(
            "insert into parts (first, size) values (?, ?) returning id", (first, size)
        ).fetchone()[0]
        for part, _, _ in run:
            connection.execute("delete from postings where part = ?", (part,))
            connection.execute("delete from parts where id = ?", (part,))
        blobs = ((merged, term, postings.merged(lists[term], dead)) for term in sorted(lists))
        connection.executemany("insert into postings values (?, ?, ?)", (row for row in blobs if row[2]))
        connection.execute("delete from dead where doc >= ? and doc < ?", (first, first + size))


def _code(term: str, word: int, root: int) -> int:
    return int((int(term in STOP) << STOP_BIT) | (word << WORD_SHIFT) | root)


def _span(run: Sequence[tuple[int, int, int]]) -> int:
    """Articles from the first of a run of parts to its last."""
    return run[-1][1] + run[-1][2] - run[0][1]


def _tier(size: int) -> int:
    """Class of a part's size: 0 are those that stood in `live`, 2 the full ones."""
    return 0 if size < LIVE * GROWTH // 2 else 1 if size < SPAN // 2 else 2
