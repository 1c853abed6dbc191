"""What a chat follows: the list, a card for each, and all that can be done with one; pauses for one or all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import structs
from rapidfuzz import fuzz

from handlers import links, managing, moving, picks
from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from handlers.turn import Turn, id_of, number
from handlers.until import until
from handlers.wishes import dry_run
from handlers.wording import count, date_words, listing, moment_words, shortened
from news.question import Question
from news.text import fold

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from store.subscriptions import Subscription, When, Wish

A_PAGE = 8
"""Subscriptions on one page."""
WHENS: dict[When, str] = {"now": "at once", "daily": "once a day", "weekly": "once a week"}
SHORT: dict[When, str] = {"now": "at once", "daily": "daily", "weekly": "weekly"}
"""The same on a button a third of a phone wide."""
LEASTS = (1, 3, 5)
"""Numbers of independent sources that can be asked for with a button."""
ALIKE = 80
"""Least likeness, 0 to 100, of a topic that is taken for one that was named."""
OLD = "That topic is no longer followed."


def described(wish: Wish) -> str:
    """A wish in words: "meetings of Steve Witkoff, without tariffs, from 3 sources on"."""
    kind = {"met": "meetings of ", "said": "words of "}.get(wish.kind, "")
    without = f", without {listing(list(wish.without), 'or')}" if wish.without else ""
    least = f", from {wish.sources} sources on" if wish.sources > 1 else ""
    return f"{kind}{wish.topic}{without}{least}"


def asked_for(wish: Wish) -> str:
    """A wish as /subscribe takes it, its topic alone."""
    kind = f"{wish.kind} " if wish.kind in {"met", "said"} else ""
    return f"{kind}{wish.topic}"


def topics(request: Request, desk: Desk) -> Reply:
    """What the chat follows, a button each; in a forum topic what is told there."""
    return _list(request, desk, 0)


def _list(request: Request, desk: Desk, page: int) -> Reply:
    everything = desk.store.subscriptions.of(request.subject)
    have = [one for one in everything if not request.topic or one.thread == request.topic]
    if not have:
        return _none(request, desk, len(everything))
    zone = desk.store.chats.settings(request.subject).zone or "UTC"
    shown = have[page * A_PAGE : (page + 1) * A_PAGE]
    lines = []
    for n, one in enumerate(shown, page * A_PAGE + 1):
        where = "" if one.thread == request.topic else " · in another forum topic"
        lines.append(say(f"{n}. ", bold(described(one.wish)), f" · {_state(one, request, zone)}{where}"))
    taps = [
        Button(f"{n}. {shortened(described(one.wish), 24)}", press=f"topic|card|{number(one.id)}")
        for n, one in enumerate(shown, page * A_PAGE + 1)
    ]
    pager = [Button("‹ Back", press=f"topic|page|{page - 1}")] if page else []
    pager += [Button("More ›", press=f"topic|page|{page + 1}")] if len(have) > (page + 1) * A_PAGE else []
    rows = [tuple(taps[at : at + 2]) for at in range(0, len(taps), 2)] + [tuple(pager)]
    whose = f"{request.managed.title} follows" if request.managed else "You follow"
    blocks: list[Block] = [say(bold(f"{whose} {count(len(have), 'topic')}"), ". Tap one to change it."), Gap(), *lines]
    paused = desk.store.chats.settings(request.subject).paused_until
    if paused and paused > request.now:
        local = paused.astimezone(ZoneInfo(zone))
        blocks.insert(1, say(f"All alerts are paused until {local:%H:%M} on {date_words(local.date())}: /resume"))
    context = picks.keep(request, desk, tuple(one.id for one in have))
    return Reply(blocks=tuple(blocks), buttons=tuple(row for row in rows if row), kind="topics", context=context)


def opened(request: Request, desk: Desk, id_: int) -> Reply:
    """The card of a topic that was chosen by its number; the list where it is gone or another chat's."""
    one = desk.store.subscriptions.get(id_)
    about = managing.may(request, desk, one.chat) if one and one.deleted is None else None
    return card(about, desk, one) if one and about else _list(request, desk, 0)


def _none(request: Request, desk: Desk, others: int) -> Reply:
    """That nothing is followed here, with three people to follow, so that a tap is enough to begin."""
    people = desk.store.people.top(3)
    offers = tuple((Button(f"Follow {one.name}"[:60], press=f"topic|try|{number(one.id)}"),) for one in people)
    here = "This forum topic follows" if others else f"{request.managed.title} follows" if request.managed else None
    words = say(f"{here or 'You follow'} nothing yet. Name a person or a subject: ", Text(_EXAMPLE, "code"))
    more = (say(f"Other topics of this group follow {count(others, 'topic')}."),) if others else ()
    return Reply(blocks=(words, *more), buttons=offers, kind="topics")


_EXAMPLE = "/subscribe Ukraine talks"


def _state(one: Subscription, request: Request, zone: str) -> str:
    if one.paused_until and one.paused_until > request.now:
        return f"paused until {moment_words(one.paused_until, zone)}"
    return WHENS[one.wish.when]


def card(request: Request, desk: Desk, one: Subscription) -> Reply:
    """One subscription, with all that can be done with it."""
    wish, id_ = one.wish, number(one.id)
    zone = desk.store.chats.settings(one.chat).zone or "UTC"
    told = f" Last told on {moment_words(one.told, zone)}." if one.told else " Nothing told yet."
    blocks: list[Block] = [
        say(bold(described(wish))),
        say(f"Told {WHENS[wish.when]}, followed since {moment_words(one.created, zone)}.{told}"),
    ]
    paused = one.paused_until is not None and one.paused_until > request.now
    if one.paused_until and paused:
        blocks.append(say(f"Paused until {moment_words(one.paused_until, zone)}."))
    whens = tuple(
        Button(f"{'✓ ' if when == wish.when else ''}{label}", press=f"topic|when|{id_}|{when}")
        for when, label in SHORT.items()
    )
    leasts = tuple(
        Button(f"{'✓ ' if wish.sources == n else ''}{_least(n)}", press=f"topic|min|{id_}|{n}") for n in LEASTS
    )
    pause = Button("Resume", press=f"topic|resume|{id_}") if paused else Button("Pause", press=f"topic|pause|{id_}")
    rows = (
        whens,
        leasts,
        (pause, Button("Dry run", press=f"topic|dry|{id_}"), Button("Delete", press=f"topic|delete|{id_}")),
        (
            *moving.buttons(request, desk, one),
            *links.button(desk, links.code_of_topic(asked_for(wish))),
            Button("‹ All topics", press="topic|page|0"),
        ),
    )
    return Reply(blocks=tuple(blocks), buttons=rows, kind="topics", facts={"for": one.chat})


def _least(sources: int) -> str:
    """A threshold on a button a third of a phone wide."""
    return "any source" if sources == 1 else f"{sources}+ sources"


def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """What a button of the list or a card did."""
    verb, *rest = arguments or ("",)
    if verb == "page":
        page = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) < 4 else 0
        return structs.replace(_list(request, desk, page), edit=True)
    if verb == "try":
        return _try(request, desk, rest)
    one = desk.store.subscriptions.get(id_of(rest[0] if rest else ""))
    about = managing.may(request, desk, one.chat) if one else None
    if one is None or about is None:
        return structs.replace(_list(request, desk, 0), edit=True, toast=OLD)
    if verb == "card":
        return structs.replace(card(about, desk, one), edit=not _of_an_alert(desk, request))
    if verb == "dry":
        return _dry(about, desk, one)
    if not request.admin:
        return Reply(toast="Only admins change what is followed here.")
    return _change(about, desk, one, verb, rest[1:])


def _of_an_alert(desk: Desk, request: Request) -> bool:
    """Whether the button stands under an alert, which stays what it is: the card comes as a message of its own."""
    return bool(desk.store.outbox.by_message(request.chat, request.message))


def _change(request: Request, desk: Desk, one: Subscription, verb: str, more: list[str]) -> Reply:
    store, value = desk.store.subscriptions, more[0] if more else ""
    toast = "Done"
    match verb, value:
        case "when", ("now" | "daily" | "weekly") as when:
            moving.alter(request, desk, one, structs.replace(one.wish, when=when))
        case "min", _ if value in map(str, LEASTS):
            store.alter(one.id, structs.replace(one.wish, sources=int(value)))
        case "pause", _:
            store.pause(one.id, request.now + timedelta(days=1))
            desk.store.outbox.drop_for(one.id)
            toast = "Paused for a day"
        case "resume", _:
            store.pause(one.id, None)
        case "delete", _:
            return structs.replace(_deleted(request, desk, [one]), edit=True)
        case "undo", _:
            toast = "Followed again" if store.restore(one.id, request.now) else "Ten minutes are over; follow it anew."
        case "move", _:
            return moving.choose(request, desk, one)
        case "to", _:
            toast = moving.move(request, desk, one, value)
        case _:
            toast = OLD
    now = store.get(one.id)
    shown = card(request, desk, now) if now and now.deleted is None else _list(request, desk, 0)
    return structs.replace(shown, edit=True, toast=toast)


def _dry(request: Request, desk: Desk, one: Subscription) -> Reply:
    from handlers.follow import told_before  # noqa: PLC0415  # follow shows this module's cards

    turn = Turn(Question(kind="help"), request, desk, 0)
    blocks = told_before(desk, dry_run(turn, one.wish))
    back = (Button("‹ Back", press=f"topic|card|{number(one.id)}"),)
    return Reply(blocks=(say(bold(described(one.wish))), *blocks), buttons=(back,), edit=True, kind="topics")


def _try(request: Request, desk: Desk, rest: list[str]) -> Reply:
    from handlers.follow import subscribe  # noqa: PLC0415  # follow shows this module's cards

    person = desk.store.people.get(id_of(rest[0] if rest else ""))
    if person is None:
        return Reply(toast=OLD)
    return subscribe(structs.replace(request, press=None, text=person.name), desk)


def unsubscribe(request: Request, desk: Desk) -> Reply:
    """The topic named is followed no more, with ten minutes to undo it; a choice where several fit."""
    have = desk.store.subscriptions.of(request.subject, request.topic or None)
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
    more = f" and {len(ones) - 5} more" if len(ones) > 5 else ""
    rows = tuple(
        (Button(f"Undo: {described(one.wish)}"[:60], press=f"topic|undo|{number(one.id)}"),) for one in ones[:8]
    )
    return Reply(
        blocks=(say("No longer followed: ", bold(names), f"{more}. You have 10 minutes to undo it."),),
        buttons=rows,
        kind="topics",
    )


def pause(request: Request, desk: Desk) -> Reply:
    """Everything is silent until then: "2h", "until 7:00", "until Friday"; a day where nothing is said.

    In a forum topic only what is told there.
    """
    zone = desk.store.chats.settings(request.subject).zone or "UTC"
    wanted = request.text.strip()
    end = until(wanted, request.now, zone) if wanted else request.now + timedelta(days=1)
    if end is None:
        words = f"“{wanted[:40]}” is no time I know. Accepted: 2h, 3d, until 7:00, until Friday. For example: /pause 2h"
        return Reply(blocks=(say(words),), kind="pause")
    if request.topic:
        for one in desk.store.subscriptions.of(request.chat, request.topic):
            desk.store.subscriptions.pause(one.id, end)
            desk.store.outbox.drop_for(one.id)
    else:
        desk.store.chats.change(request.subject, request.now, paused_until=end)
        desk.store.outbox.silence(request.subject)
    local = end.astimezone(ZoneInfo(zone))
    here = " in this forum topic" if request.topic else ""
    words = (
        f"{here} until {local:%H:%M} on {date_words(local.date())}. "
        "What comes meanwhile is not sent afterwards; /latest shows it."
    )
    return Reply(blocks=(say(bold("Paused"), words),), buttons=((Button("Resume", press="run|resume"),),), kind="pause")


def resume(request: Request, desk: Desk) -> Reply:
    """Alerts come again from now on; what came meanwhile is offered as a briefing."""
    until_now = desk.store.chats.settings(request.subject).paused_until
    paused = until_now is not None and until_now > request.now
    if request.topic:
        for one in desk.store.subscriptions.of(request.chat, request.topic):
            paused |= one.paused_until is not None and one.paused_until > request.now
            desk.store.subscriptions.pause(one.id, None)
    else:
        desk.store.chats.change(request.subject, request.now, paused_until=None)
    if not paused:
        return Reply(blocks=(say("Nothing was paused. What you follow: /topics"),), kind="pause")
    words = say(
        bold("Alerts are on."), " What came while you were silent is not sent; a briefing shows the largest of it."
    )
    return Reply(blocks=(words,), buttons=((Button("What did I miss?", press="run|brief"),),), kind="pause")
