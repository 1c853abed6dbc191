"""The parts of the index: newest articles, which stand a row each, become one; those of like size become a greater one.

As in a log-structured merge tree (O'Neil and others, 1996), but a step at a time: an article added waits for one
step only, and a question finds everything meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from store import postings
from store.postings import SPAN, Lists

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from store.index_file import IndexFile

LIVE = 1024
"""Articles that stand a row each. A question looks through 150 terms of each: 0.1 ms a word at this size."""

GROWTH = 8
"""Parts of like size that are merged into one."""

STEP = 256
"""Terms of each part that are merged with one article added: some milliseconds; all is done before the next merge."""

NEVER = -(1 << 31)
"""Moment of an article without one."""


class Parts:
    """The parts of one index file. One thread at a time; every call inside a transaction of the file."""

    def __init__(self, file: IndexFile) -> None:
        self._file = file

    def flush(self, connection: sqlite3.Connection, least: int | None = None) -> None:
        """Nothing; makes a part of the articles that stand a row each, once there are `least` of them (LIVE)."""
        oldest = connection.execute("select min(doc) from live").fetchone()[0]
        if oldest is None or self._file.state("next") - oldest < (LIVE if least is None else least):
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
        self.write(connection, first, size, lists)

    def write(self, connection: sqlite3.Connection, first: int, size: int, lists: Lists) -> None:
        """Nothing; writes a part of `size` articles, whose first has the doc `first`."""
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

    def merge(self, connection: sqlite3.Connection) -> bool:
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


def _span(run: Sequence[tuple[int, int, int]]) -> int:
    """Articles from the first of a run of parts to its last."""
    return run[-1][1] + run[-1][2] - run[0][1]


def _tier(size: int) -> int:
    """Class of a part's size: 0 are those that stood in `live`, 2 the full ones."""
    return 0 if size < LIVE * GROWTH // 2 else 1 if size < SPAN // 2 else 2
