"""The people of the archive: each one once, under all forms of the name."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct

from news.text import words
from store.errors import NotFound
from store.identity import choose, compatible, spelling, surname
from store.moments import moment, moment_or_none, ticks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from news.person import Gender, Name
    from news.reading import Reading
    from store.sqlite import Engine

RECENT = 500
"""Newest mentions that are looked at for who was told of together; enough for a picture, quick for anybody."""


class Role(Struct, frozen=True):
    """A role as printed, in how many articles, and the last of them."""

    role: str
    articles: int
    last: datetime


class Person(Struct, frozen=True, kw_only=True):
    """A human of the archive. `aliases` are all other forms printed, the most printed first; `roles` likewise."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    gender: Gender | None = None
    articles: int = 0
    mentions: int = 0
    first: datetime | None = None
    last: datetime | None = None


class Companion(Struct, frozen=True):
    """Somebody told of in the same articles, and in how many of them."""

    person: int
    name: str
    articles: int


class Mention(Struct, frozen=True):
    """A name of an article: who it is, how it is printed there, with which role, how often."""

    article: int
    person: int
    name: str
    role: str | None
    count: int


class People:
    """Who is who, across articles."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, article: int, reading: Reading, when: int) -> dict[str, int]:
        """Ids of the people of an article by the names it gives them, in the place of those noted before.

        Names with most words come first: whoever is named in full is known when a surname alone is looked at.
        """
        people = {name.name: name for name in reading.names if name.kind == "person"}
        others = {name.name for name in reading.names if name.kind != "person"}
        extra = [quote.speaker for quote in reading.quotes if quote.speaker_kind == "named" and quote.speaker]
        extra += [name for meeting in reading.meetings for name in (*meeting.people, *meeting.delegation)]
        names: dict[str, Name | None] = {**people, **{name: None for name in extra if name not in people}}
        with self._engine.transaction() as connection:
            self._take_away(connection, article)
            known: dict[str, int] = {}
            for name in sorted(names, key=lambda name: (-len(words(name)), name)):
                if name in others and names[name] is None:
                    continue
                printed = names[name]
                person = self._who(connection, name, printed, frozenset(known.values()))
                if person is None:
                    continue
                known[name] = person
                self._mention(connection, article, person, name, printed, when)
            return known

    def _who(
        self, connection: sqlite3.Connection, name: str, printed: Name | None, company: frozenset[int]
    ) -> int | None:
        """Id of the person that a name of an article means, somebody new if nobody fits; None for no name at all."""
        parts = words(name)
        if not parts:
            return None
        gender = None if printed is None else printed.gender
        role = None if printed is None else printed.role
        candidates = self._candidates(connection, name, parts, gender)
        found = choose(connection, candidates, role, company)
        return self._new(connection, name, parts, gender) if found is None else found

    def _candidates(
        self, connection: sqlite3.Connection, name: str, parts: Sequence[str], gender: Gender | None
    ) -> list[int]:
        """Who the name may mean, those told of most first; the owner's word comes before everything."""
        folded = " ".join(parts)
        own = connection.execute("select person from aliases where folded = ? and owner = 1", (folded,)).fetchall()
        if own:
            return [own[0][0]]
        if len(parts) == 1:
            rows = connection.execute(
                "select p.id, p.gender from name_words w join people p on p.id = w.person"
                " where w.word = ? and p.became is null order by p.articles desc, p.id limit 50",
                (parts[0],),
            ).fetchall()
            return [row[0] for row in rows if not (gender and row[1] and gender != row[1])]
        rows = connection.execute(
            "select p.id, p.gender from aliases a join people p on p.id = a.person"
            " where a.folded = ? and p.became is null order by p.articles desc, p.id",
            (folded,),
        ).fetchall()
        if rows:
            return [row[0] for row in rows[:1]]
        rows = connection.execute(
            "select p.id, p.gender, p.name from people p where p.surname = ? and p.became is null"
            " union select p.id, p.gender, a.form from aliases a join people p on p.id = a.person"
            " where a.spelling = ? and p.became is null",
            (surname(name), spelling(name)),
        ).fetchall()
        fitting = {row[0] for row in rows if compatible(name, row[2]) and not (gender and row[1] and gender != row[1])}
        return sorted(fitting)

    def _new(self, connection: sqlite3.Connection, name: str, parts: Sequence[str], gender: Gender | None) -> int:
        folded = " ".join(parts)
        person = int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "big") >> 1
        last = surname(name)
        connection.execute(
            "insert into people (id, name, gender, surname) values (?, ?, ?, ?) on conflict (id) do update set became = null",
            (person, name, gender, last),
        )
        self._alias(connection, person, name, parts)
        if len(parts) > 1:
            self._adopt(connection, person, parts, gender)
        return person

    def _adopt(self, connection: sqlite3.Connection, person: int, parts: Sequence[str], gender: Gender | None) -> None:
        """Takes in whoever was known by this surname alone, as long as nobody else bears it."""
        rows = connection.execute(
            "select p.id, p.gender, a.parts from aliases a join people p on p.id = a.person"
            " where a.folded = ? and p.became is null and p.id <> ?",
            (parts[-1], person),
        ).fetchall()
        for other, other_gender, _ in rows:
            longest = connection.execute("select max(parts) from aliases where person = ?", (other,)).fetchone()[0]
            if longest == 1 and not (gender and other_gender and gender != other_gender):
                self._unite(connection, person, other, owner=False)

    def _alias(self, connection: sqlite3.Connection, person: int, name: str, parts: Sequence[str]) -> None:
        connection.execute(
            "insert into aliases (folded, person, form, spelling, parts) values (?, ?, ?, ?, ?) on conflict do nothing",
            (" ".join(parts), person, name, spelling(name), len(parts)),
        )
        connection.executemany(
            "insert into name_words (word, person) values (?, ?) on conflict do nothing",
            [(part, person) for part in parts],
        )

    def _mention(
        self, connection: sqlite3.Connection, article: int, person: int, name: str, printed: Name | None, when: int
    ) -> None:
        count = 0 if printed is None else max(1, len(printed.spans))
        parts = words(name)
        self._alias(connection, person, name, parts)
        first = connection.execute(
            "select 1 from mentions where article = ? and person = ?", (article, person)
        ).fetchone()
        connection.execute(
            "insert into mentions (article, name, person, role, count, moment) values (?, ?, ?, ?, ?, ?)",
            (article, name, person, None if printed is None else printed.role, count, when),
        )
        connection.execute(
            "update aliases set mentions = mentions + ? where folded = ? and person = ?",
            (count, " ".join(parts), person),
        )
        connection.execute(
            "update people set articles = articles + ?, mentions = mentions + ?, gender = coalesce(gender, ?),"
            " first = min(coalesce(first, ?), ?), last = max(coalesce(last, ?), ?) where id = ?",
            (
                *(0 if first else 1, count, None if printed is None else printed.gender),
                *(when, when, when, when, person),
            ),
        )
        self._name(connection, person)

    def _name(self, connection: sqlite3.Connection, person: int) -> None:
        """Shows a person under the form of more than one word that is printed most."""
        found = connection.execute(
            "select form from aliases where person = ? order by (parts > 1) desc, mentions desc, parts desc, form limit 1",
            (person,),
        ).fetchone()
        if found is not None:
            connection.execute(
                "update people set name = ?, surname = ? where id = ? and name <> ?",
                (found[0], surname(found[0]), person, found[0]),
            )

    def _take_away(self, connection: sqlite3.Connection, article: int) -> None:
        """Forgets the mentions of an article; people stay, for their ids may be in a message that was sent."""
        rows = connection.execute(
            "delete from mentions where article = ? returning person, name, count", (article,)
        ).fetchall()
        for person, name, count in rows:
            connection.execute(
                "update aliases set mentions = mentions - ? where folded = ? and person = ?",
                (count, " ".join(words(name)), person),
            )
            connection.execute("update people set mentions = mentions - ? where id = ?", (count, person))
        for person in {row[0] for row in rows}:
            connection.execute(
                "update people set articles = articles - 1, first = (select min(moment) from mentions where person = ?),"
                " last = (select max(moment) from mentions where person = ?) where id = ?",
                (person, person, person),
            )

    def _unite(self, connection: sqlite3.Connection, person: int, other: int, *, owner: bool) -> None:
        """Makes `other` the same as `person`: all that was told of the one is told of the other."""
        for folded, form, key, parts, mentions in connection.execute(
            "delete from aliases where person = ? returning folded, form, spelling, parts, mentions", (other,)
        ).fetchall():
            connection.execute(
                "insert into aliases (folded, person, form, spelling, parts, mentions, owner) values (?, ?, ?, ?, ?, ?, ?)"
                " on conflict (folded, person) do update set mentions = aliases.mentions + excluded.mentions,"
                " owner = max(aliases.owner, excluded.owner)",
                (folded, person, form, key, parts, mentions, int(owner)),
            )
        connection.execute(
            "insert into name_words (word, person) select word, ? from name_words where person = ? on conflict do nothing",
            (person, other),
        )
        connection.execute("delete from name_words where person = ?", (other,))
        connection.execute("update mentions set person = ? where person = ?", (person, other))
        connection.execute("update quotes set person = ? where person = ?", (person, other))
        connection.execute("update people set became = ? where became = ? or id = ?", (person, other, other))
        connection.execute(
            "update people set (articles, mentions, first, last) = (select count(distinct article),"
            " coalesce(sum(count), 0), min(moment), max(moment) from mentions where person = ?) where id = ?",
            (person, person),
        )
        connection.execute("update people set articles = 0, mentions = 0 where id = ?", (other,))
        self._rename_evidence(connection, person, other)
        self._name(connection, person)

    def _rename_evidence(self, connection: sqlite3.Connection, person: int, other: int) -> None:
        side, old = f"p{person}", f"p{other}"
        for table, keys in (("evidence_people", "article, n"), ("meeting_people", "meeting")):
            connection.execute(
                f"delete from {table} where side = ? and ({keys}) in (select {keys} from {table} where side = ?)",
                (old, side),
            )
            connection.execute(f"update {table} set side = ?, person = ? where side = ?", (side, person, old))

    def merge(self, person: int, other: int) -> Person:
        """The person that both are from now on, at every re-read too; the id of `other` leads there.

        Raises: NotFound if one of them is not there.
        """
        with self._engine.transaction() as connection:
            one, two = self._current(person), self._current(other)
            if one != two:
                self._unite(connection, one, two, owner=True)
            found = self.get(one)
            assert found is not None
            return found

    def _current(self, person: int) -> int:
        found = self._engine.row("select coalesce(became, id) from people where id = ?", (person,))
        if found is None:
            raise NotFound(f"There is no person with the number {person}.")
        return int(found[0])

    def get(self, person: int) -> Person | None:
        """The person with this id, or the one that it was found to be."""
        row = self._engine.row(
            "select id, name, gender, articles, mentions, first, last from people"
            " where id = (select coalesce(became, id) from people where id = ?)",
            (person,),
        )
        return None if row is None else self._person(row)

    def _person(self, row: tuple[int, str, Gender | None, int, int, int | None, int | None]) -> Person:
        forms = self._engine.rows(
            "select form from aliases where person = ? order by mentions desc, form limit 50", (row[0],)
        )
        roles = self._engine.rows(
            "select role, count(distinct article), max(moment) from mentions where person = ? and role is not null"
            " group by role order by 2 desc, 3 desc, 1 limit 20",
            (row[0],),
        )
        return Person(
            id=row[0],
            name=row[1],
            aliases=tuple(form for (form,) in forms if form != row[1]),
            roles=tuple(Role(role, articles, moment(last)) for role, articles, last in roles),
            gender=row[2],
            articles=row[3],
            mentions=row[4],
            first=moment_or_none(row[5]),
            last=moment_or_none(row[6]),
        )

    def find(self, name: str, limit: int = 5) -> tuple[Person, ...]:
        """Who a name as typed may mean: exactly so named first, then by spelling, then by parts; most told of first."""
        parts = words(name)
        if not parts:
            return ()
        folded = " ".join(parts)
        found: dict[int, None] = {}
        for sql, values in (
            ("select person from aliases where folded = ?", (folded,)),
            (
                f"select person from name_words where word in ({', '.join('?' * len(set(parts)))})"
                " group by person having count(*) = ?",
                (*set(parts), len(set(parts))),
            ),
            ("select person from aliases where spelling = ?", (spelling(name),)),
            ("select id from people where surname = ?", (surname(name),)),
        ):
            rows = self._engine.rows(
                f"select p.id from people p where p.id in ({sql}) and p.became is null and p.articles > 0"
                " order by p.articles desc, p.mentions desc, p.id limit ?",
                (*values, limit),
            )
            found.update(dict.fromkeys(row[0] for row in rows))
        people = (self.get(person) for person in list(found)[:limit])
        return tuple(person for person in people if person is not None)

    def top(self, limit: int = 10, since: datetime | None = None) -> tuple[Person, ...]:
        """Those whom most articles tell of, since a moment if one is given."""
        if since is None:
            rows = self._engine.rows(
                "select id from people where articles > 0 order by articles desc, id limit ?", (limit,)
            )
        else:
            rows = self._engine.rows(
                "select person from mentions where moment >= ? group by person"
                " order by count(distinct article) desc, person limit ?",
                (ticks(since), limit),
            )
        people = (self.get(person) for (person,) in rows)
        return tuple(person for person in people if person is not None)

    def seen_with(self, person: int, limit: int = 10) -> tuple[Companion, ...]:
        """Who is told of in the same articles, of the newest 500 of them; most often first."""
        rows = self._engine.rows(
            "select m.person, p.name, count(distinct m.article) from mentions m join people p on p.id = m.person"
            " where m.article in (select article from mentions where person = ? order by moment desc limit ?)"
            " and m.person <> ? group by m.person order by 3 desc, p.articles desc, p.id limit ?",
            (self._current(person), RECENT, self._current(person), limit),
        )
        return tuple(Companion(*row) for row in rows)

    def articles_with(self, people: Sequence[int], limit: int = 20, before: int | None = None) -> tuple[int, ...]:
        """Ids of the newest articles that tell of all these people; `before` is the last id of the page before."""
        if not people:
            return ()
        ids = [self._current(person) for person in people]
        edge = self._engine.value("select moment from articles where id = ?", (before,)) if before is not None else None
        more = " and ".join(
            "exists (select 1 from mentions o where o.article = m.article and o.person = ?)" for _ in ids[1:]
        )
        rows = self._engine.rows(
            "select distinct m.article, m.moment from mentions m where m.person = ?"
            f"{' and ' + more if more else ''}{' and (m.moment, m.article) < (?, ?)' if edge is not None else ''}"
            " order by m.moment desc, m.article desc limit ?",
            (*ids, *((edge, before) if edge is not None else ()), limit),
        )
        return tuple(row[0] for row in rows)

    def of_article(self, article: int) -> tuple[Mention, ...]:
        """The people of an article, most mentioned first."""
        rows = self._engine.rows(
            "select article, person, name, role, count from mentions where article = ? order by count desc, name",
            (article,),
        )
        return tuple(Mention(*row) for row in rows)

    def ids(self, article: int) -> Mapping[str, int]:
        """The people of an article by the names it gives them."""
        return {mention.name: mention.person for mention in self.of_article(article)}
