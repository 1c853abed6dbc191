"""The meetings: each one once, with everything that is told of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from news.day import Day
from news.meeting import MeetingKind, MeetingStatus
from news.text import words
from store.moments import day_row, moment, row_day, ticks
from store.retelling import Encounter, Side, Told, anchor, gathered, place_key, reach, together

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from news.meeting import Meeting
    from store.sqlite import Engine

MOST = 600
"""Tellings that are weighed against each other at once; more than any two people have had in half a year so far."""


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
    """One meeting. `people_ids` goes with `people`, `delegation_ids` with `delegation`, 0 for who is no known person.

    `sources` counts independent texts, 1 or more. `disputed` names what the tellings contradict each other in: "denied",
    "cancelled", "place".
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
    def articles(self) -> tuple[int, ...]:
        """Ids of the articles that tell of it, the earliest first."""
        return tuple(dict.fromkeys(telling.article for telling in self.evidence))

    @property
    def urls(self) -> tuple[str, ...]:
        """Addresses of the articles that tell of it, the earliest first."""
        return tuple(dict.fromkeys(telling.url for telling in self.evidence if telling.url))


class Meetings:
    """Who met whom."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, article: int, meetings: Sequence[Meeting], people: Mapping[str, int], when: int) -> None:
        """Nothing; puts what an article tells in the place of what it told before, and gathers anew what that touches."""
        with self._engine.transaction() as connection:
            touched = {
                row[0]
                for row in connection.execute(
                    "delete from evidence where article = ? returning meeting", (article,)
                ).fetchall()
            }
            connection.execute("delete from evidence_people where article = ?", (article,))
            copy = self._engine.value("select copy from articles where id = ?", (article,)) or ""
            told = [_told(article, n, meeting, people, moment(when), copy) for n, meeting in enumerate(meetings)]
            for one in told:
                _insert(connection, one)
            self.gather(touched, told)

    def gather(self, meetings: Iterable[int], told: Iterable[Told] = ()) -> None:
        """Nothing; decides anew which tellings are of one meeting, for these meetings and tellings and all near them."""
        with self._engine.transaction() as connection:
            found = {(one.article, one.n): one for one in told}
            touched = set(meetings)
            pending = list(found.values())
            for one in _tellings(connection, touched):
                if found.setdefault((one.article, one.n), one) is one:
                    pending.append(one)
            while pending and len(found) < MOST:
                near = _near(connection, pending.pop())
                new = _load(connection, near - found.keys())
                reached = {one.meeting for one in new} - touched - {0}
                new += [one for one in _tellings(connection, reached) if (one.article, one.n) not in found]
                touched |= reached
                for one in new:
                    if found.setdefault((one.article, one.n), one) is one:
                        pending.append(one)
            _store(connection, list(found.values()), touched)

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

        `first` and `last` (both included) bound the day; an undated meeting counts by its first publication. `place` is
        found as whole words. `before` is the id of the last meeting of the page before.
        """
        where, values = _conditions(self._current(people), self._current(without), place, status, kinds)
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
        if people:
            source = "meeting_people w join meetings m on m.id = w.meeting"
            where.insert(0, "w.person = ?")
            values.insert(0, self._current(people)[0])
            order = "w.moment desc, w.meeting desc"
        else:
            source, order = "meetings m", "m.moment desc, m.id desc"
        condition = f"where {' and '.join(where)}" if where else ""
        rows = self._engine.rows(f"select m.id from {source} {condition} order by {order} limit ?", (*values, limit))
        return self.many([row[0] for row in rows])

    def get(self, meeting: int) -> StoredMeeting | None:
        """The meeting with this id."""
        return next(iter(self.many([meeting])), None)

    def of_article(self, article: int) -> tuple[StoredMeeting, ...]:
        """The meetings that an article tells of, in its order."""
        rows = self._engine.rows("select meeting from evidence where article = ? order by n", (article,))
        return self.many(list(dict.fromkeys(row[0] for row in rows)))

    def many(self, ids: Sequence[int]) -> tuple[StoredMeeting, ...]:
        """The meetings with these ids, in this order; ids that are not there are left out."""
        marks = ", ".join("?" * len(ids))
        rows = self._engine.rows(
            "select id, first, last, precision, place, kind, status, sentence, disputed, sources, moment"
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
        evidence: dict[int, list[Telling]] = defaultdict(list)
        for meeting, *row in self._engine.rows(
            "select e.meeting, e.article, a.url, a.title, e.sentence, e.status, e.first, e.last, e.precision, e.place,"
            f" e.moment from evidence e join articles a on a.id = e.article where e.meeting in ({marks})"
            " order by e.moment, e.article, e.n",
            tuple(ids),
        ):
            evidence[meeting].append(Telling(*row[:5], row_day(*row[5:8]), row[8], moment(row[9])))
        found = {row[0]: _stored(row, sides[row[0]], tuple(evidence[row[0]])) for row in rows}
        return tuple(found[id_] for id_ in ids if id_ in found)

    def _current(self, people: Sequence[int]) -> list[int]:
        marks = ", ".join("?" * len(people))
        became = dict(self._engine.rows(f"select id, coalesce(became, id) from people where id in ({marks})", people))
        return [became.get(person, person) for person in people]


_HALF = 12 * 3600 * 1_000_000


def _conditions(
    people: Sequence[int],
    without: Sequence[int],
    place: str | None,
    status: Sequence[MeetingStatus],
    kinds: Sequence[MeetingKind],
) -> tuple[list[str], list[object]]:
    where: list[str] = []
    values: list[object] = []
    for person in people[1:]:
        where.append("exists (select 1 from meeting_people o where o.meeting = m.id and o.side = ?)")
        values.append(f"p{person}")
    for person in without:
        where.append("not exists (select 1 from meeting_people o where o.meeting = m.id and o.side = ?)")
        values.append(f"p{person}")
    if place is not None:
        where.append("' ' || m.place_key || ' ' like ?")
        values.append(f"% {place_key(place)} %")
    for column, wanted in (("status", status), ("kind", kinds)):
        if wanted:
            where.append(f"m.{column} in ({', '.join('?' * len(wanted))})")
            values += wanted
    return where, values


def _told(article: int, n: int, meeting: Meeting, people: Mapping[str, int], published: datetime, copy: str) -> Told:
    sides: dict[str, Side] = {}
    for part, names in (
        ("people", meeting.people),
        ("organisation", meeting.organisations),
        ("delegation", meeting.delegation),
    ):
        for name in names:
            person = people.get(name)
            key = f"p{person}" if person is not None else f"o{' '.join(words(name))}"
            sides.setdefault(key, Side(key, name, part, person))  # type: ignore[arg-type]
    return Told(
        article=article,
        n=n,
        call=meeting.kind == "call",
        day=meeting.day,
        place=meeting.place,
        kind=meeting.kind,
        status=meeting.status,
        sentence=meeting.sentence,
        start=meeting.start,
        end=meeting.end,
        published=published,
        copy=copy,
        sides=tuple(sides.values()),
    )


def _insert(connection: sqlite3.Connection, told: Told) -> None:
    at = ticks(anchor(told.day, told.published))
    connection.execute(
        "insert into evidence (article, n, meeting, call, first, last, precision, place, kind, status, sentence, start,"
        " finish, moment, copy, anchor) values (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(told.article, told.n, int(told.call), *day_row(told.day), told.place, told.kind, told.status),
            *(told.sentence, told.start, told.end, ticks(told.published), told.copy, at),
        ),
    )
    connection.executemany(
        "insert into evidence_people (article, n, side, person, name, part, anchor) values (?, ?, ?, ?, ?, ?, ?)",
        [(told.article, told.n, side.key, side.person, side.name, side.part, at) for side in told.sides],
    )


def _near(connection: sqlite3.Connection, told: Told) -> set[tuple[int, int]]:
    """Tellings that share two participants with this one and lie near it in time."""
    keys = sorted(told.everyone)
    if len(keys) < 2:
        return set()
    rows = connection.execute(
        f"select article, n from evidence_people where side in ({', '.join('?' * len(keys))})"
        " and anchor between ? and ? group by article, n having count(*) >= 2",
        (*keys, *reach(told.day, told.published)),
    ).fetchall()
    return set(rows)


_TOLD = (
    "select e.article, e.n, e.call, e.first, e.last, e.precision, e.place, e.kind, e.status, e.sentence, e.start,"
    " e.finish, e.moment, e.copy, e.meeting from evidence e"
)


def _tellings(connection: sqlite3.Connection, meetings: Iterable[int]) -> list[Told]:
    found = []
    for meeting in sorted(set(meetings)):
        rows = connection.execute(f"{_TOLD} where e.meeting = ?", (meeting,)).fetchall()
        found += [_from_row(connection, row) for row in rows]
    return found


def _load(connection: sqlite3.Connection, keys: Iterable[tuple[int, int]]) -> list[Told]:
    rows = [connection.execute(f"{_TOLD} where e.article = ? and e.n = ?", key).fetchone() for key in sorted(keys)]
    return [_from_row(connection, row) for row in rows if row is not None]


def _from_row(connection: sqlite3.Connection, row: tuple) -> Told:  # type: ignore[type-arg]
    sides = connection.execute(
        "select side, name, part, person from evidence_people where article = ? and n = ? order by side", row[:2]
    ).fetchall()
    return Told(
        article=row[0],
        n=row[1],
        call=bool(row[2]),
        day=row_day(*row[3:6]),
        place=row[6],
        kind=row[7],
        status=row[8],
        sentence=row[9],
        start=row[10],
        end=row[11],
        published=moment(row[12]),
        copy=row[13],
        meeting=row[14],
        sides=tuple(Side(*side) for side in sides),
    )


def _store(connection: sqlite3.Connection, told: Sequence[Told], touched: set[int]) -> None:
    """Writes the meetings that these tellings are of; a meeting keeps its id as long as most of its tellings stay."""
    groups = together(told)
    ids = _named(groups, touched)
    for meeting in touched - set(ids):
        connection.execute("delete from meetings where id = ?", (meeting,))
        connection.execute("delete from meeting_people where meeting = ?", (meeting,))
    for id_, group in zip(ids, groups, strict=True):
        connection.executemany(
            "update evidence set meeting = ? where article = ? and n = ?",
            [(id_, one.article, one.n) for one in group if one.meeting != id_],
        )
        _write(connection, id_, gathered(group), call=group[0].call)


def _named(groups: Sequence[Sequence[Told]], touched: set[int]) -> list[int]:
    claims = sorted(
        (-count, meeting, index)
        for index, group in enumerate(groups)
        for meeting, count in Counter(one.meeting for one in group).items()
        if meeting
    )
    named: dict[int, int] = {}
    taken: set[int] = set()
    for _, meeting, index in claims:
        if index not in named and meeting not in taken:
            named[index] = meeting
            taken.add(meeting)
    return [named.get(index) or _new_id(group, taken | touched) for index, group in enumerate(groups)]


def _new_id(group: Sequence[Told], taken: set[int]) -> int:
    lead = group[0]
    for salt in range(len(taken) + 1):
        told = f"{lead.article}/{lead.call}/{'/'.join(sorted(lead.core))}/{day_row(lead.day)}/{salt}"
        id_ = int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big") >> 1
        if id_ not in taken:
            taken.add(id_)
            return id_
    raise AssertionError("as many ids as there are taken ones and one more")


def _write(connection: sqlite3.Connection, meeting: int, encounter: Encounter, *, call: bool) -> None:
    at = ticks(encounter.anchor)
    connection.execute(
        "insert into meetings (id, call, first, last, precision, moment, place, place_key, kind, status, disputed,"
        " sentence, sources) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
        " call = excluded.call, first = excluded.first, last = excluded.last, precision = excluded.precision,"
        " moment = excluded.moment, place = excluded.place, place_key = excluded.place_key, kind = excluded.kind,"
        " status = excluded.status, disputed = excluded.disputed, sentence = excluded.sentence, sources = excluded.sources",
        (
            *(meeting, int(call), *day_row(encounter.day), at, encounter.place, place_key(encounter.place)),
            *(encounter.kind, encounter.status, msgspec.json.encode(encounter.disputed).decode()),
            *(encounter.sentence, encounter.sources),
        ),
    )
    connection.execute("delete from meeting_people where meeting = ?", (meeting,))
    connection.executemany(
        "insert into meeting_people (meeting, side, person, name, part, mentions, moment) values (?, ?, ?, ?, ?, ?, ?)",
        [(meeting, side.key, side.person, side.name, side.part, count, at) for side, count in encounter.sides],
    )


def _stored(
    row: tuple,  # type: ignore[type-arg]
    sides: Sequence[tuple[str, str, int | None]],
    evidence: tuple[Telling, ...],
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
        sources=row[9],
        moment=moment(row[10]),
        evidence=evidence,
    )
