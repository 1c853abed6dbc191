"""How a meeting is put into words: who, where, on which day, how sure; and the line that answers the question."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handlers.reply import Text, bold
from handlers.wording import at_place, count, day_words, listing, moment_words, period_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.turn import Turn
    from news.meeting import MeetingStatus
    from news.question import Question
    from store.meetings import StoredMeeting
    from store.people import Person

FACT: tuple[MeetingStatus, ...] = ("held", "ongoing")
"""What happened, unlike what is planned, denied or possible."""
MOST_NAMES = 6
"""Names in the first line of an answer."""

Pieces = tuple[str | Text, ...]


def rank(meeting: StoredMeeting, question: Question) -> tuple[int, bool]:
    """How near a meeting is to what was asked, best first: what happened, in person unless calls count, with a day."""
    happened = meeting.status in FACT
    counts = question.talk or (meeting.kind == "call") == question.call
    if question.order == "coming" and meeting.status == "planned":
        return -1, meeting.day is None
    level = (0 if counts else 1) if happened else 3 if meeting.status in {"denied", "cancelled"} else 2
    return level, meeting.day is None and not question.talk


def first_line(turn: Turn, people: Sequence[Person], meetings: Sequence[StoredMeeting]) -> Pieces:
    """The line that answers: who, whether, when, where or how often. `meetings` is not empty, the best first."""
    question = turn.question
    if question.asked == "often":
        return _often(people, meetings, question)
    if question.asked == "when":
        return _when(turn, people, meetings[0])
    if question.asked == "where":
        return _where_line(people, meetings)
    if len(people) > 1:
        return _whether(people, meetings, question)
    if not people:
        return _all(meetings, question)
    return _who(people[0], meetings, question)


def _often(people: Sequence[Person], meetings: Sequence[StoredMeeting], question: Question) -> Pieces:
    held = [meeting for meeting in meetings if meeting.status in FACT]
    calls = sum(meeting.kind == "call" for meeting in held)
    parts = []
    if not question.call and (len(held) > calls or not calls):
        parts.append(count(len(held) - calls, "meeting"))
    if calls or question.call:
        parts.append(count(calls, "phone call"))
    return (bold(listing(parts)), f" of {names_of(people)}{period_words(question)}, in what I keep.")


def _when(turn: Turn, people: Sequence[Person], first: StoredMeeting) -> Pieces:
    told = f"{deed(first, people)}{where(first)}."
    if first.day is None:
        return (bold("No day is told"), f": {told} The article is of {moment_words(first.moment, turn.zone)}.")
    said = day_words(first.day)
    return (bold(f"{said[:1].upper()}{said[1:]}"), f": {told}")


def _where_line(people: Sequence[Person], meetings: Sequence[StoredMeeting]) -> Pieces:
    best = rank_of_first(meetings)
    first = next((meeting for meeting in best if meeting.place), meetings[0])
    return (bold(first.place or "No place is told"), f", {day_words(first.day)}: {deed(first, people)}.")


def rank_of_first(meetings: Sequence[StoredMeeting]) -> list[StoredMeeting]:
    """The meetings that are as sure and of the same kind as the first one."""
    first = meetings[0]
    return [one for one in meetings if (one.status in FACT, one.kind) == (first.status in FACT, first.kind)]


def _whether(people: Sequence[Person], meetings: Sequence[StoredMeeting], question: Question) -> Pieces:
    names = names_of(people)
    happened = [meeting for meeting in meetings if meeting.status in FACT]
    calls = [meeting for meeting in happened if meeting.kind == "call"]
    wanted = happened if question.talk else calls if question.call else [m for m in happened if m.kind != "call"]
    planned = meetings[0].status == "planned"
    if wanted and not planned:
        times = "" if len(wanted) == 1 else f" {len(wanted)} times in what I keep, the last time"
        verb = "spoke by phone" if wanted[0].kind == "call" else "met"
        return (bold("Yes"), f": {names} {verb}{times}{dated(wanted[0])}{where(wanted[0])}.")
    if calls and not planned:
        last = ", the last one" if len(calls) > 1 else ""
        told = count(len(calls), "phone call") if len(calls) > 1 else "a phone call"
        return (bold("Not in person"), f": I keep only {told} of {names}{last}{dated(calls[0])}.")
    if happened and not planned:
        return (bold("No phone call"), f": {names} met in person{dated(happened[0])}{where(happened[0])}.")
    if meetings[0].status == "denied":
        return (bold("No"), f": a meeting of {names}{dated(meetings[0])}{where(meetings[0])} is denied.")
    words = {"planned": "Planned", "cancelled": "Called off"}
    word = words.get(meetings[0].status, "Not surely")
    return (bold(word), f": {deed(meetings[0], people)}{dated(meetings[0])}{where(meetings[0])}.")


def _who(person: Person, meetings: Sequence[StoredMeeting], question: Question) -> Pieces:
    best = rank(meetings[0], question)[0]
    counted = [meeting for meeting in meetings if rank(meeting, question)[0] == best]
    met = Counter(name for meeting in counted for name in others(meeting, [person]))
    names = [f"{name} ({times}×)" if times > 1 else name for name, times in met.most_common(MOST_NAMES)]
    more = len(met) - len(names)
    listed = listing([*names, f"{more} more"] if more > 0 else names)
    verb = "spoke by phone with" if all(meeting.kind == "call" for meeting in counted) else "met"
    if counted[0].status not in FACT:
        verb = _not_done(counted[0].status, "is" if len(names) == 1 else "are")
    at = at_place(question.place) if question.place else ""
    return (bold(listed or "Nobody named"), f" {verb} {person.name}{at}{period_words(question)}.")


def _not_done(status: MeetingStatus, be: str) -> str:
    """The verb of those who have not met."""
    return {
        "planned": f"{be} to meet",
        "denied": f"{be} said not to have met",
        "cancelled": f"{'was' if be == 'is' else 'were'} to meet, before it was called off,",
    }.get(status, "may have met")


def _all(meetings: Sequence[StoredMeeting], question: Question) -> Pieces:
    at = at_place(question.place) if question.place else ""
    when = period_words(question)
    happened = [meeting for meeting in meetings if meeting.status in FACT] or list(meetings)
    if len(happened) == 1:
        return (
            bold(listing(sides(happened[0], ()))),
            f" {verb_of(happened[0])}{at or where(happened[0])}{dated(happened[0])}.",
        )
    kinds = "meetings" if any(meeting.kind != "call" for meeting in happened) else "phone calls"
    planned = "planned " if question.order == "next" else ""
    return (bold(f"{len(happened)} {planned}{kinds}{at}{when}"), ", the newest first:")


def tally(meetings: Sequence[StoredMeeting]) -> str:
    """How many there are of each sort: "8 meetings, 4 phone calls, 1 planned, 1 denied"."""
    held = [meeting for meeting in meetings if meeting.status in FACT]
    calls = sum(meeting.kind == "call" for meeting in held)
    parts = [count(len(held) - calls, "meeting")] if len(held) > calls else []
    parts += [count(calls, "phone call")] if calls else []
    other = Counter("called off" if one.status == "cancelled" else one.status for one in meetings if one not in held)
    return ", ".join([*parts, *(f"{number} {status}" for status, number in other.items())]) or "no meeting"


def verb_of(meeting: StoredMeeting) -> str:
    """What the sides did, or are said to do: "met", "are to speak"."""
    talk = meeting.kind == "call"
    return {
        "held": "spoke by phone" if talk else "met",
        "ongoing": "are speaking" if talk else "are meeting",
        "planned": f"are to {'speak' if talk else 'meet'}",
        "possible": f"may {'speak' if talk else 'meet'}",
    }.get(meeting.status, "were to meet")


def deed(meeting: StoredMeeting, people: Sequence[Person] = ()) -> str:
    """Who met, as a sentence without its day and place; those asked about alone where two are."""
    names = names_of(people) if len(people) > 1 else listing(sides(meeting, people))
    if meeting.status == "cancelled":
        return f"a meeting of {names} was called off"
    if meeting.status == "denied":
        return f"a meeting of {names} is denied"
    return f"{names} {verb_of(meeting)}"


def sides(meeting: StoredMeeting, people: Iterable[Person]) -> list[str]:
    """Those who met, those asked about first."""
    asked = {person.name for person in people}
    return [*(name for name in meeting.people if name in asked), *others(meeting, people)]


def others(meeting: StoredMeeting, people: Iterable[Person]) -> list[str]:
    """Those who met, without those asked about."""
    asked = {name for person in people for name in (person.name, *person.aliases)}
    return [name for name in (*meeting.people, *meeting.organisations) if name not in asked]


def names_of(people: Sequence[Person]) -> str:
    """The people in a row, "anybody" where there are none."""
    return listing([person.name for person in people]) or "anybody"


def dated(meeting: StoredMeeting) -> str:
    """The day of a meeting, as words that follow: " on Fri 25 Apr 2025", " (undated)"."""
    if meeting.day is None:
        return " (undated)"
    return f" {'in' if meeting.day.precision in _LONG else 'on'} {day_words(meeting.day)}"


_LONG = frozenset({"week", "month", "quarter", "year"})


def where(meeting: StoredMeeting) -> str:
    """The place of a meeting, as words that follow: " in Moscow", "" for none."""
    return at_place(meeting.place) if meeting.place else ""
