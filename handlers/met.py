"""Who met whom, where, on which day, and how sure that is: one line a meeting, the proving sentence on tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from handlers import links, who, wrong
from handlers.coverage import covered
from handlers.met_words import FACT, dated, first_line, names_of, others, rank, sides, where
from handlers.reply import Block, Button, Evidence, Gap, Inline, Reply, Text, bold, say
from handlers.turn import number
from handlers.wording import at_place, count, day_words, link, listing, moment_words, period_words, spread
from news.day import value
from news.place import is_country, is_place, near_places, same_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.turn import Turn
    from news.meeting import MeetingKind, MeetingStatus
    from news.question import Question
    from news.story import Story
    from store.meetings import StoredMeeting
    from store.people import Person

A_PAGE = 5
"""Meetings on one page: what fits a phone's screen with its evidence folded."""
OF_STATES = 1000
"""Newest meetings among which those of states are looked for."""
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
IN_PERSON: tuple[MeetingKind, ...] = ("meeting", "encounter")


def met(turn: Turn) -> Reply:
    """The meetings that a question is about, the newest first; an honest no with the nearest where there are none."""
    told = _of_states(turn)
    if told:
        return told
    question = _with_place(turn)
    turn = turn.asking(question)
    found, doubt = who.settled(turn, question.people)
    if doubt:
        return doubt
    people = [one.person for one in found if one.person]
    if len({person.id for person in people}) < len(people):
        return _same(turn, people[0])
    meetings = _meetings(turn, people)
    if not meetings and question.place and (mended := _with_place_mended(turn, people)):
        return mended
    if question.asked == "with":
        return _company(turn, found, people, meetings)
    if not meetings:
        return _none(turn, found, people)
    return _told(turn, found, people, meetings)


def _of_states(turn: Turn) -> Reply | None:
    """The meetings of states, where the sides asked about are states and nobody's names; None for other questions."""
    question = turn.question
    names = question.people
    if not names or question.visit or not all(is_country(name.title()) for name in names):
        return None
    every = turn.store.meetings.find(
        first=question.first, last=question.last, place=question.place or None, limit=OF_STATES
    )
    meetings = [
        one for one in every if all(any(same_place(name, side) for side in one.organisations) for name in names)
    ]
    if not meetings and len(names) == 1:
        return None
    asked = question.asked if question.asked in {"when", "where"} else "who"
    turn = turn.asking(structs.replace(question, asked=asked))
    if meetings:
        return _told(turn, [], [], sorted(meetings, key=lambda meeting: rank(meeting, question)))
    states = listing([name.title() if name == name.lower() else name for name in names])
    no = say(bold("No"), f": I keep no meeting of {states}{period_words(question)}.")
    return Reply(blocks=(no, covered(turn)), kind="met", context=turn.context, facts={"meetings": []})


def _with_place(turn: Turn) -> Question:
    """The question with a side that is a place and nobody's name put where places go: "who visited Kyiv"."""
    question = turn.question
    places = [name for name in question.people if is_place(name.title()) and not turn.store.people.find(name, limit=1)]
    if not places or question.place:
        return question
    return structs.replace(
        question, people=tuple(name for name in question.people if name not in places), place=places[0]
    )


def _with_place_mended(turn: Turn, people: Sequence[Person]) -> Reply | None:
    """The answer for the place that a slip hides, where somebody met there, with a word on it; else None."""
    written = turn.question.place
    for place in near_places(written):
        there = turn.asking(structs.replace(turn.question, place=place))
        if _meetings(there, people):
            reply = met(there)
            people_mended = reply.facts.get("corrections")
            mended = [*(people_mended if isinstance(people_mended, list) else []), [written, place]]
            note = say("Showing ", bold(place), f" (you wrote {written})")
            return structs.replace(reply, blocks=(note, *reply.blocks), facts={**reply.facts, "corrections": mended})
    return None


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
    meetings = list(found)
    if question.order == "next":
        return [meeting for meeting in meetings if meeting.status == "planned" and lies_ahead(turn, meeting)]
    if question.order == "first":
        meetings.reverse()
    meetings.sort(key=lambda meeting: rank(meeting, question))
    return meetings[:1] if question.order in {"first", "last"} else meetings


def lies_ahead(turn: Turn, meeting: StoredMeeting) -> bool:
    """Whether a planned meeting may still come: seen from today, or from the newest article where that is older."""
    newest = turn.store.articles.coverage().last
    today = min(turn.request.now, newest or turn.request.now).date()
    return bool(turn.question.first or turn.question.last) or meeting.day is None or meeting.day.last >= today


def _told(turn: Turn, found: Sequence[who.Found], people: Sequence[Person], meetings: Sequence[StoredMeeting]) -> Reply:
    shown = meetings[turn.page * A_PAGE : (turn.page + 1) * A_PAGE]
    blocks: list[Block] = [*who.note(found), say(*first_line(turn, people, meetings)), Gap()]
    for meeting in shown:
        blocks += lines(meeting, people)
    disputed = [meeting for meeting in shown if meeting.disputed]
    if disputed:
        blocks.append(say("The sources contradict each other; tap the evidence to see how."))
    return Reply(
        blocks=tuple(blocks),
        buttons=(*_buttons(turn, people, more=len(meetings) > (turn.page + 1) * A_PAGE), *_link(turn, meetings)),
        kind="met",
        context=turn.context,
        facts={"corrections": who.corrections(found), "meetings": [facts(meeting) for meeting in meetings]},
    )


def _company(
    turn: Turn, found: Sequence[who.Found], people: Sequence[Person], meetings: Sequence[StoredMeeting]
) -> Reply:
    """Who was at somebody's side, and whom he sat with."""
    accompanied = [meeting for meeting in meetings if meeting.delegation and meeting.status in FACT]
    if not accompanied:
        asked = structs.replace(turn.question, asked="who")
        return _told(turn.asking(asked), found, people, meetings) if meetings else _none(turn, found, people)
    latest = accompanied[0]
    verb = "was" if len(latest.delegation) == 1 else "were"
    across = listing(others(latest, people))
    line = (
        bold(listing(latest.delegation)),
        f" {verb} there when {names_of(people)} met {across}{where(latest)}{dated(latest)}.",
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


def in_story(turn: Turn, story: Story) -> Reply:
    """The meetings that a story's articles tell of."""
    every = {one.id: one for article in story.articles[:20] for one in turn.store.meetings.of_article(article)}
    meetings = sorted(every.values(), key=lambda meeting: rank(meeting, turn.question))
    if not meetings:
        return Reply(blocks=(say("It tells of no meeting."),), kind="met", context=turn.context, facts={"meetings": []})
    head = say(bold(count(len(meetings), "meeting")), " in this story:")
    return Reply(
        blocks=(head, Gap(), *(block for meeting in meetings[:A_PAGE] for block in lines(meeting, []))),
        kind="met",
        context=turn.context,
        facts={"meetings": [facts(meeting) for meeting in meetings]},
    )


def lines(meeting: StoredMeeting, people: Sequence[Person]) -> tuple[Block, ...]:
    """A meeting as one line, with the sentence that proves it on tap."""
    parts = (
        bold(when(meeting)),
        summary(meeting, people),
        sure(meeting),
        count(meeting.sources, "source"),
    )
    evidence = [Evidence((Text(meeting.telling.sentence), Text(" — "), _source(meeting)), folded=True)]
    for telling in meeting.evidence if meeting.disputed else ():
        if telling.status != meeting.status and telling is not meeting.telling:
            said = (Text(telling.sentence), Text(" — "), link(telling.title, telling.url))
            evidence.append(Evidence(said, folded=True))
    return (say(*spread(parts)), *evidence[:3])


def when(meeting: StoredMeeting) -> str:
    """The day of a meeting, or that it is undated and when it was first told: "undated, told Mon 19 May 2025"."""
    return day_words(meeting.day) if meeting.day else f"undated, told {moment_words(meeting.moment)}"


def sure(meeting: StoredMeeting) -> str:
    """How sure a meeting is: held, planned, denied …, and what the sources dispute."""
    status = STATUS_WORDS[meeting.status]
    return f"{status}, {listing([f'disputed: {word}' for word in meeting.disputed])}" if meeting.disputed else status


def summary(meeting: StoredMeeting, people: Sequence[Person]) -> str:
    """Who, where and what kind, those asked about first: "Putin and Witkoff · Moscow"."""
    kind = {"call": "phone call", "encounter": "encounter"}.get(meeting.kind)
    return " · ".join(part for part in (listing(sides(meeting, people)), meeting.place, kind) if part)


def _source(meeting: StoredMeeting) -> Inline:
    return link(meeting.telling.title, meeting.telling.url)


def _link(turn: Turn, meetings: Sequence[StoredMeeting]) -> tuple[tuple[Button, ...], ...]:
    """The link to the meeting where there is one alone."""
    row = links.button(turn.desk, links.code("m", meetings[0].id)) if len(meetings) == 1 else ()
    return (row,) if row else ()


def _buttons(turn: Turn, people: Sequence[Person], *, more: bool) -> tuple[tuple[Button, ...], ...]:
    rows = [turn.pager(more)]
    if len(people) == 1:
        person = number(people[0].id)
        rows.append((turn.press("Quotes", "said", person), turn.press("Timeline", "timeline", person)))
        rows.append(
            (
                Button("As a picture", press=f"picture|timeline|{person}"),
                turn.press("🔔 Follow", "follow"),
                wrong.button(turn),
            )
        )
    elif people:
        rows.append(tuple(turn.press(f"All of {person.name}", "met", number(person.id)) for person in people))
        rows.append((turn.press("🔔 Follow", "follow"), wrong.button(turn)))
    return tuple(row for row in rows if row)


def _none(turn: Turn, found: Sequence[who.Found], people: Sequence[Person]) -> Reply:
    """The honest no: what is covered, and the nearest there is."""
    question = turn.question
    names = f" of {names_of(people)}" if people else ""
    at = at_place(question.place) if question.place else ""
    kind = "phone call" if question.call else "planned meeting" if question.order == "next" else "meeting"
    blocks: list[Block] = [
        *who.note(found),
        say(bold("No"), f": I keep no {kind}{names}{at}{period_words(question)}."),
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
    same = turn.store.meetings.find(ids, limit=MOST) if ids else ()
    if same:
        return tuple(sorted(same, key=lambda meeting: rank(meeting, turn.question))[:2])
    latest = [turn.store.meetings.find([id_], status=FACT, kinds=IN_PERSON, limit=1) for id_ in ids]
    return tuple(dict.fromkeys(meeting for found in latest for meeting in found))


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
        "ids": list(dict.fromkeys(telling.article for telling in meeting.evidence)),
        "sources": meeting.sources,
    }
