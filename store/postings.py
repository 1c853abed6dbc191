"""Postings: which articles hold a term, and how much it weighs there, as compact arrays; all arithmetic, no storage.

A posting list is one blob: n offsets of 16 bits, ascending, then n impacts of 8 bits. The impact is the BM25F weight
of the term in that article (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM
2004) without the rarity of the term, 1 to 255 for 0 to 1. The mean length is a constant, so that an article weighs
the same whatever stands beside it, and adding or removing others never alters it.
"""

from __future__ import annotations

from itertools import pairwise
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
NONE = 0
"""In place of a word's number: nothing stands here, or several words do, and they stand elsewhere."""

IN_BODY, IN_NAMES, IN_TITLE, BEGINNING = range(4)
"""Kinds of field. Names stand in the body already, and are found by the full form too; so does the beginning."""
_HALVES = np.array([2, 1, 2 * int(TITLE), 0], np.int64)
"""By kind of field, what a word weighs, in halves of one in the body."""

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


class Tokens(NamedTuple):
    """The words of a run of articles, by number and in any order, and beside each its article << 2 | kind of field.

    `roots` are, by number of a word, the number of its stem, below 0 for a stop-word (which counts in titles only).
    """

    words: Ints
    fields: Ints
    roots: Ints


class Lists(NamedTuple):
    """Posting lists: `terms` are distinct and ascending, those of `bounds[i]:bounds[i + 1]` are their postings."""

    terms: Ints
    bounds: Ints
    offsets: NDArray[np.uint16]
    impacts: Bytes


class Weighed(NamedTuple):
    """What a run of articles holds.

    `words` are distinct and ascending, with the number of articles (and of titles or names) that hold them; `held` are
    the words of each article in turn as word << 1 | in title or names, article i having `held[edges[i]:edges[i + 1]]`.
    `titled` and `leading` are by article the stems of its title, and of its beginning and names, 32 bits each.
    """

    lists: Lists
    words: Ints
    documents: Ints
    titles: Ints
    held: Ints
    edges: Ints
    titled: list[bytes]
    leading: list[bytes]


def weigh(tokens: Tokens, size: int) -> Weighed:
    """The postings of a run of at most SPAN articles, offsets counted from its first."""
    there = tokens.words != NONE
    words, fields = tokens.words[there], tokens.fields[there]
    counted = np.bincount(fields, minlength=4 * size).reshape(-1, 4)
    length = counted[:, IN_TITLE] * TITLE + counted[:, IN_BODY]
    telling = tokens.roots[words] > 0
    kind = fields & 3
    kept = ((kind == IN_TITLE) | telling) & (kind != BEGINNING)
    key = np.sort((words[kept] << 18) | fields[kept])
    first = _firsts(key)
    counts = np.diff(first, append=len(key))
    key = key[first]
    root = tokens.roots[key >> 18]
    doc, kind = (key >> 2) & 0xFFFF, key & 3
    halves = np.minimum(_HALVES[kind] * counts, 0xFFFF)
    lists = _lists(np.sort((np.abs(root) << 32) | (doc << 16) | halves), length)
    titled = (kind == IN_TITLE) & (root > 0)
    named = kind == IN_NAMES
    begun = telling & (fields & 3 == BEGINNING)
    leading = (
        np.concatenate((fields[begun] >> 2, doc[named])),
        np.concatenate((tokens.roots[words[begun]], root[named])),
    )
    return Weighed(lists, *_words(key, size), _sets(doc[titled], root[titled], size), _sets(*leading, size))


def _lists(pairs: Ints, length: NDArray[np.floating]) -> Lists:
    """The posting lists of sorted stem << 32 | article << 16 | weight in halves."""
    weights = (pairs & 0xFFFF) / 2
    pairs >>= 16
    first = _firsts(pairs)
    frequency = np.add.reduceat(weights, first) if len(first) else np.empty(0)
    pairs = pairs[first]
    docs = pairs & 0xFFFF
    impact = frequency / (frequency + K1 * (1 - B + B * length[docs] / USUAL))
    term = pairs >> 16
    bounds = _firsts(term)
    quantised = np.clip(np.rint(impact * 255), 1, 255).astype(np.uint8)
    return Lists(term[bounds], np.append(bounds, len(term)), docs.astype(np.uint16), quantised)


def _sets(docs: Ints, stems: Ints, size: int) -> list[bytes]:
    """By article, its stems, each once and ascending."""
    pairs = np.sort((docs << 32) | stems)
    pairs = pairs[_firsts(pairs)]
    edges = (4 * np.searchsorted(pairs, np.arange(size + 1) << 32)).tolist()
    data = (pairs & 0xFFFFFFFF).astype("<u4").tobytes()
    return [data[a:b] for a, b in pairwise(edges)]


def _firsts(values: Ints) -> Ints:
    """Where each run of equal values begins."""
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first.nonzero()[0]


def _words(key: Ints, size: int) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Words of sorted keys (word << 18 | article << 2 | kind of field), their counts, and those of each article."""
    pair = key >> 2
    last = np.append(_firsts(pair)[1:], len(pair)) - 1 if len(pair) else np.empty(0, np.int64)
    word, doc, titled = pair[last] >> 16, pair[last] & 0xFFFF, ((key[last] & 3) != IN_BODY).astype(np.int64)
    bounds = _firsts(word)
    documents = np.diff(bounds, append=len(word))
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
    cuts = np.insert(ends, 0, 0)[edges]
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


def merged(lists: Sequence[tuple[int, bytes]], dead: NDArray[np.bool_]) -> bytes:
    """One posting list out of several, each with what its offsets move by; articles marked in `dead` are left out."""
    offsets, impacts = opened_all([blob for _, blob in lists], [shift for shift, _ in lists])
    if dead.size:
        alive = ~dead[offsets]
        offsets, impacts = offsets[alive], impacts[alive]
    return entries(offsets.astype(np.uint16), impacts)
