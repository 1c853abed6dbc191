"""Postings: which articles hold a term, and how much it weighs there, as compact arrays; all arithmetic, no storage.

A posting list is one blob: n offsets of 16 bits, ascending, then n impacts of 8 bits. The impact is the BM25F weight
of the term in that article (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM
2004) without the rarity of the term, 1 to 255 for 0 to 1. The mean length is a constant, so that an article weighs
the same whatever stands beside it, and adding or removing others never alters it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

K1 = 1.2
B = 0.75
TITLE = 4.0
"""Words of the body that one of the title outweighs; 3 to 6 do equally well (bench/search.py)."""
USUAL = 360.0
"""Length of a usual article: 320 words and ten of its title."""
SPAN = 1 << 16
"""Articles a part can hold: their offsets have 16 bits."""
STOP_BIT = 62
"""Set in the code of a stop-word, which counts in titles only."""
WORD_SHIFT = 31
"""A code is word << 31 | stem."""

IN_BODY, IN_NAMES, IN_TITLE = 0, 1, 2
_KIND = np.array([IN_TITLE, IN_BODY, IN_NAMES], np.int64)
_WEIGHT = np.array([1.0, 0.5, TITLE])
"""By kind of field; names stand in the body already, and are found by the full form too."""

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


class Tokens(NamedTuple):
    """The words of a run of articles: codes one after the other, those of title, body and names of each, and how often.

    `sizes` are how many codes each field has (a code may come twice), `lengths` how many words it has.
    """

    codes: Ints
    counts: Ints
    sizes: Ints
    lengths: Ints


class Weighed(NamedTuple):
    """What a run of articles holds.

    `terms` are distinct and ascending, those of `bounds[i]:bounds[i + 1]` are its postings. `words` are distinct too,
    with the number of articles (and of titles or names) that hold them; `held` are the words of each article in turn as
    word << 1 | in title or names, article i having `held[edges[i]:edges[i + 1]]`.
    """

    terms: Ints
    bounds: Ints
    offsets: NDArray[np.uint16]
    impacts: Bytes
    words: Ints
    documents: Ints
    titles: Ints
    held: Ints
    edges: Ints


def weigh(tokens: Tokens) -> Weighed:
    """The postings of a run of at most SPAN articles, offsets counted from its first."""
    size = len(tokens.lengths) // 3
    field = np.repeat(np.arange(3 * size, dtype=np.int64), tokens.sizes)
    doc, kind = field // 3, _KIND[field % 3]
    kept = (kind == IN_TITLE) | ((tokens.codes >> STOP_BIT) == 0)
    codes = tokens.codes[kept] & ((1 << STOP_BIT) - 1)
    word, stem = codes >> WORD_SHIFT, codes & ((1 << WORD_SHIFT) - 1)
    key = (word << 18) | (doc[kept] << 2) | kind[kept]
    order = np.argsort(key, kind="stable")
    key, stem = key[order], stem[order]
    first = _firsts(key)
    counts = np.add.reduceat(tokens.counts[kept][order], first) if len(first) else first
    key, stem = key[first], stem[first]
    weights = _WEIGHT[key & 3] * counts
    length = tokens.lengths.reshape(-1, 3) @ np.array([TITLE, 1.0, 0.0])
    postings = _impacts(stem, (key >> 2) & 0xFFFF, weights, length)
    return Weighed(*postings, *_words(key, size))


def _impacts(
    stem: Ints, doc: Ints, weights: NDArray[np.float64], length: NDArray[np.float64]
) -> tuple[Ints, Ints, NDArray[np.uint16], Bytes]:
    pair = (stem << 16) | doc
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    first = _firsts(pair)
    frequency = np.add.reduceat(weights[order], first) if len(first) else np.empty(0)
    pair = pair[first]
    docs = pair & 0xFFFF
    impact = frequency / (frequency + K1 * (1 - B + B * length[docs] / USUAL))
    term = pair >> 16
    bounds = _firsts(term)
    quantised = np.clip(np.rint(impact * 255), 1, 255).astype(np.uint8)
    return term[bounds], np.r_[bounds, len(term)], docs.astype(np.uint16), quantised


def _firsts(values: Ints) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.empty(0, np.int64)


def _words(key: Ints, size: int) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Words of sorted keys (word << 18 | article << 2 | kind of field), their counts, and those of each article."""
    pair = key >> 2
    last = np.flatnonzero(np.r_[pair[1:] != pair[:-1], True]) if len(pair) else np.empty(0, np.int64)
    word, doc, titled = pair[last] >> 16, pair[last] & 0xFFFF, ((key[last] & 3) != IN_BODY).astype(np.int64)
    bounds = _firsts(word)
    documents = np.diff(np.r_[bounds, len(word)])
    titles = np.add.reduceat(titled, bounds) if len(bounds) else np.empty(0, np.int64)
    order = np.argsort(doc.astype(np.uint16), kind="stable")
    held = ((word << 1) | titled)[order]
    edges = np.searchsorted(doc[order], np.arange(size + 1))
    return word[bounds], documents, titles, held, edges


def entries(offsets: NDArray[np.uint16], impacts: Bytes) -> bytes:
    """The blob of one posting list."""
    return offsets.astype("<u2").tobytes() + impacts.tobytes()


def opened(blob: bytes) -> tuple[NDArray[np.uint16], Bytes]:
    """Offsets and impacts of one posting list."""
    size = len(blob) // 3
    return np.frombuffer(blob, "<u2", size), np.frombuffer(blob, np.uint8, size, 2 * size)


def opened_all(blobs: Sequence[bytes], firsts: Sequence[int]) -> tuple[Ints, Bytes]:
    """Posting lists one after the other: docs and impacts, with the doc that the offsets of each count from."""
    sizes = [len(blob) // 3 for blob in blobs]
    offsets = b"".join([blob[: 2 * size] for blob, size in zip(blobs, sizes, strict=True)])
    impacts = b"".join([blob[2 * size :] for blob, size in zip(blobs, sizes, strict=True)])
    docs = np.frombuffer(offsets, "<u2").astype(np.int64)
    docs += np.repeat(np.array(firsts, np.int64), sizes)
    return docs, np.frombuffer(impacts, np.uint8)


def packed(held: Ints, edges: Ints) -> list[bytes]:
    """The words of each article in little room: differences of ascending numbers, seven bits a byte, low ones first."""
    steps = np.diff(held, prepend=0)
    starts = edges[:-1][edges[:-1] < edges[1:]]
    steps[starts] = held[starts]
    size = np.ones(len(steps), np.int64)
    for bits in (7, 14, 21, 28):
        size += steps >= (1 << bits)
    ends = np.cumsum(size)
    begin = ends - size
    out = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    for place in range(5):
        reach = size > place
        more = (size[reach] > place + 1).astype(np.int64) << 7
        out[begin[reach] + place] = ((steps[reach] >> (7 * place)) & 0x7F) | more
    cuts = np.r_[0, ends][edges]
    data = out.tobytes()
    return [data[a:b] for a, b in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)]


def unpacked(blob: bytes) -> list[int]:
    """The words of one article, as word << 1 | in the title."""
    found: list[int] = []
    value = shift = before = 0
    for byte in blob:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            before += value
            found.append(before)
            value = shift = 0
    return found


def merged(lists: list[tuple[int, bytes]], dead: NDArray[np.bool_]) -> bytes:
    """One posting list out of several, each with what its offsets move by; articles marked in `dead` are left out."""
    pieces = [(opened(blob), shift) for shift, blob in lists]
    offsets = np.concatenate([piece.astype(np.int64) + shift for (piece, _), shift in pieces])
    impacts = np.concatenate([piece for (_, piece), _ in pieces])
    if dead.size:
        alive = ~dead[offsets]
        offsets, impacts = offsets[alive], impacts[alive]
    return entries(offsets.astype(np.uint16), impacts)
