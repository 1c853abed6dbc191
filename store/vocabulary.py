"""The words of the archive: how frequent each is, and which of them a person meant.

A word that is unknown is looked up among those one letter away: every word stands in `near` under its own hash and
under those of itself with one letter left out, as does what was written; where they meet, an edit or two part them
(symspell's idea, with one letter instead of two: a tenth of the room). Where they never meet, the words of like
length and the same first letter are compared. rapidfuzz measures; frequency decides between equals.
"""

from __future__ import annotations

import math
import re
from itertools import count as count_from
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np
from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from news.lists import section
from news.spelling import word_key
from news.stem import stem
from news.synonyms import SPELLED, near_words
from news.terms import ASKING, STOP

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from store.sqlite import Row

LONGEST = 24
"""Letters of a word that may be corrected."""

COMMON = section("common_words", "")
"""English words that nobody meant otherwise."""

SCANS = 6
"""Words of one question that are compared with all of like length; of a text in another language all would be."""

LIKE = 20
"""Words of like length that are weighed against each other where nothing is one letter away, the nearest ones."""

BEGUN = 0.75
"""Weight of a word of which only the beginning was written."""

SHORT = frozenset({"us", "eu", "uk", "un", "al", "el", "bin", "ben", "von", "van", "de"})
"""Halves of a joined word that may have fewer than three letters."""

_DOUBLED = re.compile(r"(.)\1")


class Variant(Struct, frozen=True):
    """A word of the archive that stands for what was written. `weight`, 0 to 1, says how well.

    `holding` is how many articles hold it in any form.
    """

    word: str
    weight: float
    stem: int
    holding: int
    synonym: bool = False


class Group(Struct, frozen=True):
    """One word of a question: as written, as taken, and all words that would do. `sure` is False for a correction."""

    written: str
    taken: str
    variants: tuple[Variant, ...]
    sure: bool = True
    others: tuple[str, ...] = ()


class _Row(NamedTuple):
    word: str
    stem: int
    documents: int
    titles: int
    holding: int


_ROW = "select w.word, w.stem, w.documents, w.titles, t.documents from words w join terms t on t.id = w.stem where "


# Keeping


def learn(connection: sqlite3.Connection, terms: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Numbers of words and of their stems, given to those that have none."""
    found = {
        row[0]: (row[1], row[2]) for row in _in(connection, "select word, id, stem from words where word in", terms)
    }
    fresh = {term: stem(term) for term in terms if term not in found}
    rows = _in(connection, "select stem, id from terms where stem in", list(dict.fromkeys(fresh.values())))
    stems: dict[str, int] = {row[0]: row[1] for row in rows}
    roots = [root for root in dict.fromkeys(fresh.values()) if root not in stems]
    stems.update(zip(roots, count_from(_next(connection, "terms")), strict=False))
    connection.executemany("insert into terms values (?, ?, 0)", [(stems[root], root) for root in roots])
    made = [
        (number, term, stems[root], _bucket(term[0], len(term)))
        for (term, root), number in zip(fresh.items(), count_from(_next(connection, "words")), strict=False)
    ]
    connection.executemany(
        "insert into words (id, word, stem, documents, titles, bucket) values (?, ?, ?, 0, 0, ?)", made
    )
    return found | {term: (number, root) for number, term, root, _ in made}


def _next(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"select coalesce(max(id), 0) + 1 from {table}").fetchone()[0])


def _in(connection: sqlite3.Connection, sql: str, values: Sequence[str] | Sequence[int]) -> list[Row]:
    """All rows of a query that ends with "in", for any number of values."""
    found: list[Row] = []
    for start in range(0, len(values), 500):
        some = values[start : start + 500]
        found += connection.execute(f"{sql} ({','.join('?' * len(some))})", some).fetchall()
    return found


def add(connection: sqlite3.Connection, changes: Sequence[tuple[int, int, int]], settled: set[int]) -> None:
    """Nothing; as `count`, of articles that come in. `settled` are words known to stand in `near`, and grow."""
    connection.executemany(
        "update words set documents = documents + ?, titles = titles + ? where id = ?",
        [(documents, titles, word) for word, documents, titles in changes if word in settled],
    )
    settled.update(count(connection, [change for change in changes if change[0] not in settled]))


def count(connection: sqlite3.Connection, changes: Sequence[tuple[int, int, int]]) -> list[int]:
    """The words that stand in `near` afterwards; adds to how many articles and titles hold each word.

    In `near` stand the words worth taking: those of titles and names, and of more than one article.
    """
    read = "select id, word, documents, titles from words where id in"
    held = {row[0]: row[1:] for row in _in(connection, read, [change[0] for change in changes])}
    entering: list[tuple[str, int]] = []
    leaving: list[tuple[str, int]] = []
    totals: list[tuple[int, int, int]] = []
    there: list[int] = []
    for word, documents, titles in changes:
        text, had, had_titles = held[word]
        totals.append((had + documents, had_titles + titles, word))
        before, after = had > 1 or had_titles > 0, had + documents > 1 or had_titles + titles > 0
        if after:
            there.append(word)
        if before != after and text.isalpha() and 3 <= len(text) <= LONGEST:
            (entering if after else leaving).append((text, word))
    connection.executemany("update words set documents = ?, titles = ? where id = ?", totals)
    connection.executemany("insert or ignore into near values (?, ?)", _pairs(entering))
    connection.executemany("delete from near where hash = ? and word = ?", _pairs(leaving))
    sounds: list[tuple[str | None, int]] = [(word_key(text), word) for text, word in entering if len(text) >= 4]
    sounds += [(None, word) for _, word in leaving]
    connection.executemany("update words set sounds = ? where id = ?", sounds)
    return there


def _pairs(words: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """The rows of `near` of some words, in its order."""
    rows = np.array([key << 31 | word for text, word in words for key in _keys(text)], np.int64)
    rows.sort()
    return zip((rows >> 31).tolist(), (rows & ((1 << 31) - 1)).tolist(), strict=True)


def _keys(word: str) -> set[int]:
    """Hashes, 0 to 2**32 - 1, of a word and of it with one letter left out."""
    letters = word.encode()
    return {crc32(letters[:place] + letters[place + 1 :]) for place in range(len(letters))} | {crc32(letters)}


def _bucket(letter: str, length: int) -> int:
    return ord(letter) * 64 + length


# Understanding


class Vocabulary:
    """The words as one connection sees them. `articles` is how many articles there are."""

    def __init__(self, connection: sqlite3.Connection, articles: int) -> None:
        self._connection = connection
        self._articles = articles
        self._rows: dict[str, _Row | None] = {}
        self._scans = 0

    def row(self, word: str) -> _Row | None:
        """A word with its frequencies, None if no article holds it."""
        if word not in self._rows:
            self._read([word])
        return self._rows[word]

    def _read(self, words: Sequence[str]) -> None:
        """Nothing; looks several words up at once."""
        self._rows.update(dict.fromkeys(words))
        rows = _in(self._connection, f"{_ROW} w.documents > 0 and w.word in", words)
        self._rows.update({row[0]: _Row(*row) for row in rows})

    def understand(self, written: Sequence[str], telling: frozenset[str]) -> list[Group]:
        """The groups that stand for the telling words of a question, in order, each once.

        One without variants is a word nobody wrote. Words that tell nothing count only as halves of one: "witk off".
        """
        pairs = [one + other for one, other in pairwise(written) if {one, other} & telling]
        same = [other for word in telling for other, _ in near_words(word)]
        self._read(list(dict.fromkeys([*written, *pairs, *same])))
        groups: dict[str, Group] = {}
        joined = self._joined(written, telling)
        for place, word in enumerate(written):
            if place in joined:
                groups[joined[place].written] = joined[place]
            elif place - 1 not in joined and word in telling and word not in groups and not self._says_nothing(word):
                groups.update((f"{word}/{n}" if n else word, group) for n, group in enumerate(self._group(word)))
        return list(groups.values()) or [group for word in written if word in telling for group in self._group(word)]

    def _says_nothing(self, word: str) -> bool:
        """Whether a word is one of those that every article holds with two letters swapped: "teh"."""
        swapped = (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(min(len(word), LONGEST) - 1))
        return word not in STOP and any(other in STOP for other in swapped) and self.row(word) is None

    def _joined(self, words: Sequence[str], telling: frozenset[str]) -> dict[int, Group]:
        """By place, the word that a word and the next one are halves of: "desi gn"."""
        found: dict[int, Group] = {}
        for place, (one, other) in enumerate(pairwise(words)):
            if place - 1 in found or len(one + other) < 5 or not {one, other} & telling:
                continue
            whole = self.row(one + other)
            if whole is None:
                continue
            rarer = min(row.documents if (row := self.row(half)) else 0 for half in (one, other) if half in telling)
            if rarer < max(200, self._articles // 2000) and whole.documents > 4 * rarer:
                found[place] = Group(f"{one} {other}", whole.word, (_variant(whole, 0.95),), sure=False)
        return found

    def _group(self, word: str) -> list[Group]:
        """The groups of one written word: two where it is two words run together."""
        known = self.row(word) or self._other_form(word)
        variants = [_variant(known, 1.0)] if known else []
        variants += self._synonyms(word)
        if word in STOP or word in ASKING or not word.isalpha() or len(word) < 3:
            return [Group(word, word if known or not variants else variants[0].word, tuple(variants))]
        if not variants and (parts := self._parts(word)):
            return parts
        variants += self._unlike(variants, self._sounding(word, known))
        others: tuple[str, ...] = ()
        if self._doubtful(word, known):
            corrections = self._corrections(word, known)
            variants += self._unlike(variants, [variant for _, variant in corrections])
            if known is None and variants:
                likely = [variant.word for score, variant in corrections[1:4] if score > corrections[0][0] - 1.0]
                key = word_key(variants[0].word)
                others = tuple(other for other in likely if word_key(other) != key)
        taken = word if known or not variants or variants[0].synonym else variants[0].word
        return [Group(word, taken, tuple(variants), sure=taken == word, others=others)]

    def _unlike(self, variants: Sequence[Variant], more: Sequence[Variant]) -> list[Variant]:
        there = {variant.word for variant in variants}
        return [variant for variant in more if variant.word not in there]

    def _other_form(self, word: str) -> _Row | None:
        """The word where only other forms of it stand in the archive: "mineral" where it has "minerals"."""
        found = self._connection.execute(
            "select id, documents from terms where stem = ? and documents > 0", (stem(word),)
        ).fetchone()
        return _Row(word, found[0], found[1], 0, found[1]) if found else None

    def _doubtful(self, word: str, known: _Row | None) -> bool:
        """Whether a word may be meant for another: unknown and no English word, or rare for an archive of this size."""
        if word in COMMON:
            return False
        return known is None or known.documents < max(30, self._articles // 20_000)

    def _synonyms(self, word: str) -> list[Variant]:
        rows = ((self.row(other), weight) for other, weight in near_words(word))
        found = ((row, weight) for row, weight in rows if row)
        return [Variant(row.word, weight, row.stem, row.holding, synonym=weight < SPELLED) for row, weight in found]

    def _sounding(self, word: str, known: _Row | None) -> list[Variant]:
        """Other spellings of the same name: Zelensky, Zelenskyy."""
        if word in COMMON or not 4 <= len(word) <= LONGEST:
            return []
        rows = self._connection.execute(
            f"{_ROW} w.sounds = ? and w.documents > 0 order by w.documents desc, w.word limit 5",
            (word_key(word),),
        ).fetchall()
        weight = 0.75 if known else 0.95
        return [_variant(_Row(*row), weight) for row in rows if row[0] != word and row[0] not in COMMON]

    def _parts(self, word: str) -> list[Group]:
        """The two words that were run together: "newdesign"; none if no cut gives two that the archive knows well."""
        best: tuple[float, str, str] | None = None
        if len(word) < 6 or word in COMMON:
            return []
        least = min(20.0, self._articles / 5000)
        for cut in range(2, len(word) - 1):
            halves = word[:cut], word[cut:]
            if min(map(len, halves)) < 4 and (halves[0] in STOP or halves[1] in STOP):
                continue  # "out age" is no two words
            rows = [self.row(half) for half in halves if len(half) > 2 or half in SHORT]
            known = [row.documents for row in rows if row and (row.documents > least or _telling(row))]
            if len(known) == 2:
                score = math.log(known[0] + 1) + math.log(known[1] + 1) + min(map(len, halves))
                best = max(best or (0.0, "", ""), (score, *halves))
        if best is None or self._one_letter_away(word):
            return []
        found = [self._group(half)[0] for half in best[1:]]
        return [Group(word, " ".join(best[1:]), group.variants, sure=False) for group in found]

    def _one_letter_away(self, word: str) -> bool:
        return any(OSA.distance(word, row.word, score_cutoff=1) <= 1 and row.documents > 2 for row in self._near(word))

    def _near(self, word: str) -> list[_Row]:
        keys = _keys(word)
        found = self._connection.execute(
            f"{_ROW} w.id in (select word from near where hash in ({','.join('?' * len(keys))}))",
            tuple(keys),
        ).fetchall()
        return [_Row(*row) for row in found]

    def _like(self, word: str) -> list[_Row]:
        """Words of the same first letter and about the same length, where nothing is one letter away."""
        buckets = [_bucket(word[0], len(word) + step) for step in (-2, -1, 0, 1, 2)]
        rows = self._connection.execute("select word from words where bucket in (?, ?, ?, ?, ?)", buckets).fetchall()
        reach = 2 if len(word) < 9 else 3
        found = process.extract(word, [row[0] for row in rows], scorer=OSA.distance, score_cutoff=reach, limit=None)
        nearest = [other for other, _, _ in sorted(found, key=lambda one: (one[1], one[0]))]
        self._read(nearest)
        known = [row for other in nearest if (row := self.row(other)) and row.documents > self._articles // 100_000]
        return known[:LIKE]

    def _corrections(self, word: str, known: _Row | None) -> list[tuple[float, Variant]]:
        """The words that may have been meant, likeliest first, with how likely (a logarithm)."""
        if len(word) > LONGEST:
            return []
        rows = [row for row in self._near(word) if row.word != word]
        found = _ranked(word, rows)
        if not found and known is None and len(word) > 4 and self._scans < SCANS:
            self._scans += 1
            found = _ranked(word, self._like(word), reach=3 if len(word) > 8 else 2)
        kept: list[tuple[float, Variant]] = []
        for likely, distance, row in found[:3]:
            if likely < found[0][0] - 2.5:
                break
            if known is not None and row.documents < 8 * known.documents:
                continue
            weight = 0.5 if known else (0.85 if distance == 1 else 0.6)
            kept.append((likely, _variant(row, weight)))
        return kept if kept or known is not None or len(word) < 4 else self._begun(word)

    def _begun(self, word: str) -> list[tuple[float, Variant]]:
        """The words that begin as written, most frequent first: "netan"."""
        rows = self._connection.execute(
            f"{_ROW} w.word > ? and w.word < ? and w.documents > 0 order by w.documents desc, w.word limit 3",
            (word, f"{word}~"),
        ).fetchall()
        return [(math.log(row[2] + 1), _variant(_Row(*row), BEGUN)) for row in rows]


def _ranked(word: str, rows: Sequence[_Row], reach: int = 2) -> list[tuple[float, int, _Row]]:
    """The rows by how likely they were meant: frequency against the kind of slip (weights by bench/search.py)."""
    found: list[tuple[float, int, _Row]] = []
    for row in rows:
        distance = OSA.distance(word, row.word, score_cutoff=reach)
        if distance > reach or (distance >= 2 and len(word) < 5) or distance == 0 or row.word in STOP:
            continue
        cost = 4.2 * distance * (1.4 if len(word) <= 4 else 1.0)
        cost += 1.6 * (row.word[0] != word[0]) + 0.3 * (row.word[-1] != word[-1])
        if len(row.word) == len(word) and sorted(row.word) == sorted(word):
            cost -= 0.5
        if distance == 1 and len(row.word) != len(word) and _DOUBLED.sub(r"\1", row.word) == _DOUBLED.sub(r"\1", word):
            cost -= 0.6
        found.append((math.log(row.documents + 1) - cost + 0.8 * (row.titles > 0), distance, row))
    found.sort(key=lambda one: (-one[0], one[2].word))
    return found


def _telling(row: _Row) -> bool:
    """Whether a rare word may be half of one run together: a word of titles or names, of some length."""
    return row.titles > 0 and len(row.word) > 3


def _variant(row: _Row, weight: float) -> Variant:
    return Variant(row.word, weight, row.stem, row.holding)
