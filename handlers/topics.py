"""What a chat follows: the list, a card for each, and all that can be done with one; pauses for one or all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import structs
from rapidfuzz import fuzz

from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from handlers.turn import Turn, id_of, number
from handlers.until import until
from handlers.wishes import dry_run
from handlers.wording import count, date_words, listing, moment_words
from news.question import Question
from news.text import fold

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk, Request
    from store.subscriptions import Subscription, When, Wish

A_PAGE = 8
"""Subscriptions on one page."""
WHENS: dict[When, str] = {"now": "at once", "daily": "once a day", "weekly": "once a week"}
ALIKE = 80
"""Least likeness, 0 to 100, of a topic that is taken for one that was named."""
OLD = "That topic is no longer followed."


def described(wish: Wish) -> str:
    """A wish in words: "meetings of Steve Witkoff, without tariffs, from 3 sources on"."""
    kind = {"met": "meetings of ", "said": "words of "}.get(wish.kind, "")
    without = f", without {listing(list(wish.without), 'or')}" if wish.without else ""
    least = f", from {wish.sources} sources on" if wish.sources > 1 else ""
    return f"{kind}{wish.topic}{without}{least}"


def topics(request: Request, desk: Desk) -> Reply:
    """What the chat follows, a button each."""
    return _list(request, desk, 0)


def _list(request: Request, desk: Desk, page: int) -> Reply:
    have = desk.store.subscriptions.of(request.chat)
    if not have:
        people = desk.store.people.top(3)
        offers = tuple((Button(f"Follow {one.name}"[:60], press=f"topic|try|{number(one.id)}"),) for one in people)
        words = say("You follow nothing yet. Name a person or a subject: ", Text("/subscribe Ukraine talks", "code"))
        return Reply(blocks=(words,), buttons=offers, kind="topics")
    shown = have[page * A_PAGE : (page + 1) * A_PAGE]
    lines = [
        say(f"{page * A_PAGE + n}. ", bold(described(one.wish)), f" · {_state(one, request.now)}")
        for n, one in enumerate(shown, 1)
    ]
    picks = [Button(str(page * A_PAGE + n), press=f"topic|card|{number(one.id)}") for n, one in enumerate(shown, 1)]
    pager = [Button("‹ Back", press=f"topic|page|{page - 1}")] if page else []
    pager += [Button("More ›", press=f"topic|page|{page + 1}")] if len(have) > (page + 1) * A_PAGE else []
    rows = tuple(tuple(row) for row in (picks[:4], picks[4:], pager) if row)
    head = say(bold(f"You follow {count(len(have), 'topic')}"), ". Tap a number to change one.")
    return Reply(blocks=(head, Gap(), *lines), buttons=rows, kind="topics")


def _state(one: Subscription, now: datetime) -> str:
    if one.paused_until and one.paused_until > now:
        return f"paused until {moment_words(one.paused_until)}"
    return WHENS[one.wish.when]


def card(one: Subscription) -> Reply:
    """One subscription, with all that can be done with it."""
    wish = one.wish
    id_ = number(one.id)
    blocks: list[Block] = [
        say(bold(described(wish))),
        say(f"Told {WHENS[wish.when]}, followed since {moment_words(one.created)}."),
    ]
    if one.told:
        blocks.append(say(f"Last told on {moment_words(one.told)}."))
    if one.paused_until:
        blocks.append(say(f"Paused until {moment_words(one.paused_until)}."))
    whens = tuple(
        Button(f"{'✓ ' if when == wish.when else ''}{label}", press=f"topic|when|{id_}|{when}")
        for when, label in WHENS.items()
    )
    leasts = tuple(
        Button(f"{'✓ ' if wish.sources == n else ''}{count(n, 'source')}", press=f"topic|min|{id_}|{n}")
        for n in (1, 3, 5)
    )
    pause = (
        Button("Resume", press=f"topic|resume|{id_}")
        if one.paused_until
        else Button("Pause a day", press=f"topic|pause|{id_}")
    )
    rows = (
        whens,
        leasts,
        (pause, Button("Dry run", press=f"topic|dry|{id_}"), Button("Delete", press=f"topic|delete|{id_}")),
        (Button("‹ All topics", press="topic|page|0"),),
    )
    return Reply(blocks=tuple(blocks), buttons=rows, kind="topics")


def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """What a button of the list or a card did."""
    verb, *rest = arguments or ("",)
    if verb == "page":
        page = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) < 4 else 0
        return structs.replace(_list(request, desk, page), edit=True)
    if verb == "try":
        return _try(request, desk, rest)
    one = _one(request, desk, rest)
    if one is None:
        return structs.replace(_list(request, desk, 0), edit=True, toast=OLD)
    if verb == "card":
        return structs.replace(card(one), edit=True)
    if verb == "dry":
        return _dry(request, desk, one)
    if not request.admin:
        return Reply(toast="Only admins change what is followed here.")
    return _change(request, desk, one, verb, rest[1:])


def _change(request: Request, desk: Desk, one: Subscription, verb: str, more: list[str]) -> Reply:
    store, value = desk.store.subscriptions, more[0] if more else ""
    toast = "Done"
    match verb, value:
        case "when", ("now" | "daily" | "weekly") as when:
            store.alter(one.id, structs.replace(one.wish, when=when))
        case "min", ("1" | "3" | "5"):
            store.alter(one.id, structs.replace(one.wish, sources=int(value)))
        case "pause", _:
            store.pause(one.id, request.now + timedelta(days=1))
        case "resume", _:
            store.pause(one.id, None)
        case "delete", _:
            return structs.replace(_deleted(request, desk, [one]), edit=True)
        case "undo", _:
            toast = "Followed again" if store.restore(one.id, request.now) else "Ten minutes are over; follow it anew."
        case _:
            toast = OLD
    now = store.get(one.id)
    shown = card(now) if now and now.deleted is None else _list(request, desk, 0)
    return structs.replace(shown, edit=True, toast=toast)


def _one(request: Request, desk: Desk, rest: list[str]) -> Subscription | None:
    """The subscription of the button, if it is this chat's."""
    id_ = rest[0] if rest else ""
    one = desk.store.subscriptions.get(id_of(id_))
    managed = desk.store.chats.settings(request.chat).managed if request.place == "private" else None
    return one if one and one.chat in {request.chat, managed} else None


def _dry(request: Request, desk: Desk, one: Subscription) -> Reply:
    from handlers.follow import told_before  # noqa: PLC0415  # follow shows this module's cards

    turn = Turn(Question(kind="help"), request, desk, 0)
    blocks = told_before(desk, dry_run(turn, one.wish))
    back = (Button("‹ Back", press=f"topic|card|{number(one.id)}"),)
    return Reply(blocks=(say(bold(described(one.wish))), *blocks), buttons=(back,), edit=True, kind="topics")


def _try(request: Request, desk: Desk, rest: list[str]) -> Reply:
    from handlers.follow import subscribe  # noqa: PLC0415  # follow shows this module's cards

    id_ = rest[0] if rest else ""
    person = desk.store.people.get(id_of(id_))
    if person is None:
        return Reply(toast=OLD)
    return subscribe(structs.replace(request, press=None, text=person.name), desk)


def unsubscribe(request: Request, desk: Desk) -> Reply:
    """The topic named is followed no more, with ten minutes to undo it; a choice where several fit."""
    have = desk.store.subscriptions.of(request.chat)
    wanted = fold(request.text.strip())
    if not have or not wanted:
        return _list(request, desk, 0)
    if wanted in {"all", "everything"}:
        return _deleted(request, desk, list(have))
    names = {one.id: fold(described(one.wish)) for one in have}
    exact = [one for one in have if wanted in {names[one.id], fold(one.wish.topic)}]
    if len(exact) == 1:
        return _deleted(request, desk, exact)
    fitting = exact or [one for one in have if _like(wanted, names[one.id]) >= ALIKE]
    if len(fitting) == 1:
        return _deleted(request, desk, fitting)
    if not fitting:
        listed = _list(request, desk, 0)
        return structs.replace(
            listed, blocks=(say(f"You follow nothing called “{request.text.strip()[:60]}”."), Gap(), *listed.blocks)
        )
    rows = tuple((Button(described(one.wish)[:60], press=f"topic|delete|{number(one.id)}"),) for one in fitting)
    return Reply(blocks=(say("Several topics fit. Which one?"),), buttons=rows, kind="topics")


def _like(wanted: str, name: str) -> float:
    """How like two topics are, 0 to 100: as a whole, or the one to a word of the other."""
    return max(fuzz.ratio(wanted, part) for part in (name, *(word for word in name.split() if len(word) > 3)))


def _deleted(request: Request, desk: Desk, ones: list[Subscription]) -> Reply:
    for one in ones:
        desk.store.subscriptions.delete(one.id, request.now)
    names = listing([described(one.wish) for one in ones[:5]])
    rows = tuple(
        (Button(f"Undo: {described(one.wish)}"[:60], press=f"topic|undo|{number(one.id)}"),) for one in ones[:8]
    )
    return Reply(
        blocks=(say("No longer followed: ", bold(names), ". You have 10 minutes to undo it."),),
        buttons=rows,
        kind="topics",
    )


def pause(request: Request, desk: Desk) -> Reply:
    """Everything is silent until then: "2h", "until 7:00", "until Friday"; a day where nothing is said."""
    settings = desk.store.chats.settings(request.chat)
    zone = settings.zone or "UTC"
    wanted = request.text.strip()
    end = until(wanted, request.now, zone) if wanted else request.now + timedelta(days=1)
    if end is None:
        words = f"“{wanted[:40]}” is no time I know. Accepted: 2h, 3d, until 7:00, until Friday. For example: /pause 2h"
        return Reply(blocks=(say(words),), kind="pause")
    desk.store.chats.change(request.chat, request.now, paused_until=end)
    local = f"{end.astimezone(ZoneInfo(zone)):%H:%M} on {date_words(end.astimezone(ZoneInfo(zone)).date())}"
    words = f" until {local}. What comes meanwhile is not sent afterwards; /latest shows it."
    return Reply(blocks=(say(bold("Paused"), words),), buttons=((Button("Resume", press="run|resume"),),), kind="pause")


def resume(request: Request, desk: Desk) -> Reply:
    """Alerts come again from now on; what came meanwhile is offered as a briefing."""
    desk.store.chats.change(request.chat, request.now, paused_until=None)
    words = say(
        bold("Alerts are on."), " What came while you were silent is not sent; a briefing shows the largest of it."
    )
    return Reply(blocks=(words,), buttons=((Button("What did I miss?", press="run|brief"),),), kind="pause")
