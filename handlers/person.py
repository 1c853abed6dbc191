"""Who somebody is, as the articles say: roles as printed, last words, last meetings, with whom he is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from handlers import latest, links, met, said, story, who
from handlers.coverage import covered
from handlers.met_words import FACT, tally
from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from handlers.turn import number
from handlers.volume import volume
from handlers.wording import count, day_words, link, listing, moment_words, period_words, spread
from news.question import PRONOUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.turn import Turn
    from store.meetings import StoredMeeting
    from store.people import Person

MONTH_LINES = 12
"""Lines of a timeline on one page."""
NAMED = 8
"""People in the list of those told of most."""
MEETINGS = 3
"""Last meetings named of a person."""
LOOKED_AT = 500
"""Newest articles about somebody that the bars of how much was told are made of."""
SUBJECT = 60
"""Articles about a subject that its timeline is made of."""


def person(turn: Turn) -> Reply:
    """What the archive knows of a person."""
    (found,), doubt = who.settled(turn, turn.question.people[:1])
    if doubt or not found.person:
        return doubt or who.unknown(turn, [found])
    one = found.person
    quotes = said.newest(turn, one.id)
    meetings = turn.store.meetings.find([one.id], limit=3)
    about = turn.asking(structs.replace(turn.question, topic=one.name)).search()
    return Reply(
        blocks=(*who.note([found]), *_card(turn, one), *_last_words(turn, one), *_last_meetings(turn, one)),
        buttons=(
            (turn.press("Quotes", "said", number(one.id)), turn.press("Who met", "met", number(one.id))),
            (turn.press("Timeline", "timeline", number(one.id)), turn.press("News", "about", number(one.id))),
            (turn.press("🔔 Follow", "follow"), *links.button(turn.desk, links.code("p", one.id))),
        ),
        kind="person",
        context=turn.context,
        facts={
            "corrections": who.corrections([found]),
            "person": {"name": one.name, "aliases": list(one.aliases), "roles": [role.role for role in one.roles]},
            "articles": latest.found(turn.store, about),
            "stories": story.of_hits(turn.store, about),
            "quotes": [said.facts(turn, quote) for quote in quotes],
            "meetings": [met.facts(meeting) for meeting in meetings],
        },
    )


def most(turn: Turn) -> Reply:
    """Whom most articles tell of, in the days asked about, each to tap."""
    since, _ = turn.window()
    people = turn.store.people.top(NAMED, since)
    if not people:
        return Reply(blocks=(say(bold("Nobody"), " is told of yet."), covered(turn)), kind="people")
    lines = [
        say(f"{place}. ", bold(one.name), f" · {count(one.articles, 'article')}") for place, one in enumerate(people, 1)
    ]
    taps = [turn.press(one.name, "person", number(one.id)) for one in people]
    rows = tuple(tuple(taps[at : at + 2]) for at in range(0, len(taps), 2))
    head = say(bold("Told of most"), f"{period_words(turn.question)}:")
    return Reply(blocks=(head, Gap(), *lines), buttons=rows, kind="people", context=turn.context)


def _card(turn: Turn, one: Person) -> tuple[Block, ...]:
    roles = listing(_fullest([role.role for role in one.roles])[:2])
    first = say(bold(one.name), f", {roles}" if roles else "", ".")
    blocks: list[Block] = [first]
    aliases = [alias for alias in one.aliases if alias not in one.name][:4]
    if aliases:
        blocks.append(say(f"Also written {listing(aliases)}."))
    span = ""
    if one.first and one.last:
        begin, end = moment_words(one.first, turn.zone), moment_words(one.last, turn.zone)
        span = f", of {begin}" if begin == end else f", from {begin} to {end}"
    told_of = turn.store.articles.listed(turn.store.people.articles_with([one.id], limit=LOOKED_AT))
    bars = volume([article.moment for article in told_of], turn.zone)
    company = [companion.name for companion in turn.store.people.seen_with(one.id, 4)]
    told = f" Often together with {listing(company)}." if company else ""
    blocks.append(say(f"In {count(one.articles, 'article')}{span}.{told}"))
    blocks += [say(Text(bars[0], "code"), f" · {bars[1]}")] if bars else []
    return tuple(blocks)


def _fullest(roles: Sequence[str]) -> list[str]:
    """The roles without those that another says more fully: of "President" and "French President" the latter.

    "British Prime Minister" and "Britain's Prime Minister" are one.
    """
    kept: list[str] = []
    for role in roles:
        said = who.role_words(role)
        shorter = [other for other in kept if who.role_words(other) < said]
        if shorter:
            kept[kept.index(shorter[0])] = role
        elif not any(said <= who.role_words(other) for other in kept):
            kept.append(role)
    return kept


def _last_words(turn: Turn, one: Person) -> tuple[Block, ...]:
    quotes = said.newest(turn, one.id)
    if not quotes:
        return ()
    shown = [block for quote in quotes for block in said.lines(turn, quote, speaker=False)]
    return (Gap(), say("Last words:"), *shown)


def _last_meetings(turn: Turn, one: Person) -> tuple[Block, ...]:
    """The last meetings that were held, and the one planned next."""
    held = turn.store.meetings.find([one.id], status=FACT, limit=MEETINGS)
    planned = [meeting for meeting in turn.store.meetings.find([one.id], status=("planned",), limit=20) if meeting.day]
    coming = [meeting for meeting in planned if met.lies_ahead(turn, meeting)][-1:]
    blocks: list[Block] = []
    for head, meetings in (("Planned:", coming), ("Last meetings:", held)):
        if meetings:
            blocks += [Gap(), say(head), *(block for meeting in meetings for block in met.lines(meeting, [one]))]
    return tuple(blocks)


def timeline(turn: Turn) -> Reply:
    """One line a day of a person's meetings, the newest first; of a subject's articles where it is nobody's name."""
    found = who.find(turn, turn.question.people[0])
    if found.choices:
        return who.ask_which(turn, found, 0)
    if found.person is None:
        return _of_subject(turn) or who.unknown(turn, [found])
    one = found.person
    question = turn.question
    meetings = turn.store.meetings.find([one.id], first=question.first, last=question.last, limit=met.MOST)
    if not meetings:
        return met.met(turn)
    shown = meetings[turn.page * MONTH_LINES : (turn.page + 1) * MONTH_LINES]
    blocks: list[Block] = [
        *who.note([found]),
        say(bold(f"{one.name}: {tally(meetings)}"), f", {_span(meetings)}."),
        Gap(),
    ]
    for meeting in shown:
        parts = (bold(met.when(meeting)), link(met.summary(meeting, [one]), meeting.telling.url), met.sure(meeting))
        blocks.append(say(*spread(parts)))
    return Reply(
        blocks=tuple(blocks),
        buttons=tuple(
            row
            for row in (
                turn.pager(len(meetings) > (turn.page + 1) * MONTH_LINES),
                (
                    Button("As a picture", press=f"picture|timeline|{number(one.id)}"),
                    Button("Whom they met", press=f"picture|network|{number(one.id)}"),
                ),
            )
            if row
        ),
        kind="timeline",
        context=turn.context,
        facts={"corrections": who.corrections([found]), "meetings": [met.facts(meeting) for meeting in meetings]},
    )


def _of_subject(turn: Turn) -> Reply | None:
    """The articles about a subject, the newest first; None where there are none or it is a pronoun."""
    subject = turn.question.people[0]
    if subject.lower() in PRONOUNS:
        return None
    hits = turn.asking(structs.replace(turn.question, topic=subject)).search(SUBJECT)
    listed = sorted(
        turn.store.articles.listed([hit.article for hit in hits.hits]), key=lambda one: one.moment, reverse=True
    )
    if not listed:
        return None
    shown = listed[turn.page * MONTH_LINES : (turn.page + 1) * MONTH_LINES]
    lines = [say(bold(moment_words(one.moment, turn.zone)), " · ", link(one.title, one.url)) for one in shown]
    more = turn.pager(len(listed) > (turn.page + 1) * MONTH_LINES)
    return Reply(
        blocks=(say(bold(f"{subject[:1].upper()}{subject[1:]}"), f": {count(len(listed), 'article')}."), Gap(), *lines),
        buttons=(more,) if more else (),
        kind="timeline",
        context=turn.context,
        facts={"articles": latest.found(turn.store, hits)},
    )


def _span(meetings: Sequence[StoredMeeting]) -> str:
    days = [meeting.day for meeting in meetings if meeting.day]
    if not days:
        return "all undated"
    first, last = min(days), max(days)
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
