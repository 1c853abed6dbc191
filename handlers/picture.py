"""Meetings as a picture: a timeline of one person's, or the network of who met whom."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from handlers import who
from handlers.desk import Request
from handlers.met import IN_PERSON, STATUS_WORDS
from handlers.met_words import FACT, others, tally
from handlers.reply import Picture, Reply, say
from handlers.turn import Turn, id_of
from handlers.wording import count, day_words, listing, moment_words
from news.picture import Row, Tie, network, png, timeline
from news.question import Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.desk import Desk
    from store.meetings import StoredMeeting
    from store.people import Person

ROWS = 10
"""Meetings in a timeline; with more it could not be read on a phone."""
IN_WORDS = 4
"""Meetings that its caption tells."""
PEOPLE = 18
"""People in a network."""
MOST = 300
"""Meetings that a network is drawn from, the newest."""


def draw(kind: str, words: str, desk: Desk, now: datetime, *, dark: bool = False) -> bytes | None:
    """PNG of a "timeline" of somebody's meetings, or of the "network" (around somebody where named); None for none."""
    turn = Turn(Question(kind="help"), Request(now=now, chat=0, place="terminal"), desk, 0)
    person = who.find(turn, words).person if words.strip() else None
    if kind == "network":
        return _network(desk, person, dark=dark)
    return _timeline(desk, person, dark=dark) if person else None


def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:  # noqa: ARG001
    """The picture that a button asks for, with words for who cannot see it."""
    person = desk.store.people.get(id_of(arguments[1])) if len(arguments) == 2 else None
    kind = arguments[0] if arguments else ""
    if person is None or kind not in {"timeline", "network"}:
        return Reply(toast="This list is old. Ask again and there will be a fresh one.")
    drawn = _network(desk, person) if kind == "network" else _timeline(desk, person)
    if drawn is None:
        return Reply(blocks=(say(f"I keep no meetings of {person.name}."),), kind="picture")
    return Reply(picture=Picture(drawn, _described(desk, person, kind)), kind="picture")


def _described(desk: Desk, person: Person, kind: str) -> str:
    """The picture in words."""
    if kind == "network":
        return f"Whom {person.name} met, and who of them met each other, in what I keep."
    meetings = desk.store.meetings.find([person.id], limit=MOST)
    lines = [f"{listing(others(meeting, [person])[:2])} ({_said(meeting)})" for meeting in meetings[:IN_WORDS]]
    return f"{person.name}: {tally(meetings)}. The newest: {'; '.join(lines)}."


def _said(meeting: StoredMeeting) -> str:
    status = "" if meeting.status in FACT else f", {STATUS_WORDS[meeting.status]}"
    return f"{_day(meeting)}{', by phone' if meeting.kind == 'call' else ''}{status}"


def _timeline(desk: Desk, person: Person, *, dark: bool = False) -> bytes | None:
    meetings = desk.store.meetings.find([person.id], limit=MOST)
    if not meetings:
        return None
    under = [tally(meetings), _subtitle(desk)]
    under += [f"Shown: the newest {ROWS} of {len(meetings)}"] if len(meetings) > ROWS else []
    rows = tuple(_row(one, person) for one in meetings[:ROWS])
    return png(timeline(person.name, "\n".join(under), rows, dark=dark))


def _row(meeting: StoredMeeting, person: Person) -> Row:
    kind = {"call": "phone call", "encounter": "encounter"}.get(meeting.kind)
    status = meeting.status if meeting.status not in FACT else None
    rest = [part for part in (meeting.place, kind, status, count(meeting.sources, "source")) if part]
    return Row(_day(meeting), ", ".join(others(meeting, [person])), " · ".join(rest), meeting.status)


def _day(meeting: StoredMeeting) -> str:
    """The day without its weekday, for which a phone has no room."""
    words = day_words(meeting.day)
    return words.partition(" ")[2] if meeting.day and meeting.day.precision == "day" else words


def _network(desk: Desk, person: Person | None, *, dark: bool = False) -> bytes | None:
    meetings = desk.store.meetings.find([person.id] if person else (), status=FACT, kinds=IN_PERSON, limit=MOST)
    near = Counter(name for meeting in meetings for name in meeting.people)
    shown = {name for name, _ in near.most_common(PEOPLE)}
    if person:
        ids = {id_ for meeting in meetings for id_ in meeting.people_ids if id_}
        meetings = tuple(
            {
                one.id: one
                for id_ in ids
                for one in desk.store.meetings.find([id_], status=FACT, kinds=IN_PERSON, limit=40)
            }.values()
        )
    ties = _ties(meetings, shown)
    if not ties:
        return None
    title = f"Whom {person.name} met" if person else "Who met whom"
    return png(network(title, _subtitle(desk), ties, dark=dark))


def _ties(meetings: Sequence[StoredMeeting], shown: set[str]) -> tuple[Tie, ...]:
    pairs: Counter[tuple[str, str]] = Counter()
    for meeting in meetings:
        there = sorted(name for name in meeting.people if name in shown)
        pairs.update(combinations(there, 2))
    return tuple(Tie(one, other, times) for (one, other), times in sorted(pairs.items()))


def _subtitle(desk: Desk) -> str:
    coverage = desk.store.articles.coverage()
    upto = f", up to {moment_words(coverage.last)}" if coverage.last else ""
    return f"From {count(coverage.count, 'article')}{upto}"
