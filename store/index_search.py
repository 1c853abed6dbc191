"""One search through the index: words understood, candidates found by their rarest words, the best put in order.

The sums of BM25 are exact as long as a search touches fewer than BUDGET postings; beyond that its most frequent words
are looked up in the best candidates of the rarer ones only, because they cannot bring up an article that those left
far behind.
"""

from __future__ import annotations

import math
from array import array
from datetime import UTC, date, datetime, timedelta
from itertools import compress
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec import Struct

from news.match import LINE, Candidate, Match, Search, best
from news.stem import stem
from news.terms import STOP, raw_terms, telling, terms, terms_of
from store.index_reader import Postings, Sums, View
from store.vocabulary import Group, Vocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from news.search_query import SearchQuery

BUDGET = 600_000
"""Postings added up in full: about 3 ms."""

WIDE = 2000
"""Candidates in which the most frequent words are looked up."""

RERANKED = 240
"""Candidates of which it is looked up which words they hold."""

COMPARED = 32
"""Those of them whose titles are compared with the search; where more hold as much, those with most in the title."""

AS_MUCH = 0.9
"""Share of what the fullest candidate holds of a search, from which others hold as much."""

MOST_WORDS = 24
"""Words of a search that are looked up, the first ones; the rest of a pasted text adds nothing."""

PHRASED = 400
"""Candidates whose text is read for a phrase, best first."""

FAR = 0.45
"""Share of the best score below which an article is no answer beside the best one."""

FRESH = 7.0
"""Days in which the bonus of a new article halves, where newer ones are wanted first."""


class Texts(Protocol):
    """Gives the title and text of articles by id; those that are gone are left out."""

    def __call__(self, articles: Sequence[int], /) -> Mapping[int, str]:
        """Title and text by id."""


class Hit(Struct, frozen=True):
    """An article found. `score` is 0 to 100; `words` are those of the search that it holds, as taken."""

    article: int
    score: float
    title: str
    words: tuple[str, ...] = ()


class Understood(Struct, frozen=True, omit_defaults=True):
    """What a search was taken for.

    `words`: as written and as taken, only where the two differ. `unknown`: words that no article holds.
    `alternatives`: as written, and what else it may have meant, likeliest first.
    """

    words: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Hits(Struct, frozen=True, omit_defaults=True):
    """What a search found, best first: `hits` answer it, `nearest` fall short (only filled where nothing answers)."""

    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()
    understood: Understood = Understood()


_Row = tuple[int, int, str, int, str, bytes, bytes]
"""doc, article, title, moment, title in terms, stems of the title, stems of beginning and names"""


class _Word(Struct, frozen=True):
    """A group with the stems that stand for it: weight and rarity of each, and the postings of all."""

    group: Group
    stems: dict[int, tuple[float, float]]
    rarity: float
    size: int


class Searching:
    """One search over one view. Inside a read transaction of the index file."""

    def __init__(self, connection: sqlite3.Connection, view: View, texts: Texts, limit: int) -> None:
        self._limit = limit
        self._connection = connection
        self._view = view
        self._texts = texts
        self._postings = Postings(connection, view)
        self._vocabulary = Vocabulary(connection, view.articles)

    def find(self, query: SearchQuery, now: datetime) -> Hits:
        """What answers the query."""
        written = terms(query.text)[: 2 * MOST_WORDS]
        wanted = telling(written)[:MOST_WORDS]
        if not self._view.slots:
            return Hits()
        if not wanted:
            return self._newest(query)
        groups = self._vocabulary.understand(written, frozenset(wanted))
        words = [self._word(group) for group in groups]
        search = _search(words, " ".join(wanted))
        docs, sums = self._candidates(words, query)
        if query.phrases:
            docs, sums = self._with_phrases(docs, sums, query.phrases)
        candidates, rows = self._compared(words, search, docs, sums)
        found = best(search, candidates)
        moments = {row[1]: row[3] for row in rows}
        if query.recent:
            found = [_aged(one, moments[one.article], now) for one in found]
        found.sort(key=lambda one: (-one.score, -moments[one.article], one.article))
        return self._hits(query, found, words, {row[1]: row for row in rows})

    def _compared(
        self, words: Sequence[_Word], search: Search, docs: NDArray[np.int64], sums: NDArray[np.float64]
    ) -> tuple[list[Candidate], list[_Row]]:
        """The articles to compare with the search word by word, those that hold most of it."""
        rarity = sum(search.rarities) or 1.0
        held = self._held(words, docs)
        weight = sums / rarity
        share = held @ np.array(search.rarities) / rarity
        most = max(COMPARED, self._limit)
        alike = int(np.count_nonzero(share >= AS_MUCH * share.max(initial=0.0)))
        order = np.lexsort((docs, -(np.minimum(1.2, weight / 0.6) + 0.8 * share) * share))[: max(most, alike)]
        rows = self._rows(docs[order])
        found = zip(docs[order].tolist(), held[order].tolist(), weight[order].tolist(), strict=True)
        candidates = [
            Candidate(row[1], row[4], array("I", row[5]), array("I", row[6]), own, heavy)
            for doc, own, heavy in found
            if (row := rows.get(doc))
        ]
        if len(candidates) > most:
            stems = frozenset(search.stems)
            candidates.sort(key=lambda one: -len(stems.intersection(one.titled)))
        return candidates[:most], list(rows.values())

    # Words

    def _word(self, group: Group) -> _Word:
        meant = [variant.holding for variant in group.variants if not variant.synonym]
        rarity = self._rarity(max(meant, default=0))
        stems: dict[int, tuple[float, float]] = {}
        for variant in group.variants:
            own = self._rarity(variant.holding)
            if variant.weight > stems.get(variant.stem, (0.0, 0.0))[0]:
                stems[variant.stem] = variant.weight, min(rarity, own) if meant else own
        sizes = {variant.stem: variant.holding for variant in group.variants}
        return _Word(group, stems, rarity, sum(sizes.values()))

    def _rarity(self, size: int) -> float:
        """The rarity of a stem in `size` articles (BM25's idf, never below 0)."""
        return math.log(1 + (self._view.articles - size + 0.5) / (size + 0.5))

    # Candidates

    def _candidates(self, words: Sequence[_Word], query: SearchQuery) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The docs to compare, ascending, and their sums."""
        sums = Sums(self._view.slots)
        late: list[_Word] = []
        spent = 0
        for word in sorted(words, key=lambda one: one.size):
            if spent and spent + word.size > BUDGET:
                late.append(word)
                continue
            spent += word.size
            for term, (weight, rarity) in word.stems.items():
                sums.add(self._postings.of(term), weight * rarity)
        sums.drop(self._view.dead)
        self._filter(sums, query)
        reach = PHRASED if query.phrases else max(RERANKED, 2 * self._limit)
        docs = sums.greatest(WIDE if late else reach)
        values = sums.values[docs].astype(np.float64)
        for word in late:
            for term, (weight, rarity) in word.stems.items():
                values += self._postings.at(term, docs) * (weight * rarity / 255)
        if len(docs) > reach:
            kept = np.sort(np.lexsort((docs, values))[-reach:])
            docs, values = docs[kept], values[kept]
        return docs, values

    def _filter(self, sums: Sums, query: SearchQuery) -> None:
        allowed = self._allowed(query)
        if allowed is not None:
            sums.keep(allowed)
        for phrase in query.without:
            docs = self._holding(terms(phrase))
            sums.drop(docs)
        for phrase in query.phrases:
            mask = np.zeros(self._view.slots, np.bool_)
            mask[self._holding([term for term in terms(phrase) if term not in STOP])] = True
            sums.keep(mask)

    def _allowed(self, query: SearchQuery) -> NDArray[np.bool_] | None:
        """Which docs the filters let through, None if there are none."""
        allowed: NDArray[np.bool_] | None = None
        view = self._view
        if query.site is not None:
            asked = "".join(terms(query.site))
            sites = self._connection.execute("select id, name from sites").fetchall()
            numbers = [number for number, name in sites if asked and asked in "".join(terms(name))]
            allowed = np.isin(view.sites, np.array(numbers, np.uint16))
        if query.first is not None or query.last is not None:
            first = _minutes(query.first) if query.first else -(1 << 31) + 1
            last = _minutes(query.last + timedelta(days=1)) if query.last and query.last < date.max else (1 << 31) - 1
            dated = (view.moments >= first) & (view.moments < last)
            allowed = dated if allowed is None else allowed & dated
        return allowed

    def _holding(self, wanted: Sequence[str]) -> NDArray[np.int64]:
        """The docs that hold all the words, in any form."""
        found: NDArray[np.int64] | None = None
        for term in wanted:
            row = self._connection.execute("select id from terms where stem = ?", (stem(term),)).fetchone()
            docs = self._postings.of(row[0])[0] if row else np.empty(0, np.int64)
            found = docs if found is None else np.intersect1d(found, docs, assume_unique=True)
        return np.empty(0, np.int64) if found is None else found

    def _held(self, words: Sequence[_Word], docs: NDArray[np.int64]) -> NDArray[np.float64]:
        """By doc and word, the best weight with which the doc holds the word."""
        held = np.zeros((len(docs), len(words)))
        for place, word in enumerate(words):
            for term, (weight, _) in word.stems.items():
                np.maximum(held[:, place], (self._postings.at(term, docs) > 0) * weight, out=held[:, place])
        return held

    # Articles

    def _rows(self, docs: NDArray[np.int64]) -> dict[int, _Row]:
        marks = ",".join("?" * len(docs))
        rows = self._connection.execute(
            f"select doc, article, title, moment, plain, titled, leading from documents where doc in ({marks})",
            docs.tolist(),
        ).fetchall()
        return {row[0]: row for row in rows}

    def _with_phrases(
        self, docs: NDArray[np.int64], sums: NDArray[np.float64], phrases: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Those that hold every phrase word for word, in title or text."""
        rows = self._rows(docs)
        texts = self._texts([row[1] for row in rows.values()])
        needles = [f" {' '.join(terms(phrase))} " for phrase in phrases]
        kept = np.zeros(len(docs), np.bool_)
        for place, doc in enumerate(docs.tolist()):
            hay = f" {' '.join(terms(texts.get(rows[doc][1], '')))} " if doc in rows else ""
            kept[place] = all(needle in hay for needle in needles)
        return docs[kept], sums[kept]

    def _hits(
        self, query: SearchQuery, found: Sequence[Match], words: Sequence[_Word], rows: Mapping[int, _Row]
    ) -> Hits:
        """The hits above the line, or the nearest below it, with what the words were taken for."""
        raw = {term: written for written in reversed(raw_terms(query.text)) for term in terms_of(written)}
        written = [" ".join(raw.get(part, part) for part in word.group.written.split()) for word in words]
        corrected = [word.group.taken != word.group.written for word in words]
        taken = written
        if any(corrected):
            shown = self._shown([rows[one.article] for one in found[:20]])
            taken = [
                " ".join(_word_as_printed(part, shown) for part in word.group.taken.split()) if other else as_written
                for word, as_written, other in zip(words, written, corrected, strict=True)
            ]
        hits = tuple(
            Hit(one.article, one.score, rows[one.article][2], tuple(dict.fromkeys(compress(taken, one.held))))
            for one in found[: self._limit]
        )
        line = max(LINE, FAR * hits[0].score) if hits else LINE
        answers = tuple(hit for hit in hits if hit.score >= line)
        understood = Understood(
            tuple(dict.fromkeys(compress(zip(written, taken, strict=True), corrected))),
            tuple(compress(written, (not word.group.variants for word in words))),
            tuple((own, word.group.others) for own, word in zip(written, words, strict=True) if word.group.others),
        )
        return Hits(answers, () if answers else hits[:3], understood)

    def _shown(self, rows: Sequence[_Row]) -> list[str]:
        """Titles, names and beginnings of articles, in order."""
        marks = ",".join("?" * len(rows))
        texts = dict(
            self._connection.execute(
                f"select doc, title || ' ' || names || ' ' || lead from documents where doc in ({marks})",
                [row[0] for row in rows],
            ).fetchall()
        )
        return [texts[row[0]] for row in rows]

    def _newest(self, query: SearchQuery) -> Hits:
        """The newest articles that the filters let through."""
        allowed = self._allowed(query)
        docs = np.flatnonzero(allowed) if allowed is not None else np.empty(0, np.int64)
        for phrase in query.without:
            docs = np.setdiff1d(docs, self._holding(terms(phrase)), assume_unique=True)
        docs = np.setdiff1d(docs, self._view.dead, assume_unique=True)
        order = np.lexsort((docs, self._view.moments[docs]))[::-1]
        rows = self._rows(docs[order[: 2 * self._limit + 64]])
        newest = sorted(rows.values(), key=lambda row: (-row[3], row[1]))[: self._limit]
        return Hits(tuple(Hit(row[1], 100.0, row[2]) for row in newest))


def _search(words: Sequence[_Word], written: str) -> Search:
    """What candidates are held against; `written` is the search in terms."""
    stems: dict[int, tuple[tuple[int, float], ...]] = {}
    for place, word in enumerate(words):
        for term, (weight, _) in word.stems.items():
            stems[term] = (*stems.get(term, ()), (place, weight))
    taken = " ".join(word.group.taken for word in words)
    return Search(tuple(word.rarity for word in words), stems, written, taken)


def _minutes(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() // 60)


def _aged(found: Match, moment: int, now: datetime) -> Match:
    """The match with its score moved by its age: the newest keep theirs, old ones lose up to a tenth."""
    age = max(0.0, now.timestamp() / 60 - moment) / 1440
    return Match(found.article, round(found.score * (0.9 + 0.1 * 0.5 ** (age / FRESH)), 2), found.held)


def _word_as_printed(word: str, shown: Sequence[str]) -> str:
    for text in shown:
        other = word not in text.lower()  # then it stands there with accents, or not at all
        for raw in raw_terms(" ".join(part for part in text.split() if not part.isascii()) if other else text):
            if raw.isascii() and len(raw) >= len(word) and word not in raw.lower():
                continue
            if terms_of(raw) == (word,) and not (raw.isupper() and len(raw) > 4):
                return raw.removesuffix("'s").removesuffix("’s")
    return word
