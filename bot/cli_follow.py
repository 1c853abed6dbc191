"""What chats follow and what they are owed, from the command line."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli import archive, as_json, database, settings
from bot.machine import none, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store import Store
    from store.outbox import Owed
    from store.subscriptions import Subscription

STEP = 500
STATES = ("ready", "claimed", "sending", "sent", "unknown", "dead")


def _now() -> datetime:
    return datetime.now(UTC)


@click.command()
@click.argument("topic", nargs=-1, required=True, metavar="TOPIC...")
@click.option("--chat", type=int, required=True, help="The chat that is told.")
@click.option("--now", metavar="ISO", help="As if it were this moment.")
@as_json
@database
def subscribe(topic: tuple[str, ...], chat: int, now: str | None, database: str | None, *, as_json: bool) -> None:
    """Follow a topic for a chat, as /subscribe does: "Ukraine talks daily", "met Witkoff Putin".

    The exit status is 1 where nothing is followed: a topic that says too little, a name that several have.
    """
    import handlers  # noqa: PLC0415
    from bot.cli_ask import desk_of  # noqa: PLC0415
    from bot.machine import BadLine, moment  # noqa: PLC0415
    from handlers.desk import Request  # noqa: PLC0415
    from handlers.reply import plain  # noqa: PLC0415

    found = settings(database=database)
    try:
        asked = moment(now)[0] if now else _now()
    except BadLine as error:
        raise click.UsageError(str(error)) from error
    with archive(found, asked) as store:
        before = {one.id for one in store.subscriptions.of(chat)}
        desk = desk_of(store, found)
        request = Request(now=asked, chat=chat, place="terminal", command="subscribe", text=" ".join(topic), owner=True)
        reply = handlers.answer(request, desk)
        confirm = reply.facts.get("keep")  # as it was asked for, whatever calmer ways are offered beside it
        if isinstance(confirm, str):
            request = Request(now=asked, chat=chat, place="terminal", press=confirm, context=reply.context, owner=True)
            reply = handlers.answer(request, desk)
        made = [one for one in store.subscriptions.of(chat) if one.id not in before]
    followed = bool(made) or reply.kind == "topics"  # now, or before
    if as_json:
        put({"subscriptions": [_subscription(one) for one in made], "reply": plain(reply), "kind": reply.kind})
    else:
        click.echo(plain(reply), err=not followed)
        for label in () if followed else (button.label for row in reply.buttons for button in row):
            click.echo(f"  {label}", err=True)
    sys.exit(0 if followed else 1)


@click.command()
@click.option("--chat", type=int, help="Of this chat only.")
@as_json
@database
def subscriptions(chat: int | None, database: str | None, *, as_json: bool) -> None:
    """List what chats follow."""
    with archive(settings(database=database), _now()) as store:
        listed = store.subscriptions.of(chat) if chat is not None else _all(store)
        if not listed:
            none('Nothing is followed. E.g. ./run subscribe "Ukraine talks" --chat 1', as_json=as_json)
        for one in listed:
            if as_json:
                put(_subscription(one))
            else:
                click.echo(f"{one.chat:>12}  {one.wish.when:<7} {one.wish.kind:<7} {one.wish.topic}")


@click.command()
@click.option("--state", type=click.Choice(STATES), multiple=True, help="Of these states only.")
@click.option("--chat", type=int, help="Of this chat only.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="For people; --json gives all.")
@as_json
@database
def outbox(state: tuple[str, ...], chat: int | None, limit: int, database: str | None, *, as_json: bool) -> None:
    """List the messages owed and sent, newest first."""
    with archive(settings(database=database), _now()) as store:
        number = -1
        for number, owed in enumerate(_listed(store, state, chat)):
            if as_json:
                put(_owed(owed))
            elif number < limit:
                click.echo(f"{owed.id:>8} {owed.state:<8} {owed.due:%Y-%m-%d %H:%M} {owed.chat:>12}  {owed.reason}")
            else:
                break
        if number < 0:
            none("No messages.", as_json=as_json)


def _listed(store: Store, state: tuple[str, ...], chat: int | None) -> Iterator[Owed]:
    """Every message of these states (any where none is named) and this chat, newest first."""
    before: int | None = None
    while page := store.outbox.listed(state, chat=chat, limit=STEP, before=before):  # type: ignore[arg-type]
        yield from page
        before = page[-1].id


def _all(store: Store) -> list[Subscription]:
    """Every subscription of a chat that is awake."""
    found: list[Subscription] = []
    while page := store.subscriptions.all(found[-1].id if found else 0, STEP):
        found += page
    return found


def _subscription(one: Subscription) -> dict[str, object]:
    """A subscription for programs."""
    return {
        "id": one.id,
        "chat": one.chat,
        "thread": one.thread,
        "kind": one.wish.kind,
        "topic": one.wish.topic,
        "words": one.wish.words,
        "without": one.wish.without,
        "people": one.wish.people,
        "sources": one.wish.sources,
        "when": one.wish.when,
        "created": one.created.isoformat(),
        "paused_until": one.paused_until.isoformat() if one.paused_until else None,
    }


def _owed(owed: Owed) -> dict[str, object]:
    """A message for programs, see docs/commands.md."""
    return {
        "id": owed.id,
        "chat": owed.chat,
        "thread": owed.thread,
        "story": owed.story,
        "article": owed.article,
        "kind": owed.kind,
        "reason": owed.reason,
        "state": owed.state,
        "due": owed.due.isoformat(),
        "sent": owed.sent.isoformat() if owed.sent else None,
        "message": owed.message,
        "error": owed.error,
    }
