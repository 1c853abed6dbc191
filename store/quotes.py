"""The quotations: words someone said, verbatim, findable by who said them and by the words."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from news.facts import SpeakerKind
from news.stem import stem
from news.terms import terms
from news.text import fold, paragraphs
from news.text import words as words_of
from store.moments import moment, ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from news.facts import Quote
    from store.people import People
    from store.sqlite import Engine, Row


class StoredQuote(Struct, frozen=True):
    """A quotation with where it stands. `moment` is that of the article, `person` the speaker if one of the people."""

    id: int
    article: int
    url: str
    title: str
    site: str | None
    person: int | None
    speaker: str | None
    speaker_kind: SpeakerKind
    words: str
    start: int
    end: int
    moment: datetime


class _Text(Struct):
    """What is needed here of an article as it is kept."""

    text: str


_INFLECTED = 4
"""Letters of the shortest word that is looked for in other forms."""
_BATCH = 100
"""Quotations that are looked at at once: not every word with a beginning is a form of the one that is meant."""
_COLUMNS = (
    "q.id, q.article, a.url, a.title, a.site, q.person, q.speaker, q.speaker_kind, q.words, q.start, q.finish, q.moment"
)


class Quotes:
    """Who said what."""

    def __init__(self, engine: Engine, people: People) -> None:
        self._engine = engine
        self._people = people

    def note(self, article: int, quotes: Sequence[Quote], people: Mapping[str, int], when: int) -> None:
        """Nothing; puts the quotations of an article in the place of those noted before."""
        with self._engine.transaction() as connection:
            for id_, words in connection.execute(
                "delete from quotes where article = ? returning id, words", (article,)
            ).fetchall():
                connection.execute(
                    "insert into quote_words (quote_words, rowid, words) values ('delete', ?, ?)", (id_, _folded(words))
                )
            told: dict[str, int] = {}
            for n, quote in enumerate(quotes):
                told[quote.words] = told.get(quote.words, 0) + 1
                person = people.get(quote.speaker) if quote.speaker_kind == "named" and quote.speaker else None
                id_ = _quote_id(article, quote.words, told[quote.words])
                connection.execute(
                    "insert into quotes (id, article, n, person, speaker, speaker_kind, words, start, finish, moment)"
                    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        *(id_, article, n, person, quote.speaker, quote.speaker_kind, quote.words),
                        *(quote.start, quote.end, when),
                    ),
                )
                connection.execute("insert into quote_words (rowid, words) values (?, ?)", (id_, _folded(quote.words)))

    def get(self, quote: int) -> StoredQuote | None:
        """The quotation with this id."""
        row = self._engine.row(
            f"select {_COLUMNS} from quotes q join articles a on a.id = q.article where q.id = ?", (quote,)
        )
        return None if row is None else _stored(row)

    def of_article(self, article: int) -> tuple[StoredQuote, ...]:
        """The quotations of an article, in its order."""
        rows = self._engine.rows(
            f"select {_COLUMNS} from quotes q join articles a on a.id = q.article where q.article = ? order by q.n",
            (article,),
        )
        return tuple(map(_stored, rows))

    def said(
        self,
        people: Sequence[int],
        words: Sequence[str] = (),
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 10,
        before: int | None = None,
    ) -> tuple[StoredQuote, ...]:
        """What one of these people said that holds all the words in any of their forms, newest first.

        `before` is the id of the last quotation of the page before.
        """
        if not people:
            return ()
        where = [f"q.person in ({', '.join('?' * len(people))})"]
        return self._select(where, list(self._people.current(people)), words, (since, until), (limit, before))

    def containing(
        self,
        words: Sequence[str],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 10,
        before: int | None = None,
    ) -> tuple[StoredQuote, ...]:
        """Quotations of anybody that hold all the words in any of their forms, newest first."""
        return self._select([], [], words, (since, until), (limit, before)) if _query(words) else ()

    def beside(self, quotes: Sequence[StoredQuote], words: Sequence[str]) -> tuple[StoredQuote, ...]:
        """Those of the quotations whose paragraph holds all the words in any of their forms, in the same order."""
        wanted = _stems(words)
        kept: set[int] = set()
        for article in {quote.article for quote in quotes}:
            found = self._engine.value("select article_json from texts where article = ?", (article,))
            text = "" if found is None else msgspec.json.decode(found, type=_Text).text
            edges = [(lo, hi) for lo, hi in paragraphs(text) if wanted <= _stems(terms(text[lo:hi]))]
            kept |= {
                quote.id
                for quote in quotes
                if quote.article == article and any(lo <= quote.start < hi for lo, hi in edges)
            }
        return tuple(quote for quote in quotes if quote.id in kept)

    def of_described(self, articles: Sequence[int], name: str) -> tuple[StoredQuote, ...]:
        """What these articles quote from someone whose description, without a name, has these words, newest first."""
        wanted = set(words_of(fold(name)))
        found = [
            quote
            for article in articles
            for quote in self.of_article(article)
            if quote.speaker_kind == "described" and wanted and wanted <= set(words_of(fold(quote.speaker or "")))
        ]
        return tuple(sorted(found, key=lambda quote: (quote.moment, quote.id), reverse=True))

    def _select(
        self,
        where: list[str],
        values: list[object],
        words: Sequence[str],
        window: tuple[datetime | None, datetime | None],
        page: tuple[int, int | None],
    ) -> tuple[StoredQuote, ...]:
        limit, before = page
        query = _query(words)
        if query:
            where.append("q.id in (select rowid from quote_words where quote_words match ?)")
            values.append(query)
        for sign, edge in zip((">=", "<"), window, strict=True):
            if edge is not None:
                where.append(f"q.moment {sign} ?")
                values.append(ticks(edge))
        wanted = _stems(words)
        found: list[StoredQuote] = []
        seen = self._engine.row("select moment, id from quotes where id = ?", (before,)) if before is not None else None
        while len(found) < limit:
            after = ["(q.moment, q.id) < (?, ?)"] if seen is not None else []
            rows = self._engine.rows(
                f"select {_COLUMNS} from quotes q join articles a on a.id = q.article"
                f" where {' and '.join(where + after)} order by q.moment desc, q.id desc limit ?",
                (*values, *(seen or ()), max(limit, _BATCH)),
            )
            found += [quote for quote in map(_stored, rows) if wanted <= _stems(words_of(quote.words))]
            if len(rows) < max(limit, _BATCH):
                break
            seen = (rows[-1][-1], rows[-1][0])
        return tuple(found[:limit])

    def count(self, people: Sequence[int]) -> int:
        """Number of quotations of these people."""
        return int(
            self._engine.value(
                f"select count(*) from quotes where person in ({', '.join('?' * len(people))})",
                tuple(self._people.current(people)),
            )
        )


def _quote_id(article: int, words: str, time: int) -> int:
    """Id of a quotation, 0 to 2**63 - 1: it stays when the text around it alters."""
    digest = blake2b(f"{article}/{time}/{words}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _folded(words: str) -> str:
    return " ".join(words_of(words))


def _query(words: Sequence[str]) -> str:
    """The words as a question to the index, each one quoted, so that none is taken for its syntax.

    A word is looked for by its beginning, which its other forms share; `_stems` tells which of them are meant.
    """
    parts = [part for word in words for part in words_of(word)]
    return " AND ".join(_forms(part) for part in parts)


def _forms(word: str) -> str:
    if len(word) < _INFLECTED:
        return f'("{word}" OR "{word}s")'
    root = stem(word)
    shared = next((n for n, (a, b) in enumerate(zip(word, root, strict=False)) if a != b), min(len(word), len(root)))
    return f'"{word[:shared]}"*'


def _stems(words: Sequence[str]) -> set[str]:
    return {stem(part) for word in words for part in words_of(word)}


def _stored(row: Row) -> StoredQuote:
    id_, article, url, title, site, person, speaker, kind, words, start, end, at = row
    return StoredQuote(id_, article, url, title, site, person, speaker, kind, words, start, end, moment(at))
