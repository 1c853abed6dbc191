"""What the owner alone can do: look at what is owed, let people in or keep them out, announce something to all."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from handlers.turn import id_of, number, recall_as
from handlers.wording import count, moment_words, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from handlers.command import Handler
    from handlers.desk import Desk, Request
    from store.outbox import Owed
    from store.users import Access

A_PAGE = 8
"""Rows on one page."""
PAGE_OF_CHATS = 500
"""Chats that an announcement is put into the outbox for with one transaction."""


def outbox(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """What is owed, by state, with buttons to try again or drop what is stuck."""
    counts = desk.store.outbox.counts()
    said = ", ".join(f"{state} {n}" for state, n in counts.items() if n) or "empty"
    stuck = (*desk.store.outbox.listed(("unknown", "dead"), limit=A_PAGE),)
    oldest = desk.store.outbox.oldest()
    blocks: list[Block] = [say(bold("Outbox"), f": {said}")]
    if oldest:
        blocks.append(say(f"Oldest unsent: {moment_words(oldest)}"))
    if stuck:
        blocks += [Gap(), *(say(f"{n}. {_row(one)}") for n, one in enumerate(stuck, 1))]
    rows = tuple(
        (
            Button(f"{n}. Send again", press=f"owed|retry|{number(one.id)}"),
            Button(f"{n}. Drop", press=f"owed|drop|{number(one.id)}"),
        )
        for n, one in enumerate(stuck, 1)
    )
    return Reply(blocks=tuple(blocks), buttons=rows, kind="outbox")


def _row(one: Owed) -> str:
    return f"{one.state}, chat {one.chat}, {one.kind}: {shortened(one.error or 'no reason noted', 80)}"


def errors(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """The faults of the last hour that the owner was not told of yet, each kind once."""
    found = desk.store.notes.untold(A_PAGE)
    if not found:
        return Reply(
            blocks=(say("No fault since the last note. One note an hour tells of those that come."),), kind="errors"
        )
    lines = [say(f"• {one.count}× {shortened(one.text, 160)}") for one in found]
    return Reply(blocks=(say(bold("Faults not told yet")), *lines), kind="errors")


def owed_press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The list after one message was tried again or dropped."""
    verb, id_ = arguments if len(arguments) == 2 else ("", "")
    which = id_of(id_)
    if which >= 0 and verb in {"retry", "drop"}:
        done = desk.store.outbox.retry(which, request.now) if verb == "retry" else desk.store.outbox.drop(which)
        reply = outbox(request, desk)
        return msgspec.structs.replace(reply, edit=True, toast="Done" if done else "That one is gone.")
    return Reply(toast="This list is old.")


def users(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """Who uses the bot, and how many are let in or kept out."""
    listed = desk.store.users.listed(limit=30)
    counts = ", ".join(f"{access} {n}" for access, n in desk.store.users.counts().items()) or "nobody yet"
    lines = [say(f"• {one.name or 'no name'} · {one.id} · {one.access}") for one in listed]
    return Reply(blocks=(say(bold("Users"), f": {counts}"), *lines), kind="users")


def decide(access: Access, name: str) -> Handler:
    """What lets somebody in or keeps him out, by his number."""

    def run(request: Request, desk: Desk) -> Reply:
        id_ = request.text.strip()
        if not id_.lstrip("-").isdecimal() or len(id_) > 18:
            words = f"Whom? Give the number that /users shows, as in: /{name} 123456789"
            return Reply(blocks=(say(words),), kind=name)
        desk.store.users.decide(int(id_), access, request.now)
        return Reply(blocks=(say(bold(id_), f" is {access} now."),), kind=name)

    return run


def announce(request: Request, desk: Desk) -> Reply:
    """A preview of what all chats would be told, the count, and a button that does it."""
    words = request.text.strip()
    if not words:
        return Reply(
            blocks=(say("What shall all chats be told? As in: /announce The bot moves on Sunday."),), kind="announce"
        )
    chats = _listening(desk)
    context = desk.store.exchange.remember(
        request.chat, request.thread, msgspec.json.encode(words).decode(), request.now
    )
    button = Button(f"Send to {count(chats, 'chat')}", press=f"announce|{number(context)}")
    return Reply(
        blocks=(say(bold("Preview"), ":"), Gap(), *_announcement(words), Gap(), say("Sent slowly, and once to each.")),
        buttons=((button, Button("No", press="dismiss")),),
        kind="announce",
    )


def _announcement(words: str) -> tuple[Block, ...]:
    return (
        say(bold("From whoever runs this bot")),
        say(words[:3000]),
        say(Text("No more of these: /settings", "italic")),
    )


def _listening(desk: Desk) -> int:
    return sum(_wants(desk, chat) for page in _pages(desk) for chat in page)


def _wants(desk: Desk, chat: int) -> bool:
    """Whether a chat hears announcements: not if it said so, and never a channel, whose readers use no bot."""
    found = desk.store.chats.get(chat)
    return found is not None and found.kind != "channel" and found.settings.announcements


def _pages(desk: Desk) -> Iterator[tuple[int, ...]]:
    """The chats that are awake, page by page."""
    after: int | None = None
    while page := desk.store.chats.ids(after=after, limit=PAGE_OF_CHATS):
        yield page
        after = page[-1]


def _owe(desk: Desk, chats: Sequence[int], kind: str, text: str, now: datetime) -> int:
    """How many of these chats are owed the announcement now and were not before."""
    with desk.store.transaction():
        listening = [chat for chat in chats if desk.store.chats.settings(chat).announcements]
        return sum(desk.store.outbox.enqueue(chat, 0, kind, text, now) is not None for chat in listening)


def announce_press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The announcement is owed to every chat that wants such; pressed again, it reaches only those it missed."""
    id_ = arguments[0] if arguments else ""
    words = recall_as(request, desk, id_of(id_), str)
    if words is None:
        return Reply(toast="That announcement is old. Write it again.")
    kind = "words:" + blake2b(f"{id_}/{words}".encode(), digest_size=8).hexdigest()
    text = msgspec.json.encode(Reply(blocks=_announcement(words), kind="announce")).decode()
    owed = sum(_owe(desk, page, kind, text, request.now) for page in _pages(desk))
    return Reply(
        blocks=(say(bold(f"Owed to {count(owed, 'chat')}"), "; /outbox shows how far it is."),),
        edit=True,
        kind="announce",
    )
