"""The meetings: each one once, with everything that is told of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from news.day import Day
from news.facts import MeetingKind, MeetingStatus
from store import evidence
from store.moments import moment, row_day, ticks
from store.places import within
from store.retelling import anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from news.facts import Meeting
    from store.people import People
    from store.sqlite import Engine, Row


class Telling(Struct, frozen=True):
    """What one article says of a meeting; the sentence proves it. `moment` is the article's."""

    article: int
    url: str
    title: str
    sentence: str
    status: MeetingStatus
    day: Day | None
    place: str | None
    moment: datetime


class StoredMeeting(Struct, frozen=True, kw_only=True):
    """One meeting. `people_ids` goes with `people`, `delegation_ids` with `delegation`; 0 is nobody known.

    `sources` counts independent texts, 1 or more. `disputed` names what the tellings contradict each other in:
    "denied", "cancelled", "place".
    """

    id: int
    people: tuple[str, ...]
    people_ids: tuple[int, ...]
    organisations: tuple[str, ...]
    delegation: tuple[str, ...]
    delegation_ids: tuple[int, ...]
    day: Day | None
    place: str | None
    kind: MeetingKind
    status: MeetingStatus
    sentence: str
    disputed: tuple[str, ...]
    sources: int
    moment: datetime
    evidence: tuple[Telling, ...]

    @property
    def telling(self) -> Telling:
        """The telling whose sentence stands for the meeting."""
        return next((told for told in self.evidence if told.sentence == self.sentence), self.evidence[0])

    @property
    def articles(self) -> tuple[int, ...]:
        """Ids of the articles that tell of it, the earliest first."""
        return tuple(dict.fromkeys(telling.article for telling in self.evidence))

    @property
    def urls(self) -> tuple[str, ...]:
        """Addresses of the articles that tell of it, the earliest first."""
        return tuple(dict.fromkeys(telling.url for telling in self.evidence if telling.url))


class Meetings:
    """Who met whom."""

    def __init__(self, engine: Engine, people: People) -> None:
        self._engine = engine
        self._people = people

    def note(self, article: int, meetings: Sequence[Meeting], people: Mapping[str, int], when: int) -> None:
        """Nothing; puts what an article tells in the place of what it told before, and gathers what that touches."""
        with self._engine.transaction() as connection:
            evidence.replace(connection, article, meetings, people, when)

    def find(
        self,
        people: Sequence[int] = (),
        *,
        without: Sequence[int] = (),
        first: date | None = None,
        last: date | None = None,
        place: str | None = None,
        status: Sequence[MeetingStatus] = (),
        kinds: Sequence[MeetingKind] = (),
        limit: int = 10,
        before: int | None = None,
    ) -> tuple[StoredMeeting, ...]:
        """The meetings at which all these people were, the latest day first.

        `first` and `last` (both included) bound the day; an undated meeting counts by its first publication. `place`
        may be a city or country that holds where they were. `before` is the id of the last meeting of a page.
        """
        present = self._people.current(people)
        places = None if place is None else self._places(place)
        where, values = _conditions(present, self._people.current(without), places, status or None, kinds or None)
        if first is not None:
            where.append("coalesce(m.last, ?) >= ? and (m.last is not null or m.moment >= ?)")
            values += (first.isoformat(), first.isoformat(), ticks(anchor(Day(first, first), moment(0))) - _HALF)
        if last is not None:
            where.append("coalesce(m.first, ?) <= ? and (m.first is not null or m.moment < ?)")
            values += (last.isoformat(), last.isoformat(), ticks(anchor(Day(last, last), moment(0))) + _HALF)
        edge = self._engine.value("select moment from meetings where id = ?", (before,)) if before is not None else None
        if edge is not None:
            where.append("(m.moment, m.id) < (?, ?)")
            values += (edge, before)
        if present:
            source = "meeting_people w join meetings m on m.id = w.meeting"
            where.insert(0, "w.person = ?")
            values.insert(0, present[0])
            order = "w.moment desc, w.meeting desc"
        else:
            source, order = "meetings m", "m.moment desc, m.id desc"
        condition = f"where {' and '.join(where)}" if where else ""
        sql = f"select m.id from {source} {condition} order by {order} limit ?"
        rows = self._engine.rows(sql, (*values, limit))
        return self.many([row[0] for row in rows])

    def _places(self, wanted: str) -> list[str]:
        """The names of places at which there was a meeting and that lie in the wanted one."""
        rows = self._engine.rows("select distinct place from meetings where place is not null")
        return [place for (place,) in rows if within(place, wanted)]

    def get(self, meeting: int) -> StoredMeeting | None:
        """The meeting with this id."""
        return next(iter(self.many([meeting])), None)

    def of_article(self, article: int) -> tuple[StoredMeeting, ...]:
        """The meetings that an article tells of, in its order."""
        rows = self._engine.rows("select meeting from evidence where article = ? order by n", (article,))
        return self.many(list(dict.fromkeys(row[0] for row in rows)))

    def many(self, ids: Sequence[int]) -> tuple[StoredMeeting, ...]:
        """The meetings with these ids, in this order; ids that are not there are left out."""
        if not ids:
            return ()
        marks = ", ".join("?" * len(ids))
        rows = self._engine.rows(
            "select id, first, last, precision, place, kind, status, sentence, disputed, moment"
            f" from meetings where id in ({marks})",
            tuple(ids),
        )
        sides: dict[int, list[tuple[str, str, int | None]]] = defaultdict(list)
        for meeting, part, name, person in self._engine.rows(
            f"select w.meeting, w.part, coalesce(p.name, w.name), w.person from meeting_people w"
            f" left join people p on p.id = w.person where w.meeting in ({marks}) order by w.mentions desc, w.side",
            tuple(ids),
        ):
            sides[meeting].append((part, name, person))
        told: dict[int, list[Telling]] = defaultdict(list)
        sources: dict[int, set[int]] = defaultdict(set)
        for meeting, *row in self._engine.rows(
            "select e.meeting, e.article, a.url, a.title, e.sentence, e.status, e.first, e.last, e.precision, e.place,"
            " e.moment, coalesce(t.source, e.article) from evidence e join articles a on a.id = e.article"
            f" left join tellings t on t.article = e.article where e.meeting in ({marks})"
            " order by e.moment, e.article, e.n",
            tuple(ids),
        ):
            article, url, title, sentence, status, first, last, precision, place, at, source = row
            day = row_day(first, last, precision)
            sources[meeting].add(source)
            told[meeting].append(Telling(article, url, title, sentence, status, day, place, moment(at)))
        found = {row[0]: _stored(row, sides[row[0]], tuple(told[row[0]]), len(sources[row[0]])) for row in rows}
        return tuple(found[id_] for id_ in ids if id_ in found)


_HALF = 12 * 3600 * 1_000_000


def _conditions(
    people: Sequence[int],
    without: Sequence[int],
    places: Sequence[str] | None,
    status: Sequence[MeetingStatus] | None,
    kinds: Sequence[MeetingKind] | None,
) -> tuple[list[str], list[object]]:
    where: list[str] = []
    values: list[object] = []
    for person in people[1:]:
        where.append("exists (select 1 from meeting_people o where o.meeting = m.id and o.side = ?)")
        values.append(f"p{person}")
    for person in without:
        where.append("not exists (select 1 from meeting_people o where o.meeting = m.id and o.side = ?)")
        values.append(f"p{person}")
    for column, wanted in (("status", status), ("kind", kinds), ("place", places)):
        if wanted is not None:
            where.append(f"m.{column} in ({', '.join('?' * len(wanted))})")
            values += wanted
    return where, values


def _stored(
    row: Row,
    sides: Sequence[tuple[str, str, int | None]],
    told: tuple[Telling, ...],
    sources: int,
) -> StoredMeeting:
    def named(part: str) -> tuple[str, ...]:
        return tuple(name for kind, name, _ in sides if kind == part)

    def numbered(part: str) -> tuple[int, ...]:
        return tuple(person or 0 for kind, _, person in sides if kind == part)

    return StoredMeeting(
        id=row[0],
        people=named("people"),
        people_ids=numbered("people"),
        organisations=named("organisation"),
        delegation=named("delegation"),
        delegation_ids=numbered("delegation"),
        day=row_day(*row[1:4]),
        place=row[4],
        kind=row[5],
        status=row[6],
        sentence=row[7],
        disputed=msgspec.json.decode(row[8], type=tuple[str, ...]),
        sources=sources,
        moment=moment(row[9]),
        evidence=told,
    )
