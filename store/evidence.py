"""What articles tell of meetings, row by row, and the meetings made of it anew wherever something altered."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from news.text import words
from store.moments import day_row, moment, row_day, ticks
from store.retelling import Encounter, Part, Side, Told, anchor, gathered, is_wide, reach, together

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from news.meeting import Meeting
    from store.sqlite import Row

MOST = 600
"""Tellings that are weighed against each other at once; more than any two people have had in half a year so far."""

_Key = tuple[int, int]


def replace(
    connection: sqlite3.Connection, article: int, meetings: Sequence[Meeting], people: Mapping[str, int], when: int
) -> None:
    """Nothing; puts what an article tells in the place of what it told before, and gathers what that touches."""
    keys = connection.execute("select article, n from evidence where article = ?", (article,)).fetchall()
    if not keys and not meetings:
        return
    old = _load(connection, keys)
    connection.execute("delete from evidence where article = ?", (article,))
    connection.execute("delete from evidence_people where article = ?", (article,))
    told = [_heir(_told((article, n), meeting, people, when), old) for n, meeting in enumerate(meetings)]
    for one in told:
        _insert(connection, one)
    gather(connection, {one.meeting for one in old}, told)


def _heir(told: Told, old: Sequence[Told]) -> Told:
    """The telling with a claim to the meeting that the article's old telling of the same people was of."""
    shared = [(len(told.everyone & one.everyone), -one.n, one.meeting) for one in old if one.call == told.call]
    best = max(shared, default=(0, 0, 0))
    return msgspec.structs.replace(told, meeting=best[2]) if best[0] >= 2 else told


def rename(connection: sqlite3.Connection, person: int, other: int) -> None:
    """Nothing; what was told of one person is told of another from now on."""
    side, old = f"p{person}", f"p{other}"
    keys = connection.execute("select article, n from evidence_people where side = ?", (old,)).fetchall()
    for key in keys:
        connection.execute(
            "insert into evidence_people (article, n, side, person, name, part, wide, anchor)"
            " select article, n, ?, ?, name, part, wide, anchor from evidence_people"
            " where article = ? and n = ? and side = ? on conflict do nothing",
            (side, person, *key, old),
        )
        connection.execute("delete from evidence_people where article = ? and n = ? and side = ?", (*key, old))
    if keys:
        gather(connection, (), _load(connection, keys))


def gather(connection: sqlite3.Connection, meetings: Iterable[int], told: Iterable[Told]) -> None:
    """Nothing; decides anew which tellings are of one meeting, for these and all that can be of one with them."""
    found = {(one.article, one.n): one for one in told}
    touched = {*meetings, *(one.meeting for one in found.values())} - {0}
    pending = list(found.values())

    def reached(tellings: Iterable[Told]) -> None:
        for one in tellings:
            if (one.article, one.n) not in found:
                found[one.article, one.n] = one
                pending.append(one)

    reached(_tellings(connection, touched))
    while pending and len(found) < MOST:
        near = _load(connection, _near(connection, pending.pop()) - found.keys())
        others = {one.meeting for one in near} - touched - {0}
        touched |= others
        reached([*near, *_tellings(connection, others)])
    _store(connection, list(found.values()), touched)


def _told(key: _Key, meeting: Meeting, people: Mapping[str, int], when: int) -> Told:
    sides: dict[str, Side] = {}
    parts: tuple[tuple[Part, tuple[str, ...]], ...] = (
        ("people", meeting.people),
        ("organisation", meeting.organisations),
        ("delegation", meeting.delegation),
    )
    for part, names in parts:
        for name in names:
            person = people.get(name)
            side = f"o{' '.join(words(name))}" if person is None else f"p{person}"
            sides.setdefault(side, Side(side, name, part, person))
    return Told(
        article=key[0],
        n=key[1],
        call=meeting.kind == "call",
        day=meeting.day,
        place=meeting.place,
        kind=meeting.kind,
        status=meeting.status,
        sentence=meeting.sentence,
        start=meeting.start,
        end=meeting.end,
        published=moment(when),
        sides=tuple(sides.values()),
    )


def _insert(connection: sqlite3.Connection, told: Told) -> None:
    at = ticks(anchor(told.day, told.published))
    connection.execute(
        "insert into evidence (article, n, meeting, call, first, last, precision, place, kind, status, sentence, start,"
        " finish, moment, anchor) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                told.article,
                told.n,
                told.meeting,
                int(told.call),
                *day_row(told.day),
                told.place,
                told.kind,
                told.status,
            ),
            *(told.sentence, told.start, told.end, ticks(told.published), at),
        ),
    )
    connection.executemany(
        "insert into evidence_people (article, n, side, person, name, part, wide, anchor)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (told.article, told.n, side.key, side.person, side.name, side.part, int(is_wide(told.day)), at)
            for side in told.sides
        ],
    )


def _near(connection: sqlite3.Connection, told: Told) -> set[_Key]:
    """Tellings that share two participants with this one and lie near it in time."""
    keys = sorted(told.everyone)
    if len(keys) < 2:
        return set()
    found: set[_Key] = set()
    for wide in (False, True):
        rows = connection.execute(
            f"select article, n from evidence_people where side in ({', '.join('?' * len(keys))}) and wide = ?"
            " and anchor between ? and ? group by article, n having count(*) >= 2",
            (*keys, int(wide), *reach(told.day, told.published, wide=wide)),
        )
        found.update(rows.fetchall())
    return found


_TOLD = (
    "select e.article, e.n, e.call, e.first, e.last, e.precision, e.place, e.kind, e.status, e.sentence, e.start,"
    " e.finish, e.moment, e.meeting from evidence e"
)


def _tellings(connection: sqlite3.Connection, meetings: Iterable[int]) -> list[Told]:
    return [
        _from_row(connection, row)
        for meeting in sorted(meetings)
        for row in connection.execute(f"{_TOLD} where e.meeting = ? order by e.article, e.n", (meeting,)).fetchall()
    ]


def _load(connection: sqlite3.Connection, keys: Iterable[_Key]) -> list[Told]:
    return [
        _from_row(connection, row)
        for key in sorted(keys)
        for row in connection.execute(f"{_TOLD} where e.article = ? and e.n = ?", key).fetchall()
    ]


def _from_row(connection: sqlite3.Connection, row: Row) -> Told:
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
        meeting=row[13],
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
        "insert into meetings (id, call, first, last, precision, moment, place, kind, status, disputed,"
        " sentence) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
        " call = excluded.call, first = excluded.first, last = excluded.last, precision = excluded.precision,"
        " moment = excluded.moment, place = excluded.place, kind = excluded.kind,"
        " status = excluded.status, disputed = excluded.disputed, sentence = excluded.sentence",
        (
            *(meeting, int(call), *day_row(encounter.day), at, encounter.place),
            *(encounter.kind, encounter.status, msgspec.json.encode(encounter.disputed).decode()),
            encounter.sentence,
        ),
    )
    connection.execute("delete from meeting_people where meeting = ?", (meeting,))
    connection.executemany(
        "insert into meeting_people (meeting, side, person, name, part, mentions, moment) values (?, ?, ?, ?, ?, ?, ?)",
        [(meeting, side.key, side.person, side.name, side.part, count, at) for side, count in encounter.sides],
    )
