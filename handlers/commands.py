"""The table of commands and buttons. Telegram's menu, the command line, /help and the tests all read it from here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from handlers import (
    brief,
    collect,
    corrections,
    digest,
    follow,
    help,  # noqa: A004
    keepsakes,
    lang,
    managing,
    mydata,
    notices,
    owner,
    picture,
    preferences,
    press,
    sources,
    start,
    status,
    topics,
    who,
    wrong,
)
from handlers.ask import answer, ask, today
from handlers.command import Command, Handler, Press
from handlers.reply import Gap, Reply, Text, say
from news.period import period
from news.question import Question, understand

if TYPE_CHECKING:
    from handlers.desk import Desk, Request


_LAST_MAY = re.compile(r"(\S\s+(?!in\b)\S+)\s+may\s*$", re.IGNORECASE)
"""The month behind two names, which alone may be a name."""


def _help(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    wanted = request.text.strip().lower().lstrip("/").split("@")[0]
    if not wanted:
        return help.overview(COMMANDS, request)
    command = BY_NAME.get(wanted)
    if command is None or command not in help.visible(COMMANDS, request):
        return help.unknown(COMMANDS, structs.replace(request, command=wanted))
    return help.detail(command)


def _brief(request: Request, desk: Desk) -> Reply:
    stretch, topic = period(request.text, today(request, desk))
    topic, note = (topic, None) if stretch else brief.without_time(topic)
    question = Question(kind="brief", topic=topic, text=request.text, first=stretch.first, last=stretch.last)
    reply = answer(request, desk, structs.replace(question, when=stretch.words))
    return structs.replace(reply, blocks=(note, Gap(), *reply.blocks)) if note else reply


def _latest(request: Request, desk: Desk) -> Reply:
    stretch, topic = period(request.text, today(request, desk))
    question = Question(kind="latest", topic=topic, text=request.text, first=stretch.first, last=stretch.last)
    return answer(request, desk, structs.replace(question, when=stretch.words))


def _search(request: Request, desk: Desk) -> Reply:
    if not request.text.strip():
        return _usage("search")
    return answer(request, desk, Question(kind="list", topic=request.text, text=request.text))


def _about_people(name: str, form: str) -> Handler:
    """What puts the words behind a command into the question they stand for."""

    def run(request: Request, desk: Desk) -> Reply:
        if not request.text.strip():
            return _usage(name)
        question = understand(form.format(request.text), today(request, desk))
        return answer(request, desk, structs.replace(question, text=request.text))

    return run


def _timeline(request: Request, desk: Desk) -> Reply:
    """What "/timeline name period" asks; the month of may may stand behind a name."""
    written = request.text.strip()
    if written.lower().endswith(" may") and desk.store.people.find(written[:-4], limit=1):
        written = f"{written[:-4]} in May"
    return _about_people("timeline", "timeline of {}")(structs.replace(request, text=written), desk)


def _said(request: Request, desk: Desk) -> Reply:
    """What "/said A about words period" asks."""
    stretch, words = period(request.text, today(request, desk))
    name, about = who.and_subject(desk.store, words)
    if not name:
        return _usage("said")
    question = Question(kind="said", people=(name,), about=about, text=request.text)
    return answer(request, desk, structs.replace(question, first=stretch.first, last=stretch.last, when=stretch.words))


def _met(request: Request, desk: Desk) -> Reply:
    """What "/met A B period" asks: one name asks whom, two ask whether; "and" and "with" may part them."""
    stretch, names = period(_LAST_MAY.sub(r"\1 in May", request.text), today(request, desk))
    if not names.strip():
        return _usage("met")
    people = who.two(desk.store, names)
    if not stretch and people[-1].lower() == "may" and not desk.store.people.find("may", limit=1):
        return _met(structs.replace(request, text=f"{names[:-3]}in May"), desk)
    question = Question(kind="met", people=people, asked="who" if len(people) == 1 else "whether", text=request.text)
    return answer(request, desk, structs.replace(question, first=stretch.first, last=stretch.last, when=stretch.words))


def _more(request: Request, desk: Desk) -> Reply:
    return ask(structs.replace(request, text="more", command=None), desk)


def _ask(request: Request, desk: Desk) -> Reply:
    if not request.text.strip():
        return Reply(blocks=(say("What do you want to know? As in: who met Putin in April?"),), ask=True, kind="help")
    return ask(request, desk)


def _usage(name: str) -> Reply:
    command = BY_NAME[name]
    words = say(f"{command.summary[:1].upper()}{command.summary[1:]}. For example: ", Text(command.example, "code"))
    return Reply(blocks=(words,), kind=name)


COMMANDS: tuple[Command, ...] = (
    Command("start", "the lead story, and questions to tap", start.start, menu=False),
    Command("help", "what can be asked and done", _help, "[command]", "/help search"),
    Command("ask", "a question in plain words", _ask, "question", "/ask who met Putin in April?"),
    Command(
        "brief",
        "the largest stories, or those on a topic",
        _brief,
        "[topic | number] [period]",
        "/brief Ukraine last week",
        detail="A period is a day, a stretch or a count: yesterday, April 2025, since Friday, 24h, 7d.",
        aliases=("top", "news", "briefing"),
    ),
    Command("latest", "the newest articles", _latest, "[number] [topic or site]", "/latest Kyiv", aliases=("new",)),
    Command(
        "search",
        "articles that hold certain words",
        _search,
        'words [by:site] ["phrase"] [-not] [from:day to:day]',
        "/search minerals deal -tariffs from:2025-04",
        aliases=("find", "s"),
    ),
    Command(
        "met",
        "who met whom, where and when",
        _met,
        "A [B] [period]",
        "/met Witkoff Putin",
        aliases=("meetings",),
    ),
    Command(
        "said",
        "what somebody said, word for word",
        _said,
        "A [about words] [period]",
        "/said Trump about Putin",
        aliases=("quotes", "quote"),
    ),
    Command("who", "who somebody is", _about_people("who", "who is {}"), "name", "/who Ushakov", aliases=("person",)),
    Command(
        "timeline",
        "somebody's meetings or a subject's news, day by day",
        _timeline,
        "name or words",
        "/timeline Witkoff",
    ),
    Command("more", "the next page of the last answer", _more),
    Command("story", "one story in full", keepsakes.tell, "words", "/story minerals deal", menu=False),
    Command("related", "what stands near a story", keepsakes.related, "[words]", "/related minerals deal", menu=False),
    Command("saved", "the stories you saved", keepsakes.saved, menu=False),
    Command("history", "your last questions", keepsakes.history, menu=False),
    Command(
        "feedback",
        "tell whoever runs this bot what was wrong",
        keepsakes.feedback,
        "words",
        "/feedback that quote is not hers",
        menu=False,
    ),
    Command("cancel", "stop what is under way", keepsakes.cancel, menu=False),
    Command("ping", "whether the desk is there", keepsakes.ping, menu=False),
    Command(
        "add",
        "keep a page: a link, a forwarded post or a file",
        collect.add,
        "link",
        "/add https://example.org/story",
    ),
    Command("settings", "time zone, length of answers, previews", preferences.settings, settles=True, elsewhere=True),
    Command(
        "timezone",
        "the time zone of this chat",
        preferences.timezone,
        "city, zone or the time it is",
        "/timezone Rome",
        aliases=("tz",),
        settles=True,
        menu=False,
        elsewhere=True,
    ),
    Command("lang", "the language of what I say", lang.lang, "[language]", "/lang", aliases=("language",), menu=False),
    Command(
        "subscribe",
        "be told of a person, a subject, a meeting or words",
        follow.subscribe,
        "topic [now|daily|weekly] [min:3] [-not]",
        "/subscribe Ukraine talks min:3",
        detail="Also events: /subscribe met Witkoff Putin, /subscribe said Trump about tariffs.",
        aliases=("watch", "follow", "sub"),
        settles=True,
        elsewhere=True,
    ),
    Command("topics", "what this chat follows", topics.topics, aliases=("list", "subscriptions"), elsewhere=True),
    Command(
        "unsubscribe",
        "follow a topic no more",
        topics.unsubscribe,
        "topic",
        "/unsubscribe Ukraine talks",
        aliases=("unwatch", "unfollow", "unsub"),
        settles=True,
        menu=False,
        elsewhere=True,
    ),
    Command(
        "digest",
        "briefings at your hours",
        digest.digest,
        "times [weekdays] | off | now | preview",
        "/digest 08:00 18:00 weekdays",
        elsewhere=True,
    ),
    Command(
        "quiet",
        "hours without alerts",
        digest.quiet,
        "from-to [except min:5] | off",
        "/quiet 22:00-07:00 except min:5",
        settles=True,
        menu=False,
        elsewhere=True,
    ),
    Command(
        "pause",
        "no alerts for a while",
        topics.pause,
        "[2h|until 7:00]",
        "/pause 2h",
        settles=True,
        menu=False,
        elsewhere=True,
    ),
    Command("resume", "alerts again", topics.resume, settles=True, menu=False, elsewhere=True),
    Command(
        "channel",
        "manage a channel or group from here",
        managing.channel,
        "[@name]",
        "/channel @the_wire",
        detail="You and this bot must be admins there. Topics, digests and settings are for it until you switch back.",
        aliases=("manage", "group"),
        menu=False,
    ),
    Command("export", "your topics and settings as a file", mydata.export, "[opml]", "/export", menu=False),
    Command("import", "take back such a file", mydata.import_, settles=True, menu=False),
    Command("forgetme", "delete what is kept about this chat", mydata.forget_me, "forget me", "/forgetme", menu=False),
    Command("privacy", "what is kept about this chat", mydata.privacy),
    Command("about", "what this is, and what it has read", start.about, aliases=("stats",), menu=False),
    Command(
        "sources",
        "the feeds that are collected",
        sources.sources,
        "[add|test|pause|resume|remove address]",
        "/sources add https://example.org/feed.xml",
        aliases=("feeds",),
        owner=True,
    ),
    Command("status", "how the desk is", status.status, owner=True),
    Command("backup", "a copy of the archive as a file", status.backup, owner=True),
    Command("complaints", "what people said was wrong", keepsakes.complaints, owner=True, menu=False),
    Command(
        "merge",
        "two people are one",
        corrections.merge,
        "name, name",
        "/merge Volodymyr Zelensky, Vladimir Zelenskiy",
        owner=True,
        menu=False,
    ),
    Command("part", "a name is somebody else's", corrections.part, "name", owner=True, menu=False),
    Command("split", "an article tells another story", corrections.split, "link", owner=True, menu=False),
    Command("join", "two articles tell one story", corrections.join, "link link", owner=True, menu=False),
    Command("outbox", "messages owed and stuck", owner.outbox, owner=True),
    Command("errors", "faults that were not told yet", owner.errors, owner=True, menu=False),
    Command("users", "who uses the bot", owner.users, owner=True),
    Command("allow", "let somebody in", owner.decide("allowed", "allow"), "number", "/allow 123456789", owner=True),
    Command("ban", "keep somebody out", owner.decide("banned", "ban"), "number", "/ban 123456789", owner=True),
    Command(
        "announce",
        "tell all chats something",
        owner.announce,
        "words",
        "/announce The bot moves on Sunday.",
        owner=True,
    ),
)

BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.aliases)}

PRESSES: dict[str, Press] = {
    "page": press.page,
    "open": press.open_,
    "who": press.who,
    "try": press.try_,
    "set": preferences.press,
    "keep": follow.confirm,
    "dismiss": follow.dismiss,
    "follow": follow.from_answer,
    "wish": follow.wish,
    "topic": topics.press,
    "manage": managing.press,
    "whyme": notices.why_me,
    "picture": picture.press,
    "save": keepsakes.save,
    "wrong": wrong.press,
    **{kind: press.about(kind) for kind in ("met", "said", "person", "timeline")},
    "about": press.about("search"),
    **{name: press.on_story(name) for name in press.SHOWS},
    "back": press.back,
}
"""What each button does, by the first word of its data."""

ELSEWHERE = frozenset({"set", "keep", "follow", "wish", "topic"})
"""Buttons that are for the group or channel that a private chat manages."""

OWNER_PRESSES: dict[str, Press] = {
    "source": sources.press,
    "owed": owner.owed_press,
    "announce": owner.announce_press,
}
"""Buttons that are for owners alone."""
