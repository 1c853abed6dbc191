"""The quotations: words someone said, verbatim, findable by who said them and by the words."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct

from news.facts import SpeakerKind
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
        """What one of these people said that holds all the words, newest first.

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
        """Quotations of anybody that hold all the words, newest first."""
        return self._select([], [], words, (since, until), (limit, before)) if _query(words) else ()

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
        last = self._engine.value("select moment from quotes where id = ?", (before,)) if before is not None else None
        if last is not None:
            where.append("(q.moment, q.id) < (?, ?)")
            values += (last, before)
        rows = self._engine.rows(
            f"select {_COLUMNS} from quotes q join articles a on a.id = q.article where {' and '.join(where)}"
            " order by q.moment desc, q.id desc limit ?",
            (*values, limit),
        )
        return tuple(map(_stored, rows))

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
    """The words as a question to the index, each one quoted, so that none is taken for its syntax."""
    parts = [part for word in words for part in words_of(word)]
    return " ".join(f'"{part}"' for part in parts)


def _stored(row: Row) -> StoredQuote:
    id_, article, url, title, site, person, speaker, kind, words, start, end, at = row
    return StoredQuote(id_, article, url, title, site, person, speaker, kind, words, start, end, moment(at))
