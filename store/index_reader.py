"""What a question reads of the index: posting lists of a word, filters, and the articles with the greatest sums.

A `View` is the state of the index at one moment, as arrays shared by all threads; a question reads it and the posting
lists in one read transaction, so that both are of the same moment.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from store import postings
from store.postings import SPAN

if TYPE_CHECKING:
    import sqlite3

BLOCK = 1024
"""Articles that share a maximum when the greatest sums are looked for."""

Listed = tuple[NDArray[np.int64], NDArray[np.uint8]]
"""A posting list: docs, ascending, and impacts."""


class View(Struct, frozen=True, eq=False):
    """The index at one moment. `moments` are minutes since 1970; `dead` docs are in parts but no longer there."""

    change: int
    shape: int
    slots: int
    articles: int
    moments: NDArray[np.int32]
    sites: NDArray[np.uint16]
    dead: NDArray[np.int64]
    live_terms: NDArray[np.uint32]
    live_docs: NDArray[np.int64]
    live_impacts: NDArray[np.uint8]


def view(connection: sqlite3.Connection, before: View | None) -> View:
    """The index as the connection's transaction sees it; `before` itself where nothing altered."""
    state = dict(connection.execute("select key, value from state").fetchall())
    change, shape, slots = (state.get(key, 0) for key in ("edition", "shape", "next"))
    if before is not None and before.change == change:
        return before
    settled, sites, dead = _settled(connection, before, shape)
    later = before is not None and before.change > change  # seen by another thread
    known = before if before is not None and before.shape == shape and not later else None
    last = int(known.live_docs[-1]) if known is not None and len(known.live_docs) else -1
    live = connection.execute(
        "select l.doc, l.terms, l.impacts, d.moment, d.site from live l join documents d on d.doc = l.doc"
        " where l.doc > ? order by l.doc",
        (last,),
    ).fetchall()
    moments = np.full(slots, -(1 << 31), np.int32)
    moments[: len(settled)] = settled[:slots]  # another thread may have seen a later moment
    site = np.zeros(slots, np.uint16)
    site[: len(sites)] = sites[:slots]
    places = [row[0] for row in live]
    moments[places], site[places] = [row[3] for row in live], [row[4] for row in live]
    terms = np.frombuffer(b"".join(row[1] for row in live), "<u4")
    docs = np.repeat(np.array(places, np.int64), [len(row[2]) for row in live])
    impacts = np.frombuffer(b"".join(row[2] for row in live), np.uint8)
    if known is not None:
        terms = np.concatenate([known.live_terms, terms])
        docs = np.concatenate([known.live_docs, docs])
        impacts = np.concatenate([known.live_impacts, impacts])
    return View(change, shape, slots, state.get("articles", 0), moments, site, dead, terms, docs, impacts)


def _settled(
    connection: sqlite3.Connection, before: View | None, shape: int
) -> tuple[NDArray[np.int32], NDArray[np.uint16], NDArray[np.int64]]:
    """Moments and sites of the docs in parts, and the dead docs."""
    if before is not None and before.shape == shape:
        return before.moments, before.sites, before.dead
    columns = connection.execute("select moments, sites from columns order by block").fetchall()
    dead = connection.execute("select doc from dead").fetchall()
    moments = np.frombuffer(b"".join(row[0] for row in columns), "<i4")
    sites = np.frombuffer(b"".join(row[1] for row in columns), "<u2")
    return moments, sites, np.array([row[0] for row in dead], np.int64)


class Postings:
    """The posting lists of one question, each read once."""

    def __init__(self, connection: sqlite3.Connection, view: View) -> None:
        self._connection = connection
        self._view = view
        self._parts: dict[int, list[tuple[int, bytes]]] = {}
        self._whole: dict[int, Listed] = {}

    def _of(self, term: int) -> list[tuple[int, bytes]]:
        """The posting list of a term in parts, in order: the doc that offsets count from, and the blob."""
        found = self._parts.get(term)
        if found is None:
            found = self._parts[term] = sorted(
                self._connection.execute(
                    "select p.first, x.entries from parts p cross join postings x where x.part = p.id and x.term = ?",
                    (term,),
                ).fetchall()
            )
        return found

    def of(self, term: int) -> Listed:
        """The posting list of a term in one piece: docs, ascending, and impacts.

        Docs are as wide as numpy's own indexes: adding up by 16 bits takes four times as long.
        """
        found = self._whole.get(term)
        if found is None:
            parts = self._of(term)
            docs, impacts = postings.opened_all([blob for _, blob in parts], [first for first, _ in parts])
            live = (self._view.live_terms == term).nonzero()[0]
            if len(live):
                docs = np.concatenate([docs, self._view.live_docs[live]])
                impacts = np.concatenate([impacts, self._view.live_impacts[live]])
            found = self._whole[term] = docs, impacts
        return found

    def at(self, term: int, docs: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Impacts of a term in `docs` (ascending), 0 where it is not held."""
        if term in self._whole:
            return _looked_up(docs, *self._whole[term])
        impacts = np.zeros(len(docs), np.uint8)
        for first, blob in self._of(term):  # a word of half the articles, which is best left in its parts
            start, end = docs.searchsorted((first, first + SPAN))
            impacts[start:end] = _looked_up((docs[start:end] - first).astype(np.uint16), *postings.opened(blob))
        live = (self._view.live_terms == term).nonzero()[0]
        return np.maximum(impacts, _looked_up(docs, self._view.live_docs[live], self._view.live_impacts[live]))


def _looked_up(
    wanted: NDArray[np.int64] | NDArray[np.uint16],
    held: NDArray[np.int64] | NDArray[np.uint16],
    impacts: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """The impacts of those wanted, both ascending, 0 where one is not held."""
    if not len(held):
        return np.zeros(len(wanted), np.uint8)
    places = held.searchsorted(wanted)
    places[places == len(held)] = 0
    return np.where(held[places] == wanted, impacts[places], np.uint8(0))


class Sums:
    """One number for every doc, to be added to; each thread has its own, used again by its next question."""

    _local = threading.local()

    def __init__(self, slots: int) -> None:
        room = -(-slots // BLOCK) * BLOCK
        held: NDArray[np.float32] | None = getattr(self._local, "held", None)
        if held is None or len(held) < room:
            held = self._local.held = np.empty(-(-room // SPAN) * SPAN, np.float32)
        self.values = held[:room]
        self.values.fill(0)
        self._slots = slots

    def add(self, listed: Listed, factor: float) -> None:
        """Nothing; adds each impact (0 to 255) times `factor` to its doc."""
        docs, impacts = listed
        np.add.at(self.values, docs, impacts * np.float32(factor / 255))  # three times as fast as values[docs] +=

    def keep(self, allowed: NDArray[np.bool_]) -> None:
        """Nothing; leaves out the docs that are not allowed."""
        self.values[: self._slots] *= allowed

    def drop(self, docs: NDArray[np.int64]) -> None:
        """Nothing; leaves out `docs`."""
        self.values[docs] = 0

    def greatest(self, count: int) -> NDArray[np.int64]:
        """The docs of the `count` greatest sums above nothing, ascending by doc; of equal sums the later ones."""
        table = self.values.reshape(-1, BLOCK)
        tops = table.max(axis=1)
        least = np.partition(tops, -count)[-count] if len(tops) > count else np.float32(0)
        least = max(least, np.float32(1e-6))
        blocks = (tops >= least).nonzero()[0]
        places = (table[blocks].ravel() >= least).nonzero()[0]
        docs: NDArray[np.int64] = blocks[places // BLOCK] * BLOCK + places % BLOCK
        if len(docs) > count:
            values = self.values[docs]
            docs = docs[values >= np.partition(values, -count)[-count]]
            docs = np.sort(docs[np.lexsort((docs, self.values[docs]))][-count:])
        return docs
