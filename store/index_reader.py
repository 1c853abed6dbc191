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
    from collections.abc import Sequence

BLOCK = 1024
"""Articles that share a maximum when the greatest sums are looked for."""

Listed = tuple[int, NDArray[np.uint16] | NDArray[np.int64], NDArray[np.uint8]]
"""Part of a posting list: the doc that offsets count from, the offsets, the impacts."""


class View(Struct, frozen=True, eq=False):
    """The index at one moment. `moments` are minutes since 1970; `dead` docs are in parts but no longer there."""

    change: int
    shape: int
    slots: int
    articles: int
    moments: NDArray[np.int32]
    sites: NDArray[np.uint16]
    dead: NDArray[np.int64]
    live_terms: NDArray[np.int64]
    live_docs: NDArray[np.int64]
    live_impacts: NDArray[np.uint8]


def view(connection: sqlite3.Connection, before: View | None) -> View:
    """The index as the connection's transaction sees it; `before` itself where nothing altered."""
    state = dict(connection.execute("select key, value from state").fetchall())
    change, shape, slots = (state.get(key, 0) for key in ("edition", "shape", "next"))
    if before is not None and before.change == change:
        return before
    settled, sites, dead = _settled(connection, before, shape)
    live = connection.execute(
        "select l.doc, l.terms, l.impacts, d.moment, d.site from live l join documents d on d.doc = l.doc"
        " order by l.doc"
    ).fetchall()
    moments = np.full(slots, -(1 << 31), np.int32)
    moments[: len(settled)] = settled[:slots]  # another thread may have seen a later moment
    site = np.zeros(slots, np.uint16)
    site[: len(sites)] = sites[:slots]
    places = [row[0] for row in live]
    moments[places], site[places] = [row[3] for row in live], [row[4] for row in live]
    return View(
        change,
        shape,
        slots,
        state.get("articles", 0),
        moments,
        site,
        dead,
        np.frombuffer(b"".join(row[1] for row in live), "<u4").astype(np.int64),
        np.repeat(np.array(places, np.int64), [len(row[2]) for row in live]),
        np.frombuffer(b"".join(row[2] for row in live), np.uint8),
    )


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
        self._lists: dict[int, list[Listed]] = {}

    def of(self, term: int) -> list[Listed]:
        """The posting list of a term, part by part."""
        found = self._lists.get(term)
        if found is None:
            rows = self._connection.execute(
                "select p.first, x.entries from parts p cross join postings x where x.part = p.id and x.term = ?",
                (term,),
            )
            found = [(first, *postings.opened(blob)) for first, blob in rows.fetchall()]
            view = self._view
            places = np.flatnonzero(view.live_terms == term)
            if len(places):
                first = int(view.live_docs[0])
                found.append((first, view.live_docs[places] - first, view.live_impacts[places]))
            self._lists[term] = found
        return found

    def at(self, term: int, docs: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Impacts of a term in `docs` (ascending), 0 where it is not held."""
        impacts = np.zeros(len(docs), np.uint8)
        for first, offsets, weights in self.of(term):
            start, end = np.searchsorted(docs, (first, first + SPAN))
            wanted = docs[start:end] - first
            places = np.searchsorted(offsets, wanted.astype(offsets.dtype))
            places[places == len(offsets)] = 0
            hit = offsets[places] == wanted if len(offsets) else np.zeros(len(wanted), np.bool_)
            impacts[start:end][hit] = weights[places[hit]]
        return impacts


class Sums:
    """One number for every doc, to be added to; each thread has its own, used again by its next question."""

    _local = threading.local()

    def __init__(self, slots: int) -> None:
        room = -(-slots // SPAN) * SPAN + SPAN
        held: NDArray[np.float32] | None = getattr(self._local, "held", None)
        if held is None or len(held) < room:
            held = self._local.held = np.zeros(room, np.float32)
        else:
            held.fill(0)
        self.values = held[:room]
        self._slots = slots

    def add(self, lists: Sequence[Listed], factor: float) -> None:
        """Nothing; adds each impact (0 to 255) times `factor` to its doc."""
        scale = np.float32(factor / 255)
        for first, offsets, impacts in lists:
            self.values[first : first + SPAN][offsets] += impacts * scale

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
        blocks = np.flatnonzero(tops >= least)
        rows, places = np.nonzero(table[blocks] >= least)
        docs = blocks[rows] * BLOCK + places
        if len(docs) > count:
            order = np.lexsort((docs, self.values[docs]))
            docs = np.sort(docs[order[-count:]])
        return docs
