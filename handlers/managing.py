"""A group or channel managed from a private chat: which one commands are for, and who may do that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from handlers.reply import Button, Reply, bold, say
from handlers.turn import id_of, number
from store.outbox import ANSWER

if TYPE_CHECKING:
    from handlers.desk import Desk, Elsewhere, Request
    from store.chats import ChatKind

PLACES = 8
"""Groups and channels that are offered to be managed, the latest first."""
AT = re.compile(r"(?:^|\s+)in\s+(@[A-Za-z]\w{3,31})(?=\s|$)")
"""Where a topic is to be told: "... in @channel"; user names have 4 to 32 letters (fragment.com sells those of 4)."""

_NAME = re.compile(r"(?:https?://)?(?:t\.me/|@)?([A-Za-z]\w{3,31})/?$|(-\d{1,17})$")


def channel(request: Request, desk: Desk) -> Reply:
    """Which chat commands in this private one are for, or the one named from now on; or what is missing for that."""
    if request.place != "private":
        words = "Write /channel to me in private. There you can manage this chat without anybody reading along."
        if request.admin and request.user > 0:
            _remember_place(desk, request.user, request.chat, request)
        return Reply(blocks=(say(words),), kind="channel")
    wanted = request.text.strip()
    if not wanted:
        return _menu(request, desk)
    m = _NAME.match(wanted)
    if m is None:
        words = f"“{wanted[:40]}” is no name of a channel or group. It is written as @name, as in: /channel @the_wire"
        return Reply(blocks=(say(words),), kind="channel")
    found = look(request, desk, m[2] or f"@{m[1]}")
    if isinstance(found, Reply):
        return found
    return _taken(request, desk, found)


def aimed(request: Request, desk: Desk) -> Request | Reply:
    """The request, for the group or channel that this private chat manages; why not, where it may no longer."""
    if request.place != "private":
        return request
    managed = desk.store.chats.settings(request.chat).managed
    if managed is None:
        return request
    found = look(request, desk, str(desk.store.chats.moved_to(managed) or managed))
    if isinstance(found, Reply):
        desk.store.chats.change(request.chat, request.now, managed=None)
        back = say("Commands are for this chat again; send it once more.")
        return structs.replace(found, blocks=(*found.blocks, back))
    return structs.replace(request, managed=found)


def look(request: Request, desk: Desk, name: str) -> Elsewhere | Reply:
    """The group or channel, where bot and person may both do there what managing takes; else what is missing."""
    if desk.chat_of is None:
        return Reply(blocks=(say("Channels and groups are managed from Telegram, not from here."),), kind="channel")
    found = desk.chat_of(name, request.user)
    if found is None:
        shown = name if name.startswith("@") else "that chat"
        words = f"I cannot see {shown}. Add me there as an admin who may post, then send /channel {name} again."
        return Reply(blocks=(say(words),), kind="channel")
    lacking = []
    if not found.bot:
        right = "an admin who may post" if found.place == "channel" else "a member who may write"
        lacking.append(say(f"I am not {right} in ", bold(found.title), ". Change that there, then try again."))
    if not found.person:
        lacking.append(say("You are no admin of ", bold(found.title), ", and only its admins manage it."))
    return Reply(blocks=tuple(lacking), kind="channel") if lacking else found


def may(request: Request, desk: Desk, chat: int) -> Request | None:
    """The request as one about this chat; None where its person may not settle anything there."""
    if chat == request.chat:
        return structs.replace(request, managed=None)
    if request.managed and chat == request.managed.id:
        return request
    if request.place != "private":
        return None
    found = look(request, desk, str(chat))
    return None if isinstance(found, Reply) else structs.replace(request, managed=found)


def signed(reply: Reply, request: Request) -> Reply:
    """The reply with a last button that says which chat it is for, where that is another one."""
    if request.managed is None or not reply.blocks or reply.facts.get("for", request.subject) != request.subject:
        return reply
    row = (Button(f"for: {request.managed.title} ▾"[:60], press="manage|menu"),)
    return reply if row in reply.buttons else structs.replace(reply, buttons=(*reply.buttons, row))


def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The menu of chats, or the one that was chosen."""
    match arguments:
        case ("menu",):
            return _menu(request, desk)
        case ("me",):
            desk.store.chats.change(request.chat, request.now, managed=None)
            return structs.replace(_menu(request, desk), edit=True, toast="For this chat")
        case ("use", id_) if request.place == "private" and id_of(id_) > 0:
            found = look(request, desk, str(-id_of(id_)))
            return found if isinstance(found, Reply) else structs.replace(_taken(request, desk, found), edit=True)
    return Reply(toast="This button is old. Send /channel")


def places(request: Request, desk: Desk) -> tuple[Elsewhere, ...]:
    """The groups and channels that this person manages, as far as is known, the latest first."""
    if desk.chat_of is None or request.place != "private":
        return ()
    chats = desk.store.chats
    known = [chats.moved_to(chat) or chat for chat in chats.settings(request.chat).places[:PLACES]]
    found = (desk.chat_of(str(chat), request.user) for chat in dict.fromkeys(known))
    return tuple(one for one in found if one and one.bot and one.person)


def _menu(request: Request, desk: Desk) -> Reply:
    managed = desk.store.chats.settings(request.chat).managed
    known = places(request, desk)
    current = next(
        (one for one in known if managed and one.id == (desk.store.chats.moved_to(managed) or managed)), None
    )
    rows = [
        (Button(f"{'✓ ' if one is current else ''}{one.title}"[:60], press=f"manage|use|{number(-one.id)}"),)
        for one in known
    ]
    if rows:
        rows.append((Button(f"{'' if current else '✓ '}This chat", press="manage|me"),))
    said = say("Topics, digests and settings are for ", bold(current.title if current else "this chat"), ".")
    how = say("To manage a channel or group, make me an admin there and name it: /channel @name")
    return Reply(blocks=(said, how), buttons=tuple(rows), kind="channel")


def _taken(request: Request, desk: Desk, found: Elsewhere) -> Reply:
    """From now on commands are for that chat."""
    kind: ChatKind = "channel" if found.place == "channel" else "supergroup"
    with desk.store.transaction():
        known = desk.store.chats.get(found.id)
        desk.store.chats.greet(found.id, request.now, known.kind if known else kind)
        desk.store.chats.wake(found.id, request.now)
        desk.store.chats.change(found.id, request.now, title=found.title)
        _remember_place(desk, request.chat, found.id, request)
        desk.store.chats.change(request.chat, request.now, managed=found.id)
    words = (
        say("You manage ", bold(found.title), " from here now."),
        say("/subscribe, /topics, /digest, /quiet, /pause and /settings are for it until you switch back."),
    )
    buttons = ((Button("Its topics", press="run|topics"), Button("Back to this chat", press="manage|me")),)
    return Reply(blocks=words, buttons=buttons, kind="channel")


def offer(request: Request, desk: Desk, chat: int, title: str) -> None:
    """Nothing; whoever made the bot an admin somewhere is told in private how to manage that from there."""
    known = desk.store.chats.get(request.chat)
    if known is None or known.state != "active":
        return
    _remember_place(desk, request.chat, chat, request)
    words = say("I may post in ", bold(title or "that chat"), " now. What it follows can be settled from here.")
    button = Button(f"Manage {title or 'it'}"[:60], press=f"manage|use|{number(-chat)}")
    body = msgspec.json.encode(Reply(blocks=(words,), buttons=((button,),), kind="channel")).decode()
    kind = f"words:manage:{request.now:%Y%m%d%H%M}"
    desk.store.outbox.enqueue(request.chat, -chat, kind, body, request.now, lane=ANSWER)


def _remember_place(desk: Desk, person: int, chat: int, request: Request) -> None:
    """Nothing; the chat is the first of those offered to this person, if the person ever wrote in private."""
    if desk.store.chats.get(person) is None:
        return
    before = desk.store.chats.settings(person).places
    desk.store.chats.change(person, request.now, places=(chat, *(one for one in before if one != chat))[:PLACES])
