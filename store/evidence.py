"""What articles tell of meetings, row by row, and the meetings made of it anew wherever something altered."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from news.text import words
from store.moments import day_row, moment, row_day, ticks
from store.retelling import (
    EXACT,
    GRADES,
    Encounter,
    Part,
    Side,
    Told,
    anchor,
    days_agree,
    gathered,
    grade,
    reach,
    together,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from news.meeting import Meeting
    from store.sqlite import Row

MOST = 100
"""Tellings from which on no more are sought that are only near to those near what altered: they are where they belong
among themselves, and a great meeting has no end of them."""

FEW = 20
"""Tellings up to which a meeting is made anew with each; from then on one more of the same alters little."""

_Key = tuple[int, int]


def replace(
    connection: sqlite3.Connection, article: int, meetings: Sequence[Meeting], people: Mapping[str, int], when: int
) -> None:
    """Nothing; puts what an article tells in the place of what it told before, and gathers what that touches."""
    old = _load(connection, [(article, n) for (n,) in _numbers(connection, article)])
    told = [_heir(_told((article, n), meeting, people, when), old) for n, meeting in enumerate(meetings)]
    if told == old:
        return
    connection.execute("delete from evidence where article = ?", (article,))
    connection.execute("delete from evidence_people where article = ?", (article,))
    for one in told:
        _insert(connection, one)
    loose = told if old else [one for one in told if not _joins(connection, one)]
    if loose or old:
        gather(connection, {one.meeting for one in old}, loose)


def _numbers(connection: sqlite3.Connection, article: int) -> list[tuple[int]]:
    return connection.execute("select n from evidence where article = ? order by n", (article,)).fetchall()


def _heir(told: Told, old: Sequence[Told]) -> Told:
    """The telling with a claim to the meeting that the article's old telling of the same people was of."""
    shared = [(len(told.everyone & one.everyone), one.n == told.n, one.meeting) for one in old if one.call == told.call]
    best = max(shared, default=(0, False, 0))
    return msgspec.structs.replace(told, meeting=best[2]) if best[0] >= 2 else told


def _joins(connection: sqlite3.Connection, told: Told) -> bool:
    """Whether a new telling went to the meeting of others that say the same, which alters no other meeting.

    That is how most of what is told of a great meeting comes; weighing all of it anew each time would be endless.
    """
    if not told.sides:
        return False
    candidates = _of_that_day if grade(told.day) == EXACT else _only_one_near
    same = next(
        (one for one in candidates(connection, told) if one.sure == told.sure and set(one.sides) == set(told.sides)),
        None,
    )
    if same is None or _size(connection, same.meeting) < FEW:
        return False
    connection.execute(
        "update evidence set meeting = ? where article = ? and n = ?", (same.meeting, told.article, told.n)
    )
    connection.executemany(
        "update meeting_people set mentions = mentions + 1 where meeting = ? and side = ?",
        [(same.meeting, side.key) for side in told.sides],
    )
    return True


def _of_that_day(connection: sqlite3.Connection, told: Told) -> list[Told]:
    """Some tellings of that very day, of meetings that one more of the same leaves as they are."""
    assert told.day is not None
    rows = connection.execute(
        f"{_TOLD} join meetings m on m.id = e.meeting where (e.article, e.n) in (select article, n from evidence_people"
        " where side = ? and grade = 0 and anchor = ? and article <> ? order by article limit 20)"
        f" and e.call = ? and m.first = ? and {_SETTLED}",
        (
            *(told.sides[0].key, ticks(anchor(told.day, told.published)), told.article, int(told.call)),
            *(told.day.first.isoformat(), told.status, told.place or ""),
        ),
    ).fetchall()
    return _from_rows(connection, rows)


def _only_one_near(connection: sqlite3.Connection, told: Told) -> list[Told]:
    """Some tellings of the only meeting that an undated telling can be of, if one more leaves it as it is."""
    marks = ", ".join("?" * len(told.sides))
    windows = [(other, *reach(told.day, told.published, other)) for other in GRADES]
    meetings = {
        meeting
        for window in windows
        for (meeting,) in connection.execute(
            "select distinct meeting from evidence e where (e.article, e.n) in (select article, n from evidence_people"
            f" where side in ({marks}) and grade = ? and anchor between ? and ? and article <> ?"
            " group by article, n having count(*) >= 2)",
            (*(side.key for side in told.sides), *window, told.article),
        )
    }
    if told.day is not None or len(meetings) != 1:
        return []
    found = [
        connection.execute(
            f"{_TOLD} join meetings m on m.id = e.meeting where e.meeting = ? and e.call = ? and {_SETTLED}"
            f" and {condition} order by e.moment desc limit 20",
            (*meetings, int(told.call), told.status, told.place or ""),
        ).fetchall()
        for condition in ("e.first = e.last", "e.first is null")
    ]
    dated, undated = (_from_rows(connection, rows) for rows in found)
    return undated if dated and days_agree(told, dated[0]) else []


_SETTLED = "m.status = ? and m.first = m.last and coalesce(m.place, '') = ?"
"""A meeting of one day, with this status and place: more of the same alters none of them."""


def _size(connection: sqlite3.Connection, meeting: int) -> int:
    found: int = connection.execute("select count(*) from evidence where meeting = ?", (meeting,)).fetchone()[0]
    return found


def rename(connection: sqlite3.Connection, person: int, other: int, names: Collection[str] | None = None) -> None:
    """Nothing; what was told of `other` (under these names, if given) is told of `person` from now on."""
    side, old = f"p{person}", f"p{other}"
    rows = connection.execute("select article, n, name from evidence_people where side = ?", (old,)).fetchall()
    keys = [row[:2] for row in rows if names is None or row[2] in names]
    for key in keys:
        connection.execute(
            "insert into evidence_people (article, n, side, person, name, part, grade, anchor)"
            " select article, n, ?, ?, name, part, grade, anchor from evidence_people"
            " where article = ? and n = ? and side = ? on conflict do nothing",
            (side, person, *key, old),
        )
        connection.execute("delete from evidence_people where article = ? and n = ? and side = ?", (*key, old))
    if keys:
        gather(connection, (), _load(connection, keys))


def gather(connection: sqlite3.Connection, meetings: Collection[int], told: Collection[Told]) -> None:
    """Nothing; decides anew which tellings are of one meeting, for these and all that can be of one with them."""
    found = {(one.article, one.n): one for one in told}
    touched = {*meetings, *(one.meeting for one in found.values())} - {0}
    pending = list(found.values())

    reached = _tellings(connection, touched)
    while True:
        fresh = [one for one in reached if (one.article, one.n) not in found]
        found.update(((one.article, one.n), one) for one in fresh)
        pending += fresh
        if not pending or len(found) >= MOST:
            break
        near = _load(connection, _near(connection, pending) - found.keys())
        others = {one.meeting for one in near} - touched - {0}
        touched |= others
        reached = [*near, *_tellings(connection, others)]
        pending = []
    altered = {*meetings, *(one.meeting for one in told)}
    _store(connection, list(found.values()), touched, altered)


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
        sides=tuple(sides[key] for key in sorted(sides)),
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
        "insert into evidence_people (article, n, side, person, name, part, grade, anchor)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (told.article, told.n, side.key, side.person, side.name, side.part, grade(told.day), at)
            for side in told.sides
        ],
    )


def _near(connection: sqlite3.Connection, told: Iterable[Told]) -> set[_Key]:
    """Tellings that share two participants with one of these and lie near it in time."""
    windows: dict[tuple[frozenset[str], int, int], tuple[int, int]] = {}
    for one in told:
        for other in GRADES:
            first, last = reach(one.day, one.published, other)
            # Those of one day are sought by that day, others all over the time between.
            company = (one.everyone, other, first if first == last else -1)
            known = windows.get(company, (first, last))
            windows[company] = (min(first, known[0]), max(last, known[1]))
    found: set[_Key] = set()
    for (everyone, other, _), (first, last) in windows.items():
        keys = sorted(everyone)
        if len(keys) > 1:
            rows = connection.execute(
                f"select article, n from evidence_people where side in ({', '.join('?' * len(keys))}) and grade = ?"
                " and anchor between ? and ? group by article, n having count(*) >= 2",
                (*keys, other, first, last),
            )
            found.update(rows.fetchall())
    return found


_TOLD = (
    "select e.article, e.n, e.call, e.first, e.last, e.precision, e.place, e.kind, e.status, e.sentence, e.start,"
    " e.finish, e.moment, e.meeting from evidence e"
)
_BATCH = 200
"""Rows asked for at once."""


def _tellings(connection: sqlite3.Connection, meetings: Iterable[int]) -> list[Told]:
    found = []
    for meeting in sorted(meetings):
        found += connection.execute(f"{_TOLD} where e.meeting = ?", (meeting,)).fetchall()
    return _from_rows(connection, found)


def _load(connection: sqlite3.Connection, keys: Iterable[_Key]) -> list[Told]:
    found, wanted = [], sorted(keys)
    for batch in (wanted[at : at + _BATCH] for at in range(0, len(wanted), _BATCH)):
        marks = ", ".join(["(?, ?)"] * len(batch))
        found += connection.execute(
            f"{_TOLD} where (e.article, e.n) in (values {marks})", [part for key in batch for part in key]
        ).fetchall()
    return _from_rows(connection, found)


def _from_rows(connection: sqlite3.Connection, rows: Sequence[Row]) -> list[Told]:
    """The tellings that rows of _TOLD are of, in the order of article and number."""
    sides: dict[_Key, list[Side]] = {(row[0], row[1]): [] for row in rows}
    articles = sorted({row[0] for row in rows})
    for batch in (articles[at : at + _BATCH] for at in range(0, len(articles), _BATCH)):
        for article, n, *side in connection.execute(
            "select article, n, side, name, part, person from evidence_people"
            f" where article in ({', '.join('?' * len(batch))}) order by article, n, side",
            batch,
        ):
            if (article, n) in sides:
                sides[article, n].append(Side(*side))
    return [_from_row(row, tuple(sides[row[0], row[1]])) for row in sorted(rows, key=lambda row: row[:2])]


def _from_row(row: Row, sides: tuple[Side, ...]) -> Told:
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
        sides=sides,
    )


def _store(connection: sqlite3.Connection, told: Sequence[Told], touched: set[int], altered: set[int]) -> None:
    """Writes the meetings that these tellings are of; a meeting keeps its id as long as most of its tellings stay.

    One that has the tellings it had is written only if it is among the altered ones.
    """
    before = Counter(one.meeting for one in told)
    groups = together(told)
    ids = _named(groups, touched)
    for meeting in touched - set(ids):
        connection.execute("delete from meetings where id = ?", (meeting,))
        connection.execute("delete from meeting_people where meeting = ?", (meeting,))
    for id_, group in zip(ids, groups, strict=True):
        if id_ not in altered and before[id_] == len(group) and all(one.meeting == id_ for one in group):
            continue
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
