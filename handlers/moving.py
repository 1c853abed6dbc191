"""A subscription is told somewhere else: in another chat that its person manages, or in another forum topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from handlers import digest, managing
from handlers.reply import Button, Reply, bold, say
from handlers.turn import id_of, number

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from store.subscriptions import Subscription, Wish

HERE = "here"
"""What stands in a button for the chat and forum topic it is pressed in."""


def buttons(request: Request, desk: Desk, one: Subscription) -> tuple[Button, ...]:
    """The button that moves a subscription, where there is another place for it."""
    if request.place != "private":
        there = (one.chat, one.thread) == (request.chat, request.thread)
        return () if there else (Button("Move here", press=f"topic|to|{number(one.id)}|{HERE}"),)
    elsewhere = one.chat != request.chat or desk.store.chats.settings(request.chat).places
    return (Button("Move…", press=f"topic|move|{number(one.id)}"),) if elsewhere else ()


def choose(request: Request, desk: Desk, one: Subscription) -> Reply:
    """The places that a subscription can be moved to, a button each."""
    id_ = number(one.id)
    rows = [
        (Button(f"To {place.title}"[:60], press=f"topic|to|{id_}|{number(-place.id)}"),)
        for place in managing.places(request, desk)
        if place.id != one.chat
    ]
    if one.chat != request.chat:
        rows.append((Button("To this chat", press=f"topic|to|{id_}|{HERE}"),))
    rows.append((Button("‹ Back", press=f"topic|card|{id_}"),))
    words = say("Where shall ", bold(one.wish.topic), " be told?")
    more = say("For a forum topic, open the card there with /topics and tap “Move here”.")
    return Reply(blocks=(words, more), buttons=tuple(rows), edit=True, kind="topics", facts={"for": one.chat})


def move(request: Request, desk: Desk, one: Subscription, target: str) -> str:
    """What became of moving: told in another place from now on, or why not."""
    chat = request.chat if target == HERE else -id_of(target)
    thread = request.thread if target == HERE else 0
    if managing.may(request, desk, chat) is None:
        return "You or I am no admin there."
    if not desk.store.subscriptions.move(one.id, chat, thread):
        return "The same is followed there already."
    if one.wish.when != "now":
        _digest_for(desk, chat, thread, request)
    return "Moved"


def alter(request: Request, desk: Desk, one: Subscription, wish: Wish) -> None:
    """Nothing; the subscription is told at other times; a chat without digests gets one for it."""
    desk.store.subscriptions.alter(one.id, structs.replace(wish))
    if wish.when != "now":
        _digest_for(desk, one.chat, one.thread, request)


def _digest_for(desk: Desk, chat: int, thread: int, request: Request) -> None:
    found = desk.store.digests.get(chat, thread)
    if found is None or not found.times:
        digest.begin(desk, chat, thread, request.now)
