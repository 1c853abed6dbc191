"""Who met whom, where, on which day, and how sure that is: one line a meeting, the proving sentence on tap."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import structs

from handlers import who
from handlers.coverage import covered
from handlers.reply import Block, Button, Evidence, Gap, Inline, Reply, Text, bold, say
from handlers.turn import number
from handlers.wording import count, day_words, link, listing, period_words, spread
from news.day import value
from news.place import is_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.turn import Turn
    from news.meeting import MeetingStatus
    from news.question import Question
    from store.meetings import StoredMeeting, Telling
    from store.people import Person

A_PAGE = 5
"""Meetings on one page: what fits a phone's screen with its evidence folded."""
MOST = 200
"""Meetings that are looked at for one answer."""

STATUS_WORDS: dict[MeetingStatus, str] = {
    "held": "held",
    "ongoing": "going on",
    "planned": "planned",
    "cancelled": "called off",
    "denied": "denied",
    "possible": "possible",
}
_FACT: tuple[MeetingStatus, ...] = ("held", "ongoing")


def met(turn: Turn) -> Reply:
    """The meetings that a question is about, the newest first; an honest no with the nearest where there are none."""
    question = _with_place(turn)
    turn = turn.asking(question)
    if not question.people and not question.place:
        return _whom(turn)
    found = [who.find(turn, name) for name in question.people]
    for place, one in enumerate(found):
        if one.choices:
            return who.ask_which(turn, one, place)
    if any(one.person is None for one in found):
        return who.unknown(turn, found)
    people = [one.person for one in found if one.person]
    if len({person.id for person in people}) < len(people):
        return _same(turn, people[0])
    meetings = _meetings(turn, people)
    if question.asked == "with":
        return _company(turn, found, people, meetings)
    if not meetings:
        return _none(turn, found, people)
    return _told(turn, found, people, meetings)


def _with_place(turn: Turn) -> Question:
    """The question with a side that is a place and nobody's name put where places go: "who visited Kyiv"."""
    question = turn.question
    places = [name for name in question.people if is_place(name.title()) and not turn.store.people.find(name, limit=1)]
    if not places or question.place:
        return question
    return structs.replace(
        question, people=tuple(name for name in question.people if name not in places), place=places[0]
    )


def _meetings(turn: Turn, people: Sequence[Person]) -> list[StoredMeeting]:
    question = turn.question
    found = turn.store.meetings.find(
        [person.id for person in people],
        first=question.first,
        last=question.last,
        place=question.place or None,
        kinds=("call",) if question.call else (),
        limit=MOST,
    )
    meetings = sorted(found, key=lambda meeting: meeting.status not in _FACT)
    if question.asked == "with":
        return meetings
    if question.order in {"last", "first"}:
        meetings = [meeting for meeting in meetings if meeting.status in _FACT] or meetings
    if question.order == "next":
        meetings = [meeting for meeting in meetings if meeting.status == "planned"]
    if question.order == "first":
        meetings.reverse()
    return meetings[:1] if question.order else meetings


def _told(turn: Turn, found: Sequence[who.Found], people: Sequence[Person], meetings: Sequence[StoredMeeting]) -> Reply:
    shown = meetings[turn.page * A_PAGE : (turn.page + 1) * A_PAGE]
    blocks: list[Block] = [*who.note(found), say(*_first_line(turn, people, meetings)), Gap()]
    for meeting in shown:
        blocks += lines(meeting, people)
    disputed = [meeting for meeting in shown if meeting.disputed]
    if disputed:
        blocks.append(say("The sources contradict each other; tap the evidence to see how."))
    return Reply(
        blocks=tuple(blocks),
        buttons=_buttons(turn, people, more=len(meetings) > (turn.page + 1) * A_PAGE),
        kind="met",
        context=turn.context,
        facts={"corrections": who.corrections(found), "meetings": [facts(meeting) for meeting in meetings]},
    )


def _first_line(turn: Turn, people: Sequence[Person], meetings: Sequence[StoredMeeting]) -> tuple[str | Text, ...]:
    """The line that answers: who, whether, when, where or how often."""
    question = turn.question
    sure = [meeting for meeting in meetings if meeting.status in _FACT]
    names = listing([person.name for person in people])
    when = period_words(question)
    first = (sure or meetings)[0]
    if question.asked == "often":
        return (bold(f"{count(len(sure), 'meeting')} of {names}"), f"{when} in what I keep.")
    if question.asked == "when":
        said = day_words(first.day)
        return (bold(f"{said[:1].upper()}{said[1:]}"), f": {_deed(first)}{_where(first)}.")
    if question.asked == "where":
        return (bold(first.place or "No place is named"), f", {day_words(first.day)}: {_deed(first)}.")
    if len(people) > 1:
        return _whether(people, sure, meetings, when)
    return _who(people, sure, meetings, when, question)


def _whether(
    people: Sequence[Person], sure: Sequence[StoredMeeting], meetings: Sequence[StoredMeeting], when: str
) -> tuple[str | Text, ...]:
    names = listing([person.name for person in people])
    in_person = [meeting for meeting in sure if meeting.kind != "call"]
    if in_person:
        times = "" if len(in_person) == 1 else f", {count(len(in_person), 'time')} in what I keep"
        return (bold("Yes"), f": {names} met{_dated(in_person[0])}{_where(in_person[0])}{times}.")
    if sure:
        return (bold("Not in person"), f" in what I keep{when}; {names} spoke by phone{_dated(sure[0])}.")
    status = meetings[0].status
    word = {"planned": "Planned", "denied": "No, it is denied", "cancelled": "Called off"}.get(status, "Not surely")
    return (bold(word), f": {_deed(meetings[0])}{_dated(meetings[0])}{_where(meetings[0])}.")


def _who(
    people: Sequence[Person],
    sure: Sequence[StoredMeeting],
    meetings: Sequence[StoredMeeting],
    when: str,
    question: Question,
) -> tuple[str | Text, ...]:
    in_person = [meeting for meeting in sure if (meeting.kind == "call") == question.call]
    counted = in_person or sure or meetings
    others = Counter(name for meeting in counted for name in _others(meeting, people))
    names = [f"{name} ({times}×)" if times > 1 else name for name, times in others.most_common(6)]
    more = len(others) - len(names)
    listed = listing([*names, f"{more} more"] if more > 0 else names)
    where = f" in {question.place}" if question.place else ""
    if not people:
        return (bold(listed), f" met{where}{when}.")
    verb = "spoke by phone with" if all(meeting.kind == "call" for meeting in counted) else "met"
    verb = verb if sure else {"planned": "will meet, it is planned,"}.get(meetings[0].status, "may have met")
    return (bold(listed or "Nobody named"), f" {verb} {people[0].name}{where}{when}.")


def _company(
    turn: Turn, found: Sequence[who.Found], people: Sequence[Person], meetings: Sequence[StoredMeeting]
) -> Reply:
    """Who was at somebody's side, and whom he sat with."""
    accompanied = [meeting for meeting in meetings if meeting.delegation and meeting.status in _FACT]
    if not accompanied:
        asked = structs.replace(turn.question, asked="who")
        return _told(turn.asking(asked), found, people, meetings) if meetings else _none(turn, found, people)
    latest = accompanied[0]
    with_him = listing(latest.delegation)
    verb = "was" if len(latest.delegation) == 1 else "were"
    across = listing([name for name in latest.people if name not in {person.name for person in people}])
    line = (
        bold(with_him),
        f" {verb} there{_where(latest)}{_dated(latest)}, when {listing([p.name for p in people])} met {across}.",
    )
    blocks: list[Block] = [*who.note(found), say(*line), Gap()]
    for meeting in accompanied[:A_PAGE]:
        blocks += lines(meeting, people)
    return Reply(
        blocks=tuple(blocks),
        buttons=_buttons(turn, people, more=False),
        kind="met",
        context=turn.context,
        facts={"corrections": who.corrections(found), "meetings": [facts(meeting) for meeting in accompanied]},
    )


def lines(meeting: StoredMeeting, people: Sequence[Person]) -> tuple[Block, ...]:
    """A meeting as one line, with the sentence that proves it on tap."""
    parts = (
        bold(day_words(meeting.day)),
        summary(meeting, people),
        sure(meeting),
        count(meeting.sources, "source"),
    )
    evidence = [Evidence((Text(_telling(meeting).sentence), Text(" — "), _source(meeting)), folded=True)]
    for telling in meeting.evidence if meeting.disputed else ():
        if telling.status != meeting.status and telling is not _telling(meeting):
            said = (Text(telling.sentence), Text(" — "), link(telling.title, telling.url))
            evidence.append(Evidence(said, folded=True))
    return (say(*spread(parts)), *evidence[:3])


def sure(meeting: StoredMeeting) -> str:
    """How sure a meeting is: held, planned, denied …, and what the sources dispute."""
    status = STATUS_WORDS[meeting.status]
    return f"{status}, {listing([f'disputed: {word}' for word in meeting.disputed])}" if meeting.disputed else status


def summary(meeting: StoredMeeting, people: Sequence[Person]) -> str:
    """Who, where and what kind, those asked about first: "Putin and Witkoff · Moscow"."""
    asked = {person.name for person in people}
    sides = listing([*(name for name in meeting.people if name in asked), *_others(meeting, people)])
    kind = {"call": "phone call", "encounter": "encounter"}.get(meeting.kind)
    return " · ".join(part for part in (sides, meeting.place, kind) if part)


def _telling(meeting: StoredMeeting) -> Telling:
    return next((t for t in meeting.evidence if t.sentence == meeting.sentence), meeting.evidence[0])


def _source(meeting: StoredMeeting) -> Inline:
    telling = _telling(meeting)
    return link(telling.title, telling.url)


def _others(meeting: StoredMeeting, people: Iterable[Person]) -> list[str]:
    asked = {person.name for person in people} | {alias for person in people for alias in person.aliases}
    return [name for name in (*meeting.people, *meeting.organisations) if name not in asked]


def _deed(meeting: StoredMeeting) -> str:
    names = listing([*meeting.people, *meeting.organisations])
    talk = meeting.kind == "call"
    return {
        "held": f"{names} {'spoke by phone' if talk else 'met'}",
        "ongoing": f"{names} are {'speaking' if talk else 'meeting'}",
        "planned": f"{names} are to {'speak' if talk else 'meet'}",
        "cancelled": f"a meeting of {names} was called off",
        "denied": f"a meeting of {names} is denied",
        "possible": f"{names} may {'speak' if talk else 'meet'}",
    }[meeting.status]


def _dated(meeting: StoredMeeting) -> str:
    if meeting.day is None:
        return " (undated)"
    return f" {'on' if meeting.day.precision == 'day' else 'in'} {day_words(meeting.day)}"


def _where(meeting: StoredMeeting) -> str:
    return f" in {meeting.place}" if meeting.place else ""


def _buttons(turn: Turn, people: Sequence[Person], *, more: bool) -> tuple[tuple[Button, ...], ...]:
    rows = [turn.pager(more)]
    if len(people) == 1:
        person = number(people[0].id)
        rows.append((turn.press("Quotes", "said", person), turn.press("Timeline", "timeline", person)))
        rows.append((Button("As a picture", press=f"picture|timeline|{person}"), turn.press("🔔 Follow", "follow")))
    elif people:
        rows.append(tuple(turn.press(f"All of {person.name}", "met", number(person.id)) for person in people))
    return tuple(row for row in rows if row)


def _none(turn: Turn, found: Sequence[who.Found], people: Sequence[Person]) -> Reply:
    """The honest no: what is covered, and the nearest there is."""
    question = turn.question
    names = listing([person.name for person in people]) or "anybody"
    where = f" in {question.place}" if question.place else ""
    kind = "phone call" if question.call else "meeting"
    blocks: list[Block] = [
        *who.note(found),
        say(bold("No"), f": I keep no {kind} of {names}{where}{period_words(question)}."),
        covered(turn, *(person.id for person in people)),
    ]
    nearest = _nearest(turn, people)
    if nearest:
        blocks += [Gap(), say("Closest:"), *(line for meeting in nearest for line in lines(meeting, people))]
    return Reply(
        blocks=tuple(blocks),
        buttons=_buttons(turn, people, more=False),
        kind="met",
        context=turn.context,
        facts={"corrections": who.corrections(found), "meetings": []},
    )


def _nearest(turn: Turn, people: Sequence[Person]) -> tuple[StoredMeeting, ...]:
    """The same people at another time or place; else the latest meeting of each of them."""
    ids = [person.id for person in people]
    same = turn.store.meetings.find(ids, limit=2) if ids else ()
    if same:
        return same
    latest = [turn.store.meetings.find([id_], status=_FACT, limit=1) for id_ in ids]
    return tuple(dict.fromkeys(meeting for found in latest for meeting in found))


def _whom(turn: Turn) -> Reply:
    people = turn.store.people.top(3)
    return Reply(
        blocks=(say("Whom do you mean? Name somebody, as in: who met ", people[0].name if people else "Putin", "?"),),
        buttons=tuple((turn.press(person.name, "met", number(person.id)),) for person in people),
        kind="met",
        context=turn.context,
        facts={"meetings": []},
    )


def _same(turn: Turn, person: Person) -> Reply:
    return Reply(
        blocks=(say("Both names mean ", bold(person.name), ". Name two people, as in: did Witkoff meet Putin?"),),
        buttons=((turn.press(f"All meetings of {person.name}", "met", number(person.id)),),),
        kind="met",
        context=turn.context,
        facts={"meetings": []},
    )


def facts(meeting: StoredMeeting) -> dict[str, object]:
    """A meeting for the machine-readable face."""
    return {
        "people": list(meeting.people),
        "organisations": list(meeting.organisations),
        "delegation": list(meeting.delegation),
        "day": value(meeting.day) if meeting.day else None,
        "place": meeting.place,
        "kind": meeting.kind,
        "status": meeting.status,
        "sentence": meeting.sentence,
        "articles": list(meeting.urls),
        "sources": meeting.sources,
    }
