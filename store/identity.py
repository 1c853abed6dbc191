"""Whether two names mean one human, and which of several a name means, by what the archive knows of them."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from news.name_links import last_name
from news.spelling import key, same_person, word_key
from news.text import words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from news.person import Gender

MARGIN = 1.0
"""By how much the best must lead before a name is given to one of several: told of ten times as often, or known by the
role or by two companions."""

ENOUGH = 2.0
"""What must speak for it before two names that may or may not be one person's are taken for one."""

MOST = 100
"""Bearers of one surname that are compared, those told of most."""

_NUMBER = re.compile(r"(?<=\w)\s+[IVX]+$")

_LIKE = 80.0
"""rapidfuzz's token_set_ratio, 0 to 100, from which roles are one: "minister", "Polish minister"."""


@lru_cache(maxsize=1 << 14)
def surname(name: str) -> str:
    """Key of the family name; of the name before its number for popes and kings ("Leo XIV")."""
    last = last_name(_NUMBER.sub("", name))
    return word_key(last) or " ".join(words(last))


def bearers(connection: sqlite3.Connection, name: str, gender: Gender | None) -> list[tuple[int, str]]:
    """Ids and names of those who bear the family name of this name, unless of the other gender; most told of first."""
    rows = connection.execute(
        "select id, name, gender from people where surname = ? and became is null order by articles desc, id limit ?",
        (surname(name), MOST),
    ).fetchall()
    return [(id_, other) for id_, other, theirs in rows if not (gender and theirs and gender != theirs)]


def alike(connection: sqlite3.Connection, name: str, gender: Gender | None) -> tuple[list[int], list[int]]:
    """Ids of those whose name can only mean the same human as this full name, and of those whose name may."""
    spelt = connection.execute(
        "select a.person, a.form, p.gender from aliases a join people p on p.id = a.person"
        " where a.spelling = ? and p.became is null order by p.articles desc, p.id limit ?",
        (key(name), MOST),
    ).fetchall()
    known = [(id_, form) for id_, form, theirs in spelt if not (gender and theirs and gender != theirs)]
    sure: dict[int, None] = {}
    open_: dict[int, None] = {}
    for person, form in (*known, *bearers(connection, name, gender)):
        if len(words(form)) < 2:
            continue
        verdict = same_person(name, form)
        if verdict:
            sure.setdefault(person)
        elif verdict is None:
            open_.setdefault(person)
    return list(sure), [person for person in open_ if person not in sure]


def choose(
    connection: sqlite3.Connection,
    candidates: Iterable[int],
    role: str | None,
    company: Collection[int],
    least: float = 0.0,
) -> int | None:
    """Who is meant, by role and company and by how often each is told of; None where that is open.

    Whoever is in the article under a full name is meant by the surname. `least` is what must speak for the best, beside
    how often they are told of.
    """
    people = list(candidates)
    for person in people:
        if person in company:
            return person
    scores = []
    for person in people:
        fame, evidence = _fame(connection, person), _evidence(connection, person, role, company)
        if evidence >= least:
            scores.append((fame + evidence, -person))
    scores.sort(reverse=True)
    if not scores or (len(scores) > 1 and scores[0][0] < scores[1][0] + MARGIN):
        return None
    return -scores[0][1]


def _fame(connection: sqlite3.Connection, person: int) -> float:
    (articles,) = connection.execute("select articles from people where id = ?", (person,)).fetchone()
    return math.log10(1 + max(0, articles))


def _evidence(connection: sqlite3.Connection, person: int, role: str | None, company: Collection[int]) -> float:
    """What speaks for a person: 2 for the role, 0.75 for each companion known, 2.25 at most."""
    score = 0.0
    if role is not None:
        roles = connection.execute(
            "select distinct role from (select role from mentions where person = ? order by moment desc limit 200)"
            " where role is not null",
            (person,),
        ).fetchall()
        score += 2.0 * any(fuzz.token_set_ratio(role.lower(), known.lower()) >= _LIKE for (known,) in roles)
    if not company:
        return score
    marks = ", ".join("?" * len(company))
    (together,) = connection.execute(
        f"select count(distinct person) from mentions where person in ({marks}) and article in"
        " (select article from mentions where person = ? order by moment desc limit 200)",
        (*company, person),
    ).fetchone()
    return score + min(2.25, 0.75 * int(together))
