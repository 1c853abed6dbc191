"""Whether two names mean one human, and which of several a name means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from news.text import words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

MARGIN = 1.0
"""By how much the best must lead before a surname alone is given to one of several."""


def spelling(name: str) -> str:
    """Key of a name, the same for its transliterations."""
    return " ".join(words(name))


def surname(name: str) -> str:
    """Key of the last part of a name."""
    parts = words(name)
    return parts[-1] if parts else ""


def compatible(one: str, other: str) -> bool:
    """Whether two full names can only mean one human."""
    return words(one) == words(other)


def choose(
    connection: sqlite3.Connection, candidates: Sequence[int], role: str | None, company: frozenset[int]
) -> int | None:
    """Who of the candidates is meant, by role and company and by how often each is told of; None where that is open.

    Somebody who is in the article under a full name is meant by the surname.
    """
    present = [person for person in candidates if person in company]
    if present:
        return present[0]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    scores = sorted(((_score(connection, person, role, company), -person) for person in candidates), reverse=True)
    (best, person), (second, _) = scores[:2]
    return -person if best >= second + MARGIN else None


def _score(connection: sqlite3.Connection, person: int, role: str | None, company: frozenset[int]) -> float:
    (articles,) = connection.execute("select articles from people where id = ?", (person,)).fetchone()
    score = math.log10(1 + articles)
    if role is not None:
        roles = connection.execute(
            "select distinct role from mentions where person = ? and role is not null limit 50", (person,)
        ).fetchall()
        score += 2.0 * (max((fuzz.token_set_ratio(role, known) for (known,) in roles), default=0.0) >= 80.0)
    for companion in company:
        together = connection.execute(
            "select 1 from mentions a join mentions b on a.article = b.article where a.person = ? and b.person = ? limit 1",
            (companion, person),
        ).fetchone()
        score += 0.5 * (together is not None)
    return score
