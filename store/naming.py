"""Giving the names of an article to people, and taking them away again.

The rules: what the owner united stays united. A full name belongs to whoever bears it, or a spelling of it, already; if
it may or may not be theirs, role and company decide. A surname alone belongs to whoever is in the article under a full
name, else to the only one who bears it, else to whom role, company and fame point clearly; where nothing does, it stays
a person of its own, known by the surname, until one who bears it in full turns up alone.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from news.spelling import key
from news.text import words
from store import evidence, followers
from store.identity import ENOUGH, alike, bearers, choose, surname

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from news.person import Gender, Name
    from news.reading import Reading


_words = lru_cache(maxsize=1 << 14)(words)
_key = lru_cache(maxsize=1 << 14)(key)


def note(connection: sqlite3.Connection, article: int, reading: Reading, when: int) -> dict[str, int]:
    """Ids of the people of an article by the names it gives them, in the place of those noted before."""
    take_away(connection, article)
    known: dict[str, int] = {}
    named = _names(reading)
    for name in sorted(named, key=lambda name: (-len(_words(name)), name)):
        company = set(known.values())
        person = _who(connection, name, named[name], company)
        if person is not None:
            known[name] = person
            _mention(connection, (article, person, name), named[name], when, again=person in company)
    for name, printed in named.items():
        if printed is not None and printed.same in known and name in known:
            _same(connection, known, name, printed.same)
    return known


def _same(connection: sqlite3.Connection, known: dict[str, int], name: str, other: str) -> None:
    """Nothing; makes one of two people whom an article says to be one, unless the owner has said who bears the name."""
    one, two = known[other], known[name]
    fixed = connection.execute(
        "select 1 from aliases where owner = 1 and folded in (?, ?)",
        (" ".join(_words(name)), " ".join(_words(other))),
    ).fetchone()
    if one == two or fixed:
        return
    unite(connection, one, two, owner=False)
    known.update({each: one for each, person in known.items() if person == two})


def _names(reading: Reading) -> dict[str, Name | None]:
    """The people of an article, those too that only a quotation or a meeting names."""
    named: dict[str, Name | None] = {name.name: name for name in reading.names if name.kind == "person"}
    others = {name.name for name in reading.names if name.kind != "person"}
    speakers = [quote.speaker for quote in reading.quotes if quote.speaker_kind == "named" and quote.speaker]
    present = [name for meeting in reading.meetings for name in (*meeting.people, *meeting.delegation)]
    for name in (*speakers, *present):
        if name not in others:
            named.setdefault(name, None)
    return named


def _who(connection: sqlite3.Connection, name: str, printed: Name | None, company: Collection[int]) -> int | None:
    """Id of the person that a name of an article means, somebody new if nobody fits; None for no name at all."""
    parts = _words(name)
    if not parts:
        return None
    gender = None if printed is None else printed.gender
    role = None if printed is None else printed.role
    exact = connection.execute(
        "select coalesce(p.became, p.id), a.owner from aliases a join people p on p.id = a.person"
        " where a.folded = ? order by a.owner desc, p.articles desc, p.id",
        (" ".join(parts),),
    ).fetchone()
    if exact is not None and (len(parts) > 1 or exact[1]):
        return int(exact[0])
    if len(parts) == 1:
        full = [person for person, form in bearers(connection, name, gender) if len(_words(form)) > 1]
        found = choose(connection, full, role, company)
    else:
        found = _like(connection, name, gender, role, company)
    return _new(connection, name, gender) if found is None else found


def _like(
    connection: sqlite3.Connection, name: str, gender: Gender | None, role: str | None, company: Collection[int]
) -> int | None:
    """Who bears a spelling of this full name, or one that may be theirs; None for nobody."""
    sure, open_ = alike(connection, name, gender)
    return sure[0] if sure else choose(connection, open_, role, company, least=ENOUGH)


def _new(connection: sqlite3.Connection, name: str, gender: Gender | None) -> int:
    """Somebody of this name: new, or known by it before and led elsewhere since."""
    parts = _words(name)
    person = _id(" ".join(parts))
    connection.execute(
        "insert into people (id, name, gender, surname) values (?, ?, ?, ?)"
        " on conflict (id) do update set became = null",
        (person, name, gender, surname(name)),
    )
    if len(parts) > 1:
        others = [(other, form) for other, form in bearers(connection, name, None) if other != person]
        alone = {other for other, form in others if len(_words(form)) == 1}
        fitting = {other for other, _ in bearers(connection, name, gender)}
        for other in sorted(alone & fitting) if len(alone) == len(others) else ():
            unite(connection, person, other, owner=False)
    return person


def _mention(
    connection: sqlite3.Connection, key_: tuple[int, int, str], printed: Name | None, when: int, *, again: bool
) -> None:
    """Notes that an article names a person so; `again` if it named the same person otherwise before."""
    article, person, name = key_
    count = 0 if printed is None else max(1, len(printed.spans))
    role, gender = (None, None) if printed is None else (printed.role, printed.gender)
    connection.execute(
        "insert into mentions (article, name, person, role, count, moment) values (?, ?, ?, ?, ?, ?)",
        (article, name, person, role, count, when),
    )
    new = not connection.execute(
        "update aliases set mentions = mentions + ? where folded = ? and person = ?",
        (count, " ".join(_words(name)), person),
    ).rowcount
    if new:
        _alias(connection, person, name, count)
    (shown,) = connection.execute(
        "update people set articles = articles + ?, mentions = mentions + ?, gender = coalesce(gender, ?),"
        " first = min(coalesce(first, ?), ?), last = max(coalesce(last, ?), ?) where id = ? returning name",
        (int(not again), count, gender, when, when, when, when, person),
    ).fetchall()[0]
    if shown != name:
        _show(connection, person)


def _alias(connection: sqlite3.Connection, person: int, name: str, count: int) -> None:
    parts = _words(name)
    connection.execute(
        "insert into aliases (folded, person, form, spelling, parts, mentions) values (?, ?, ?, ?, ?, ?)",
        (" ".join(parts), person, name, _key(name), len(parts), count),
    )
    _add_words(connection, person, " ".join(parts), _key(name))


def _show(connection: sqlite3.Connection, person: int) -> None:
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


def take_away(connection: sqlite3.Connection, article: int) -> None:
    """Nothing; forgets the mentions of an article. The people stay: their ids may stand in a message that was sent."""
    rows = connection.execute(
        "delete from mentions where article = ? returning person, name, count", (article,)
    ).fetchall()
    for person, name, count in rows:
        connection.execute(
            "update aliases set mentions = mentions - ? where folded = ? and person = ?",
            (count, " ".join(_words(name)), person),
        )
        connection.execute("update people set mentions = mentions - ? where id = ?", (count, person))
    for person in {row[0] for row in rows}:
        connection.execute(
            "update people set articles = articles - 1, first = (select min(moment) from mentions where person = ?),"
            " last = (select max(moment) from mentions where person = ?) where id = ?",
            (person, person, person),
        )


def unite(connection: sqlite3.Connection, person: int, other: int, *, owner: bool) -> None:
    """Nothing; all that was told of `other` is told of `person`, and its id leads there.

    With `owner` the names of `other` mean `person` for ever; a surname alone only if it had no other.
    """
    aliases = connection.execute(
        "delete from aliases where person = ? returning folded, form, spelling, parts, mentions, owner", (other,)
    ).fetchall()
    longest = max((row[3] for row in aliases), default=0)
    for folded, form, spelling, parts, mentions, fixed in aliases:
        connection.execute(
            "insert into aliases (folded, person, form, spelling, parts, mentions, owner) values (?, ?, ?, ?, ?, ?, ?)"
            " on conflict (folded, person) do update set mentions = aliases.mentions + excluded.mentions,"
            " owner = max(aliases.owner, excluded.owner)",
            (folded, person, form, spelling, parts, mentions, int(fixed or (owner and parts in (longest, 2, 3, 4)))),
        )
    connection.execute(
        "insert into name_words (word, person) select word, ? from name_words where person = ? on conflict do nothing",
        (person, other),
    )
    connection.execute("delete from name_words where person = ?", (other,))
    for table in ("mentions", "quotes"):
        connection.execute(f"update {table} set person = ? where person = ?", (person, other))
    connection.execute("update people set became = ? where became = ? or id = ?", (person, other, other))
    _recount(connection, person)
    _recount(connection, other)
    evidence.rename(connection, person, other)
    followers.lead(connection, person, other)
    _show(connection, person)


def part(connection: sqlite3.Connection, person: int, form: str) -> int:
    """Id of somebody else, whom this form of a person's name means from now on, at every re-read too."""
    parts = _words(form)
    folded = " ".join(parts)
    new = _id(folded) if _id(folded) != person else _id(f"{folded}/2")
    connection.execute(
        "insert into people (id, name, surname) values (?, ?, ?) on conflict (id) do update set became = null",
        (new, form, surname(form)),
    )
    connection.execute(
        "update aliases set person = ?, owner = 1 where folded = ? and person = ?", (new, folded, person)
    )
    for one in (person, new):
        connection.execute("delete from name_words where person = ?", (one,))
        for other, spelling in connection.execute(
            "select folded, spelling from aliases where person = ?", (one,)
        ).fetchall():
            _add_words(connection, one, other, spelling)
    names = {
        name
        for (name,) in connection.execute("select distinct name from mentions where person = ?", (person,))
        if _words(name) == parts
    }
    for name in sorted(names):
        connection.execute("update mentions set person = ? where person = ? and name = ?", (new, person, name))
        connection.execute("update quotes set person = ? where person = ? and speaker = ?", (new, person, name))
    evidence.rename(connection, new, person, names)
    for one in (person, new):
        _recount(connection, one)
        _show(connection, one)
    return new


def _recount(connection: sqlite3.Connection, person: int) -> None:
    connection.execute(
        "update people set (articles, mentions, first, last) = (select count(distinct article),"
        " coalesce(sum(count), 0), min(moment), max(moment) from mentions where person = ?) where id = ?",
        (person, person),
    )


def _id(folded: str) -> int:
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "big") >> 1


def _add_words(connection: sqlite3.Connection, person: int, folded: str, spelling: str) -> None:
    connection.executemany(
        "insert into name_words (word, person) values (?, ?) on conflict do nothing",
        [(word, person) for word in sorted({*folded.split(), *spelling.split()})],
    )
