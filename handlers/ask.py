"""Plain text: understood as a question, answered by the handler of its kind, remembered for what follows it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import structs

from handlers import brief, help, latest, met, person, said, search, start, story, who  # noqa: A004
from handlers.collect import told_in
from handlers.reply import Gap, Reply, Text, say
from handlers.turn import Turn, asked_last, number, recall, remember, turned
from handlers.wording import shortened
from news.lists import entries
from news.name_words import COMMON
from news.period import MONTHS
from news.place import is_place
from news.question import PRONOUNS, Question, goes_on, questions, understand
from news.terms import STOP, terms
from news.text import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from handlers.desk import Desk, Request
    from news.question import QuestionKind
    from news.story import Story

ANSWERS: dict[str, Callable[[Turn], Reply]] = {
    "brief": brief.brief,
    "search": brief.found,
    "story": brief.one,
    "list": search.search,
    "met": met.met,
    "said": said.said,
    "person": person.person,
    "timeline": person.timeline,
    "latest": latest.latest,
    "people": person.most,
}
"""Who answers which kind of question."""

OF_STORY: dict[str, Callable[[Turn, Story], Reply]] = {
    **dict.fromkeys(("sources", "source", "who reports it", "links"), story.sources),
    **dict.fromkeys(("related", "more like this", "similar"), story.related),
    **dict.fromkeys(("why", "why this"), story.why),
    **dict.fromkeys(("is this true", "is that true", "is it true", "true", "really", "what is this"), brief.of_story),
    **dict.fromkeys(("what is this about", "context", "explain", "what do you know"), brief.of_story),
    **dict.fromkeys(("who met", "meetings"), met.in_story),
    **dict.fromkeys(("who", "who else", "people", "who is in it"), story.people),
}
"""What a reply of a word or two to a story shows of it."""
SORRY = "Sorry, that was no help. Try other words or a name; whoever runs this bot reads what you tell them."
OF_STORIES = frozenset({"brief", "search", "story"})
"""Kinds of questions that stories answer."""
SMALL = frozenset(entries("greetings", "small"))
"""Words that say nothing to look for."""
LONE = frozenset({"when", "where", "who", "how often", "who else", "quotes", "quote"})
"""Words that alone ask for more of the last answer."""
A_REMARK = 60
"""Characters of a reply that may be a remark on what it replies to."""
STILL_IN_MIND = timedelta(minutes=30)
"""How long a question may be gone on from without a reply to its answer."""

_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b\d{4}\b")


def ask(request: Request, desk: Desk) -> Reply:
    """The answer to what a person wrote in plain words."""
    request = _about_what_was_replied_to(request, desk)
    previous = recall(request, desk, request.context or _gone_on(request, desk))
    if previous and request.context:
        told = _of_story(request, desk, previous)
        if told:
            return told
    first, *others = questions(request.text)
    question = understand(first, today(request, desk), previous)
    reply = _answered(request, desk, question)
    return _with_more(request, desk, reply, question, others) if others else reply


def _with_more(request: Request, desk: Desk, reply: Reply, question: Question, others: list[str]) -> Reply:
    """The answer to the first of several questions, the others as buttons."""
    turn = Turn(question, request, desk, reply.context or 0)
    asked = [understand(other, today(request, desk), question) for other in others]
    rows = tuple((turn.offer(shortened(one.text, 60), one),) for one in asked if one.kind in ANSWERS)
    return structs.replace(reply, buttons=(*reply.buttons, *rows))


def _answered(request: Request, desk: Desk, question: Question) -> Reply:
    """The answer to a question that is understood, or what greets and thanks are answered with."""
    if question.kind == "more":
        return _more(request, desk)
    if question.kind == "help":
        from handlers.commands import COMMANDS  # noqa: PLC0415  # the table holds what asks

        return help.overview(COMMANDS, request)
    if question.kind == "desk":
        return start.about(request, desk)
    if question.kind == "hello":
        return start.hello(request, desk)
    if question.kind == "thanks":
        return Reply(blocks=(say("You are welcome. Ask on whenever you like."),), kind="help")
    if question.kind == "scolding":
        return Reply(blocks=(say(SORRY), say("What was wrong: ", Text("/feedback that is not what I asked", "code"))))
    if question.kind == "cancel":
        return Reply(blocks=(say("Nothing is under way. Ask, or see /help."),), kind="help")
    if question.kind == "opinion":
        return _without_opinion(request, desk, question)
    if question.kind == "search" and (question.topic.lower() in SMALL or STOP.issuperset(terms(question.topic))):
        return start.nothing_to_read(request, desk)
    return answer(request, desk, question)


def _without_opinion(request: Request, desk: Desk, question: Question) -> Reply:
    """That the desk holds no opinion, and what it keeps on what was asked about."""
    note = say("I have no opinions; I tell what the articles say.")
    if not question.topic:
        return Reply(blocks=(note,), kind="help")
    kind: QuestionKind = "search"
    told = answer(request, desk, structs.replace(question, kind=kind))
    return structs.replace(told, blocks=(note, Gap(), *told.blocks))


def going_on_by_a_word(request: Request, desk: Desk) -> Request:
    """The request as a reply to the last answer here, where a mere word asks for more of it: "sources", "when?"."""
    word = " ".join(words(request.text))
    if request.context or request.replied or (word not in OF_STORY and word not in LONE):
        return request
    if request.place == "terminal" and not request.chat:
        return request
    last = asked_last(request, desk)
    previous = recall(request, desk, last) if last else None
    if previous is None or request.now - desk.store.exchange.history(request.chat, 1)[0].at >= STILL_IN_MIND:
        return request
    turn = Turn(previous, request, desk, last, previous.page, zone_of(request, desk))
    of_story = word in OF_STORY and previous.kind in OF_STORIES and brief.shown(turn)
    return structs.replace(request, context=last) if of_story or (word in LONE and previous.people) else request


def _of_story(request: Request, desk: Desk, previous: Question) -> Reply | None:
    """What a reply of one word asks of the story it replies to: its sources, what is near it, who is in it."""
    show = OF_STORY.get(" ".join(words(request.text)))
    if show is None or previous.kind not in OF_STORIES:
        return None
    turn = Turn(previous, request, desk, request.context or 0, previous.page, zone_of(request, desk))
    one = brief.shown(turn)
    return show(turn, one) if one else None


def _about_what_was_replied_to(request: Request, desk: Desk) -> Request:
    """The request as one about the story that the message replied to tells, where that is no answer still known."""
    known = recall(request, desk, request.context) if request.context else None
    if known or not request.replied or len(request.text) > A_REMARK:
        return request
    found = told_in(desk.store, request.replied, request.now)
    if found is None:
        return request
    question = Question(kind="story", story=found.id, text=found.title, offered=True)
    return structs.replace(request, context=remember(request, desk, question))


def _gone_on(request: Request, desk: Desk) -> int:
    """The id of the last question here where the words go on from it without being a reply ("what did he say?")."""
    alone = request.place == "terminal" and not request.chat
    if alone or not goes_on(request.text):
        return 0
    last = asked_last(request, desk)
    return last if last and request.now - desk.store.exchange.history(request.chat, 1)[0].at < STILL_IN_MIND else 0


def answer(request: Request, desk: Desk, question: Question, page: int = 0, context: int = 0) -> Reply:
    """The answer to a question that is understood; remembered under `context`, a new id where that is 0."""
    question = _within_reach(question, desk)
    context = context or remember(request, desk, question)
    if page != question.page:
        turned(desk, context, question, page)
    turn = Turn(question, request, desk, context, page, zone_of(request, desk))
    question = _by_names(turn)
    turn = turn.asking(question)
    reply = ANSWERS[question.kind](turn)
    facts = {"understood": question.text, **reply.facts}
    if request.place == "terminal" and not facts.get("articles"):
        facts |= latest.evidence(desk.store, facts)
    return structs.replace(reply, context=context, facts=facts)


def _more(request: Request, desk: Desk) -> Reply:
    """The next page of the last answer in this chat."""
    context = request.context or asked_last(request, desk)
    question = recall(request, desk, context) if context else None
    if question is None:
        return start.hello(request, desk)
    turn = Turn(question, request, desk, context, question.page, zone_of(request, desk))
    onward = turn.press("", "page", number(question.page + 1)).press
    now = answer(request, desk, question, page=question.page, context=context)
    if any(button.press == onward for row in now.buttons for button in row):
        return answer(request, desk, question, page=question.page + 1, context=context)
    one = brief.shown(turn) if question.kind in {"brief", "search", "story"} else None
    if one is None or (question.story and question.page):
        on = f"“{shortened(question.text, 80)}”" if question.text else "it"
        return Reply(blocks=(say(f"That is all I keep on {on}."),), context=context)
    return answer(request, desk, Question(kind="story", story=one.id, text=one.title), page=1)


def _by_names(turn: Turn) -> Question:
    """The question as the names in it turn out: two names without a word between, a mere name, or nobody's name."""
    question = turn.question
    if question.kind == "search" and who.named(turn, question.topic) and not question.first and not question.last:
        return structs.replace(question, kind="person", people=(question.topic,))
    if question.kind in {"met", "said"} and not question.topic:
        return _nobodys(turn, question)
    if question.kind not in {"met", "said"}:
        return question
    if not question.people:
        return question if is_place(question.place.title()) else structs.replace(question, kind="search", place="")
    people = question.people
    if len(people) == 1:
        people = who.two(turn.store, people[0])
    found = [who.find(turn, name) for name in people]
    if any(one.person is None for one in found):
        if question.kind == "said":
            return structs.replace(question, people=(), about=question.people[0], topic="")
        return structs.replace(question, kind="search", people=(), place="")
    asked = "whether" if question.kind == "met" and question.asked == "who" and len(people) > 1 else question.asked
    return structs.replace(question, people=people, asked=asked)


def _nobodys(turn: Turn, question: Question) -> Question:
    """A question about somebody's words or meetings as a search, where what stands there is no name of a person.

    "when did the iran talks start" has only common words there, "what did the Kremlin say" a house.
    """
    unknown = [name for name in question.people if who.find(turn, name).person is None]
    sayings = [name for name in unknown if is_common(name) and not is_place(name.title())]
    houses = [name for name in unknown if is_place(name.title())] if question.kind == "said" else []
    if not question.text or not (sayings or houses):
        return question
    topic = " ".join((*question.people, question.about)).strip() if question.kind == "said" else question.text
    search_ = structs.replace(question, kind="search", topic=topic, people=(), place="", about="")
    return search_ if turn.asking(search_).search(1).hits else question


def is_common(name: str) -> bool:
    """Whether a name is made of common English words alone, and of no pronoun."""
    parts = words(name)
    return bool(parts) and all(part in COMMON for part in parts) and not PRONOUNS & set(parts)


def zone_of(request: Request, desk: Desk) -> str:
    """The IANA zone of the chat, UTC until it was set."""
    return desk.store.chats.settings(request.chat).zone or "UTC"


def today(request: Request, desk: Desk) -> date:
    """The day it is in the chat."""
    return request.now.astimezone(ZoneInfo(zone_of(request, desk))).date()


def _within_reach(question: Question, desk: Desk) -> Question:
    """The question with a month that was named without a year put into the newest such month the archive covers."""
    edge = question.first or question.last
    if not edge or not _MONTH.search(question.when) or _YEAR.search(question.when):
        return question
    coverage = desk.store.articles.coverage()
    if coverage.first is None or coverage.last is None:
        return question
    first, last = question.first, question.last
    while edge > coverage.last.date() and (last or edge).year > coverage.first.year:
        edge = _year_before(edge)
        first, last = first and _year_before(first), last and _year_before(last)
    return structs.replace(question, first=first, last=last)


def _year_before(day: date) -> date:
    """The same day a year before; 28 February for a leap day, and 29 for a month's end in a leap year."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
