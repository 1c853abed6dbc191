"""The people of the archive: each one once, under all forms of the name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from news.facts import Gender
from news.spelling import key
from news.text import words
from store import naming
from store.errors import NotFound
from store.identity import surname
from store.moments import moment, moment_or_none, ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from news.facts import Reading
    from store.sqlite import Engine, Row

RECENT = 500
"""Newest mentions of a person that are looked at for roles and company; quick also for whom everybody tells of."""


class Role(Struct, frozen=True):
    """A role as printed, in how many of the newest 500 mentions, and the last time."""

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
        """Ids of the people of an article by the names it gives them, in the place of those noted before."""
        with self._engine.transaction() as connection:
            return naming.note(connection, article, reading, when)

    def merge(self, person: int, other: int) -> Person:
        """The person that both are from now on, at every re-read too; the id of `other` leads there.

        Raises: NotFound if one of them is not there.
        """
        with self._engine.transaction() as connection:
            one, two = self._existing(person), self._existing(other)
            if one != two:
                naming.unite(connection, one, two, owner=True)
            found = self.get(one)
            assert found is not None
            return found

    def part(self, person: int, form: str) -> Person:
        """Somebody else, whom this form of a person's name means from now on, at every re-read too.

        Raises: NotFound if the person is not there, has no such form, or no other.
        """
        with self._engine.transaction() as connection:
            one = self._existing(person)
            forms = {row[0] for row in self._engine.rows("select folded from aliases where person = ?", (one,))}
            if " ".join(words(form)) not in forms or len(forms) < 2:
                raise NotFound(f"{form} is not one of several names of this person.")
            found = self.get(naming.part(connection, one, form))
            assert found is not None
            return found

    def current(self, people: Sequence[int]) -> list[int]:
        """The ids that these lead to since people were found to be the same, those told of least first.

        Unknown ones lead to themselves.
        """
        rows = self._engine.rows(
            "select p.id, q.id, q.articles from people p join people q on q.id = coalesce(p.became, p.id)"
            f" where p.id in ({_marks(people)})",
            tuple(people),
        )
        became = {old: (articles, now) for old, now, articles in rows}
        led = {became.get(person, (0, person)) for person in people}
        return [person for _, person in sorted(led)]

    def former(self, people: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """The ids that these people had as well before they were found to be one, by the id they have now."""
        led: dict[int, tuple[int, ...]] = {}
        for start in range(0, len(people), 500):
            some = tuple(people[start : start + 500])
            rows = self._engine.rows(f"select became, id from people where became in ({_marks(some)})", some)
            for now, old in rows:
                led[now] = (*led.get(now, ()), old)
        return led

    def _existing(self, person: int) -> int:
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

    def _person(self, row: Row) -> Person:
        forms = self._engine.rows(
            "select form from aliases where person = ? order by mentions desc, form limit 50", (row[0],)
        )
        roles = self._engine.rows(
            "select role, count(distinct article), max(moment) from"
            " (select role, article, moment from mentions where person = ? order by moment desc limit ?)"
            " where role is not null group by role order by 2 desc, 3 desc, 1 limit 20",
            (row[0], RECENT),
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
        """Who a name as typed may mean: so named first, then so spelt, by parts, by surname; most told of first.

        Slips of the finger are not put right here; that is for the vocabulary.
        """
        parts = sorted(set(words(name)))
        if not parts:
            return ()
        every = "select person from name_words where word in ({}) group by person having count(*) = ?"
        keys = sorted(set(key(name).split()))
        ways: tuple[tuple[str, tuple[object, ...]], ...] = (
            ("select person from aliases where folded = ?", (" ".join(words(name)),)),
            ("select person from aliases where spelling = ?", (key(name),)),
            (every.format(_marks(parts)), (*parts, len(parts))),
            (every.format(_marks(keys)), (*keys, len(keys))),
            ("select id from people where surname = ?", (surname(name),)),
        )
        found: dict[int, None] = {}
        for sql, values in ways:
            rows = self._engine.rows(
                f"select id from people where id in ({sql}) and became is null and articles > 0"
                " order by articles desc, mentions desc, id limit ?",
                (*values, limit),
            )
            found.update(dict.fromkeys(row[0] for row in rows))
        return self._all(list(found)[:limit])

    def _all(self, ids: Sequence[int]) -> tuple[Person, ...]:
        found = (self.get(person) for person in ids)
        return tuple(person for person in found if person is not None)

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
        return self._all([row[0] for row in rows])

    def seen_with(self, person: int, limit: int = 10) -> tuple[Companion, ...]:
        """Who is told of in the same articles, of the newest 500 of them; most often first."""
        rows = self._engine.rows(
            "select m.person, p.name, count(distinct m.article) from mentions m join people p on p.id = m.person"
            " where m.article in (select article from mentions where person = ? order by moment desc limit ?)"
            " and m.person <> ? group by m.person order by 3 desc, p.articles desc, p.id limit ?",
            (*self.current([person]), RECENT, *self.current([person]), limit),
        )
        return tuple(Companion(*row) for row in rows)

    def articles_with(self, people: Sequence[int], limit: int = 20, before: int | None = None) -> tuple[int, ...]:
        """Ids of the newest articles that tell of all these people; `before` is the last id of the page before."""
        if not people:
            return ()
        ids = self.current(people)
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


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
